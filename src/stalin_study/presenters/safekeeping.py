"""Backups and copies of progress: what there is, what going back or adding would change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.date_words import moment
from stalin_study.presenters.safekeeping_words import (
    adding,
    backup_words,
    first_upper,
    going_back,
    size_words,
)
from stalin_study.services.backups import Backup
from stalin_study.services.progress_copy import (
    CUT_OFF,
    ENDING,
    NOT_OURS,
    TOO_BIG,
    ReadCopy,
    copy_name,
)
from stalin_study.services.reviews import Reviews
from stalin_study.services.safekeeping import Around, KnownBackup, Preview, Safekeeping
from stalin_study.services.whole_file import named

BACKING_UP, GOING_BACK = "Making a backup…", "Going back…"
SAVING, READING, ADDING = "Saving the copy…", "Reading…", "Adding…"
PUT_AWAY = "The copy is put away among the backups: everything in it was here already."
ADD, PUT_IT_AWAY = "Add them", "Put it away"
CAN_GO = "You can put it away among the backups, so that it is not found again. It is not deleted."
NO_USE = (CUT_OFF, NOT_OURS, TOO_BIG)
NO_BACKUP = "No backup has been made yet."
NONE = "There are no backups yet. One is made by itself each day that you study."
NOT_REACHED = "Your backups cannot be reached just now."


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A backup as it is listed; `answers` is None if it cannot be read."""

    file: Path
    title: str
    words: str
    answers: int | None


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy beside the progress file: its name, and when it was changed."""

    file: Path
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """What a copy would add, a sentence a line.

    `agree` is what the pupil can say to that, empty if there is nothing to do. `is_found` says
    that the copy lies beside the progress file.
    """

    title: str
    lines: tuple[str, ...]
    agree: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class SafekeepingState:
    """What there is, and what goes on.

    `backups` and `copies` are None until they are listed; `no_backups` says why there are none.
    `last_backup` is a sentence, or empty
    until it is known. `doing` says what goes on, empty when nothing does. `asked` is the backup
    that the pupil may go back to, and `question` what that would change. `message` is a sentence,
    of a problem if `is_problem`.
    """

    folder: Path
    offered_name: str = ""
    backups: tuple[BackupLine, ...] | None = None
    copies: tuple[CopyLine, ...] | None = None
    last_backup: str = ""
    doing: str = ""
    asked: Path | None = None
    question: str = ""
    preview: CopyPreview | None = None
    message: str = ""
    is_problem: bool = False
    no_backups: str = NONE


class SafekeepingPresenter(QObject):
    """Has one thing done at a time: a wish meanwhile is passed over."""

    state_changed = Signal(object)

    def __init__(
        self,
        keeping: Safekeeping,
        reviews: Reviews,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeping = keeping
        self._reviews = reviews
        self._now = now
        self._present: int | None = None
        self._copy: ReadCopy | None = None
        self._unread: Path | None = None
        self.state = SafekeepingState(keeping.folder)

    def look_at_last_backup(self) -> None:
        """Find out when the newest backup was made; no backup is opened for it."""

        def tell(newest: Backup | None) -> None:
            self._swap(last_backup=_last(newest, self._now()))

        self._keeping.look_for_newest(tell, lambda _: self._swap(last_backup=NOT_REACHED))

    def open(self) -> None:
        """All of it comes into view: what was asked and told before is over."""
        name = copy_name(self._now())
        if self.state.doing:
            self._swap(offered_name=name)
        else:
            self._put_away(offered_name=name, message="", is_problem=False)
        self._list()

    def back_up(self) -> None:
        """Make a backup now."""
        if self._begin(BACKING_UP):
            self._keeping.back_up(self._done, self._failed)

    def ask_to_go_back(self, backup: Path) -> None:
        """Say what going back to this backup would change."""
        found = [line for line in self.state.backups or () if line.file == backup]
        if self.state.doing or not found or found[0].answers is None:
            return
        question = going_back(self._present, found[0].answers)
        self._put_away(asked=backup, question=question, message="", is_problem=False)

    def go_back(self) -> None:
        """Go back to the backup that was asked about."""
        backup = self.state.asked
        if backup is not None and self._begin(GOING_BACK):
            self._keeping.restore(backup, self._done, self._failed)

    def save_copy(self, file: str) -> None:
        """Write a copy to take along; no name changes nothing."""
        if file and self._begin(SAVING):
            self._keeping.export_to(named(Path(file), ENDING), self._done, self._failed)

    def look_into(self, file: str | Path) -> None:
        """Say what this copy would add; no name changes nothing."""
        if str(file) and self._begin(READING):
            path = Path(file)
            self._keeping.look_into(
                path, self._take_preview, lambda problem: self._not_read(path, problem)
            )

    def add(self) -> None:
        """Add what the copy holds that was looked into."""
        copy, unread, preview = self._copy, self._unread, self.state.preview
        if preview is None or not preview.agree or not self._begin(ADDING):
            return
        if unread is not None:
            self._keeping.put_away(unread, self._done, self._failed)
        if copy is None:
            return
        is_here = not _adds(preview)
        self._keeping.take_in(
            copy, lambda told: self._done(PUT_AWAY if is_here else told), self._failed
        )

    def cancel(self) -> None:
        """Leave everything as it is."""
        if not self.state.doing:
            self._put_away()

    def _begin(self, doing: str) -> bool:
        if self.state.doing:
            return False
        self._put_away(doing=doing, message="", is_problem=False)
        return True

    def _done(self, told: str) -> None:
        self._swap(doing="", message=told, is_problem=False)
        self._list()

    def _failed(self, problem: str) -> None:
        self._swap(doing="", message=problem, is_problem=True)
        self._list()

    def _take_preview(self, preview: Preview) -> None:
        copy, told = preview.copy, preview.comparison
        is_found = copy.file.parent == self._keeping.folder
        agree = ADD if told.adds else PUT_IT_AWAY if is_found else ""
        shown = CopyPreview(
            copy.file.name, adding(told, copy.skipped, self._now()), agree, is_found
        )
        self._copy, self._unread = copy, None
        self._swap(doing="", preview=shown)

    def _not_read(self, file: Path, problem: str) -> None:
        """What lies beside the progress and is no use can be put away; else it stays listed."""
        if file not in [copy.file for copy in self.state.copies or ()] or problem not in NO_USE:
            self._failed(problem)
            return
        self._copy, self._unread = None, file
        preview = CopyPreview(file.name, (problem, CAN_GO), PUT_IT_AWAY, is_found=True)
        self._swap(doing="", preview=preview)

    def _list(self) -> None:
        """Look what there is; a list that cannot be made says so."""
        keeping = self._keeping
        self._reviews.ask(lambda _: keeping.look_around(), self._take_seen, self._not_listed)
        keeping.list_backups(self._take_backups, self._not_listed)

    def _take_seen(self, seen: Around) -> None:
        self._present, found = seen
        now = self._now()
        copies = tuple(
            CopyLine(file, file.name, _joined(f"Changed {moment(at, now)}", size_words(size)))
            for file, size, at in found
        )
        self._swap(copies=copies)

    def _take_backups(self, listed: tuple[KnownBackup, ...]) -> None:
        now = self._now()
        lines = tuple(_line(known, now) for known in listed)
        last = _last(listed[0].backup if listed else None, now)
        asked = self.state.asked
        if asked is not None and asked not in [line.file for line in lines]:
            self._put_away()
        self._swap(backups=lines, no_backups=NONE, last_backup=last)

    def _not_listed(self, problem: str) -> None:
        listed = self.state.backups or (), self.state.copies or ()
        backups, copies = listed if self.state.message else ((), ())
        self._swap(backups=backups, copies=copies, no_backups=NOT_REACHED, last_backup=NOT_REACHED)
        if not self.state.message:
            self._swap(message=problem, is_problem=True)

    def _put_away(self, **more: Any) -> None:
        """What was asked and previewed is over."""
        self._swap(**{"asked": None, "question": "", "preview": None, **more})

    def _swap(self, **changes: Any) -> None:
        state = replace(self.state, **changes)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _adds(preview: CopyPreview) -> bool:
    return preview.agree == ADD


def _line(known: KnownBackup, now: datetime) -> BackupLine:
    backup, contents = known.backup, known.contents
    return BackupLine(
        backup.file,
        first_upper(moment(backup.made_at, now)),
        backup_words(backup.reason, contents, backup.size, now),
        None if contents is None else contents.answers,
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _last(newest: Backup | None, now: datetime) -> str:
    return f"Last backup: {moment(newest.made_at, now)}." if newest is not None else NO_BACKUP
