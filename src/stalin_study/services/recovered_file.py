"""Puts a progress file that was made again in the place of a damaged or lost one. No Qt.

In steps each of which can be the last one: the new file is whole before the old one is moved, and
the next start does what is left to do.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

from stalin_study.domain.wording import count_of
from stalin_study.services.backups import remove_database, settle
from stalin_study.services.recovery import RECOVERED, Found, build_again, find_all
from stalin_study.services.store_problems import StoreProblem

log = logging.getLogger(__name__)
# The journal goes first: left behind, SQLite would play it into the new file.
_PARTS = ("-journal", "-wal", "-shm", "")
FINISHED = "Your progress file was damaged and is made again from the copies of it."
NO_ROOM = (
    "Your progress file is damaged, and what was found could not be written yet. "
    "Make some space on the disk and start Stalin Study again; nothing is lost."
)


def recover(file: Path, at: datetime, *, is_gone: bool) -> str:
    """Make it again from what is left; a notice, or "" when it was gone and begins anew.

    Raises StoreProblem, OSError, and has changed nothing then.
    """
    folder = file.parent
    found = find_all(folder, None if is_gone else file)
    if is_gone and not found.answers and not found.annotations:
        return ""
    log.error("%s answers are brought back", found.answers)
    try:
        made = build_again(folder, found)
    except (OSError, StoreProblem):
        if is_gone or not found.answers:
            raise
        log.exception("What was found could not be written")
        raise StoreProblem(NO_ROOM) from None
    aside = set_aside(file, at)
    made.replace(file)
    settle(folder)
    return _told(found, aside, is_gone=is_gone)


def finish_recovery(file: Path, at: datetime) -> str:
    """Put in place what a recovery made that was cut off, with a notice; or let it begin anew."""
    made = file.with_name(RECOVERED)
    if not made.exists():
        return ""
    if file.exists():
        remove_database(made)
        return ""
    set_aside(file, at)
    made.replace(file)
    settle(file.parent)
    return FINISHED


def set_aside(file: Path, at: datetime) -> Path | None:
    """Where the file is kept from now on, with its journal; None if there was nothing in it."""
    stem = f"progress-damaged-{at.astimezone(UTC):%Y%m%d-%H%M%S}"
    number, aside = 1, file.with_name(f"{stem}.sqlite3")
    while any(aside.with_name(aside.name + ending).exists() for ending in _PARTS):
        number += 1
        aside = file.with_name(f"{stem}-{number}.sqlite3")
    for ending in _PARTS:
        part = file.with_name(file.name + ending)
        if not part.exists():
            continue
        if part.stat().st_size:
            part.rename(aside.with_name(aside.name + ending))
        else:
            part.unlink()
    if not aside.exists():
        return None
    log.error("A progress file that could not be read is kept as %s", aside.name)
    return aside


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
