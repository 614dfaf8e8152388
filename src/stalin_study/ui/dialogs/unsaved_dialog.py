"""At closing: answers that could be kept nowhere, to be tried again or given up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.presenters.leaving import LeavingState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton


class UnsavedDialog(QDialog):
    """Shows the question; Escape rejects it, and the window stays open."""

    try_again_requested = Signal()
    closing_agreed = Signal()

    def __init__(self, appearance: Appearance, state: LeavingState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Not saved yet")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("type", "heading")
        self._try_again = PushButton(appearance, "Try again", "filled")
        self._close = PushButton(appearance, "Close anyway", "outline")
        self._try_again.clicked.connect(self.try_again_requested)
        self._close.clicked.connect(self.closing_agreed)
        buttons = QHBoxLayout()
        buttons.addWidget(self._try_again)
        buttons.addWidget(self._close)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[appearance.look.space(24)] * 4)
        column.setSpacing(appearance.look.space(12))
        column.addWidget(self._words)
        column.addLayout(buttons)
        self.render_state(state)
        width = appearance.look.px(460)
        self.resize(width, column.totalHeightForWidth(width))
        self._try_again.setFocus()

    def render_state(self, state: LeavingState) -> None:
        """Show what is asked, or that it is being tried."""
        if state.question:
            self._words.setText(state.question)
            for button in (self._try_again, self._close):
                button.setAccessibleDescription(state.question)
        self._try_again.setText("Trying…" if state.is_trying else "Try again")
        self._close.setEnabled(not state.is_trying)
