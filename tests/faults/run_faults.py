"""Does to progress what schools and homes do to it: `python3 dev.py faults [--quick]`.

Prints what was lost, told twice or not opened, writes the figures into docs/reliability.md, and
ends with 1 if there was anything. Every trial is repeated by its number.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from faults.page import written  # noqa: E402
from faults.pupils import Acknowledged, Tried  # noqa: E402
from faults.real_program import (  # noqa: E402
    RealProgram,
    double_start_trial,
    real_kill_trial,
)
from faults.sync_trial import can_watch, sync_trial  # noqa: E402
from faults.trials import (  # noqa: E402
    ROUNDS,
    clock_trial,
    damage_trial,
    full_disk_trial,
    kill_trial,
    merge_trial,
    recovery_kill_trial,
)
from stalin_study.domain.memory import load_model  # noqa: E402
from virtual_screen import Screen  # noqa: E402


@dataclass(slots=True)
class Outcome:
    """How the trials of one kind went."""

    title: str
    first: int
    trials: int = 0
    saved: int = 0
    told: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def add(self, number: int, tried: Tried) -> None:
        """Count one more."""
        self.trials += 1
        self.saved += tried.saved
        self.told += bool(tried.notice)
        self.faults += [f"{number}: {fault}" for fault in tried.faults]


def main() -> int:
    """All trials, or a tenth of them."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of each, no figures written")
    parser.add_argument("--seed", type=int, default=0, help="number of the first trial")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # what is done here is told of by the trials
    load_model()
    share = 10 if options.quick else 1
    outcomes = []
    with tempfile.TemporaryDirectory() as place:
        for outcome in _run_all(Path(place), share, options.seed):
            outcomes.append(outcome)
            last = outcome.first + outcome.trials - 1
            print(
                f"{outcome.title}: numbers {outcome.first} to {last}, {outcome.saved:,} answers,"
                f" {outcome.told} told, {len(outcome.faults)} faults, {outcome.seconds:.0f} s",
                flush=True,
            )
            for fault in outcome.faults[:20]:
                print(f"   {fault}")
    if not options.quick:
        _write(outcomes)
    return int(any(outcome.faults for outcome in outcomes))


def _run_all(place: Path, share: int, seed: int) -> Iterator[Outcome]:
    yield _kills(place / "kills", 1000 // share, seed)
    if can_watch():
        yield _each(
            "Watched by strace: on disk before it is told as saved",
            20 // share,
            lambda number, folder: sync_trial(folder, number),
            place / "syncs",
            seed,
        )
    yield _each(
        "Killed while a damaged file was made again",
        200 // share,
        lambda number, folder: recovery_kill_trial(folder, number),
        place / "recoveries",
        seed,
    )
    yield _each(
        "Disk full (limit on file sizes)",
        100 // share,
        lambda number, folder: full_disk_trial(folder, number, on_tmpfs=False),
        place / "limit",
        seed,
    )
    if os.geteuid() == 0 and shutil.which("mount"):
        yield _each(
            "Disk full (small tmpfs)",
            100 // share,
            lambda number, folder: full_disk_trial(folder, number, on_tmpfs=True),
            place / "tmpfs",
            seed,
        )
    yield _each(
        "Progress file torn, blanked or bit-flipped",
        200 // share,
        lambda number, folder: damage_trial(folder, number),
        place / "damage",
        seed,
    )
    yield _each(
        "Newest backup or second copy damaged instead",
        60 // share,
        lambda number, folder: damage_trial(folder, number, harm_copy=True),
        place / "copies",
        seed,
    )
    yield _each(
        "Diverged copies merged both ways",
        100 // share,
        lambda number, folder: merge_trial(folder, number),
        place / "merges",
        seed,
    )
    yield _each(
        "Clock jumps of up to ten years",
        100 // share,
        lambda number, folder: clock_trial(folder, number),
        place / "clock",
        seed,
    )
    yield from _real(place, share, seed)


def _real(place: Path, share: int, seed: int) -> Iterator[Outcome]:
    if not shutil.which("Xvfb"):
        return
    (place / "screen").mkdir()
    screen = Screen(place / "screen")
    program = RealProgram(screen.display)
    try:
        yield _each(
            "The real program started twice at once",
            50 // share,
            lambda _, folder: double_start_trial(program, folder),
            place / "double",
            seed,
        )
        yield _each(
            "The real program killed while cards are rated",
            50 // share,
            lambda number, folder: real_kill_trial(program, folder.parent / "same", number),
            place / "real",
            seed,
        )
    finally:
        screen.close()


def _kills(place: Path, count: int, seed: int) -> Outcome:
    """Several kills in one folder, so that each start finds what the last one left."""
    acknowledged: Acknowledged = {}

    def trial(number: int, _: Path) -> Tried:
        nonlocal acknowledged
        if (number - seed) % ROUNDS == 0:
            acknowledged = {}
        return kill_trial(place / str((number - seed) // ROUNDS), number, acknowledged)

    return _each("Killed (SIGKILL) at a random moment", count, trial, place, seed)


def _each(
    title: str, count: int, trial: Callable[[int, Path], Tried], place: Path, seed: int
) -> Outcome:
    outcome = Outcome(title, seed)
    began = time.monotonic()
    for number in range(seed, seed + count):
        outcome.add(number, trial(number, place / str(number)))
    outcome.seconds = time.monotonic() - began
    return outcome


def _write(outcomes: list[Outcome]) -> None:
    lines = [
        "| what was done | times | answers told as saved | sentences told | lost, unreadable, or"
        " told wrongly |",
        "|---|---|---|---|---|",
    ]
    for one in outcomes:
        saved = f"{one.saved:,}" if one.saved else "-"
        counts = f"{one.trials:,} | {saved} | {one.told or '-'} | {len(one.faults)}"
        lines.append(f"| {one.title} | {counts} |")
    written("faults", lines)


if __name__ == "__main__":
    sys.exit(main())
