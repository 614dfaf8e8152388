"""At closing: answers that could be kept nowhere, to be tried again or given up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stalin_study.presenters.leaving import LeavingState
from stalin_study.ui.dialogs.question_dialog import QuestionDialog
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton


class UnsavedDialog(QuestionDialog):
    """Shows the question; Escape rejects it, and the window stays open."""

    try_again_requested = Signal()
    closing_agreed = Signal()

    def __init__(self, appearance: Appearance, state: LeavingState, parent: QWidget) -> None:
        try_again = PushButton(appearance, "Try again", "filled")
        close = PushButton(appearance, "Close anyway", "outline")
        super().__init__(appearance, "Not saved yet", state.question, (try_again, close), parent)
        self._try_again, self._close = try_again, close
        try_again.clicked.connect(self.try_again_requested)
        close.clicked.connect(self.closing_agreed)
        self.render_state(state)

    def render_state(self, state: LeavingState) -> None:
        """Show what is asked, or that it is being tried."""
        if state.question:
            self.ask(state.question)
        self._try_again.setText("Trying…" if state.is_trying else "Try again")
        self._close.setEnabled(not state.is_trying)
