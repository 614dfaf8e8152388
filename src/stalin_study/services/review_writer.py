"""The half of `Reviews` that lives on the jobs thread: what is on disk, and what waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from stalin_study.domain.annotations import Annotation, current
from stalin_study.domain.memory import MemoryState, counted, load_model, rebuild, review
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.domain.wording import count_of
from stalin_study.services.backups import NOT_MADE
from stalin_study.services.recent_answers import MOST_BYTES, Folders, Line
from stalin_study.services.running_backup import RunningBackup
from stalin_study.services.safe_copies import restore, take_in_unsaved
from stalin_study.services.store import OpenedStore
from stalin_study.services.store_problems import FOLDER_GONE, DamagedFile, OpenAnew, StoreProblem
from stalin_study.services.study_store import StudyStore
from stalin_study.services.writer_report import SavedReview, Unkept, WriterReport

log = logging.getLogger(__name__)
UNEXPECTED = "Your last answers are not saved yet; they are tried again with the next one."
T = TypeVar("T")


class OpenStore(Protocol):
    """Opens the progress file; see `store.open_store`."""

    def __call__(self, *, is_damaged: bool = False) -> OpenedStore:
        """Open it; if it may be damaged, verify all of it, and make it again if it is."""
        ...


class ReviewWriter:
    """Opens the store when first needed, and saves lines in the order in which they came.

    Its states are those on disk. The entries of one answer are saved together or not at all; what
    could not be saved waits, and is tried again before the next one.
    """

    def __init__(self, open_store: OpenStore, folders: Folders | None = None) -> None:
        self._open_store = open_store
        self._folders = folders
        self._opened: OpenedStore | None = None
        self._states: dict[str, MemoryState] = {}
        self._waiting: list[tuple[Line, ...]] = []
        self._backup = RunningBackup()
        self._was_open = self._is_left = False
        self._is_suspect = False

    def work(self, *lines: Line) -> WriterReport:
        """Open if need be, then save what waits and these, of one answer. Never raises."""
        report = WriterReport()
        if lines:
            self._waiting.append(lines)
        try:
            try:
                self._save_waiting(report)
            except OpenAnew as problem:
                log.warning("Progress is opened anew: %s (%s)", problem, problem.__cause__)
                self._leave(problem)
                self._save_waiting(report)
            report.wants_backup = self._wants_backup()
        except StoreProblem as problem:
            log.warning("Progress: %s (%s)", problem, problem.__cause__)
            report.problem = str(problem)
        except Exception:
            log.exception("Progress could not be opened")
            report.problem = UNEXPECTED
        return report

    def ask(self, question: Callable[[StudyStore], T]) -> tuple[T, WriterReport]:
        """What the store says. Raises StoreProblem."""
        report = WriterReport()
        store = self._writable(report).store
        try:
            return question(store), report
        except BaseException as error:
            if report.opened is not None or isinstance(error, OpenAnew):
                self._leave(error)
            raise

    def change(self, command: Callable[[StudyStore], T]) -> tuple[T, WriterReport]:
        """Have much changed; the report holds all that is there then. Raises StoreProblem."""
        store = self._writable(WriterReport()).store
        try:
            done = command(store)
        except BaseException as error:
            self._leave(error)
            raise
        return done, self._reopened()

    def restore(self, backup: Path, at: datetime) -> tuple[str, WriterReport]:
        """Go back to a backup; a sentence about it. Raises StoreProblem if nothing was changed."""
        if self._folders is None:
            raise StoreProblem(UNEXPECTED)
        self._backup.drop()
        folder = self._folders.data
        store = self._writable(WriterReport()).store
        try:
            try:
                told = restore(store, folder, backup, at, self._let_go)
            except DamagedFile as damage:
                # It is put right first, so that what is left of it can be backed up.
                log.error("The progress file is damaged: %s", damage)
                self._leave(damage)
                store = self._writable(WriterReport()).store
                told = restore(store, folder, backup, at, self._let_go)
        except BaseException as error:
            self._leave(error)
            raise
        report = self._reopened()
        try:
            self.back_up(at, "restored")
            while self.back_up_further():
                pass
        except (StoreProblem, DamagedFile) as error:
            log.warning("What was put back is in no backup of its own: %s", error)
        return told, report

    def back_up(self, at: datetime, reason: str = "") -> int:
        """Begin a backup if one is due, or for a reason; see `RunningBackup.begin`."""
        if self._folders is None or self._opened is None:
            if reason:
                raise StoreProblem(NOT_MADE)
            return 0
        return self._backup.begin(self._opened.store, self._folders.data, at, reason)

    def back_up_further(self, number: int = 0) -> bool:
        """Take a step of a backup; see `RunningBackup.step`."""
        return self._backup.step(number)

    @property
    def same_since(self) -> datetime | None:
        """When the backup was made that made the last one needless; None if that was made."""
        return self._backup.same_since

    def recover(self) -> WriterReport:
        """Verify the whole file, though it opens, and make it again if it is damaged."""
        self._let_go()
        self._is_suspect = True
        report = WriterReport()
        try:
            self._open(report)
        except StoreProblem as problem:
            report.problem = str(problem)
        return report

    def after_failure(self) -> WriterReport:
        """What there is after a failed command, if it may have changed anything. Never raises."""
        return self.work() if self._is_left else WriterReport()

    def keep(self, name: str) -> tuple[Unkept, WriterReport]:
        """Try once more what waits, or keep it elsewhere; what can be kept nowhere still waits."""
        report = self.work() if self._waiting else WriterReport()
        if self._waiting and self._folders is not None:
            lines = [line for waiting in self._waiting for line in waiting]
            if self._folders.write_unsaved(name, lines) is not None:
                self._waiting.clear()
        waiting = [line for lines in self._waiting for line in lines]
        entries = [line for line in waiting if isinstance(line, ReviewEntry)]
        # An answer that was taken back is not worth a word, but one that must no longer count is.
        answers = len(counted(entries)) or int(bool(entries))
        return Unkept(answers, len(waiting) - len(entries), report.problem), report

    def close(self, name: str = "last") -> WriterReport:
        """Keep what waits, then let go of the file."""
        report = self.keep(name)[1]
        self._backup.drop()
        self._let_go()
        return report

    def _save_waiting(self, report: WriterReport) -> None:
        opened = self._writable(report)
        for waiting in tuple(self._waiting):
            self._try_saving(opened, waiting, report)

    def _leave(self, error: BaseException) -> None:
        """Let go of a file that is to be read anew, since it may have changed."""
        is_damaged = isinstance(error, OpenAnew) and error.is_damaged
        self._is_suspect |= is_damaged or isinstance(error, DamagedFile)
        self._is_left = True
        self._let_go()

    def _let_go(self) -> None:
        if self._opened is not None:
            self._opened.store.close()
            self._opened = None

    def _reopened(self) -> WriterReport:
        self._let_go()
        report = WriterReport()
        self._writable(report)
        report.wants_backup = self._wants_backup()
        return report

    def _wants_backup(self) -> bool:
        recent = self._opened.store.recent if self._opened is not None else None
        return recent is not None and recent.size > MOST_BYTES

    def _writable(self, report: WriterReport) -> OpenedStore:
        """The open store; one that was read-only is opened anew when something is to be saved."""
        if self._opened is not None:
            if not (self._opened.store.is_read_only and self._waiting):
                return self._opened
            self._let_go()
        return self._open(report)

    def _open(self, report: WriterReport) -> OpenedStore:
        load_model()
        if self._was_open and self._folders is not None and self._folders.is_gone:
            raise StoreProblem(FOLDER_GONE.format(self._folders.data))
        opened = self._opened = (
            self._open_store(is_damaged=True) if self._is_suspect else self._open_store()
        )
        self._was_open = True
        self._is_left = self._is_suspect = False
        self._states = dict(opened.states)
        report.annotations = opened.annotations
        report.notice = opened.notice
        report.times = opened.times
        self._take_in_unsaved(opened, report)
        report.opened = dict(self._states)
        return opened

    def _take_in_unsaved(self, opened: OpenedStore, report: WriterReport) -> None:
        if self._folders is None or opened.store.is_read_only:
            return
        answers = take_in_unsaved(opened.store, self._folders)
        if answers is not None:
            self._states = opened.store.memory_states()
            report.annotations = current(opened.store.annotations())
            added = f"{count_of(answers, 'answer')} that could not be saved last time"
            told = f"{added} {'is' if answers == 1 else 'are'} saved now."
            report.notice = f"{report.notice} {told}".strip() if answers else report.notice

    def _try_saving(
        self, opened: OpenedStore, lines: tuple[Line, ...], report: WriterReport
    ) -> None:
        entries = tuple(line for line in lines if isinstance(line, ReviewEntry))
        notes = [line for line in lines if isinstance(line, Annotation)]
        try:
            saved = self._followed(opened, entries)
            if saved:
                opened.store.append_all([(one.entry, one.state) for one in saved])
            for note in notes:
                opened.store.annotate(note)
        except StoreProblem:
            raise
        except Exception:
            # An answer that cannot be saved must not hold up those after it.
            log.exception("Review %s could not be saved", lines[0].uuid)
            report.problem = UNEXPECTED
            return
        self._waiting.remove(lines)
        report.saved += saved
        report.annotated += notes
        for one in saved:
            if one.state is None:
                self._states.pop(one.entry.subject_id, None)
            else:
                self._states[one.entry.subject_id] = one.state

    def _followed(self, opened: OpenedStore, entries: tuple[ReviewEntry, ...]) -> list[SavedReview]:
        """Each entry with the state that it leads to."""
        states = {entry.subject_id: self._states.get(entry.subject_id) for entry in entries}
        followed = []
        for place, entry in enumerate(entries):
            state = self._following(opened, entries[:place], entry, states[entry.subject_id])
            states[entry.subject_id] = state
            followed.append(SavedReview(entry, state))
        return followed

    @staticmethod
    def _following(
        opened: OpenedStore,
        before: tuple[ReviewEntry, ...],
        entry: ReviewEntry,
        state: MemoryState | None,
    ) -> MemoryState | None:
        subject = entry.subject_id
        if entry.rating is not None:
            return review(state, subject, entry.rating, entry.reviewed_at)
        log_so_far = [*opened.store.entries(subject), *before, entry]
        return rebuild(log_so_far, until=entry.reviewed_at).get(subject)
