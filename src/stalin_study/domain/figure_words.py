"""Number series in words: the sentence below a plot, its table, and what to be careful about."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from stalin_study.domain.date_words import MONTHS
from stalin_study.domain.deck import FigureRow, Source
from stalin_study.domain.figure_groups import FigureGroup, Join, Series, joins, moment
from stalin_study.domain.search_hits import folded

NO_FIGURE = "–"
DASHED = "Along a dashed line the years between have no checked figure."
OPEN = "Where the line stops, too many years have no checked figure."


def amount(value: float) -> str:
    """ "76.5", "130", "0.446"."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def when_words(row: FigureRow) -> str:
    """ "1929" or "Oct 1929"."""
    return f"{MONTHS[row.month - 1][:3]} {row.year}" if row.month else str(row.year)


def summary(group: FigureGroup) -> str:
    """Where each series begins and ends, and its lowest value where that lies between."""
    told = [_course(series, is_only=len(group.series) == 1) for series in group.series]
    kinds = {join for series in group.series for join in joins(series.figure.rows)}
    if Join.DASHED in kinds:
        told.append(DASHED)
    if Join.OPEN in kinds:
        told.append(OPEN)
    return " ".join((f"In {group.unit}.", *told))


def headings(group: FigureGroup) -> tuple[str, ...]:
    """The columns of the table."""
    if len(group.series) == 1:
        return "When", f"{group.unit[:1].upper()}{group.unit[1:]}"
    return "When", *(series.label for series in group.series)


def table_rows(group: FigureGroup) -> tuple[tuple[str, ...], ...]:
    """The values by date; a dash where a series has none."""
    dates = {
        (moment(row), when_words(row)) for series in group.series for row in series.figure.rows
    }
    values = [
        {when_words(row): amount(row.value) for row in series.figure.rows}
        for series in group.series
    ]
    return tuple(
        (when, *(column.get(when, NO_FIGURE) for column in values)) for _, when in sorted(dates)
    )


def point_words(series: Series, row: FigureRow, unit: str) -> str:
    """ "Cattle, 1934: 33.5 million head"."""
    return f"{series.label}, {when_words(row)}: {amount(row.value)} {unit}"


def cautions(group: FigureGroup) -> tuple[str, ...]:
    """What to be careful about, each with the name of its series where there are several."""
    told = [(series.label, series.figure.caution) for series in group.series]
    if len(told) == 1:
        return tuple(caution for _, caution in told if caution)
    return tuple(f"{label}: {caution}" for label, caution in told if caution)


def source_titles(group: FigureGroup, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Where the values were read, each source once."""
    ids = (source for series in group.series for source in series.figure.sources)
    return tuple(dict.fromkeys(sources[one].title for one in ids if one in sources))


def searched(group: FigureGroup) -> str:
    """All that a search looks at, folded."""
    titles = (series.figure.title for series in group.series)
    return folded("\n".join((group.title, group.unit, *titles, *cautions(group))))


def _course(series: Series, *, is_only: bool) -> str:
    rows = series.figure.rows
    first, last = rows[0], rows[-1]
    words = (
        f"{amount(first.value)} in {when_words(first)}, {amount(last.value)} in {when_words(last)}"
    )
    values = [row.value for row in rows]
    whole = words
    if min(values) < min(first.value, last.value):
        words += f", lowest {_extreme(rows, min(values))}"
    if max(values) > max(first.value, last.value):
        words += f", highest {_extreme(rows, max(values))}"
    if words == whole and (fall := _fall(rows)):
        words += f", with a fall from {fall}"
    return f"{words}." if is_only else f"{series.label}: {words}."


def _fall(rows: tuple[FigureRow, ...]) -> str:
    """The deepest fall from one value to the next, if it is by a quarter or more."""
    steps = [(later.value / row.value, row, later) for row, later in pairwise(rows) if row.value]
    share, row, later = min(steps, key=lambda step: step[0], default=(1.0, rows[0], rows[0]))
    if share > 0.75:
        return ""
    return (
        f"{amount(row.value)} in {when_words(row)} to {amount(later.value)} in {when_words(later)}"
    )


def _extreme(rows: tuple[FigureRow, ...], value: float) -> str:
    *others, last = [when_words(row) for row in rows if row.value == value]
    whens = f"{', '.join(others)} and {last}" if others else last
    return f"{amount(value)} in {whens}"
