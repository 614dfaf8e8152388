"""Number series as lines over the years, each with a mark and its name beside its last value."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen

from stalin_study.domain.chart_scale import nice_ticks
from stalin_study.domain.deck import FigureRow
from stalin_study.domain.figure_groups import FigureGroup, Join, Series, joins, moment, run_together
from stalin_study.domain.figure_words import amount, point_words
from stalin_study.domain.label_lanes import spread
from stalin_study.ui.charts.chart import Chart, draw_in
from stalin_study.ui.charts.marks import draw_mark, mark_of
from stalin_study.ui.theme.appearance import Appearance

_PLOT, _MARK, _NEAR = 240, 4, 16  # pixels at 100 %
_BROADER, _LARGER = 1, 1  # pixels at 100 %, from one series to the one drawn below it
_MOST_TICKS = 6
_NAMES_SHARE = 0.34  # of the width, at most, that names beside the lines may take


class FigurePlot(Chart):
    """Shows the series of one plot."""

    def __init__(self, appearance: Appearance, group: FigureGroup) -> None:
        super().__init__(appearance)
        self._group = group
        self._is_together = run_together(group)
        self.setMouseTracking(True)
        self.redraw()

    @property
    def names_beside(self) -> bool:
        """Whether the names of the series stand beside their lines, or above the plot."""
        return self._names_width() <= self.width() * _NAMES_SHARE

    def height_at(self, width: int) -> int:
        """The unit, the names where they stand above, the plot, and the years below it."""
        line = QFontMetricsF(self.small()).height()
        return round(self._top(width) + self._appearance.look.px(_PLOT) + line + 2 * self._gap())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the value that the pointer is near."""
        self.setToolTip(self.tip_at(event.position()))

    def tip_at(self, point: QPointF) -> str:
        """The words of the nearest value; empty when none is near."""
        near = [(QLineF(point, at).length(), series, row) for _, series, row, at in self.points()]
        distance, series, row = min(near, key=lambda one: one[0])
        is_near = distance <= self._appearance.look.px(_NEAR)
        return point_words(series, row, self._group.unit) if is_near else ""

    def points(self) -> Iterator[tuple[int, Series, FigureRow, QPointF]]:
        """Every value: the number of its series from 0, the series, its row, and its place."""
        plot, years, ticks = self._plot(), self._years(), self._ticks()
        for number, series in enumerate(self._group.series):
            for row in series.figure.rows:
                along = (moment(row) - years[0]) / (years[-1] - years[0])
                up = (row.value - ticks[0]) / (ticks[-1] - ticks[0])
                x = plot.left() + plot.width() * along
                yield number, series, row, QPointF(x, plot.bottom() - plot.height() * up)

    def name_places(self) -> tuple[QRectF, ...]:
        """Where the names of the series stand beside their lines; none when they stand above."""
        if not self.names_beside or len(self._group.series) < 2:
            return ()
        plot, metrics = self._plot(), QFontMetricsF(self.small(600))
        ends = [at for number, _, row, at in self.points() if self._is_last(number, row)]
        high = metrics.height()
        # From the left they all begin behind the farthest, so that they are read as a list.
        x = max(end.x() for end in ends) + 2 * self._gap()
        low, most = plot.top() - high / 2, plot.bottom() + high / 2
        middles = spread([end.y() for end in ends], high + 2, low, most)
        widths = [metrics.horizontalAdvance(series.label) for series in self._group.series]
        return tuple(
            QRectF(x, middle - high / 2, width, high)
            for middle, width in zip(middles, widths, strict=True)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scales, the lines, the values and the names."""
        painter = self.begin()
        self._draw_scales(painter)
        # The first one last, and each one below it broader: where two run together, both are seen.
        for number in reversed(range(len(self._group.series))):
            self._draw_line(painter, number)
        self._draw_names(painter)
        painter.end()

    def _draw_scales(self, painter: QPainter) -> None:
        look, plot = self._appearance.look, self._plot()
        line = QFontMetricsF(self.small()).height()
        painter.setFont(self.small())
        painter.setPen(look.colour("muted"))
        draw_in(painter, QRectF(0, 0, 10, line), self._unit(), Qt.AlignmentFlag.AlignLeft)
        ticks, years = self._ticks(), self._years()
        for tick in ticks:
            y = plot.bottom() - plot.height() * (tick - ticks[0]) / (ticks[-1] - ticks[0])
            painter.setPen(QPen(look.colour("control" if tick == ticks[0] else "border"), 1))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
            painter.setPen(look.colour("muted"))
            place = QRectF(0, y - line / 2, plot.left() - self._gap(), line)
            draw_in(painter, place, amount(tick) or "0", Qt.AlignmentFlag.AlignRight)
        for year in years:
            x = plot.left() + plot.width() * (year - years[0]) / (years[-1] - years[0])
            painter.setPen(QPen(look.colour("control"), 1))
            painter.drawLine(QLineF(x, plot.bottom(), x, plot.bottom() + 4))
            painter.setPen(look.colour("muted"))
            place = QRectF(x - 1, plot.bottom() + self._gap(), 2, line)
            draw_in(painter, place, f"{year:.0f}", Qt.AlignmentFlag.AlignHCenter)

    def _draw_line(self, painter: QPainter, number: int) -> None:
        look, mark = self._appearance.look, mark_of(number)
        series = self._group.series[number]
        places = [at for one, _, _, at in self.points() if one == number]
        more = number if self._is_together else 0
        width = look.px(2) + more * look.px(_BROADER)
        styles = {Join.SOLID: Qt.PenStyle.SolidLine, Join.DASHED: Qt.PenStyle.DashLine}
        for place, join in enumerate(joins(series.figure.rows)):
            if join is not Join.OPEN:
                painter.setPen(QPen(look.colour(mark.role), width, styles[join]))
                painter.drawLine(QLineF(places[place], places[place + 1]))
        for at in places:
            radius = look.px(_MARK) + more * look.px(_LARGER)
            draw_mark(painter, self._appearance, mark, at, radius)

    def _draw_names(self, painter: QPainter) -> None:
        look = self._appearance.look
        names = [series.label for series in self._group.series]
        if len(names) < 2:
            return
        painter.setFont(self.small(600))
        if not self.names_beside:
            painter.translate(0, self._unit_height())
            for number, entry in enumerate(self.legend(names, self.width())):
                mark = mark_of(number)
                draw_mark(painter, self._appearance, mark, entry.swatch.center(), look.px(_MARK))
                painter.setPen(look.colour("text"))
                painter.setFont(self.small())
                painter.drawText(entry.text, entry.title)
            return
        ends = [at for number, _, row, at in self.points() if self._is_last(number, row)]
        for number, (name, place, end) in enumerate(
            zip(names, self.name_places(), ends, strict=True)
        ):
            colour = look.colour(mark_of(number).role)
            painter.setPen(QPen(colour, 1))
            start = QPointF(end.x() + look.px(_MARK) + 2, end.y())
            painter.drawLine(QLineF(start, QPointF(place.left() - 3, place.center().y())))
            painter.setPen(colour)
            draw_in(painter, place, name, Qt.AlignmentFlag.AlignLeft)

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(self.small())
        left = max(metrics.horizontalAdvance(amount(tick)) for tick in self._ticks()) + self._gap()
        left = max(left, metrics.horizontalAdvance("0000") / 2)
        right = metrics.horizontalAdvance("0000") / 2 + 2
        if self.names_beside and len(self._group.series) > 1:
            right = max(right, self._names_width())
        top = self._top(self.width())
        bottom = self.height() - metrics.height() - 2 * self._gap()
        return QRectF(left, top, max(self.width() - left - right, 1.0), max(bottom - top, 1.0))

    def _top(self, width: float) -> float:
        top = self._unit_height()
        if len(self._group.series) > 1 and self._names_width() > width * _NAMES_SHARE:
            top += self.legend_height((one.label for one in self._group.series), width)
        return top + self._gap() / 2

    def _unit_height(self) -> float:
        return QFontMetricsF(self.small()).height() + self._gap()

    def _names_width(self) -> float:
        metrics = QFontMetricsF(self.small(600))
        widest = max(metrics.horizontalAdvance(one.label) for one in self._group.series)
        return widest + 3 * self._gap()

    def _unit(self) -> str:
        return f"{self._group.unit[:1].upper()}{self._group.unit[1:]}"

    def _ticks(self) -> tuple[float, ...]:
        values = [row.value for series in self._group.series for row in series.figure.rows]
        return nice_ticks(min(0.0, *values), max(values), _MOST_TICKS)

    def _years(self) -> tuple[float, ...]:
        moments = [moment(row) for series in self._group.series for row in series.figure.rows]
        metrics = QFontMetricsF(self.small())
        room = self.width() * (1 - _NAMES_SHARE) - metrics.horizontalAdvance("0000")
        most = max(2, int(room // (metrics.horizontalAdvance("0000") + 2 * self._gap())))
        return nice_ticks(min(moments), max(moments), most, is_whole=True)

    def _is_last(self, number: int, row: FigureRow) -> bool:
        return row is self._group.series[number].figure.rows[-1]
