"""A list of entries of which one is selected; only the rows in view are ever drawn."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from stalin_study.domain.explore_entries import Entry
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, CAPTION

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_EDGE = 12  # pixels at 100 %, beside the words


class EntryModel(QAbstractListModel):
    """Entries by row. A screen reader hears a row's title and caption, and as more its lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Hold these instead."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> str | None:
        """The words of a row."""
        entry = self.entries[index.row()]
        if role == _ROLE.DisplayRole:
            return entry.title
        if role == _ROLE.AccessibleTextRole:
            return f"{entry.title}: {entry.caption}"
        if role == _ROLE.AccessibleDescriptionRole:
            return " ".join((entry.note, *entry.lines)).strip()
        return entry.caption if role == _ROLE.UserRole else None


class EntryList(QListView):
    """Shows entries; `entry_chosen(id)` as the pupil comes to one."""

    entry_chosen = Signal(str)

    def __init__(self, appearance: Appearance, name: str) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = EntryModel(self)
        self._is_told = True
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(_EntryDelegate(appearance, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        appearance.look_changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed."""
        return self._rows.entries

    def show_entries(self, entries: tuple[Entry, ...], selected: Entry | None) -> None:
        """List these, one of them selected; it is brought into view when it is another one."""
        self._is_told = False
        try:
            if entries != self._rows.entries:
                self._rows.show_entries(entries)
            row = -1
            if selected is not None:
                row = next(n for n, one in enumerate(entries) if one.id == selected.id)
            if row != self.currentIndex().row():
                self.setCurrentIndex(self._rows.index(row))
                self.scrollTo(self.currentIndex())
        finally:
            self._is_told = True

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which entry the pupil has come to."""
        super().currentChanged(current, previous)
        if self._is_told and current.isValid():
            self.entry_chosen.emit(self._rows.entries[current.row()].id)

    def row_height(self) -> int:
        """How high each row is."""
        look = self._appearance.look
        fonts = (look.font(BODY, 600), look.font(CAPTION))
        return sum(QFontMetrics(font).height() for font in fonts) + look.space(14)


class _EntryDelegate(QStyledItemDelegate):
    """Paints an entry: its title, and below it the caption, each as far as there is room."""

    def __init__(self, appearance: Appearance, view: EntryList) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(10, self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the background, the title and the caption."""
        look = self._appearance.look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: QRect = option.rect.adjusted(2, 2, -2, -2)  # type: ignore[attr-defined]
        is_chosen = index.row() == self._view.currentIndex().row()
        self._paint_back(painter, row, option, is_chosen=is_chosen)
        edge = look.space(_EDGE)
        place = row.adjusted(edge, look.space(5), -edge, -look.space(5))
        title, caption = look.font(BODY, 600), look.font(CAPTION)
        middle = place.top() + QFontMetrics(title).height()
        lines = (
            (title, index.data(), QRect(place.topLeft(), QSize(place.width(), 0)), "text"),
            (caption, index.data(_ROLE.UserRole), QRect(place), "muted"),
        )
        for number, (font, words, rect, role) in enumerate(lines):
            rect.setTop(middle if number else place.top())
            rect.setBottom(place.bottom() if number else middle)
            painter.setFont(font)
            painter.setPen(look.colour("on_primary_soft" if is_chosen else role))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_back(
        self, painter: QPainter, row: QRect, option: QStyleOptionViewItem, *, is_chosen: bool
    ) -> None:
        look = self._appearance.look
        state = option.state  # type: ignore[attr-defined]
        if is_chosen:
            is_contrast = look.theme_name == "contrast"
            painter.setPen(look.colour("primary") if is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary_soft"))
            painter.drawRoundedRect(row, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("surface2"))
            painter.drawRoundedRect(row, 8, 8)
        if is_chosen and self._view.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 8, 8)
