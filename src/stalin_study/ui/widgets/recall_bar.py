"""Expected recall on one line: what would be known if the pupil stopped, and with the plan."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stalin_study.ui.theme.appearance import Appearance


class RecallBar(QWidget):
    """A bar filled to what is known, and a dashed outline to where the plan leads."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._now = self._followed = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.look_changed.connect(self.updateGeometry)

    def show_recall(self, now: float, if_followed: float, words: str) -> None:
        """Show two shares from 0 to 1; with none, the track alone."""
        self._now, self._followed = now, if_followed
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        look = self._appearance.look
        return QSize(look.px(200), look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track, the part that is known, and the part to be won."""
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = track.height() / 2
        painter.setPen(QPen(look.colour("control"), 1))
        painter.setBrush(look.colour("surface2"))
        painter.drawRoundedRect(track, radius, radius)
        if self._followed <= 0:
            painter.end()
            return
        followed = QRectF(track)
        followed.setWidth(max(track.height(), track.width() * self._followed))
        painter.setPen(QPen(look.colour("primary"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(look.colour("primary_soft"))
        painter.drawRoundedRect(followed, radius, radius)
        known = QRectF(self.rect())
        known.setWidth(max(known.height(), known.width() * self._now))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("primary"))
        painter.drawRoundedRect(known, known.height() / 2, known.height() / 2)
        painter.end()
