"""The topic tree as it is drawn: titles, progress marks and count pills instead of branch lines."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from stalin_study.domain.markup import utf16_offset
from stalin_study.domain.memory import Mark
from stalin_study.domain.progress import Progress
from stalin_study.presenters.topic_tree import TopicTreeState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, CAPTION
from stalin_study.ui.widgets.topic_tree_model import (
    HARD_ROLE,
    HITS_ROLE,
    ID_ROLE,
    PROGRESS_ROLE,
    TopicTreeModel,
)

MOST_OPEN = 200  # cards that a search opens to


class TopicTreeView(QTreeView):
    """Topics and cards; `card_chosen(id)` when a card is clicked or entered."""

    card_chosen = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        # Made here: to name one that Qt made, PySide loads every kind of widget there is (20 ms).
        self.setViewport(QWidget())
        self._model = TopicTreeModel(self)
        self._is_searching = False
        self._query = ""
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(appearance, self))
        self.setAccessibleName("Topics and cards")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)
        appearance.look_changed.connect(self.scheduleDelayedItemsLayout)

    def show_state(self, state: TopicTreeState) -> None:
        """Show these rows; a search, or only hard cards, opens the topics that are left."""
        self._model.show_state(state)
        is_searching = bool(state.query.strip()) or state.only_hard
        if is_searching:
            self._open_first(state)
        elif self._is_searching:
            self.collapseAll()
        if state.query != self._query:
            self._query = state.query
            self.viewport().update()  # the rows may be the same, with other hits
        self._is_searching = is_searching
        current = self._model.index_of(state.current_card)
        if current.isValid() and current != self.currentIndex():
            self.expand(current.parent())
            self.setCurrentIndex(current)
            self.scrollTo(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a card, or opens and closes a topic."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles take one line or two as the width allows."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open_first(self, state: TopicTreeState) -> None:
        """Open topics from the top, as many as anybody would look through: each row costs time."""
        left = MOST_OPEN
        for number, topic in enumerate(state.topics):
            left -= len(topic.cards)
            self.setExpanded(self._model.index(number, 0), not number or left >= 0)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if index.parent().isValid():
            self.card_chosen.emit(index.data(ID_ROLE))
        else:
            self.setExpanded(index, not self.isExpanded(index))


class _RowDelegate(QStyledItemDelegate):
    """Paints a row: topic bold with a chevron, card indented with its mark."""

    def __init__(self, appearance: Appearance, view: QTreeView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """High enough for the title in two lines at most."""
        look = self._appearance.look
        lines = 1
        width = self._view.viewport().width() - self._left(index) - look.px(52)
        if width > 0:
            metrics = QFontMetrics(self._font(index))
            lines = 1 if metrics.horizontalAdvance(index.data()) <= width else 2
        height = QFontMetrics(self._font(index)).height() * lines + look.space(16)
        return QSize(10, max(look.space(36), height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw background, chevron, title and mark."""
        look = self._appearance.look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: QRect = option.rect.adjusted(2, 2, -2, -2)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_card = index.parent().isValid()
        if is_selected and is_card:
            is_contrast = look.theme_name == "contrast"
            painter.setPen(look.colour("primary") if is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("primary_soft"))
            painter.drawRoundedRect(row, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("surface2"))
            painter.drawRoundedRect(row, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 8, 8)
        if not is_card:
            name = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            icon = self._appearance.pixmap(name, "muted", 16)
            side = look.px(16)
            painter.drawPixmap(row.left() + 6, row.center().y() - side // 2, side, side, icon)
        elif index.data(HARD_ROLE):
            side = look.px(14)
            flag = self._appearance.pixmap("flag", "warn", 14)
            painter.drawPixmap(row.left() + 7, row.center().y() - side // 2, side, side, flag)
        painter.setFont(self._font(index))
        chosen = is_selected and is_card
        painter.setPen(look.colour("on_primary_soft" if chosen else "text"))
        left = row.left() + self._left(index)
        text = QRect(left, row.top(), row.right() - left - look.px(44), row.height())
        hits = index.data(HITS_ROLE)
        if hits:
            self._paint_hits(painter, text, index.data(), hits)
        else:
            align = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(text, align, index.data())
        self._paint_progress(painter, row, index.data(PROGRESS_ROLE))
        painter.restore()

    def _paint_hits(
        self, painter: QPainter, room: QRect, title: str, hits: tuple[tuple[int, int], ...]
    ) -> None:
        """A title with what was searched for in bold and underlined."""
        shape = QTextCharFormat()
        shape.setFontWeight(QFont.Weight.Bold)
        shape.setFontUnderline(True)
        layout = QTextLayout(title, painter.font())
        layout.setFormats([_range(title, start, end, shape) for start, end in hits])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        layout.draw(painter, QPointF(room.left(), room.center().y() - height / 2))

    def _font(self, index: QModelIndex | QPersistentModelIndex) -> QFont:
        return self._appearance.look.font(BODY, 400 if index.parent().isValid() else 600)

    def _left(self, index: QModelIndex | QPersistentModelIndex) -> int:
        return self._appearance.look.px(28)

    def _paint_progress(self, painter: QPainter, row: QRect, progress: Progress) -> None:
        look = self._appearance.look
        if progress.due:
            self._paint_pill(painter, row, str(progress.due))
            return
        side = look.px(16)
        place = QRectF(row.right() - look.px(14) - side, row.center().y() - side / 2, side, side)
        if progress.mark is Mark.SECURE:
            icon = self._appearance.pixmap("check", "good", 18)
            painter.drawPixmap(place.toRect(), icon)
            return
        ring = place.adjusted(3, 3, -3, -3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if progress.mark is Mark.LEARNING:
            painter.setPen(QPen(look.colour("primary"), 2))
            painter.drawEllipse(ring)
            painter.setBrush(look.colour("primary"))
            painter.drawPie(ring, 270 * 16, 180 * 16)
        else:
            painter.setPen(QPen(look.colour("control"), 1.5))
            painter.drawEllipse(QPointF(ring.center()), ring.width() / 2, ring.width() / 2)

    def _paint_pill(self, painter: QPainter, row: QRect, number: str) -> None:
        look = self._appearance.look
        painter.setFont(look.font(CAPTION, 600))
        metrics = QFontMetrics(painter.font())
        height = metrics.height() + 4
        width = max(metrics.horizontalAdvance(number) + look.px(14), height)
        place = QRectF(
            row.right() - look.px(8) - width, row.center().y() - height / 2, width, height
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface2"))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(look.colour("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)


def _range(text: str, start: int, end: int, shape: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    first = utf16_offset(text, start)
    made.start = first  # type: ignore[attr-defined]
    made.length = utf16_offset(text, end) - first  # type: ignore[attr-defined]
    made.format = shape  # type: ignore[attr-defined]
    return made
