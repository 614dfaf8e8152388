"""What counts in the expected recall on the day of the exam, and how long each takes to ask."""

from __future__ import annotations

from dataclasses import dataclass

from stalin_study.domain.card import Card, OrderSet, Question, TrueFalse
from stalin_study.domain.deck import Deck
from stalin_study.domain.review_log import Rating
from stalin_study.domain.self_test.ratings import (
    LETTERS_A_SECOND,
    THINKING_S,
    WORDS_A_SECOND,
)

Askable = Question | TrueFalse | OrderSet
# Beside answering: reading the verdict and going on.
VERDICT_S = 2.0


@dataclass(frozen=True, slots=True)
class ExamSubject:
    """Something that can be asked and counts in the exam figure, each as one.

    `seconds` is what a right answer usually takes. A first meeting or a wrong answer takes longer:
    see `exam_gain.LONG`. `is_recalled`: a right answer is recalled, not picked. Raises ValueError
    if `seconds` is not above 0.
    """

    id: str
    card_id: str
    topic_id: str
    point_id: str
    seconds: float
    is_recalled: bool = True

    def __post_init__(self) -> None:
        """Check it."""
        if not self.seconds > 0:
            raise ValueError(f"an answer to {self.id} takes no time")

    @property
    def right(self) -> Rating:
        """The rating that a right answer earns at a repetition: picked ones only Hard."""
        return Rating.GOOD if self.is_recalled else Rating.HARD


def exam_subjects(deck: Deck) -> tuple[ExamSubject, ...]:
    """Short and either/or questions, true/false and order sets, card by card in teaching order.

    Cards and exam questions do not count.
    """
    return tuple(
        subject
        for topic in deck.topics
        for card in topic.cards
        for subject in _of_card(card, topic.id)
    )


def _of_card(card: Card, topic_id: str) -> list[ExamSubject]:
    """Kinds in turns, each in its share, so that a first session does not hold one kind alone."""

    def subject(one: Askable, point_id: str, seconds: float, *, is_recalled: bool) -> ExamSubject:
        return ExamSubject(one.id, card.id, topic_id, point_id, seconds, is_recalled)

    kinds = (
        [
            subject(one, one.point, _question_seconds(one), is_recalled=one.kind == "short")
            for one in card.questions
        ],
        [
            subject(one, one.point, _statement_seconds(one), is_recalled=False)
            for one in card.true_false
        ],
        [subject(one, one.id, _order_seconds(one), is_recalled=True) for one in card.order_sets],
    )
    shares = [((place + 0.5) / len(kind), one) for kind in kinds for place, one in enumerate(kind)]
    return [one for _, one in sorted(shares, key=lambda pair: pair[0])]


def _question_seconds(question: Question) -> float:
    asking = THINKING_S + _reading(question.prompt) + VERDICT_S
    if question.kind == "short":
        return asking + len(question.answer) / LETTERS_A_SECOND
    return asking + _reading(question.answer, *question.distractors)


def _statement_seconds(statement: TrueFalse) -> float:
    return THINKING_S + _reading(statement.statement) + VERDICT_S


def _order_seconds(order: OrderSet) -> float:
    texts = tuple(event.text for event in order.events)
    return _reading(order.title) + 2 * _reading(*texts) + THINKING_S * len(texts) + VERDICT_S


def _reading(*texts: str) -> float:
    return sum(len(text.split()) for text in texts) / WORDS_A_SECOND
