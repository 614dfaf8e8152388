"""Number series: what shares a plot, what is joined by a line, and what is said of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.deck import Figure, FigureRow, Source
from stalin_study.domain.figure_groups import (
    FigureGroup,
    Join,
    figure_groups,
    joins,
    moment,
    run_together,
)
from stalin_study.domain.figure_words import (
    DASHED,
    OPEN,
    amount,
    cautions,
    headings,
    point_words,
    searched,
    source_titles,
    summary,
    table_rows,
    when_words,
)


def figure(title, values, unit="million tonnes", caution="", sources=("S1",)):
    rows = tuple(FigureRow(year, value) for year, value in values.items())
    return Figure(title.lower().replace(" ", "-"), title, unit, rows, sources, caution)


REVISED = figure("Grain, revised", {1928: 73.3, 1929: 71.7, 1930: 83.5}, caution="Too high.")
PUBLISHED = figure("Grain, published", {1929: 71.7, 1930: 83.5, 1933: 89.8}, caution="Inflated.")
CATTLE = figure("Cattle, counted in January", {1916: 58.4, 1923: 41.8, 1929: 58.2}, "million head")
GOATS = figure(
    "Sheep and goats, counted in January", {1916: 96, 1923: 68, 1929: 107}, "million head"
)
COAL = figure("Coal output", {1928: 35.4, 1932: 64.3, 1937: 130})
OIL = figure("Oil output", {1928: 11.7, 1932: 21.4, 1937: 29})
POWER = figure("Electricity output", {1928: 5.05, 1937: 36, 1940: 48.3}, "billion kWh")
SHORT = figure("Steel output", {1928: 4.3, 1932: 5.9})
ALL = (REVISED, CATTLE, COAL, PUBLISHED, GOATS, OIL, POWER, SHORT)


def labels(group):
    return [series.label for series in group.series]


def test_series_that_can_be_compared_share_a_plot():
    groups = figure_groups(ALL)
    assert [(group.title, group.unit, labels(group)) for group in groups] == [
        ("Grain", "million tonnes", ["Revised", "Published"]),
        (
            "Cattle and sheep and goats, counted in January",
            "million head",
            ["Cattle", "Sheep and goats"],
        ),
        ("Coal and oil output", "million tonnes", ["Coal", "Oil"]),
        ("Electricity output", "billion kWh", ["Electricity output"]),
    ]


def test_two_values_are_no_series():
    assert figure_groups([SHORT]) == ()


@given(st.permutations(ALL))
def test_every_series_is_in_one_plot(figures):
    groups = figure_groups(figures)
    shown = [series.figure.id for group in groups for series in group.series]
    assert sorted(shown) == sorted(one.id for one in ALL if one is not SHORT)
    assert len({group.id for group in groups}) == len(groups)


def rows_of(*moments):
    return [
        FigureRow(int(one), 1.0, round((one % 1) * 12) + 1 if one % 1 else None) for one in moments
    ]


def test_years_in_a_row_are_joined_by_a_solid_line():
    assert joins(rows_of(1928, 1929, 1930)) == (Join.SOLID, Join.SOLID)


def test_missing_years_are_dashed_where_they_are_usual():
    assert joins(rows_of(1916, 1923, 1929, 1934)) == (Join.DASHED,) * 3


def test_no_line_crosses_a_gap_that_is_longer_than_usual():
    assert joins(rows_of(1913, 1921, 1928, 1929, 1930, 1931)) == (
        Join.OPEN,
        Join.OPEN,
        *(Join.SOLID,) * 3,
    )


def test_months_of_one_year_are_joined():
    assert joins(rows_of(1929.75, 1930.25, 1930.5)) == (Join.SOLID, Join.SOLID)
    assert joins([]) == ()


@given(st.lists(st.integers(1900, 1990), min_size=2, max_size=20, unique=True))
def test_a_line_stands_only_where_a_step_is_usual(years):
    rows = [FigureRow(year, 1.0) for year in sorted(years)]
    found = joins(rows)
    assert len(found) == len(rows) - 1
    steps = [moment(b) - moment(a) for a, b in pairwise(rows)]
    shortest_open = min(
        (s for s, j in zip(steps, found, strict=True) if j is Join.OPEN), default=1e9
    )
    longest_line = max(
        (s for s, j in zip(steps, found, strict=True) if j is not Join.OPEN), default=0
    )
    assert longest_line < shortest_open
    assert all((join is Join.SOLID) == (step == 1) for join, step in zip(found, steps, strict=True))


def test_series_that_run_together_are_known():
    near = figure("Grain, third", {1928: 73.2, 1929: 71.0, 1930: 84.0})
    grain, far = figure_groups([REVISED, near]), figure_groups([REVISED, PUBLISHED])
    assert run_together(grain[0])
    assert not run_together(far[0])


def test_amounts_and_dates_in_words():
    assert [amount(one) for one in (0.446, 130.0, 5.05, 1234.5, 0)] == [
        "0.446",
        "130",
        "5.05",
        "1,234.5",
        "0",
    ]
    assert when_words(FigureRow(1929, 7.5, 10)) == "Oct 1929"
    assert when_words(FigureRow(1929, 7.5)) == "1929"


def test_the_sentence_below_says_where_each_series_goes():
    grain, animals, *_ = figure_groups(ALL)
    assert summary(grain) == (
        "In million tonnes. Revised: 73.3 in 1928, 83.5 in 1930, lowest 71.7 in 1929."
        f" Published: 71.7 in 1929, 89.8 in 1933. {DASHED}"
    )
    assert summary(animals).endswith(
        "Sheep and goats: 96 in 1916, 107 in 1929, lowest 68 in 1923. " + DASHED
    )


def test_the_sentence_says_why_a_line_stops():
    [group] = figure_groups([figure("Grain", {1913: 80, 1928: 73, 1929: 72, 1930: 84})])
    assert summary(group).endswith(OPEN)
    assert DASHED not in summary(group)


def test_equal_low_years_are_all_named():
    [group] = figure_groups([figure("Grain", {1930: 65, 1931: 56, 1932: 56, 1933: 65.5})])
    assert summary(group) == (
        "In million tonnes. 65 in 1930, 65.5 in 1933, lowest 56 in 1931 and 1932."
    )


def test_a_deep_fall_is_told_where_the_ends_do_not_show_it():
    [group] = figure_groups([figure("Households", {1929: 7.5, 1930: 57.2, 1931: 25.9, 1932: 61.5})])
    assert "with a fall from 57.2 in 1930 to 25.9 in 1931" in summary(group)


def test_the_table_has_every_value_and_a_dash_for_none():
    grain = figure_groups(ALL)[0]
    assert headings(grain) == ("When", "Revised", "Published")
    assert table_rows(grain) == (
        ("1928", "73.3", "–"),
        ("1929", "71.7", "71.7"),
        ("1930", "83.5", "83.5"),
        ("1933", "–", "89.8"),
    )
    alone = figure_groups([POWER])[0]
    assert headings(alone) == ("When", "Billion kWh")
    assert table_rows(alone)[0] == ("1928", "5.05")


def test_cautions_name_their_series_and_sources_are_named_once():
    grain = figure_groups(ALL)[0]
    assert cautions(grain) == ("Revised: Too high.", "Published: Inflated.")
    assert cautions(figure_groups([REVISED])[0]) == ("Too high.",)
    assert source_titles(grain, {"S1": Source("A book")}) == ("A book",)
    assert source_titles(grain, {}) == ()


def test_a_value_is_told_with_its_unit_and_found_by_words():
    grain = figure_groups(ALL)[0]
    assert isinstance(grain, FigureGroup)
    row = grain.series[0].figure.rows[0]
    assert point_words(grain.series[0], row, grain.unit) == "Revised, 1928: 73.3 million tonnes"
    assert "inflated" in searched(grain)
