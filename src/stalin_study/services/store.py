"""Opening the progress file: an append-only log of reviews, and the memory states made from it.

A rollback journal, truncated, with full sync: the file may lie on a network drive, where WAL's
shared memory does not work. See docs/decisions/0003-append-only-log.md. No Qt here.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from stalin_study.domain.annotations import CardAnnotations, current
from stalin_study.domain.memory import MemoryState, counted
from stalin_study.domain.wording import count_of
from stalin_study.services.backups import read_only_uri, verify
from stalin_study.services.migrations import is_readable
from stalin_study.services.progress_file import (
    BUSY_SECONDS,
    check_header,
    checked,
    closed_on_error,
    open_plain,
)
from stalin_study.services.recent_answers import RecentAnswers
from stalin_study.services.recovered_file import finish_recovery, recover
from stalin_study.services.store_problems import (
    LOOK_ONLY,
    OUT_OF_REACH,
    READ_ONLY,
    TAKEN_OVER,
    UNFINISHED,
    UNWRITABLE,
    DamagedFile,
    StoreProblem,
    code_of,
    explained,
)
from stalin_study.services.study_store import StudyStore, always

log = logging.getLogger(__name__)
FILE = "progress.sqlite3"
TIMES_KEPT = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """A store with the states in it; `notice` is a sentence for the pupil, or empty.

    `times` are those of the reviews of the last weeks, with their milliseconds.
    """

    store: StudyStore
    states: dict[str, MemoryState]
    notice: str = ""
    times: tuple[tuple[datetime, int], ...] = ()
    annotations: dict[str, CardAnnotations] = field(default_factory=dict)


def open_store(
    folder: Path,
    now: Callable[[], datetime],
    *,
    may_write: Callable[[], bool] = always,
    is_read_only: bool = False,
    is_damaged: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> OpenedStore:
    """Open the progress in `folder`, made if need be.

    What is no sound progress file is set aside under a name with the time, and a new one made from
    what can be found: backups, the second copy of the last answers, readable rows. Where nothing
    can be written, progress is opened for reading. Raises StoreProblem, also for a file of a newer
    version, which is left as it is. Waits up to `busy_seconds` for another program. `is_damaged`:
    it may be, though it opens, so that all of it is verified.
    """
    if is_read_only:
        return _looked_at(folder, now, busy_seconds, LOOK_ONLY)
    if not may_write():
        return _looked_at(folder, now, busy_seconds, TAKEN_OVER)
    file = folder / FILE
    opening = _Opening(file, busy_seconds, may_write, now)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        # It stays the data folder: progress must not begin anew in another place.
        raise StoreProblem(OUT_OF_REACH.format(folder)) from error
    with explained():
        notice = finish_recovery(file, now())
        try:
            opened = opening.open(is_suspect=is_damaged)
        except _Gone:
            notice = recover(file, now(), is_gone=True)
            opened = opening.open(is_new=True)
        except DamagedFile as damage:
            log.error("The progress file is damaged: %s", damage)
            notice = recover(file, now(), is_gone=False)
            opened = opening.open()
        return _with_times(replace(opened, notice=notice or opened.notice), now())


class _Gone(Exception):
    """There is no progress file, or an empty one."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a progress file is to be opened."""

    file: Path
    busy_seconds: float
    may_write: Callable[[], bool]
    now: Callable[[], datetime]

    def open(self, *, is_suspect: bool = False, is_new: bool = False) -> OpenedStore:
        """Open it, all of it verified if it is suspect; `is_new` makes it if need be."""
        if not is_new and not (self.file.exists() and self.file.stat().st_size):
            raise _Gone
        if is_suspect:
            self._open().store.close()  # plays back a journal, if there is one
            verify(self.file)
        return self._open()

    def _open(self) -> OpenedStore:
        recent = RecentAnswers(self.file.parent)
        try:
            store = open_plain(self.file, self.busy_seconds, recent, self.may_write, self.now)
            if not store.are_newest_sound():
                store.close()
                raise DamagedFile("a row is not as it was saved")
        except sqlite3.Error as error:
            if code_of(error) not in UNWRITABLE:
                raise
            opened = look_into_store(self.file.parent, self.busy_seconds)
            if opened is None:
                raise
            return opened
        told = _taken_back(store, recent)
        return replace(_read(store), notice=told)


def _looked_at(
    folder: Path, now: Callable[[], datetime], busy_seconds: float, why: str
) -> OpenedStore:
    """Progress to look at; where there is none, nothing in memory."""
    looked = look_into_store(folder, busy_seconds, why)
    if looked is not None:
        return _with_times(looked, now())
    store = open_plain(Path(":memory:"), refusal=why)
    return OpenedStore(store, {}, why)


def _with_times(opened: OpenedStore, at: datetime) -> OpenedStore:
    try:
        times = opened.store.times_taken(at - TIMES_KEPT)
    except (ValueError, OverflowError) as error:
        log.warning("The times of the last reviews make no sense: %s", error)
        times = []
    return replace(opened, times=tuple(times))


def look_into_store(
    folder: Path, busy_seconds: float = BUSY_SECONDS, why: str = READ_ONLY
) -> OpenedStore | None:
    """Open for reading only: makes and changes no file. None where there is no progress yet.

    `why` is told to the pupil. Raises StoreProblem for a file that is damaged or of a newer
    version.
    """
    file = folder / FILE
    with explained():
        try:
            if not file.exists():
                return None
            check_header(file)
            connection = sqlite3.connect(read_only_uri(file), uri=True, timeout=busy_seconds)
            with closed_on_error(connection):
                db = checked(connection)
                if not is_readable(db):
                    connection.close()
                    return None
                return _read(StudyStore(db, is_read_only=True, refusal=why), why)
        except DamagedFile as damage:
            raise StoreProblem(
                f"The progress file in {folder} is damaged; nothing was changed."
            ) from damage
        except sqlite3.Error as error:
            if code_of(error) in UNWRITABLE:
                # A journal that was left behind must be played back first, which is writing.
                raise StoreProblem(UNFINISHED) from error
            raise


def _taken_back(store: StudyStore, recent: RecentAnswers) -> str:
    """Add lines of the second copy that the file lacks, being an older one; a sentence about it.

    Nothing is said of what was being saved when the program ended: it was not told as saved.
    """
    fresh = recent.read()
    try:
        missing = store.take_back(fresh)
    except (StoreProblem, ValueError, OverflowError) as error:
        log.warning("What is missing cannot be added at the moment: %s", error)
        return ""
    last_at = fresh.entries[-1].reviewed_at if fresh.entries else None
    answers = sum(one.reviewed_at != last_at for one in counted(missing.entries))
    verb = "is" if answers == 1 else "are"
    told = f"{count_of(answers, 'answer')} that your progress file had lost {verb} back."
    return told if answers else ""


def _read(store: StudyStore, notice: str = "") -> OpenedStore:
    """What a store holds, for the app; it is closed if that cannot be read."""
    try:
        states, annotations = store.memory_states(), current(store.annotations())
    except BaseException:
        store.close()
        raise
    return OpenedStore(store, states, notice, annotations=annotations)
