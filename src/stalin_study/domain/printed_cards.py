"""What can be printed: which cards, laid out for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from stalin_study.domain.annotations import NONE, CardAnnotations
from stalin_study.domain.audio_names import safe_name
from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck

LEAST_POINTS = 7.0  # the smallest type on a printed card, in typographic points


class Which(StrEnum):
    """Which cards are printed."""

    CARD = "card"
    TOPIC = "topic"
    HARD = "hard"
    ALL = "all"


class PaperUse(StrEnum):
    """What the paper is for."""

    TO_CUT = "to_cut"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A card with what is printed besides its own text."""

    card: Card
    topic_title: str
    own_note: str = ""


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """A file to be made: its title, and the cards in the order of the deck."""

    title: str
    use: PaperUse
    cards: tuple[PrintedCard, ...]
    deck_title: str
    licence: str


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """A finished PDF. `cut_short` cards had more to say than there is room on a printed card."""

    content: bytes
    pages: int
    cut_short: int = 0


def cards_to_print(
    deck: Deck, which: Which, card: Card, annotations: Mapping[str, CardAnnotations]
) -> tuple[PrintedCard, ...]:
    """The cards of that choice, `card` being the one on show."""
    return tuple(
        PrintedCard(one, deck.topics_by_card[one.id].title, annotations.get(one.id, NONE).note)
        for one in _chosen(deck, which, card, annotations)
    )


def print_plan(
    deck: Deck,
    which: Which,
    use: PaperUse,
    card: Card,
    annotations: Mapping[str, CardAnnotations],
) -> PrintPlan:
    """All that is needed to print that choice."""
    titles = {
        Which.CARD: card.title,
        Which.TOPIC: deck.topics_by_card[card.id].title,
        Which.HARD: "Hard cards",
        Which.ALL: deck.title,
    }
    cards = cards_to_print(deck, which, card, annotations)
    return PrintPlan(titles[which], use, cards, deck.title, deck.licence)


def pdf_name(plan: PrintPlan) -> str:
    """A file name to begin with."""
    what = "cards to cut out" if plan.use is PaperUse.TO_CUT else "notes"
    return f"{safe_name(plan.title)} - {what}.pdf"


def _chosen(
    deck: Deck, which: Which, card: Card, annotations: Mapping[str, CardAnnotations]
) -> Iterable[Card]:
    match which:
        case Which.CARD:
            return (card,)
        case Which.TOPIC:
            return deck.topics_by_card[card.id].cards
        case Which.HARD:
            return (one for one in deck.cards if annotations.get(one.id, NONE).is_hard)
        case Which.ALL:
            return deck.cards
