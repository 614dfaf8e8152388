"""What the Explore page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stalin_study.domain.explore_entries import Entry
from stalin_study.domain.figure_groups import FigureGroup

View = Literal["timeline", "figures", "people", "terms"]
VIEWS: dict[View, str] = {
    "timeline": "Timeline",
    "figures": "Figures",
    "people": "People",
    "terms": "Key terms",
}


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A kind of event, how many the deck has, and whether it is picked."""

    name: str
    title: str
    count: int
    is_picked: bool


@dataclass(frozen=True, slots=True)
class CardChoice:
    """A card that can be shown."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ExploreState:
    """The view in sight, narrowed by `query` and, on the timeline, by the picked categories.

    Without a picked category all are shown. `entries` are of the view in sight and empty for
    figures; `selected` is one of them, with its `cards`, or None. `counted` says how many there
    are, `message` what to do when there are none. `is_read`: the selected one is read aloud.
    `test` says how much of what is in sight can be asked.
    """

    view: View = "timeline"
    query: str = ""
    categories: tuple[CategoryChoice, ...] = ()
    entries: tuple[Entry, ...] = ()
    figures: tuple[FigureGroup, ...] = ()
    selected: Entry | None = None
    cards: tuple[CardChoice, ...] = ()
    counted: str = ""
    message: str = ""
    is_read: bool = False
    can_test: bool = False
    test: str = "Test me on these"
