"""Inline Markdown of the deck: bold and italic, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MARK = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*")


@dataclass(frozen=True, slots=True)
class Run:
    """A bold or italic stretch of the plain text, in code points."""

    start: int
    end: int
    bold: bool


@dataclass(frozen=True, slots=True)
class PlainText:
    """Text as shown, without its Markdown, and where it is emphasised."""

    text: str
    runs: tuple[Run, ...] = ()


@lru_cache(maxsize=4096)
def plain(markdown: str) -> PlainText:
    """Take the emphasis marks out of `markdown`."""
    parts: list[str] = []
    runs: list[Run] = []
    length = end = 0
    for match in _MARK.finditer(markdown):
        before = markdown[end : match.start()]
        bold = match["bold"] is not None
        inner = match["bold"] if bold else match["italic"]
        parts += before, inner
        length += len(before)
        runs.append(Run(length, length + len(inner), bold))
        length += len(inner)
        end = match.end()
    parts.append(markdown[end:])
    return PlainText("".join(parts), tuple(runs))


def utf16_offset(text: str, offset: int) -> int:
    """Qt's offset (UTF-16 units) of a code point offset in `text`."""
    return offset + sum(ord(char) > 0xFFFF for char in text[:offset])


def code_points(text: str, offset: int) -> int:
    """The code points before Qt's offset (UTF-16 units) in `text`."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * offset]
    return len(units.decode("utf-16-le", "ignore"))
