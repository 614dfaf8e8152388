"""A task: one question as it is put, and an answer to it."""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Any, Protocol

from msgspec import Struct

from stalin_study.domain.card import ExamQuestion, OrderEvent, Point, Question
from stalin_study.domain.review_log import Verdict, Way


class Shuffling(Protocol):
    """What a session asks of chance; `random.Random` does."""

    def shuffle(self, x: MutableSequence[Any], /) -> None:
        """Put a list in another order."""


class Plain(Struct, frozen=True, gc=False):
    """Base of what a session is made of: frozen, and fit to be saved as JSON."""


class Choosing(Plain, frozen=True, tag=True):
    """Pick the right one of two to four choices."""

    choices: tuple[str, ...]
    right: str


class Typing(Plain, frozen=True, tag=True):
    """Type the answer; `question` is what it is marked against."""

    question: Question


class Ordering(Plain, frozen=True, tag=True):
    """Put events in order: `events` are in the right one, `shown` is how they stand at first."""

    events: tuple[OrderEvent, ...]
    shown: tuple[int, ...]


class Pair(Plain, frozen=True):
    """Two things that belong together.

    `subject_id` is the question that a right or wrong pair reviews, empty when the deck has none
    that asks the same.
    """

    left: str
    right: str
    card_id: str
    subject_id: str = ""


class Matching(Plain, frozen=True, tag=True):
    """Match each left side with its right side; `shown` is the order of the right sides."""

    pairs: tuple[Pair, ...]
    shown: tuple[int, ...]


class Recalling(Plain, frozen=True, tag=True):
    """Blurt: write all you remember of a card. A good answer has `aim` of the points."""

    points: tuple[Point, ...]
    aim: int


class Writing(Plain, frozen=True, tag=True):
    """Write an exam answer."""

    exam: ExamQuestion


Body = Choosing | Typing | Ordering | Matching | Recalling | Writing


class Task(Plain, frozen=True):
    """One question as it is put.

    `subject_id` is what its review is logged under; `point_id` the point that it comes from, if it
    comes from one. `seconds` is how long there is to answer, 0 for as long as it takes.
    """

    way: Way
    subject_id: str
    card_id: str
    prompt: str
    body: Body
    because: str = ""
    point_id: str = ""
    seconds: int = 0
    is_repeat: bool = False


class Answer(Plain, frozen=True):
    """What a pupil answers; all empty is "I don't know".

    `text`: typed, chosen or written. `places`: of order, the numbers of the events as put; of
    match, the number of the right side for each left one, -1 for none. `ticks`: of blurt and exam,
    the numbers of the points that the pupil says were there. `marks`: of exam, as given by the
    pupil.
    """

    text: str = ""
    places: tuple[int, ...] = ()
    ticks: tuple[int, ...] = ()
    marks: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not (self.text.strip() or self.places or self.ticks or self.marks)


NO_ANSWER = Answer()


class Part(Plain, frozen=True):
    """One part of an answer that is marked part by part: `given` is what stood in its place."""

    expected: str
    given: str
    verdict: Verdict
    subject_id: str = ""


class Outcome(Plain, frozen=True):
    """What marking says of an answer. `share` is how much of it was right, 0 to 1."""

    verdict: Verdict
    expected: str
    why: str = ""
    parts: tuple[Part, ...] = ()
    share: float = 1.0


class Answered(Plain, frozen=True):
    """A task with its answer and outcome.

    `is_settled`: it need not come back in this session. `rating` is the one that the pupil gave
    instead of the one it earned, 0 for none. `entry_ids` are its entries in the log.
    """

    task: Task
    answer: Answer
    outcome: Outcome
    took_ms: int
    is_settled: bool = True
    rating: int = 0
    entry_ids: tuple[str, ...] = ()
