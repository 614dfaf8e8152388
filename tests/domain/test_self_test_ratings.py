"""The rating rule of docs/self-test.md."""

import pytest

from fakes_study import make_deck
from stalin_study.domain.card import ExamQuestion, OrderEvent
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test.ratings import rating_for, ratings_for, usual_seconds
from stalin_study.domain.self_test.tasks import (
    Choosing,
    Matching,
    Ordering,
    Outcome,
    Pair,
    Part,
    Recalling,
    Task,
    Typing,
    Writing,
)

CARD = make_deck().cards[0]
QUESTION = CARD.questions[0]
FOUR = Choosing(("1921", "1922", "1923", "1924"), "1921")
BODIES = {
    Way.MULTIPLE_CHOICE: FOUR,
    Way.SPEED: FOUR,
    Way.EITHER_OR: Choosing(("a", "b"), "a"),
    Way.TRUE_FALSE: Choosing(("True", "False"), "True"),
    Way.TYPED: Typing(QUESTION),
    Way.GAP: Typing(QUESTION),
    Way.ORDER: Ordering(tuple(OrderEvent(f"e{n}", f"192{n}") for n in range(4)), (1, 0, 2, 3)),
    Way.BLURT: Recalling(CARD.points, 4),
    Way.EXAM: Writing(ExamQuestion("e", "Explain why", 12, "Why?", ("a",), ("b",))),
    Way.MATCH: Matching((Pair("l", "r", CARD.id, "c01q01"),), (0,)),
}


def task(way):
    return Task(way, "c01q01", CARD.id, "Which year was it?", BODIES[way])


@pytest.mark.parametrize("way", [way for way in BODIES if way is not Way.MATCH])
@pytest.mark.parametrize("took_ms", [0, 1, 3_000, 500_000, 90_000_000])
def test_wrong_is_again_and_close_is_hard_whatever_the_time(way, took_ms):
    assert rating_for(task(way), Verdict.WRONG, took_ms) is Rating.AGAIN
    assert rating_for(task(way), Verdict.CLOSE, took_ms) is Rating.HARD


@pytest.mark.parametrize("way", [Way.TYPED, Way.GAP, Way.ORDER, Way.BLURT, Way.EXAM])
def test_what_was_recalled_is_good_or_hard_when_it_took_very_long(way):
    usual = usual_seconds(task(way)) * 1000
    assert rating_for(task(way), Verdict.CORRECT, int(usual)) is Rating.GOOD
    assert rating_for(task(way), Verdict.CORRECT, int(3.9 * usual)) is Rating.GOOD
    slow = int(4.1 * usual)
    is_away = slow > 3_600_000
    assert rating_for(task(way), Verdict.CORRECT, slow) is (Rating.GOOD if is_away else Rating.HARD)


@pytest.mark.parametrize("way", [Way.MULTIPLE_CHOICE, Way.SPEED])
def test_a_pick_from_four_is_good_only_when_quick(way):
    usual = usual_seconds(task(way)) * 1000
    assert rating_for(task(way), Verdict.CORRECT, int(usual) - 1) is Rating.GOOD
    assert rating_for(task(way), Verdict.CORRECT, int(usual) + 1) is Rating.HARD


@pytest.mark.parametrize("way", [Way.EITHER_OR, Way.TRUE_FALSE])
def test_a_pick_from_two_is_never_more_than_hard(way):
    assert rating_for(task(way), Verdict.CORRECT, 100) is Rating.HARD


@pytest.mark.parametrize("way", [Way.TYPED, Way.MULTIPLE_CHOICE])
@pytest.mark.parametrize("took_ms", [0, -5_000_000, 3_600_001, 10**12])
def test_a_time_that_cannot_be_says_nothing(way, took_ms):
    wanted = Rating.GOOD if way is Way.TYPED else Rating.HARD
    assert rating_for(task(way), Verdict.CORRECT, took_ms) is wanted


@pytest.mark.parametrize("way", list(BODIES))
@pytest.mark.parametrize("verdict", list(Verdict))
def test_easy_is_never_given_by_itself(way, verdict):
    assert all(
        rating_for(task(way), verdict, took_ms) is not Rating.EASY for took_ms in (1, 10_000)
    )


def test_each_pair_of_a_match_reviews_its_own_question():
    parts = (
        Part("a: b", "b", Verdict.CORRECT, "c01q01"),
        Part("c: d", "x", Verdict.WRONG, "c02q01"),
        Part("e: f", "f", Verdict.CORRECT, ""),
    )
    outcome = Outcome(Verdict.WRONG, "", parts=parts)
    assert ratings_for(task(Way.MATCH), outcome, 5000) == (
        ("c01q01", Rating.HARD),
        ("c02q01", Rating.AGAIN),
    )
    assert ratings_for(task(Way.TYPED), Outcome(Verdict.WRONG, ""), 1) == (
        ("c01q01", Rating.AGAIN),
    )
