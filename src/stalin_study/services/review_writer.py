"""The half of `Reviews` that lives on the jobs thread: what is on disk, and what waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stalin_study.domain.memory import MemoryState, load_model, rebuild, review
from stalin_study.domain.review_log import ReviewEntry
from stalin_study.services.store import OpenedStore
from stalin_study.services.store_problems import StoreProblem

log = logging.getLogger(__name__)
UNEXPECTED = "Your last answers are not saved yet; they are tried again with the next one."


@dataclass(frozen=True, slots=True)
class SavedReview:
    """An entry that is on disk, and its subject's state from then on."""

    entry: ReviewEntry
    state: MemoryState | None


@dataclass(slots=True)
class WriterReport:
    """What one job came to. `opened` holds all states if the file was opened just now."""

    opened: Mapping[str, MemoryState] | None = None
    notice: str = ""
    times: tuple[tuple[datetime, int], ...] = ()
    saved: list[SavedReview] = field(default_factory=list)
    problem: str = ""


class ReviewWriter:
    """Opens the store when first needed, and saves entries in the order in which they came.

    Its states are those on disk. The entries of one answer are saved together or not at all; what
    could not be saved waits, and is tried again before the next one.
    """

    def __init__(self, open_store: Callable[[], OpenedStore]) -> None:
        self._open_store = open_store
        self._opened: OpenedStore | None = None
        self._states: dict[str, MemoryState] = {}
        self._waiting: list[tuple[ReviewEntry, ...]] = []

    def work(self, *entries: ReviewEntry) -> WriterReport:
        """Open if need be, then save what waits and the entries of one answer. Never raises."""
        report = WriterReport()
        if entries:
            self._waiting.append(entries)
        try:
            opened = self._writable(report)
            for waiting in tuple(self._waiting):
                self._try_saving(opened, waiting, report)
        except StoreProblem as problem:
            log.warning("Progress: %s", problem, exc_info=problem.__cause__)
            report.problem = str(problem)
        except Exception:
            log.exception("Progress could not be opened")
            report.problem = UNEXPECTED
        return report

    def close(self) -> WriterReport:
        """Try once more what waits, then let go of the file."""
        report = self.work() if self._waiting else WriterReport()
        if self._opened is not None:
            self._opened.store.close()
            self._opened = None
        return report

    def _writable(self, report: WriterReport) -> OpenedStore:
        """The open store; one that was read-only is opened anew when something is to be saved."""
        if self._opened is not None:
            if not (self._opened.store.is_read_only and self._waiting):
                return self._opened
            self._opened.store.close()
            self._opened = None
        load_model()
        opened = self._opened = self._open_store()
        self._states = dict(opened.states)
        report.opened = dict(opened.states)
        report.notice = opened.notice
        report.times = opened.times
        return opened

    def _try_saving(
        self, opened: OpenedStore, entries: tuple[ReviewEntry, ...], report: WriterReport
    ) -> None:
        try:
            saved = self._followed(opened, entries)
            opened.store.append_all([(one.entry, one.state) for one in saved])
        except StoreProblem:
            raise
        except Exception:
            # An answer that cannot be saved must not hold up those after it.
            log.exception("Review %s could not be saved", entries[0].uuid)
            report.problem = UNEXPECTED
            return
        self._waiting.remove(entries)
        report.saved += saved
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
