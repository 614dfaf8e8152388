"""Figures in rows and columns, to read and to walk through by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, CAPTION

_MOST_ROWS = 10  # in view; the rest is scrolled to
_EDGE, _ROW = 12, 32  # beside the words, and the least height of a row


class FigureTable(QTableWidget):
    """A table that nobody can change; its first column takes the room that is left."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._headings = _Headings(appearance, self)
        self.setHorizontalHeader(self._headings)
        self.verticalHeader().hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_rows(self, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """Show these instead."""
        self.clear()
        self.setColumnCount(len(headings))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(headings)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.setItem(row, column, item)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as its rows, up to ten of them."""
        rows = sum(self.rowHeight(row) for row in range(min(self.rowCount(), _MOST_ROWS)))
        return QSize(self._appearance.look.px(240), self._headings.sizeHint().height() + rows + 4)

    def minimumSizeHint(self) -> QSize:
        """The same height: the page scrolls, not the table."""
        return QSize(self._appearance.look.px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row, and show where the keyboard is."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a ring around them while they have the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._appearance.look.colour("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _draw(self) -> None:
        self.setFont(self._appearance.look.font(BODY))
        self._headings.setFont(self._appearance.look.font(CAPTION, 600))
        self._fit()

    def _fit(self) -> None:
        if not self.columnCount():
            return
        wanted = [self._width_of(column) for column in range(self.columnCount())]
        room = self.viewport().width()
        if sum(wanted) <= room:
            wanted[0] += room - sum(wanted)
        else:
            wanted = [room * width // sum(wanted) for width in wanted]
        for column, width in enumerate(wanted):
            self.setColumnWidth(column, width)
        least = self._appearance.look.px(_ROW)
        self.resizeRowsToContents()
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(self.rowHeight(row), least))
        self.updateGeometry()

    def _width_of(self, column: int) -> int:
        words = QFontMetrics(self.font())
        bold = QFontMetrics(self._headings.font())
        items = (self.item(row, column) for row in range(self.rowCount()))
        widths = [words.horizontalAdvance(item.text()) for item in items if item is not None]
        heading = self.horizontalHeaderItem(column)
        widths.append(bold.horizontalAdvance(heading.text()) if heading is not None else 0)
        return max(widths) + 2 * self._appearance.look.space(_EDGE)


class _Headings(QHeaderView):
    """The names of the columns, with a line below them."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._appearance = appearance
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Two lines high, so that long names can wrap."""
        height = 2 * QFontMetrics(self.font()).height() + self._appearance.look.space(8)
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a name."""
        look = self._appearance.look
        painter.save()
        painter.setPen(look.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(look.colour("muted"))
        painter.setFont(self.font())
        place = rect.adjusted(4, 0, -4, -look.space(4))
        text = str(self.model().headerData(logicalIndex, self.orientation()))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), text)
        painter.restore()
