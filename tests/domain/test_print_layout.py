import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.print_layout import (
    CARDS_A_SHEET,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Strip,
    back_box,
    cut_lines,
    front_box,
    in_columns,
    sheets_for,
    turned,
)

PLACES = st.integers(0, CARDS_A_SHEET - 1)
STRIPS = st.lists(
    st.builds(Strip, st.floats(0.5, 30), st.floats(0, 5), is_kept=st.booleans()),
    max_size=40,
)
HIGH = 30.0


@given(PLACES)
def test_a_back_is_behind_its_front_when_the_sheet_is_turned_on_the_long_edge(place):
    seen, front = turned(back_box(place)), front_box(place)
    assert seen.left == pytest.approx(front.left)
    assert (seen.top, seen.width, seen.height) == (front.top, front.width, front.height)


@given(PLACES, PLACES)
def test_no_two_cards_share_paper_and_none_leaves_it(one, other):
    for box in (front_box(one), back_box(one)):
        assert box.left >= 5
        assert box.right <= PAGE_WIDTH - 5
        assert box.top >= 5
        assert box.bottom <= PAGE_HEIGHT - 5
    first, second = front_box(one), front_box(other)
    is_apart = (
        first.right <= second.left
        or second.right <= first.left
        or first.bottom <= second.top
        or second.bottom <= first.top
    )
    assert is_apart == (one != other)


@given(PLACES)
def test_every_edge_of_a_card_is_cut_and_no_cut_goes_through_one(place):
    box = front_box(place)
    upright = {line.x1 for line in cut_lines() if line.x1 == line.x2}
    level = {line.y1 for line in cut_lines() if line.y1 == line.y2}
    assert {box.left, box.right} <= upright
    assert {box.top, box.bottom} <= level
    assert not any(box.left < x < box.right for x in upright)
    assert not any(box.top < y < box.bottom for y in level)


def test_sheets_are_counted_up():
    assert [sheets_for(cards) for cards in (0, 1, 8, 9, 20)] == [0, 1, 1, 2, 3]


@given(STRIPS)
def test_strips_flow_in_order_and_never_over_the_edge(strips):
    spots = in_columns(strips, HIGH)
    assert len(spots) == len(strips)
    ends = {}
    before = 0
    for strip, spot in zip(strips, spots, strict=True):
        assert before <= spot.column <= before + 1
        before = spot.column
        assert spot.top >= ends.get(spot.column, 0) - 1e-9
        ends[spot.column] = spot.top + strip.height
        assert spot.top + strip.height <= HIGH + 1e-9


@given(STRIPS)
def test_a_column_begins_at_its_top(strips):
    tops = {}
    for spot in in_columns(strips, HIGH):
        tops.setdefault(spot.column, spot.top)
    assert set(tops.values()) <= {0.0}
    assert sorted(tops) == list(range(len(tops)))


@given(STRIPS)
def test_a_heading_stands_with_what_follows_it_unless_both_are_too_high(strips):
    spots = in_columns(strips, HIGH)
    for at, strip in enumerate(strips[:-1]):
        is_parted = spots[at].column != spots[at + 1].column
        if strip.is_kept and is_parted:
            first = at
            while (
                first and strips[first - 1].is_kept and spots[first - 1].column == spots[at].column
            ):
                first -= 1
            run = strips[first : at + 2]
            assert run[0].height + sum(one.gap + one.height for one in run[1:]) > HIGH


def test_a_strip_that_is_higher_than_a_column_has_one_to_itself():
    spots = in_columns([Strip(5), Strip(40), Strip(5)], HIGH)
    assert [spot.column for spot in spots] == [0, 1, 2]
