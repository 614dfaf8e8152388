"""A date as a pupil types it: 15/12/2026, 15.12.26, 151226, 15 December ’26, Tue 15th Dec."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from stalin_study.domain.date_words import MONTHS, WEEKDAYS, full_date

NO_DATE = "Please write the date as day, month and year, for example 15/12/2026."
GONE_BY = "{day} has gone by. Please give a day that is still to come."
FAR_AWAY = "{day} is more than three years away. Please look at the year once more."
NO_SUCH_DAY = "There is no such day. Please look at the day and the month once more."
FARTHEST = timedelta(days=3 * 366)
_WORDS = re.compile(r"[0-9]+|[a-z]+")
_SIGNS = re.compile(r"[\s\w.,/'’-]*", re.ASCII)
_ORDINALS = ("st", "nd", "rd", "th", "of")


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The day that was meant; or None, and one sentence on what to do."""

    day: date | None
    problem: str = ""


def read_date(text: str, today: date) -> TypedDate:
    """The day that a text names, today or later. Without a year it is the next such day."""
    numbers = _numbers(text)
    if numbers is None:
        return TypedDate(None, NO_DATE)
    day, month, year = numbers
    found = _next_day(day, month, today) if year is None else _day(day, month, year)
    if found is None:
        return TypedDate(None, NO_SUCH_DAY)
    if found < today:
        return TypedDate(None, GONE_BY.format(day=full_date(found)))
    if found > today + FARTHEST:
        return TypedDate(None, FAR_AWAY.format(day=full_date(found)))
    return TypedDate(found)


def _numbers(text: str) -> tuple[int, int, int | None] | None:
    """Day, month and year as they stand; the day comes first, unless the year or a name does."""
    lower = text.lower().strip()
    if not _SIGNS.fullmatch(lower):
        return None
    words = [word for word in _WORDS.findall(lower) if word not in _ORDINALS]
    words = [word for word in words if not _place(word, WEEKDAYS)]
    if len(words) == 1:
        words = _parts(words[0])
    if len(words) == 3 and len(words[0]) == 4 and words[0].isdigit():
        words.reverse()  # 2026-12-15
    if len(words) not in (2, 3):
        return None
    if not words[0].isdigit():
        words[:2] = words[1], words[0]  # December 15
    day, month, *rest = words
    if not all(word.isdigit() and len(word) in (1, 2, 4) for word in (day, *rest)):
        return None
    number = int(month) if month.isdigit() else _place(month, MONTHS)
    if not number:
        return None
    return int(day), number, _year(rest[0]) if rest else None


def _parts(digits: str) -> list[str]:
    """Day, month and year that were written in one: 151226, 15122026, 20261215."""
    if not digits.isdigit() or len(digits) not in (6, 8):
        return [digits]
    if len(digits) == 8 and not digits[4:].startswith("20"):
        return [digits[:4], digits[4:6], digits[6:]]
    return [digits[:2], digits[2:4], digits[4:]]


def _place(word: str, names: list[str]) -> int:
    """Which of these names a word means, from 1; its first three letters will do. 0 for none."""
    meant = (n for n, name in enumerate(names, 1) if name.lower().startswith(word))
    return next(meant, 0) if len(word) >= 3 else 0


def _year(word: str) -> int:
    return int(word) + (2000 if len(word) <= 2 else 0)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_day(day: int, month: int, today: date) -> date | None:
    """The next day of that name; 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        found = _day(day, month, year)
        if found is not None and found >= today:
            return found
    return None
