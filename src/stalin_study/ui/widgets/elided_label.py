"""A one-line label that ends in … when there is no room, and never asks for more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class ElidedLabel(QLabel):
    """The whole text is still its accessible name and its tip."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def drawn(self) -> str:
        """What is drawn where there is room for it."""
        return self.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(
            self.drawn(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


class PathLabel(ElidedLabel):
    """Where something is, the widest place first; without room only the last place is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def show_path(self, places: tuple[str, ...]) -> None:
        """Show these places."""
        self._last = places[-1] if places else ""
        self.setText("  ›  ".join(places))

    def drawn(self) -> str:
        """The whole path where it fits."""
        whole = self.text()
        return whole if self.fontMetrics().horizontalAdvance(whole) < self.width() else self._last
