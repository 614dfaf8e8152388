"""Marks that differ by colour and by shape: of kinds of events, and of series in a plot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from stalin_study.ui.theme.appearance import Appearance


class Shape(StrEnum):
    """The outline of a mark."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    STAR = "star"
    DOWN = "down"
    HEXAGON = "hexagon"


@dataclass(frozen=True, slots=True)
class Mark:
    """A colour of the theme and a shape."""

    role: str
    shape: Shape


MARKS = (
    Mark("primary", Shape.CIRCLE),
    Mark("warn", Shape.SQUARE),
    Mark("good", Shape.TRIANGLE),
    Mark("bad", Shape.STAR),
    Mark("muted", Shape.HEXAGON),
    Mark("text", Shape.DIAMOND),
    Mark("primary", Shape.DOWN),
)
# Sides of each polygon, where its first corner points (in turns), and how large it is drawn, so
# that all look alike in size.
_POLYGONS = {
    Shape.SQUARE: (4, 1 / 8, 1.2),
    Shape.TRIANGLE: (3, -1 / 4, 1.3),
    Shape.DIAMOND: (4, 0, 1.25),
    Shape.DOWN: (3, 1 / 4, 1.3),
    Shape.HEXAGON: (6, 0, 1.1),
}


def mark_of(number: int) -> Mark:
    """The mark of the kind or series with that number; after seven they come again."""
    return MARKS[number % len(MARKS)]


def draw_mark(
    painter: QPainter, appearance: Appearance, mark: Mark, centre: QPointF, radius: float
) -> None:
    """Draw a mark with a thin rim of the surface, so that it stands off from lines."""
    look = appearance.look
    painter.setPen(look.colour("surface"))
    painter.setBrush(look.colour(mark.role))
    if mark.shape is Shape.CIRCLE:
        painter.drawEllipse(centre, radius, radius)
        return
    outline = _outline(mark.shape)
    painter.drawPolygon(
        QPolygonF([QPointF(centre.x() + radius * x, centre.y() + radius * y) for x, y in outline])
    )


def mark_icon(appearance: Appearance, mark: Mark, size: int, gap: int) -> QIcon:
    """A mark as the icon of a button, `size` high and `gap` empty on its right, in pixels."""
    ratio = QApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
    pixmap = QPixmap(round((size + gap) * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, appearance, mark, QRectF(0, 0, size, size).center(), size * 0.36)
    painter.end()
    return QIcon(pixmap)


@cache
def _outline(shape: Shape) -> tuple[tuple[float, float], ...]:
    if shape is Shape.STAR:
        corners = ((n / 10 - 1 / 4, 1.35 if n % 2 == 0 else 0.6) for n in range(10))
    else:
        sides, turn, size = _POLYGONS[shape]
        corners = ((n / sides + turn, size) for n in range(sides))
    return tuple((size * cos(2 * pi * at), size * sin(2 * pi * at)) for at, size in corners)
