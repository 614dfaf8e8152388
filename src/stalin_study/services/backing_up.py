"""Backups while the app is open: made step by step between answers, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stalin_study.services.reviews import Reviews
from stalin_study.services.store_problems import DamagedFile, told

if TYPE_CHECKING:
    from stalin_study.services.review_writer import ReviewWriter
    from stalin_study.services.writer_report import WriterReport

log = logging.getLogger(__name__)
Tell = Callable[[str], None]


class BackingUp(QObject):
    """Makes backups of the progress that `reviews` keeps, and goes back to them.

    One that fails unasked is tried again at the next start, not with each answer.
    """

    def __init__(
        self, reviews: Reviews, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._now = now
        self._is_closed = False
        self._has_failed = False
        reviews.opened.connect(lambda _: self.back_up())
        reviews.backup_wanted.connect(self._back_up_much)

    def back_up(
        self,
        reason: str = "",
        on_done: Callable[[datetime | None], None] | None = None,
        on_problem: Tell | None = None,
        *,
        is_second_try: bool = False,
    ) -> None:
        """Make a backup, if one is due or for a reason.

        Where nothing has changed since the newest, none is made, and `on_done` gets the time of
        that. If it finds the progress file damaged, that is put right and the backup begun anew.
        """
        at = self._now()
        if self._is_closed:
            return

        def begun(number: int) -> None:
            if number:
                self._step(number, on_done, failed)
            elif on_done is not None:
                on_done(None)

        def failed(error: Exception) -> None:
            if isinstance(error, DamagedFile) and not (self._is_closed or is_second_try):
                log.error("The progress file is damaged: %s", error)
                self._reviews.run(lambda writer: (None, writer.recover()), again, failed)
            else:
                told(on_problem)(error)

        def again(_: object) -> None:
            self.back_up(reason, on_done, on_problem, is_second_try=True)

        self._reviews.run(
            lambda writer: (writer.back_up(at, reason), _nothing_new()), begun, failed
        )

    def _step(
        self,
        number: int,
        on_done: Callable[[datetime | None], None] | None,
        failed: Callable[[Exception], None],
    ) -> None:
        """Have the next step taken of the backup with this number."""

        def take(writer: ReviewWriter) -> tuple[tuple[bool, datetime | None], WriterReport]:
            has_more = writer.back_up_further(number)
            return (has_more, writer.same_since), _nothing_new()

        def taken(outcome: tuple[bool, datetime | None]) -> None:
            has_more, same_since = outcome
            if self._is_closed:
                return
            if has_more:
                self._step(number, on_done, failed)
            elif on_done is not None:
                on_done(same_since)

        self._reviews.run(take, taken, failed)

    def close(self) -> None:
        """Take no more steps: the rest of a backup is not worth waiting for."""
        self._is_closed = True

    def restore(self, backup: Path, on_done: Tell, on_problem: Tell) -> None:
        """Go back to a backup; one of the others gets a sentence."""
        at = self._now()
        self._reviews.run(lambda writer: writer.restore(backup, at), on_done, told(on_problem))

    def _back_up_much(self) -> None:
        """The second copy of the last answers has grown big."""

        def failed(_: str) -> None:
            self._has_failed = True

        if not self._has_failed:
            self.back_up("daily", on_problem=failed)


def _nothing_new() -> WriterReport:
    # Called on the progress thread, which has loaded it already.
    from stalin_study.services.writer_report import WriterReport

    return WriterReport()
