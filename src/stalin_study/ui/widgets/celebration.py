"""A small burst over the page when today's work is done; without motion it is not shown at all."""

from __future__ import annotations

import math
import random

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stalin_study.ui.theme.appearance import Appearance

DURATION_MS = 1200
_FRAME_MS = 16
_PIECES = 36
_ROLES = ("primary", "good", "warn", "word")


class Celebration(QWidget):
    """Lies over its parent while it plays; clicks go through it."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._clock = QElapsedTimer()
        self._origin = QPointF()
        rng = random.Random(1924)
        self._pieces = [
            (rng.uniform(-2.7, -0.4), rng.uniform(120, 420), rng.choice(_ROLES), rng.uniform(3, 7))
            for _ in range(_PIECES)
        ]
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._step)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def is_playing(self) -> bool:
        """Whether pieces are flying."""
        return self._frames.isActive()

    def play(self, origin: QPointF) -> None:
        """Let pieces fly from a point of the parent; nothing where motion is not wanted."""
        parent = self.parentWidget()
        if parent is None or not self._appearance.look.is_moving:
            return
        self._origin = origin
        self.setGeometry(parent.rect())
        self._clock.start()
        self._frames.start()
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces where they are by now."""
        share = min(1.0, self._clock.elapsed() / DURATION_MS)
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1 - share * share)
        for angle, speed, role, size in self._pieces:
            way = look.px(speed) * share
            fall = look.px(260) * share * share
            place = self._origin + QPointF(math.cos(angle) * way, math.sin(angle) * way + fall)
            side = look.px(size)
            painter.save()
            painter.translate(place)
            painter.rotate(math.degrees(angle) + 360 * share)
            painter.setBrush(look.colour(role))
            painter.drawRect(-side // 2, -side // 2, side, side)
            painter.restore()
        painter.end()

    def _step(self) -> None:
        if self._clock.elapsed() >= DURATION_MS:
            self._frames.stop()
            self.hide()
        else:
            self.update()
