"""The real program with a month of progress, on a screen that is watched."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from made_progress import fill, reviews  # noqa: E402
from watched_screen import WHOLE, Change, WatchedScreen  # noqa: E402

from faults.real_program import RealProgram, until  # noqa: E402
from stalin_study.paths import find_paths  # noqa: E402
from stalin_study.services.library import load_deck  # noqa: E402

STANDALONE = ROOT / "dist" / "stalin-study" / "stalin-study-gui"
A_DAY = 40
MONTH = 30 * A_DAY
STILL_S = 1.5
EXAM = "2027-06-01"


def program_kind() -> tuple[str, list[str]]:
    """Which program is measured, in a word, and what starts it."""
    if STANDALONE.exists():
        return "standalone", [str(STANDALONE)]
    return "from source", [sys.executable, "-m", "stalin_study"]


def is_outdated() -> bool:
    """Whether the standalone program is older than what it is made of."""
    if not STANDALONE.exists():
        return False
    built = STANDALONE.stat().st_mtime
    sources = ("src", "cards", "resources", "packaging", "requirements")
    files = (file for name in sources for file in (ROOT / name).rglob("*.*"))
    return any(file.stat().st_mtime > built for file in files if "__pycache__" not in file.parts)


class ShownProgram(RealProgram):
    """The program in a home of its own, as by a double-click; `deck` is another than its own."""

    def __init__(self, screen: WatchedScreen, home: Path, deck: Path | None = None) -> None:
        self.kind, command = program_kind()
        super().__init__(screen.display, command)
        self.screen = screen
        self.data = home / "share" / "stalin-study"
        self.environment |= {
            "XDG_DATA_HOME": str(home / "share"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }
        self._deck = deck
        self._options = ("--deck", str(deck)) if deck else ()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int:
        """The id of the running program."""
        assert self._process is not None, "open it first"
        return self._process.pid

    def study(self, answers: int = MONTH, a_day: int = A_DAY) -> None:
        """Have so many answers, a month's if none is said, and the parsed deck in the cache."""
        self.data.mkdir(parents=True)
        settings = {"is_welcomed": True, "exam_date": EXAM}
        (self.data / "settings.json").write_text(json.dumps(settings))
        cache = Path(self.environment["XDG_CACHE_HOME"]) / "stalin-study"
        deck = load_deck(self._deck or find_paths().deck, cache).deck
        assert deck is not None
        now = datetime.now(UTC)
        fill(self.data, reviews(deck, answers, a_day, now), now)

    def open(self, still_s: float = STILL_S) -> list[Change]:
        """Start it; each picture of the screen until it comes to rest."""

        def start() -> None:
            self._process = self.start(None, options=self._options)

        return self.screen.changes(WHOLE, start, still_s)

    def take_keyboard(self) -> None:
        """Give it the keyboard, as a window manager would."""
        self.focus(self.windows()[0])

    def leave(self) -> None:
        """Close its window, and wait for its end."""
        assert self._process is not None, "open it first"
        self.close()
        self._process.communicate(timeout=30)
        until(lambda: not self.windows())
