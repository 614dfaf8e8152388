"""The real program on its own X server, used with real key presses and mouse clicks.

There is no window manager: Qt gives the focus to its dialogs itself. STALIN_STUDY_PROGRAM names
another program to try than this checkout's: the standalone one in dist/stalin-study.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from null_sink import NullSink
from virtual_screen import PATIENCE_S, Screen, ask_to_close

STILL_S = 0.4
STANDALONE = os.environ.get("STALIN_STUDY_PROGRAM")

Wait = Callable[[Callable[[], bool], str], None]


class StudyProgram:
    """The program as a pupil has it: started, seen, typed into, clicked, closed."""

    def __init__(self, screen: Screen, wait_until: Wait, folder: Path) -> None:
        self.command = [STANDALONE] if STANDALONE else [sys.executable, "-m", "stalin_study"]
        self.screen = screen
        self.data = folder / "progress"
        self.window = ""
        self._wait_until = wait_until
        self._errors = folder / "errors.txt"
        self._process: subprocess.Popen[bytes] | None = None
        # No sound device, whatever this machine has: tests make no noise.
        silence = {"PULSE_SERVER": str(folder / "no-sound-server"), "QT_QPA_PLATFORM": "xcb"}
        self.environment = {**os.environ, **silence, "DISPLAY": screen.display}

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running program."""
        assert self._process is not None, "start it first"
        return self._process

    def use_sound(self, sink: NullSink) -> None:
        """Have it play into this sink, from its next start on."""
        self.environment.update(sink.environment)

    def start(self, *arguments: str, title: str = "Stalin Study") -> None:
        """Open the window, and wait until it is painted."""
        command = [*self.command, "--data-dir", str(self.data), *arguments]
        with self._errors.open("ab") as errors:
            self._process = subprocess.Popen(command, env=self.environment, stderr=errors)
        self.window = self.window_named(title)
        self._do("windowfocus", "--sync", self.window)  # as a window manager would
        self.until_still()

    def window_named(self, title: str) -> str:
        """The X id of the visible window with this title, waited for."""
        try:
            found = self._do("search", "--sync", "--onlyvisible", "--name", f"^{title}$")
        except subprocess.TimeoutExpired:
            pytest.fail(f"No window '{title}'. {self.told_errors()}")
        return found.split()[0]

    def press(self, *keys: str) -> None:
        """Press keys one after another, as xdotool names them ("space", "ctrl+f")."""
        self._do("key", "--delay", "0", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "1", text)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def click_on(self, colour: str) -> None:
        """Click in the middle of the largest block of this colour, waited for."""
        self.until(lambda: bool(self.screen.blocks_of(colour)), f"nothing is {colour}")
        middle = self.screen.blocks_of(colour)[0].center()
        self.click(middle.x(), middle.y())

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Wait until something holds."""
        self._wait_until(holds, otherwise)

    def until_still(self) -> None:
        """Wait until the picture has stopped to change for a while."""
        shown, since = self.screen.picture(), time.monotonic()

        def is_still() -> bool:
            nonlocal shown, since
            picture = self.screen.picture()
            if picture != shown:
                shown, since = picture, time.monotonic()
            return time.monotonic() - since > STILL_S

        self.until(is_still, "the picture never stands still")

    def progress(self) -> dict[str, object]:
        """What `stalin-study progress --json` says of this pupil."""
        command = [*self.command, "progress", "--json", "--data-dir", str(self.data)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def children(self) -> list[int]:
        """Process ids of its own processes: the voice, while there is one."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            if int(fields[1]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return sorted(found)

    def close(self) -> int:
        """Close the window as its cross does. Returns the exit code."""
        ask_to_close(self.screen.display, int(self.window))
        return self.process.wait(PATIENCE_S)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE_S)

    def told_errors(self) -> str:
        """What it wrote to the error output: nothing, if all is well."""
        return self._errors.read_text(errors="replace") if self._errors.exists() else ""

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE_S,
        )
        return done.stdout


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen of 1280 x 800, one for each process of the test run."""
    made = Screen(tmp_path_factory.mktemp("screen"))
    yield made
    made.close()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[NullSink]:
    """A loudspeaker that records, and a program that plays into it."""
    made = NullSink(tmp_path / "sound")
    made.record()
    yield made
    made.close()


@pytest.fixture
def program(screen: Screen, qtbot, tmp_path: Path) -> Iterator[StudyProgram]:
    """The program with an empty data folder, not started; it must have nothing to complain of."""

    def wait_until(holds: Callable[[], bool], otherwise: str) -> None:
        def check() -> None:
            assert holds(), otherwise

        qtbot.waitUntil(check, timeout=PATIENCE_S * 1000)

    made = StudyProgram(screen, wait_until, tmp_path)
    yield made
    made.kill()
    assert made.told_errors() == ""
