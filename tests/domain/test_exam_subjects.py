from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from fakes_study import rewritten
from stalin_study.domain.card import (
    Card,
    CardFile,
    ExamQuestion,
    OrderEvent,
    OrderSet,
    Point,
    Question,
    Section,
    TrueFalse,
)
from stalin_study.domain.deck import Deck, Topic
from stalin_study.domain.exam_subjects import ExamSubject, exam_subjects
from stalin_study.domain.review_log import Rating


def question(name: str, kind: str, prompt: str = "Who led the Politburo?") -> Question:
    return Question(name, kind, prompt, "Stalin", ("Trotsky",), "p1", "He did.")


EVENTS = tuple(OrderEvent(f"Event {n}", f"192{n}") for n in range(4))


def card(name: str) -> Card:
    return Card.of(
        CardFile(
            id=name,
            source_card=1,
            title="Rivals",
            prompt="Who?",
            aim=1,
            sections=(Section("Rivals", (Point("p1", "Stalin did.", ("s1",)),)),),
            questions=(question(f"{name}q1", "short"), question(f"{name}q2", "either_or")),
            true_false=(TrueFalse(f"{name}t1", "Trotsky won.", False, "He lost.", "p2"),),
            order_sets=(OrderSet(f"{name}o1", "The rise", EVENTS),),
            exam_questions=(ExamQuestion(f"{name}e1", "essay", 8, "Explain.", ("a",), ("b",)),),
        )
    )


DECK = Deck(
    id="d",
    title="Deck",
    ages="14-16",
    licence="",
    courses=(),
    topics=(
        Topic("rise", "Rise", "", (card("c1"), card("c2"))),
        Topic("terror", "Terror", "", (card("c3"),)),
    ),
)


def test_what_counts_is_what_has_one_right_answer():
    subjects = exam_subjects(DECK)
    kinds = ("q1", "t1", "o1", "q2")  # each kind in its share
    assert [subject.id for subject in subjects] == [
        card + kind for card in ("c1", "c2", "c3") for kind in kinds
    ]
    assert [subject.topic_id for subject in subjects] == ["rise"] * 8 + ["terror"] * 4
    assert [subject.card_id for subject in subjects[:5]] == ["c1"] * 4 + ["c2"]
    assert [subject.point_id for subject in subjects[:4]] == ["p1", "p2", "c1o1", "p1"]


def test_picking_is_easier_than_recalling():
    rights = {subject.id: subject.right for subject in exam_subjects(DECK)[:4]}
    assert rights == {
        "c1q1": Rating.GOOD,
        "c1q2": Rating.HARD,
        "c1t1": Rating.HARD,
        "c1o1": Rating.GOOD,
    }


def test_longer_ones_take_longer():
    short, statement, order, _ = exam_subjects(DECK)[:4]
    assert statement.seconds < short.seconds < order.seconds
    wordy = question("c1q1", "short", "Who led the Politburo? " * 4)
    told = rewritten(card("c1"), questions=(wordy,))
    deck = msgspec.structs.replace(DECK, topics=(Topic("rise", "Rise", "", (told,)),))
    assert exam_subjects(deck)[0].seconds > short.seconds


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_every_answer_takes_time(seconds):
    with pytest.raises(ValueError, match="q1 takes no time"):
        ExamSubject("q1", "c1", "t1", "p1", seconds)


def test_an_empty_deck_has_nothing_to_ask():
    assert exam_subjects(Deck("d", "Deck", "14-16", "", (), ())) == ()


def test_times_of_the_pupil_can_take_their_place():
    first = exam_subjects(DECK)[0]
    assert replace(first, seconds=30.0).right is first.right
