"""A card with two sides and a real turn between them."""

from __future__ import annotations

import math
from time import perf_counter

from PySide6.QtCore import (
    QEasingCurve,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance

TURN_MS = 320
ROOM = 16  # around the faces, for the shadow and the edge that comes nearer
SLOW_PAINT_S = 0.008


class CardFace(QWidget):
    """One side: a rounded sheet that its layout fills. A click on its empty parts flips."""

    clicked = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        appearance.look_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet."""
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if look.theme_name == "contrast" else 1
        painter.setPen(QPen(look.colour("border"), width))
        painter.setBrush(look.colour("surface"))
        edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(edge, 20, 20)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A plain click turns the card."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.clicked.emit()


class FlipCard(QWidget):
    """Two faces of which one is in view; the turn is painted over them, so both stay real."""

    turned = Signal()

    def __init__(self, appearance: Appearance, front: CardFace, back: CardFace) -> None:
        super().__init__()
        self._appearance = appearance
        self._faces = (front, back)
        # QStackedLayout pays no heed to margins, so the faces stand in a frame of their own.
        frame = QWidget()
        self._stack = QStackedLayout(frame)
        for face in self._faces:
            self._stack.addWidget(face)
        around = QVBoxLayout(self)
        around.setContentsMargins(ROOM, ROOM // 2, ROOM, ROOM)
        around.addWidget(frame)
        self._frame = frame
        self._turn = _Turn(appearance, self)
        self._turn.ended.connect(self.turned)
        appearance.look_changed.connect(self.update)

    @property
    def is_turning(self) -> bool:
        """Whether the card is in mid-turn."""
        return self._turn.is_running

    def show_side(self, *, is_flipped: bool, with_turn: bool) -> None:
        """Bring a side into view, turning the card if the pupil has not switched motion off.

        A turn that is still running is finished first.
        """
        self._turn.finish()
        old, new = self._stack.currentWidget(), self._faces[is_flipped]
        if old is new:
            return
        is_turned = with_turn and self._appearance.look.is_moving and self.isVisible()
        if is_turned:
            place = self._frame.geometry()
            before = _snapshot(old)
            new.setGeometry(old.geometry())
            after = _snapshot(new)
            self._stack.setCurrentWidget(new)
            self._turn.start(before, after, place, clockwise=is_flipped)
        else:
            self._stack.setCurrentWidget(new)
            self.turned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A turn in a window that changes its size is over."""
        self._turn.finish()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shadow below the face."""
        if not self.is_turning:
            _paint_shadow(QPainter(self), self._frame.geometry(), self._appearance)


class _Turn(QWidget):
    """The overlay that shows the turn between two snapshots."""

    ended = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pixmaps = (QPixmap(), QPixmap())
        self._place = QRect()
        self._direction = 1
        self._angle = 0.0
        self._is_smooth = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(TURN_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(180.0)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.valueChanged.connect(self._show_angle)
        self._animation.finished.connect(self._end)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._animation.state() == QVariantAnimation.State.Running

    def start(self, before: QPixmap, after: QPixmap, place: QRect, *, clockwise: bool) -> None:
        self._pixmaps = (before, after)
        self._place = place
        self._direction = 1 if clockwise else -1
        self._is_smooth = True
        self._angle = 0.0
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self._animation.start()

    def finish(self) -> None:
        if self.is_running:
            self._animation.stop()
            self._end()

    def _show_angle(self, angle: float) -> None:
        self._angle = angle
        self.update()

    def _end(self) -> None:
        self._pixmaps = (QPixmap(), QPixmap())
        self.hide()
        self.parentWidget().update()
        self.ended.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        started = perf_counter()
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._appearance.look.colour("bg"))
        is_second_half = self._angle >= 90
        angle = self._angle - 180 if is_second_half else self._angle
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_smooth)
        transform = _turned(self._place, angle * self._direction)
        painter.setTransform(transform)
        face = self._pixmaps[is_second_half]
        painter.drawPixmap(0, 0, face)
        shade = QColor(0, 0, 0, round(36 * math.sin(math.radians(self._angle))))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(0, 0, self._place.width(), self._place.height(), 20, 20)
        painter.end()
        if perf_counter() - started > SLOW_PAINT_S:
            self._is_smooth = False


def _turned(place: QRect, angle: float) -> QTransform:
    """The place of a face turned by `angle` degrees about its upright middle.

    The eye is 3.2 widths away; the face shrinks in mid-turn so that its near edge is not cut off.
    """
    scale = 1 - 0.14 * abs(math.sin(math.radians(angle)))
    width, height = place.width(), place.height()
    transform = QTransform()
    transform.translate(place.x() + width / 2, place.y() + height / 2)
    transform.rotate(angle, Qt.Axis.YAxis, 3.2 * width)
    transform.scale(scale, scale)
    transform.translate(-width / 2, -height / 2)
    return transform


def _snapshot(face: QWidget) -> QPixmap:
    """The face as a picture with clear corners."""
    ratio = face.devicePixelRatioF()
    pixmap = QPixmap(face.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    face.ensurePolished()
    if face.layout() is not None:
        face.layout().activate()
    face.render(pixmap, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return pixmap


def _paint_shadow(painter: QPainter, place: QRect, appearance: Appearance) -> None:
    strength = appearance.look.theme.shadow
    if not strength:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    layers = 12
    for layer in range(layers):
        spread = layers - layer
        painter.setBrush(QColor(16, 18, 40, max(1, round(strength / layers / 2))))
        around = QRectF(place).adjusted(-spread / 2, 2, spread / 2, 4 + spread / 2)
        painter.drawRoundedRect(around, 20 + spread / 2, 20 + spread / 2)
