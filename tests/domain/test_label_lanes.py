"""Labels along a line: none on another, none beyond the ends, every event somewhere."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.label_lanes import Cluster, Placed, Room, Wish, pack_labels, spread

HAIR = 1e-6
ROOMS = st.builds(
    Room,
    width=st.floats(50, 3000),
    lanes=st.integers(0, 6),
    reach=st.floats(1, 30),
    gap=st.floats(0, 20),
    apart=st.floats(1, 60),
)


@st.composite
def packings(draw):
    room = draw(ROOMS)
    wishes = draw(
        st.lists(
            st.builds(
                Wish,
                x=st.floats(0, room.width),
                width=st.floats(1, 400),
                weight=st.integers(0, 5),
            ),
            max_size=60,
        )
    )
    wishes.sort(key=lambda wish: wish.x)
    return room, wishes, pack_labels(wishes, room)


@given(packings())
def test_no_label_overlaps_another_in_its_lane(given_packing):
    room, _, packing = given_packing
    for lane in range(room.lanes):
        labels = sorted((one.left, one.right) for one in packing.labels if one.lane == lane)
        for (_, right), (left, _) in pairwise(labels):
            assert right + room.gap <= left + HAIR


@given(packings())
def test_every_event_is_there_once(given_packing):
    _, wishes, packing = given_packing
    shown = [one.number for one in packing.labels]
    shown += [number for cluster in packing.clusters for number in cluster.numbers]
    assert sorted(shown) == list(range(len(wishes)))


@given(packings())
def test_no_label_stands_beyond_the_ends_nor_away_from_its_mark(given_packing):
    room, wishes, packing = given_packing
    for label in packing.labels:
        assert 0 <= label.left < label.right <= room.width
        assert 0 <= label.lane < room.lanes
        wish = wishes[label.number]
        near = wish.x - label.left if not label.is_before else label.right - wish.x
        assert abs(near - room.reach) < HAIR
        assert abs(label.right - label.left - 2 * room.reach - wish.width) < HAIR


@given(packings())
def test_the_order_in_time_is_kept(given_packing):
    room, _, packing = given_packing
    assert [one.number for one in packing.labels] == sorted(one.number for one in packing.labels)
    left = [number for cluster in packing.clusters for number in cluster.numbers]
    assert left == sorted(left)
    for before, behind in pairwise(packing.clusters):
        assert behind.x - before.x >= room.apart - HAIR


@given(packings())
def test_a_label_gives_way_only_to_those_that_matter_as_much(given_packing):
    room, wishes, packing = given_packing
    if not room.lanes:
        return
    for cluster in packing.clusters:
        for number in cluster.numbers:
            wish = wishes[number]
            far = room.reach + wish.width
            places = [(wish.x - room.reach, wish.x + far), (wish.x - far, wish.x + room.reach)]
            for left, right in places:
                if left < 0 or right > room.width:
                    continue
                in_the_way = [
                    one
                    for one in packing.labels
                    if one.left - room.gap < right and left < one.right + room.gap
                ]
                taken = {one.lane for one in in_the_way if wishes[one.number].weight >= wish.weight}
                assert taken == set(range(room.lanes))


def test_at_the_right_end_the_words_stand_before_the_mark():
    room = Room(width=300, lanes=1, reach=10, gap=4, apart=20)
    packing = pack_labels([Wish(290, 100)], room)
    assert packing.labels == (Placed(0, 0, 180, 300, is_before=True),)


def test_where_two_have_no_room_the_weightier_has_the_label():
    room = Room(width=300, lanes=1, reach=10, gap=4, apart=20)
    packing = pack_labels([Wish(100, 120, 1), Wish(110, 120, 2), Wish(112, 120, 1)], room)
    assert [one.number for one in packing.labels] == [1]
    assert packing.clusters == (Cluster((0, 2), 106.0),)


@given(
    st.lists(st.floats(-50, 350), max_size=12),
    st.floats(0, 40),
)
def test_spread_keeps_order_and_distance(wanted, apart):
    places = spread(wanted, apart, 0, 300)
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    for one, other in pairwise(order):
        assert places[other] - places[one] >= apart - HAIR
    fits = (len(wanted) - 1) * apart <= 300
    assert all(place >= -HAIR for place in places)
    assert not fits or all(place <= 300 + HAIR for place in places)


def test_spread_leaves_alone_what_has_room():
    assert spread([200, 20, 100], 30, 0, 300) == (200, 20, 100)
