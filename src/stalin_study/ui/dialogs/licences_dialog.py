"""What others made, as a list; the one that is chosen, with its licence in full."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QLabel,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from stalin_study.services.third_party import ThirdParty
from stalin_study.ui.dialogs.text_dialog import Paragraph, write_paragraphs
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

NONE = (
    "The list cannot be read. It is in the folder “licences” beside the program, and it comes"
    " with every copy of Stalin Study."
)
_WIDTH, _HEIGHT = 860, 620  # pixels at 100 %
_SIDE_BY_SIDE = 640  # from this width, in pixels at 100 %, the text stands beside the list


class LicencesDialog(QDialog):
    """Shows parts by others; `text_of` is asked for the licence of the one that is chosen."""

    def __init__(
        self,
        appearance: Appearance,
        parts: tuple[ThirdParty, ...],
        text_of: Callable[[ThirdParty], str],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parts = parts
        self._text_of = text_of
        self.setWindowTitle("Licences")
        self._list = QListWidget()
        self._list.setAccessibleName("Made by others")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.addItems([line(part) for part in parts])
        self._text = QTextBrowser()
        self._text.setAccessibleName("Licence")
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        missing = QLabel(NONE)
        missing.setWordWrap(True)
        missing.setVisible(not parts)
        close = PushButton(appearance, "Close", "filled")
        close.clicked.connect(self.accept)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.addWidget(self._list, 2)
        self._halves.addWidget(self._text, 3)
        self._list.setVisible(bool(parts))
        self._text.setVisible(bool(parts))
        column = QVBoxLayout(self)
        column.addWidget(missing, 1)
        column.addLayout(self._halves, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._list.currentRowChanged.connect(self._show_text)
        appearance.look_changed.connect(self._draw)
        self._list.setCurrentRow(0)
        self._draw()
        (self._list if parts else close).setFocus()

    @property
    def plain_text(self) -> str:
        """What it says of the part that is chosen."""
        return self._text.toPlainText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the text stands below the list."""
        super().resizeEvent(event)
        is_wide = self.width() >= self._appearance.look.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(way)

    def _draw(self) -> None:
        look = self._appearance.look
        self._list.setSpacing(look.px(3))
        parent = self.parentWidget()
        room = parent.size() if parent else self.screen().availableSize()
        width, height = look.px(_WIDTH), look.px(_HEIGHT)
        self.resize(min(width, room.width() - 24), min(height, room.height() - 24))
        self._show_text(self._list.currentRow())

    def _show_text(self, row: int) -> None:
        if 0 <= row < len(self._parts):
            part = self._parts[row]
            paragraphs = (
                Paragraph(" ".join((part.name, part.version)).strip(), "title"),
                Paragraph(part.use),
                Paragraph(f"Licence: {part.licence}"),
                Paragraph(f"Source: {part.source}"),
                Paragraph("The licence in full", "heading"),
                Paragraph(self._text_of(part)),
            )
            write_paragraphs(self._text, self._appearance.look, paragraphs)


def line(part: ThirdParty) -> str:
    """A part as a line of the list."""
    return f"{part.name} ({part.licence.removeprefix('LicenseRef-').replace('-', ' ')})"
