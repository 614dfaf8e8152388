"""Runs the benches and keeps their figures, or runs those that are named and only prints.

Without names: those of FIGURES, whose figures are written to docs/measurements.json and .md.
Their words make a bench short; by its name it runs in full.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from figures import ASKED_FOR, Figure, handed_on
from machine import these_versions, this_machine
from measurements import (
    Damaged,
    Machine,
    Measurements,
    Run,
    decoded,
    encoded,
    rounded,
    table,
    told_at_the_end,
    with_table,
)
from shown_program import is_outdated

FOLDER = Path(__file__).resolve().parent
DOCS = FOLDER.parents[1] / "docs"
KEPT, PAGE = DOCS / "measurements.json", DOCS / "measurements.md"
FIGURES = {
    "bench_start": (),
    "bench_flip": (),
    "bench_search": (),
    "bench_answer": (),
    "bench_exam_plan": (),
    "bench_listening": ("short",),
    "bench_deck": ("1000", "10000"),
    "bench_store": ("short",),
}


def main(names: list[str]) -> int:
    """Run what is asked for; 0 when every bench ran, whatever its figures are."""
    if names:
        codes = [_run(name, (), {}) for name in names]
        return int(any(codes))
    machine = this_machine()
    figures, failed = _measure()
    if failed:
        print(f"\nNo figures were kept: {', '.join(failed)} failed.", file=sys.stderr)
        return 1
    keep(figures, machine)
    if is_outdated():
        print("The program in dist/ is older than its sources: python3 dev.py package, then again")
    return 0


def keep(figures: tuple[Figure, ...], machine: Machine) -> None:
    """Write the figures beside those of the run before, and say what has become worse."""
    run = Run(datetime.now(UTC).replace(microsecond=0), machine, these_versions(), figures)
    measurements = Measurements(run, _last_run())
    KEPT.write_bytes(encoded(measurements))
    kept = rounded(measurements)
    made = table(kept)
    PAGE.write_text(with_table(PAGE.read_text("utf-8"), made), "utf-8")
    print(f"\n{made}\n")
    print(*told_at_the_end(kept), sep="\n", flush=True)


def _last_run() -> Run | None:
    try:
        return decoded(KEPT.read_bytes()).now
    except FileNotFoundError:
        return None
    except Damaged as damaged:
        print(f"{damaged} They are written anew.", file=sys.stderr)
        return None


def _measure() -> tuple[tuple[Figure, ...], list[str]]:
    figures: list[Figure] = []
    failed = []
    with tempfile.TemporaryDirectory() as place:
        for name, words in FIGURES.items():
            file = Path(place) / name
            began = time.monotonic()
            if _run(name, words, {ASKED_FOR: str(file)}):
                failed.append(name)
            figures += handed_on(file)
            print(f"({time.monotonic() - began:.0f} s)", flush=True)
    return tuple(figures), failed


def _run(name: str, words: tuple[str, ...], more: dict[str, str]) -> int:
    print(f"\n== {name}", flush=True)
    command = [sys.executable, str(FOLDER / f"{name}.py"), *words]
    return subprocess.call(command, env={**os.environ, **more})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
