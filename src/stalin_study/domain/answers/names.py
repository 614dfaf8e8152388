"""What the deck names, so that one name is never taken for a slip of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.words import HARMLESS, LIGHT
from stalin_study.domain.deck import Deck

# First names that are one name in two languages, or short for one.
_SAME_FIRST_NAME = tuple(
    frozenset(map(spelling_key, group.split()))
    for group in (
        "lev leon leo", "joseph josef iosif josif joe", "nikolai nicholas", "mikhail michael",
        "grigory gregory", "andrei andrew", "dmitri dimitri", "lavrenti lavrenty",
        "genrikh heinrich",
        "vladimir vlad", "sergei serge sergey", "maxim maksim max", "semyon semen simon",
    )
)  # fmt: skip
_COMMON = frozenset(map(spelling_key, HARMLESS))
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Words that name something in the deck, by spelling key, and first names by surname."""

    keys: frozenset[str]
    first_names: Mapping[str, frozenset[str]]


def collect_names(deck: Deck) -> Names:
    """Every name in the deck: people, terms, lexicon, and proper answers and distractors."""
    # Of names of several words, such as New Economic Policy, each word alone names nothing.
    keys = {words[0] for words in map(_keys_of, _named_texts(deck)) if len(words) == 1}
    first_names: dict[str, frozenset[str]] = {}
    for person in deck.people:
        words = _keys_of(person.name)
        keys.update(words)
        first = {form for word in words[:-1] for form in _forms(word)}
        last = words[-1] if words else ""
        first_names[last] = first_names.get(last, frozenset()) | first
    return Names(frozenset(keys - _COMMON), first_names)


def _forms(first_name: str) -> frozenset[str]:
    same = (group for group in _SAME_FIRST_NAME if first_name in group)
    return next(same, frozenset((first_name,)))


def _named_texts(deck: Deck) -> Iterator[str]:
    for term in deck.terms:
        yield from (term.term, *term.also)
    for entry in deck.lexicon:
        yield from entry.written
    yield from _proper(
        text
        for card in deck.cards
        for question in card.questions
        for text in (*question.accepted, *question.distractors)
    )


def _proper(texts: Iterable[str]) -> Iterator[str]:
    """The texts that begin with a capital, not counting an article."""
    return (text for text in texts if text.removeprefix("the ")[:1].isupper())


def _keys_of(text: str) -> list[str]:
    """The spelling keys of the words that say something."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'").replace("'s", "")
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    if re.fullmatch(r"(?:\w\.){2,}", plain):
        plain = plain.replace(".", "")
    return [spelling_key(word) for word in _WORD.findall(plain) if word not in LIGHT]
