from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.forgetting import (
    PARAMETERS,
    Strength,
    first_relearnt,
    first_strength,
    next_strength,
    outcome,
    recall,
    relearnt,
)
from stalin_study.domain.memory import MemoryState, retrievability, review
from stalin_study.domain.review_log import Rating

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ratings = st.sampled_from(Rating)
right = st.sampled_from([Rating.HARD, Rating.GOOD])
gaps = st.one_of(
    st.integers(0, 2 * 86_400),
    st.integers(0, 400 * 86_400),
    st.integers(0, 400).map(lambda days: days * 86_400),
)
histories = st.lists(st.tuples(ratings, gaps), min_size=1, max_size=12)


def strength_of(state: MemoryState) -> Strength:
    return Strength(state.stability, state.difficulty)


def reviewed(history: list[tuple[Rating, int]]) -> MemoryState:
    """What `memory.review` makes of ratings, each so many seconds after the one before."""
    state = None
    at = AT
    for rating, seconds in history:
        at += timedelta(seconds=seconds)
        state = review(state, "q", rating, at)
    assert state is not None
    return state


def test_the_parameters_are_those_of_the_model():
    from fsrs.scheduler import DEFAULT_PARAMETERS

    assert PARAMETERS == DEFAULT_PARAMETERS


@given(histories)
def test_strengths_are_what_the_model_makes_of_the_same_reviews(history):
    strength = first_strength(history[0][0])
    for rating, seconds in history[1:]:
        strength = next_strength(strength, timedelta(seconds=seconds) / DAY, rating)
    assert strength == pytest.approx(strength_of(reviewed(history)), rel=1e-6)


@given(histories, gaps)
def test_recall_is_the_retrievability_of_the_model(history, seconds):
    state = reviewed(history)
    later = timedelta(seconds=seconds)
    expected = retrievability(state, state.last_reviewed_at + later)
    assert recall(later / DAY, state.stability) == pytest.approx(expected, rel=1e-6)


@given(histories, gaps, right)
def test_an_outcome_is_what_the_model_makes_of_either_answer(history, seconds, rating):
    state = reviewed(history)
    later = timedelta(seconds=seconds)
    at = state.last_reviewed_at + later
    found = outcome(strength_of(state), later / DAY, rating)
    wrong = review(review(state, "q", Rating.AGAIN, at), "q", rating, at + timedelta(minutes=2))
    assert found.chance == pytest.approx(retrievability(state, at), rel=1e-6)
    assert found.if_right == pytest.approx(review(state, "q", rating, at).stability, rel=1e-6)
    assert found.if_wrong == pytest.approx(wrong.stability, rel=1e-6)
    after = relearnt(strength_of(state), later / DAY, rating)
    assert after == pytest.approx(strength_of(wrong), rel=1e-6)


@pytest.mark.parametrize("rating", [Rating.HARD, Rating.GOOD])
def test_a_wrong_first_answer_is_put_right_at_once(rating):
    wrong = review(None, "q", Rating.AGAIN, AT)
    put_right = review(wrong, "q", rating, AT + timedelta(minutes=2))
    assert first_relearnt(rating) == pytest.approx(strength_of(put_right), rel=1e-6)


def test_hours_count_in_recall_but_not_in_what_a_review_does():
    strength = Strength(3.0, 5.0)
    assert recall(1.9, 3.0) < recall(1.1, 3.0)
    assert next_strength(strength, 1.9, Rating.GOOD) == next_strength(strength, 1.1, Rating.GOOD)
