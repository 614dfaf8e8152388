"""What can still be read of a damaged progress file: rows that are as they were saved. No Qt."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.backups import read_only_uri, remove_database
from stalin_study.services.migrations import APPLICATION_ID
from stalin_study.services.row_checks import COLUMN, is_sound, without_checksum
from stalin_study.services.store_rows import annotation_of, entry_of
from stalin_study.services.study_store import LOGS

log = logging.getLogger(__name__)
PAGE = 4096  # of SQLite, for a file made with its defaults
MOST_BYTES = 500_000_000
_LEAST_ROW = 40  # bytes
_SINGLE_ROWS, _LEAP = 2_000, 64
_UNREADABLE = (sqlite3.Error, OverflowError, UnicodeDecodeError)
Line = ReviewEntry | Annotation


def salvaged(file: Path) -> Iterator[Line]:
    """The rows that can be read in place; never those of another program."""
    try:
        # Immutable: a journal beside it is neither played back nor waited for.
        connection = sqlite3.connect(read_only_uri(file, "&immutable=1"), uri=True)
    except sqlite3.Error:
        return
    with closing(connection):
        connection.text_factory = lambda content: content.decode("utf-8", "replace")
        try:
            is_ours = connection.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
        except sqlite3.Error:
            return
        most = file.stat().st_size // _LEAST_ROW
        for table in LOGS:
            for row in _readable_rows(connection, table, most):
                # Only our files have such checksums. Those of older versions have none.
                if not (is_sound(row) if COLUMN in row else is_ours):
                    continue
                plain = without_checksum(row)
                line = entry_of(plain) if table == "review_log" else annotation_of(plain)
                if line is not None:
                    yield line


def salvaged_behind(first_pages: Iterable[bytes], file: Path, draft: Path) -> list[Line]:
    """The rows of a file whose first page is lost, which says where the others are.

    Each of `first_pages`, of other progress files, takes its place in a copy, until there are rows
    with the right checksum. Raises OSError.
    """
    size = file.stat().st_size
    if not PAGE < size <= MOST_BYTES:
        return []
    try:
        shutil.copyfile(file, draft)
        for page in first_pages:
            with draft.open("r+b") as stream:
                stream.write(_fitted(page, size // PAGE))
            found = list(salvaged(draft))
            if found:
                return found
    finally:
        remove_database(draft)
    return []


def first_page_of(file: Path) -> bytes | None:
    """Where a sound progress file says what it holds; None if it cannot be read."""
    try:
        with file.open("rb") as stream:
            page = stream.read(PAGE)
    except OSError:
        return None
    return page if len(page) == PAGE and int.from_bytes(page[16:18]) == PAGE else None


def _fitted(page: bytes, pages: int) -> bytes:
    """A first page for a file of so many pages; see "The Database Header" of SQLite's format."""
    size = pages.to_bytes(4)
    counter = page[24:28]
    no_free_pages = bytes(8)
    return page[:28] + size + no_free_pages + page[40:92] + counter + page[96:]


def _readable_rows(
    connection: sqlite3.Connection, table: str, most: int
) -> Iterator[dict[str, Any]]:
    """The rows of a table that has `most` at most: nothing is ever removed from a log."""
    after = failures = 0
    last = _last_rowid(connection, table, most)
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
        except _UNREADABLE:
            failures += 1
            after += 1 if failures <= _SINGLE_ROWS else _LEAP


def _last_rowid(connection: sqlite3.Connection, table: str, most: int) -> int:
    try:
        found = connection.execute(f"select max(rowid) from {table}").fetchone()[0]
    except _UNREADABLE:
        return most
    return min(int(found or 0), most)
