"""Round figures for an axis, and labels that have room."""

from __future__ import annotations

import itertools
from math import ceil, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.chart_scale import every, nice_ticks

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False)


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (0, 24, 4, (0, 10, 20, 30)),
        (0, 100, 3, (0, 50, 100)),
        (0, 7, 5, (0, 2, 4, 6, 8)),
        (0, 1, 6, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0, 0, 5, (0, 0.5, 1)),
        (66.8, 83.5, 5, (65, 70, 75, 80, 85)),
        (-3, 8, 4, (-5, 0, 5, 10)),
        (1e6, 3.2e6, 4, (1e6, 2e6, 3e6, 4e6)),
    ],
)
def test_ticks_are_round(low, high, most, ticks):
    assert nice_ticks(low, high, most) == ticks


def test_counts_have_whole_ticks():
    assert nice_ticks(0, 1, 5, is_whole=True) == (0, 1)
    assert nice_ticks(0, 3, 5, is_whole=True) == (0, 1, 2, 3)


@given(NUMBERS, NUMBERS, st.integers(2, 12), st.booleans())
def test_ticks_hold_the_range_and_are_evenly_spread(one, other, most, is_whole):
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high, most, is_whole=is_whole)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= max(most, 3 if low < 0 < high else 2)
    steps = [after - before for before, after in itertools.pairwise(ticks)]
    assert min(steps) > 0
    assert max(steps) == pytest.approx(min(steps), rel=1e-6)
    if is_whole:
        assert all(tick == int(tick) for tick in ticks)


@given(st.floats(0.001, 1e6), st.integers(3, 12))
def test_no_tick_is_wasted(high, most):
    ticks = nice_ticks(0, high, most)
    assert ticks[-2] < high


@pytest.mark.parametrize(
    ("low", "high", "most"),
    [(2, 1, 5), (nan, 1, 5), (0, inf, 5), (-1.7e308, 1.7e308, 5), (0, 1, 1)],
)
def test_what_has_no_scale_is_refused(low, high, most):
    with pytest.raises(ValueError, match="no ticks"):
        nice_ticks(low, high, most)


@given(st.integers(1, 400), st.floats(1, 300), st.floats(1, 2000))
def test_labels_that_are_written_have_room(count, label, room):
    step = every(count, label, room)
    written = ceil(count / step)
    assert written == 1 or label * count / step <= room * (1 + 1e-9)


def test_labels_are_thinned_by_round_steps_and_no_more_than_need_be():
    assert every(14, 40, 600) == 1
    assert every(14, 50, 600) == 2
    assert every(26, 60, 400) == 5
    assert every(26, 60, 0) == 50
    assert every(0, 60, 10) == 1
