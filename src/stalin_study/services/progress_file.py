"""A progress file as SQLite has it: checked, brought up to date, ready to be written. No Qt."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stalin_study.services.backups import make_backup
from stalin_study.services.migrations import check_maker, is_readable, is_up_to_date, migrations
from stalin_study.services.recent_answers import RecentAnswers
from stalin_study.services.store_problems import (
    PASSING,
    UNWRITABLE,
    DamagedFile,
    StoreProblem,
    code_of,
)
from stalin_study.services.study_store import StudyStore, always

if TYPE_CHECKING:
    from sqlite_utils import Database

log = logging.getLogger(__name__)
BUSY_SECONDS = 5.0


def open_plain(
    file: Path,
    busy_seconds: float = BUSY_SECONDS,
    recent: RecentAnswers | None = None,
    may_write: Callable[[], bool] = always,
    now: Callable[[], datetime] | None = None,
    *,
    refusal: str = "",
) -> StudyStore:
    """Open a file to write in, brought up to date; with `now`, backed up before that.

    With a `refusal` nothing more is written than that.
    Raises DamagedFile, StoreProblem, sqlite3.Error.
    """
    check_header(file)
    connection = sqlite3.connect(file, timeout=busy_seconds)
    with closed_on_error(connection):
        db = checked(connection)
        # TRUNCATE rather than DELETE: making and removing a file for each answer is what network
        # drives and virus scanners are slow at, and FULL syncs the truncated journal.
        for pragma in ("journal_mode = truncate", "synchronous = full", "fullfsync = on"):
            connection.execute(f"pragma {pragma}").fetchall()
        if now is not None:
            _back_up_before_steps(db, file.parent, now())
        migrations().apply(db)
        _try_writing(connection)
        return StudyStore(
            db,
            is_read_only=bool(refusal),
            recent=recent,
            may_write=may_write,
            refusal=refusal,
        )


def _back_up_before_steps(db: Database, folder: Path, at: datetime) -> None:
    """Steps change the file; one that cannot be backed up now is changed all the same."""
    if not is_readable(db) or is_up_to_date(db):
        return
    try:
        make_backup(StudyStore(db, is_read_only=False), folder, at, "before-update")
    except StoreProblem as problem:
        log.warning("No backup before an update: %s", problem)


def check_header(file: Path) -> None:
    """Refuse what SQLite would take for empty and write over, or could only read for ever."""
    try:
        with file.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError:
        return
    is_whole = len(header) == 100 and header.startswith(b"SQLite format 3\0")
    if header and not (is_whole and header[18] in (1, 2) and header[19] in (1, 2)):
        raise DamagedFile("no SQLite header")


def checked(connection: sqlite3.Connection) -> Database:
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


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
