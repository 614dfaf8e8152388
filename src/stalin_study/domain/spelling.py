"""Names that are nearly, but not quite, spelled as the deck spells them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stalin_study.domain.deck import Deck

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST = 5
_LONG = 8


class NameSpellings:
    """The names that a deck knows: from its lexicon, people and terms, and its list of others."""

    def __init__(self, deck: Deck) -> None:
        from rapidfuzz.distance import DamerauLevenshtein

        self._distance = DamerauLevenshtein.distance
        known = set(_capitalised(_known_texts(deck)))
        self._right = known | {f"{name}s" for name in known} | set(deck.spellings)
        self._names = sorted(name for name in known if len(name) >= _SHORTEST)
        self._answers: dict[str, str | None] = {}

    def near_misses(self, text: str) -> list[tuple[str, str]]:
        """Each word of `text` that looks like a misspelled name, with the name."""
        pairs = ((word, self._meant(word)) for word in _capitalised([text]))
        return [(word, name) for word, name in pairs if name is not None]

    def _meant(self, word: str) -> str | None:
        """The known name that `word` misses by a letter, or by two when it is long."""
        if len(word) < _SHORTEST or word in self._right:
            return None
        if word not in self._answers:
            limit = 2 if len(word) >= _LONG else 1
            near = ((self._distance(word, name, score_cutoff=limit), name) for name in self._names)
            distance, name = min(near, default=(limit + 1, ""))
            self._answers[word] = name if distance <= limit else None
        return self._answers[word]


def _known_texts(deck: Deck) -> Iterable[str]:
    for entry in deck.lexicon:
        yield from entry.written
    for person in deck.people:
        yield person.name
    for term in deck.terms:
        yield term.term
        yield from term.also


def _capitalised(texts: Iterable[str]) -> Iterable[str]:
    """Words that begin with a capital, without a possessive ending."""
    for text in texts:
        for word in _WORD.findall(text):
            if word[0].isupper():
                yield re.sub(r"['’]s?$", "", word)
