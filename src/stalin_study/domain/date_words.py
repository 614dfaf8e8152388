"""Days in English words, whatever language the computer speaks."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def date_of(day: date) -> str:
    """ "17 November"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def full_date(day: date) -> str:
    """ "17 November 2026"."""
    return f"{date_of(day)} {day.year}"


def day_of(day: date) -> str:
    """ "Tuesday 17 November"."""
    return f"{WEEKDAYS[day.weekday()]} {date_of(day)}"


def short_date(day: date) -> str:
    """ "17 Nov"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def moment(at: datetime, now: datetime) -> str:
    """A time as in "today at 16:40" or "Tuesday 17 November at 08:12", in local time."""
    local, today = at.astimezone(), now.astimezone().date()
    days = (today - local.date()).days
    clock = f"at {local:%H:%M}"
    if days in (0, 1):
        return f"{'yesterday' if days else 'today'} {clock}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"{day_of(local)}{year} {clock}"


def ago(day: date, today: date) -> str:
    """ "today", "yesterday", "3 days ago", "5 weeks ago"; a day to come is today."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 21 else f"{days // 7} weeks ago"
