"""The scale of a chart: round figures to mark an axis with, and labels that have room."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

_STEPS = (1, 2, 5)


def nice_ticks(low: float, high: float, most: int, *, is_whole: bool = False) -> tuple[float, ...]:
    """Evenly spaced round figures that hold `low` to `high` between the first and the last.

    At least 2 and at most `most` of them, 3 where 0 lies inside; steps are 1, 2 or 5 times a power
    of ten, and whole numbers if `is_whole`. Raises ValueError if the range is not finite or upside
    down, or `most` is under 2.
    """
    if not (isfinite(low) and isfinite(high) and isfinite(high - low)) or low > high or most < 2:
        raise ValueError(f"no ticks from {low} to {high}")
    if low < 0 < high:
        most = max(most, 3)
    if low == high:
        low, high = _around(low)
    power = floor(log10((high - low) / most)) - 1
    if is_whole:
        power = max(power, 0)
    while True:
        for step in _STEPS:
            first, last = _ends(low, high, step, power)
            if last - first < most:
                return tuple(_times(step * number, power) for number in range(first, last + 1))
        power += 1


def every(count: int, label: float, room: float) -> int:
    """Every how-maniest of `count` labels to write, `label` wide each, so that all fit in `room`.

    1, 2, 5 or so: the same steps as on an axis, and at least the first one is written.
    """
    if count <= 1 or label <= 0:
        return 1
    needed = label * count / room if room > 0 else count
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale >= needed or step * scale >= count:
                return step * scale
        scale *= 10


def _around(value: float) -> tuple[float, float]:
    """A range for a single value: from 0 to it, or to 1 for 0."""
    if value == 0:
        return 0.0, 1.0
    return min(value, 0.0), max(value, 0.0)


def _ends(low: float, high: float, step: int, power: int) -> tuple[int, int]:
    """Numbers of the first and the last tick, in steps."""
    first, last = floor(low / _times(step, power)), ceil(high / _times(step, power))
    # A division that comes out a hair off must not cost a tick, nor leave the range uncovered.
    if _times(step * (first + 1), power) <= low:
        first += 1
    if _times(step * (last - 1), power) >= high:
        last -= 1
    return first, last


def _times(number: int, power: int) -> float:
    """So many times a power of ten, as the nearest float."""
    return float(number * 10**power) if power >= 0 else number / 10**-power
