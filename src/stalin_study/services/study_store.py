"""An open progress file: reading it, and adding to it. No Qt here."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stalin_study.domain.annotations import Annotation, AnnotationKind
from stalin_study.domain.memory import MemoryState, rebuild
from stalin_study.domain.merging import answer_news
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.recent_answers import FreshLines, Line, RecentAnswers
from stalin_study.services.row_checks import (
    are_sound,
    is_sound,
    with_checksum,
    without_checksum,
)
from stalin_study.services.store_problems import READ_ONLY, TAKEN_OVER, StoreProblem, explained
from stalin_study.services.store_rows import (
    annotation_of,
    annotation_row,
    entry_of,
    entry_row,
    state_of,
    state_row,
    time_of,
    time_text,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

log = logging.getLogger(__name__)
# Checked at each opening; the older ones before each backup. 10 ms.
NEWEST_ROWS = 2_000
# What is dated later counts as made then: the calendar ends soon after, and nothing could be due.
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
LOGS = ("review_log", "annotation_log")


def always() -> bool:
    """Nobody else has taken the file over."""
    return True


@dataclass(frozen=True, slots=True)
class Added:
    """How much of what was taken in had not been there; see `merging.AnswerNews`."""

    answers: int = 0
    notes: int = 0
    marks: int = 0
    known: int = 0
    taken_back: int = 0


class StudyStore:
    """An open progress file. Use it on the thread that opened it. All times are UTC.

    Each method raises StoreProblem when the file lets it down. `recent` has the second copy of
    what is saved; `may_write` is asked before anything is. `refusal` says why one that is
    read-only is so.
    """

    def __init__(
        self,
        db: Database,
        *,
        is_read_only: bool,
        recent: RecentAnswers | None = None,
        may_write: Callable[[], bool] = always,
        refusal: str = READ_ONLY,
    ) -> None:
        self._db = db
        self._recent = recent
        self._may_write = may_write
        self._refusal = refusal
        self.is_read_only = is_read_only
        names = {column.name for column in db.table("review_log").columns}
        self.has_checksums = "checksum" in names

    def append(self, entry: ReviewEntry, state: MemoryState | None) -> None:
        """Save one review or undo; see `append_all`."""
        self.append_all([(entry, state)])

    def append_all(self, reviews: Sequence[tuple[ReviewEntry, MemoryState | None]]) -> None:
        """Save what one answer led to, in one transaction; on disk when it returns.

        A state is None when an undo leaves the subject without one. An entry that is there already
        is not added twice.
        """
        self.check_writing()
        with self._held_twice([entry for entry, _ in reviews]), explained(), self._db.atomic():
            for entry, state in reviews:
                self._append(entry, state)

    def _append(self, entry: ReviewEntry, state: MemoryState | None) -> None:
        self._insert("review_log", entry_row(entry))
        states = self._db.table("memory_state")
        if state is None:
            states.delete_where("subject_id = ?", [entry.subject_id])
        else:
            states.insert(with_checksum(state_row(state)), pk="subject_id", replace=True)

    def annotate(self, annotation: Annotation) -> None:
        """Save what a pupil says of a card; on disk when it returns."""
        self.check_writing()
        with self._held_twice([annotation]), explained(), self._db.atomic():
            self._insert("annotation_log", annotation_row(annotation))

    def add_entries(
        self, entries: Iterable[ReviewEntry], annotations: Iterable[Annotation] = ()
    ) -> Added:
        """Take in what another copy holds: what is here already stays as it is.

        One transaction; the memory states are made anew from the whole log, also when nothing is
        new, so that two copies that took in each other remember the same.
        """
        self.check_writing()
        known, given, here = self.uuids(), tuple(entries), self.entries()
        new = {one.uuid: one for one in given if one.uuid not in known}
        notes = {one.uuid: one for one in annotations if one.uuid not in known}
        # First: a line with which no memory state can be made must get into neither copy.
        states = rebuild([*here, *new.values()], LATEST)
        with self._held_twice([*new.values(), *notes.values()]):
            self._take_in(new, notes, states)
        marks = sum(one.kind is AnnotationKind.HARD for one in notes.values())
        news = answer_news(here, given, known)
        return Added(len(news.new), len(notes) - marks, marks, news.known, news.taken_back)

    def take_back(self, fresh: FreshLines) -> FreshLines:
        """Take in lines of the second copy that are missing here; which they were.

        The file was replaced by an older one, or the last answer was being saved at a power cut.
        """
        uuids = [one.uuid for one in fresh.entries] + [one.uuid for one in fresh.annotations]
        known = self._known_of(uuids)
        new = {one.uuid: one for one in fresh.entries if one.uuid not in known}
        notes = {one.uuid: one for one in fresh.annotations if one.uuid not in known}
        if new or notes:
            self.check_writing()
            self._take_in(new, notes, rebuild([*self.entries(), *new.values()], LATEST))
        return FreshLines(tuple(new.values()), tuple(notes.values()))

    def _take_in(
        self,
        new: Mapping[str, ReviewEntry],
        notes: Mapping[str, Annotation],
        states: Mapping[str, MemoryState],
    ) -> None:
        with explained(), self._db.atomic():
            if new:
                rows = (with_checksum(entry_row(entry)) for entry in new.values())
                self._db.table("review_log").insert_all(rows, pk="uuid")
            self._replace_states(states)
            if notes:
                rows = (with_checksum(annotation_row(one)) for one in notes.values())
                self._db.table("annotation_log").insert_all(rows, pk="uuid")

    def _known_of(self, uuids: Sequence[str]) -> set[str]:
        """Those of so many that are in one of the logs."""
        found: set[str] = set()
        with explained():
            for first in range(0, len(uuids), 500):
                some = uuids[first : first + 500]
                marks = ", ".join("?" * len(some))
                for table in LOGS:
                    found |= {
                        row[0]
                        for row in self._db.execute(
                            f"select uuid from {table} where uuid in ({marks})", some
                        )
                    }
        return found

    def uuids(self) -> set[str]:
        """Of every line of both logs."""
        with explained():
            return {
                row[0] for table in LOGS for row in self._db.execute(f"select uuid from {table}")
            }

    def query(
        self, sql: str, values: Sequence[object] | dict[str, object] = ()
    ) -> list[dict[str, Any]]:
        """The rows of a select statement."""
        with explained():
            return list(self._db.query(sql, values))

    def times_taken(self, since: datetime) -> list[tuple[datetime, int]]:
        """When each review since then was made, and the milliseconds that it took."""
        with explained():
            rows = self._db.execute(
                "select reviewed_at, took_ms from review_log"
                " where reviewed_at >= ? and undoes = ''",
                [time_text(since)],
            )
            return [(time_of(at), int(took_ms)) for at, took_ms in rows]

    def entries(self, subject_id: str = "") -> list[ReviewEntry]:
        """The log, or one subject's part of it; lines that make no sense are left out."""
        where, values = ("subject_id = ?", [subject_id]) if subject_id else (None, None)
        with explained():
            rows = self._db.table("review_log").rows_where(where, values)
            found = [entry_of(without_checksum(row)) for row in rows]
        return [entry for entry in found if entry is not None]

    def annotations(self) -> list[Annotation]:
        """What was said of cards, by whom it was kept; lines that make no sense are left out."""
        with explained():
            table = self._db.table("annotation_log")
            rows = list(table.rows) if table.exists() else []
        found = [annotation_of(without_checksum(row)) for row in rows]
        return [one for one in found if one is not None]

    def memory_states(self) -> dict[str, MemoryState]:
        """States by subject id; rebuilt from the log if some make no sense."""
        try:
            with explained():
                rows = list(self._db.table("memory_state").rows)
            if self.has_checksums and not all(map(is_sound, rows)):
                raise ValueError("a state that was not saved so")
            states = [state_of(without_checksum(row)) for row in rows]
        except (ValueError, TypeError, OverflowError) as error:
            log.warning("Memory states are rebuilt: %s", error)
            return self.rebuild_memory()
        return {state.subject_id: state for state in states}

    def rebuild_memory(self, until: datetime | None = None) -> dict[str, MemoryState]:
        """Make all memory states anew from the log, and save them; see `memory.rebuild`."""
        states = rebuild(self.entries(), min(until or LATEST, LATEST))
        if self.can_write:
            with explained(), self._db.atomic():
                self._replace_states(states)
        return states

    def are_newest_sound(self) -> bool:
        """Whether the newest rows of the logs are as they were saved."""
        if not self.has_checksums:
            return True
        with explained():
            for table in LOGS:
                cursor = self._db.execute(
                    f"select * from {table} order by rowid desc limit {NEWEST_ROWS}"
                )
                if not are_sound([column[0] for column in cursor.description], cursor):
                    return False
        return True

    def copy_to(self, file: Path) -> None:
        """Write a copy of the whole file, as it is now."""
        with explained(), closing(sqlite3.connect(file)) as target:
            self._db.conn.backup(target)

    @property
    def recent(self) -> RecentAnswers | None:
        """The second copy of what was saved since the last backup."""
        return self._recent

    def close(self) -> None:
        """Let go of the file."""
        self._db.conn.close()

    @property
    def can_write(self) -> bool:
        """Whether something may be saved, here and elsewhere in the data folder."""
        return not self.is_read_only and self._may_write()

    def check_writing(self) -> None:
        """Raise StoreProblem, saying why, if nothing may be saved."""
        if self.is_read_only:
            raise StoreProblem(self._refusal)
        if not self._may_write():
            raise StoreProblem(TAKEN_OVER)

    def _held_twice(self, lines: Sequence[Line]) -> AbstractContextManager[None]:
        return nullcontext() if self._recent is None else self._recent.holding(lines)

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        self._db.table(table).insert(with_checksum(row), pk="uuid", ignore=True)

    def _replace_states(self, states: Mapping[str, MemoryState]) -> None:
        table = self._db.table("memory_state")
        table.delete_where()
        rows = (with_checksum(state_row(state)) for state in states.values())
        table.insert_all(rows, pk="subject_id")
