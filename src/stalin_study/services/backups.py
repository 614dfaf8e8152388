"""Backups of the progress file: made in small steps, verified, and few.

`backups/progress-000012-20261125-164000-daily.sqlite3`: the number rises whatever the clock does.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.backup_plan import BackupSize, to_keep
from stalin_study.services.row_checks import are_sound
from stalin_study.services.store_problems import DamagedFile, StoreProblem, explained
from stalin_study.services.store_rows import COUNTS, time_of
from stalin_study.services.study_store import LOGS, StudyStore

log = logging.getLogger(__name__)
FOLDER = "backups"
ROWS_A_STEP = 5_000
_NAME = re.compile(r"progress-(\d{6,})-(\d{8}-\d{6})-([a-z-]+)\.sqlite3")
_TIME = "%Y%m%d-%H%M%S"
_ANNOTATED = (
    "select kind, count(*) from (select kind, text, row_number() over"
    " (partition by card_id, kind order by made_at desc, uuid desc) as place from annotation_log)"
    " where place = 1 and text <> '' group by kind"
)
NOT_MADE = "The backup could not be made. Check that there is space, and that you may write there."
DAMAGED_BACKUP = "This backup cannot be read. Choose another one; nothing was changed."


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file.

    `reason` is daily, asked, before-update, before-import, before-restore or restored.
    """

    file: Path
    number: int
    made_at: datetime
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup holds: answers between two times, of so many subjects.

    `notes` and `marks` are the cards that have one then.
    """

    answers: int
    first_at: datetime | None
    last_at: datetime | None
    subjects: int
    notes: int
    marks: int


def backups_in(folder: Path) -> list[Backup]:
    """The backups of a data folder, the newest first; by their names, nothing is opened."""
    found = []
    try:
        files = list((folder / FOLDER).iterdir())
    except OSError:
        return []
    for file in files:
        match = _NAME.fullmatch(file.name)
        if match is None:
            continue
        try:
            made_at = datetime.strptime(match[2], _TIME).replace(tzinfo=UTC)
            found.append(Backup(file, int(match[1]), made_at, match[3], file.stat().st_size))
        except (OSError, ValueError) as error:
            log.warning("Backup %s is passed over: %s", file.name, error)
    return sorted(found, key=lambda one: one.number, reverse=True)


def make_backup(store: StudyStore, folder: Path, at: datetime, reason: str) -> Backup:
    """Make one at once; see `backup_steps`. Raises StoreProblem, DamagedFile."""
    steps = backup_steps(store, folder, at, reason)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            made: Backup = done.value
            return made


def backup_steps(
    store: StudyStore, folder: Path, at: datetime, reason: str
) -> Generator[None, None, Backup]:
    """Copy the progress file, verify every row of the copy, then let old backups go.

    A generator, so that answers can be saved between its steps; it returns the Backup. Raises
    StoreProblem if it cannot be made, DamagedFile if the copy is not sound.
    """
    store.check_writing()
    backups = backups_in(folder)
    number = backups[0].number + 1 if backups else 1
    file = folder / FOLDER / f"progress-{number:06d}-{at.astimezone(UTC):{_TIME}}-{reason}.sqlite3"
    draft = file.with_name("backup.new")
    covered = store.recent.size if store.recent is not None else 0
    try:
        draft.parent.mkdir(exist_ok=True)
        remove_database(draft)
        store.copy_to(draft)
        yield
        yield from verify_steps(draft)
        # The folder may be another computer's by now, with a draft and answers of its own.
        store.check_writing()
        settle(draft)
        draft.replace(file)
        settle(file.parent)
        size = file.stat().st_size
    except (OSError, sqlite3.Error, StoreProblem) as error:
        with suppress(OSError):
            remove_database(draft)
        raise StoreProblem(NOT_MADE) from error
    except DamagedFile:
        with suppress(OSError):
            remove_database(draft)
        raise
    if store.recent is not None:
        store.recent.forget(covered)
    _thin_out(folder, at)
    return Backup(file, number, at, reason, size)


def verify_steps(file: Path) -> Iterator[None]:
    """Check the whole of a closed file, step by step. Raises DamagedFile, sqlite3.Error."""
    with closing(_looked_into(file)) as connection:
        found = connection.execute("pragma integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise DamagedFile(str(found))
        yield
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
        # A file of an older version has no checksums.
        for table in LOGS if "annotation_log" in tables else ():
            cursor = connection.execute(f"select * from {table}")
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(ROWS_A_STEP):
                if not are_sound(names, rows):
                    raise DamagedFile(f"a row of {table} is not as it was saved")
                yield


def verify(file: Path) -> None:
    """Check the whole of a closed file. Raises DamagedFile if anything is wrong with it."""
    try:
        for _ in verify_steps(file):
            pass
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise DamagedFile(str(error)) from error


def look_into_backup(file: Path) -> BackupContents:
    """What a backup holds. Raises StoreProblem."""
    try:
        with closing(_looked_into(file)) as connection:
            answers, first, last, subjects = connection.execute(
                "select count(*), min(reviewed_at), max(reviewed_at), count(distinct subject_id)"
                f" from review_log where {COUNTS}"
            ).fetchone()
            tables = {row[0] for row in connection.execute("select name from sqlite_master")}
            counts = {}
            if "annotation_log" in tables:
                counts = dict(connection.execute(_ANNOTATED).fetchall())
            said = (
                counts.get(kind.value, 0) for kind in (AnnotationKind.NOTE, AnnotationKind.HARD)
            )
            times = [None if text is None else time_of(text) for text in (first, last)]
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        raise StoreProblem(DAMAGED_BACKUP) from error
    return BackupContents(answers, times[0], times[1], subjects, *said)


def remove_database(file: Path) -> None:
    """Remove a draft with its journal."""
    for ending in ("-journal", ""):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Have a file, or the names in a folder, on disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot sync a folder, and needs not.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _looked_into(file: Path) -> sqlite3.Connection:
    if not file.is_file():
        raise FileNotFoundError(file.name)
    connection = sqlite3.connect(read_only_uri(file), uri=True)
    connection.text_factory = lambda content: content.decode("utf-8", "replace")
    return connection


def read_only_uri(file: Path, more: str = "") -> str:
    """A file for SQLite to look into and not to make."""
    from urllib.parse import quote

    path = file.absolute().as_posix()
    # "C:/x" and "//server/share/x" both need the empty authority before them.
    rooted = path if path.startswith("/") else f"/{path}"
    return f"file://{quote(os.fsencode(rooted))}?mode=ro{more}"


def _thin_out(folder: Path, at: datetime) -> None:
    backups = backups_in(folder)
    kept = to_keep(
        [BackupSize(one.number, one.made_at, one.size, one.reason) for one in backups], at
    )
    for one in backups:
        if one.number not in kept:
            try:
                one.file.unlink()
            except OSError as error:
                log.warning("An old backup stays: %s", error)


def check_backup(file: Path) -> None:
    """Check a backup before it is used. Raises StoreProblem with a sentence."""
    with explained():
        try:
            verify(file)
        except (DamagedFile, FileNotFoundError) as error:
            raise StoreProblem(DAMAGED_BACKUP) from error
