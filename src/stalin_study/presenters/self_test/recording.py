"""Puts answers into the review log, and says how saving them goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.review_log import Rating
from stalin_study.domain.self_test.judging import given_text
from stalin_study.domain.self_test.ratings import ratings_for
from stalin_study.domain.self_test.tasks import Answered
from stalin_study.presenters.self_test.state import Saving
from stalin_study.services.reviews import Reviews


class Recording(QObject):
    """Records answers for one page; `saving_changed` when what waits has been saved, or not."""

    saving_changed = Signal()

    def __init__(
        self, reviews: Reviews, new_id: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._new_id = new_id
        self.session_id = ""
        self._unsaved: frozenset[str] = frozenset()
        reviews.saved.connect(self._take_saved)
        reviews.saving_failed.connect(lambda _: self.saving_changed.emit())

    @property
    def saving(self) -> Saving:
        """Whether the answer on show is on disk."""
        if not self._unsaved:
            return "saved"
        return "failed" if self._reviews.problem else "saving"

    def begin(self, session_id: str = "") -> None:
        """A session begins, or one that was saved goes on."""
        self.session_id = session_id or self._new_id()

    def record(self, answered: Answered, rating: Rating | None = None) -> tuple[str, ...]:
        """Log an answer, with the rating that it earns or the one given. Returns the entries' ids.

        A match none of whose pairs stands for a question leaves no entry.
        """
        task, outcome, took_ms = answered.task, answered.outcome, answered.took_ms
        ratings = ratings_for(task, outcome, took_ms)
        if rating is not None:
            ratings = tuple((subject_id, rating) for subject_id, _ in ratings)
        if not ratings:
            self._unsaved = frozenset()
            return ()
        entries = self._reviews.record_answer(
            ratings,
            task.way,
            answer=given_text(task, answered.answer),
            verdict=outcome.verdict,
            took_ms=took_ms,
            session_id=self.session_id,
            initiator=self.parent(),
        )
        entry_ids = tuple(entry.uuid for entry in entries)
        # Where jobs are done at once it is on disk by now, and `saved` has been told already.
        self._unsaved = frozenset(entry_ids) if self._reviews.pending else frozenset()
        return entry_ids

    def take_back(self, entry_ids: tuple[str, ...]) -> None:
        """Undo what was recorded."""
        self._unsaved = frozenset()
        self._reviews.undo(entry_ids, self.parent())

    def _take_saved(self, uuid: str) -> None:
        if uuid in self._unsaved:
            self._unsaved -= {uuid}
            if not self._unsaved:
                self.saving_changed.emit()
