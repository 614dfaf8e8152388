"""Opening the progress file: an append-only log of reviews, and the memory states made from it.

A rollback journal, truncated, with full sync: the file may lie on a network drive, where WAL's
shared memory does not work. See docs/decisions/0003-append-only-log.md. No Qt here.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from stalin_study.domain.annotations import CardAnnotations, current
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.wording import count_of
from stalin_study.services.backups import read_only_uri, remove_database, settle
from stalin_study.services.migrations import is_readable
from stalin_study.services.progress_file import (
    BUSY_SECONDS,
    check_header,
    checked,
    closed_on_error,
    open_plain,
)
from stalin_study.services.recent_answers import RecentAnswers
from stalin_study.services.recovery import RECOVERED, Found, build_again, find_all
from stalin_study.services.store_problems import (
    LOOK_ONLY,
    READ_ONLY,
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
NO_ROOM_TO_RECOVER = (
    "Your progress file is damaged, and what was found could not be written yet. "
    "Make some space on the disk and start Stalin Study again; nothing is lost."
)


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
    it is known to be, though it opens.
    """
    if is_read_only:
        return _looked_at(folder, now, busy_seconds)
    file = folder / FILE
    opening = _Opening(file, busy_seconds, may_write, now)
    with explained():
        folder.mkdir(parents=True, exist_ok=True)
        _finish_recovery(file)
        try:
            if is_damaged:
                raise DamagedFile("found so before")
            if not file.exists() or not file.stat().st_size:
                return _with_times(_recovered(opening, is_gone=True) or opening.open(), now())
            return _with_times(opening.open(), now())
        except DamagedFile as damage:
            log.error("The progress file is damaged: %s", damage)
        return _with_times(_recovered(opening, is_gone=False) or opening.open(), now())


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a progress file is to be opened."""

    file: Path
    busy_seconds: float
    may_write: Callable[[], bool]
    now: Callable[[], datetime]

    def open(self) -> OpenedStore:
        """Open it, made if need be."""
        return _open(self.file, self.busy_seconds, self.may_write, self.now)


def _looked_at(folder: Path, now: Callable[[], datetime], busy_seconds: float) -> OpenedStore:
    """Progress to look at; where there is none, nothing in memory."""
    looked = look_into_store(folder, busy_seconds)
    if looked is not None:
        return replace(_with_times(looked, now()), notice=LOOK_ONLY)
    store = open_plain(Path(":memory:"), is_read_only=True)
    return OpenedStore(store, {}, LOOK_ONLY)


def _recovered(opening: _Opening, *, is_gone: bool) -> OpenedStore | None:
    """Progress made again from what is left, with a notice; None when it begins anew.

    In steps each of which can be the last one: the new file is whole before the old one is moved,
    and `_finish_recovery` does what is left to do.
    """
    file, folder = opening.file, opening.file.parent
    found = find_all(folder, None if is_gone else file)
    if is_gone and not found.answers and not found.annotations:
        return None
    log.error("%s answers are brought back", found.answers)
    try:
        made = build_again(folder, found)
    except (OSError, StoreProblem):
        if is_gone or not found.answers:
            raise
        log.exception("What was found could not be written")
        raise StoreProblem(NO_ROOM_TO_RECOVER) from None
    aside = None if not file.exists() else _set_aside(file, opening.now())
    made.replace(file)
    settle(folder)
    return replace(opening.open(), notice=_told(found, aside, is_gone=is_gone))


def _finish_recovery(file: Path) -> None:
    """Put in place what a recovery made that was interrupted; or let it begin anew."""
    made = file.with_name(RECOVERED)
    if not made.exists():
        return
    if file.exists():
        remove_database(made)
    else:
        made.replace(file)
        settle(file.parent)


def _told(found: Found, aside: Path | None, *, is_gone: bool) -> str:
    answers = count_of(found.answers, "answer")
    if is_gone or aside is None:
        return f"Your progress file was gone: {answers} brought back from the copies of it."
    if found.answers or found.annotations:
        return (
            f"Your progress file was damaged: {answers} brought back, and the damaged file is"
            f" kept as {aside.name}."
        )
    return (
        "Your progress file could not be read, so a new one was started; "
        f"the old one is kept as {aside.name}."
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
            check_header(file)
            connection = sqlite3.connect(read_only_uri(file), uri=True, timeout=busy_seconds)
            with closed_on_error(connection):
                db = checked(connection)
                if not is_readable(db):
                    connection.close()
                    return None
                store = StudyStore(db, is_read_only=True)
                return _read(store, READ_ONLY)
        except DamagedFile as damage:
            raise StoreProblem(
                f"The progress file in {folder} is damaged; nothing was changed."
            ) from damage
        except sqlite3.Error as error:
            if code_of(error) in UNWRITABLE:
                # A journal that was left behind must be played back first, which is writing.
                raise StoreProblem(UNFINISHED) from error
            raise


def _open(
    file: Path, busy_seconds: float, may_write: Callable[[], bool], now: Callable[[], datetime]
) -> OpenedStore:
    recent = RecentAnswers(file.parent)
    try:
        store = open_plain(file, busy_seconds, recent, may_write, now)
        if not store.are_newest_sound():
            store.close()
            raise DamagedFile("a row is not as it was saved")
    except sqlite3.Error as error:
        if code_of(error) not in UNWRITABLE:
            raise
        opened = look_into_store(file.parent, busy_seconds)
        if opened is None:
            raise
        return opened
    return _read(store)


def _read(store: StudyStore, notice: str = "") -> OpenedStore:
    """What a store holds, for the app; it is closed if that cannot be read."""
    try:
        states, annotations = store.memory_states(), current(store.annotations())
    except BaseException:
        store.close()
        raise
    return OpenedStore(store, states, notice, annotations=annotations)


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
