"""The topic tree: topics and cards with their progress, narrowed by search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Card, Deck
from stalin_study.domain.progress import Progress, card_progress, total_progress
from stalin_study.domain.review_log import StudyChanges
from stalin_study.domain.search import CardSearch
from stalin_study.services.reviews import Reviews

RECOUNT_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card in the tree."""

    id: str
    title: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the tree with the cards that are shown below it."""

    id: str
    title: str
    progress: Progress
    cards: tuple[CardRow, ...]


@dataclass(frozen=True, slots=True)
class TopicTreeState:
    """All that the tree shows. `message` says so when a search finds nothing."""

    topics: tuple[TopicRow, ...]
    current_card: str = ""
    query: str = ""
    message: str = ""


class TopicTreePresenter(QObject):
    """Keeps the tree in step with progress, search and the card on show."""

    state_changed = Signal(object)
    card_chosen = Signal(str)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._now = now
        self._search = CardSearch(deck)
        self._progress: dict[str, Progress] = {}
        self._counted_at = now()
        self._count(deck.cards)
        self.state = TopicTreeState(self._rows(""))
        reviews.study_changed.connect(lambda changes, _: self._take(changes))

    def search(self, query: str) -> None:
        """Show only the topics with cards that hold every word of the query."""
        rows = self._rows(query)
        message = "" if rows else f"No card mentions “{_short(query.strip())}”."
        self._swap(replace(self.state, topics=rows, query=query, message=message))

    def choose(self, card_id: str) -> None:
        """Ask for a card of the tree to be shown."""
        if card_id in self._deck.cards_by_id:
            self.card_chosen.emit(card_id)

    def show_current(self, card_id: str) -> None:
        """Mark the card that is on show."""
        self._swap(replace(self.state, current_card=card_id))

    def refresh(self) -> None:
        """Count anew how far every card has come."""
        self._counted_at = self._now()
        self._count(self._deck.cards)
        self._swap(replace(self.state, topics=self._rows(self.state.query)))

    def _take(self, changes: StudyChanges) -> None:
        """Count the cards that changed; now and then all, since what is due comes with time."""
        is_old = not timedelta() <= self._now() - self._counted_at < RECOUNT_AFTER
        if changes.everything or is_old:
            self.refresh()
            return
        by_id = self._deck.subjects_by_id
        changed = (by_id[one][0] for one in changes.subject_ids if one in by_id)
        self._count(changed)
        self._swap(replace(self.state, topics=self._rows(self.state.query)))

    def _count(self, cards: Iterable[Card]) -> None:
        at, states = self._now(), self._reviews.memory_states
        self._progress |= {card.id: card_progress(card, states, at) for card in cards}

    def _rows(self, query: str) -> tuple[TopicRow, ...]:
        found = self._search.card_ids(query)
        rows = []
        for topic in self._deck.topics:
            cards = tuple(
                CardRow(card.id, card.title, self._progress[card.id])
                for card in topic.cards
                if found is None or card.id in found
            )
            if cards or found is None:
                progress = total_progress(card.progress for card in cards)
                rows.append(TopicRow(topic.id, topic.title, progress, cards))
        return tuple(rows)

    def _swap(self, state: TopicTreeState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
