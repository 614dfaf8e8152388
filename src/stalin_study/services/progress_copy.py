"""Progress as one file to take along: written whole, read with care.

JSON lines, compressed: a header, the two logs, and a last line with the checksum of what went
before, so that a file that was cut off is seen.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.backups import FOLDER, settle
from stalin_study.services.recent_answers import read_lines
from stalin_study.services.recovery import lines_of_file
from stalin_study.services.store import FILE
from stalin_study.services.store_problems import StoreProblem
from stalin_study.services.store_rows import (
    annotation_of,
    annotation_row,
    entry_of,
    entry_row,
    time_text,
)
from stalin_study.services.study_store import StudyStore
from stalin_study.services.whole_file import draft_of

log = logging.getLogger(__name__)
ENDING = ".stalinstudy"
FORMAT, VERSION = "stalin-study-progress", 1
MOST_BYTES, MOST_UNPACKED, LONGEST_LINE = 200_000_000, 1_000_000_000, 200_000
NOT_OURS = "This is no copy of Stalin Study progress. Choose a file that Stalin Study has made."
CUT_OFF = "This copy is not whole. Copy it once more from where it was made, and try again."
TOO_NEW = "This copy was made by a newer Stalin Study. Update this one, and try again."
TOO_BIG = "This file is too big for a copy of progress. Choose a file that Stalin Study has made."
UNREADABLE = "This file cannot be read. Check that it is still there, and that you may open it."
UNWRITABLE = "The copy could not be written there. Choose another folder, and try again."
OWN_FILE = "That is where Stalin Study keeps your progress itself. Choose another name or folder."
# Names that services which keep folders alike give to what changed in two places.
_FOUND = re.compile(
    r"progress(?P<more>[ ._(-].*)\.sqlite3|.*\.stalinstudy", re.IGNORECASE | re.DOTALL
)
_OUR_OWN = re.compile(r"progress-(damaged|recovered|restored)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadCopy:
    """What a copy holds; `skipped` lines made no sense."""

    file: Path
    entries: tuple[ReviewEntry, ...]
    annotations: tuple[Annotation, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A second copy of the progress beside the first, as services make that keep folders alike."""

    file: Path
    size: int


def copy_name(at: datetime) -> str:
    """The name that is offered for a copy."""
    return f"Stalin Study progress {at.astimezone():%Y-%m-%d}{ENDING}"


def write_copy(store: StudyStore, file: Path, at: datetime) -> int:
    """Write all progress to a file, in one step; how many reviews. Raises StoreProblem."""
    if file.name in (FILE, f"{FILE}-journal") or file.parent.name == FOLDER:
        raise StoreProblem(OWN_FILE)
    entries, annotations = store.entries(), store.annotations()
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": time_text(at),
        "reviews": len(entries),
        "annotations": len(annotations),
    }
    rows: list[dict[str, Any]] = [
        head,
        *map(entry_row, entries),
        *map(annotation_row, annotations),
    ]
    draft = draft_of(file)
    try:
        try:
            with gzip.open(draft, "wb", compresslevel=6) as stream:
                checksum = 0
                for row in rows:
                    line = json.dumps(row, separators=(",", ":")).encode() + b"\n"
                    checksum = zlib.crc32(line, checksum)
                    stream.write(line)
                stream.write(json.dumps({"end": checksum}).encode() + b"\n")
            settle(draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        log.warning("A copy could not be written: %s", error)
        raise StoreProblem(UNWRITABLE) from error
    return len(entries)


def read_copy(file: Path, work_folder: Path) -> ReadCopy:
    """What a copy holds, or another progress file, which is not changed. Raises StoreProblem.

    In `work_folder` a progress file is copied first, to be read by the newest rules.
    """
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise StoreProblem(TOO_BIG)
        with file.open("rb") as stream:
            start = stream.read(16)
        if start.startswith(b"\x1f\x8b"):
            return _unpacked(file)
        if start == b"SQLite format 3\0":
            lines = lines_of_file(file, work_folder)
            if lines is None:
                raise StoreProblem(CUT_OFF)
            return _read_copy(file, lines, 0)
        fresh = read_lines(file)
    except OSError as error:
        log.warning("A copy cannot be read: %s", error)
        raise StoreProblem(UNREADABLE) from error
    if not fresh.count:
        raise StoreProblem(NOT_OURS)
    return ReadCopy(file, fresh.entries, fresh.annotations)


def found_copies(folder: Path) -> tuple[FoundCopy, ...]:
    """Copies beside the progress file, by their names; nothing is opened."""
    try:
        with os.scandir(folder) as files:
            found = [
                FoundCopy(folder / one.name, one.stat().st_size)
                for one in files
                if _FOUND.fullmatch(one.name) and not _OUR_OWN.match(one.name)
            ]
    except OSError as error:
        log.info("No copies can be looked for: %s", error)
        return ()
    return tuple(sorted(found, key=lambda one: one.file.name))


def put_away(file: Path, folder: Path) -> None:
    """Keep a copy that was taken in among the backups, so that it is not found again."""
    if file.parent != folder:
        return
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        number, kept = 1, folder / FOLDER / f"added-{file.name}"
        while kept.exists():
            number += 1
            kept = kept.with_name(f"added-{number}-{file.name}")
        file.rename(kept)
    except OSError as error:
        log.warning("A copy that was taken in stays where it is: %s", error)


def _read_copy(file: Path, lines: list[Any], skipped: int) -> ReadCopy:
    return ReadCopy(
        file,
        tuple(line for line in lines if isinstance(line, ReviewEntry)),
        tuple(line for line in lines if isinstance(line, Annotation)),
        skipped,
    )


def _unpacked(file: Path) -> ReadCopy:
    rows = _rows(file)
    head = next(rows, None)
    if head is None or head.get("format") != FORMAT or not isinstance(head.get("version"), int):
        raise StoreProblem(NOT_OURS)
    if head["version"] > VERSION:
        raise StoreProblem(TOO_NEW)
    lines: list[ReviewEntry | Annotation] = []
    skipped = 0
    for row in rows:
        line = entry_of(row) if "subject_id" in row else annotation_of(row)
        if line is None:
            skipped += 1
        else:
            lines.append(line)
    return _read_copy(file, lines, skipped)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    """The rows before the last line, which must fit to them. Raises StoreProblem."""
    checksum = unpacked = 0
    first = True
    try:
        with gzip.open(file, "rb") as stream:
            while line := stream.readline(LONGEST_LINE):
                unpacked += len(line)
                if unpacked > MOST_UNPACKED:
                    raise StoreProblem(TOO_BIG)
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise StoreProblem(NOT_OURS)
                if "end" in row:
                    if row["end"] != checksum or stream.read(1):
                        raise StoreProblem(CUT_OFF)
                    return
                checksum = zlib.crc32(line, checksum)
                first = False
                yield row
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreProblem(NOT_OURS if first else CUT_OFF) from error
    except (ValueError, RecursionError) as error:
        raise StoreProblem(NOT_OURS if first else CUT_OFF) from error
    raise StoreProblem(NOT_OURS if first else CUT_OFF)
