"""A chart with its title, a sentence that sums it up, and the same figures as a table."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.figure_table import FigureTable

AS_TABLE, AS_CHART = "Show as a table", "Show as a chart"


class ChartPanel(QFrame):
    """Shows a chart or its figures; `chart` is told its name and its summary.

    `is_table`: the figures are in view.
    """

    def __init__(self, appearance: Appearance, chart: QWidget) -> None:
        super().__init__()
        self._appearance = appearance
        self.chart = chart
        self._shown: tuple[object, ...] = ()
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self.is_table = False
        self.setProperty("panel", "surface")
        self._title, self._summary = QLabel(), QLabel()
        self._title.setProperty("type", "heading")
        self._summary.setProperty("tone", "muted")
        for label in (self._title, self._summary):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._toggle = PushButton(appearance, AS_TABLE, "ghost", "table")
        self._place = QWidget()
        self._cards = QVBoxLayout(self._place)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.addWidget(chart)
        self._lay_out()
        self._toggle.clicked.connect(lambda: self.show_table(not self.is_table))
        appearance.look_changed.connect(self._draw)
        self.show_table(False)
        self._draw()

    @cached_property
    def table(self) -> FigureTable:
        """The table, made when it is first wanted."""
        table = FigureTable(self._appearance)
        table.hide()
        self._cards.addWidget(table)
        self.setTabOrder(self._toggle, table)
        return table

    def show_chart(
        self,
        title: str,
        summary: str,
        headings: tuple[str, ...],
        rows: tuple[tuple[str, ...], ...],
    ) -> None:
        """Say what the chart shows; `rows` hold the same figures, a text for each heading."""
        shown = (title, summary, headings, rows)
        if shown == self._shown:
            return
        self._shown = shown
        self._headings, self._rows = headings, rows
        self._title.setText(title)
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        self.chart.setAccessibleName(title)
        self.chart.setAccessibleDescription(summary)
        self._toggle.setVisible(bool(rows))
        self._place.setVisible(bool(rows) or self.chart.sizeHint().height() > 0)
        self.show_table(self.is_table and bool(rows))

    def show_table(self, is_shown: bool) -> None:
        """Show the table, or the chart."""
        if is_shown:
            self.table.setAccessibleName(f"{self._title.text()}, as a table")
            self.table.setAccessibleDescription(self._summary.text())
            self.table.show_rows(self._headings, self._rows)
        if is_shown or self.is_table:
            self.table.setVisible(is_shown)
        self.is_table = is_shown
        self.chart.setVisible(not is_shown)
        self._toggle.setText(AS_CHART if is_shown else AS_TABLE)
        self._name_toggle()

    def _name_toggle(self) -> None:
        words = self._toggle.text()
        self._toggle.setAccessibleName(f"{words}: {self._title.text()}")

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(0, 1)
        self._draw_grid(is_stacked=False)

    def _draw_grid(self, *, is_stacked: bool) -> None:
        for widget in (self._title, self._toggle, self._place, self._summary):
            self._grid.removeWidget(widget)
        left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        if is_stacked:
            self._grid.addWidget(self._title, 0, 0, 1, 2)
            self._grid.addWidget(self._toggle, 1, 0, 1, 2, left)
        else:
            self._grid.addWidget(self._title, 0, 0)
            self._grid.addWidget(self._toggle, 0, 1, top | Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._place, 2, 0, 1, 2)
        self._grid.addWidget(self._summary, 3, 0, 1, 2)

    def _draw(self) -> None:
        look = self._appearance.look
        self._grid.setContentsMargins(*[look.space(16)] * 4)
        self._grid.setSpacing(look.space(8))
        self._draw_grid(is_stacked=look.text_percent > 150)
