"""Backups and copies of progress, told to the pupil."""

from __future__ import annotations

from datetime import datetime

from stalin_study.domain.date_words import moment
from stalin_study.domain.merging import Comparison
from stalin_study.domain.wording import count_of, listed, notes_and_marks
from stalin_study.services.backups import BackupContents

REASONS = {
    "daily": "Made by itself",
    "asked": "Made when you asked",
    "before-update": "Made before an update",
    "before-import": "Made before a copy was added",
    "before-restore": "Made before you went back",
    "restored": "Made after you went back",
}
KEPT = "What you have now is kept as a backup."
UNREADABLE = "This backup cannot be read."
BIG = 10_000_000  # bytes, from which on the size is worth telling


def first_upper(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]


def size_words(size: int) -> str:
    """ "34 MB" for a file that is big, else empty."""
    return f"{round(size / 1e6):,} MB" if size >= BIG else ""


def backup_words(reason: str, contents: BackupContents | None, size: int, now: datetime) -> str:
    """Why it was made, and how many answers it holds until when."""
    if contents is None:
        return UNREADABLE
    until = f" until {moment(contents.last_at, now)}" if contents.last_at else ""
    said = notes_and_marks(contents.notes, contents.marks)
    holds = f"{listed([count_of(contents.answers, 'answer'), *said])}{until}"
    return " · ".join(part for part in (REASONS.get(reason, ""), holds, size_words(size)) if part)


def going_back(present: int | None, then: int) -> str:
    """What going back to a backup with so many answers would change."""
    if present is None:
        return f"You would go back to {count_of(then, 'answer')}. {KEPT}"
    if present == then:
        return f"This backup holds as many answers as you have now, {then:,}. {KEPT}"
    return f"You would go back from {count_of(present, 'answer')} to {then:,}. {KEPT}"


def adding(told: Comparison, skipped: int, now: datetime) -> tuple[str, ...]:
    """What a copy would add, a sentence each."""
    new = count_of(told.new, "new answer") if told.new else ""
    parts = listed([new, *notes_and_marks(told.notes, told.marks)])
    lines = []
    if parts:
        lines.append(f"This copy would add {parts}{_between(told, now)}.")
    elif not told.adds:
        lines.append("Everything in this copy is here already.")
    if told.taken_back:
        here = f"{count_of(told.taken_back, 'answer')} that {_is(told.taken_back)} here"
        lines.append(f"{here} would no longer count, being taken back in this copy.")
    if told.known and parts:
        lines.append(f"{count_of(told.known, 'answer')} in it {_is(told.known)} here already.")
    if told.unknown:
        whose = "cards that are not in this deck"
        lines.append(f"{count_of(told.unknown, 'answer')} would be kept for {whose}.")
    if told.future:
        dated = f"{count_of(told.future, 'answer')} {_is(told.future)} dated in the future"
        lines.append(f"{dated}: check the clock of the computer where the copy was made.")
    if skipped:
        left_out = count_of(skipped, "answer or note", "answers or notes")
        lines.append(f"{left_out} in it cannot be read and would be left out.")
    return tuple(lines)


def _between(told: Comparison, now: datetime) -> str:
    if told.first_at is None or told.last_at is None:
        return ""
    first, last = (moment(at, now) for at in (told.first_at, told.last_at))
    return f", from {first}" if first == last else f", from {first} to {last}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
