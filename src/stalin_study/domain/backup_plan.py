"""Which backups to make and to keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from stalin_study.domain.study_day import study_day

NEWEST, DAYS, WEEKS = 5, 7, 8
ASKED, RESTORED = "asked", "restored"
NEWEST_ASKED = 2
BEFORE = "before-"
NEWEST_BEFORE, DAYS_BEFORE = 5, 30
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


def lasts_as_long(there: str, new: str) -> bool:
    """Whether a backup made for the one reason serves for the other, if both hold the same."""
    return not new.startswith(BEFORE) or there.startswith(BEFORE) or there == RESTORED


def to_keep(
    backups: Sequence[BackupSize], now: datetime, zone: tzinfo | None = None
) -> frozenset[int]:
    """Numbers of the backups to keep.

    Of those made before something big in the last 30 days, the newest five for each reason; the
    newest five; the last of each of the last 7 study days and of each of the last 8 weeks. Those
    that the pupil asked for push out none of these: the newest two are kept besides, and those of
    days and weeks that have no other. No more than 50 MB together, in this order, but for the
    newest one and two that last.
    """
    ordered = sorted(backups, key=lambda one: one.number, reverse=True)
    asked = [one for one in ordered if one.reason == ASKED]
    others = [one for one in ordered if one.reason != ASKED]
    before = _before_something_big(others, now)
    spans: set[tuple[str, int]] = set()
    lasting = [*others[:1], *before, *others[:NEWEST], *_last_of_each(spans, others, now, zone)]
    besides = [*asked[:NEWEST_ASKED], *_last_of_each(spans, asked, now, zone)]
    return frozenset(_fitting([*lasting, *besides]) | {one.number for one in ordered[:1]})


def _before_something_big(ordered: Sequence[BackupSize], now: datetime) -> list[BackupSize]:
    found: list[BackupSize] = []
    counts: Counter[str] = Counter()
    for one in ordered:
        is_new = now - one.made_at < timedelta(days=DAYS_BEFORE)
        if one.reason.startswith(BEFORE) and is_new and counts[one.reason] < NEWEST_BEFORE:
            counts[one.reason] += 1
            found.append(one)
    return found


def _last_of_each(
    spans: set[tuple[str, int]],
    ordered: Sequence[BackupSize],
    now: datetime,
    zone: tzinfo | None,
) -> list[BackupSize]:
    """The last of each study day and week that is not among the `spans` yet, and now is."""
    found: list[BackupSize] = []
    today = study_day(now, zone)
    for one in ordered:
        days = (today - study_day(one.made_at, zone)) // timedelta(days=1)
        spans_of = [("day", days)] if 0 <= days < DAYS else []
        spans_of += [("week", days // 7)] if 0 <= days < 7 * WEEKS else []
        if any(span not in spans for span in spans_of):
            found.append(one)
        spans.update(spans_of)
    return found


def _fitting(wanted: Sequence[BackupSize]) -> set[int]:
    """As many of them as there is room for: the first ones first."""
    kept: set[int] = set()
    size = 0
    for one in wanted:
        is_new = one.number not in kept
        if is_new and (len(kept) < LEAST or size + one.size <= MOST_BYTES):
            kept.add(one.number)
            size += one.size
    return kept
