"""A calendar of the study days: weeks side by side, the fuller a day the busier it was."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from stalin_study.domain.date_words import MONTHS, WEEKDAYS
from stalin_study.domain.progress_wording import day_words
from stalin_study.domain.study_figures import (
    LEVELS,
    WEEK,
    StudyCalendar,
    level_of,
    month_columns,
)
from stalin_study.ui.charts.chart import Chart, draw_in
from stalin_study.ui.theme.appearance import Appearance

NAME = "Study days, go from day to day with the arrow keys"
_LEAST_CELL, _WIDEST_CELL, _GAP = 13, 28, 3  # pixels at 100 %
# Of a tile's side that a day of each level fills, and how strong its colour is.
_SIDES = (0.0, 0.5, 0.68, 0.84, 1.0)
_STRENGTHS = (0.0, 0.65, 0.76, 0.88, 1.0)
_LEGEND = ("none", *(f"{low}–{high - 1}" for low, high in pairwise(LEVELS)))
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -7,
    Qt.Key.Key_Right: 7,
}


class HeatMap(Chart):
    """Shows a calendar; `day_pointed(words)` as the pointer or the arrow keys come to a day.

    Without a day the words are empty.
    """

    day_pointed = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._calendar: StudyCalendar | None = None
        self._pointed: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(NAME)
        self.redraw()

    def show_calendar(self, calendar: StudyCalendar) -> None:
        """Show these days instead."""
        if calendar == self._calendar:
            return
        self._calendar = calendar
        if self._pointed is not None and not calendar.first <= self._pointed <= calendar.last:
            self._pointed = None
        self._tell()
        self.redraw()

    @property
    def pointed(self) -> date | None:
        """The day that the pointer or the keyboard is on."""
        return self._pointed

    @property
    def weeks_shown(self) -> range:
        """The weeks that have room, counted from the calendar's first; today's is among them."""
        if self._calendar is None:
            return range(0)
        fit = max(1, int((self.width() - self._left()) // self._least_cell()))
        weeks = self._calendar.weeks
        this = (self._calendar.today - self._calendar.first) // WEEK
        ahead = min(weeks - this - 1, max(fit - this - 1, fit // 3))
        start = max(0, this + ahead + 1 - fit)
        return range(start, min(start + fit, weeks))

    def height_at(self, width: int) -> int:
        """The months, seven days, and the legend."""
        weeks = self._calendar.weeks if self._calendar else 1
        legend = self.legend_height(self._legend_titles(), width)
        return round(self._top() + 7 * self._cell_for(width, weeks) + 2 * self._gap() + legend)

    def place_of(self, day: date) -> QRectF:
        """Where a day is drawn; empty if it is not."""
        return self._places().get(day, QRectF())

    def day_at(self, point: QPointF) -> date | None:
        """The day that is drawn there."""
        shown, cell = self.weeks_shown, self._cell()
        week = int((point.x() - self._left()) // cell) + shown.start
        weekday = int((point.y() - self._top()) // cell)
        if self._calendar is None or week not in shown or not 0 <= weekday < 7:
            return None
        return self._calendar.first + week * WEEK + timedelta(days=weekday)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go a day or a week on, Home to the first day, End to today."""
        calendar = self._calendar
        key = Qt.Key(event.key())
        if calendar is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        shown = self.weeks_shown
        first = calendar.first + shown.start * WEEK
        last = calendar.first + shown.stop * WEEK - timedelta(days=1)
        if key in _STEPS:
            day = (self._pointed or calendar.today) + timedelta(days=_STEPS[key])
            self._point(day if first <= day <= last else self._pointed)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._point(first if key == Qt.Key.Key_Home else calendar.today)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the day under the pointer."""
        day = self.day_at(event.position())
        if day is not None:
            self._point(day, is_told=False)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone; the keyboard may still be there."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at today."""
        super().focusInEvent(event)
        if self._pointed is None and self._calendar is not None:
            self._point(self._calendar.today)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone."""
        super().focusOutEvent(event)
        self._point(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names, the days and the legend."""
        if self._calendar is None:
            return
        painter = self.begin()
        painter.setFont(self.small())
        self._draw_names(painter, self._calendar)
        for day, place in self._places().items():
            self._draw_day(painter, self._calendar, day, place)
        self._draw_levels(painter)
        painter.end()

    def _point(self, day: date | None, *, is_told: bool = True) -> None:
        if day != self._pointed:
            self._pointed = day
            self._tell(is_told=is_told)
            self.update()

    def _tell(self, *, is_told: bool = False) -> None:
        words = ""
        if self._pointed is not None and self._calendar is not None:
            words = day_words(self._calendar, self._pointed)
        self.setAccessibleDescription(words)
        if words and is_told and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.day_pointed.emit(words)

    def _draw_names(self, painter: QPainter, calendar: StudyCalendar) -> None:
        look, shown, cell = self._appearance.look, self.weeks_shown, self._cell()
        metrics = QFontMetricsF(self.small())
        painter.setPen(look.colour("muted"))
        step = 2 if 2 * cell >= metrics.height() else 3
        for weekday in range(0, 7, step):
            place = QRectF(0, self._top() + weekday * cell, self._left(), cell - _GAP)
            draw_in(painter, place, WEEKDAYS[weekday][:3], Qt.AlignmentFlag.AlignLeft)
        first = calendar.first + shown.start * WEEK
        months = month_columns(first, len(shown))
        ends = [column for column, _ in months[1:]] + [len(shown)]
        for (column, day), end in zip(months, ends, strict=True):
            name = MONTHS[day.month - 1][:3]
            if metrics.horizontalAdvance(name) + self._gap() / 2 <= (end - column) * cell:
                place = QRectF(self._left() + column * cell, 0, cell, metrics.height())
                draw_in(painter, place, name, Qt.AlignmentFlag.AlignLeft)

    def _places(self) -> dict[date, QRectF]:
        """Where each day that has room is drawn."""
        if self._calendar is None:
            return {}
        shown, cell = self.weeks_shown, self._cell()
        left, top = self._left(), self._top()
        side = cell - self._appearance.look.space(_GAP)
        first = self._calendar.first + shown.start * WEEK
        return {
            first + timedelta(days=7 * week + weekday): QRectF(
                left + week * cell, top + weekday * cell, side, side
            )
            for week in range(len(shown))
            for weekday in range(7)
        }

    def _draw_day(
        self, painter: QPainter, calendar: StudyCalendar, day: date, place: QRectF
    ) -> None:
        look = self._appearance.look
        radius = place.width() / 5
        is_ahead = day > calendar.today
        painter.setPen(QPen(look.colour("border"), 1) if is_ahead else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if is_ahead else look.colour("surface2"))
        half = 0.5 if is_ahead else 0.0
        painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)
        self._draw_level(painter, place, level_of(calendar.tally(day).reviews))
        if day == calendar.exam:
            side = place.width()
            flag = self._appearance.pixmap("flag", "text", _WIDEST_CELL)
            inner = place.adjusted(side * 0.1, side * 0.1, -side * 0.1, -side * 0.1)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(inner, flag, QRectF(flag.rect()))
        ring = self._ring(calendar, day)
        if ring is not None:
            painter.setPen(QPen(ring, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), radius, radius)

    def _ring(self, calendar: StudyCalendar, day: date) -> QColor | None:
        look = self._appearance.look
        if day == self._pointed:
            return look.colour("focus" if self.hasFocus() else "control")
        return look.colour("text") if day in (calendar.today, calendar.exam) else None

    def _draw_level(self, painter: QPainter, place: QRectF, level: int) -> None:
        if level:
            draw_level(painter, place, level, self._appearance.look.colour("primary"))

    def _draw_levels(self, painter: QPainter) -> None:
        look = self._appearance.look
        painter.save()
        painter.translate(0, self._top() + 7 * self._cell() + 2 * self._gap())
        painter.setFont(self.small())
        for level, entry in enumerate(self.legend(self._legend_titles(), self.width())):
            radius = entry.swatch.width() / 5
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("surface2"))
            painter.drawRoundedRect(entry.swatch, radius, radius)
            self._draw_level(painter, entry.swatch, level)
            painter.setPen(look.colour("muted"))
            painter.drawText(entry.text, entry.title)
        painter.restore()

    def _legend_titles(self) -> tuple[str, ...]:
        return (*_LEGEND, f"{LEVELS[-1]} answers or more")

    def _left(self) -> float:
        metrics = QFontMetricsF(self.small())
        return max(metrics.horizontalAdvance(name[:3]) for name in WEEKDAYS) + self._gap()

    def _top(self) -> float:
        return QFontMetricsF(self.small()).height() + self._gap() / 2

    def _least_cell(self) -> float:
        return float(self._appearance.look.px(_LEAST_CELL))

    def _cell(self) -> float:
        return self._cell_for(self.width(), self._calendar.weeks if self._calendar else 1)

    def _cell_for(self, width: float, weeks: int) -> float:
        widest = float(self._appearance.look.px(_WIDEST_CELL))
        return min(max((width - self._left()) / weeks, self._least_cell()), widest)


def draw_level(painter: QPainter, place: QRectF, level: int, colour: QColor) -> None:
    """Fill the tile of a day: the busier it was, the larger and the stronger."""
    away = place.width() * (1 - _SIDES[level]) / 2
    inner = place.adjusted(away, away, -away, -away)
    shade = QColor(colour)
    shade.setAlphaF(_STRENGTHS[level])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRoundedRect(inner, inner.width() / 5, inner.width() / 5)
