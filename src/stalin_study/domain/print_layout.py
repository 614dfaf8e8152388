"""Where printed cards and notes stand on A4 paper. Lengths are millimetres from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
COLUMNS, ROWS = 2, 4
CARDS_A_SHEET = COLUMNS * ROWS
CARD_WIDTH, CARD_HEIGHT = 95.0, 66.0
GRID_LEFT = (PAGE_WIDTH - COLUMNS * CARD_WIDTH) / 2  # even, so that both sides meet
GRID_TOP = 18.0
CUT_MARK = 5.0  # how far a line to cut along goes beyond the cards


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def shrunk(self, by: float) -> Box:
        """The same without a margin all around."""
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of text that flows into columns: its height, and the gap above it.

    A gap is dropped at the top of a column. `is_kept` with the strip that follows, as a heading.
    """

    height: float
    gap: float = 0.0
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a strip stands: the column, counted through all pages from 0, and its top there."""

    column: int
    top: float


def sheets_for(cards: int) -> int:
    """How many sheets of paper, printed on both sides, so many cards take."""
    return -(-cards // CARDS_A_SHEET)


def front_box(place: int) -> Box:
    """The front of the card at a place of its sheet, 0 to 7, row by row."""
    row, column = divmod(place, COLUMNS)
    left, top = GRID_LEFT + column * CARD_WIDTH, GRID_TOP + row * CARD_HEIGHT
    return Box(left, top, CARD_WIDTH, CARD_HEIGHT)


def back_box(place: int) -> Box:
    """Its back on the other side of the paper, when the printer turns it on the long edge."""
    return turned(front_box(place))


def turned(box: Box) -> Box:
    """Where a box comes to stand when its sheet is turned on the long edge."""
    return Box(PAGE_WIDTH - box.right, box.top, box.width, box.height)


def cut_lines() -> tuple[Line, ...]:
    """The lines to cut along, which go a little beyond the cards."""
    right, bottom = GRID_LEFT + COLUMNS * CARD_WIDTH, GRID_TOP + ROWS * CARD_HEIGHT
    upright = (GRID_LEFT + column * CARD_WIDTH for column in range(COLUMNS + 1))
    level = (GRID_TOP + row * CARD_HEIGHT for row in range(ROWS + 1))
    return (
        *(Line(x, GRID_TOP - CUT_MARK, x, bottom + CUT_MARK) for x in upright),
        *(Line(GRID_LEFT - CUT_MARK, y, right + CUT_MARK, y) for y in level),
    )


def in_columns(strips: Sequence[Strip], height: float) -> tuple[Spot, ...]:
    """Flow strips into columns of a height; a strip that is higher has a column to itself.

    Strips that are kept together begin a new column rather than be parted, if one can hold them.
    """
    spots: list[Spot] = []
    column, filled = 0, 0.0
    first = 0
    while first < len(strips):
        group = _group(strips, first, height)
        needed = sum(strip.height + strip.gap for strip in group)
        if filled > 0 and filled + needed > height:
            column, filled = column + 1, 0.0
        for strip in group:
            gap = strip.gap if filled > 0 else 0.0
            spots.append(Spot(column, filled + gap))
            filled += gap + strip.height
        first += len(group)
    return tuple(spots)


def _group(strips: Sequence[Strip], first: int, height: float) -> Sequence[Strip]:
    """The strip and those that it is kept with, as far as one column can hold them."""
    last, needed = first, strips[first].height
    while strips[last].is_kept and last + 1 < len(strips):
        needed += strips[last + 1].gap + strips[last + 1].height
        if needed > height:
            break
        last += 1
    return strips[first : last + 1]
