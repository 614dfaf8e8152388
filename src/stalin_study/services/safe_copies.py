"""What is done with the copies of progress while the app is open: backing up, going back."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Generator
from datetime import datetime
from pathlib import Path

from stalin_study.domain.backup_plan import is_due
from stalin_study.domain.wording import count_of
from stalin_study.services.backups import (
    Backup,
    backup_steps,
    backups_in,
    check_backup,
    look_into_backup,
    make_backup,
    remove_database,
    settle,
)
from stalin_study.services.recent_answers import Folders, RecentAnswers, read_lines
from stalin_study.services.store import FILE
from stalin_study.services.store_problems import DamagedFile, StoreProblem, explained
from stalin_study.services.study_store import StudyStore

log = logging.getLogger(__name__)


def begin_backup(
    store: StudyStore, folder: Path, at: datetime, reason: str = ""
) -> Generator[None, None, Backup] | None:
    """The steps of a backup, if there is a reason or one is due; nothing was answered, none is."""
    if store.is_read_only:
        return None
    backups = backups_in(folder)
    recent = store.recent
    has_grown = not backups or recent is None or recent.size > 0
    has_any = bool(store.query("select 1 from review_log union select 1 from annotation_log"))
    due = has_any and has_grown and is_due(backups[0].made_at if backups else None, at)
    return backup_steps(store, folder, at, reason or "daily") if reason or due else None


def restore(
    store: StudyStore, folder: Path, backup: Path, at: datetime, let_go: Callable[[], None]
) -> str:
    """Put a backup in the place of the progress file, which is backed up first.

    `let_go` closes the store; the caller opens it anew. Returns a sentence. Raises StoreProblem,
    and has changed nothing then.
    """
    file = folder / FILE
    draft = file.with_name("progress-restored.new")
    check_backup(backup)
    contents = look_into_backup(backup)
    try:
        make_backup(store, folder, at, "before-restore")
    except DamagedFile as damage:
        log.warning("What is replaced is damaged: %s", damage)
    with explained():
        try:
            remove_database(draft)
            shutil.copyfile(backup, draft)
            settle(draft)
            let_go()
            draft.replace(file)
            settle(folder)
        finally:
            remove_database(draft)
    # What was answered since then must not come back with the next recovery.
    recent = RecentAnswers(folder)
    recent.forget(recent.size)
    answers = count_of(contents.reviews, "answer")
    if contents.last_at is None:
        return "Your progress is back as it was before the first answer."
    last = contents.last_at.astimezone()
    when = f"{last.day} {last:%B} at {last:%H:%M}"
    return (
        f"Your progress is back as it was on {when}, with {answers}."
        " What you had until now is kept as a backup."
    )


def take_in_unsaved(store: StudyStore, folders: Folders) -> int | None:
    """Add answers that could not be saved earlier; how many were new, None without any files."""
    files = folders.unsaved_files()
    count = 0
    for file in files:
        lines = read_lines(file)
        try:
            count += store.add_entries(lines.entries, lines.annotations).reviews
            file.unlink()
        except (StoreProblem, OSError) as error:
            log.warning("Unsaved answers stay in %s: %s", file.name, error)
    return count if files else None
