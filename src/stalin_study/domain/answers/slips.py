"""Slips of the pen: when one word can only be another, misspelt."""

from __future__ import annotations

from collections.abc import Iterable

from stalin_study.domain.answers.other_words import OTHER_NAMES, OTHER_WORDS
from stalin_study.domain.answers.spelling import sound, spelling_key

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    frozenset((one, other))
    for upper, lower in zip(_ROWS, (*_ROWS[1:], ""), strict=True)
    for place, one in enumerate(upper)
    for other in (
        upper[place + 1 : place + 2],
        lower[place : place + 1],
        lower[max(0, place - 1) : place],
    )
    if other
}
# First letters that sound or look alike to somebody.
_ALIKE = tuple(map(frozenset, ("ckqs", "vwf", "yij", "bdpq", "gj", "sz", "eiay", "uo", "mn", "td")))
# Words that sound just the same.
_HOMOPHONES = {
    frozenset(pair.split("-"))
    for pair in """grate-great coarse-course steal-steel serial-cereals cereal-serial prophet-profit
    plow-ploughs cell-sell see-sea maid-made mane-main wore-war mosks-mosques sole-souls
    peace-piece sow-sew""".split()
}
_VOWELS = frozenset("aeiouy")
_HEARD = 6  # letters from which a word may be written by ear
# Endings that make another word of a word, and beginnings that turn it round.
_DERIVED = ("ism", "ist", "ology")
_PREFIXES = (
    *("de", "un", "in", "im", "dis", "mis", "non", "anti", "pre", "post", "counter", "re"),
    *("pro", "an", "ex", "con", "com", "per", "op", "sub"),
)


def allowed_slips(word: str) -> int:
    """One slip from four letters, two from eight, three from twelve, in the singular."""
    letters = min(len(word), len(spelling_key(word)) + 1)
    return 0 if len(word) < 4 else 1 if letters < 8 else 2 if letters < 12 else 3


def distance(one: str, other: str) -> int:
    """Letters left out, added, changed or swapped with their neighbour."""
    from rapidfuzz.distance import OSA

    return min(OSA.distance(one, other), OSA.distance(spelling_key(one), spelling_key(other)))


def is_slip(given: str, word: str, *, in_phrase: bool = False) -> bool:
    """Whether `given` can only be a misspelt `word`: near it, and no other word or name.

    In a phrase whose other words are right it may be another word, if one finger away.
    """
    if frozenset((given, word)) in _HOMOPHONES:
        return True
    if given in OTHER_NAMES and given != word:
        return False
    if given in OTHER_WORDS:
        return in_phrase and len(given) >= len(word) and is_fumbled(given, word)
    if not _VOWELS & set(word) and not set(given) <= set(word):
        return False  # another letter makes another abbreviation
    if len(word) == 3:
        return is_fumbled(given, word)
    limit = allowed_slips(word)
    if not limit or abs(len(given) - len(word)) > limit + 2:
        return False
    far = distance(given, word)
    if far > limit and not (far == limit + 1 and _sounds_alike(given, word)):
        return False
    return _begins_alike(given, word) and not _is_derived(given, word)


def is_fumbled(given: str, word: str) -> bool:
    """Whether one finger went wrong: a letter swapped, doubled, left out or its neighbour."""
    if given == word:
        return False
    if len(given) == len(word):
        wrong = [place for place, letter in enumerate(word) if given[place] != letter]
        one, other = wrong[0], wrong[-1]
        if other == one:
            return frozenset((given[one], word[one])) in _NEIGHBOURS
        return (
            other == one + 1 == wrong[1] and given[one] == word[other] and given[other] == word[one]
        )
    if len(given) == len(word) + 1:
        return any(given == f"{word[: at + 1]}{word[at:]}" for at in range(len(word)))
    return len(word) > 3 and any(given == word[:at] + word[at + 1 :] for at in range(len(word)))


def nearest(given: str, others: Iterable[str]) -> float:
    """The distance of the nearest of `others`; infinite without any."""
    return min((distance(given, other) for other in others), default=float("inf"))


def _sounds_alike(given: str, word: str) -> bool:
    if len(word) < _HEARD:
        return False
    return sound(given) == sound(word) or sound(spelling_key(given)) == sound(spelling_key(word))


def _begins_alike(given: str, word: str) -> bool:
    """Whether the first letter is there, or one like it or beside it, or was left out."""
    if given[0] == word[0]:
        return True
    pair = frozenset((given[0], word[0]))
    if pair in _NEIGHBOURS or any(pair <= letters for letters in _ALIKE):
        return True
    if len(given) != len(word):
        return given[0] == word[1] or given[1:2] == word[0]
    return given[:2] == word[1::-1]


def _is_derived(given: str, word: str) -> bool:
    """Russianism is not Russian, decollectivisation not collectivisation."""
    one, other = given.removesuffix("s"), word.removesuffix("s")
    if any(one.endswith(ending) and not other.endswith(ending) for ending in _DERIVED):
        return True
    return any(
        given.startswith(prefix)
        and not word.startswith(prefix[:2])
        and given[len(prefix) :][:3] in _roots(word)
        for prefix in _PREFIXES
    )


def _roots(word: str) -> tuple[str, ...]:
    """How a word goes on, also after a prefix of its own."""
    return word[:3], *(word[len(p) :][:3] for p in _PREFIXES if word.startswith(p))
