"""From the key press to the verdict on the screen and the answer on disk: python bench_answer.py.

The whole app with the real store and threads, without a screen. Also how long it takes to start a
session and to bring up its next question, with the shipped deck and with 10,000 questions; and to
mark what pupils have typed.
"""

from __future__ import annotations

import os
import tempfile
import time
import tomllib
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from bench_deck import make_deck
from figures import hand_on, median_of, milliseconds, p95_of, show
from painted import PaintWatch, until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stalin_study.app import build
from stalin_study.domain.marking import mark, names_of
from stalin_study.domain.self_test.choosing import How
from stalin_study.paths import AppPaths, find_paths
from stalin_study.services.library import load_deck
from stalin_study.study_app import StudyApp
from stalin_study.ui.pages.self_test.verdict import VerdictPanel

TYPED = Path(__file__).resolve().parents[1] / "domain" / "marking_answers.toml"
ANSWERS = 200
MANY_CARDS = 540  # of 18 questions each


def measure(paths: AppPaths, name: str) -> None:
    """Answer many questions of one deck."""
    paths.data.mkdir()
    application = QApplication.instance()
    app = build(application, paths)
    app.settings.change(is_welcomed=True)
    app.window.show()
    until(lambda: app.reviews.memory_states is not None and not app.reviews.pending)
    app.window.show_page("self_test")
    until(lambda: app.planner.plan.day is not None)
    test, choosing = app.self_test, app.choosing
    watch = PaintWatch()
    app.window.findChild(VerdictPanel).installEventFilter(watch)
    for how, key in ((How.MULTIPLE_CHOICE, Qt.Key.Key_1), (How.TYPED, Qt.Key.Key_Return)):
        choosing.choose_how(how)
        choosing.choose_scope("everything")
        choosing.choose_length(0)
        before = time.perf_counter()
        choosing.start()
        show(
            f"{name}: start a session of {len(test._session.queue):,}, {how.value}",
            [(time.perf_counter() - before) * 1000],
        )
        answers(app, watch, key, f"{how.value.replace('_', ' ')}, {name}")
        test.stop()
        test.new_session()
    app.window.close()
    app.close()
    app.window.deleteLater()


def answers(app: StudyApp, watch: PaintWatch, key: Qt.Key, name: str) -> None:
    """Answer one question after another, and time each."""
    painted, both, following = [], [], []
    test = app.self_test
    for _ in range(ANSWERS):
        until(lambda: test.state.phase == "asking" and not app.reviews.pending)
        QApplication.processEvents()
        widget = QApplication.focusWidget() or app.window
        if key == Qt.Key.Key_Return:
            QTest.keyClicks(widget, "Trotsky")
        saved: list[str] = []
        app.reviews.saved.connect(saved.append)
        watch.at = 0.0
        pressed = time.perf_counter()
        QTest.keyClick(widget, key)
        until(lambda: watch.at > 0)
        painted.append((watch.at - pressed) * 1000)
        until(partial(bool, saved))
        both.append((time.perf_counter() - pressed) * 1000)
        app.reviews.saved.disconnect(saved.append)
        until(lambda: test.state.has_verdict)
        before = time.perf_counter()
        test.advance()
        following.append((time.perf_counter() - before) * 1000)
    show(f"{name}: key press to verdict painted", painted)
    show(f"{name}: key press to verdict painted and on disk", both)
    show(f"{name}: next question chosen and shown", following)
    hand_on(
        median_of(f"answer to verdict painted and on disk, {name}", both, goal=16),
        p95_of(f"answer to verdict painted and on disk, {name}, 95 in 100", both, goal=50),
        median_of(f"next question shown, {name}", following, goal=5),
    )


def mark_answers() -> None:
    """Mark what pupils have typed, right and wrong."""
    deck = load_deck(find_paths().deck).deck
    assert deck is not None
    table = tomllib.loads(TYPED.read_text("utf-8"))
    names = names_of(deck)
    taken = [
        took
        for question_id, answers in table.items()
        for answer in chain.from_iterable(answers.values())
        for took in milliseconds(
            partial(mark, deck.questions_by_id[question_id][1], answer, names), 1
        )
    ]
    show(f"marking, {len(taken):,} typed answers", taken)
    hand_on(median_of("marking a typed answer", taken), p95_of("marking, 95 in 100 answers", taken))


def main() -> None:
    """The shipped deck, then a large one."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    mark_answers()
    _application = QApplication(["stalin-study"])
    with tempfile.TemporaryDirectory() as folder:
        paths = replace(find_paths(Path(folder) / "data"), cache=Path(folder) / "cache")
        measure(paths, "20 cards")
        large = Path(folder) / "deck"
        large.mkdir()
        make_deck(large, MANY_CARDS)
        other = replace(paths, deck=large, data=Path(folder) / "other")
        measure(other, "10,000 questions")


if __name__ == "__main__":
    main()
