"""From the start of the real program to its window, and the memory it takes: bench_start.py [long].

The standalone program if it is built, else the source. The window counts as complete once all that
does not come from the progress file can be seen on the screen. `long`: with 200,000 answers.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
from pathlib import Path

from bench_deck import make_deck
from figures import Figure, hand_on, median_of, show
from PySide6.QtCore import QRect
from shown_program import ShownProgram
from watched_screen import CONTROL, WHOLE, Change, WatchedScreen, drawn, watched

RUNS, MEMORY_RUNS = 9, 3
MANY_CARDS = 10_000
ANSWERS, LONG_A_DAY = 200_000, 280
# The titles in the tree, and the page below its header, at 100 %.
TREE, PAGE = QRect(12, 96, 208, 576), QRect(288, 72, 976, 680)
# Most sentences of Today come from the progress file.
TREE_DRAWN, PAGE_DRAWN = 0.9, 0.15
SETTLED_S = 4.0
CACHES = Path("/proc/sys/vm/drop_caches")


def complete_at(seen: list[Change]) -> float:
    """When tree and page could be seen, in milliseconds."""
    final = seen[-1].picture
    for change in seen:
        tree, page = (drawn(change.picture, final, region) for region in (TREE, PAGE))
        if tree >= TREE_DRAWN and page >= PAGE_DRAWN:
            return 1000 * change.at
    raise RuntimeError("the window was never complete")


def started(program: ShownProgram) -> tuple[float, float]:
    """Milliseconds until the window was complete, and until what was learned was shown, too."""
    seen = program.open()
    return complete_at(seen), 1000 * seen[-1].at


def warm_starts(programs: dict[str, ShownProgram]) -> dict[str, list[float]]:
    """Start each in turns, so that all meet the same machine."""
    taken: dict[str, list[float]] = {}
    for _ in range(RUNS):
        for title, program in programs.items():
            for what, ms in zip(("", ", all of it"), started(program), strict=True):
                taken.setdefault(title + what, []).append(ms)
            program.leave()
    for title, times in taken.items():
        show(f"start, warm, {title}", times)
    return taken


def cold_starts(program: ShownProgram) -> list[float]:
    """Start with every file on the disk alone; none unless root may empty the caches."""
    taken = []
    for _ in range(RUNS):
        try:
            os.sync()
            CACHES.write_text("3")
        except OSError:
            print("start, cold: left out, since only root can empty the system's caches")
            return []
        taken.append(started(program)[0])
        program.leave()
    show("start, cold, 20 cards", taken)
    return taken


def first_cards(program: ShownProgram) -> list[float]:
    """Milliseconds from Ctrl+2, the first time after a start, to the card."""
    taken = []
    for _ in range(RUNS):
        program.open()
        program.take_keyboard()
        seen = program.screen.changes(
            WHOLE, lambda: program.screen.keyboard.press(CONTROL, "2"), still_s=0.5
        )
        taken.append(1000 * seen[-1].at)
        program.leave()
    show("Ctrl+2 to the first card", taken)
    return taken


def memory(program: ShownProgram) -> tuple[list[float], list[float]]:
    """Proportional set size in MB of all its processes, and how many they are."""
    sizes, counts = [], []
    for _ in range(MEMORY_RUNS):
        program.open()
        select.select([], [], [], SETTLED_S)
        processes = with_descendants(program.process_id)
        sizes.append(sum(map(pss_mb, processes)))
        counts.append(float(len(processes)))
        program.leave()
    show("memory after start", sizes, "MB")
    show("processes after start", counts, "")
    return sizes, counts


def with_descendants(process_id: int) -> list[int]:
    """A process and all that it has started, as Linux tells them."""
    found = [process_id]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            found += map(int, children.read_text("ascii").split())
    return found


def pss_mb(process_id: int) -> float:
    """Its memory, with what it shares divided among those that share it."""
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6


def measure(screen: WatchedScreen, place: Path) -> None:
    """With the shipped deck and a large one, and a month of progress in both."""
    large = place / "deck"
    large.mkdir()
    make_deck(large, MANY_CARDS)
    few, many = ShownProgram(screen, place / "few"), ShownProgram(screen, place / "many", large)
    for program in (few, many):
        program.study()
        program.open()  # what the first start writes is there from then on
        program.leave()
    of = f"({few.kind})"
    warm = warm_starts({"20 cards": few, "10,000 cards": many})
    cold, cards, (sizes, counts) = cold_starts(few), first_cards(few), memory(few)
    small = median_of(f"start, warm, 20 cards {of}", warm["20 cards"], goal=350)
    longer = [taken - small.value for taken in warm["10,000 cards"]]
    hand_on(
        small,
        *([median_of(f"start, cold, 20 cards {of}", cold, goal=800)] if cold else []),
        median_of(f"start, warm, 10,000 cards: longer by {of}", longer, goal=300),
        median_of(f"start, warm, until progress is shown {of}", warm["20 cards, all of it"]),
        median_of(f"Ctrl+2 to the first card {of}", cards),
        median_of(f"memory after start, PSS {of}", sizes, unit="MB", goal=110),
        Figure(f"processes after start {of}", statistics.median(counts), "", goal=1),
    )


def measure_long(screen: WatchedScreen, place: Path) -> None:
    """With an empty log and one of 200,000 answers."""
    empty, long = ShownProgram(screen, place / "empty"), ShownProgram(screen, place / "long")
    empty.study(0)
    long.study(ANSWERS, LONG_A_DAY)
    for program in (empty, long):
        program.open()
        program.leave()
    warm_starts({"nothing answered": empty, f"{ANSWERS:,} answers": long})


def main() -> None:
    """Measure in homes of their own."""
    watched(measure_long if "long" in sys.argv else measure)


if __name__ == "__main__":
    main()
