"""The streak: study days in a row, with a day of rest in every seven that breaks nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

DAY = timedelta(days=1)
# Two days of rest are at least so many days apart: then no seven days hold more than one.
REST_EVERY = 7

DayKind = Literal["done", "rest", "missed", "today", "before"]


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day of the week just past; "today" is one that may still be done, "before" the first."""

    day: date
    kind: DayKind


@dataclass(frozen=True, slots=True)
class Streak:
    """How many days were studied in the run up to today; `longest` of all runs.

    `away` is how many whole days were missed since the last study day, 0 without any. `week` holds
    seven days, today the last. `rest_days` are those of the run, the latest first; from `rests_on`
    on, today or later, one more day of rest breaks nothing.
    """

    length: int
    longest: int
    is_today_done: bool
    away: int
    week: tuple[DayMark, ...]
    rest_days: tuple[date, ...]
    rests_on: date


def streak(studied: Collection[date], today: date) -> Streak:
    """The streak of study days up to `today`; days after it are not counted."""
    days = {day for day in studied if day <= today}
    run, rests = _run_up_to(days, today)
    free = rests[0] + DAY * REST_EVERY if rests else today
    last = max(days, default=today)
    return Streak(
        length=len(run),
        longest=max(_longest(days), len(run)),
        is_today_done=today in days,
        away=max(0, (today - last) // DAY - 1),
        week=tuple(
            DayMark(day, _kind(day, days, rests, today))
            for day in (today - DAY * ago for ago in range(6, -1, -1))
        ),
        rest_days=tuple(rests),
        rests_on=max(free, today),
    )


def _run_up_to(days: set[date], today: date) -> tuple[list[date], list[date]]:
    """The days studied in the run that is going on and its days of rest, the latest first."""
    run: list[date] = []
    rests: list[date] = []
    day = today if today in days else today - DAY
    first = min(days, default=today)
    while day >= first:
        if day in days:
            run.append(day)
        elif rests and (rests[-1] - day) // DAY < REST_EVERY:
            break
        else:
            rests.append(day)
        day -= DAY
    return run, [rest for rest in rests if run and rest > run[-1]]


def _longest(days: set[date]) -> int:
    """The most days studied in any run; runs may share days."""
    most = length = since_rest = 0
    before: date | None = None
    last_rest: date | None = None
    for day in sorted(days):
        missed = 0 if before is None else (day - before) // DAY - 1
        if missed == 1:
            rest = day - DAY
            if last_rest is not None and (rest - last_rest) // DAY < REST_EVERY:
                length = since_rest  # a run may begin just after the rest before
            last_rest, since_rest = rest, 0
        elif missed > 1:
            length = since_rest = 0
            last_rest = None
        length += 1
        since_rest += 1
        most = max(most, length)
        before = day
    return most


def _kind(day: date, days: set[date], rests: Collection[date], today: date) -> DayKind:
    if day in days:
        return "done"
    if day == today:
        return "today"
    if day in rests:
        return "rest"
    return "missed" if days and day > min(days) else "before"
