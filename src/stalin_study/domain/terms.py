"""Where key terms stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stalin_study.domain.deck import Term


@dataclass(frozen=True, slots=True)
class TermUse:
    """A stretch of plain text, in code points, that uses a term."""

    start: int
    end: int
    term_id: str


class TermFinder:
    """Finds the forms of many terms in one pass, the longest form first."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._ids: dict[str, str] = {}
        for term in terms:
            for form in (term.term, *term.also):
                self._ids.setdefault(form, term.id)
        forms = sorted(self._ids, key=len, reverse=True)
        self._pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)" if forms else r"(?!)"
        )

    def uses(self, text: str, already: Iterable[str] = ()) -> tuple[TermUse, ...]:
        """The first use of each term in `text` that is not among the ids `already` linked."""
        seen = set(already)
        found: list[TermUse] = []
        for match in self._pattern.finditer(text):
            term_id = self._ids[match.group()]
            if term_id not in seen:
                seen.add(term_id)
                found.append(TermUse(match.start(), match.end(), term_id))
        return tuple(found)
