"""The half of `Reviews` that lives on the jobs thread: what is on disk, and what waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
    saved: list[SavedReview] = field(default_factory=list)
    problem: str = ""


class ReviewWriter:
    """Opens the store when first needed, and saves entries in the order in which they came.

    Its states are those on disk. An entry that could not be saved waits, and is tried again
    before the next one.
    """

    def __init__(self, open_store: Callable[[], OpenedStore]) -> None:
        self._open_store = open_store
        self._opened: OpenedStore | None = None
        self._states: dict[str, MemoryState] = {}
        self._waiting: list[ReviewEntry] = []

    def work(self, entry: ReviewEntry | None = None) -> WriterReport:
        """Open if need be, then save what waits and `entry`. Never raises."""
        report = WriterReport()
        if entry is not None:
            self._waiting.append(entry)
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
        return opened

    def _try_saving(self, opened: OpenedStore, entry: ReviewEntry, report: WriterReport) -> None:
        try:
            report.saved.append(self._save(opened, entry))
            self._waiting.remove(entry)
        except StoreProblem:
            raise
        except Exception:
            # One entry that cannot be saved must not hold up those after it.
            log.exception("Review %s could not be saved", entry.uuid)
            report.problem = UNEXPECTED

    def _save(self, opened: OpenedStore, entry: ReviewEntry) -> SavedReview:
        subject = entry.subject_id
        if entry.rating is not None:
            state: MemoryState | None = review(
                self._states.get(subject), subject, entry.rating, entry.reviewed_at
            )
        else:
            log_so_far = [*opened.store.entries(subject), entry]
            state = rebuild(log_so_far, until=entry.reviewed_at).get(subject)
        opened.store.append(entry, state)
        if state is None:
            self._states.pop(subject, None)
        else:
            self._states[subject] = state
        return SavedReview(entry, state)
