"""Prints how long the Progress page takes with 200,000 reviews: python bench_progress.py.

From the key press to the painted figures, the longest hold-up of the GUI thread meanwhile, what is
read from the progress file, and what is saved. The whole app with real threads, without a screen.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from sqlite_utils import Database

from stalin_study.app import build
from stalin_study.domain.deck import Deck
from stalin_study.domain.printed_report import PrintedReport
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way
from stalin_study.paths import AppPaths, find_paths
from stalin_study.services.backups import make_backup
from stalin_study.services.jobs import Jobs
from stalin_study.services.log_csv import LogCsv
from stalin_study.services.row_checks import with_checksum
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_rows import entry_row
from stalin_study.services.study_tallies import tallies
from stalin_study.study_app import StudyApp
from stalin_study.ui.printing.paper import PaperLook
from stalin_study.ui.printing.report import draw_report

REVIEWS, A_DAY = 200_000, 280
PATIENCE_S = 30.0
START = datetime.now(UTC)
VERDICTS = (
    (Rating.GOOD, Verdict.CORRECT),
    (Rating.HARD, Verdict.CLOSE),
    (Rating.AGAIN, Verdict.WRONG),
)


class PaintWatch(QObject):
    """Remembers when a widget was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the time of a paint."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


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


def entries(deck: Deck) -> Iterator[ReviewEntry]:
    """Two years of study: 280 answers a day, ten seconds apart, on all the deck."""
    rng = random.Random(1)
    subjects = [subject.id for card in deck.cards for subject in card.subjects]
    for number in range(REVIEWS):
        day, place = divmod(number, A_DAY)
        at = START - timedelta(days=REVIEWS // A_DAY - day) + timedelta(seconds=10 * place)
        rating, verdict = rng.choices(VERDICTS, (7, 1, 2))[0]
        subject = rng.choice(subjects)
        answer = "Kamenev and Zinoviev"
        yield ReviewEntry(f"e{number}", subject, at, Way.TYPED, rating, answer, verdict, 9000, "s")


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of some runs took."""
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append((time.perf_counter() - before) * 1000)
    return sorted(taken)


def show(title: str, taken: list[float]) -> None:
    """Print the median and the longest."""
    print(
        f"{title:<58} median {statistics.median(taken):7.1f} ms   max {max(taken):7.1f} ms",
        flush=True,
    )


def until(holds: Callable[[], bool]) -> None:
    """Let the app work until something holds."""
    end = time.perf_counter() + PATIENCE_S
    while not holds():
        QApplication.processEvents()
        if time.perf_counter() > end:
            raise RuntimeError("it never came to that")


def fill(folder: Path, deck: Deck) -> None:
    """Make a progress file with all those reviews, and their memory states."""
    opened = open_store(folder, lambda: START)
    db = Database(folder / FILE)
    with db.atomic():
        db.table("review_log").insert_all(with_checksum(entry_row(one)) for one in entries(deck))
    db.close()
    opened.store.rebuild_memory()
    make_backup(opened.store, folder, START, "daily")  # else one is made meanwhile
    opened.store.close()


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
        fill(paths.data, deck)
        measure_file(paths.data, deck)
        measure_page(paths)


if __name__ == "__main__":
    main()
