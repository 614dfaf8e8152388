"""Makes a progress file again from what is left: backups, the second copy, readable rows."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from stalin_study.domain.annotations import Annotation
from stalin_study.domain.memory import counted
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.backups import backups_in, remove_database, settle, verify
from stalin_study.services.progress_file import open_plain
from stalin_study.services.recent_answers import RecentAnswers
from stalin_study.services.salvage import first_page_of, salvaged, salvaged_behind
from stalin_study.services.store_problems import DamagedFile, StoreProblem

log = logging.getLogger(__name__)
RECOVERED = "progress-recovered.sqlite3"


@dataclass(slots=True)
class Found:
    """All that could be found, each by its uuid."""

    entries: dict[str, ReviewEntry] = field(default_factory=dict)
    annotations: dict[str, Annotation] = field(default_factory=dict)

    def add(self, lines: Iterable[ReviewEntry | Annotation]) -> None:
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
        found.add(salvaged(backup.file))
    if damaged is not None and damaged.exists():
        found.add(_all_salvaged(damaged, folder))
    return found


def _all_salvaged(damaged: Path, folder: Path) -> list[ReviewEntry | Annotation]:
    """What a damaged file still holds, also when only its first page is lost."""
    lines = list(salvaged(damaged))
    if lines:
        return lines
    pages = [first_page_of(backup.file) for backup in backups_in(folder)[:2]]
    try:
        pages.append(_new_first_page(folder / "first-page.new"))
        return salvaged_behind([page for page in pages if page], damaged, folder / "salvaged.new")
    except (OSError, sqlite3.Error, DamagedFile, StoreProblem) as error:
        log.info("Nothing is salvaged: %s", error)
        return []


def _new_first_page(draft: Path) -> bytes | None:
    try:
        remove_database(draft)
        open_plain(draft).close()
        return first_page_of(draft)
    finally:
        remove_database(draft)


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
