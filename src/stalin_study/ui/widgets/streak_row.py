"""The last seven study days: done, rest, missed, or still to come, each by shape and letter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stalin_study.domain.streak import DayKind, DayMark
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TOLD: dict[DayKind, str] = {
    "done": "done",
    "rest": "a day of rest",
    "missed": "not studied",
    "today": "today, still to come",
    "before": "before you began",
}
_ICONS = {"done": ("check", "on_primary"), "rest": ("moon", "on_primary_soft")}


class StreakRow(QWidget):
    """Paints seven marks with the names of their days."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._week: tuple[DayMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.look_changed.connect(self.updateGeometry)

    def show_week(self, week: tuple[DayMark, ...]) -> None:
        """Show seven days, today the last."""
        self._week = week
        told = [f"{_NAMES[mark.day.weekday()]} {_TOLD[mark.kind]}" for mark in week]
        self.setAccessibleName(f"Your week: {', '.join(told)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a mark with a name below it."""
        look = self._appearance.look
        return QSize(look.px(7 * 52), look.px(34) + look.px(26))

    def minimumSizeHint(self) -> QSize:
        """Narrower, the marks move together."""
        look = self._appearance.look
        return QSize(look.px(7 * 38), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks."""
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(32)
        names = QFontMetricsF(look.font(CAPTION, 600))
        # The first mark stands where the text below it begins.
        first = max(side, *(names.horizontalAdvance(name) for name in _NAMES)) / 2
        step = min((self.width() - 2 * first) / 6, look.px(64))
        for number, mark in enumerate(self._week):
            centre = QPointF(first + step * number, 1 + side / 2)
            self._paint_mark(painter, mark.kind, centre, side)
            painter.setFont(look.font(CAPTION, 600 if number == 6 else 400))
            painter.setPen(look.colour("text" if number == 6 else "muted"))
            below = QRectF(centre.x() - step / 2, side + look.px(4), step, look.px(22))
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, _NAMES[mark.day.weekday()])
        painter.end()

    def _paint_mark(self, painter: QPainter, kind: DayKind, centre: QPointF, side: float) -> None:
        look = self._appearance.look
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if kind == "done":
            painter.setBrush(look.colour("primary"))
            painter.drawEllipse(centre, side / 2, side / 2)
        elif kind == "rest":
            painter.setPen(QPen(look.colour("control"), 1))
            painter.setBrush(look.colour("primary_soft"))
            painter.drawEllipse(centre, side / 2 - 1, side / 2 - 1)
        elif kind == "today":
            painter.setPen(QPen(look.colour("primary"), 2, Qt.PenStyle.DashLine))
            painter.drawEllipse(centre, side / 2 - 1, side / 2 - 1)
        else:
            radius = side / 8 if kind == "missed" else side / 16
            painter.setBrush(look.colour("control"))
            painter.drawEllipse(centre, radius, radius)
        if kind in _ICONS:
            name, role = _ICONS[kind]
            pixmap = self._appearance.pixmap(name, role, 18)
            half = pixmap.deviceIndependentSize() / 2
            painter.drawPixmap(centre - QPointF(half.width(), half.height()), pixmap)
