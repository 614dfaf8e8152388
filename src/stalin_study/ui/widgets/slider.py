"""A slider in the colours of the theme; a click brings its handle there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider

from stalin_study.ui.theme.appearance import Appearance

HEIGHT, HANDLE, THICK, THIN = 24, 16, 6, 4  # pixels at 100 %
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_PageDown: (0, -1),
    Qt.Key.Key_PageUp: (0, 1),
}


class Slider(QSlider):
    """`value_chosen(value)` for each value that the pupil brings it to."""

    value_chosen = Signal(int)

    def __init__(self, appearance: Appearance, name: str, step: int, page: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._appearance = appearance
        self.setAccessibleName(name)
        self.setSingleStep(step)
        self.setPageStep(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.valueChanged.connect(self._take_value)
        appearance.look_changed.connect(self.updateGeometry)

    def show_value(self, value: int) -> None:
        """Show a value, unless the pupil is just dragging the handle."""
        if not self.isSliderDown() and value != self.value():
            blocker = QSignalBlocker(self)
            self.setValue(value)
            blocker.unblock()

    def sizeHint(self) -> QSize:
        """Some length, and a height that is easy to hit."""
        look = self._appearance.look
        return QSize(look.px(160), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A short slider is of use as well."""
        look = self._appearance.look
        return QSize(look.px(60), look.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by a step, Page by a page, Home and End to the ends; not with Ctrl or Alt."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _KEYS:
            steps, pages = _KEYS[key]
            self.setValue(self.value() + steps * self.singleStep() + pages * self.pageStep())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setValue(self.minimum() if key == Qt.Key.Key_Home else self.maximum())
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump there, and take the handle along."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A fast second click is a click."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the handle."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """A handle that goes out of view in the middle of a drag is let go of, unheard."""
        blocker = QSignalBlocker(self)
        self.setSliderDown(False)
        blocker.unblock()
        super().hideEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, and never this."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove, thicker up to the handle, and the handle."""
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove, middle = self._groove(), self.height() / 2
        reach = self.maximum() - self.minimum()
        share = (self._shown_value() - self.minimum()) / reach if reach else 0.0
        at = groove.left() + groove.width() * share
        self._bar(painter, groove.left(), groove.right(), THIN, look.colour("control"))
        self._bar(painter, groove.left(), at, THICK, look.colour("primary"))
        painter.setBrush(look.colour("primary"))
        painter.setPen(QPen(look.colour("surface"), 2))
        painter.drawEllipse(QPointF(at, middle), look.px(HANDLE) / 2, look.px(HANDLE) / 2)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _bar(
        self, painter: QPainter, left: float, right: float, thick: int, colour: QColor
    ) -> None:
        height = self._appearance.look.px(thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        place = QRectF(left, (self.height() - height) / 2, right - left, height)
        painter.drawRoundedRect(place, height / 2, height / 2)

    def _shown_value(self) -> int:
        """What to draw."""
        return self.value()

    def _right_room(self) -> int:
        """Pixels to leave free on the right."""
        return 0

    def _groove(self) -> QRectF:
        """Where the handle's middle can be."""
        edge = self._appearance.look.px(HANDLE) / 2 + 4
        return QRectF(edge, 0, max(self.width() - 2 * edge - self._right_room(), 1), self.height())

    def _value_at(self, place: QPointF) -> int:
        groove = self._groove()
        share = min(max((place.x() - groove.left()) / groove.width(), 0.0), 1.0)
        return self.minimum() + round(share * (self.maximum() - self.minimum()))

    def _take_value(self, value: int) -> None:
        self.value_chosen.emit(value)
