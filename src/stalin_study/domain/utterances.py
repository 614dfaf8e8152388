"""Blocks of a card as sentences, the pieces that are rendered and read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stalin_study.domain.card_text import Block, TextSpan

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence to be read; `text` is what `span` covers. `id` is unique among its blocks."""

    id: str
    span: TextSpan
    text: str


_SHORT = r"Dr Mr Mrs Ms Prof St c ca b d vs cf approx e\.g i\.e".split()
_BEFORE_NUMBERS = r"[Nn]o [Nn]os p pp [Vv]ol [Cc]h".split()
_END = re.compile(
    rf"""
    (?<=[.!?…])(?<![.!?…]{{2}})
    (?<!\b[A-Z]\.)                                       # the V. of "J. V. Stalin"
    {"".join(rf"(?<!{chr(92)}b{short}{chr(92)}.)" for short in _SHORT)}
    {"".join(rf"(?!(?<={chr(92)}b{short}{chr(92)}.){chr(92)}s[0-9])" for short in _BEFORE_NUMBERS)}
    [.!?…]*+["'”’)\]]*+(?=\s++(?![a-z]))
    |[\n\r\u2028\u2029]+
    """,
    re.VERBOSE,
)


def utterances(blocks: Iterable[Block]) -> tuple[Utterance, ...]:
    """One utterance a sentence, in order; a block's last sentence may lack a full stop.

    What holds no letter or digit is left out. A sentence over 400 code points is cut after a comma
    or between words, so that none takes long to render.
    """
    return tuple(
        Utterance(f"{block.key}:{number}", TextSpan(block.key, start, end), text[start:end])
        for block in blocks
        for text in (block.text.text,)
        for number, (start, end) in enumerate(sentence_spans(text))
    )


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a plain text, without the white space around it."""
    start = 0
    for match in _END.finditer(text):
        if match.end() > start:
            yield from _pieces(text, start, match.end())
            start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(text.rfind(mark, start, start + LONGEST) for mark in (", ", "; "))
        if cut < start + LONGEST // 2:
            cut = text.rfind(" ", start, start + LONGEST)
        cut = cut + 1 if cut > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if any(char.isalnum() for char in piece):
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(piece.strip())
