"""How often a search is met on the card on show, and the way from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from stalin_study.domain.wording import count_of
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton


class PlacesLine(QWidget):
    """ "3 places on this card" with two buttons; `step_requested(1 or -1)`."""

    step_requested = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setProperty("type", "caption")
        self._words.setProperty("tone", "muted")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._before = IconButton(appearance, "arrow-up", "Place before")
        self._before.set_name("Place before", "Place before (Shift+F3)")
        self._next = IconButton(appearance, "arrow-down", "Next place")
        self._next.set_name("Next place", "Next place (F3)")
        self._before.clicked.connect(lambda: self.step_requested.emit(-1))
        self._next.clicked.connect(lambda: self.step_requested.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for part in (self._words, self._before, self._next):
            row.addWidget(part)
        row.addStretch(1)
        self.hide()

    def show_places(self, count: int, current: int, *, is_searching: bool) -> None:
        """Say how many places there are, and at which one the pupil is, from 0; -1 for none."""
        if current >= 0:
            words = f"Place {current + 1} of {count} on this card"
        else:
            words = f"{count_of(count, 'place')} on this card" if count else "Not on this card"
        self._words.setText(words)
        for button in (self._before, self._next):
            button.setVisible(count > 0)
        self.setVisible(is_searching)
