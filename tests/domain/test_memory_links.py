"""A card's memory and its questions' memories."""

from datetime import UTC, datetime, timedelta

import pytest

from stalin_study.domain.memory import retrievability, review
from stalin_study.domain.memory_links import BORROWED_SHARE, borrowed_recall, is_due_now
from stalin_study.domain.review_log import Rating
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

CARD = load_deck(find_paths().deck).deck.cards[0]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def rated(subject_id, rating, days_ago=1.0):
    return review(None, subject_id, rating, AT - timedelta(days=days_ago))


def test_nothing_known_lends_nothing():
    assert borrowed_recall((CARD,), {}, AT) == {}


def test_a_card_lends_half_of_its_recall_to_questions_that_were_never_asked():
    card = rated(CARD.id, Rating.GOOD)
    known = rated("c01q01", Rating.GOOD)
    borrowed = borrowed_recall((CARD,), {CARD.id: card, "c01q01": known}, AT)
    assert "c01q01" not in borrowed
    assert CARD.id not in borrowed
    assert borrowed["c01q03"] == pytest.approx(BORROWED_SHARE * retrievability(card, AT))


def test_a_question_lends_to_another_on_the_same_point_only():
    true_false = next(one for one in CARD.true_false if one.point == "c01p22")
    question = next(one for one in CARD.questions if one.point == "c01p22")
    known = rated(true_false.id, Rating.GOOD)
    borrowed = borrowed_recall((CARD,), {true_false.id: known}, AT)
    assert borrowed == {question.id: pytest.approx(BORROWED_SHARE * retrievability(known, AT))}


def test_the_best_known_lends():
    card, other = rated(CARD.id, Rating.AGAIN, 9), rated("c01t01", Rating.EASY)
    borrowed = borrowed_recall((CARD,), {CARD.id: card, "c01t01": other}, AT)
    assert borrowed["c01q07"] == pytest.approx(BORROWED_SHARE * retrievability(other, AT))


def test_a_card_that_was_not_known_casts_doubt_on_its_questions_until_they_are_asked_again():
    question = review(
        rated("c01q01", Rating.GOOD, 5), "c01q01", Rating.GOOD, AT - timedelta(days=4)
    )
    states = {"c01q01": question}
    at = AT - timedelta(days=3)
    assert not is_due_now(CARD, "c01q01", states, at)
    states[CARD.id] = rated(CARD.id, Rating.AGAIN, 3.5)
    assert is_due_now(CARD, "c01q01", states, at)
    states["c01q01"] = review(question, "c01q01", Rating.GOOD, at)
    assert not is_due_now(CARD, "c01q01", states, at)


def test_a_question_that_was_missed_casts_doubt_on_its_card():
    card = review(rated(CARD.id, Rating.EASY, 5), CARD.id, Rating.GOOD, AT - timedelta(days=4))
    at = AT - timedelta(days=3)
    assert not is_due_now(CARD, CARD.id, {CARD.id: card}, at)
    missed = rated("c01q01", Rating.AGAIN, 3.5)
    assert is_due_now(CARD, CARD.id, {CARD.id: card, "c01q01": missed}, at)
    assert not is_due_now(CARD, "c01q02", {CARD.id: card, "c01q01": missed}, at)


def test_what_was_wrong_last_lends_nothing():
    assert borrowed_recall((CARD,), {CARD.id: rated(CARD.id, Rating.AGAIN)}, AT) == {}


def test_a_question_that_was_picked_right_casts_no_doubt_on_its_card():
    card = review(rated(CARD.id, Rating.EASY, 5), CARD.id, Rating.GOOD, AT - timedelta(days=4))
    picked = rated("c01q01", Rating.HARD, 3.5)
    at = AT - timedelta(days=3)
    assert not is_due_now(CARD, CARD.id, {CARD.id: card, "c01q01": picked}, at)
