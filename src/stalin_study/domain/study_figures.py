"""What the study days add up to: a calendar of them, weeks of answers, and the time they took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from stalin_study.domain.streak import streak
from stalin_study.domain.study_history import DayTally, History

WEEK = timedelta(days=7)
PAST_WEEKS, AHEAD_WEEKS, LEAST_WEEKS = 26, 26, 16
# The fewest answers of each level of a day; level 0 is a day without any.
LEVELS = (1, 10, 25, 50)
NOTHING = DayTally()


@dataclass(frozen=True, slots=True)
class StudyCalendar:
    """Whole weeks from Monday `first` on. `exam` is None unless it lies in them."""

    first: date
    weeks: int
    today: date
    exam: date | None = None
    days: Mapping[date, DayTally] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def last(self) -> date:
        """The Sunday that ends it."""
        return self.first + self.weeks * WEEK - timedelta(days=1)

    def tally(self, day: date) -> DayTally:
        """What was done on a day."""
        return self.days.get(day, NOTHING)


@dataclass(frozen=True, slots=True)
class Answers:
    """Marked answers of some time; `since` is its first day: of a week, the Monday."""

    since: date
    correct: int = 0
    close: int = 0
    wrong: int = 0

    @property
    def total(self) -> int:
        """How many there were."""
        return self.correct + self.close + self.wrong

    @property
    def right(self) -> int:
        """Those that were right; close ones count, as in a self-test."""
        return self.correct + self.close


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Seconds of study; `days` are those on which something was done, `longest` those in a row."""

    week_seconds: float = 0.0
    all_seconds: float = 0.0
    days: int = 0
    reviews: int = 0
    longest: int = 0

    @property
    def a_day(self) -> float:
        """Seconds on each day that something was done on."""
        return self.all_seconds / self.days if self.days else 0.0


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def level_of(reviews: int) -> int:
    """How busy a day was, 0 to 4."""
    return sum(reviews >= least for least in LEVELS)


def calendar_of(history: History, today: date, exam: date | None = None) -> StudyCalendar:
    """From the first study day, or 26 weeks back, to the exam, or 26 weeks on; 16 weeks at least.

    Days after today, which only a clock that was changed can have, are left out.
    """
    this = monday_of(today)
    past = [day for day in history.days if day <= today]
    first = max(monday_of(min(past, default=today)), this - (PAST_WEEKS - 1) * WEEK)
    is_ahead = exam is not None and exam >= today
    last = min(monday_of(exam), this + AHEAD_WEEKS * WEEK) if exam and is_ahead else this
    weeks = max((last - first) // WEEK + 1, LEAST_WEEKS)
    shown = {day: history.days[day] for day in past if day >= first}
    made = StudyCalendar(first, weeks, today, None, MappingProxyType(shown))
    if exam is None or not is_ahead or exam > made.last:
        return made
    return StudyCalendar(first, weeks, today, exam, made.days)


def answers_by_week(history: History, today: date, most: int = PAST_WEEKS) -> list[Answers]:
    """From the first week with marked answers to this one, up to `most`; empty ones between too."""
    counts: dict[date, tuple[int, int, int]] = {}
    for day, tally in history.days.items():
        if day <= today and tally.correct + tally.close + tally.wrong:
            monday = monday_of(day)
            correct, close, wrong = counts.get(monday, (0, 0, 0))
            counts[monday] = (correct + tally.correct, close + tally.close, wrong + tally.wrong)
    if not counts:
        return []
    this = monday_of(today)
    number = min((this - min(counts)) // WEEK + 1, most)
    mondays = [this - back * WEEK for back in range(number - 1, -1, -1)]
    return [Answers(monday, *counts.get(monday, (0, 0, 0))) for monday in mondays]


def answers_in_all(history: History, today: date) -> Answers:
    """All marked answers up to today."""
    days = {day: tally for day, tally in history.days.items() if day <= today}
    return Answers(
        min(days, default=today),
        sum(tally.correct for tally in days.values()),
        sum(tally.close for tally in days.values()),
        sum(tally.wrong for tally in days.values()),
    )


def time_spent(history: History, today: date) -> TimeSpent:
    """This week, from Monday on, and in all."""
    days = {day: tally for day, tally in history.days.items() if day <= today and tally.reviews}
    return TimeSpent(
        sum(tally.seconds for day, tally in days.items() if day >= monday_of(today)),
        sum(tally.seconds for tally in days.values()),
        len(days),
        sum(tally.reviews for tally in days.values()),
        streak(days, today).longest,
    )


def month_columns(first: date, weeks: int) -> list[tuple[int, date]]:
    """The week that each month begins in, counted from 0, and its first day.

    The month that the first week begins in is named there too.
    """
    found = [(0, first)]
    for week in range(weeks):
        sunday = first + week * WEEK + timedelta(days=6)
        if sunday.day <= 7 and (week or sunday.day == 7):
            if week == 0:
                found.clear()
            found.append((week, sunday.replace(day=1)))
    return found
