"""What the Cards page shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from stalin_study.domain.card import Card
from stalin_study.domain.card_places import Place
from stalin_study.domain.card_text import Block, Opened
from stalin_study.presenters.rating_choices import RatingChoice


@dataclass(frozen=True, slots=True)
class CardsState:
    """All that the page shows. `number` counts within the topic, from 1.

    `words` are searched for and stand at `places`; `place` counts among them, -1 for none yet.
    `note` is the pupil's own; while it is open to be written, the answer does not show it too.
    """

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
    is_hard: bool = False
    note: str = ""
    is_note_open: bool = False
    note_status: str = ""
    words: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    place: int = -1

    @property
    def current_place(self) -> Place | None:
        """The place that was stepped to."""
        return self.places[self.place] if 0 <= self.place < len(self.places) else None


def stepped(state: CardsState, step: int) -> int:
    """The place so many steps on, round and round; the first step begins on the side on show."""
    count = len(state.places)
    if state.current_place is not None:
        return (state.place + step) % count
    order = range(count) if step > 0 else range(count - 1, -1, -1)
    on_show = (at for at in order if state.places[at].is_on_front != state.is_flipped)
    return next(on_show, order[0])
