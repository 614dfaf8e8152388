"""Keeps what was done on each study day in step with the progress file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.review_log import StudyChanges
from stalin_study.domain.study_day import study_day, study_day_start
from stalin_study.domain.study_history import DayTally, History
from stalin_study.services.reviews import Reviews

if TYPE_CHECKING:
    from stalin_study.services.study_store import StudyStore


class StudyHistory(QObject):
    """Owns the history; `history_changed(History)`.

    It is read where the progress file lives. An answer has only today and yesterday read again.
    """

    history_changed = Signal(object)

    def __init__(
        self, reviews: Reviews, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._now = now
        self._is_open = False
        self._is_running = self._is_stale = False
        self._needs_all = True
        self.history = History()
        reviews.study_changed.connect(self._study_changed)

    def open(self) -> None:
        """Read it, and keep it up to date from now on; a second call does nothing."""
        if not self._is_open:
            self._is_open = True
            self._read()

    def _study_changed(self, changes: StudyChanges, _: object) -> None:
        self._needs_all = self._needs_all or changes.everything
        if self._is_open:
            self._read()

    def _read(self) -> None:
        """Read what is old; while that goes on, once more after it."""
        if self._is_running:
            self._is_stale = True
            return
        self._is_running = True
        is_all, self._needs_all = self._needs_all, False
        today = study_day_start(self._now())
        since = None if is_all else study_day_start(today - timedelta(hours=1))

        def fail(_: str) -> None:
            self._needs_all = True
            self._end()

        def ask(store: StudyStore) -> dict[date, DayTally]:
            from stalin_study.services.study_tallies import tallies

            return tallies(store, since)

        self._reviews.ask(ask, lambda found: self._take(found, since), fail)

    def _take(self, found: dict[date, DayTally], since: datetime | None) -> None:
        days = found
        if since is not None:
            first = study_day(since)
            days = {day: tally for day, tally in self.history.days.items() if day < first}
            days |= {day: tally for day, tally in found.items() if day >= first}
        history = History(MappingProxyType(dict(sorted(days.items()))), is_known=True)
        if history != self.history:
            self.history = history
            self.history_changed.emit(history)
        self._end()

    def _end(self) -> None:
        self._is_running = False
        if self._is_stale:
            self._is_stale = False
            self._read()
