"""Keeps a session that is going on, so that it can be gone on with after a restart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from stalin_study.domain.deck import Deck
from stalin_study.domain.self_test import session as test
from stalin_study.domain.self_test.session import SelfTest
from stalin_study.services.session_file import SavedSession, SessionFile

DRAFT_MS = 2000
# A long session takes a while to write: not after each answer, only now and then.
LONG = 300


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that was left, and what was being written."""

    session: SelfTest
    session_id: str
    draft: str


class Keeping(QObject):
    """Saves the session after each step; `keep_due` when it waited for a while."""

    keep_due = Signal()

    def __init__(self, deck: Deck, file: SessionFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deck = deck
        self._file = file
        self._kept_id = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_MS)
        self._pause.timeout.connect(self.keep_due)

    def find(self) -> Kept | None:
        """The session that was left before it ended, as far as the deck still holds it."""
        saved = self._file.load()
        if saved is None:
            return None
        session = test.only_of(saved.session, self._deck)
        return Kept(session, saved.session_id, saved.draft) if session.queue else None

    def keep(self, session: SelfTest, session_id: str, draft: str) -> None:
        """Save a session that goes on, or forget one that has ended."""
        going_on = test.advance(session)
        self._pause.stop()
        has_begun = bool(going_on.done or going_on.written or draft)
        if not has_begun and session_id != self._kept_id:
            return  # nothing is lost with it, and another may have been left
        self._kept_id = session_id
        if going_on.queue:
            self._file.save(SavedSession(session_id, going_on, draft))
        else:
            self._file.clear()

    def keep_soon(self) -> None:
        """Ask for it in a while: a text is being written, or the session is long."""
        if not self._pause.isActive():
            self._pause.start()

    def step_taken(self, session: SelfTest, session_id: str, draft: str) -> None:
        """A step of the session is done: keep it, a long one soon."""
        if session.total > LONG and session.phase != "finished":
            self.keep_soon()
        else:
            self.keep(session, session_id, draft)
