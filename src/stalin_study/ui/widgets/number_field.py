"""A number to type, or to step up and down."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox

EDGE = 10  # pixels; the style sheet's padding does not reach the line within


class NumberField(QSpinBox):
    """A whole number from `least` to `most`."""

    def __init__(self, least: int = 0, most: int = 0) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(EDGE, 0, EDGE, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
