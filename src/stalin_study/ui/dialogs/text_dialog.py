"""A dialog of text to read: headings, paragraphs, and a Close button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, CAPTION, LEAD, TITLE, Look
from stalin_study.ui.widgets.buttons import PushButton

_SIZES = {
    "title": (TITLE, 700),
    "heading": (LEAD, 700),
    "text": (BODY, 400),
    "small": (CAPTION, 400),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text in a style: title, heading, text or small."""

    text: str
    style: str = "text"


class TextDialog(QDialog):
    """Shows paragraphs; `extra` buttons stand left of Close."""

    def __init__(
        self,
        appearance: Appearance,
        title: str,
        paragraphs: tuple[Paragraph, ...],
        parent: QWidget | None,
        extra: tuple[PushButton, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._paragraphs = paragraphs
        self.setWindowTitle(title)
        self._text = QTextBrowser()
        self._text.setAccessibleName(title)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = PushButton(appearance, "Close", "filled")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        for button in extra:
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self._text, 1)
        column.addLayout(buttons)
        appearance.look_changed.connect(self._draw)
        self._draw()
        close.setFocus()

    @property
    def plain_text(self) -> str:
        """All that it says."""
        return self._text.toPlainText()

    def _draw(self) -> None:
        write_paragraphs(self._text, self._appearance.look, self._paragraphs)
        look = self._appearance.look
        parent = self.parentWidget()
        room = parent.size() if parent else self.screen().availableSize()
        self.resize(min(look.px(700), room.width() - 24), min(look.px(620), room.height() - 24))


def write_paragraphs(text: QTextBrowser, look: Look, paragraphs: tuple[Paragraph, ...]) -> None:
    """Have a text show paragraphs, from the first."""
    document = text.document()
    document.clear()
    cursor = QTextCursor(document)
    for number, paragraph in enumerate(paragraphs):
        block = QTextBlockFormat()
        block.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(look.px(4))
        is_heading = paragraph.style in ("title", "heading")
        block.setTopMargin(look.px(12) if is_heading and number else 0)
        shape = QTextCharFormat()
        shape.setFont(look.font(*_SIZES[paragraph.style]))
        shape.setForeground(look.colour("muted" if paragraph.style == "small" else "text"))
        if number:
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        cursor.insertText(paragraph.text, shape)
    text.moveCursor(QTextCursor.MoveOperation.Start)
