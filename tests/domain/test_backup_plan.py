"""Which backups are kept: few, the newest always, some of each age."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.backup_plan import (
    DAYS,
    LEAST,
    MOST_BYTES,
    NEWEST,
    WEEKS,
    BackupSize,
    is_due,
    to_keep,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def made(hours_ago, size=1000):
    ages = sorted(hours_ago, reverse=True)
    return [
        BackupSize(number, NOW - timedelta(hours=hours), size)
        for number, hours in enumerate(ages, 1)
    ]


@given(st.lists(st.integers(-5000, 50_000), max_size=60), st.integers(1, 40_000_000))
def test_few_are_kept_and_the_newest_always(ages, size):
    backups = made(ages, size)
    kept = to_keep(backups, NOW, UTC)
    numbers = [one.number for one in backups]
    assert kept <= set(numbers)
    assert set(numbers[-LEAST:]) <= kept
    assert len(kept) <= NEWEST + DAYS + WEEKS
    assert len(kept) * size <= MOST_BYTES or len(kept) <= LEAST
    assert to_keep([one for one in backups if one.number in kept], NOW, UTC) == kept


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
