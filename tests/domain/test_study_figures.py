"""The calendar, the weeks and the time that study days add up to."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.study_figures import (
    AHEAD_WEEKS,
    LEAST_WEEKS,
    PAST_WEEKS,
    Answers,
    answers_by_week,
    answers_in_all,
    calendar_of,
    level_of,
    monday_of,
    month_columns,
    time_spent,
)
from stalin_study.domain.study_history import DayTally, History

TODAY = date(2026, 11, 25)  # a Wednesday
DAY = timedelta(days=1)
TALLIES = st.builds(
    DayTally,
    st.integers(1, 80),
    st.floats(1, 4000),
    st.integers(0, 40),
    st.integers(0, 10),
    st.integers(0, 30),
)
HISTORIES = st.dictionaries(
    st.integers(-400, 20).map(lambda days: TODAY + days * DAY), TALLIES, max_size=60
).map(lambda days: History(days, is_known=True))


def history(*days):
    return History({day: DayTally(5, 60.0, 2, 1, 1) for day in days}, is_known=True)


def test_a_calendar_begins_on_the_monday_of_the_first_study_day_and_ends_with_the_exam():
    calendar = calendar_of(history(date(2026, 10, 15), TODAY), TODAY, date(2027, 3, 3))
    assert (calendar.first, calendar.last) == (date(2026, 10, 12), date(2027, 3, 7))
    assert calendar.exam == date(2027, 3, 3)
    assert calendar.tally(TODAY).reviews == 5
    assert calendar.tally(TODAY - DAY) == DayTally()


def test_an_empty_calendar_has_its_least_weeks_and_no_exam():
    calendar = calendar_of(History(), TODAY)
    assert (calendar.first, calendar.weeks, calendar.exam) == (monday_of(TODAY), LEAST_WEEKS, None)


@pytest.mark.parametrize("exam", [date(2028, 6, 1), TODAY - DAY])
def test_an_exam_far_off_or_over_is_not_in_the_calendar(exam):
    assert calendar_of(history(TODAY), TODAY, exam).exam is None


@given(HISTORIES, st.none() | st.integers(-10, 500).map(lambda days: TODAY + days * DAY))
def test_a_calendar_holds_today_and_no_more_weeks_than_it_may(past, exam):
    calendar = calendar_of(past, TODAY, exam)
    assert calendar.first.weekday() == 0
    assert calendar.first <= TODAY <= calendar.last
    assert LEAST_WEEKS <= calendar.weeks <= PAST_WEEKS + AHEAD_WEEKS
    assert all(calendar.first <= day <= TODAY for day in calendar.days)
    if calendar.exam is not None:
        assert TODAY <= calendar.exam <= calendar.last


@pytest.mark.parametrize(
    ("reviews", "level"), [(0, 0), (1, 1), (9, 1), (10, 2), (25, 3), (49, 3), (50, 4), (999, 4)]
)
def test_levels(reviews, level):
    assert level_of(reviews) == level


def test_weeks_of_answers_go_from_the_first_to_this_one_with_empty_ones_between():
    weeks = answers_by_week(history(date(2026, 11, 3), date(2026, 11, 8), TODAY), TODAY)
    assert weeks == [
        Answers(date(2026, 11, 2), 4, 2, 2),
        Answers(date(2026, 11, 9)),
        Answers(date(2026, 11, 16)),
        Answers(date(2026, 11, 23), 2, 1, 1),
    ]
    assert (weeks[0].total, weeks[0].right) == (8, 6)


def test_flipped_cards_make_no_week_of_answers():
    assert answers_by_week(History({TODAY: DayTally(4, 20.0, recalled=4)}), TODAY) == []


@given(HISTORIES)
def test_no_marked_answer_is_lost_between_the_weeks_and_the_whole(past):
    weeks = answers_by_week(past, TODAY, most=1000)
    whole = answers_in_all(past, TODAY)
    assert sum(week.correct for week in weeks) == whole.correct
    assert sum(week.total for week in weeks) == whole.total
    assert all(after.since - before.since == 7 * DAY for before, after in itertools.pairwise(weeks))
    assert len(answers_by_week(past, TODAY)) <= PAST_WEEKS


def test_time_is_of_this_week_and_in_all_and_not_of_days_to_come():
    spent = time_spent(history(TODAY - 10 * DAY, TODAY - 2 * DAY, TODAY, TODAY + DAY), TODAY)
    assert (spent.week_seconds, spent.all_seconds, spent.days) == (120.0, 180.0, 3)
    assert (spent.a_day, spent.reviews, spent.longest) == (60.0, 15, 2)
    assert time_spent(History(), TODAY).a_day == 0.0


def test_months_are_named_where_they_begin():
    assert month_columns(date(2026, 10, 12), 8) == [
        (0, date(2026, 10, 12)),
        (2, date(2026, 11, 1)),
        (7, date(2026, 12, 1)),
    ]
    assert month_columns(date(2026, 6, 1), 2) == [(0, date(2026, 6, 1))]
