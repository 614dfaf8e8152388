from datetime import date, timedelta

import pytest

from stalin_study.domain.wording import amount_of, comes_back, count_of, duration, exam_countdown


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (timedelta(seconds=20), "in 1 min"),
        (timedelta(minutes=10), "in 10 min"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(hours=5), "in 5 hours"),
        (timedelta(hours=22), "tomorrow"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=9), "in 9 days"),
        (timedelta(days=90), "in 3 months"),
        (timedelta(seconds=-5), "in 1 min"),
    ],
)
def test_when_a_card_comes_back(interval, said):
    assert comes_back(interval) == said


@pytest.mark.parametrize(
    ("exam", "said"),
    [
        (None, ""),
        (date(2026, 11, 23), ""),
        (date(2026, 11, 24), "Your exam is today. Good luck!"),
        (date(2026, 11, 25), "Exam tomorrow"),
        (date(2027, 6, 1), "Exam in 189 days"),
    ],
)
def test_the_countdown(exam, said):
    assert exam_countdown(exam, date(2026, 11, 24)) == said


def test_counts_and_durations():
    assert count_of(1, "card") == "1 card"
    assert count_of(1200, "card") == "1,200 cards"
    assert count_of(2, "entry", "entries") == "2 entries"
    assert duration(40_000) == "40 seconds"
    assert duration(360_000) == "6 minutes"


@pytest.mark.parametrize(
    ("questions", "has_match", "has_blurt", "told"),
    [
        (1, False, False, "1 question"),
        (26, True, False, "26 questions and a match"),
        (26, False, True, "26 questions and a blurt"),
        (26, True, True, "26 questions, a match and a blurt"),
        (0, True, False, "a match"),
    ],
)
def test_what_a_test_holds(questions, has_match, has_blurt, told):
    assert amount_of(questions, has_match=has_match, has_blurt=has_blurt) == told
