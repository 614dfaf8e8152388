"""Trials with the real program on a screen of its own: started twice at once, and killed."""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from faults.pupils import Tried, entry_sum, faults_of
from stalin_study.services.store import look_into_store
from stalin_study.services.store_problems import StoreProblem
from virtual_screen import ask_to_close

PATIENCE_S = 30
SETTINGS = '{"is_welcomed": true}'


class RealProgram:
    """Starts the program on a screen, and looks at its windows."""

    def __init__(
        self, display: str, command: Sequence[str] = (sys.executable, "-m", "stalin_study")
    ) -> None:
        self._command = command
        nothing = {"PULSE_SERVER": "none", "QT_QPA_PLATFORM": "xcb"}
        self.environment = {**os.environ, **nothing, "DISPLAY": display}

    def start(
        self, folder: Path | None, under: Sequence[str] = (), options: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """One start, as by a double-click; without a folder, in the user's own one."""
        command = [*under, *self._command, *options]
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / "settings.json").exists():
                (folder / "settings.json").write_text(SETTINGS)
            command += ["--data-dir", str(folder)]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE)

    def close(self) -> None:
        """Close the window, as its cross does."""
        ask_to_close(self.environment["DISPLAY"], int(self.windows()[0]))

    def windows(self) -> list[str]:
        """Ids of the windows that can be seen."""
        return self._do("search", "--onlyvisible", "--name", "^Stalin Study$").split()

    def press(self, *keys: str) -> None:
        """Press keys in the window."""
        self._do("key", "--delay", "0", *keys)

    def focus(self, window: str) -> None:
        """Give a window the keyboard."""
        self._do("windowfocus", "--sync", window)

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        return done.stdout


def until(holds: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
    """Wait for something; whether it came to hold."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        select.select([], [], [], 0.02)
    return True


def double_start_trial(program: RealProgram, folder: Path) -> Tried:
    """Two starts at the same moment: one window, the other start ends well."""
    starts = [program.start(folder) for _ in range(2)]
    faults = []
    if not until(lambda: any(start.poll() is not None for start in starts)):
        faults.append("both stay")
    if not until(lambda: bool(program.windows())):
        faults.append("no window")
    faults += [f"exit code {start.poll()}" for start in starts if start.poll() not in (None, 0)]
    if sum(start.poll() is None for start in starts) != 1:
        faults.append("not one is left")
    if len(program.windows()) != 1:
        faults.append(f"{len(program.windows())} windows")
    return Tried(faults + _ended(program, *starts))


def real_kill_trial(program: RealProgram, folder: Path, seed: int) -> Tried:
    """Cards are rated with the keyboard; what is in the file when it is killed stays there."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(SETTINGS)  # at the first card again
    process = program.start(folder)
    if not until(lambda: bool(program.windows())):
        return Tried(["no window", *_ended(program, process)])
    seen = _on_disk(folder)
    before = len(seen)
    program.focus(program.windows()[0])

    def has_more() -> bool:
        nonlocal seen
        seen = _on_disk(folder) or seen  # none while it is being written
        return len(seen) > before

    def is_rated() -> bool:
        program.press("ctrl+2", "space")
        select.select([], [], [], 0.3)  # it turns
        program.press("2")
        return until(has_more, 2)

    faults = [] if until(is_rated) else ["no rating was saved"]
    for _ in range(rng.randrange(5)):
        program.press("space", rng.choice("12"))
    if rng.random() < 0.5:
        program.press("ctrl+z")
    select.select([], [], [], rng.random() * 0.3)
    has_more()
    errors = _ended(program, process)
    found, notice = faults_of(folder, seen)
    faults += found + ([f"told: {notice}"] if notice else [])
    return Tried(faults + errors, len(seen) - before, notice)


def _ended(program: RealProgram, *starts: subprocess.Popen[bytes]) -> list[str]:
    """Kill them; what they had to complain of."""
    for start in starts:
        start.kill()
    errors = [start.communicate()[1] for start in starts]
    until(lambda: not program.windows())
    return [error.decode(errors="replace")[-300:] for error in errors if error]


def _on_disk(folder: Path) -> dict[str, int]:
    try:
        looked = look_into_store(folder, busy_seconds=0.5)
    except StoreProblem:
        return {}  # it is being written
    if looked is None:
        return {}
    found = {entry.uuid: entry_sum(entry) for entry in looked.store.entries()}
    looked.store.close()
    return found
