"""What was done on each study day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class DayTally:
    """A study day in figures: reviews that count, and the seconds they took.

    `correct`, `close` and `wrong` count answers that were marked; `recalled` and `forgotten` count
    what pupils rated themselves (a flipped card, a hands-free test): forgotten is Again.
    """

    reviews: int = 0
    seconds: float = 0.0
    correct: int = 0
    close: int = 0
    wrong: int = 0
    recalled: int = 0
    forgotten: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """All study days on which something was done. `is_known` is False until it was read."""

    days: Mapping[date, DayTally] = field(default_factory=lambda: MappingProxyType({}))
    is_known: bool = False
