"""A thing in a list, with what can be done to it beside it, and what that asks below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.spoken_line import breakable

_STACKED_FROM = 150  # percent of text, from which on buttons stand below the words


class ActionRow(QFrame):
    """A title, a line of words and buttons; the buttons move below when the text is big."""

    def __init__(
        self,
        appearance: Appearance,
        title: str,
        words: str = "",
        buttons: tuple[QAbstractButton, ...] = (),
        mark: str = "",
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("panel", "surface")
        self.title, self.words, self.mark = QLabel(breakable(title)), QLabel(words), QLabel(mark)
        self.title.setAccessibleName(title)
        self.title.setProperty("type", "strong")
        self.words.setProperty("type", "caption")
        self.words.setProperty("tone", "muted")
        self.mark.setProperty("type", "caption")
        self.mark.setProperty("tone", "good")
        for label in (self.title, self.words, self.mark):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            if not label.text():
                label.hide()
        text = QVBoxLayout()
        text.setSpacing(2)
        for label in (self.title, self.words, self.mark):
            text.addWidget(label)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        for button in buttons:
            self._buttons.addWidget(button)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(8)
        self._line.addLayout(text, 1)
        self._line.addLayout(self._buttons)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_below(self, widget: QWidget) -> None:
        """Have a widget stand in the row, below all else."""
        if self._column.indexOf(widget) < 0:
            self._column.addWidget(widget)

    def _draw(self) -> None:
        look = self._appearance.look
        is_stacked = look.text_percent >= _STACKED_FROM
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.TopToBottom if is_stacked else ways.LeftToRight)
        left = Qt.AlignmentFlag.AlignLeft if is_stacked else Qt.AlignmentFlag.AlignVCenter
        self._line.setAlignment(self._buttons, left)
        edge = look.space(12)
        self._column.setContentsMargins(edge, look.space(8), look.space(8), look.space(8))
