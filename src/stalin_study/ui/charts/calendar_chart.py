"""The calendar of study days with a line that says what the day is that is pointed at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from stalin_study.domain.study_figures import StudyCalendar
from stalin_study.ui.charts.heat_map import HeatMap
from stalin_study.ui.theme.appearance import Appearance

HINT = "Point at a day, or use the arrow keys, to see what you did."


class CalendarChart(QWidget):
    """Shows a calendar, and the day that is pointed at in words."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.map = HeatMap(appearance)
        self._line = QLabel(HINT)
        self._line.setWordWrap(True)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.map)
        column.addWidget(self._line)
        self.map.day_pointed.connect(lambda words: self._line.setText(words or HINT))

    @property
    def line(self) -> str:
        """What it says of the day."""
        return self._line.text()

    def show_calendar(self, calendar: StudyCalendar) -> None:
        """Show these days instead."""
        self.map.show_calendar(calendar)
