"""Labels along a line that never overlap: in lanes, or one below the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that wants a place: where its mark is, how wide its words are, how much it weighs."""

    x: float
    width: float
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What there is to place labels in, in pixels.

    `reach` is from the middle of a mark to the edge of its label, or to its words; `gap` is kept
    free between labels, `apart` between the middles of marks without a label.
    """

    width: float
    lanes: int
    reach: float
    gap: float
    apart: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A label that has a place; `number` counts the wishes from 0, `lane` from the line outwards.

    `is_before`: the words stand before the mark, since behind it there is no room.
    """

    number: int
    lane: int
    left: float
    right: float
    is_before: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Marks without a label that stand in one place; `numbers` are in order."""

    numbers: tuple[int, ...]
    x: float


@dataclass(frozen=True, slots=True)
class Packing:
    """Where every wish went; labels and clusters go from left to right."""

    labels: tuple[Placed, ...]
    clusters: tuple[Cluster, ...]


def pack_labels(wishes: Sequence[Wish], room: Room) -> Packing:
    """Place the labels of the heaviest first, the earlier of equals; the rest become marks.

    Wishes are in order of `x`. A label stays between 0 and the width.
    """
    lanes: list[list[tuple[float, float]]] = [[] for _ in range(room.lanes)]
    placed: dict[int, Placed] = {}
    for number in sorted(range(len(wishes)), key=lambda n: (-wishes[n].weight, n)):
        label = _place(number, wishes[number], lanes, room)
        if label is not None:
            placed[number] = label
    left = [number for number in range(len(wishes)) if number not in placed]
    labels = tuple(placed[number] for number in sorted(placed))
    return Packing(labels, _clusters(left, wishes, room.apart))


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> tuple[float, ...]:
    """Move middles so that neighbours are `apart` at least, as little as need be; order is kept.

    They stay between `low` and `high` if so many fit there, else they begin at `low`.
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    places = [0.0] * len(wanted)
    edge = low
    for number in order:
        places[number] = max(wanted[number], edge)
        edge = places[number] + apart
    edge = high
    for number in reversed(order):
        if places[number] <= edge:
            break
        places[number] = edge
        edge -= apart
    first = places[order[0]] if order else low
    return tuple(place + max(low - first, 0.0) for place in places)


def _place(
    number: int, wish: Wish, lanes: list[list[tuple[float, float]]], room: Room
) -> Placed | None:
    near, far = room.reach, room.reach + wish.width
    for is_before in (False, True):
        left, right = (wish.x - far, wish.x + near) if is_before else (wish.x - near, wish.x + far)
        if left < 0 or right > room.width:
            continue
        for lane, taken in enumerate(lanes):
            at = bisect_left(taken, (left, right))
            is_free_before = at == 0 or taken[at - 1][1] + room.gap <= left
            is_free_behind = at == len(taken) or right + room.gap <= taken[at][0]
            if is_free_before and is_free_behind:
                taken.insert(at, (left, right))
                return Placed(number, lane, left, right, is_before)
    return None


def _clusters(numbers: list[int], wishes: Sequence[Wish], apart: float) -> tuple[Cluster, ...]:
    groups: list[list[int]] = []
    for number in numbers:
        groups.append([number])
        while len(groups) > 1 and _middle(groups[-1], wishes) - _middle(groups[-2], wishes) < apart:
            last = groups.pop()
            groups[-1] += last
    return tuple(Cluster(tuple(group), _middle(group, wishes)) for group in groups)


def _middle(group: list[int], wishes: Sequence[Wish]) -> float:
    return sum(wishes[number].x for number in group) / len(group)
