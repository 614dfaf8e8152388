"""Expected recall on the day of the exam: if nothing more is done, and if the plan is followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from math import ceil, sqrt

from stalin_study.domain.exam_gain import FIRST_RIGHT, Trace, outlook
from stalin_study.domain.exam_plan import (
    DAY,
    at_places,
    choose,
    open_places,
    seconds_a_day,
    trace_of,
)
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import (
    Strength,
    first_relearnt,
    first_strength,
    next_strength,
    recall,
    relearnt,
)
from stalin_study.domain.memory import MemoryState, was_wrong
from stalin_study.domain.review_log import Rating
from stalin_study.domain.study_day import study_days_until

# A forecast plays through so many askings-or-not at most, whatever the deck and the time left.
MOST_LOOKS = 15_000
LEAST_SAMPLE = 100
MOST_STEPS = 120

# Steps of the evenly spread sequence R2 (Roberts 2018), which stands in for chance.
_PLACE_STEP = 0.7548776662466927
_TURN_STEP = 0.5698402909980532


@dataclass(frozen=True, slots=True)
class TopicExpectation:
    """Expected recall of a topic on the day of the exam, 0 to 1, and how much of it was met."""

    topic_id: str
    now: float
    if_followed: float | None
    seen: int
    total: int
    guessed: int = 0


@dataclass(frozen=True, slots=True)
class Expectation:
    """Expected recall on the day of the exam, 0 to 1.

    `now` if nothing more is done; `if_followed` if the plan is followed from today on, or None.
    `spread` is the standard deviation of `now` by chance alone: the model's own error, of about
    0.09 for a typical person, comes on top. `seen` of `total` subjects were met; `guessed`
    others borrow their chance from their cards or from questions close to them.
    """

    now: float
    if_followed: float | None
    spread: float
    seen: int
    total: int
    by_topic: tuple[TopicExpectation, ...]
    guessed: int = 0


def expected_recall(
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    exam_at: datetime,
    at: datetime,
    *,
    borrowed: Mapping[str, float] | None = None,
) -> Expectation:
    """What will be recalled at `exam_at` if nothing more is done; each subject counts as one.

    What was never asked counts 0, or what it has `borrowed`: recall on the day of the exam, by
    id. What was answered wrong last counts 0 until it is right again. Topics stand in the order of
    the subjects. An exam in the past is taken to be now.
    """
    days = max(0.0, (exam_at - at) / DAY)
    chances = []
    for subject in subjects:
        state = states.get(subject.id)
        chance = _chance(trace_of(state, at), days, subject.id, borrowed)
        chances.append(0.0 if was_wrong(state) else chance)
    seen = [subject.id in states for subject in subjects]
    guessed = [not met and chance > 0 for met, chance in zip(seen, chances, strict=True)]
    count = max(1, len(subjects))
    return Expectation(
        now=sum(chances) / count,
        if_followed=None,
        spread=sqrt(sum(chance * (1 - chance) for chance in chances)) / count,
        seen=sum(seen),
        total=len(subjects),
        by_topic=tuple(
            TopicExpectation(
                topic_id,
                sum(chances[place] for place in places) / len(places),
                None,
                sum(seen[place] for place in places),
                len(places),
                sum(guessed[place] for place in places),
            )
            for topic_id, places in _places_by_topic(subjects).items()
        ),
        guessed=sum(guessed),
    )


def forecast(
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    exam_at: datetime,
    minutes_a_day: float,
    done_seconds: float = 0.0,
    *,
    borrowed: Mapping[str, float] | None = None,
    zone: tzinfo | None = None,
) -> Expectation:
    """`expected_recall`, with what it will be if the plan is followed every day from now on.

    Plays the days through with answers that come out as often right as expected, always the same.
    Of a large deck it plays a sample. Raises ValueError if `at` is not aware.
    """
    before = expected_recall(subjects, states, exam_at, at, borrowed=borrowed)
    study_days = study_days_until(exam_at, at, zone)
    if not subjects or not study_days:
        return before
    steps = min(study_days, MOST_STEPS)
    sample = _sample(subjects, states, max(LEAST_SAMPLE, MOST_LOOKS // steps))
    share = sum(subject.seconds for subject in sample) / sum(
        subject.seconds for subject in subjects
    )
    a_day = seconds_a_day(minutes_a_day)
    run = _Run(sample, states, at, borrowed)
    run.closed = set(range(len(sample))) - set(open_places(sample, states, at, zone))
    left = max(0.0, a_day - max(0.0, done_seconds)) + a_day * (study_days - 1)
    days = (exam_at - at) / DAY
    step = ceil(study_days / steps)
    for first in range(0, study_days, step):
        now = min(step, study_days - first) * a_day
        if first == 0:
            now = max(0.0, now - max(0.0, done_seconds))
        run.study(float(first), days, study_days - first, left * share, now * share)
        left -= now
    followed = run.chances(days)
    return _with_followed(before, sample, followed)


class _Run:
    """One pupil who follows the plan, answering as often right as the model expects."""

    def __init__(
        self,
        subjects: Sequence[ExamSubject],
        states: Mapping[str, MemoryState],
        at: datetime,
        borrowed: Mapping[str, float] | None,
    ) -> None:
        self._subjects = subjects
        self._borrowed = borrowed
        self._already = at_places(subjects, borrowed)
        self.closed: set[int] = set()
        self._turns = [0] * len(subjects)
        # Seconds by which the last answer of a day ran over: the next day has so many less.
        self._over = 0.0
        known = [states.get(subject.id) for subject in subjects]
        traces = [trace_of(state, at) for state in known]
        # Not known, until they are asked once more.
        self._wrong = {place for place, state in enumerate(known) if was_wrong(state)}
        # Strength, and the day of the last review counted from now.
        self._memories: list[tuple[Strength, float] | None] = [
            None if trace is None else (trace.strength, -trace.age) for trace in traces
        ]

    def study(
        self, day: float, exam_day: float, study_days: int, left: float, seconds: float
    ) -> None:
        """Do a day's work; `left` are the seconds of this and all later days."""
        seconds -= self._over
        self._over = max(0.0, -seconds)
        if seconds <= 0:
            return
        traces = [
            None if memory is None else Trace(memory[0], day - memory[1])
            for memory in self._memories
        ]
        ahead = outlook(self._subjects, traces, max(exam_day - day, 1 / 24), study_days, left)
        places = [place for place in range(len(traces)) if place not in self.closed]
        chosen = choose(self._subjects, traces, places, ahead, seconds, self._already)
        for place, _, _ in chosen:
            self._memories[place] = (self._asked(place, traces[place]), day)
            self._wrong.discard(place)
        self._over = max(0.0, sum(choice.seconds for choice in chosen) - seconds)
        self.closed = set()

    def chances(self, exam_day: float) -> list[float]:
        """The chance of recall of each subject on the day of the exam."""
        traces = (
            None if memory is None else Trace(memory[0], -memory[1]) for memory in self._memories
        )
        return [
            0.0
            if place in self._wrong
            else _chance(trace, exam_day, self._subjects[place].id, self._borrowed)
            for place, trace in enumerate(traces)
        ]

    def _asked(self, place: int, trace: Trace | None) -> Strength:
        right = self._subjects[place].right
        if trace is None:
            is_right = self._luck(place) < FIRST_RIGHT
            return first_strength(Rating.HARD) if is_right else first_relearnt(right)
        is_right = self._luck(place) < recall(trace.age, trace.strength.stability)
        if is_right:
            return next_strength(trace.strength, trace.age, right)
        return relearnt(trace.strength, trace.age, right)

    def _luck(self, place: int) -> float:
        self._turns[place] += 1
        return (0.5 + (place + 1) * _PLACE_STEP + self._turns[place] * _TURN_STEP) % 1.0


def _chance(
    trace: Trace | None, days: float, subject_id: str, borrowed: Mapping[str, float] | None
) -> float:
    if trace is None:
        return min(1.0, max(0.0, borrowed.get(subject_id, 0.0))) if borrowed else 0.0
    return recall(trace.age + days, trace.strength.stability)


def _sample(
    subjects: Sequence[ExamSubject], states: Mapping[str, MemoryState], size: int
) -> list[ExamSubject]:
    """Every so-maniest subject, in an order in which alike ones are neighbours."""
    if len(subjects) <= size:
        return list(subjects)
    ordered = [
        place
        for places in _places_by_topic(subjects).values()
        for place in sorted(places, key=lambda place: _likeness(subjects[place], states))
    ]
    return [
        subjects[ordered[(2 * number + 1) * len(ordered) // (2 * size)]] for number in range(size)
    ]


def _likeness(subject: ExamSubject, states: Mapping[str, MemoryState]) -> tuple[float, float]:
    state = states.get(subject.id)
    return (subject.seconds, 0.0) if state is None else (-1.0, state.stability)


def _places_by_topic(subjects: Iterable[ExamSubject]) -> dict[str, list[int]]:
    by_topic: dict[str, list[int]] = defaultdict(list)
    for place, subject in enumerate(subjects):
        by_topic[subject.topic_id].append(place)
    return by_topic


def _with_followed(
    before: Expectation, sample: Sequence[ExamSubject], chances: Sequence[float]
) -> Expectation:
    by_topic = {
        topic_id: sum(chances[place] for place in places) / len(places)
        for topic_id, places in _places_by_topic(sample).items()
    }
    followed = sum(chances) / len(chances)
    topics = tuple(
        replace(topic, if_followed=by_topic.get(topic.topic_id, followed))
        for topic in before.by_topic
    )
    return replace(before, if_followed=followed, by_topic=topics)
