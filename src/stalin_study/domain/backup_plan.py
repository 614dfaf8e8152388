"""Which backups to make and to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from stalin_study.domain.study_day import study_day

NEWEST, DAYS, WEEKS = 5, 7, 8
ASKED = "asked"
NEWEST_ASKED = 2
BEFORE = "before-"
NEWEST_BEFORE, DAYS_BEFORE = 3, 30
LEAST = 2
MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class BackupSize:
    """A backup to the plan: `number` rises from one to the next, whatever the clock does.

    `reason` as in `services.backups.Backup`.
    """

    number: int
    made_at: datetime
    size: int
    reason: str = "daily"


def is_due(newest: datetime | None, now: datetime, zone: tzinfo | None = None) -> bool:
    """Whether to make a backup: none was made on this study day, as far as the clock knows."""
    return newest is None or study_day(newest, zone) != study_day(now, zone)


def to_keep(
    backups: Sequence[BackupSize], now: datetime, zone: tzinfo | None = None
) -> frozenset[int]:
    """Numbers of the backups to keep.

    The newest five, of which those that the pupil asked for push out none, and the newest two of
    those; the newest three that were made before something big in the last 30 days; the last of
    each of the last 7 study days and of each of the last 8 weeks; but no more than 50 MB together,
    unless the newest two alone are bigger.
    """
    ordered = sorted(backups, key=lambda one: one.number, reverse=True)
    asked = [one.number for one in ordered if one.reason == ASKED]
    others = [one.number for one in ordered if one.reason != ASKED]
    before = [
        one.number
        for one in ordered
        if one.reason.startswith(BEFORE) and now - one.made_at < timedelta(days=DAYS_BEFORE)
    ]
    wanted = [*others[:NEWEST], *asked[:NEWEST_ASKED], *before[:NEWEST_BEFORE]]
    today = study_day(now, zone)
    spans: set[tuple[str, int]] = set()
    for one in ordered:
        days = (today - study_day(one.made_at, zone)) // timedelta(days=1)
        spans_of = [("day", days)] if 0 <= days < DAYS else []
        spans_of += [("week", days // 7)] if 0 <= days < 7 * WEEKS else []
        if any(span not in spans for span in spans_of):
            wanted.append(one.number)
        spans.update(spans_of)
    kept: list[int] = []
    size = 0
    for one in ordered:
        if one.number in wanted and (len(kept) < LEAST or size + one.size <= MOST_BYTES):
            kept.append(one.number)
            size += one.size
    return frozenset(kept)
