"""Figures in words, large, each with what it is below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.progress_wording import Figure
from stalin_study.ui.theme.appearance import Appearance


class FigureRow(QWidget):
    """Shows figures beside each other, or in fewer columns where the text is large."""

    def __init__(self, appearance: Appearance, columns: int) -> None:
        super().__init__()
        self._appearance = appearance
        self._columns = columns
        self._figures: tuple[Figure, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cells: list[tuple[QWidget, QLabel, QLabel]] = []
        self.hide()
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show these; without any it is out of view."""
        if figures == self._figures:
            return
        self._figures = figures
        while len(self._cells) < len(figures):
            self._cells.append(_cell())
        self._draw()  # so that no cell is a window of its own when it comes into view
        for place, (cell, words, caption) in enumerate(self._cells):
            cell.setVisible(place < len(figures))
            if place < len(figures):
                words.setText(figures[place].words)
                caption.setText(figures[place].caption)
        self.setVisible(bool(figures))

    def _draw(self) -> None:
        look = self._appearance.look
        columns = max(1, self._columns * 100 // max(look.text_percent, 100))
        self._grid.setSpacing(look.space(16))
        for place, (cell, _, _) in enumerate(self._cells):
            self._grid.addWidget(cell, place // columns, place % columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _cell() -> tuple[QWidget, QLabel, QLabel]:
    cell, words, caption = QWidget(), QLabel(), QLabel()
    words.setProperty("type", "title")
    caption.setProperty("type", "caption")
    caption.setProperty("tone", "muted")
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for label in (words, caption):
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(label)
    column.addStretch(1)
    return cell, words, caption
