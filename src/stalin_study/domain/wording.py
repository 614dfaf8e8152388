"""Amounts and times in a pupil's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from stalin_study.domain.review_log import Rating

RATING_WORDS: Mapping[Rating, str] = {
    Rating.AGAIN: "Not yet",
    Rating.HARD: "Hard",
    Rating.GOOD: "Got it",
    Rating.EASY: "Easy",
}


def count_of(number: int, noun: str, plural: str = "") -> str:
    """ "1 card", "3 cards"; `plural` for nouns that do more than take an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(parts: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"; empty ones are left out."""
    *first, last = [part for part in parts if part] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def notes_and_marks(notes: int, marks: int) -> list[str]:
    """ "1 note", "2 marks": what was written on cards, and those marked as hard."""
    counts = ((notes, "note"), (marks, "mark"))
    return [count_of(count, noun) for count, noun in counts if count]


def amount_of(questions: int, *, has_match: bool = False, has_blurt: bool = False) -> str:
    """What a test holds: "26 questions", "8 questions, a match and a blurt"."""
    told = count_of(questions, "question") if questions > 0 else ""
    return listed((told, "a match" * has_match, "a blurt" * has_blurt))


def comes_back(interval: timedelta) -> str:
    """When something returns: "in 10 min", "tomorrow", "in 3 days", "in 2 months"."""
    minutes = max(1, round(interval.total_seconds() / 60))
    if minutes < 60:
        return f"in {minutes} min"
    hours = round(minutes / 60)
    if hours < 20:
        return f"in {count_of(hours, 'hour')}"
    days = max(1, round(interval.total_seconds() / 86400))
    if days == 1:
        return "tomorrow"
    if days < 60:
        return f"in {days} days"
    return f"in {count_of(round(days / 30.4), 'month')}"


def exam_countdown(exam: date | None, today: date) -> str:
    """How long until the exam; empty without a date or once it is past."""
    if exam is None or exam < today:
        return ""
    days = (exam - today).days
    if days == 0:
        return "Your exam is today. Good luck!"
    if days == 1:
        return "Exam tomorrow"
    return f"Exam in {days:,} days"


def duration(milliseconds: int) -> str:
    """ "40 seconds" or "6 minutes"."""
    seconds = round(milliseconds / 1000)
    if seconds < 60:
        return count_of(seconds, "second")
    return count_of(round(seconds / 60), "minute")
