"""A card: its points and questions, as its file in a deck folder holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct, field

from stalin_study.domain.lazily import lazily


class Shape(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Base of everything read from a deck file: frozen, and strict about field names."""


class Point(Shape, frozen=True):
    """One statement on a card, about one fact."""

    id: str
    text: str
    sources: tuple[str, ...]
    claims: tuple[str, ...] = ()
    key: bool = False
    note: str = ""


class Section(Shape, frozen=True):
    """A heading of a card's answer and the points below it."""

    heading: str
    points: tuple[Point, ...] = field(name="point")


class Question(Shape, frozen=True):
    """A self-test question with one right answer, typed or chosen."""

    id: str
    kind: Literal["short", "either_or"]
    prompt: str
    answer: str
    distractors: tuple[str, ...]
    point: str
    because: str
    accept: tuple[str, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every right answer, the one to show first."""
        return (self.answer, *self.accept)


class TrueFalse(Shape, frozen=True):
    """A statement to be judged true or false."""

    id: str
    statement: str
    answer: bool
    because: str
    point: str


class OrderEvent(Shape, frozen=True):
    """One event of an order set, with its date as shown after marking."""

    text: str
    when: str


class OrderSet(Shape, frozen=True):
    """Four to six events, listed in the right order."""

    id: str
    title: str
    events: tuple[OrderEvent, ...]


class ExamQuestion(Shape, frozen=True):
    """A written exam question with its mark scheme and a plan for a full-mark answer."""

    id: str
    style: str
    marks: int
    prompt: str
    mark_scheme: tuple[str, ...]
    model: tuple[str, ...]


class CardFile(Shape, frozen=True):
    """What a card's file holds: a prompt, and an answer made of headed sections of points.

    `care` is a plain sentence before a card about great suffering, or empty.
    """

    id: str
    source_card: int
    title: str
    prompt: str
    aim: int
    sections: tuple[Section, ...] = field(name="section")
    questions: tuple[Question, ...] = field(name="question", default=())
    true_false: tuple[TrueFalse, ...] = ()
    order_sets: tuple[OrderSet, ...] = field(name="order", default=())
    exam_questions: tuple[ExamQuestion, ...] = field(name="exam", default=())
    care: str = ""

    @property
    def subject_ids(self) -> tuple[str, ...]:
        """Ids of all that can have a memory state, the card itself first."""
        others = (self.questions, self.true_false, self.order_sets, self.exam_questions)
        return (self.id, *(one.id for kind in others for one in kind))


class Card:
    """One revision card. All but its ids and its title is unpacked when it is first asked for.

    Of a big deck, few cards are looked at: `unpack` gives what the file of one holds.
    """

    def __init__(
        self, title: str, subject_ids: tuple[str, ...], unpack: Callable[[], CardFile]
    ) -> None:
        self.id = subject_ids[0]
        self.title = title
        self.subject_ids = subject_ids
        self._unpack = unpack

    @classmethod
    def of(cls, file: CardFile) -> Card:
        """The card of a file."""
        return cls(file.title, file.subject_ids, lambda: file)

    def __eq__(self, other: object) -> bool:
        """Whether both have the same content."""
        return isinstance(other, Card) and self.file == other.file

    def __hash__(self) -> int:
        """By its id."""
        return hash(self.id)

    def __repr__(self) -> str:
        """Its id and title."""
        return f"Card({self.id!r}, {self.title!r})"

    @lazily
    def file(self) -> CardFile:
        """All that its file holds."""
        return self._unpack()

    @property
    def source_card(self) -> int:
        """The number of the pupil-made card that it comes from."""
        return self.file.source_card

    @property
    def prompt(self) -> str:
        """What is asked on its front."""
        return self.file.prompt

    @property
    def aim(self) -> int:
        """How many points to remember."""
        return self.file.aim

    @property
    def care(self) -> str:
        """A plain sentence before a card about great suffering, or empty."""
        return self.file.care

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its answer."""
        return self.file.sections

    @property
    def questions(self) -> tuple[Question, ...]:
        """Questions with one right answer."""
        return self.file.questions

    @property
    def true_false(self) -> tuple[TrueFalse, ...]:
        """Statements to judge."""
        return self.file.true_false

    @property
    def order_sets(self) -> tuple[OrderSet, ...]:
        """Events to put in order."""
        return self.file.order_sets

    @property
    def exam_questions(self) -> tuple[ExamQuestion, ...]:
        """Questions in the style of an exam."""
        return self.file.exam_questions

    @lazily
    def points(self) -> tuple[Point, ...]:
        """All points, in the order in which the card shows them."""
        return tuple(point for section in self.sections for point in section.points)

    @lazily
    def subjects(self) -> tuple[Subject, ...]:
        """All of this card that can have a memory state, the card itself first."""
        return (
            self,
            *self.questions,
            *self.true_false,
            *self.order_sets,
            *self.exam_questions,
        )

    @lazily
    def key_points(self) -> tuple[Point, ...]:
        """The points that together answer the prompt."""
        return tuple(point for point in self.points if point.key)


Subject = Card | Question | TrueFalse | OrderSet | ExamQuestion
