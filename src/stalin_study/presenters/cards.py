"""The Cards page: one card, its two sides, and how well the pupil knew it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.card import Card
from stalin_study.domain.card_places import places_on
from stalin_study.domain.card_text import answer_blocks, own_note_blocks, prompt_blocks
from stalin_study.domain.deck import Deck
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.search_hits import query_words
from stalin_study.presenters.card_annotations import CardAnnotating
from stalin_study.presenters.cards_state import CardsState, stepped
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.rating_choices import RatingChoice, rating_choices
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings


class CardsPresenter(QObject):
    """Shows a card of the deck, turns it, rates it and moves on."""

    state_changed = Signal(object)
    card_shown = Signal(str)
    test_requested = Signal(str)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        settings: PupilSettings,
        listening: ListeningPresenter,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._settings = settings
        self._listening = listening
        self._now = now
        self._annotating = CardAnnotating(reviews, self)
        self._words: tuple[str, ...] = ()
        self._flipped_at: datetime | None = None
        self._rated: list[tuple[str, str]] = []
        self._unsaved: tuple[str, str] = ("", "")
        last = settings.settings.last_card
        first = deck.cards_by_id.get(last, deck.cards[0])
        self.state = self._with_text(self._state_of(first))
        settings.settings_changed.connect(lambda _: self._swap(self.state))
        reviews.saved.connect(self._take_saved)
        reviews.annotations_changed.connect(lambda _: self._swap(self.state))
        self._annotating.annotation_saved.connect(self._take_annotation)

    def show_card(self, card_id: str) -> None:
        """Show the front of a card; an unknown id shows what was on show."""
        card = self._deck.cards_by_id.get(card_id)
        if card is None or card.id == self.state.card.id:
            return
        self._open(card, message="")

    def flip(self) -> None:
        """Turn the card over; while it is read aloud, the reading goes on with the other side."""
        self._turn(replace(self.state, message=""))

    def rate(self, rating: Rating) -> None:
        """Record how well the card was known and go on to the next one."""
        if rating not in {choice.rating for choice in self.state.ratings}:
            return
        card = self.state.card
        label = next(c.label for c in self.state.ratings if c.rating == rating)
        entry = self._reviews.record(
            card.id, Way.FLIP, rating, took_ms=self._took_ms(), initiator=self
        )
        self._rated.append((card.id, entry.uuid))
        following = self._neighbour(1)
        said = f"“{card.title}”: {label}."
        if following is None:
            said += " That was the last card."
        is_saved = not self._reviews.pending
        self._unsaved = ("", "") if is_saved else (entry.uuid, said)
        self._open(following or card, message=f"{said} Saved." if is_saved else said)

    def undo(self) -> None:
        """Take the last rating back and show its card again, answer up."""
        if not self._rated:
            return
        card_id, entry_id = self._rated.pop()
        self._reviews.undo((entry_id,), self)
        self._open(self._deck.cards_by_id[card_id], message="Taken back. Rate it again.")
        self.flip()

    def next_card(self) -> None:
        """Show the next card of the deck, if there is one."""
        self._step(1)

    def previous_card(self) -> None:
        """Show the card before, if there is one."""
        self._step(-1)

    def show_every_point(self, is_wanted: bool) -> None:
        """Show all points of an answer, or only the key ones; remembered for the next card."""
        if is_wanted != self.state.shows_every_point:
            self._settings.change(shows_every_point=is_wanted)
            self._swap(replace(self.state, shows_every_point=is_wanted))

    def show_hint(self) -> None:
        """Show the headings of the answer below the question."""
        if not self.state.is_flipped:
            self._swap(replace(self.state, shows_hint=True))

    def toggle_note(self, point_id: str) -> None:
        """Open or close the editor's note of a point, in place."""
        opened = replace(self.state.opened, notes=self.state.opened.notes ^ {point_id})
        self._swap(replace(self.state, opened=opened))

    def toggle_meaning(self, point_id: str, term_id: str) -> None:
        """Open or close the meaning of a key term below the point that uses it."""
        meanings = self.state.opened.meanings ^ {(point_id, term_id)}
        self._swap(replace(self.state, opened=replace(self.state.opened, meanings=meanings)))

    def toggle_hard(self) -> None:
        """Mark the card as hard, or take the mark back."""
        card_id, is_hard = self.state.card.id, not self.state.is_hard
        said = "Marked as hard." if is_hard else "No longer marked as hard."
        self._unsaved = (f"{AnnotationKind.HARD} {card_id}", said)
        self._swap(replace(self.state, message=said))
        self._annotating.mark_hard(card_id, is_hard=is_hard)

    def open_note(self) -> None:
        """Let the pupil write a note of their own below the answer."""
        if self.state.is_flipped:
            self._swap(replace(self.state, is_note_open=True, note_status=""))

    def close_note(self) -> None:
        """Show the note as it is kept."""
        self._swap(replace(self.state, is_note_open=False))

    def write_note(self, card_id: str, text: str) -> None:
        """Keep what the pupil wrote on a card, which need not be the one on show any more."""
        if card_id == self.state.card.id:
            self._swap(replace(self.state, note_status=""))
        if card_id in self._deck.cards_by_id:
            self._annotating.write_note(card_id, text)

    def show_query(self, query: str) -> None:
        """Mark where the words of a search stand on the card; none for an empty one."""
        words = query_words(query)
        if words != self._words:
            self._words = words
            self._swap(replace(self.state, place=-1))

    def step_place(self, step: int) -> None:
        """Go to the next place that the search has found (1), or the one before (-1)."""
        state = self.state
        if not state.places:
            return
        at = stepped(state, step)
        place = state.places[at]
        notes = state.opened.notes | ({place.note_of} if place.note_of else frozenset())
        state = replace(
            state,
            place=at,
            shows_every_point=state.shows_every_point or place.is_spare,
            opened=replace(state.opened, notes=notes),
            is_note_open=False,
        )
        if place.is_on_front == state.is_flipped:
            self._turn(state)
        else:
            self._swap(state)

    def listen(self) -> None:
        """Read the side on show aloud."""
        state = self.state
        blocks = state.answer if state.is_flipped else state.prompt
        self._listening.read(state.card.id, state.card.title, blocks)

    def test_me(self) -> None:
        """Ask for a self-test on the card on show."""
        self.test_requested.emit(self.state.card.id)

    def _take_saved(self, uuid: str) -> None:
        waiting, said = self._unsaved
        if uuid == waiting and self.state.message == said:
            self._swap(replace(self.state, message=f"{said} Saved."))

    def _take_annotation(self, card_id: str, kind: AnnotationKind, text: str) -> None:
        self._take_saved(f"{kind} {card_id}")
        is_ours = kind is AnnotationKind.NOTE and card_id == self.state.card.id
        if is_ours and text == self.state.note:
            self._swap(replace(self.state, note_status="Saved."))

    def _turn(self, state: CardsState) -> None:
        self._flipped_at = None if state.is_flipped else self._now()
        is_read = self._is_reading()
        self._swap(replace(state, is_flipped=not state.is_flipped, is_note_open=False))
        if is_read:
            self.listen()

    def _step(self, by: int) -> None:
        card = self._neighbour(by)
        if card is not None:
            self._open(card, message="")

    def _neighbour(self, by: int) -> Card | None:
        cards = self._deck.cards
        at = cards.index(self.state.card) + by
        return cards[at] if 0 <= at < len(cards) else None

    def _open(self, card: Card, message: str) -> None:
        if self._is_reading() and card.id != self.state.card.id:
            self._listening.stop()
        self._flipped_at = None
        self._settings.change(last_card=card.id)
        self._swap(replace(self._state_of(card), message=message))
        self.card_shown.emit(card.id)

    def _is_reading(self) -> bool:
        listening = self._listening.state
        return listening.phase != "idle" and listening.subject == self.state.card.id

    def _took_ms(self) -> int:
        if self._flipped_at is None:
            return 0
        return int((self._now() - self._flipped_at).total_seconds() * 1000)

    def _state_of(self, card: Card) -> CardsState:
        topic = self._deck.topics_by_card[card.id]
        return CardsState(
            card=card,
            topic_title=topic.title,
            number=topic.cards.index(card) + 1,
            total=len(topic.cards),
            shows_every_point=self._settings.settings.shows_every_point,
            has_previous=card is not self._deck.cards[0],
            has_next=card is not self._deck.cards[-1],
        )

    def _with_text(self, state: CardsState) -> CardsState:
        every_point = state.shows_every_point or not state.card.key_points
        held = self._annotating.of(state.card.id)
        places = places_on(state.card, self._words, held.note)
        answer = answer_blocks(
            state.card, every_point=every_point, opened=state.opened, terms=self._deck.terms
        )
        return replace(
            state,
            prompt=prompt_blocks(state.card, with_hint=state.shows_hint),
            answer=answer if state.is_note_open else answer + own_note_blocks(held.note),
            ratings=self._ratings(state.card) if state.is_flipped else (),
            can_undo=bool(self._rated),
            is_hard=held.is_hard,
            note=held.note,
            words=self._words,
            places=places,
            place=state.place if state.place < len(places) else -1,
        )

    def _ratings(self, card: Card) -> tuple[RatingChoice, ...]:
        known = self._reviews.memory_states.get(card.id)
        return rating_choices(known, card.id, self._now(), self._settings.settings.ratings)

    def _swap(self, state: CardsState) -> None:
        state = self._with_text(state)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
