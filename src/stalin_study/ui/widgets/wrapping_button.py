"""A button whose words go on in the next line where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.broken_lines import broken
from stalin_study.ui.widgets.buttons import PushButton

_MOST = 9  # lines


class WrappingButton(PushButton):
    """As wide as its words in one line, or as there is room."""

    def __init__(
        self, appearance: Appearance, text: str, kind: str = "outline", icon: str = ""
    ) -> None:
        super().__init__(appearance, text, kind, icon)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lines_in(self, width: int) -> tuple[str, ...]:
        """The words as they are broken in a button of that width."""
        return broken(self.text(), self.fontMetrics(), width - self._edges(), _MOST)

    def hasHeightForWidth(self) -> bool:
        """A narrow one has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for every line."""
        more = max(0, len(self.lines_in(width)) - 1)
        return self.sizeHint().height() + more * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:
        """As wide as its longest word, and as high as its lines."""
        metrics = self.fontMetrics()
        words = (metrics.horizontalAdvance(word) for word in self.text().split())
        least = max(words, default=0) + self._edges()
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower button may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as the style does, with the words in their lines."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = "\n".join(self.lines_in(self.width()))  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _edges(self) -> int:
        """What stands beside the words: icon, padding, frame, and a pixel for rounding."""
        return self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text()) - 1
