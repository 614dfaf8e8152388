"""How much time is left, as a thin bar and in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION

LITTLE = 0.1  # of the time; from here on the bar has the tone of a warning
_SAID = (100, 75, 50, 25, 10, 0)  # per cent at which a screen reader hears of it
_ICON, _BAR, _GAP = 18, 6, 8


class TimeBar(QProgressBar):
    """Shows the time left; hidden while there is no limit."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._share = 0.0
        self._words = ""
        self.setProperty("kind", "time")
        self.setAccessibleName("Time left")
        self.setRange(0, 100)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        appearance.look_changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """What it says: "0:42 left"."""
        return self._words

    @property
    def is_little(self) -> bool:
        """Whether the last tenth has begun."""
        return self._share <= LITTLE

    def show_time(self, left_seconds: float, all_seconds: float) -> None:
        """Show seconds left of all seconds; none at all means no limit."""
        self.setVisible(all_seconds > 0)
        if all_seconds <= 0:
            return
        left = max(0.0, min(left_seconds, all_seconds))
        minutes, seconds = divmod(math.ceil(left), 60)
        self._share = left / all_seconds
        self._words = f"{minutes}:{seconds:02} left"
        said = min(step for step in _SAID if step >= 100 * self._share)
        if said != self.value():
            self.setValue(said)
            self.setAccessibleDescription(self._words)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words."""
        look = self._appearance.look
        height = max(QFontMetrics(look.font(CAPTION, 600)).height(), look.px(_ICON))
        return QSize(look.px(240), height + 4)

    def minimumSizeHint(self) -> QSize:
        """The words whole and a little of the bar."""
        look = self._appearance.look
        return QSize(self._room_of_words() + look.px(_ICON + 40), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a clock, the bar and the words."""
        look = self._appearance.look
        role = "warn" if self.is_little else "primary"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, gap, thick = look.px(_ICON), look.space(_GAP), look.px(_BAR)
        icon = self._appearance.pixmap("clock", "warn" if self.is_little else "muted", _ICON)
        painter.drawPixmap(0, (self.height() - side) // 2, side, side, icon)
        words = self._room_of_words()
        room = self.width() - side - 2 * gap - words
        groove = QRectF(side + gap, (self.height() - thick) / 2, room, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface2"))
        painter.drawRoundedRect(groove, thick / 2, thick / 2)
        if self._share > 0:
            groove.setWidth(max(room * self._share, thick))
            painter.setBrush(look.colour(role))
            painter.drawRoundedRect(groove, thick / 2, thick / 2)
        painter.setFont(look.font(CAPTION, 600))
        painter.setPen(look.colour("warn" if self.is_little else "muted"))
        place = QRectF(self.width() - words, 0, words, self.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._words
        )

    def _room_of_words(self) -> int:
        """As wide as the longest words, so that the bar keeps its length."""
        metrics = QFontMetrics(self._appearance.look.font(CAPTION, 600))
        return max(metrics.horizontalAdvance(words) for words in ("88:88 left", self._words))
