"""A streak: one day of rest in seven is free, today may still come, missed days are no shame."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.streak import REST_EVERY, streak

TODAY = date(2026, 11, 25)


def ago(*days):
    return {TODAY - timedelta(days=day) for day in days}


STUDIED = st.sets(st.integers(-3, 60)).map(lambda days: ago(*days))


@pytest.mark.parametrize(
    ("days", "length", "is_done", "away"),
    [
        ((), 0, False, 0),
        ((0,), 1, True, 0),
        ((1,), 1, False, 0),
        ((0, 1, 2), 3, True, 0),
        ((1, 2, 3), 3, False, 0),
        ((0, 2, 3), 3, True, 0),  # yesterday was a rest
        ((2, 3), 2, False, 1),  # yesterday was one, today is to come
        ((0, 3), 1, True, 0),  # two days missed end it
        ((0, 2, 4, 5), 2, True, 0),  # the second rest came too soon
        ((0, 2, 3, 4, 5, 6, 7, 9), 8, True, 0),
        ((5, 6), 0, False, 4),
        ((-1, -2), 0, False, 0),
    ],
)
def test_the_streak(days, length, is_done, away):
    found = streak(ago(*days), TODAY)
    assert (found.length, found.is_today_done, found.away) == (length, is_done, away)


def test_the_week_is_shown_with_its_rest():
    week = streak(ago(0, 1, 3, 4, 9), TODAY).week
    kinds = ["missed", "missed", "done", "done", "rest", "done", "done"]
    assert [mark.kind for mark in week] == kinds
    assert [mark.day for mark in week] == [
        TODAY - timedelta(days=back) for back in range(6, -1, -1)
    ]
    assert [mark.kind for mark in streak(ago(1), TODAY).week] == ["before"] * 5 + ["done", "today"]


@given(STUDIED)
def test_no_seven_days_hold_two_rests(days):
    found = streak(days, TODAY)
    ends = (TODAY - timedelta(days=back) for back in range(70))
    for week in ({end - timedelta(days=back) for back in range(7)} for end in ends):
        assert len(week.intersection(found.rest_days)) <= 1
    assert not days.intersection(found.rest_days)
    shown = {mark.day for mark in found.week if mark.kind == "rest"}
    assert shown == {day for day in found.rest_days if day >= found.week[0].day}
    assert found.length <= found.longest <= len([day for day in days if day <= TODAY])


@given(STUDIED, st.integers(0, 60))
def test_a_day_more_never_makes_it_shorter(days, more):
    before, after = streak(days, TODAY), streak(days | ago(more), TODAY)
    assert after.length >= before.length
    assert after.longest >= before.longest


@given(STUDIED)
def test_a_rest_on_the_day_that_is_told_keeps_it_and_the_day_before_does_not(days):
    before = streak(days, TODAY)
    assert TODAY <= before.rests_on <= TODAY + timedelta(days=REST_EVERY - 1)
    if not before.length:
        return
    days = {day for day in days if day <= TODAY}
    for rest in (before.rests_on, before.rests_on - timedelta(days=1)):
        if rest < TODAY or rest in days:
            continue
        ahead = {TODAY + timedelta(days=n) for n in range((rest - TODAY).days)}
        kept = streak(days | ahead, rest + timedelta(days=1))
        is_kept = kept.length >= before.length + len(ahead - days)
        assert is_kept == (rest == before.rests_on)


@given(st.integers(1, 40), st.integers(1, 40))
def test_the_longest_run_is_kept_after_it_ended(run, gap):
    days = ago(*range(gap + 2, gap + 2 + run))
    assert streak(days, TODAY).longest == run


@given(STUDIED)
def test_the_longest_is_that_of_the_best_day_to_look(days):
    """By brute force: the longest of the streaks up to each day."""
    past = {day for day in days if day <= TODAY}
    best = max((streak(past, day).length for day in past), default=0)
    assert streak(days, TODAY).longest == best


def test_the_rest_is_a_week_apart():
    assert REST_EVERY == 7
