"""A second copy of each answer since the last backup, so that one damaged file loses none.

Lines of JSON, each behind its own CRC-32. Each is on disk before the progress file is changed.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.last_resorts import is_own, make_own
from stalin_study.services.store_rows import (
    annotation_of,
    annotation_row,
    entry_of,
    entry_row,
)
from stalin_study.services.whole_file import write_whole
from stalin_study.small_file import read_small

log = logging.getLogger(__name__)
FILE = "recent-answers.jsonl"
UNSAVED = "unsaved-answers-"
MOST_BYTES = 1_000_000
_MOST_READ = 200_000_000
Line = ReviewEntry | Annotation


@dataclass(frozen=True, slots=True)
class FreshLines:
    """What such a file holds."""

    entries: tuple[ReviewEntry, ...] = ()
    annotations: tuple[Annotation, ...] = ()

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.entries) + len(self.annotations)


class RecentAnswers:
    """The file of a data folder; what goes wrong with it is logged, and harms nothing else.

    `has_failed` when something could not be added lately.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self.has_failed = False

    @contextmanager
    def holding(self, lines: Sequence[Line]) -> Iterator[None]:
        """Have lines on disk, if that can be done, while they are saved; gone if they are not."""
        before = self.size
        self._add(lines)
        after = self.size
        try:
            yield
        except Exception:
            # Another computer may have taken over, and added lines of its own.
            if self.size == after:
                self._cut(before)
            raise

    def _add(self, lines: Sequence[Line]) -> None:
        content = b"".join(map(_written, lines))
        try:
            with self.file.open("a+b") as stream:
                # What a killed program left unfinished must not spoil the line after it.
                if not _ends_a_line(stream.fileno()):
                    content = b"\n" + content
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            if not self.has_failed:
                log.warning("There is no second copy of the last answers: %s", error)
            self.has_failed = True
        else:
            self.has_failed = False

    def _cut(self, size: int) -> None:
        with suppress(OSError):
            os.truncate(self.file, size)

    @property
    def size(self) -> int:
        """How many bytes it has; 0 if it is not there."""
        try:
            return self.file.stat().st_size
        except OSError:
            return 0

    def read(self) -> FreshLines:
        """All that can be read of it."""
        try:
            return read_lines(self.file)
        except FileNotFoundError:
            return FreshLines()
        except OSError as error:
            log.warning("The second copy of the last answers cannot be read: %s", error)
            return FreshLines()

    def forget(self, size: int) -> bool:
        """Leave out the first bytes, whose lines are in a backup by now; whether they are gone."""
        try:
            content = read_small(self.file, _MOST_READ)[size:]
            write_whole(self.file, content)
        except FileNotFoundError:
            return True
        except OSError as error:
            log.warning("The second copy of the last answers only grows: %s", error)
            return False
        return True


def read_lines(file: Path) -> FreshLines:
    """The whole, sound lines of a file. Raises OSError if it cannot be read."""
    content = read_small(file, _MOST_READ)
    found = list(_sound(content.split(b"\n"), file.name))
    return FreshLines(
        tuple(one for one in found if isinstance(one, ReviewEntry)),
        tuple(one for one in found if isinstance(one, Annotation)),
    )


@dataclass(frozen=True, slots=True)
class Folders:
    """Where progress is kept, and where answers go that cannot be saved there.

    The `last` ones are used when no `spare` one can be: see `last_resorts`.
    """

    data: Path
    spare: tuple[Path, ...] = ()
    last: tuple[Path, ...] = ()

    @property
    def is_gone(self) -> bool:
        """Whether the folder of the progress is not there: removed, renamed, or on a lost drive."""
        return not self.data.is_dir()

    def write_unsaved(self, name: str, lines: Sequence[Line]) -> Path | None:
        """Keep answers that could not be saved, in the first folder that takes them.

        A data folder that is gone is not made anew: that would hide the one that may come back.
        """
        content = b"".join(map(_written, lines))
        for folder in (self.data, *self.spare, *self.last):
            try:
                self._make(folder)
                file = _free(folder, f"{UNSAVED}{self._mark}-{name}")
                write_whole(file, content)
            except OSError as error:
                log.warning("Unsaved answers cannot be kept in %s: %s", folder, error)
            else:
                return file
        return None

    def unsaved_files(self) -> list[Path]:
        """Files of such answers; in a spare folder only those of this data folder."""
        own = sorted(self.data.glob(f"{UNSAVED}*.jsonl"))
        return own + [
            file
            for folder in (*self.spare, *filter(is_own, self.last))
            for file in sorted(folder.glob(f"{UNSAVED}{self._mark}-*.jsonl"))
        ]

    def forget(self, file: Path) -> None:
        """Remove a file of answers that are saved by now. Raises OSError."""
        file.unlink()
        if file.parent in self.last:
            with suppress(OSError):  # there are others in it
                file.parent.rmdir()

    def _make(self, folder: Path) -> None:
        if folder in self.last:
            make_own(folder)
        elif folder != self.data and not (self.is_gone and self.data in folder.parents):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def _mark(self) -> str:
        return f"{crc32(str(self.data.absolute()).encode('utf-8', 'surrogateescape')):08x}"


def _written(line: Line) -> bytes:
    row = entry_row(line) if isinstance(line, ReviewEntry) else annotation_row(line)
    content = json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode()
    return b"%08x %s\n" % (crc32(content), content)


def _sound(lines: Iterable[bytes], name: str) -> Iterator[Line]:
    for line in lines:
        mark, _, content = line.partition(b" ")
        if not line:
            continue
        if not content or mark != b"%08x" % crc32(content):
            # No harm: a program that is killed leaves half a line that was told to nobody.
            log.info("A line of %s is not whole", name)
            continue
        row: dict[str, Any] = json.loads(content)
        found = entry_of(row) if "subject_id" in row else annotation_of(row)
        if found is not None:
            yield found


def _free(folder: Path, stem: str) -> Path:
    """A name that is not taken: earlier answers are not written over, whatever the clock does."""
    number, file = 1, folder / f"{stem}.jsonl"
    while file.exists():
        number += 1
        file = folder / f"{stem}-{number}.jsonl"
    return file


def _ends_a_line(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    if not size:
        return True
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"
