"""Prints how long the Progress page takes with 200,000 reviews: python bench_progress.py.

From the key press to the painted figures, the longest hold-up of the GUI thread meanwhile, what is
read from the progress file, and what is saved. The whole app with real threads, without a screen.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from figures import milliseconds, show
from made_progress import fill, reviews
from painted import PaintWatch, until
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from stalin_study.app import build
from stalin_study.domain.deck import Deck
from stalin_study.domain.printed_report import PrintedReport
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.paths import AppPaths, find_paths
from stalin_study.services.jobs import Jobs
from stalin_study.services.log_csv import LogCsv
from stalin_study.services.store import open_store
from stalin_study.services.study_tallies import tallies
from stalin_study.study_app import StudyApp
from stalin_study.ui.printing.paper import PaperLook
from stalin_study.ui.printing.report import draw_report

REVIEWS, A_DAY = 200_000, 280
START = datetime.now(UTC)


class Heartbeat(QObject):
    """Beats each millisecond, and remembers the longest time between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self.longest = 0.0

    def begin(self) -> None:
        """Watch from now on."""
        self._last, self.longest = time.perf_counter(), 0.0
        self._timer.start(1)

    def end(self) -> float:
        """The longest, in milliseconds."""
        self._beat()
        self._timer.stop()
        return 1000 * self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def measure_file(folder: Path, deck: Deck) -> None:
    """What is read of the log, and the log as a table."""
    opened = open_store(folder, lambda: START)
    show("study days, all of the log", milliseconds(lambda: tallies(opened.store), 5))
    since = START - timedelta(days=2)
    show("study days, the last two", milliseconds(lambda: tallies(opened.store, since), 9))
    table, parts = LogCsv(folder / "answers.csv", deck), []
    is_done = False
    while not is_done:
        before = time.perf_counter()
        is_done = table.step(opened.store).is_done
        parts.append((time.perf_counter() - before) * 1000)
    size = (folder / "answers.csv").stat().st_size / 1e6
    print(f"all answers as a table: {sum(parts) / 1000:.1f} s, {size:.0f} MB, {len(parts)} parts")
    show("a part of it, during which an answer waits", parts)
    opened.store.close()


def settle(app: StudyApp) -> None:
    """Let what goes on come to its end, on all threads."""
    for jobs in 3 * app.jobs:
        _wait_for(jobs)


def _wait_for(jobs: Jobs) -> None:
    done: list[None] = []
    jobs.run(lambda: None, done.append)
    until(lambda: bool(done))


def measure_page(paths: AppPaths) -> None:
    """Bring the page up the first time, again, and after an answer."""
    app = build(QApplication.instance(), paths)
    exam = (START + timedelta(days=60)).date()
    app.settings.change(is_welcomed=True, exam_date=exam)
    app.window.resize(1280, 800)
    app.window.show()
    app.window.show_page("cards")
    until(lambda: bool(app.reviews.memory_states) and app.planner.plan.expectation is not None)
    settle(app)
    watch, beat = PaintWatch(), Heartbeat()

    def come(title: str, is_ready: Callable[[], bool]) -> None:
        settle(app)
        before = time.perf_counter()
        beat.begin()
        app.window.show_page("progress")
        if not watch.at:
            page = app.window.pages["progress"]
            page.weakest.installEventFilter(watch)
            page.bars.installEventFilter(watch)
        until(is_ready)
        ready = max(before, time.perf_counter() if title.startswith("key press to new") else 0.0)
        until(lambda: watch.at > ready)
        painted = 1000 * (watch.at - before)
        print(f"{title:<58} {painted:7.1f} ms   longest hold-up {beat.end():5.1f} ms", flush=True)

    come("key press to figures, the first time", lambda: app.progress.state.report is not None)
    for _ in range(3):
        app.window.show_page("cards")
        come("key press to figures, again", lambda: True)
    app.window.show_page("cards")
    question = app.deck.cards[0].questions[0].id
    app.reviews.record(question, Way.TYPED, Rating.GOOD, verdict=Verdict.CORRECT, took_ms=9000)
    old = app.progress.state.report
    come("key press to new figures, after an answer", lambda: app.progress.state.report != old)
    report = app.progress.state.report
    printed = PrintedReport(report, app.deck.title, "", START.date())
    look = app.appearance.look
    paper = PaperLook(look.font_family, look.font_factor, look.theme.colours)
    show("the report on paper, drawn", milliseconds(lambda: draw_report(printed, paper), 5))
    app.window.close()
    app.close()
    QApplication.processEvents()


def main() -> None:
    """Measure in a temporary folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        paths = find_paths(Path(folder))
        deck = build(application, paths).deck
        assert deck is not None
        fill(paths.data, reviews(deck, REVIEWS, A_DAY, START), START)
        measure_file(paths.data, deck)
        measure_page(paths)


if __name__ == "__main__":
    main()
