"""Where the words of a query stand in a text, whatever their case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from stalin_study.domain.card_text import Block, TextSpan

LONGEST_QUERY = 200


def folded(text: str) -> str:
    """Lower case without accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def query_words(query: str) -> tuple[str, ...]:
    """The words to look for, folded; the first 200 code points of a query count."""
    return tuple(dict.fromkeys(folded(query[:LONGEST_QUERY]).split()))


def hits_in(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Start and end, in code points of `text`, of each stretch that one or more words cover.

    Stretches are in order and do not touch. `words` are folded, as `query_words` gives them.
    """
    whole = folded(text)
    found = sorted(span for word in words for span in _finds(whole, word))
    if not found:
        return ()
    origins = _origins(text)
    merged: list[tuple[int, int]] = []
    for first, last in found:
        start, end = origins[first], origins[last - 1] + 1
        while end < len(text) and not _folded_char(text[end]):
            end += 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def block_hits(blocks: Iterable[Block], words: tuple[str, ...]) -> tuple[TextSpan, ...]:
    """The hits of all blocks, in order."""
    return tuple(
        TextSpan(block.key, start, end)
        for block in blocks
        for start, end in hits_in(block.text.text, words)
    )


def _finds(text: str, word: str) -> Iterable[tuple[int, int]]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _origins(text: str) -> list[int]:
    """For each character of the folded text, the place of the one that it came from."""
    return [place for place, char in enumerate(text) for _ in _folded_char(char)]


@lru_cache(maxsize=2048)
def _folded_char(char: str) -> str:
    return folded(char)
