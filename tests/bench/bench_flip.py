"""Key press to the first frame of a turning card, and its frames: python bench_flip.py.

The real program (standalone if it is built, else the source) with real key presses; a frame is a
change on the screen.
"""

from __future__ import annotations

from itertools import pairwise

from figures import hand_on, median_of, p95_of, show
from PySide6.QtCore import QRect
from shown_program import ShownProgram
from watched_screen import CONTROL, WHOLE, watched

TURNS = 20
STILL_S = 0.4
LEAST_FRAMES = 6  # fewer are no turn: the card changed at once
CARD = QRect(340, 80, 864, 620)  # at 100 %


def measure(program: ShownProgram) -> None:
    """Turn one card after another."""
    screen, press = program.screen, program.screen.keyboard.press
    program.study()
    program.open()
    program.take_keyboard()
    screen.changes(WHOLE, lambda: press(CONTROL, "2"), STILL_S)
    first, frames, rates = [], [], []
    for number in range(TURNS):
        if number:
            screen.changes(WHOLE, lambda: press("Right"), STILL_S)
        seen = [1000 * one.at for one in screen.changes(CARD, lambda: press("space"), STILL_S)]
        first.append(seen[0])
        is_turn = len(seen) >= LEAST_FRAMES
        between = [later - earlier for earlier, later in pairwise(seen)] if is_turn else []
        frames += between
        rates.append(1000 * len(between) / sum(between) if is_turn else 0.0)
    program.leave()
    show("key press to the first frame of the turn", first)
    show("frames a second", rates, "/s")
    if frames:
        show("time between frames while it turns", frames)
    of = f"({program.kind})"
    hand_on(
        median_of(f"flip, key press to first frame {of}", first, goal=16),
        median_of(f"flip, frames a second {of}", rates, unit="/s", goal=60, is_least=True),
    )
    if frames:
        hand_on(p95_of(f"flip, time between frames, 95 in 100 {of}", frames, goal=25))


def main() -> None:
    """Measure in a home of its own."""
    watched(lambda screen, place: measure(ShownProgram(screen, place / "home")))


if __name__ == "__main__":
    main()
