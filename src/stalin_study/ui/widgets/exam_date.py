"""The exam date to give, or none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stalin_study.domain.date_words import full_date
from stalin_study.domain.typed_date import FARTHEST, read_date
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.calendar_sheet import CalendarSheet
from stalin_study.ui.widgets.into_view import bring_into_view
from stalin_study.ui.widgets.spoken_line import SpokenLine

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_LONGEST = "30 September 2026"


class ExamDateField(QWidget):
    """`date_chosen(date or None)`; the date, typed or from a calendar, is today or later."""

    date_chosen = Signal(object)

    def __init__(self, appearance: Appearance, today: date) -> None:
        super().__init__()
        self._appearance = appearance
        self._today = today
        self._exam: date | None = None
        self._day = _likely_exam(today)  # what is proposed, or was given last
        self._sheet: CalendarSheet | None = None
        self._has_date = _Tick("My exam is on")
        self.line = QLineEdit()
        self.line.setAccessibleName("Date of the exam, for example 15/12/2026")
        self.line.setMaxLength(60)
        self._open = IconButton(appearance, "calendar", "Choose the day in a calendar")
        self.problem = SpokenLine()
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget in (self._has_date, self.line, self._open):
            row.addWidget(widget)
        row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(row)
        self._column.addWidget(self.problem)
        self._has_date.clicked.connect(self._tick)
        self.line.editingFinished.connect(self._take)
        self.line.textEdited.connect(lambda _: self.problem.say(""))
        self._open.clicked.connect(self._toggle_calendar)
        self.setFocusProxy(self._has_date)
        appearance.look_changed.connect(self._draw)
        self._draw()
        self._show()

    def show_date(self, exam: date | None) -> None:
        """Show the date that holds, without choosing it; what is being typed stays."""
        if exam == self._exam:
            return
        self._exam = exam
        self._day = exam or self._day
        self._show()

    def check(self, *, may_leave: bool = False) -> bool:
        """Whether what is typed is a date, which is taken then; if not, the keyboard goes there.

        `may_leave`: the pupil is told how to leave it at the date that holds.
        """
        self._take()
        if not self.problem.sentence or self._exam is None:
            return True
        if may_leave:
            keeping = f"Close once more to keep {full_date(self._exam)}."
            self.problem.say(f"{self.problem.sentence} {keeping}", "warn")
        self.line.setFocus()
        self.line.selectAll()
        bring_into_view(self)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """What is typed counts, also when the page or dialog goes."""
        self._take()
        super().hideEvent(event)

    def _show(self) -> None:
        has_date = self._exam is not None
        if not has_date:
            self._close_calendar()
        self._has_date.setChecked(has_date)
        self.line.setEnabled(has_date)
        self._open.setEnabled(has_date)
        self.line.setText(full_date(self._exam) if self._exam is not None else "")
        self.problem.say("")

    def _tick(self) -> None:
        self._choose(self._day if self._has_date.isChecked() else None)

    def _take(self) -> None:
        """Take what is typed, if it is a date."""
        if self._exam is None or self.line.text() == full_date(self._exam):
            return
        read = read_date(self.line.text(), self._today)
        if read.day is None:
            self.problem.say(read.problem, "warn")
        else:
            self._choose(read.day)

    def _choose(self, day: date | None) -> None:
        is_other = day != self._exam
        self._exam = day
        self._day = day or self._day
        self._show()
        if is_other:
            self.date_chosen.emit(day)

    def _toggle_calendar(self) -> None:
        if self._sheet is not None and self._sheet.isVisible():
            self._close_calendar()
            return
        if self._sheet is None:
            last = self._today + FARTHEST
            self._sheet = CalendarSheet(self._appearance, self._today, last)
            self._sheet.day_chosen.connect(self._choose_there)
            self._sheet.closed.connect(self._close_calendar)
            self._column.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignLeft)
        self._sheet.open_at(self._day)

    def _choose_there(self, day: date) -> None:
        self._close_calendar()
        self._choose(day)

    def _close_calendar(self) -> None:
        if self._sheet is not None and self._sheet.isVisible():
            self._open.setFocus()
            self._sheet.hide()
            bring_into_view(self.line)

    def _draw(self) -> None:
        look = self._appearance.look
        width = self.line.fontMetrics().horizontalAdvance(_LONGEST)
        self.line.setFixedWidth(width + 2 * look.space(12) + look.px(12))


class _Tick(QCheckBox):
    """Leaves the arrow keys alone: Qt would take them into the next group, and choose there."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _likely_exam(today: date) -> date:
    """The beginning of the next summer's exams: 1 June."""
    year = today.year if today < date(today.year, 6, 1) else today.year + 1
    return date(year, 6, 1)
