"""The Explore page: what is in sight of the timeline, the figures, the people and the terms."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Deck
from stalin_study.domain.explore_entries import (
    Entry,
    EntryShelf,
    entry_blocks,
    event_entries,
    people_entries,
    term_entries,
)
from stalin_study.domain.explore_questions import EntryQuestions
from stalin_study.domain.figure_groups import FigureGroup, figure_groups
from stalin_study.domain.figure_words import searched
from stalin_study.domain.search_hits import LONGEST_QUERY, query_words
from stalin_study.domain.self_test.choosing import MOST_AT_ONCE, Picked
from stalin_study.domain.self_test.match_sets import MatchKind, can_match
from stalin_study.domain.timeline_view import categories_of
from stalin_study.domain.wording import amount_of, count_of
from stalin_study.presenters.explore.state import (
    VIEWS,
    CardChoice,
    CategoryChoice,
    ExploreState,
    View,
)
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.state import ListeningState

NOTHING_FOUND = "Nothing was found: try another word, or empty the search field."
NOTHING_PICKED = "Nothing was found: pick another kind of event, or empty the search field."
ON_CARDS = "questions on their cards"
NOTHING_THERE = "There is nothing to show here in this deck."
_NOUNS: dict[View, tuple[str, str]] = {
    "timeline": ("event", "events"),
    "figures": ("chart", "charts"),
    "people": ("person", "people"),
    "terms": ("key term", "key terms"),
}
_KINDS = {
    "timeline": MatchKind.EVENTS,
    "people": MatchKind.PEOPLE,
    "terms": MatchKind.TERMS,
}
_MAKERS = {"timeline": event_entries, "people": people_entries, "terms": term_entries}


class ExplorePresenter(QObject):
    """Narrows, selects and reads; keeps the view and what was selected in each.

    `card_requested(card id)`, `test_requested(Picked)`.
    """

    state_changed = Signal(object)
    card_requested = Signal(str)
    test_requested = Signal(object)

    def __init__(
        self, deck: Deck, listening: ListeningPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._listening = listening
        self._questions = EntryQuestions(deck)
        self._shelves: dict[View, EntryShelf] = {}
        self._selected: dict[View, str] = {}
        self._picked: frozenset[str] = frozenset()
        self.state = self._next("timeline", "")
        listening.state_changed.connect(self._take_listening)

    @cached_property
    def groups(self) -> tuple[FigureGroup, ...]:
        """Every plot of the deck."""
        return figure_groups(self._deck.figures)

    def show_view(self, view: View) -> None:
        """Bring another view into sight; the query goes with it."""
        self._swap(self._next(view, self.state.query))

    def search(self, query: str) -> None:
        """Narrow the view in sight to what holds every word."""
        self._swap(self._next(self.state.view, query[:LONGEST_QUERY]))

    def toggle_category(self, name: str) -> None:
        """Pick a kind of event, or take it back."""
        self._picked ^= {name}
        self._swap(self._next(self.state.view, self.state.query))

    def choose(self, entry_id: str) -> None:
        """Select an entry of the view in sight."""
        if any(entry.id == entry_id for entry in self.state.entries):
            self._selected[self.state.view] = entry_id
            self._swap(self._with_selected(self.state))

    def show_card(self, card_id: str) -> None:
        """Ask for a card to be shown."""
        self.card_requested.emit(card_id)

    def listen(self) -> None:
        """Read the selected entry aloud, nothing else; while it is read, stop."""
        entry = self.state.selected
        if self.state.is_read:
            self._listening.stop()
        elif entry is not None:
            self._listening.read(_subject(entry), entry.title, entry_blocks(self._deck, entry))

    def test(self) -> None:
        """Ask for a test on all that is in sight."""
        picked = self._pick(self.state)
        if picked is not None:
            self.test_requested.emit(picked)

    def _pick(self, state: ExploreState) -> Picked | None:
        """The questions on what is in sight and a match of it; else those on its cards."""
        title = _test_title(state)
        ids = frozenset(self._questions.of(state.entries))
        kind = _KINDS.get(state.view)
        matched = frozenset(entry.id for entry in state.entries)
        if kind is not None and can_match(self._deck, kind, matched):
            return Picked(title, ids, kind=kind, matched=matched)
        if ids:
            return Picked(title, ids)
        cards = frozenset(card_id for entry in state.entries for card_id in entry.card_ids)
        return Picked(f"{title}: {ON_CARDS}", cards) if cards else None

    def _with_test(self, state: ExploreState) -> ExploreState:
        """What the button that tests what is in sight says; disabled while there is nothing."""
        picked = self._pick(state)
        if picked is None:
            return state
        on_cards = picked.ids and not picked.matched and picked.ids <= set(self._deck.cards_by_id)
        told = amount_of(min(len(picked.ids), MOST_AT_ONCE), has_match=picked.kind is not None)
        return replace(state, can_test=True, test=f"Test me: {ON_CARDS if on_cards else told}")

    def _next(self, view: View, query: str) -> ExploreState:
        words = query_words(query)
        entries: tuple[Entry, ...] = ()
        groups: tuple[FigureGroup, ...] = ()
        if view == "figures":
            total = len(self.groups)
            groups = tuple(
                group for group in self.groups if all(word in searched(group) for word in words)
            )
        else:
            shelf = self._shelf(view)
            total, entries = len(shelf.entries), shelf.find(words)
            if view == "timeline" and self._picked:
                entries = tuple(entry for entry in entries if entry.category in self._picked)
        state = ExploreState(
            view=view,
            query=query,
            categories=self._categories(),
            entries=entries,
            figures=groups,
            counted=_counted(view, len(entries or groups), total),
            message="" if entries or groups else self._message(view, total),
        )
        return self._with_selected(self._with_test(state))

    def _message(self, view: View, total: int) -> str:
        if not total:
            return NOTHING_THERE
        return NOTHING_PICKED if view == "timeline" and self._picked else NOTHING_FOUND

    def _with_selected(self, state: ExploreState) -> ExploreState:
        """The one that was chosen last in this view, or the first one while it is out of sight."""
        chosen = self._selected.get(state.view, "")
        found = (entry for entry in state.entries if entry.id == chosen)
        selected = next(found, state.entries[0] if state.entries else None)
        card_ids = selected.card_ids if selected is not None else ()
        return replace(
            state,
            selected=selected,
            cards=tuple(CardChoice(one, self._deck.cards_by_id[one].title) for one in card_ids),
            is_read=self._is_read(selected, self._listening.state),
        )

    def _categories(self) -> tuple[CategoryChoice, ...]:
        return tuple(
            CategoryChoice(name, name.capitalize(), count, name in self._picked)
            for name, count in categories_of(self._deck.timeline).items()
        )

    def _shelf(self, view: View) -> EntryShelf:
        if view not in self._shelves:
            self._shelves[view] = EntryShelf(_MAKERS[view](self._deck), self._deck)
        return self._shelves[view]

    def _take_listening(self, listening: ListeningState) -> None:
        is_read = self._is_read(self.state.selected, listening)
        if is_read != self.state.is_read:
            self._swap(replace(self.state, is_read=is_read))

    def _is_read(self, entry: Entry | None, listening: ListeningState) -> bool:
        is_going = listening.phase != "idle"
        return entry is not None and is_going and listening.subject == _subject(entry)

    def _swap(self, state: ExploreState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _subject(entry: Entry) -> str:
    return f"event:{entry.id}" if entry.category else entry.track


def _counted(view: View, found: int, total: int) -> str:
    one, many = _NOUNS[view]
    whole = count_of(total, one, many)
    return whole if found == total else f"{found:,} of {whole}"


def _test_title(state: ExploreState) -> str:
    narrowed = [one.title for one in state.categories if one.is_picked]
    if state.view != "timeline":
        narrowed = []
    if state.query.strip():
        narrowed.append(state.query.strip())
    title = VIEWS[state.view]
    return f"{title}: {', '.join(narrowed)}" if narrowed else title
