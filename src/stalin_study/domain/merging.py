"""Two copies of one pupil's progress become one: the union of their logs.

A line is known by its uuid, and never changes. So merging is commutative, associative and
idempotent, and memory states rebuilt from the outcome are the same whichever copy came first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.memory import CLOCK_TOLERANCE
from stalin_study.domain.review_log import ReviewEntry


@dataclass(frozen=True, slots=True)
class StudyLog:
    """All that a copy holds, each line once."""

    entries: frozenset[ReviewEntry] = frozenset()
    annotations: frozenset[Annotation] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another copy would add to this one.

    `first_at` and `last_at` are of the new answers, None without any; `future` counts those dated
    more than a day ahead, `unknown` those of cards and questions that the deck does not have.
    """

    new: int
    known: int
    notes: int
    future: int
    unknown: int
    first_at: datetime | None
    last_at: datetime | None


def merged(a: StudyLog, b: StudyLog) -> StudyLog:
    """Both together."""
    return StudyLog(a.entries | b.entries, a.annotations | b.annotations)


def compared(
    known: Collection[str],
    other: Iterable[ReviewEntry],
    notes: Iterable[Annotation],
    subjects: Collection[str],
    now: datetime,
) -> Comparison:
    """What lines of another copy would add to those whose uuids are known."""
    entries = {entry.uuid: entry for entry in other}
    new = [entry for uuid, entry in entries.items() if uuid not in known]
    times = [entry.reviewed_at for entry in new]
    return Comparison(
        new=len(new),
        known=len(entries) - len(new),
        notes=len({note.uuid for note in notes} - set(known)),
        future=sum(at - now > CLOCK_TOLERANCE for at in times),
        unknown=sum(entry.subject_id not in subjects for entry in new),
        first_at=min(times, default=None),
        last_at=max(times, default=None),
    )
