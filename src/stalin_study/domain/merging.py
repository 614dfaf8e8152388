"""Two copies of one pupil's progress become one: the union of their logs.

A line is known by its uuid, and never changes. So merging is commutative, associative and
idempotent, and memory states rebuilt from the outcome are the same whichever copy came first. Two
lines under one uuid, which only a forger makes, change nothing of that: see `once`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from stalin_study.domain.annotations import Annotation, AnnotationKind
from stalin_study.domain.memory import CLOCK_TOLERANCE, counted
from stalin_study.domain.review_log import ReviewEntry

Line = TypeVar("Line", ReviewEntry, Annotation)
LONGEST_TEXT = 10_000
MOST_MS = 2**31 - 1
# A clock may be wrong; one that is further off would stop the calendar of some system.
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


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
    `marks` are cards marked as hard, or no longer. `taken_back` answers that are here would no
    longer count.
    """

    new: int
    known: int
    notes: int
    future: int
    unknown: int
    first_at: datetime | None
    last_at: datetime | None
    marks: int = 0
    taken_back: int = 0

    @property
    def adds(self) -> bool:
        """Whether anything would change."""
        return self.new + self.notes + self.marks + self.taken_back > 0


@dataclass(frozen=True, slots=True)
class AnswerNews:
    """What lines of another copy mean for the answers here, once both are together.

    `known` answers of the other copy are here already, `taken_back` ones here no longer count.
    """

    new: tuple[ReviewEntry, ...]
    known: int
    taken_back: int


def answer_news(
    here: Collection[ReviewEntry], other: Collection[ReviewEntry], known: Collection[str]
) -> AnswerNews:
    """See `AnswerNews`; `known` are the uuids of all lines here."""
    uuids = {entry.uuid for entry in other}
    found = [entry for entry in counted([*other, *here]) if entry.uuid in uuids]
    undone = {entry.undoes for entry in other if entry.uuid not in known}
    return AnswerNews(
        tuple(entry for entry in found if entry.uuid not in known),
        sum(entry.uuid in known for entry in found),
        sum(entry.uuid in undone for entry in counted(here)),
    )


def merged(a: StudyLog, b: StudyLog) -> StudyLog:
    """Both together."""
    return StudyLog(
        frozenset(once([*a.entries, *b.entries])),
        frozenset(once([*a.annotations, *b.annotations])),
    )


def can_be_kept(line: ReviewEntry | Annotation) -> bool:
    """Whether a line that somebody else has written is one that could have been written here.

    What it holds is looked at as well as its types: a progress file makes one number of 1, 1.0, "1"
    and True, and what comes back otherwise than it was saved looks damaged.
    """
    texts: tuple[str, ...]
    if isinstance(line, ReviewEntry):
        at, milliseconds = line.reviewed_at, line.took_ms
        texts = (line.uuid, line.subject_id, line.session_id, line.undoes, line.answer)
        if (line.rating is None) != bool(line.undoes):
            return False
    else:
        at, milliseconds = line.made_at, 0
        texts = (line.uuid, line.card_id, line.text)
    return (
        all(map(_is_text, texts))
        and bool(line.uuid)
        and type(milliseconds) is int
        and 0 <= milliseconds <= MOST_MS
        and EARLIEST <= at < LATEST
    )


def _is_text(text: object) -> bool:
    if type(text) is not str or len(text) > LONGEST_TEXT:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """One line for each uuid, in the order of the uuids' first ones.

    Of two that differ, the one that sorts first by its values: the same wherever it is asked.
    """
    found: dict[str, Line] = {}
    for line in lines:
        other = found.setdefault(line.uuid, line)
        if other != line and _values(line) < _values(other):
            found[line.uuid] = line
    return tuple(found.values())


def _values(line: ReviewEntry | Annotation) -> tuple[Any, ...]:
    if isinstance(line, Annotation):
        return line.made_at, line.card_id, line.kind, line.text
    said = (line.subject_id, line.way, line.rating or 0, line.verdict or "", line.answer)
    return line.reviewed_at, *said, line.took_ms, line.session_id, line.undoes


def compared(
    here: Collection[ReviewEntry],
    known: Collection[str],
    other: Iterable[ReviewEntry],
    notes: Iterable[Annotation],
    subjects: Collection[str],
    now: datetime,
) -> Comparison:
    """What lines of another copy would add to the log here; `known` are the uuids of all lines."""
    news = answer_news(here, once(other), known)
    times = [entry.reviewed_at for entry in news.new]
    fresh = {note.uuid: note.kind for note in notes if note.uuid not in known}
    marks = sum(kind is AnnotationKind.HARD for kind in fresh.values())
    return Comparison(
        new=len(news.new),
        known=news.known,
        notes=len(fresh) - marks,
        future=sum(at - now > CLOCK_TOLERANCE for at in times),
        unknown=sum(entry.subject_id not in subjects for entry in news.new),
        first_at=min(times, default=None),
        last_at=max(times, default=None),
        marks=marks,
        taken_back=news.taken_back,
    )
