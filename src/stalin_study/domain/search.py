"""Search over the cards of a deck."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from stalin_study.domain.deck import Card, Deck
from stalin_study.domain.markup import plain


def folded(text: str) -> str:
    """Lower case without accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class CardSearch:
    """Finds the cards that hold every word of a query. Text is folded once, when first asked."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {
            card.id: _searched_text(card, self._deck.topics_by_card[card.id].title)
            for card in self._deck.cards
        }

    def card_ids(self, query: str) -> frozenset[str] | None:
        """Ids of the cards found; None when the query asks for nothing."""
        words = folded(query[:200]).split()
        if not words:
            return None
        return frozenset(
            card_id for card_id, text in self._texts.items() if all(word in text for word in words)
        )


def _searched_text(card: Card, topic_title: str) -> str:
    parts = [topic_title, card.title, card.prompt, str(card.source_card)]
    for section in card.sections:
        parts.append(section.heading)
        for point in section.points:
            parts += plain(point.text).text, point.note
    return folded("\n".join(parts))
