"""The whole app through `build()`, with fakes for clock, chance, jobs and sound."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fakes import CountingIds, FakeClock, InlineJobs
from fakes_speech import FakePlayer, FakeSpeech
from stalin_study.app import build
from stalin_study.paths import find_paths


class TestApp:
    """An app on an empty data folder, its window shown and past the welcome."""

    __test__ = False

    def __init__(self, folder: Path, *, welcomed: bool = True, **more) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.now = FakeClock()
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.paths = more.pop("paths", None) or find_paths(folder)
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
        self.app.appearance.deleteLater()
