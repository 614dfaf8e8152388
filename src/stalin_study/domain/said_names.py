"""How names in a text are said, as a respelling for people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from stalin_study.domain.deck import LexiconEntry


class SaidNames:
    """Knows the names of a lexicon."""

    def __init__(self, lexicon: Iterable[LexiconEntry]) -> None:
        self._said: dict[str, str] = {}
        for entry in lexicon:
            for written in entry.written:
                if not re.search(r"['’]s$", written):
                    self._said.setdefault(written, entry.say)
        forms = sorted(self._said, key=len, reverse=True)
        names = "|".join(map(re.escape, forms)) or "(?!)"
        self._pattern = re.compile(rf"(?<!\w)(?P<name>{names})(?P<s>s)?(?![\w'’])")

    def in_text(self, text: str) -> str:
        """The names in `text` as they are said, such as "un-DRAY vi-SHIN-skee"; else empty.

        Names that do not stand beside each other are parted by commas.
        """
        said, end = "", 0
        for match in self._pattern.finditer(text):
            between = text[end : match.start()]
            part = ", " if said and between.strip() else " " if said else ""
            said += part + self._said[match["name"]] + (match["s"] or "")
            end = match.end()
        return said
