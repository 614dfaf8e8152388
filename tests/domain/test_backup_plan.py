"""Which backups are kept: few, the newest always, some of each age."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.backup_plan import (
    ASKED,
    DAYS,
    LEAST,
    MOST_BYTES,
    NEWEST,
    NEWEST_ASKED,
    NEWEST_BEFORE,
    WEEKS,
    BackupSize,
    is_due,
    to_keep,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


REASONS = st.sampled_from(["daily", ASKED, "before-restore", "before-import", "restored"])


def made(hours_ago, size=1000, reasons=()):
    ages = sorted(hours_ago, reverse=True)
    whys = [*reasons, *["daily"] * len(ages)]
    return [
        BackupSize(number, NOW - timedelta(hours=hours), size, whys[number - 1])
        for number, hours in enumerate(ages, 1)
    ]


@given(
    st.lists(st.integers(-5000, 50_000), max_size=60),
    st.integers(1, 40_000_000),
    st.lists(REASONS, max_size=60),
)
def test_few_are_kept_and_the_newest_always(ages, size, reasons):
    backups = made(ages, size, reasons)
    kept = to_keep(backups, NOW, UTC)
    numbers = [one.number for one in backups]
    lasting = [one.number for one in backups if one.reason != ASKED]
    assert kept <= set(numbers)
    assert set(numbers[-1:] + lasting[-1:]) <= kept
    assert len(kept) <= NEWEST + NEWEST_ASKED + 2 * NEWEST_BEFORE + DAYS + WEEKS
    assert len(kept) * size <= MOST_BYTES or len(kept) <= LEAST + 1
    assert to_keep([one for one in backups if one.number in kept], NOW, UTC) == kept


@given(
    st.lists(st.integers(0, 2000), max_size=60),
    st.integers(1, 40_000_000),
    st.lists(REASONS, max_size=60),
)
def test_what_the_pupil_asks_for_pushes_out_nothing_else(ages, size, reasons):
    """Of the others those are kept that would be if the pupil had never asked."""
    backups = made(ages, size, reasons)
    others = [one for one in backups if one.reason != ASKED]
    asked = {one.number for one in backups if one.reason == ASKED}
    assert to_keep(backups, NOW, UTC) - asked == to_keep(others, NOW, UTC)


@given(st.lists(st.integers(0, 29 * 24), max_size=40), st.lists(REASONS, max_size=40))
def test_those_before_something_big_stay_for_30_days(ages, reasons):
    """The newest five for each reason, however many others are made meanwhile."""
    backups = made(ages, 1000, reasons)
    kept = to_keep(backups, NOW, UTC)
    for reason in ("before-restore", "before-import"):
        assert {one.number for one in backups if one.reason == reason} <= kept | {
            one.number for one in [one for one in backups if one.reason == reason][:-NEWEST_BEFORE]
        }


def test_who_asks_every_day_has_a_backup_of_each_day_and_week():
    """Then nothing has changed at the next start, and none is made by itself."""
    backups = made([24 * day for day in range(100)], reasons=[ASKED] * 100)
    kept = to_keep(backups, NOW, UTC)
    ages = sorted((NOW - one.made_at).days for one in backups if one.number in kept)
    assert ages == [0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 35, 42, 49]


def test_what_was_before_going_back_stays_however_often_a_backup_is_asked_for():
    backups = made([40, 30, 20, *range(12)], reasons=["before-restore", "restored", "daily"])
    backups = [
        BackupSize(one.number, one.made_at, one.size, one.reason if one.number < 4 else ASKED)
        for one in backups
    ]
    kept = {one.reason for one in backups if one.number in to_keep(backups, NOW, UTC)}
    assert kept == {"before-restore", "restored", "daily", ASKED}


def test_a_backup_of_each_day_and_week_is_kept():
    backups = made([24 * day for day in range(100)])
    kept = to_keep(backups, NOW, UTC)
    ages = sorted((NOW - one.made_at).days for one in backups if one.number in kept)
    assert ages == [0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 35, 42, 49]


def test_one_a_study_day_is_due_whichever_way_the_clock_was_set():
    assert is_due(None, NOW)
    assert not is_due(NOW, NOW + timedelta(hours=3), UTC)
    assert is_due(NOW, NOW + timedelta(hours=17), UTC)
    assert is_due(NOW + timedelta(days=9), NOW, UTC)
