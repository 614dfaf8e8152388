"""The title of a page: in large letters on one line, or in smaller ones on two."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, TITLE
from stalin_study.ui.widgets.broken_lines import broken, fits

CALM = 16  # pixels at 100 %: the titles of the deck fit so, from the narrowest room on
WIDE = 640  # pixels at 100 %: from here on nearly every title fits on one line
_WAYS = ((TITLE, 1), (CALM, 2), (BODY, 2))  # sizes of letters and lines, the best one first


class TitleLabel(QLabel):
    """Takes the width that is left. The whole text is still its accessible name.

    The size of its letters goes by that width, so that it stays the same from title to title,
    unless one does not fit. Its height is always that of two lines, so that nothing below moves.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.look_changed.connect(self.updateGeometry)

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as it is drawn: whole where there is room, else it ends in …."""
        return self._set_out()[1]

    def font_drawn(self) -> QFont:
        """The letters that it is drawn in."""
        return self._set_out()[0]

    def sizeHint(self) -> QSize:
        """Room for any way to set it out."""
        heights = [lines * QFontMetrics(self._font(size)).lineSpacing() for size, lines in _WAYS]
        width = QFontMetrics(self._font(TITLE)).horizontalAdvance(self.text())
        return QSize(width, max(heights))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, in the middle of the height."""
        font, lines = self._set_out()
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.setFont(font)
        step = QFontMetrics(font).lineSpacing()
        top = (self.height() - len(lines) * step) // 2
        for number, line in enumerate(lines):
            place = QRect(0, top + number * step, self.width(), step)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)

    def _set_out(self) -> tuple[QFont, tuple[str, ...]]:
        is_wide = self.width() >= self._appearance.look.px(WIDE)
        for size, most in _WAYS if is_wide else _WAYS[1:]:
            font = self._font(size)
            metrics = QFontMetrics(font)
            lines = broken(self.text(), metrics, self.width(), most)
            if all(fits(line, metrics, self.width()) for line in lines):
                break
        elide = Qt.TextElideMode.ElideRight
        return font, tuple(metrics.elidedText(line, elide, self.width()) for line in lines)

    def _font(self, size: int) -> QFont:
        return self._appearance.look.font(size, 700)
