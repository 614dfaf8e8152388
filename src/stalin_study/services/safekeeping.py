"""Backups and copies of progress, for the pupil: listed, made, looked into, taken in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject

from stalin_study.domain.date_words import moment
from stalin_study.domain.merging import Comparison, compared
from stalin_study.domain.wording import count_of
from stalin_study.services.backing_up import BackingUp
from stalin_study.services.backups import (
    Backup,
    BackupContents,
    backups_in,
    look_into_backup,
)
from stalin_study.services.found_copies import LIVE, FoundCopy, found_copies, put_away
from stalin_study.services.progress_copy import (
    ReadCopy,
    read_copy,
    take_in,
    write_copy,
)
from stalin_study.services.review_writer import ReviewWriter
from stalin_study.services.reviews import Reviews
from stalin_study.services.store import FILE
from stalin_study.services.store_problems import (
    FOLDER_GONE,
    DamagedFile,
    StoreProblem,
    told,
)
from stalin_study.services.study_store import StudyStore
from stalin_study.services.writer_report import WriterReport

log = logging.getLogger(__name__)
# How many answers there are, if that can be told; copies with their size and when they changed.
Around = tuple[int | None, tuple[tuple[Path, int, datetime], ...]]
Tell = Callable[[str], None]
NOT_PUT_AWAY = (
    "It could not be put away. Check that no other program has it open, and that you may write in"
    " the folder of your progress."
)
ITSELF = "That is your progress itself, so there is nothing to add. Choose a copy of it."


@dataclass(frozen=True, slots=True)
class KnownBackup:
    """A backup with what it holds; `contents` is None if it cannot be read."""

    backup: Backup
    contents: BackupContents | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A copy that was read, and what it would add."""

    copy: ReadCopy
    comparison: Comparison


class Safekeeping(QObject):
    """Does all of it where the progress file lives; outcomes come to the calling thread."""

    def __init__(
        self,
        reviews: Reviews,
        backing_up: BackingUp,
        folder: Path,
        subjects: Collection[str],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._backing_up = backing_up
        self._subjects = subjects
        self._now = now
        self.folder = folder

    def list_backups(
        self, on_listed: Callable[[tuple[KnownBackup, ...]], None], on_problem: Tell
    ) -> None:
        """The backups, the newest first."""
        self._reviews.ask(lambda _: tuple(map(_known, self._backups())), on_listed, on_problem)

    def look_for_newest(self, on_found: Callable[[Backup | None], None], on_problem: Tell) -> None:
        """The newest backup; none is opened for it."""
        self._reviews.ask(lambda _: next(iter(self._backups()), None), on_found, on_problem)

    def back_up(self, on_done: Tell, on_problem: Tell) -> None:
        """Make a backup now, if anything has changed."""

        def tell(same_since: datetime | None) -> None:
            if same_since is None:
                on_done("A backup is made.")
            else:
                when = moment(same_since, self._now())
                on_done(f"Nothing has changed since the last backup, {when}.")

        self._backing_up.back_up("asked", tell, on_problem)

    def restore(self, backup: Path, on_done: Tell, on_problem: Tell) -> None:
        """Go back to a backup."""
        self._backing_up.restore(backup, on_done, on_problem)

    def export_to(self, file: Path, on_done: Tell, on_problem: Tell) -> None:
        """Write a copy to take along."""
        at = self._now()

        def tell(count: int) -> None:
            on_done(f"A copy with {count_of(count, 'answer')} is saved as {file.name}.")

        self._reviews.ask(lambda store: write_copy(store, file, at), tell, on_problem)

    def look_into(self, file: Path, on_read: Callable[[Preview], None], on_problem: Tell) -> None:
        """Read a copy, and compare it; changes nothing."""
        at = self._now()

        def read(store: StudyStore) -> Preview:
            if file.parent == self.folder and file.name.lower() in LIVE:
                raise StoreProblem(ITSELF)
            copy = read_copy(file, self.folder)
            here, known = store.entries(), store.uuids()
            told = compared(here, known, copy.entries, copy.annotations, self._subjects, at)
            return Preview(copy, told)

        self._reviews.ask(read, on_read, on_problem)

    def take_in(self, copy: ReadCopy, on_done: Tell, on_problem: Tell) -> None:
        """Add what a copy holds; what is here is backed up first."""
        at = self._now()

        def work(writer: ReviewWriter) -> tuple[str, WriterReport]:
            # A backup that is being made has the same draft. What is wrong with it, the one that
            # is made before the copy is taken in tells.
            with suppress(DamagedFile, StoreProblem):
                while writer.back_up_further():
                    pass
            return writer.change(lambda store: take_in(store, copy, self.folder, at))

        self._reviews.run(work, on_done, told(on_problem))

    def put_away(self, file: Path, on_done: Tell, on_problem: Tell) -> None:
        """Put a copy from beside the progress among the backups, though nothing of it is added."""

        def move(store: StudyStore) -> str:
            store.check_writing()
            if not put_away(file, self.folder, "unread"):
                raise StoreProblem(NOT_PUT_AWAY)
            return f"“{file.name}” is put away among the backups. Nothing was added."

        self._reviews.ask(move, on_done, on_problem)

    def look_around(self) -> Around:
        """How many answers there are now, and the copies beside them. Where they can be read."""
        try:
            present = look_into_backup(self.folder / FILE).answers
        except StoreProblem:
            present = None
        found = []
        for copy in self.copies():
            try:
                at = datetime.fromtimestamp(copy.file.stat().st_mtime, UTC)
            except (OSError, ValueError, OverflowError) as error:
                log.info("A copy is passed over: %s", error)
            else:
                found.append((copy.file, copy.size, at))
        return present, tuple(found)

    def _backups(self) -> list[Backup]:
        if not self.folder.is_dir():
            raise StoreProblem(FOLDER_GONE.format(self.folder))
        return backups_in(self.folder)

    def copies(self) -> tuple[FoundCopy, ...]:
        """Copies beside the progress file that a service has made."""
        return found_copies(self.folder)


def _known(backup: Backup) -> KnownBackup:
    try:
        return KnownBackup(backup, look_into_backup(backup.file))
    except StoreProblem:
        return KnownBackup(backup, None)
