"""What is wrong with a deck, said so that whoever wrote the deck can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in one file of a deck.

    `file` is relative to the deck folder, with forward slashes; `line` counts from 1 and is None
    where it is not known; `field` is a path such as `section[2].point[1].text`, places counted
    from 1, and is empty when the whole file is meant.
    """

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.field, self.message) if part)
