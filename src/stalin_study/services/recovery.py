"""Makes a progress file again from what is left: backups, the second copy, readable rows."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.memory import counted
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.backups import (
    backups_in,
    read_only_uri,
    remove_database,
    settle,
    verify,
)
from stalin_study.services.migrations import APPLICATION_ID
from stalin_study.services.progress_file import open_plain
from stalin_study.services.recent_answers import RecentAnswers
from stalin_study.services.row_checks import COLUMN, is_sound, without_checksum
from stalin_study.services.store_problems import DamagedFile, StoreProblem
from stalin_study.services.store_rows import annotation_of, entry_of
from stalin_study.services.study_store import LOGS

log = logging.getLogger(__name__)
RECOVERED = "progress-recovered.sqlite3"
_ROWS_SKIPPED = 8


@dataclass(slots=True)
class Found:
    """All that could be found, each by its uuid."""

    entries: dict[str, ReviewEntry] = field(default_factory=dict)
    annotations: dict[str, Annotation] = field(default_factory=dict)

    def add(self, lines: Iterator[ReviewEntry | Annotation] | list[Any]) -> None:
        """Take in what is not there yet."""
        for line in lines:
            if isinstance(line, ReviewEntry):
                self.entries.setdefault(line.uuid, line)
            else:
                self.annotations.setdefault(line.uuid, line)

    @property
    def answers(self) -> int:
        """How many reviews count."""
        return len(counted(self.entries.values()))


def find_all(folder: Path, damaged: Path | None) -> Found:
    """The log as far as it can be found anywhere in a data folder."""
    found = Found()
    recent = RecentAnswers(folder).read()
    found.add([*recent.entries, *recent.annotations])
    for backup in backups_in(folder):
        lines = lines_of_file(backup.file, folder)
        if lines is not None:
            found.add(lines)
            break
        log.warning("Backup %s is of no use", backup.file.name)
    if damaged is not None and damaged.exists():
        found.add(salvaged(damaged))
    return found


def build_again(folder: Path, found: Found) -> Path:
    """Write a whole new progress file beside the old one; on disk when it returns."""
    file = folder / RECOVERED
    draft = file.with_suffix(".new")
    for old in (draft, file):
        remove_database(old)
    with closing(open_plain(draft)) as store:
        store.add_entries(found.entries.values(), found.annotations.values())
    settle(draft)
    remove_journal(draft)
    draft.replace(file)
    settle(folder)
    return file


def remove_journal(file: Path) -> None:
    """Remove the empty journal of a file that was closed."""
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)


def salvaged(file: Path) -> Iterator[ReviewEntry | Annotation]:
    """The rows of a damaged file that can be read and are as they were saved."""
    try:
        # Immutable: a journal beside it is neither played back nor waited for.
        connection = sqlite3.connect(read_only_uri(file, "&immutable=1"), uri=True)
    except sqlite3.Error:
        return
    with closing(connection):
        connection.text_factory = lambda content: content.decode("utf-8", "replace")
        try:
            if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
                return
        except sqlite3.Error:
            return
        for table in LOGS:
            for row in _readable_rows(connection, table):
                if COLUMN in row and not is_sound(row):
                    continue
                plain = without_checksum(row)
                line = entry_of(plain) if table == "review_log" else annotation_of(plain)
                if line is not None:
                    yield line


def _readable_rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    last = _last_rowid(connection, table)
    after = 0
    while after <= last:
        try:
            cursor = connection.execute(
                f"select rowid, * from {table} where rowid > ? order by rowid", [after]
            )
            names = [column[0] for column in cursor.description][1:]
            for rowid, *values in cursor:
                after = rowid
                yield dict(zip(names, values, strict=True))
            return
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):
            after += _ROWS_SKIPPED


def _last_rowid(connection: sqlite3.Connection, table: str) -> int:
    try:
        found = connection.execute(f"select max(rowid) from {table}").fetchone()[0]
    except (sqlite3.Error, OverflowError, UnicodeDecodeError):
        return 200_000
    return min(int(found or 0), 5_000_000)


def lines_of_file(file: Path, folder: Path) -> list[ReviewEntry | Annotation] | None:
    """All of a sound progress file of any version so far; None if it is of no use.

    It is read from a copy in `folder`, since an older one has to be brought up to date first.
    """
    draft = folder / "copy-read.new"
    try:
        verify(file)
        remove_database(draft)
        shutil.copyfile(file, draft)
        with closing(open_plain(draft)) as store:
            return [*store.entries(), *store.annotations()]
    except (DamagedFile, StoreProblem, OSError, sqlite3.Error, UnicodeDecodeError) as error:
        log.warning("%s cannot be used: %s", file.name, error)
        return None
    finally:
        remove_database(draft)
