"""The whole app through `build()`, with fakes for clock, chance, jobs and sound."""

from __future__ import annotations

import random
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fakes import CountingIds, FakeClock, InlineJobs
from fakes_speech import FakePlayer, FakeSpeech
from stalin_study.app import build
from stalin_study.paths import DECK, find_paths
from stalin_study.services.library import load_deck


@cache
def parsed_deck(folder: Path) -> tuple[str, bytes]:
    """Name and content of the file that the cache keeps of a deck: parsing it takes longest."""
    with tempfile.TemporaryDirectory() as cache_folder:
        load_deck(folder, Path(cache_folder))
        [file] = Path(cache_folder).iterdir()
        return file.name, file.read_bytes()


class TestApp:
    """An app on an empty data folder, its window shown and past the welcome."""

    __test__ = False

    def __init__(self, folder: Path, *, welcomed: bool = True, **more) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.now = FakeClock()
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.paths = more.pop("paths", None) or find_paths(folder)
        with suppress(NotADirectoryError):  # as the claim on it does
            self.paths.data.mkdir(parents=True, exist_ok=True)
        if self.paths.deck.name == DECK and (self.paths.deck / "deck.toml").is_file():
            name, content = parsed_deck(self.paths.deck)
            with suppress(OSError):  # the cache may be damaged on purpose
                self.paths.cache.mkdir(parents=True, exist_ok=True)
                (self.paths.cache / name).write_bytes(content)
        self.jobs = more.pop("jobs", None) or InlineJobs()
        self.planning_jobs = more.pop("planning_jobs", None) or InlineJobs()
        self.app = build(
            application,
            self.paths,
            now=self.now,
            stopwatch=lambda: self.now().timestamp(),
            jobs=self.jobs,
            planning_jobs=self.planning_jobs,
            speech=self.speech,
            player=self.player,
            rng=random.Random(5),
            make_id=CountingIds(),
            system_motion=lambda: False,
            **more,
        )
        self.window = self.app.window
        if welcomed and self.app.deck is not None:
            self.app.settings.change(is_welcomed=True)
            self.window.show_page("cards")

    def show(self, width: int = 1280, height: int = 800) -> None:
        """Bring the window up."""
        self.window.resize(width, height)
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()

    def close(self) -> None:
        """Close it, as the pupil does."""
        if self.app.dialogs.dialog is not None:
            self.app.dialogs.dialog.reject()
        self.window.close()
        self.app.close()
        self.window.deleteLater()
