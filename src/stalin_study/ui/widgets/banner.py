"""A strip above the page for what a pupil must know, such as progress that cannot be saved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton


class Banner(QFrame):
    """One sentence and a button to put it away."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.setProperty("panel", "warn")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = IconButton(appearance, "x", "Close this message")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 4, 4)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._text.text()

    def add(self, sentence: str) -> None:
        """Show a sentence below those that are still shown; an empty one changes nothing."""
        shown = self._shown()
        if sentence and sentence not in shown:
            self._show([*shown, sentence])

    def remove(self, sentence: str) -> None:
        """What it says is no longer so; the others stay."""
        shown = self._shown()
        if sentence in shown:
            self._show([one for one in shown if one != sentence])

    def _shown(self) -> list[str]:
        is_shown = self.isVisibleTo(self.parentWidget())
        return self._text.text().splitlines() if is_shown else []

    def _show(self, sentences: list[str]) -> None:
        self._text.setText("\n".join(sentences))
        self.setAccessibleName(self._text.text())
        self.setVisible(bool(sentences))
