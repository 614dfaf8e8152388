"""Key press in the search field to the painted results, over 10,000 cards: python bench_search.py.

The real program (standalone if it is built, else the source) with real key presses.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench_deck import make_deck
from figures import Figure, hand_on, median_of, p95_of, show
from PySide6.QtCore import QRect
from shown_program import ShownProgram
from watched_screen import CONTROL, WHOLE, WatchedScreen, watched

CARDS = 10_000
STILL_S = 0.3
TREE = QRect(12, 96, 260, 576)  # at 100 %
# Found on every card until the last key finds none; on fewer with each key. Each key changes the
# tree, since what was found is marked.
QUERIES = ("mistakesx", "734")


def measure(program: ShownProgram) -> None:
    """Type each query, and take it back key by key."""
    screen, press = program.screen, program.screen.keyboard.press
    program.study()
    program.open()
    program.take_keyboard()
    screen.changes(WHOLE, lambda: press(CONTROL, "f"), STILL_S)
    taken = []
    for query in QUERIES:
        for key in [*query, *["BackSpace"] * len(query)]:
            seen = screen.changes(TREE, lambda key=key: press(key), STILL_S)
            taken.append(1000 * seen[-1].at)
    program.leave()
    print(f"the first key: {taken[0]:.1f} ms")
    show("each later key", taken[1:])
    of = f"({program.kind})"
    hand_on(
        median_of(f"search of 10,000 cards, a key {of}", taken[1:], goal=30),
        p95_of(f"search of 10,000 cards, a key, 95 in 100 {of}", taken[1:], goal=30),
        Figure(f"search of 10,000 cards, the first key {of}", taken[0], goal=30),
    )


def measure_made(screen: WatchedScreen, place: Path) -> None:
    """With a deck that is made for it."""
    deck = place / "deck"
    deck.mkdir()
    make_deck(deck, int(sys.argv[1]) if len(sys.argv) > 1 else CARDS)
    measure(ShownProgram(screen, place / "home", deck))


def main() -> None:
    """Measure in a home of its own."""
    watched(measure_made)


if __name__ == "__main__":
    main()
