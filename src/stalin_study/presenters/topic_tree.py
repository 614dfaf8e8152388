"""The topic tree: topics and cards with their progress, narrowed by search."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck
from stalin_study.domain.progress import Progress, card_progress, total_progress
from stalin_study.domain.review_log import StudyChanges
from stalin_study.domain.search import CardSearch
from stalin_study.services.jobs import Jobs
from stalin_study.services.reviews import Reviews

log = logging.getLogger(__name__)
LOOKING = "Looking …"
RECOUNT_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card in the tree."""

    id: str
    title: str
    progress: Progress
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in the tree with the cards that are shown below it."""

    id: str
    title: str
    progress: Progress
    cards: tuple[CardRow, ...]


@dataclass(frozen=True, slots=True)
class TopicTreeState:
    """All that the tree shows. `message` says so when a search finds nothing.

    `hard` counts the cards that the pupil has marked as hard in the whole deck.
    """

    topics: tuple[TopicRow, ...]
    current_card: str = ""
    query: str = ""
    message: str = ""
    hard: int = 0
    only_hard: bool = False


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
        self._cards: dict[str, CardRow] = {}
        self._is_preparing = False
        self._counted_at = now()
        self._hard: frozenset[str] = frozenset()
        self._count(deck.cards)
        self._noted: frozenset[str] = frozenset()
        self.state = TopicTreeState(())
        self._take_annotations("")
        reviews.annotations_changed.connect(self._take_annotations)
        reviews.study_changed.connect(lambda changes, _: self._take(changes))

    def prepare_search(self, jobs: Jobs) -> None:
        """Make ready for the first search elsewhere; what is looked for meanwhile is found then."""
        self._is_preparing = True

        def take(_: object) -> None:
            self._is_preparing = False
            if self.state.query.strip():
                self._swap(self._with_rows(self.state))

        def fail(error: Exception) -> None:
            log.error("The search could not be made ready", exc_info=error)
            take(None)  # it is tried once more with the first search

        jobs.run(self._search.prepare, take, fail)

    def search(self, query: str) -> None:
        """Show only the topics with cards that hold every word of the query."""
        self._swap(self._with_rows(replace(self.state, query=query)))

    def show_only_hard(self, is_wanted: bool) -> None:
        """Show only the cards that are marked as hard, or all again."""
        self._swap(self._with_rows(replace(self.state, only_hard=is_wanted)))

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
        self._swap(self._with_rows(self.state))

    def _take(self, changes: StudyChanges) -> None:
        """Count the cards that changed; now and then all, since what is due comes with time."""
        is_old = not timedelta() <= self._now() - self._counted_at < RECOUNT_AFTER
        if changes.everything or is_old:
            self.refresh()
            return
        by_id = self._deck.cards_by_subject
        changed = (by_id[one] for one in changes.subject_ids if one in by_id)
        self._count(changed)
        self._swap(self._with_rows(self.state))

    def _count(self, cards: Iterable[Card]) -> None:
        at, states = self._now(), self._reviews.memory_states
        for card in cards:
            progress = card_progress(card, states, at)
            before = self._cards.get(card.id)
            if before is None or before.progress != progress:
                is_hard = card.id in self._hard
                self._cards[card.id] = CardRow(card.id, card.title, progress, is_hard)

    def _take_annotations(self, card_id: str) -> None:
        """A card was marked or noted, or, without an id, there may be more."""
        held = self._reviews.annotations
        changed = [card_id] if card_id else [*self._noted, *held]
        for one in changed:
            self._search.take_note(one, held[one].note if one in held else "")
        self._noted = frozenset(one for one, said in held.items() if said.note)
        known = self._deck.cards_by_id
        hard = frozenset(one for one, said in held.items() if said.is_hard and one in known)
        for one in hard ^ self._hard:
            self._cards[one] = replace(self._cards[one], is_hard=one in hard)
        self._hard = hard
        self._swap(self._with_rows(self.state))

    def _with_rows(self, state: TopicTreeState) -> TopicTreeState:
        rows = self._rows(state)
        is_looking = self._is_preparing and bool(state.query.strip())
        message = LOOKING if is_looking else _message(rows, state)
        return replace(state, topics=rows, message=message, hard=len(self._hard))

    def _rows(self, state: TopicTreeState) -> tuple[TopicRow, ...]:
        found = None if self._is_preparing else self._search.card_ids(state.query)
        if state.only_hard:
            found = self._hard if found is None else found & self._hard
        rows = []
        for topic in self._deck.topics:
            cards = tuple(
                self._cards[card.id] for card in topic.cards if found is None or card.id in found
            )
            if cards or found is None:
                progress = total_progress(card.progress for card in cards)
                rows.append(TopicRow(topic.id, topic.title, progress, cards))
        return tuple(rows)

    def _swap(self, state: TopicTreeState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _message(rows: tuple[TopicRow, ...], state: TopicTreeState) -> str:
    """Why there is nothing to see, and what to do."""
    query = state.query.strip()
    if rows:
        return ""
    if query:
        return f"No {'hard card' if state.only_hard else 'card'} mentions “{_short(query)}”."
    return "No card is marked as hard. Press M on a card to mark it." if state.only_hard else ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
