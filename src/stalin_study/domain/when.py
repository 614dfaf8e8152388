"""Dates as a deck writes them: "3 April 1922", "late 1929", "winter 1927-28", "1930-31"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(_MONTHS)
_WHEN = re.compile(
    r"(?:(?P<part>early|mid|late)[ -]|(?P<season>spring|summer|autumn|winter) )?"
    rf"(?:(?:(?P<day>\d{{1,2}})(?:-(?P<last_day>\d{{1,2}}))? )?"
    rf"(?P<month>{_MONTH})(?:-(?P<last_month>{_MONTH}))? )?"
    r"(?P<year>\d{4})(?:-(?P<last_year>\d{2}))?",
    re.IGNORECASE,
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_THIRDS = {"early": 0, "mid": 1, "late": 2}


@dataclass(frozen=True, slots=True)
class When:
    """The first and the last day that a written date may mean."""

    first: date
    last: date

    def is_before(self, other: When) -> bool:
        """Whether this comes first beyond doubt: it begins earlier and ends earlier."""
        return self.first < other.first and self.last < other.last


def parse_when(text: str) -> When | None:
    """The days that `text` may mean; None when it is no date of the kinds a deck may use.

    Seasons are three months from March, June, September and December; early, mid and late are
    thirds of the month or year.
    """
    match = _WHEN.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return _part(match["part"], _whole(match))
    except ValueError:
        return None


def _whole(match: re.Match[str]) -> When:
    year = int(match["year"])
    last_year = year if match["last_year"] is None else _second_year(year, match["last_year"])
    if season := match["season"]:
        if match["month"]:
            raise ValueError("a season of a month")
        return _months(year, _SEASONS[season.lower()], 3)
    if match["month"] is None:
        return When(date(year, 1, 1), date(last_year, 12, 31))
    month = _number(match["month"])
    last_month = _number(match["last_month"]) if match["last_month"] else month
    if match["day"] is None:
        return _months(year, month, last_month - month + 1)
    day = int(match["day"])
    return When(date(year, month, day), date(last_year, last_month, int(match["last_day"] or day)))


def _number(month: str) -> int:
    return _MONTHS.index(month.capitalize()) + 1


def _second_year(year: int, ending: str) -> int:
    second = year - year % 100 + int(ending)
    if second <= year:
        raise ValueError("years run backwards")
    return second


def _months(year: int, month: int, count: int) -> When:
    if count < 1:
        raise ValueError("months run backwards")
    later, last_month = divmod(month + count - 2, 12)
    last_year = year + later
    last_day = monthrange(last_year, last_month + 1)[1]
    return When(date(year, month, 1), date(last_year, last_month + 1, last_day))


def _part(part: str | None, whole: When) -> When:
    if part is None:
        return whole
    days = (whole.last - whole.first).days + 1
    third = _THIRDS[part.lower()]
    first = whole.first + timedelta(days * third // 3)
    return When(first, whole.first + timedelta(days * (third + 1) // 3 - 1))
