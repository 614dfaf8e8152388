"""The Progress page: how a pupil stands, in charts, in tables and on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractSlider,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.date_words import WEEKDAYS, day_of, short_date
from stalin_study.domain.exam_wording import about
from stalin_study.domain.progress_report import ProgressReport
from stalin_study.domain.progress_wording import (
    NO_TIME,
    ChartWords,
    answers_words,
    calendar_words,
    coming_words,
    expected_words,
    headline,
    time_figures,
)
from stalin_study.domain.study_figures import Answers
from stalin_study.domain.wording import count_of
from stalin_study.presenters.progress import ProgressState
from stalin_study.ui.charts.calendar_chart import CalendarChart
from stalin_study.ui.charts.chart import Series
from stalin_study.ui.charts.columns import Column, Columns
from stalin_study.ui.charts.patterns import Pattern
from stalin_study.ui.charts.recall_bars import RecallBars
from stalin_study.ui.dialogs.save_chooser import AskFile, SaveChooser
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.chart_panel import ChartPanel
from stalin_study.ui.widgets.figure_row import FigureRow
from stalin_study.ui.widgets.into_view import bring_into_view, first_in_view
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.weak_list import WeakList

READING = "Looking at your answers…"
MEASURE = 860  # the widest that the column becomes, in pixels at 100 %
VERDICTS = (
    Series("Correct", "good"),
    Series("Close", "warn", Pattern.STRIPES),
    Series("Wrong", "bad", Pattern.DOTS),
)
_WEEKS_LAID_OUT = 8
_ACTION = QAbstractSlider.SliderAction
_SCROLLING = {
    Qt.Key.Key_Up: _ACTION.SliderSingleStepSub,
    Qt.Key.Key_Down: _ACTION.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _ACTION.SliderPageStepSub,
    Qt.Key.Key_PageDown: _ACTION.SliderPageStepAdd,
    Qt.Key.Key_Home: _ACTION.SliderToMinimum,
    Qt.Key.Key_End: _ACTION.SliderToMaximum,
}


class ProgressPage(Page):
    """Shows a ProgressState and sends wishes; `shown_changed(bool)` as it comes and goes."""

    shown_changed = Signal(bool)
    test_requested = Signal()
    card_requested = Signal(str)
    report_requested = Signal(str)
    answers_requested = Signal(str)

    def __init__(self, appearance: Appearance, ask_file: AskFile | None = None) -> None:
        super().__init__()
        self._appearance = appearance
        self._ask_file = ask_file or SaveChooser(appearance)
        self._state = ProgressState()
        self.setAccessibleName("Progress")
        self._report: ProgressReport | None = None
        self._wait = QLabel(READING)
        self._wait.setProperty("tone", "muted")
        self.headline = FigureRow(appearance, 2)
        self.bars, self.calendar = RecallBars(appearance), CalendarChart(appearance)
        self.coming = Columns(appearance, (Series("Come back", "primary"),))
        self.weeks = Columns(appearance, VERDICTS, _WEEKS_LAID_OUT)
        charts = (self.bars, self.calendar, self.coming, self.weeks)
        self.panels = tuple(ChartPanel(appearance, chart) for chart in charts)
        self.weakest = WeakList(appearance)
        self.time = FigureRow(appearance, 4)
        self._save_report = PushButton(appearance, "Report as PDF", "outline", "file-text")
        self._save_answers = PushButton(appearance, "Answers as a table", "outline", "table")
        self._no_time, self._message = QLabel(NO_TIME), QLabel()
        self._panel_columns: list[QVBoxLayout] = []
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._draw)
        self.render_state(self._state)
        self._draw()

    def render_state(self, state: ProgressState) -> None:
        """Show the figures, and how saving goes."""
        was = self._state
        self._state = state
        report = state.report
        self._wait.setVisible(report is None)
        self._figures.setVisible(report is not None)
        if report is not None and report != self._report:
            self._report = report
            self._show_report(report)
        if state.tone != self._message.property("tone"):
            self._message.setProperty("tone", state.tone)
            self._message.style().polish(self._message)
        self._message.setText(state.message)
        self._message.setVisible(bool(state.message))
        if state.message and state.message != was.message:
            bring_into_view(self._message)
            said = QAccessibleAnnouncementEvent(self._message, state.message)
            QAccessible.updateAccessibility(said)

    def focus_start(self) -> None:
        """Begin at the top."""
        self._area.verticalScrollBar().setValue(0)
        self.setFocus()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab begins with what is in view, wherever the pupil has scrolled to."""
        first = first_in_view(self._area, self) if is_next and self.hasFocus() else None
        if first is None:
            return super().focusNextPrevChild(is_next)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(first)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by the keys that scroll."""
        action = _SCROLLING.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            self._area.verticalScrollBar().triggerAction(action)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it has come into view."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it has gone."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def _show_report(self, report: ProgressReport) -> None:
        today = report.today
        self.headline.show_figures(headline(report.expected))
        words = (
            expected_words(report.expected, today),
            calendar_words(report.calendar, report.time),
            coming_words(report.coming, today),
            answers_words(report.weeks),
        )
        self.bars.show_topics(report.expected.topics if words[0].rows else ())
        self.calendar.show_calendar(report.calendar)
        self.coming.show_columns(_coming_columns(report) if words[2].rows else ())
        self.weeks.show_columns(_week_columns(report.weeks, words[3]))
        for panel, told in zip(self.panels, words, strict=True):
            panel.show_chart(told.title, told.summary, told.headings, told.rows)
        self.weakest.show_report(report)
        figures = time_figures(report.time)
        self.time.show_figures(figures)
        self._no_time.setVisible(not figures)

    def _connect(self) -> None:
        self.weakest.test_requested.connect(self.test_requested)
        self.weakest.card_requested.connect(self.card_requested)
        self._save_report.clicked.connect(self._choose_report)
        self._save_answers.clicked.connect(self._choose_answers)

    def _choose_report(self) -> None:
        name, wish = self._state.report_name, self.report_requested.emit
        self._choose("Where to save the report", name, "PDF (*.pdf)", wish)

    def _choose_answers(self) -> None:
        name, wish = self._state.answers_name, self.answers_requested.emit
        self._choose("Where to save the answers", name, "Table (*.csv)", wish)

    def _choose(self, title: str, name: str, kinds: str, wish: Callable[[str], None]) -> None:
        if self._state.is_saving:
            return  # not greyed out meanwhile, or the keyboard would leave the button
        file = self._ask_file(self, title, str(self._state.folder / name), kinds)
        if file:
            wish(file)

    def _lay_out(self) -> None:
        self._figures = QWidget()
        self._column = QVBoxLayout(self._figures)
        self._column.setContentsMargins(0, 0, 8, 0)
        for widget in (self.headline, *self.panels, self.weakest, self._time_panel()):
            self._column.addWidget(widget)
        self._column.addWidget(self._keep_panel())
        inner = QWidget()
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._wait)
        middle.addWidget(self._figures)
        middle.addStretch(1)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(middle)
        self._area = ScrollColumn(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _time_panel(self) -> QFrame:
        self._no_time.setWordWrap(True)
        self._no_time.setProperty("tone", "muted")
        return self._panel("Time spent", self.time, self._no_time)

    def _keep_panel(self) -> QFrame:
        told = QLabel(
            "A page for a teacher or for home, or every answer as a table for a spreadsheet."
            " Nothing leaves this computer unless you send it."
        )
        told.setProperty("tone", "muted")
        for label in (told, self._message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (self._save_report, self._save_answers):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        buttons = QWidget()
        buttons.setLayout(self._buttons)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        return self._panel("Show it to somebody", told, buttons, self._message)

    def _panel(self, title: str, *parts: QWidget) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "surface")
        heading = QLabel(title)
        heading.setProperty("type", "heading")
        column = QVBoxLayout(panel)
        column.addWidget(heading)
        for part in parts:
            column.addWidget(part)
        self._panel_columns.append(column)
        return panel

    def _draw(self) -> None:
        look = self._appearance.look
        self._figures.setMaximumWidth(look.px(MEASURE))
        self._column.setSpacing(look.space(16))
        edge = look.space(16)
        self.headline.setContentsMargins(edge, look.space(8), edge, 0)
        is_large = look.text_percent > 150
        directions = QBoxLayout.Direction
        self._buttons.setDirection(directions.TopToBottom if is_large else directions.LeftToRight)
        for column in self._panel_columns:
            column.setContentsMargins(*[look.space(16)] * 4)
            column.setSpacing(look.space(8))


def _coming_columns(report: ProgressReport) -> tuple[Column, ...]:
    columns = []
    for place, count in enumerate(report.coming):
        day = report.today + timedelta(days=place)
        label = "Today" if not place else f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
        tip = f"{day_of(day)}: {count_of(count, 'comes', 'come')} back"
        top = f"{count:,}" if count else ""
        columns.append(Column(label, (count,), top, tip, is_now=not place))
    return tuple(columns)


def _week_columns(weeks: tuple[Answers, ...], words: ChartWords) -> tuple[Column, ...]:
    columns = []
    for place, (week, row) in enumerate(zip(weeks, words.rows, strict=True)):
        share = about(week.right / week.total).removeprefix("about ") if week.total else ""
        tip = f"Week from {row[0]}: {row[1]} correct, {row[2]} close, {row[3]} wrong"
        values = (week.correct, week.close, week.wrong)
        is_now = place == len(weeks) - 1
        columns.append(Column(short_date(week.since), values, share, tip, is_now=is_now))
    return tuple(columns)
