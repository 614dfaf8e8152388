"""How a pupil stands: what to expect of the exam, what comes back when, and what is weak."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import fmean

from stalin_study.domain.deck import Deck
from stalin_study.domain.exam_forecast import Expectation, expected_recall
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.memory import MemoryState, chance_known, retrievability, was_wrong
from stalin_study.domain.memory_links import borrowed_recall, is_due_now
from stalin_study.domain.study_day import study_day
from stalin_study.domain.study_figures import (
    Answers,
    StudyCalendar,
    TimeSpent,
    answers_by_week,
    answers_in_all,
    calendar_of,
    time_spent,
)
from stalin_study.domain.study_history import History

COMING_DAYS = 14
MOST_WEAK = 10
# What is told as "about 95 %" or more is not weak.
WEAK_BELOW = 0.925


@dataclass(frozen=True, slots=True)
class ExamOutlook:
    """The exam that lies ahead, as the plan sees it; `days` are those of the calendar until it."""

    exam: date
    days: int
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class TopicFigure:
    """Recall of a topic, 0 to 1: now, and if the plan is followed, or None without one.

    `seen` of `total` questions were met, and for `guessed` others it is guessed.
    """

    title: str
    now: float
    followed: float | None
    seen: int
    total: int
    guessed: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """Recall on the day of `exam`, or today without one, 0 to 1; topics in teaching order."""

    now: float = 0.0
    followed: float | None = None
    seen: int = 0
    total: int = 0
    topics: tuple[TopicFigure, ...] = ()
    exam: date | None = None
    days: int = 0
    guessed: int = 0


@dataclass(frozen=True, slots=True)
class WeakCard:
    """A card that is remembered badly: the mean chance of itself and its questions, 0 to 1.

    Of `asked` questions, `right` were right when they were last answered.
    """

    card_id: str
    title: str
    chance: float
    last_seen: date
    is_hard: bool = False
    right: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """All that the Progress page and the report on paper show.

    `coming` is how many things come back today, tomorrow and so on.
    """

    today: date
    expected: Expected
    calendar: StudyCalendar
    answers: Answers
    coming: tuple[int, ...] = ()
    weeks: tuple[Answers, ...] = ()
    weakest: tuple[WeakCard, ...] = ()
    time: TimeSpent = field(default_factory=TimeSpent)


def make_report(
    deck: Deck,
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    history: History,
    at: datetime,
    outlook: ExamOutlook | None = None,
    hard: Collection[str] = (),
) -> ProgressReport:
    """The report as of `at` (aware); `hard` are cards that the pupil has marked as hard."""
    today = study_day(at)
    return ProgressReport(
        today,
        expected(deck, subjects, states, at, outlook),
        calendar_of(history, today, outlook.exam if outlook else None),
        answers_in_all(history, today),
        coming_days(deck, states, at),
        tuple(answers_by_week(history, today)),
        weakest_cards(deck, states, at, hard),
        time_spent(history, today),
    )


def expected(
    deck: Deck,
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    outlook: ExamOutlook | None,
) -> Expected:
    """What the plan expects of the exam; without one, what would be recalled now."""
    if outlook is None:
        borrowed = borrowed_recall(deck.cards, states, at)
        found = expected_recall(subjects, states, at, at, borrowed=borrowed)
    else:
        found = outlook.expectation
    titles = {topic.id: topic.title for topic in deck.topics}
    return Expected(
        found.now,
        found.if_followed,
        found.seen,
        found.total,
        tuple(
            TopicFigure(
                titles.get(one.topic_id, one.topic_id),
                one.now,
                one.if_followed,
                one.seen,
                one.total,
                one.guessed,
            )
            for one in found.by_topic
        ),
        outlook.exam if outlook else None,
        outlook.days if outlook else 0,
        found.guessed,
    )


def coming_days(
    deck: Deck, states: Mapping[str, MemoryState], at: datetime, days: int = COMING_DAYS
) -> tuple[int, ...]:
    """How many cards and questions come back on each study day from today on.

    What is overdue counts as today's. Nothing in them is counted twice, and nothing that only
    comes back because of what will be answered till then.
    """
    today = study_day(at)
    counts = [0] * days
    for card in deck.cards:
        for subject in card.subjects:
            state = states.get(subject.id)
            if state is None:
                continue
            ahead = (study_day(state.due_at) - today).days
            if is_due_now(card, subject.id, states, at):
                ahead = 0
            if ahead < days:
                counts[max(ahead, 0)] += 1
    return tuple(counts)


def weakest_cards(
    deck: Deck,
    states: Mapping[str, MemoryState],
    at: datetime,
    hard: Collection[str] = (),
    most: int = MOST_WEAK,
) -> tuple[WeakCard, ...]:
    """Cards that are remembered worst of those met.

    They are told as under "about 95 %", or a question on them was answered wrong last: that one
    counts as not known until it is right again.
    """
    found = []
    for card in deck.cards:
        known = [states[subject.id] for subject in card.subjects if subject.id in states]
        if not known:
            continue
        chance = fmean(chance_known(state, at) for state in known)
        asked = [state for state in known if state.subject_id != card.id]
        right = sum(not was_wrong(state) for state in asked)
        if chance < WEAK_BELOW or right < len(asked):
            seen = min(study_day(max(state.last_reviewed_at for state in known)), study_day(at))
            is_hard = card.id in hard
            weak = WeakCard(card.id, card.title, chance, seen, is_hard, right, len(asked))
            faded = fmean(retrievability(state, at) for state in known)
            found.append(((chance, faded, card.title), weak))
    return tuple(weak for _, weak in sorted(found, key=lambda one: one[0])[:most])
