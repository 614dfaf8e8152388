"""The tracks of a playlist, with the one that is read marked by a sign and in bold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from stalin_study.presenters.listening.listen import TrackLine
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, CAPTION

_SIGNS = {
    "playing": ("volume-2", "is being read"),
    "paused": ("pause", "paused here"),
    "idle": ("play", "Play begins here"),
}
_CURRENT = Qt.ItemDataRole.UserRole
_SIGN = Qt.ItemDataRole.UserRole + 1
_GROUP = Qt.ItemDataRole.UserRole + 2


class TrackList(QListWidget):
    """Shows TrackLines; `track_chosen(number from 0)` at a click or at Enter."""

    track_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._shown: tuple[tuple[TrackLine, ...], str] = ((), "")
        self.setItemDelegate(_TrackDelegate(appearance, self))
        self.setAccessibleName("Tracks")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(lambda item: self.track_chosen.emit(self.row(item)))
        appearance.look_changed.connect(self.scheduleDelayedItemsLayout)

    def show_tracks(self, tracks: tuple[TrackLine, ...], phase: str) -> None:
        """Show these; a track that has become the current one is brought into view."""
        sign = phase if phase in ("idle", "paused") else "playing"
        if (tracks, sign) == self._shown:
            return
        (before, _), self._shown = self._shown, (tracks, sign)
        if [one.id for one in before] != [one.id for one in tracks]:
            self._fill(tracks)
            before = ()
        for number, track in enumerate(tracks):
            self._mark(self.item(number), track, sign)
            if track.is_current and track not in before:
                self.setCurrentRow(number)
                self.scrollToItem(self.item(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reads the track; the keys of the page are left to it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.currentRow() >= 0:
            self.track_chosen.emit(self.currentRow())
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles take one line or two as the width allows."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def _fill(self, tracks: tuple[TrackLine, ...]) -> None:
        self.clear()
        has_groups = len({track.group for track in tracks}) > 1
        group = ""
        for track in tracks:
            item = QListWidgetItem(track.title)
            if has_groups and track.group != group:
                group = track.group
                item.setData(_GROUP, group)
            self.addItem(item)

    def _mark(self, item: QListWidgetItem, track: TrackLine, sign: str) -> None:
        icon, words = _SIGNS[sign] if track.is_current else ("", "")
        item.setData(_CURRENT, track.is_current)
        item.setData(_SIGN, icon)
        said = ", ".join(part for part in (track.title, item.data(_GROUP), words) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)


class _TrackDelegate(QStyledItemDelegate):
    """Paints a track: a sign before the current one, the group above the first of it."""

    def __init__(self, appearance: Appearance, view: TrackList) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """High enough for the title in two lines at most, and for the group."""
        look = self._appearance.look
        metrics = QFontMetrics(self._font(index))
        width = self._view.viewport().width() - self._left - look.px(12)
        lines = 1 if width <= 0 or metrics.horizontalAdvance(index.data()) <= width else 2
        height = max(look.space(40), metrics.height() * lines + look.space(16))
        return QSize(10, height + self._group_height(index))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the group, the background, the sign and the title."""
        look = self._appearance.look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole: QRect = option.rect.adjusted(2, 2, -2, -2)  # type: ignore[attr-defined]
        row = whole.adjusted(0, self._group_height(index), 0, 0)
        self._paint_group(painter, whole, index)
        self._paint_back(painter, row, option, index)
        side = look.px(18)
        if sign := index.data(_SIGN):
            icon = self._appearance.pixmap(sign, "on_primary_soft", 18)
            painter.drawPixmap(row.left() + 8, row.center().y() - side // 2, side, side, icon)
        painter.setFont(self._font(index))
        painter.setPen(look.colour("on_primary_soft" if index.data(_CURRENT) else "text"))
        text = row.adjusted(self._left, 0, -look.px(8), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(text, flags, index.data())
        painter.restore()

    def _paint_group(
        self, painter: QPainter, row: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = self._appearance.look
        if group := index.data(_GROUP):
            painter.setFont(look.font(CAPTION, 600))
            painter.setPen(look.colour("muted"))
            room = QRect(row.left() + 8, row.top(), row.width() - 8, self._group_height(index))
            metrics = QFontMetrics(painter.font())
            words = metrics.elidedText(group, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_back(
        self,
        painter: QPainter,
        row: QRect,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look = self._appearance.look
        state = option.state  # type: ignore[attr-defined]
        if index.data(_CURRENT):
            is_contrast = look.theme_name == "contrast"
            painter.setPen(look.colour("primary") if is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary_soft"))
            painter.drawRoundedRect(row, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("surface2"))
            painter.drawRoundedRect(row, 8, 8)
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 8, 8)

    def _group_height(self, index: QModelIndex | QPersistentModelIndex) -> int:
        look = self._appearance.look
        if not index.data(_GROUP):
            return 0
        return QFontMetrics(look.font(CAPTION, 600)).height() + look.space(12)

    def _font(self, index: QModelIndex | QPersistentModelIndex) -> QFont:
        return self._appearance.look.font(BODY, 600 if index.data(_CURRENT) else 400)

    @property
    def _left(self) -> int:
        return self._appearance.look.px(34)
