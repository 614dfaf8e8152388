"""Lines to tick."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION
from stalin_study.ui.widgets.line_button import LineButton, place_after


class TickLine(LineButton):
    """A line with a check box, and "found" at its end when the program found it in the text."""

    def __init__(self, appearance: Appearance, words: str) -> None:
        super().__init__(appearance, "tick")
        self._is_suggested = False
        self._said = words
        self.setCheckable(True)
        self.show_words(words, "tick")
        self.setAccessibleName(words)

    def show_tick(self, *, is_ticked: bool, is_suggested: bool) -> None:
        """Show a tick, and the word that it was found."""
        self.setChecked(is_ticked)
        if is_suggested != self._is_suggested:
            self._is_suggested = is_suggested
            self.setAccessibleName(f"{self._said}, found" if is_suggested else self._said)
            self.updateGeometry()
            self.update()

    def ends(self) -> tuple[int, int]:
        """The box on the left, "found" on the right."""
        look = self._appearance.look
        edge = look.space(16)
        return edge + look.px(22) + look.space(12), edge + self._found_width()

    def paint_signs(self, painter: QPainter) -> None:
        """Draw the box, and "found"."""
        look = self._appearance.look
        edge, side = look.space(16), look.px(22)
        box = QRectF(edge, (self.height() - side) / 2, side, side).adjusted(1, 1, -1, -1)
        is_on = self.isChecked()
        painter.setPen(QPen(look.colour("primary" if is_on else "control"), 2))
        painter.setBrush(look.colour("primary" if is_on else "surface"))
        painter.drawRoundedRect(box, side / 4, side / 4)
        if is_on:
            self.paint_icon(painter, edge + look.px(3), "check", "on_primary", 16)
        if self._is_suggested:
            width = self._found_width() - look.space(12)
            height = look.px(24)
            pill = QRectF(self.width() - edge - width, (self.height() - height) / 2, width, height)
            painter.setPen(QPen(look.colour("good"), 1))
            painter.setBrush(look.colour("good_soft"))
            painter.drawRoundedRect(pill, height / 2, height / 2)
            painter.setPen(look.colour("good"))
            painter.setFont(look.font(CAPTION, 600))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, "found")

    def _found_width(self) -> int:
        if not self._is_suggested:
            return 0
        look = self._appearance.look
        word = QFontMetrics(look.font(CAPTION, 600)).horizontalAdvance("found")
        return word + look.px(20) + look.space(12)


class TickList(QWidget):
    """Lines with check boxes; `ticks_changed(frozenset)` with the numbers of all ticked lines."""

    ticks_changed = Signal(object)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._shown: tuple[tuple[str, ...], dict[int, str]] = ((), {})
        self._lines: list[TickLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        appearance.look_changed.connect(self._draw)
        self._draw()

    @property
    def ticks(self) -> frozenset[int]:
        """The numbers of the ticked lines, from 0."""
        return frozenset(n for n, line in enumerate(self._lines) if line.isChecked())

    def show_lines(
        self,
        lines: tuple[str, ...],
        ticks: frozenset[int],
        headings: dict[int, str] | None = None,
        suggested: frozenset[int] = frozenset(),
    ) -> None:
        """Show lines and which are ticked; a heading stands above the line of its number."""
        wanted = (lines, dict(headings or {}))
        if wanted != self._shown:
            self._shown = wanted
            self._build(*wanted)
        for number, line in enumerate(self._lines):
            line.show_tick(is_ticked=number in ticks, is_suggested=number in suggested)

    def focus_start(self) -> None:
        """Put the keyboard on the first line."""
        if self._lines:
            self._lines[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the lines, Home and End to the first and last."""
        place = next((n for n, line in enumerate(self._lines) if line.hasFocus()), None)
        to = None if place is None else place_after(event.key(), place, len(self._lines))
        if to is None:
            super().keyPressEvent(event)
        else:
            self._lines[to].setFocus()

    def _build(self, lines: tuple[str, ...], headings: dict[int, str]) -> None:
        while (old := self._column.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for number, words in enumerate(lines):
            if number in headings:
                heading = QLabel(headings[number])
                heading.setTextFormat(Qt.TextFormat.PlainText)
                heading.setProperty("type", "strong")
                heading.setWordWrap(True)
                self._column.addSpacing(8 if number else 0)
                self._column.addWidget(heading)
            line = TickLine(self._appearance, words)
            line.clicked.connect(lambda: self.ticks_changed.emit(self.ticks))
            self._column.addWidget(line)
            line.show()  # or the keyboard could not go there before the next event
            self._lines.append(line)

    def _draw(self) -> None:
        self._column.setSpacing(self._appearance.look.space(8))
