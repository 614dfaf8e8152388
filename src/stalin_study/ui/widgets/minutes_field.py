"""How many minutes a day the pupil means to study."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from stalin_study.ui.widgets.number_field import NumberField

LEAST, MOST, STEP = 5, 120, 5


class MinutesField(QWidget):
    """`minutes_chosen(minutes)`; 5 to 120, by five with the arrows."""

    minutes_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._minutes = NumberField(LEAST, MOST)
        self._minutes.setSingleStep(STEP)
        self._minutes.setSuffix(" minutes a day")
        self._minutes.setKeyboardTracking(False)
        self._label = QLabel("I can study for")
        self._label.setBuddy(self._minutes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self._minutes)
        row.addStretch(1)
        self._minutes.valueChanged.connect(self.minutes_chosen)

    def show_minutes(self, minutes: int) -> None:
        """Show the minutes that hold, without choosing them."""
        self._minutes.blockSignals(True)
        self._minutes.setValue(minutes)
        self._minutes.blockSignals(False)
