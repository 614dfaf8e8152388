from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.study_day import (
    exam_ahead,
    exam_moment,
    kept_share,
    study_day,
    study_day_start,
    study_days_until,
)

# Tests run in Britain: summer time from the end of March to the end of October.
TOKYO = timezone(timedelta(hours=9))
NEW_YORK = timezone(timedelta(hours=-5))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
zones = st.sampled_from([None, UTC, TOKYO, NEW_YORK])


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (utc(24, 4, 0), 24),
        (utc(24, 17, 0), 24),
        (utc(24, 23, 59), 24),
        (utc(25, 0, 0), 24),
        (utc(25, 3, 59), 24),
        (utc(25, 4, 0), 25),
    ],
)
def test_the_study_day_turns_at_four_in_the_morning(at, day):
    assert study_day(at, UTC) == date(2026, 11, day)


def test_four_in_the_morning_is_local_time():
    assert study_day(utc(10, 3, 30, month=7)) == date(2026, 7, 10), "half past four in Britain"
    assert study_day(utc(10, 2, 59, month=7)) == date(2026, 7, 9)
    assert study_day(utc(24, 18, 0), TOKYO) == date(2026, 11, 24), "three at night in Tokyo"
    assert study_day(utc(24, 19, 0), TOKYO) == date(2026, 11, 25)
    assert study_day(utc(25, 1, 0), NEW_YORK) == date(2026, 11, 24)


def test_the_nights_when_the_clocks_change():
    assert study_day_start(utc(29, 12, month=3)) == utc(29, 3, month=3)
    assert study_day_start(utc(28, 12, month=3)) == utc(28, 4, month=3)
    assert study_day_start(utc(25, 12, month=10)) == utc(25, 4, month=10)
    assert study_day_start(utc(24, 12, month=10)) == utc(24, 3, month=10)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        study_day(datetime(2026, 11, 24, 9, 0))


@given(moments, zones)
def test_a_study_day_starts_before_what_belongs_to_it(at, zone):
    start = study_day_start(at, zone)
    assert start <= at < start + timedelta(hours=25)
    assert study_day(start, zone) == study_day(at, zone)
    assert study_day(start - timedelta(seconds=1), zone) < study_day(at, zone)
    assert start.tzinfo is UTC


def test_the_exam_is_at_nine_local_time():
    assert exam_moment(date(2027, 5, 20)) == datetime(2027, 5, 20, 8, 0, tzinfo=UTC)
    assert exam_moment(date(2027, 1, 20)) == datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    assert exam_moment(date(2027, 5, 20), TOKYO) == datetime(2027, 5, 20, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "ahead"),
    [
        ("2027-05-19T12:00", "2027-05-20T00:00"),
        ("2027-05-19T23:59", "2027-05-20T00:00"),
        ("2027-05-20T00:00", "2027-05-20T15:00"),  # nine in the morning in Tokyo
        ("2027-05-20T14:59", "2027-05-20T15:00"),
        ("2027-05-20T15:00", None),
    ],
)
def test_an_exam_lies_ahead_until_its_day_is_over(at, ahead):
    expected = None if ahead is None else datetime.fromisoformat(f"{ahead}+00:00")
    assert exam_ahead(date(2027, 5, 20), datetime.fromisoformat(f"{at}+00:00"), TOKYO) == expected


def test_an_exam_may_be_on_the_last_day_there_is():
    assert exam_ahead(date.max, datetime(2027, 5, 20, tzinfo=UTC), UTC) is not None
    assert exam_ahead(date.min, datetime(2027, 5, 20, tzinfo=UTC), UTC) is None


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (utc(20, 17), 5),
        (utc(24, 17), 1),
        (utc(24, 23, 59), 1),
        (utc(25, 1), 1),
        (utc(25, 8, 59), 1),
        (utc(25, 9), 0),
        (utc(26, 9), 0),
    ],
)
def test_study_days_until_the_exam(at, days):
    assert study_days_until(utc(25, 9), at, UTC) == days


@given(moments, moments, zones)
def test_study_days_are_none_only_from_the_exam_on(at, exam_at, zone):
    days = study_days_until(exam_at, at, zone)
    assert (days == 0) is (at >= exam_at)


def days_of_november(*days: int) -> set[date]:
    return {date(2026, 11, day) for day in days}


def test_the_share_of_days_kept():
    since = date(2026, 11, 1)
    assert kept_share((), since, since) == 1.0
    assert kept_share((), since, since - timedelta(days=400)) == 1.0, "the clock was set back"
    assert kept_share(days_of_november(1, 2, 3), since, date(2026, 11, 4)) == 1.0
    assert kept_share(days_of_november(1, 3), since, date(2026, 11, 4)) == pytest.approx(5 / 6)
    assert kept_share(days_of_november(4), since, date(2026, 11, 4)) == pytest.approx(3 / 6)
    before = {date(2026, 10, 31)}
    assert kept_share(before, since, date(2026, 11, 4)) == pytest.approx(3 / 6)


@given(st.sets(st.integers(1, 30)), st.integers(1, 30), st.integers(1, 30))
def test_the_share_of_days_kept_is_a_share(days, since, today):
    share = kept_share(days_of_november(*days), date(2026, 11, since), date(2026, 11, today))
    assert 0 < share <= 1
