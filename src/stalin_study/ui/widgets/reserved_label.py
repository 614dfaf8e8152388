"""A label that has its room before it has its words, so that nothing moves when they come."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel

_ANY = 10_000


class ReservedLabel(QLabel):
    """Keeps the room of a usual sentence, also until there is one to say and for a shorter one."""

    def __init__(self, usual: str, kind: str = "", tone: str = "") -> None:
        super().__init__(usual)
        self._usual = usual
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", kind)
        self.setProperty("tone", tone)
        keeping = self.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeping)

    def heightForWidth(self, width: int) -> int:
        """As high as the usual words at least."""
        lines = QRect(0, 0, width, _ANY)
        usual = self.fontMetrics().boundingRect(lines, Qt.TextFlag.TextWordWrap, self._usual)
        return max(super().heightForWidth(width), usual.height())

    def show_words(self, words: str) -> None:
        """Say this; nothing as long as it is empty."""
        self.setText(words or self._usual)
        self.setVisible(bool(words))
