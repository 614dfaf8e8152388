"""What the window asks of every page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the window."""

    def focus_start(self) -> None:
        """Put the keyboard where a pupil begins."""
        self.setFocus()

    def set_compact(self, is_compact: bool) -> None:
        """Spend less room, or as much as is good."""
