"""What was done on each study day, counted by the progress file itself. No Qt here."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from stalin_study.domain.study_day import study_day
from stalin_study.domain.study_history import DayTally
from stalin_study.services.store_rows import COUNTS, time_text
from stalin_study.services.study_store import StudyStore

log = logging.getLogger(__name__)
# Ten minutes of UTC: "2026-11-24T09:0".
_PART = 15
# Time zones differ by whole quarters of an hour, nearly all by halves: ten minutes belong to one
# study day, but for five minutes at four in the morning in Nepal and on the Chatham Islands.
_COUNT = f"""
select substr(reviewed_at, 1, {_PART}) as part,
    count(*) as reviews,
    sum(took_ms) as took_ms,
    count(case when verdict = 'correct' then 1 end) as correct,
    count(case when verdict = 'close' then 1 end) as close,
    count(case when verdict = 'wrong' then 1 end) as wrong,
    count(case when verdict is null and rating > 1 then 1 end) as recalled,
    count(case when verdict is null and rating = 1 then 1 end) as forgotten
from review_log
where reviewed_at >= ? and {COUNTS}
group by part
"""


def tallies(store: StudyStore, since: datetime | None = None) -> dict[date, DayTally]:
    """What counts of the reviews from `since` on, or of all, by study day.

    Raises StoreProblem. Reviews whose time makes no sense are left out.
    """
    days: dict[date, DayTally] = {}
    for row in store.query(_COUNT, ["" if since is None else time_text(since)]):
        day = _day_of(row["part"])
        if day is not None:
            days[day] = _sum(days.get(day, DayTally()), _tally_of(row))
    return days


def _day_of(part: str) -> date | None:
    try:
        return study_day(datetime.fromisoformat(f"{part}0+00:00"))
    except (ValueError, OverflowError, OSError) as error:
        log.warning("Reviews of %r are left out: %s", part, error)
        return None


def _tally_of(row: Mapping[str, Any]) -> DayTally:
    return DayTally(
        row["reviews"],
        row["took_ms"] / 1000,
        row["correct"],
        row["close"],
        row["wrong"],
        row["recalled"],
        row["forgotten"],
    )


def _sum(one: DayTally, other: DayTally) -> DayTally:
    return DayTally(*(a + b for a, b in zip(astuple(one), astuple(other), strict=True)))
