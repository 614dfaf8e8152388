"""A month to pick a day from, that opens below a field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.into_view import bring_into_view

_WEEK = (
    Qt.DayOfWeek.Monday,
    Qt.DayOfWeek.Tuesday,
    Qt.DayOfWeek.Wednesday,
    Qt.DayOfWeek.Thursday,
    Qt.DayOfWeek.Friday,
    Qt.DayOfWeek.Saturday,
    Qt.DayOfWeek.Sunday,
)
_WALKING = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
_TURNS = {
    "qt_calendar_prevmonth": ("arrow-left", "Month before"),
    "qt_calendar_nextmonth": ("arrow-right", "Next month"),
}


class CalendarSheet(QFrame):
    """`day_chosen(date)` on a click or Enter, `closed` on Escape; who opens it puts it away."""

    day_chosen = Signal(object)
    closed = Signal()

    def __init__(self, appearance: Appearance, first: date, last: date) -> None:
        super().__init__()
        self._appearance = appearance
        self.setObjectName("calendar_sheet")
        self.setAccessibleName("Calendar")
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setDateRange(_qdate(first), _qdate(last))
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.addWidget(self.calendar)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def open_at(self, day: date) -> None:
        """Come up with the keyboard on a day."""
        self.calendar.setSelectedDate(_qdate(day))
        self.show()
        self.calendar.setFocus()
        bring_into_view(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and the keys of a calendar are not for the dialog that it stands in."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _WALKING:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _choose(self, day: QDate) -> None:
        if self.isVisible():  # Enter and a click may both tell of the same choice
            self.day_chosen.emit(date(day.year(), day.month(), day.day()))

    def _draw(self) -> None:
        """Every day in the colour of text: Qt has weekends in a red that no theme knows."""
        look = self._appearance.look
        days, names = QTextCharFormat(), QTextCharFormat()
        days.setForeground(look.colour("text"))
        names.setForeground(look.colour("muted"))
        names.setBackground(look.colour("surface"))
        for day in _WEEK:
            self.calendar.setWeekdayTextFormat(day, days)
        self.calendar.setHeaderTextFormat(names)
        for name, (icon, said) in _TURNS.items():
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(self._appearance.icon(icon))
                button.setIconSize(QSize(look.px(20), look.px(20)))
                button.setAccessibleName(said)
                button.setToolTip(said)
        edge = look.space(8)
        self.setContentsMargins(edge, edge, edge, edge)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
