"""The progress file: an append-only log of reviews, and the memory states made from it.

A rollback journal, truncated, with full sync: the file may lie on a network drive, where WAL's
shared memory does not work. See docs/decisions/0003-append-only-log.md. No Qt here.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from stalin_study.domain.memory import MemoryState, rebuild
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.migrations import check_maker, is_readable, migrations
from stalin_study.services.store_problems import (
    PASSING,
    READ_ONLY,
    UNFINISHED,
    UNWRITABLE,
    DamagedFile,
    StoreProblem,
    code_of,
    explained,
)
from stalin_study.services.store_rows import (
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
FILE = "progress.sqlite3"
BUSY_SECONDS = 5.0
TIMES_KEPT = timedelta(days=42)


class StudyStore:
    """An open progress file. Use it on the thread that opened it. All times are UTC.

    Each method raises StoreProblem when the file lets it down.
    """

    def __init__(self, db: Database, *, is_read_only: bool) -> None:
        self._db = db
        self.is_read_only = is_read_only

    def append(self, entry: ReviewEntry, state: MemoryState | None) -> None:
        """Save one review or undo; see `append_all`."""
        self.append_all([(entry, state)])

    def append_all(self, reviews: Sequence[tuple[ReviewEntry, MemoryState | None]]) -> None:
        """Save what one answer led to, in one transaction; on disk when it returns.

        A state is None when an undo leaves the subject without one. An entry that is there already
        is not added twice.
        """
        if self.is_read_only:
            raise StoreProblem(READ_ONLY)
        with explained(), self._db.atomic():
            for entry, state in reviews:
                self._append(entry, state)

    def _append(self, entry: ReviewEntry, state: MemoryState | None) -> None:
        self._db.table("review_log").insert(entry_row(entry), pk="uuid", ignore=True)
        states = self._db.table("memory_state")
        if state is None:
            states.delete_where("subject_id = ?", [entry.subject_id])
        else:
            states.insert(state_row(state), pk="subject_id", replace=True)

    def times_taken(self, since: datetime) -> list[tuple[datetime, int]]:
        """When each review since then was made, and the milliseconds that it took."""
        with explained():
            rows = self._db.table("review_log").rows_where(
                "reviewed_at >= ? and undoes = ''", [time_text(since)]
            )
            return [(time_of(row["reviewed_at"]), int(row["took_ms"])) for row in rows]

    def entries(self, subject_id: str = "") -> list[ReviewEntry]:
        """The log, or one subject's part of it; lines that make no sense are left out."""
        where, values = ("subject_id = ?", [subject_id]) if subject_id else (None, None)
        with explained():
            rows = self._db.table("review_log").rows_where(where, values)
            found = [entry_of(row) for row in rows]
        return [entry for entry in found if entry is not None]

    def memory_states(self) -> dict[str, MemoryState]:
        """States by subject id; rebuilt from the log if some make no sense."""
        try:
            with explained():
                states = [state_of(row) for row in self._db.table("memory_state").rows]
        except (ValueError, TypeError, OverflowError) as error:
            log.warning("Memory states are rebuilt: %s", error)
            return self.rebuild_memory()
        return {state.subject_id: state for state in states}

    def rebuild_memory(self, until: datetime | None = None) -> dict[str, MemoryState]:
        """Make all memory states anew from the log, and save them; see `memory.rebuild`."""
        states = rebuild(self.entries(), until)
        if not self.is_read_only:
            table = self._db.table("memory_state")
            with explained(), self._db.atomic():
                table.delete_where()
                table.insert_all(map(state_row, states.values()), pk="subject_id")
        return states

    def close(self) -> None:
        """Let go of the file."""
        self._db.conn.close()


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store with the states in it; `notice` is a sentence for the pupil, or empty.

    `times` are those of the reviews of the last weeks, with their milliseconds.
    """

    store: StudyStore
    states: dict[str, MemoryState]
    notice: str = ""
    times: tuple[tuple[datetime, int], ...] = ()


def open_store(
    folder: Path, now: Callable[[], datetime], busy_seconds: float = BUSY_SECONDS
) -> OpenedStore:
    """Open the progress in `folder`, made if need be.

    What is no progress file is set aside under a name with the time, and a new one started. Where
    nothing can be written, progress is opened for reading. Raises StoreProblem, also for a file of
    a newer version, which is left as it is. Waits up to `busy_seconds` for another program.
    """
    file = folder / FILE
    with explained():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return _with_times(_open(file, busy_seconds), now())
        except DamagedFile:
            aside = _set_aside(file, now())
        return replace(
            _open(file, busy_seconds),
            notice="Your progress file could not be read, so a new one was started; "
            f"the old one is kept as {aside.name}.",
        )


def _with_times(opened: OpenedStore, at: datetime) -> OpenedStore:
    try:
        times = opened.store.times_taken(at - TIMES_KEPT)
    except (ValueError, OverflowError) as error:
        log.warning("The times of the last reviews make no sense: %s", error)
        times = []
    return replace(opened, times=tuple(times))


def look_into_store(folder: Path, busy_seconds: float = BUSY_SECONDS) -> OpenedStore | None:
    """Open for reading only: makes and changes no file. None where there is no progress yet.

    Raises StoreProblem for a file that is damaged or of a newer version.
    """
    file = folder / FILE
    with explained():
        try:
            if not file.exists():
                return None
            _check_header(file)
            connection = sqlite3.connect(_read_only_uri(file), uri=True, timeout=busy_seconds)
            with _closed_on_error(connection):
                db = _checked(connection)
                if not is_readable(db):
                    connection.close()
                    return None
                store = StudyStore(db, is_read_only=True)
                return OpenedStore(store, store.memory_states(), READ_ONLY)
        except DamagedFile as damage:
            raise StoreProblem(
                f"The progress file in {folder} is damaged; nothing was changed."
            ) from damage
        except sqlite3.Error as error:
            if code_of(error) in UNWRITABLE:
                # A journal that was left behind must be played back first, which is writing.
                raise StoreProblem(UNFINISHED) from error
            raise


def _open(file: Path, busy_seconds: float) -> OpenedStore:
    _check_header(file)
    connection = sqlite3.connect(file, timeout=busy_seconds)
    with _closed_on_error(connection):
        db = _checked(connection)
        # TRUNCATE rather than DELETE: making and removing a file for each answer is what network
        # drives and virus scanners are slow at, and FULL syncs the truncated journal.
        for pragma in ("journal_mode = truncate", "synchronous = full", "fullfsync = on"):
            connection.execute(f"pragma {pragma}").fetchall()
        try:
            migrations().apply(db)
            _try_writing(connection)
        except sqlite3.Error as error:
            if code_of(error) not in UNWRITABLE:
                raise
            connection.close()
            opened = look_into_store(file.parent, busy_seconds)
            if opened is None:
                raise
            return opened
        store = StudyStore(db, is_read_only=False)
        return OpenedStore(store, store.memory_states())


def _check_header(file: Path) -> None:
    """Refuse what SQLite would take for empty and write over, or could only read for ever."""
    try:
        with file.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError:
        return
    is_whole = len(header) == 100 and header.startswith(b"SQLite format 3\0")
    if header and not (is_whole and header[18] in (1, 2) and header[19] in (1, 2)):
        raise DamagedFile("no SQLite header")


def _checked(connection: sqlite3.Connection) -> Database:
    from sqlite_utils import Database

    # One flipped bit in a text must not make the rest unreadable.
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    try:
        db = Database(connection, execute_plugins=False)
        check_maker(db)
        # 70 ms for 200,000 reviews (tests/bench/bench_store.py), off the GUI thread.
        found = connection.execute("pragma quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        if code_of(error) in PASSING | UNWRITABLE:
            raise
        raise DamagedFile(str(error)) from error
    except (UnicodeDecodeError, KeyError) as error:
        raise DamagedFile(f"a name in the schema: {error}") from error
    if found != "ok":
        raise DamagedFile(found)
    return db


def _try_writing(connection: sqlite3.Connection) -> None:
    """Begin to write and take it back: raises sqlite3.Error if it never could be written."""
    version = connection.execute("pragma user_version").fetchone()[0]
    try:
        connection.execute("begin immediate")
        connection.execute(f"pragma user_version = {version}")
    except sqlite3.Error as error:
        if code_of(error) not in PASSING:
            raise
        log.warning("The progress file cannot be written at the moment: %s", error)
    finally:
        connection.rollback()


def _set_aside(file: Path, at: datetime) -> Path:
    stem = f"progress-damaged-{at.astimezone(UTC):%Y%m%d-%H%M%S}"
    number, aside = 1, file.with_name(f"{stem}.sqlite3")
    while aside.exists():
        number += 1
        aside = file.with_name(f"{stem}-{number}.sqlite3")
    # The journal goes first: left behind, SQLite would play it into the new file.
    for ending in ("-journal", "-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    log.error("A progress file that could not be read is kept as %s", aside.name)
    return aside


def _read_only_uri(file: Path) -> str:
    path = file.absolute().as_posix()
    # "C:/x" and "//server/share/x" both need the empty authority before them.
    rooted = path if path.startswith("/") else f"/{path}"
    return f"file://{quote(os.fsencode(rooted))}?mode=ro"


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
