from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.exam_forecast import Expectation
from stalin_study.domain.exam_wording import about, why


def expectation(seen: int, total: int, now: float, followed: float | None = None) -> Expectation:
    return Expectation(now, followed, 0.02, seen, total, ())


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "under 5 %"),
        (0.024, "under 5 %"),
        (0.026, "about 5 %"),
        (0.774, "about 75 %"),
        (0.776, "about 80 %"),
        (0.813, "about 80 %"),
        (0.974, "about 95 %"),
        (0.976, "over 95 %"),
        (1.0, "over 95 %"),
        (-0.1, "under 5 %"),
        (1.1, "over 95 %"),
    ],
)
def test_shares_in_words(share, words):
    assert about(share) == words


@given(st.floats(0.025, 0.9749))
def test_the_words_are_within_two_and_a_half_points(share):
    words = about(share).removeprefix("about ").removesuffix(" %")
    assert abs(int(words) - 100 * share) <= 2.5 + 1e-9


def test_why_at_the_start():
    assert why(expectation(0, 325, 0.0, 0.86), 10) == (
        "You have not met any of the 325 questions yet.",
        "With 10 minutes a day you would get to about 85 %.",
        "It is an estimate: people differ, by 10 % or so either way.",
    )


def test_why_on_the_way():
    assert why(expectation(120, 325, 0.29, 0.86), 12.5) == (
        "You have met 120 of 325 questions.",
        "What you have not met hardly counts yet.",
        "Memories fade until the exam: with no more work you would know about 30 % of it then.",
        "With 12.5 minutes a day you would get to about 85 %.",
        "It is an estimate: people differ, by 10 % or so either way.",
    )


def test_why_when_all_is_met_and_nothing_planned():
    sentences = why(expectation(325, 325, 0.97))
    assert sentences[0] == "You have met all 325 questions."
    assert not any("minute" in sentence for sentence in sentences)
    assert "With 1 minute a day" in why(expectation(1, 2, 0.4, 0.5), 1)[3]


def test_why_of_nothing():
    assert why(expectation(0, 0, 0.0), 10) == ("There is nothing to be asked yet.",)
