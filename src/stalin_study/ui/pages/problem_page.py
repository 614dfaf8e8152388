"""Shown instead of the pages when there is no deck to study."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from stalin_study.ui.pages.page import Page


class ProblemPage(Page):
    """One title and one sentence that says what to do."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._title, self._sentence = QLabel(title), QLabel(sentence)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._sentence.setAccessibleName(f"{title} {sentence}")
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self._title, self._sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        self._title.setProperty("type", "title")
        self._sentence.setProperty("type", "lead")

    def focus_start(self) -> None:
        """Let a screen reader begin with the sentence."""
        self._sentence.setFocus()
