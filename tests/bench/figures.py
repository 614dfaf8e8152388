"""Figures that a bench measures, prints, and hands on when they are asked for."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

# Names the file to which figures are handed on, one a line as JSON.
ASKED_FOR = "STALIN_STUDY_FIGURES"


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One figure. The goal is the most that it may be, or the least where `is_least`.

    `spread` is how far the middle half of the runs lies apart, in the figure's unit.
    """

    name: str
    value: float
    unit: str = "ms"
    goal: float | None = None
    is_least: bool = False
    runs: int = 1
    spread: float = 0.0

    @property
    def is_met(self) -> bool:
        """Whether it keeps to its goal; True without one."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.is_least else self.value <= self.goal


def median_of(name: str, taken: Sequence[float], **more: object) -> Figure:
    """The figure of some runs: their median."""
    return _of(name, statistics.median(taken), taken, **more)


def p95_of(name: str, taken: Sequence[float], **more: object) -> Figure:
    """The figure of some runs: what 95 in 100 of them keep to."""
    return _of(name, p95(taken), taken, **more)


def p95(taken: Sequence[float]) -> float:
    """What 95 in 100 of some runs keep to."""
    return sorted(taken)[min(len(taken) - 1, round(len(taken) * 0.95))]


def summary(taken: Sequence[float], unit: str = "ms") -> str:
    """What runs come to, in one line."""
    return (
        f"median {statistics.median(taken):8.2f} {unit}   p95 {p95(taken):8.2f}"
        f"   {min(taken):.2f}-{max(taken):.2f} (n {len(taken)})"
    )


def show(title: str, taken: Sequence[float], unit: str = "ms") -> None:
    """Print what runs come to."""
    print(f"{title:<62} {summary(taken, unit)}", flush=True)


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of some runs of `work` took."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append((time.perf_counter() - before) * 1000)
    return taken


def hand_on(*figures: Figure) -> None:
    """Give figures to whoever asked for them."""
    asked = os.environ.get(ASKED_FOR)
    if not asked:
        return
    with Path(asked).open("ab") as file:
        for figure in figures:
            file.write(msgspec.json.encode(figure) + b"\n")


def handed_on(file: Path) -> tuple[Figure, ...]:
    """The figures that a bench has handed on."""
    lines = file.read_bytes().splitlines() if file.exists() else []
    return tuple(msgspec.json.decode(line, type=Figure) for line in lines)


def _of(name: str, value: float, taken: Sequence[float], **more: object) -> Figure:
    spread = 0.0
    if len(taken) > 1:
        first, _, third = statistics.quantiles(taken, n=4)
        spread = third - first
    figure = {"name": name, "value": value, "runs": len(taken), "spread": spread, **more}
    return msgspec.convert(figure, Figure)
