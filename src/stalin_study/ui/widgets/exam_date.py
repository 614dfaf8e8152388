"""The exam date to give, or none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QWidget


class ExamDateField(QWidget):
    """`date_chosen(date or None)`; the date can only be today or later."""

    date_chosen = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._has_date = QCheckBox("My exam is on")
        self._date = QDateEdit()
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("d MMMM yyyy")
        self._date.setAccessibleName("Date of the exam")
        first = QDate(today.year, today.month, today.day)
        self._date.setDateRange(first, first.addYears(3))
        self._date.setDate(_likely_exam(today))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._has_date)
        row.addWidget(self._date)
        row.addStretch(1)
        self._has_date.clicked.connect(self._choose)
        self._date.dateChanged.connect(self._choose)
        self._date.setEnabled(False)
        self.setFocusProxy(self._has_date)

    def show_date(self, exam: date | None) -> None:
        """Show the date that holds, without choosing it."""
        self._date.blockSignals(True)
        if exam is not None:
            self._date.setDate(QDate(exam.year, exam.month, exam.day))
        self._date.blockSignals(False)
        self._has_date.setChecked(exam is not None)
        self._date.setEnabled(exam is not None)

    def _choose(self) -> None:
        self._date.setEnabled(self._has_date.isChecked())
        chosen = self._date.date()
        self.date_chosen.emit(
            date(chosen.year(), chosen.month(), chosen.day())
            if self._has_date.isChecked()
            else None
        )


def _likely_exam(today: date) -> QDate:
    """The middle of the next summer's exams: 1 June."""
    year = today.year if today < date(today.year, 6, 1) else today.year + 1
    return QDate(year, 6, 1)
