"""The topic tree as an item model: two levels, read straight from the state."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stalin_study.domain.memory import Mark
from stalin_study.domain.progress import Progress
from stalin_study.domain.search_hits import hits_in, query_words
from stalin_study.domain.wording import count_of
from stalin_study.presenters.topic_tree import CardRow, TopicRow, TopicTreeState

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
PROGRESS_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
HARD_ROLE = Qt.ItemDataRole.UserRole + 2
HITS_ROLE = Qt.ItemDataRole.UserRole + 3

_SAID = {Mark.NEW: "new", Mark.LEARNING: "learning", Mark.SECURE: "secure"}


class TopicTreeModel(QAbstractItemModel):
    """Topics, and below them their cards. A card's index holds its topic's row plus one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._topics: tuple[TopicRow, ...] = ()
        self._words: tuple[str, ...] = ()

    def show_state(self, state: TopicTreeState) -> None:
        """Take new rows: in place where only progress has changed."""
        self._words = query_words(state.query)
        if _has_same_cards(self._topics, state.topics):
            before, self._topics = self._topics, state.topics
            for row, (old, new) in enumerate(zip(before, state.topics, strict=True)):
                if old != new:
                    self._tell_changed(row, old, new)
        else:
            self.beginResetModel()
            self._topics = state.topics
            self.endResetModel()

    def _tell_changed(self, row: int, old: TopicRow, new: TopicRow) -> None:
        topic = self.index(row, 0)
        self.dataChanged.emit(topic, topic)
        for number, (card, other) in enumerate(zip(old.cards, new.cards, strict=True)):
            if card != other:
                index = self.index(number, 0, topic)
                self.dataChanged.emit(index, index)

    def index_of(self, card_id: str) -> QModelIndex:
        """Where a card stands; invalid when it is not shown."""
        for row, topic in enumerate(self._topics):
            for number, card in enumerate(topic.cards):
                if card.id == card_id:
                    return self.index(number, 0, self.index(row, 0))
        return QModelIndex()

    def row_at(self, index: AnyIndex) -> TopicRow | CardRow:
        """The topic or card of a valid index."""
        place = index.internalId()
        return self._topics[place - 1].cards[index.row()] if place else self._topics[index.row()]

    def index(self, row: int, column: int, parent: AnyIndex = NOWHERE) -> QModelIndex:
        """As QAbstractItemModel asks."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: AnyIndex = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """As QAbstractItemModel asks."""
        place = index.internalId() if index.isValid() else 0
        return self.createIndex(place - 1, 0, 0) if place else QModelIndex()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """As QAbstractItemModel asks."""
        if not parent.isValid():
            return len(self._topics)
        is_topic = parent.internalId() == 0 and parent.column() == 0
        return len(self._topics[parent.row()].cards) if is_topic else 0

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """As QAbstractItemModel asks."""
        return 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title with its hits, progress, id, and what a screen reader says."""
        if not index.isValid():
            return None
        row = self.row_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == PROGRESS_ROLE:
            return row.progress
        if role == ID_ROLE:
            return row.id
        is_hard = isinstance(row, CardRow) and row.is_hard
        if role == HARD_ROLE:
            return is_hard
        if role == HITS_ROLE:  # only of what is painted
            return hits_in(row.title, self._words)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = f"{row.title}: {said_progress(row.progress)}"
            return f"{said}, marked as hard" if is_hard else said
        return None


def said_progress(progress: Progress) -> str:
    """ "learning, 3 due"."""
    said = _SAID[progress.mark]
    return f"{said}, {count_of(progress.due, 'question')} due" if progress.due else said


def _has_same_cards(before: tuple[TopicRow, ...], after: tuple[TopicRow, ...]) -> bool:
    return len(before) == len(after) and all(
        old.id == new.id and (old.cards == new.cards or _ids(old) == _ids(new))
        for old, new in zip(before, after, strict=True)
    )


def _ids(topic: TopicRow) -> list[str]:
    return [card.id for card in topic.cards]
