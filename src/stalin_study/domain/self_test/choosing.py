"""What a self-test may ask: which subjects, and in which ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stalin_study.domain.card import Card, ExamQuestion, OrderSet, Question, Subject, TrueFalse
from stalin_study.domain.deck import Deck
from stalin_study.domain.memory import MemoryState, chance_known
from stalin_study.domain.memory_links import is_due_now
from stalin_study.domain.review_log import Way
from stalin_study.domain.self_test.gaps import gap_question
from stalin_study.domain.self_test.match_sets import MatchKind

# From this stability on, a question is asked for the answer itself and no longer with choices.
RECALL_FROM_DAYS = 1.0
# Of what a page picked, so many questions are asked at most when it is started at once.
MOST_AT_ONCE = 20


class How(StrEnum):
    """How questions are put."""

    MIXED = "mixed"
    MULTIPLE_CHOICE = "multiple_choice"
    TYPED = "typed"
    TRUE_FALSE = "true_false"
    GAP = "gap"
    ORDER = "order"
    MATCH = "match"
    BLURT = "blurt"
    EXAM = "exam"
    SPEED = "speed"


class Scope(StrEnum):
    """Which questions may be asked."""

    TODAY = "today"
    EVERYTHING = "everything"
    TOPIC = "topic"
    PICKED = "picked"
    DUE = "due"
    WEAKEST = "weakest"


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that can be asked, and its card."""

    card: Card
    subject: Subject

    @property
    def id(self) -> str:
        """What its review is logged under."""
        return self.subject.id


@dataclass(frozen=True, slots=True)
class Picked:
    """What a page has picked to be tested on: `ids` of cards, of which all is asked, or questions.

    `matched` are ids of people, terms or events of one `kind`, that a match is made of.
    """

    title: str
    ids: frozenset[str]
    scope_id: str = "picked"
    is_weakest_first: bool = False
    kind: MatchKind | None = None
    matched: frozenset[str] = frozenset()


def askable(cards: Iterable[Card], how: How) -> list[Asked]:
    """All that can be asked so, as it stands in the deck; for a match, see `match_sets`."""
    return [
        Asked(card, subject)
        for card in cards
        for subject in card.subjects
        if _can_be_asked(card, subject, how)
    ]


def in_scope(
    asked: Iterable[Asked],
    scope: Scope,
    states: Mapping[str, MemoryState],
    at: datetime,
    today: tuple[str, ...] = (),
) -> list[Asked]:
    """Those of a scope. Due and weakest come weakest first, today's work in the plan's order.

    What was wrong last is the weakest.
    """
    if scope is Scope.TODAY:
        by_id = {one.id: one for one in asked}
        return [by_id[subject_id] for subject_id in today if subject_id in by_id]
    if scope not in (Scope.DUE, Scope.WEAKEST):
        return list(asked)
    known = [one for one in asked if one.id in states]
    if scope is Scope.DUE:
        known = [one for one in known if is_due_now(one.card, one.id, states, at)]
    return sorted(known, key=lambda one: chance_known(states[one.id], at))


def of_picked(
    asked: Iterable[Asked], picked: Picked, states: Mapping[str, MemoryState], at: datetime
) -> list[Asked]:
    """What was picked. Weakest first: what was met, wrong ones before all, then what was not."""
    found = [one for one in asked if one.card.id in picked.ids or one.id in picked.ids]
    if picked.is_weakest_first:
        found.sort(key=lambda one: chance_known(states[one.id], at) if one.id in states else 2.0)
    return found


def first_questions(deck: Deck, count: int) -> tuple[str, ...]:
    """The easiest questions: those that the deck names, or else on the first key points.

    Of those, this or that comes before short answers, and a short answer before a long one.
    """
    named = [one for one in deck.first_questions if one in deck.questions_by_id]
    on_key_points = [
        question
        for card in deck.topics[0].cards
        for question in card.questions
        if question.point in {point.id for point in card.key_points}
    ]
    on_key_points.sort(key=lambda one: (one.kind != "either_or", len(one.answer)))
    return tuple(dict.fromkeys((*named, *(one.id for one in on_key_points))))[:count]


def way_of(how: How, card: Card, subject: Subject, state: MemoryState | None) -> Way:
    """How a subject is put. Mixed: the better it is known, the harder.

    New or all but forgotten (stability under a day): recognise it among choices. Then recall it:
    by filling a gap and by typing in turns. True/false, either/or and order are always put so.
    """
    match subject:
        case TrueFalse():
            return Way.SPEED if how is How.SPEED else Way.TRUE_FALSE
        case OrderSet():
            return Way.ORDER
        case ExamQuestion():
            return Way.EXAM
        case Card():
            return Way.BLURT
        case Question(kind="either_or"):
            return Way.SPEED if how is How.SPEED else Way.EITHER_OR
    if how is not How.MIXED:
        return _WAYS[how]
    if state is None or state.stability < RECALL_FROM_DAYS:
        return Way.MULTIPLE_CHOICE
    has_turn = state.reviews % 2 == 1
    return Way.GAP if has_turn and gap_question(card, subject) is not None else Way.TYPED


_WAYS = {
    How.MULTIPLE_CHOICE: Way.MULTIPLE_CHOICE,
    How.TYPED: Way.TYPED,
    How.GAP: Way.GAP,
    How.SPEED: Way.SPEED,
}
_KINDS: dict[How, tuple[type, ...]] = {
    How.MIXED: (Question, TrueFalse, OrderSet),
    How.MULTIPLE_CHOICE: (Question,),
    How.TYPED: (Question,),
    How.GAP: (Question,),
    How.TRUE_FALSE: (TrueFalse, Question),
    How.ORDER: (OrderSet,),
    How.BLURT: (Card,),
    How.EXAM: (ExamQuestion,),
    How.SPEED: (Question, TrueFalse),
    How.MATCH: (),
}


def _can_be_asked(card: Card, subject: Subject, how: How) -> bool:
    if not isinstance(subject, _KINDS[how]):
        return False
    if not isinstance(subject, Question):
        return True
    is_short = subject.kind == "short"
    if how is How.GAP:
        return is_short and gap_question(card, subject) is not None
    if how is How.TYPED:
        return is_short
    return how is not How.TRUE_FALSE or not is_short
