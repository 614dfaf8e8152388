"""A question in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton


class QuestionDialog(QDialog):
    """Words, and buttons to answer them with; the first one has the keyboard."""

    def __init__(
        self,
        appearance: Appearance,
        title: str,
        words: str,
        buttons: tuple[PushButton, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._buttons = buttons
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("type", "heading")
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[appearance.look.space(24)] * 4)
        column.setSpacing(appearance.look.space(12))
        column.addWidget(self._words)
        column.addLayout(row)
        self.ask(words)
        width = appearance.look.px(460)
        self.resize(width, column.totalHeightForWidth(width))
        buttons[0].setFocus()

    def ask(self, words: str) -> None:
        """Have this asked; a screen reader says it with each button."""
        self._words.setText(words)
        for button in self._buttons:
            button.setAccessibleDescription(words)
