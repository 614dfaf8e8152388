"""Columns over an even scale, of one part or of several on top of each other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen

from stalin_study.domain.chart_scale import every, nice_ticks
from stalin_study.ui.charts.chart import Chart, Series, draw_in
from stalin_study.ui.charts.patterns import fill
from stalin_study.ui.theme.appearance import Appearance

_PLOT, _WIDEST, _GAP = 150, 44, 6  # pixels at 100 %
_SHARE = 0.68  # of a slot that its column fills
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name below, the words on top of it, and a height for each series."""

    label: str
    values: tuple[int, ...]
    top: str = ""
    tip: str = ""
    is_now: bool = False

    @property
    def total(self) -> int:
        """Its whole height."""
        return sum(self.values)


class Columns(Chart):
    """Shows columns; without any it takes no room. At least `least` slots are laid out."""

    def __init__(self, appearance: Appearance, series: tuple[Series, ...], least: int = 1) -> None:
        super().__init__(appearance)
        self._series = series
        self._least = least
        self._columns: tuple[Column, ...] = ()
        self.setMouseTracking(True)
        self.redraw()

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        """Show these instead."""
        if columns != self._columns:
            self._columns = columns
            self.redraw()

    @property
    def written(self) -> tuple[str, ...]:
        """The names below that have room, at the present width."""
        columns, step = self._columns, self._step()
        return tuple(column.label for column in columns[:: step or 1])

    def height_at(self, width: int) -> int:
        """The legend, the plot, and a line of names below it."""
        if not self._columns:
            return 0
        line = QFontMetricsF(self.small()).height()
        plot = self._appearance.look.px(_PLOT)
        return round(self._legend_room(width) + plot + 2 * line + 3 * self._small_gap())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the column under the pointer is."""
        self.setToolTip(self.tip_at(event.position().x()))

    def tip_at(self, x: float) -> str:
        """The words of the column there; empty beside all."""
        plot = self._plot()
        place = int((x - plot.left()) // max(self._slot(plot), 1))
        is_column = x >= plot.left() and place < len(self._columns)
        return self._columns[place].tip if is_column else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale, the columns and their names."""
        if not self._columns:
            return
        painter = self.begin()
        if len(self._series) > 1:
            self.draw_legend(painter, self._series, self.width())
        plot, ticks = self._plot(), self._ticks()
        self._draw_scale(painter, plot, ticks)
        slot, step = self._slot(plot), self._step()
        has_tops = self._has_tops(slot)
        for place, column in enumerate(self._columns):
            middle = plot.left() + slot * (place + 0.5)
            top = self._draw_column(painter, plot, column, middle, ticks[-1])
            if has_tops and column.top:
                self._draw_top(painter, column.top, middle, top)
            if place % step == 0:
                self._draw_label(painter, column, middle, plot.bottom())
        painter.end()

    def _draw_scale(self, painter: QPainter, plot: QRectF, ticks: tuple[float, ...]) -> None:
        look = self._appearance.look
        line = QFontMetricsF(self.small()).height()
        painter.setFont(self.small())
        for tick in ticks:
            y = plot.bottom() - plot.height() * tick / ticks[-1]
            painter.setPen(QPen(look.colour("control" if tick == 0 else "border"), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(look.colour("muted"))
            place = QRectF(0, y - line / 2, plot.left() - self._small_gap(), line)
            draw_in(painter, place, f"{tick:,.0f}", Qt.AlignmentFlag.AlignRight)

    def _draw_column(
        self, painter: QPainter, plot: QRectF, column: Column, middle: float, highest: float
    ) -> float:
        """Draw its parts upwards; where it ends."""
        look = self._appearance.look
        width = min(self._slot(plot) * _SHARE, look.px(_WIDEST))
        bottom = plot.bottom()
        for series, value in zip(self._series, column.values, strict=True):
            height = plot.height() * value / highest
            if height <= 0:
                continue
            rect = QRectF(middle - width / 2, bottom - height, width, height)
            # A hair of air parts what stands on top of each other.
            part = rect.adjusted(0, min(1.0, height / 3), 0, 0) if value else rect
            radius = min(look.px(3), part.height() / 2, width / 2)
            fill(painter, part, look.colour(series.role), series.pattern, look.px(5), radius)
            bottom -= height
        return bottom

    def _draw_top(self, painter: QPainter, words: str, middle: float, top: float) -> None:
        metrics = QFontMetricsF(self.small(600))
        width, height = metrics.horizontalAdvance(words) + 4, metrics.height()
        place = QRectF(middle - width / 2, top - height - 1, width, height)
        # So that no line of the scale runs through the words.
        painter.fillRect(place, self._appearance.look.colour("surface"))
        painter.setFont(self.small(600))
        painter.setPen(self._appearance.look.colour("text"))
        draw_in(painter, place, words, Qt.AlignmentFlag.AlignHCenter)

    def _draw_label(self, painter: QPainter, column: Column, middle: float, bottom: float) -> None:
        font = self.small(600 if column.is_now else 400)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(column.label)
        left = min(max(middle - width / 2, 0.0), self.width() - width)
        place = QRectF(left, bottom + self._small_gap(), width, metrics.height())
        painter.setFont(font)
        painter.setPen(self._appearance.look.colour("text" if column.is_now else "muted"))
        draw_in(painter, place, column.label, Qt.AlignmentFlag.AlignHCenter)

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(self.small())
        widest = max(metrics.horizontalAdvance(f"{tick:,.0f}") for tick in self._ticks())
        left = widest + 2 * self._small_gap()
        top = self._legend_room(self.width()) + metrics.height() + self._small_gap()
        bottom = self.height() - metrics.height() - 2 * self._small_gap()
        return QRectF(left, top, max(self.width() - left, 1.0), max(bottom - top, 1.0))

    def _slot(self, plot: QRectF) -> float:
        return plot.width() / max(len(self._columns), self._least)

    def _ticks(self) -> tuple[float, ...]:
        highest = max((column.total for column in self._columns), default=1)
        return nice_ticks(0, max(highest, 1), _MOST_TICKS, is_whole=True)

    def _step(self) -> int:
        metrics, plot = QFontMetricsF(self.small(600)), self._plot()
        labels = [metrics.horizontalAdvance(column.label) for column in self._columns]
        room = plot.width() * len(labels) / max(len(labels), self._least)
        return every(len(labels), max(labels, default=0) + 2 * self._small_gap(), room)

    def _has_tops(self, slot: float) -> bool:
        metrics = QFontMetricsF(self.small(600))
        tops = (metrics.horizontalAdvance(column.top) for column in self._columns)
        return max(tops, default=0) + 4 <= slot

    def _legend_room(self, width: float) -> float:
        if len(self._series) < 2:
            return 0.0
        return self.legend_height((one.title for one in self._series), width)

    def _small_gap(self) -> float:
        return float(self._appearance.look.space(_GAP))
