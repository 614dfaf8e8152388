"""Progress as one file to take along: written whole, read with care.

JSON lines, compressed: a header, the two logs, and a last line with the checksum of what went
before, so that a file that was cut off is seen. Whoever made a copy: only lines get out of it that
the progress file keeps and gives back unchanged.
"""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.merging import can_be_kept, once
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.domain.wording import count_of, listed, notes_and_marks
from stalin_study.services.backups import FOLDER, make_backup, settle
from stalin_study.services.found_copies import put_away
from stalin_study.services.migrations import APPLICATION_ID
from stalin_study.services.recent_answers import Line, read_lines
from stalin_study.services.recovery import lines_of_file
from stalin_study.services.store import FILE
from stalin_study.services.store_problems import DamagedFile, OpenAnew, StoreProblem
from stalin_study.services.store_rows import (
    COUNTS,
    annotation_of,
    annotation_row,
    entry_of,
    time_text,
)
from stalin_study.services.study_store import StudyStore
from stalin_study.services.whole_file import draft_of

log = logging.getLogger(__name__)
ENDING = ".stalinstudy"
FORMAT, VERSION = "stalin-study-progress", 1
# 200,000 reviews are 6 MB, and 55 MB unpacked.
MOST_BYTES, MOST_UNPACKED, LONGEST_LINE = 200_000_000, 400_000_000, 200_000
MOST_FRESH = 20_000_000
MOST_LINES, MOST_SKIPPED = 1_000_000, 1_000
ROWS_A_STEP = 5_000
NOT_OURS = "This is no copy of Stalin Study progress. Choose a file that Stalin Study has made."
CUT_OFF = "This copy is not whole. Copy it once more from where it was made, and try again."
TOO_NEW = "This copy was made by a newer Stalin Study. Update this one, and try again."
TOO_BIG = "This file is too big for a copy of progress. Choose a file that Stalin Study has made."
UNREADABLE = "This file cannot be read. Check that it is still there, and that you may open it."
UNWRITABLE = "The copy could not be written there. Choose another folder, and try again."
OWN_FILE = "That is where Stalin Study keeps your progress itself. Choose another name or folder."
PUT_RIGHT_FIRST = "Nothing was added, since your progress file has to be put right. Try once more."
_REVIEW, _ANNOTATION = ({one.name for one in fields(kind)} for kind in (ReviewEntry, Annotation))
_MAKER = slice(68, 72)  # where SQLite's header says which program made the file
_FRESH = re.compile(rb"\n?[0-9a-f]{8} \{")


@dataclass(frozen=True, slots=True)
class ReadCopy:
    """What a copy holds; `skipped` lines made no sense."""

    file: Path
    entries: tuple[ReviewEntry, ...]
    annotations: tuple[Annotation, ...]
    skipped: int = 0


def copy_name(at: datetime) -> str:
    """The name that is offered for a copy."""
    return f"Stalin Study progress {at.astimezone():%Y-%m-%d}{ENDING}"


def write_copy(store: StudyStore, file: Path, at: datetime) -> int:
    """Write all progress to a file, in one step; how many answers. Raises StoreProblem."""
    if _is_own(store, file):
        raise StoreProblem(OWN_FILE)
    reviews = store.query(
        "select count(*) as number, max(rowid) as last,"
        f" (select count(*) from review_log where {COUNTS}) as answers from review_log"
    )[0]
    annotations = store.annotations()
    head = {"format": FORMAT, "version": VERSION, "made_at": time_text(at)}
    head |= {"reviews": reviews["number"], "annotations": len(annotations)}
    draft = draft_of(file)
    try:
        try:
            with gzip.open(draft, "wb", compresslevel=6) as stream:
                checksum = _write(stream, [head])
                for rows in _review_rows(store, reviews["last"] or 0):
                    checksum = _write(stream, rows, checksum)
                checksum = _write(stream, map(annotation_row, annotations), checksum)
                _write(stream, [{"end": checksum}])
            settle(draft)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        log.warning("A copy could not be written: %s", error)
        raise StoreProblem(UNWRITABLE) from error
    return int(reviews["answers"])


def read_copy(file: Path, work_folder: Path) -> ReadCopy:
    """What a copy holds, or another progress file, which is not changed. Raises StoreProblem.

    In `work_folder` a progress file is copied first, to be read by the newest rules.
    """
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise StoreProblem(TOO_BIG)
        with file.open("rb") as stream:
            start = stream.read(100)
        if start.startswith(b"\x1f\x8b"):
            return _unpacked(file)
        if start.startswith(b"SQLite format 3\0"):
            lines = lines_of_file(file, work_folder)
            if lines is None:
                is_ours = int.from_bytes(start[_MAKER]) == APPLICATION_ID
                raise StoreProblem(CUT_OFF if is_ours else NOT_OURS)
            return _read_copy(file, lines)
        if _FRESH.match(start):
            return _of_recent_answers(file)
    except OSError as error:
        log.warning("A copy cannot be read: %s", error)
        raise StoreProblem(UNREADABLE) from error
    raise StoreProblem(NOT_OURS)


def take_in(store: StudyStore, copy: ReadCopy, folder: Path, at: datetime) -> str:
    """Add what a copy holds to the progress in `folder`, which is backed up first.

    A sentence about it. Raises StoreProblem, and has changed nothing then; OpenAnew if what is
    there is damaged.
    """
    try:
        make_backup(store, folder, at, "before-import")
    except DamagedFile as damage:
        raise OpenAnew(PUT_RIGHT_FIRST, is_damaged=True) from damage
    added = store.add_entries(copy.entries, copy.annotations)
    put_away(copy.file, folder)
    said = notes_and_marks(added.notes, added.marks)
    verb = "was" if added.answers == 1 and not said else "were"
    here = f"; {added.known:,} had been here already" if added.known else ""
    told = f"{listed([count_of(added.answers, 'answer'), *said])} {verb} added{here}."
    if added.taken_back:
        were = "was" if added.taken_back == 1 else "were"
        told += f" {count_of(added.taken_back, 'answer')} {were} taken back."
    return told


def _is_own(store: StudyStore, file: Path) -> bool:
    """Whether a file is the progress file, or would be one of those that are kept with it."""
    if file.name.lower() == FILE:
        return True
    main = store.query("select file from pragma_database_list where name = 'main'")[0]["file"]
    folder = Path(main).parent
    with suppress(OSError):  # a folder that is not there holds nothing of ours
        if file.parent.samefile(folder):
            return file.suffix.lower() != ENDING
        backups = folder / FOLDER
        return backups.exists() and any(map(backups.samefile, file.absolute().parents))
    return False


def _review_rows(store: StudyStore, last: int) -> Iterator[list[dict[str, Any]]]:
    """The rows of the log, some at a time, without their checksums."""
    names = ", ".join(one.name for one in fields(ReviewEntry))
    after = 0
    while rows := store.query(
        f"select rowid as place, {names} from review_log where rowid > ? and rowid <= ?"
        f" order by rowid limit {ROWS_A_STEP}",
        [after, last],
    ):
        for row in rows:
            after = row.pop("place")
        yield rows


def _write(stream: gzip.GzipFile, rows: Iterable[dict[str, Any]], checksum: int = 0) -> int:
    content = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    stream.write(content)
    return zlib.crc32(content, checksum)


def _read_copy(file: Path, lines: list[Line], skipped: int = 0) -> ReadCopy:
    """The lines that can be kept, each uuid once."""
    good = [line for line in lines if can_be_kept(line)]
    return ReadCopy(
        file,
        once(line for line in good if isinstance(line, ReviewEntry)),
        once(line for line in good if isinstance(line, Annotation)),
        skipped + len(lines) - len(good),
    )


def _of_recent_answers(file: Path) -> ReadCopy:
    if file.stat().st_size > MOST_FRESH:
        raise StoreProblem(TOO_BIG)
    try:
        fresh = read_lines(file)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise StoreProblem(NOT_OURS) from error
    if not fresh.count:
        raise StoreProblem(NOT_OURS)
    written = sum(map(bool, file.read_bytes().split(b"\n")))
    return _read_copy(file, [*fresh.entries, *fresh.annotations], written - fresh.count)


def _unpacked(file: Path) -> ReadCopy:
    rows = _rows(file)
    head = next(rows, None)
    if head is None or head.get("format") != FORMAT or type(head.get("version")) is not int:
        raise StoreProblem(NOT_OURS)
    if head["version"] > VERSION:
        raise StoreProblem(TOO_NEW)
    lines: list[Line] = []
    skipped = 0
    for row in rows:
        line = _line_of(row)
        if line is None:
            skipped += 1
        else:
            lines.append(line)
        if skipped > MOST_SKIPPED:
            raise StoreProblem(CUT_OFF)
        if len(lines) > MOST_LINES:
            raise StoreProblem(TOO_BIG)
    return _read_copy(file, lines, skipped)


def _line_of(row: dict[str, Any]) -> Line | None:
    if row.keys() == _REVIEW:
        return entry_of(row)
    return annotation_of(row) if row.keys() == _ANNOTATION else None


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
                row = msgspec.json.decode(line)
                if not isinstance(row, dict):
                    raise StoreProblem(NOT_OURS)
                if "end" in row:
                    if row["end"] != checksum or stream.read(1):
                        raise StoreProblem(CUT_OFF)
                    return
                checksum = zlib.crc32(line, checksum)
                first = False
                yield row
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError, RecursionError) as error:
        raise StoreProblem(NOT_OURS if first else CUT_OFF) from error
    raise StoreProblem(NOT_OURS if first else CUT_OFF)
