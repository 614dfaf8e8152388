"""A self-test session: what is asked, what was answered, and the summary at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from stalin_study.domain.deck import Card, Question
from stalin_study.domain.marking import Marking
from stalin_study.domain.memory import Mark, MemoryState, is_due, mark_of, retrievability
from stalin_study.domain.review_log import Rating, Verdict, Way

# A question that was missed comes back after so many others, or at the end.
BACK_AFTER = 3


class Shuffling(Protocol):
    """What a session asks of chance; `random.Random` does."""

    def shuffle(self, x: MutableSequence[Any], /) -> None:
        """Put a list in another order."""


class How(StrEnum):
    """How questions are put."""

    MIXED = "mixed"
    MULTIPLE_CHOICE = "multiple_choice"
    TYPED = "typed"


class Scope(StrEnum):
    """Which questions may be asked."""

    EVERYTHING = "everything"
    TOPIC = "topic"
    CARD = "card"
    DUE = "due"
    WEAKEST = "weakest"


@dataclass(frozen=True, slots=True)
class Task:
    """One question as it is put: how, and with which choices in which order."""

    question: Question
    card_id: str
    way: Way
    choices: tuple[str, ...] = ()
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A task with what was answered and what marking said."""

    task: Task
    given: str
    marking: Marking
    took_ms: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that was wrong at the first try."""

    question_id: str
    card_id: str
    prompt: str
    given: str
    expected: str
    because: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a session. `right` and `close` count first tries; close counts as right."""

    total: int
    right: int
    close: int
    took_ms: int
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class SelfTest:
    """A session. `last` is the answer whose verdict is on show; None while a question is open."""

    queue: tuple[Task, ...]
    done: tuple[Answered, ...] = ()
    last: Answered | None = None
    is_stopped: bool = False

    @property
    def is_finished(self) -> bool:
        """Nothing is left to ask, or the pupil has stopped."""
        return self.is_stopped or (self.last is None and not self.queue)

    @property
    def task(self) -> Task | None:
        """The question on show."""
        if self.last is not None:
            return self.last.task
        return self.queue[0] if self.queue and not self.is_stopped else None

    @property
    def number(self) -> int:
        """Which showing is on the page, from 1."""
        return len(self.done) + (0 if self.last is not None else 1)

    @property
    def total(self) -> int:
        """How many showings there will be, as far as is known now."""
        return len(self.done) + len(self.queue)


def rating_for(verdict: Verdict, way: Way) -> Rating:
    """The rating that an answer earns.

    Typed: correct is Good, close is Hard, wrong is Again. Picking the right one of four or two is
    easier than recalling it, so that earns Hard at best. Easy is never given by itself: only the
    pupil knows that.
    """
    if verdict is Verdict.WRONG:
        return Rating.AGAIN
    is_recalled = way is Way.TYPED and verdict is Verdict.CORRECT
    return Rating.GOOD if is_recalled else Rating.HARD


def questions_in(
    cards: Iterable[Card],
    scope: Scope,
    states: Mapping[str, MemoryState],
    at: datetime,
) -> list[tuple[Card, Question]]:
    """The questions of a scope, as they stand in the deck; the weakest come weakest first."""
    every = [(card, question) for card in cards for question in card.questions]
    if scope is Scope.DUE:
        return [pair for pair in every if _is_due(states.get(pair[1].id), at)]
    if scope is Scope.WEAKEST:
        tried = [pair for pair in every if pair[1].id in states]
        return sorted(tried, key=lambda pair: retrievability(states[pair[1].id], at))
    return every


def start(
    pairs: Sequence[tuple[Card, Question]],
    how: How,
    length: int,
    states: Mapping[str, MemoryState],
    at: datetime,
    rng: Shuffling,
    *,
    is_ordered: bool = False,
) -> SelfTest:
    """A session of at most `length` questions (0 for all) of `pairs`, shuffled unless ordered.

    What was never asked and what is due come before what is still well known.
    """
    chosen = list(pairs)
    if not is_ordered:
        rng.shuffle(chosen)
        chosen.sort(key=lambda pair: _is_known(states.get(pair[1].id), at))
    chosen = chosen[: length or None]
    rng.shuffle(chosen)
    return SelfTest(
        tuple(
            make_task(card.id, question, how, mark_of(states.get(question.id), at), rng)
            for card, question in chosen
        )
    )


def make_task(card_id: str, question: Question, how: How, mark: Mark, rng: Shuffling) -> Task:
    """A question as it is put. Mixed: new ones by choice, those met before typed."""
    if question.kind == "either_or":
        way = Way.EITHER_OR
    elif how is How.TYPED or (how is How.MIXED and mark is not Mark.NEW):
        way = Way.TYPED
    else:
        way = Way.MULTIPLE_CHOICE
    if way is Way.TYPED:
        return Task(question, card_id, way)
    choices = [question.answer, *question.distractors]
    rng.shuffle(choices)
    return Task(question, card_id, way, tuple(choices))


def answer(session: SelfTest, given: str, marking: Marking, took_ms: int) -> SelfTest:
    """Take an answer to the question on show; without one, nothing changes."""
    task = session.task
    if task is None or session.last is not None:
        return session
    answered = Answered(task, given, marking, took_ms)
    queue = session.queue[1:]
    if marking.verdict is Verdict.WRONG:
        queue = (*queue[:BACK_AFTER], _again(task), *queue[BACK_AFTER:])
    return replace(session, queue=queue, done=(*session.done, answered), last=answered)


def count_as_right(session: SelfTest) -> SelfTest:
    """The pupil says that a wrong answer was right: it counts so, and does not come back."""
    last = session.last
    if last is None or last.marking.verdict is not Verdict.WRONG:
        return session
    marking = replace(last.marking, verdict=Verdict.CORRECT, why="Counted as right.")
    changed = replace(last, marking=marking)
    place = session.queue.index(_again(last.task))
    queue = session.queue[:place] + session.queue[place + 1 :]
    return replace(session, queue=queue, done=(*session.done[:-1], changed), last=changed)


def advance(session: SelfTest) -> SelfTest:
    """Go on to the next question."""
    return replace(session, last=None)


def stop(session: SelfTest) -> SelfTest:
    """End here; what was answered counts."""
    return replace(session, last=None, is_stopped=True)


def summary(session: SelfTest) -> Summary:
    """What came of it so far."""
    first = [answered for answered in session.done if not answered.task.is_repeat]
    verdicts = [answered.marking.verdict for answered in first]
    return Summary(
        total=len(first),
        right=sum(verdict is not Verdict.WRONG for verdict in verdicts),
        close=sum(verdict is Verdict.CLOSE for verdict in verdicts),
        took_ms=sum(answered.took_ms for answered in session.done),
        mistakes=tuple(
            Mistake(
                question_id=answered.task.question.id,
                card_id=answered.task.card_id,
                prompt=answered.task.question.prompt,
                given=answered.given,
                expected=answered.marking.expected,
                because=answered.task.question.because,
            )
            for answered in first
            if answered.marking.verdict is Verdict.WRONG
        ),
    )


def _again(task: Task) -> Task:
    """The task as it comes back: choices in another order, so that the place does not help."""
    return replace(task, choices=task.choices[::-1], is_repeat=True)


def _is_due(state: MemoryState | None, at: datetime) -> bool:
    return state is not None and is_due(state, at)


def _is_known(state: MemoryState | None, at: datetime) -> bool:
    return state is not None and not is_due(state, at)
