"""Fills that differ without colour: plain, striped and dotted."""

from __future__ import annotations

from enum import StrEnum
from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


class Pattern(StrEnum):
    """How a shape is filled."""

    PLAIN = "plain"
    STRIPES = "stripes"
    DOTS = "dots"


def fill(
    painter: QPainter,
    rect: QRectF,
    colour: QColor,
    pattern: Pattern,
    step: float,
    radius: float = 0,
) -> None:
    """Fill a rectangle; stripes and dots are `step` apart and stand in a line of the colour.

    Drawn as lines and circles, so that it is sharp on every screen and on paper.
    """
    painter.save()
    if pattern is Pattern.PLAIN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(rect, radius, radius)
        painter.restore()
        return
    line = step / 5
    inner = rect.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, line))
    painter.drawRoundedRect(inner, radius, radius)
    around = QPainterPath()
    around.addRoundedRect(rect, radius, radius)
    painter.setClipPath(around, Qt.ClipOperation.IntersectClip)
    if pattern is Pattern.STRIPES:
        _stripes(painter, rect, step, line * 1.6)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        _dots(painter, rect, step, step / 4)
    painter.restore()


def _stripes(painter: QPainter, rect: QRectF, step: float, width: float) -> None:
    pen = painter.pen()
    pen.setWidthF(width)
    painter.setPen(pen)
    high, start = rect.height(), rect.left() - rect.height()
    bottom, top = rect.bottom(), rect.top()
    starts = (start + step * number for number in range(ceil((rect.width() + high) / step)))
    painter.drawLines([QLineF(x, bottom, x + high, top) for x in starts])


def _dots(painter: QPainter, rect: QRectF, step: float, radius: float) -> None:
    dots = QPainterPath()
    for row in range(ceil(rect.height() / (step * 0.75))):
        y = rect.top() + step * (0.5 + 0.75 * row)
        left = rect.left() + step * (1.0 if row % 2 else 0.5)
        for column in range(ceil(rect.width() / step)):
            dots.addEllipse(QPointF(left + column * step, y), radius, radius)
    painter.drawPath(dots)
