"""The Cards page: one card, its two sides, and how well the pupil knew it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card_text import Block, Opened, answer_blocks, prompt_blocks
from stalin_study.domain.deck import Card, Deck
from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.rating_choices import RatingChoice, rating_choices
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings


@dataclass(frozen=True, slots=True)
class CardsState:
    """All that the page shows. `number` counts within the topic, from 1."""

    card: Card
    topic_title: str
    number: int
    total: int
    is_flipped: bool = False
    shows_every_point: bool = False
    opened: Opened = field(default_factory=Opened)
    shows_hint: bool = False
    prompt: tuple[Block, ...] = ()
    answer: tuple[Block, ...] = ()
    ratings: tuple[RatingChoice, ...] = ()
    has_previous: bool = False
    has_next: bool = False
    can_undo: bool = False
    message: str = ""


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
        self._flipped_at: datetime | None = None
        self._rated: list[tuple[str, str]] = []
        self._unsaved: tuple[str, str] = ("", "")
        last = settings.settings.last_card
        first = deck.cards_by_id.get(last, deck.cards[0])
        self.state = self._with_text(self._state_of(first))
        settings.settings_changed.connect(lambda _: self._swap(self.state))
        reviews.saved.connect(self._take_saved)

    def show_card(self, card_id: str) -> None:
        """Show the front of a card; an unknown id shows what was on show."""
        card = self._deck.cards_by_id.get(card_id)
        if card is None or card.id == self.state.card.id:
            return
        self._open(card, message="")

    def flip(self) -> None:
        """Turn the card over; while it is read aloud, the reading goes on with the other side."""
        self._flipped_at = None if self.state.is_flipped else self._now()
        is_read = self._is_reading()
        self._swap(replace(self.state, is_flipped=not self.state.is_flipped, message=""))
        if is_read:
            self.listen()

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
        return replace(
            state,
            prompt=prompt_blocks(state.card, with_hint=state.shows_hint),
            answer=answer_blocks(
                state.card,
                every_point=every_point,
                opened=state.opened,
                terms=self._deck.terms,
            ),
            ratings=self._ratings(state.card) if state.is_flipped else (),
            can_undo=bool(self._rated),
        )

    def _ratings(self, card: Card) -> tuple[RatingChoice, ...]:
        known = self._reviews.memory_states.get(card.id)
        return rating_choices(known, card.id, self._now(), self._settings.settings.ratings)

    def _swap(self, state: CardsState) -> None:
        state = self._with_text(state)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
