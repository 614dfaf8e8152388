"""The study day, which turns at four in the morning, and the moment of the exam."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo

TURN = timedelta(hours=4)
EXAM_TIME = time(9)
# Everybody starts as if they had kept so many days already.
GOOD_DAYS = 3


def study_day(at: datetime, zone: tzinfo | None = None) -> date:
    """The study day that `at` (aware) belongs to: until 04:00 local time it is still yesterday.

    `zone` None is the time zone of the computer. Raises ValueError if `at` is not aware.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (at.astimezone(zone).replace(tzinfo=None) - TURN).date()


def study_day_start(at: datetime, zone: tzinfo | None = None) -> datetime:
    """When the study day of `at` began, as UTC. Raises ValueError if `at` is not aware."""
    return _local(study_day(at, zone), (datetime.min + TURN).time(), zone)


def exam_moment(exam: date, zone: tzinfo | None = None) -> datetime:
    """Nine in the morning, local time, on the day of the exam, as UTC."""
    return _local(exam, EXAM_TIME, zone)


def exam_ahead(exam: date, at: datetime, zone: tzinfo | None = None) -> datetime | None:
    """When an exam is that still lies ahead, as UTC; None once its day is over.

    After nine on its day, when that day ends: it may be one in the afternoon.
    """
    if exam < at.astimezone(zone).date():
        return None
    moment = exam_moment(exam, zone)
    return moment if at < moment else _local(exam + timedelta(days=1), time.min, zone)


def study_days_until(exam_at: datetime, at: datetime, zone: tzinfo | None = None) -> int:
    """How many study days are left to learn in: the one of `at` counts, the exam's does not.

    On the morning of the exam it is still 1, and from the exam on 0.
    """
    if at >= exam_at:
        return 0
    return max(1, (study_day(exam_at, zone) - study_day(at, zone)).days)


def kept_share(studied: Collection[date], since: date, today: date) -> float:
    """The share of study days from `since` on that were kept, more than 0 and up to 1.

    Today does not count yet. It starts at 1, as after three days that were kept.
    """
    past = max(0, (today - since).days)
    kept = len({day for day in studied if since <= day < today})
    return (kept + GOOD_DAYS) / (past + GOOD_DAYS)


def _local(day: date, at: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
