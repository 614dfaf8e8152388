"""What is done with the copies of progress while the app is open: backing up, going back. No Qt."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from stalin_study.domain.backup_plan import is_due, lasts_as_long
from stalin_study.domain.date_words import date_of
from stalin_study.domain.wording import count_of
from stalin_study.services.backups import (
    DAMAGED_BACKUP,
    ROWS_A_STEP,
    Backup,
    backup_steps,
    backups_in,
    check_backup,
    look_into_backup,
    read_only_uri,
    remove_database,
    settle,
    verify_steps,
)
from stalin_study.services.progress_file import open_plain
from stalin_study.services.recent_answers import Folders, FreshLines, read_lines
from stalin_study.services.recovery import remove_journal
from stalin_study.services.store import FILE
from stalin_study.services.store_problems import DamagedFile, StoreProblem, explained
from stalin_study.services.study_store import LOGS, StudyStore

log = logging.getLogger(__name__)
_HIGHEST = "select " + ", ".join(f"(select max(rowid) from {table})" for table in LOGS)
NOT_RESTORED = (
    "Your progress could not be put back just now, and nothing was changed. "
    "Check that you may write in its folder, then try once more."
)


def begin_backup(
    store: StudyStore, folder: Path, at: datetime, reason: str = ""
) -> Generator[None, None, Backup] | None:
    """The steps of a backup, if there is a reason or one is due; nothing was answered, none is.

    They return the newest one if that holds the same, and is kept as long as a new one would be.
    Raises StoreProblem if there is a reason but nothing may be written.
    """
    if reason:
        store.check_writing()
        return _steps(store, folder, at, reason)
    backups = backups_in(folder)
    newest = backups[0] if backups else None
    if not store.can_write or not is_due(newest.made_at if newest else None, at):
        return None
    if not _has_grown(store, newest):
        return None
    return backup_steps(store, folder, at, "daily")


def _steps(
    store: StudyStore, folder: Path, at: datetime, reason: str
) -> Generator[None, None, Backup]:
    newest = next(iter(backups_in(folder)), None)
    if newest is not None and lasts_as_long(newest.reason, reason):
        is_same = yield from _comparing_steps(store, newest.file)
        if is_same:
            return newest
    return (yield from backup_steps(store, folder, at, reason))


def _comparing_steps(store: StudyStore, file: Path) -> Generator[None, None, bool]:
    """Whether a sound backup has the very same logs: what is damaged in either is not the same."""
    try:
        yield from verify_steps(file)
        with closing(sqlite3.connect(read_only_uri(file), uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            for table in LOGS:
                rows = f"select rowid as place, * from {table} where rowid > ? order by rowid"
                after, here = 0, [{"place": 0}]
                while here:
                    some = f"{rows} limit {ROWS_A_STEP}"
                    here = store.query(some, [after])
                    if here != [dict(row) for row in connection.execute(some, [after])]:
                        return False
                    after = here[-1]["place"] if here else after
                    yield
            # What was answered meanwhile came behind the rows that were compared.
            [row] = store.query(_HIGHEST)
            return bool(tuple(connection.execute(_HIGHEST).fetchone()) == tuple(row.values()))
    except (sqlite3.Error, DamagedFile, OSError, UnicodeDecodeError) as error:
        log.info("The newest backup is not the same: %s", error)
        return False


def _has_grown(store: StudyStore, newest: Backup | None) -> bool:
    """Whether there is something that the newest backup does not hold."""
    recent = store.recent
    if recent is None or recent.size > 0:
        return True
    # The second copy may be one that cannot be written.
    [row] = store.query(_HIGHEST)
    here = tuple(row.values())
    if newest is None:
        return any(here)
    try:
        with closing(sqlite3.connect(read_only_uri(newest.file), uri=True)) as connection:
            return bool(connection.execute(_HIGHEST).fetchone() != here)
    except sqlite3.Error:
        return True


def restore(
    store: StudyStore, folder: Path, backup: Path, at: datetime, let_go: Callable[[], None]
) -> str:
    """Put a backup in the place of the progress file, which is backed up first.

    `let_go` closes the store; the caller opens it anew. Returns a sentence. Raises StoreProblem,
    and has changed nothing then; DamagedFile if what is there now is damaged and must be put right
    first.
    """
    file = folder / FILE
    draft = file.with_name("progress-restored.new")
    store.check_writing()
    check_backup(backup)
    contents = look_into_backup(backup)
    try:
        _bring_up_to_date(backup, draft)
        for _ in _steps(store, folder, at, "before-restore"):
            pass
        # What was answered since then, and is in that backup now, must not be taken back by the
        # next start: that is why it goes before the file is replaced.
        if store.recent is not None and not store.recent.forget(store.recent.size):
            raise StoreProblem(NOT_RESTORED)
        with explained():
            let_go()
            draft.replace(file)
            settle(folder)
    finally:
        remove_database(draft)
    answers = count_of(contents.answers, "answer")
    if contents.last_at is None:
        return "Your progress is back as it was before the first answer."
    last = contents.last_at.astimezone()
    when = f"{date_of(last)} at {last:%H:%M}"
    return (
        f"Your progress is back as it was on {when}, with {answers}."
        " What you had until now is kept as a backup."
    )


def _bring_up_to_date(backup: Path, draft: Path) -> None:
    """Copy a backup and have the copy opened as the next start would. Raises StoreProblem."""
    with explained():
        remove_database(draft)
        shutil.copyfile(backup, draft)
        try:
            open_plain(draft).close()
        except DamagedFile as damage:
            raise StoreProblem(DAMAGED_BACKUP) from damage
        remove_journal(draft)
        settle(draft)


def take_in_unsaved(store: StudyStore, folders: Folders) -> int | None:
    """Add answers that could not be saved earlier; how many were new, None without any files.

    A file that cannot be read or taken in stays where it is.
    """
    found: dict[Path, FreshLines] = {}
    for file in folders.unsaved_files():
        try:
            found[file] = read_lines(file)
        except OSError as error:
            log.warning("Unsaved answers stay in %s: %s", file.name, error)
    if not found:
        return None
    try:
        added = store.add_entries(
            [entry for lines in found.values() for entry in lines.entries],
            [note for lines in found.values() for note in lines.annotations],
        )
    except (StoreProblem, ValueError, OverflowError) as error:
        # ValueError, OverflowError: a date with which no memory state can be made.
        log.warning("Unsaved answers stay where they are: %s", error)
        return None
    for file in found:
        try:
            folders.forget(file)
        except OSError as error:
            log.warning("Unsaved answers stay in %s: %s", file.name, error)
    return added.answers
