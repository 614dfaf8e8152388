"""The questions that belong to an event, a person or a key term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from stalin_study.domain.card import Card, OrderSet, Question, TrueFalse
from stalin_study.domain.deck import Deck
from stalin_study.domain.explore_entries import Entry
from stalin_study.domain.search_hits import folded

_WORD = re.compile(r"\w{4,}")
# So many of an event's words that a text has are more than chance.
_FEWEST_WORDS = 2


@dataclass(frozen=True)
class _Text:
    """What a question says, its answer and its reason with it; folded."""

    subject_id: str
    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Words and years; shorter ones say little."""
        return frozenset(_WORD.findall(self.text))


class EntryQuestions:
    """Finds questions on the cards of an entry: those that speak of it.

    Of an event, they hold half of its words; of a person or a key term, one of its names.
    """

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._forms = {term.id: (term.term, *term.also) for term in deck.terms}
        self._texts: dict[str, list[_Text]] = {}
        self._found: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Ids of the questions on any of these, in the order of the deck."""
        found = frozenset[str]().union(*(self._of(entry) for entry in entries))
        if not found:
            return ()
        return tuple(
            one.id for card in self._deck.cards for one in card.subjects if one.id in found
        )

    def _of(self, entry: Entry) -> frozenset[str]:
        if (entry.track, entry.id) not in self._found:
            cards = (self._deck.cards_by_id[card_id] for card_id in entry.card_ids)
            said = [text for card in cards for text in self._of_card(card)]
            speaks_of = self._telling(entry)
            found = frozenset(text.subject_id for text in said if speaks_of(text))
            self._found[entry.track, entry.id] = found
        return self._found[entry.track, entry.id]

    def _of_card(self, card: Card) -> list[_Text]:
        """What the questions of a card say."""
        if card.id not in self._texts:
            self._texts[card.id] = [
                _Text(one.id, folded(text)) for one in card.subjects for text in _said(one)
            ]
        return self._texts[card.id]

    def _telling(self, entry: Entry) -> Callable[[_Text], bool]:
        """What tells that a text speaks of an entry."""
        if entry.category:
            words = frozenset(_WORD.findall(folded(f"{entry.caption} {entry.title}")))
            least = max(_FEWEST_WORDS, len(words) / 2)
            return lambda text: len(words & text.words) >= least
        forms = self._forms.get(entry.id) or (entry.title, entry.title.rpartition(" ")[2])
        names = tuple(dict.fromkeys(map(folded, forms)))
        return lambda text: any(_has(text.text, name) for name in names)


def _has(text: str, form: str) -> bool:
    """Whether it stands there as words; looked for as letters first, which is much faster."""
    return form in text and re.search(rf"\b{re.escape(form)}\b", text) is not None


def _said(subject: object) -> Iterator[str]:
    match subject:
        case Question():
            yield "\n".join((subject.prompt, *subject.accepted, subject.because))
        case TrueFalse():
            yield f"{subject.statement}\n{subject.because}"
        case OrderSet():
            yield from (f"{one.text} {one.when}" for one in subject.events)
