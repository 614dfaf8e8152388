"""Search over the cards of a deck."""

from __future__ import annotations

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck
from stalin_study.domain.markup import plain
from stalin_study.domain.search_hits import folded, query_words


class CardSearch:
    """Finds the cards that hold every word of a query. Text is folded once, when first asked."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._notes: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def prepare(self) -> None:
        """Fold the text of every card, so that the first search need not; on any thread."""
        if not self._texts:
            self._texts = {
                card.id: _searched_text(card, topic.title)
                for topic in self._deck.topics
                for card in topic.cards
            }

    def take_note(self, card_id: str, note: str) -> None:
        """Search the pupil's own note of a card as well; an empty one is forgotten."""
        if note.strip():
            self._notes[card_id] = folded(note)
        else:
            self._notes.pop(card_id, None)

    def card_ids(self, query: str) -> frozenset[str] | None:
        """Ids of the cards found; None when the query asks for nothing."""
        words = query_words(query)
        if not words:
            return None
        self.prepare()
        found = {
            card_id for card_id, text in self._texts.items() if all(word in text for word in words)
        }
        for card_id, note in self._notes.items():
            text = self._texts.get(card_id)
            if text is not None and all(word in note or word in text for word in words):
                found.add(card_id)
        return frozenset(found)


def _searched_text(card: Card, topic_title: str) -> str:
    parts = [topic_title, card.title, card.prompt, str(card.source_card)]
    for section in card.sections:
        parts.append(section.heading)
        for point in section.points:
            parts += plain(point.text).text, point.note
    return folded("\n".join(parts))
