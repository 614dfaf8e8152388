"""Backups while the app is open: made step by step between answers, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from stalin_study.services.review_writer import WriterReport
from stalin_study.services.reviews import Reviews
from stalin_study.services.store_problems import DamagedFile, told

log = logging.getLogger(__name__)
Tell = Callable[[str], None]


class BackingUp(QObject):
    """Makes backups of the progress that `reviews` keeps, and goes back to them."""

    def __init__(
        self, reviews: Reviews, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reviews = reviews
        self._now = now
        self._is_closed = False
        reviews.opened.connect(lambda _: self.back_up())
        reviews.backup_wanted.connect(lambda: self.back_up("daily"))

    def back_up(
        self,
        reason: str = "",
        on_done: Callable[[], None] | None = None,
        on_problem: Tell | None = None,
    ) -> None:
        """Make a backup, if one is due or for a reason."""
        at = self._now()
        if self._is_closed:
            return

        def stepped(has_more: bool) -> None:
            if self._is_closed:
                return
            if has_more:
                self._reviews.run(
                    lambda writer: (writer.back_up_further(), WriterReport()), stepped, failed
                )
            elif on_done is not None:
                on_done()

        def failed(error: Exception) -> None:
            if isinstance(error, DamagedFile) and not self._is_closed:
                log.error("The progress file is damaged: %s", error)
                self._reviews.run(lambda writer: (None, writer.recover()), _nothing, told(None))
            else:
                told(on_problem)(error)

        self._reviews.run(
            lambda writer: (writer.back_up(at, reason), WriterReport()), stepped, failed
        )

    def close(self) -> None:
        """Take no more steps: the rest of a backup is not worth waiting for."""
        self._is_closed = True

    def restore(self, backup: Path, on_done: Tell, on_problem: Tell) -> None:
        """Go back to a backup; one of the others gets a sentence."""
        at = self._now()
        self._reviews.run(lambda writer: writer.restore(backup, at), on_done, told(on_problem))


def _nothing(_: object) -> None:
    pass
