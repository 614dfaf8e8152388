"""Number series of the deck, with those that can be compared in one plot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise
from statistics import median

from stalin_study.domain.deck import Figure, FigureRow

LEAST_ROWS = 3
_A_YEAR = 1.01  # years; a hair over one, since months are twelfths


class Join(StrEnum):
    """How a value is joined with the next one of its series."""

    SOLID = "solid"
    DASHED = "dashed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Series:
    """A number series and what it is called beside the others of its plot."""

    figure: Figure
    label: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A plot: series of one unit that say the same of different things, or by different counts."""

    id: str
    title: str
    unit: str
    series: tuple[Series, ...]


def figure_groups(figures: Iterable[Figure]) -> tuple[FigureGroup, ...]:
    """The series of three values or more, in plots, in the order of the deck.

    Series share a plot when they share the unit and, in their titles, what stands before the comma
    ("Grain harvest, ..."), behind it ("..., counted in January") or the last word ("... output").
    """
    left = [figure for figure in figures if len(figure.rows) >= LEAST_ROWS]
    groups = []
    while left:
        shared, titled = _shared(left[0], left)
        groups.append(titled(shared))
        left = [figure for figure in left if figure not in shared]
    return tuple(groups)


def moment(row: FigureRow) -> float:
    """When a value was counted, as a decimal year; without a month, the year's start."""
    return row.year + ((row.month or 1) - 1) / 12


def joins(rows: Sequence[FigureRow]) -> tuple[Join, ...]:
    """How each value is joined with the next.

    Up to a year apart by a solid line. With years missing between, by a dashed one, unless the gap
    is over twice the usual step (the median) of the series: then not at all.
    """
    steps = [moment(later) - moment(row) for row, later in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    return tuple(_join(step, usual) for step in steps)


def run_together(group: FigureGroup) -> bool:
    """Whether two series have nearly the same values at three moments or more."""
    values = [{moment(row): row.value for row in one.figure.rows} for one in group.series]
    return any(
        sum(_is_near(one[at], other[at]) for at in one.keys() & other.keys()) >= LEAST_ROWS
        for one, other in combinations(values, 2)
    )


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.02 * max(abs(one), abs(other))


def _join(step: float, usual: float) -> Join:
    if step <= _A_YEAR:
        return Join.SOLID
    return Join.DASHED if step <= 2 * usual else Join.OPEN


def _shared(
    first: Figure, figures: Sequence[Figure]
) -> tuple[list[Figure], Callable[[list[Figure]], FigureGroup]]:
    """The figures to plot with the first one, itself among them, and how to make a plot of them."""
    for part, titled in ((_head, _by_head), (_tail, _by_tail), (_last_word, _by_last_word)):
        name = part(first.title)
        if not name:
            continue
        shared = [one for one in figures if one.unit == first.unit and part(one.title) == name]
        if len(shared) > 1:
            return shared, titled
    return [first], _alone


def _head(title: str) -> str:
    head, comma, _ = title.partition(", ")
    return head if comma else ""


def _tail(title: str) -> str:
    return title.partition(", ")[2]


def _last_word(title: str) -> str:
    before, _, last = title.rpartition(" ")
    return last if before and "," not in title else ""


def _by_head(figures: list[Figure]) -> FigureGroup:
    labels = [_capital(_tail(figure.title)) for figure in figures]
    return _group(figures, _head(figures[0].title), labels)


def _by_tail(figures: list[Figure]) -> FigureGroup:
    labels = [_head(figure.title) for figure in figures]
    return _group(figures, f"{_listed(labels)}, {_tail(figures[0].title)}", labels)


def _by_last_word(figures: list[Figure]) -> FigureGroup:
    labels = [figure.title.rpartition(" ")[0] for figure in figures]
    return _group(figures, f"{_listed(labels)} {_last_word(figures[0].title)}", labels)


def _alone(figures: list[Figure]) -> FigureGroup:
    return _group(figures, figures[0].title, [figures[0].title])


def _group(figures: list[Figure], title: str, labels: list[str]) -> FigureGroup:
    series = tuple(Series(one, label) for one, label in zip(figures, labels, strict=True))
    return FigureGroup(figures[0].id, title, figures[0].unit, series)


def _listed(names: Sequence[str]) -> str:
    first, *others = names
    small = [first, *(name[:1].lower() + name[1:] for name in others)]
    return f"{', '.join(small[:-1])} and {small[-1]}" if others else first


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
