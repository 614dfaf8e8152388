"""A quick trial of the whole program, for packaging and technicians: `stalin-study --smoke`."""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer, QUrl, SignalInstance
from PySide6.QtWidgets import QApplication

from stalin_study.domain.audio_names import AudioFormat
from stalin_study.domain.card_text import prompt_blocks
from stalin_study.domain.marking import mark, names_of
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.paths import AppPaths
from stalin_study.services.audio_files import Tags, TrackFile, read_pcm
from stalin_study.services.playback import load_media
from stalin_study.services.rendering import Rendering
from stalin_study.services.store import open_store
from stalin_study.startup import catch_errors
from stalin_study.study_app import StudyApp

PATIENCE_MS = 30_000


class SmokeFailed(Exception):
    """A step that did not do what it should; the message says which."""


class _Complaints(logging.Handler):
    """Keeps the errors that are logged: the window may go on after one, a trial must not."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as one line, unless it is only that this computer has no sound server."""
        if record.name == "qt" and record.getMessage().startswith("PulseAudioService: Connection"):
            return
        reason = f": {record.exc_info[1]!r}" if record.exc_info else ""
        self.told.append(f"{record.name}: {record.getMessage()}{reason}")


def smoke(
    application: QApplication, paths: AppPaths, build: Callable[[QApplication, AppPaths], StudyApp]
) -> int:
    """Try every part in a temporary folder and print one line of JSON. Returns 0 or 1.

    An error in the log fails it, whatever else went well.
    """
    told: dict[str, object] = {}
    complaints = _Complaints()
    logging.getLogger().addHandler(complaints)
    catch_errors(lambda _: None)  # they are logged, and so count here
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        there = replace(paths, data=Path(folder), cache=Path(folder) / "cache")
        app = build(application, there)
        try:
            _try_window(app, told)
            _try_answer(app, told)
            _try_self_test(app, told)
            _try_voice(app, told)
        except SmokeFailed as failure:
            told["failed"] = str(failure)
        finally:
            app.close()
            app.window.close()
        if "failed" not in told:
            _try_reading_back(there, told)
    logging.getLogger().removeHandler(complaints)
    if complaints.told:
        told["errors"] = complaints.told
        told.setdefault("failed", "errors were logged")
    told["ok"] = "failed" not in told
    print(json.dumps(told), flush=True)
    return 0 if told["ok"] else 1


def _try_window(app: StudyApp, told: dict[str, object]) -> None:
    if app.deck is None or app.cards is None:
        raise SmokeFailed("the deck could not be read")
    app.window.show_page("cards")
    _wait(app.window.first_painted, app.window.show, "the window was not painted")
    told["first_paint_ms"] = round(_ms_since_start())
    told["cards"] = len(app.deck.cards)
    app.cards.flip()
    if not app.cards.state.is_flipped:
        raise SmokeFailed("the card did not turn")
    told["flipped"] = app.cards.state.card.id


def _try_answer(app: StudyApp, told: dict[str, object]) -> None:
    if app.deck is None:
        raise SmokeFailed("the deck could not be read")
    question = app.deck.cards[0].questions[0]
    marking = mark(question, question.answer.upper(), names_of(app.deck))
    if marking.verdict is not Verdict.CORRECT:
        raise SmokeFailed(f"a right answer was marked {marking.verdict}")

    def record() -> None:
        app.reviews.record(question.id, Way.TYPED, Rating.GOOD, answer=question.answer)

    _wait(app.reviews.saved, record, "the answer was not saved")
    told["marked"] = f"{question.id}: {marking.verdict}"


def _try_self_test(app: StudyApp, told: dict[str, object]) -> None:
    """Bring up the page, which is loaded only then, and a question of it."""
    app.window.show_page("self_test")
    app.choosing.choose_scope("everything")
    app.choosing.start()
    state = app.self_test.state
    if state.phase != "asking" or state.task is None:
        raise SmokeFailed("no question came up")
    told["asked"] = state.task.subject_id
    app.self_test.stop()


def _try_voice(app: StudyApp, told: dict[str, object]) -> None:
    if app.cards is None:
        raise SmokeFailed("the deck could not be read")
    text = prompt_blocks(app.cards.state.card)[0].text.text
    speech = app.speech
    rendered = _wait(
        speech.rendered, lambda: speech.render("smoke", text), "no sentence was spoken"
    )
    if not isinstance(rendered, Rendering) or not rendered.words:
        raise SmokeFailed("the spoken sentence has no word times")
    told["spoken_words"] = len(rendered.words)
    told["spoken_ms"] = rendered.duration_ms
    _try_player(rendered.file, told)
    mp3 = rendered.file.with_suffix(".mp3")
    track = TrackFile(mp3, AudioFormat.MP3, Tags("Smoke", "Smoke", "Stalin Study", 1, 1))
    track.add(read_pcm(rendered.file))
    if not track.finish():
        raise SmokeFailed("the spoken sentence could not be written as MP3")
    told["mp3_bytes"] = mp3.stat().st_size


def _try_player(file: Path, told: dict[str, object]) -> None:
    """Load a sound as for playing, which needs Qt's plug-in but no loudspeaker."""
    try:
        player = load_media().player
    except ImportError as error:
        raise SmokeFailed(f"QtMultimedia cannot be loaded: {error}") from error
    if not player.isAvailable():
        raise SmokeFailed("nothing here can play a sound: Qt's plug-in for it does not load")
    source = QUrl.fromLocalFile(str(file))
    _wait(player.durationChanged, lambda: player.setSource(source), "the sound cannot be played")
    told["playable_ms"] = player.duration()
    player.setSource(QUrl())


def _try_reading_back(paths: AppPaths, told: dict[str, object]) -> None:
    opened = open_store(paths.data, lambda: datetime.now(UTC))
    try:
        entries = opened.store.entries()
    finally:
        opened.store.close()
    if len(entries) != 1 or len(opened.states) != 1:
        told["failed"] = "the saved answer could not be read back"
    told["stored"] = len(entries)


def _wait(signal: SignalInstance, act: Callable[[], object], otherwise: str) -> object:
    """What the signal brings after `act`, or SmokeFailed after half a minute."""
    loop = QEventLoop()
    brought: list[object] = []

    def take(*values: object) -> None:
        brought.append(values[0] if values else None)
        loop.quit()

    signal.connect(take)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    act()
    if not brought:
        loop.exec()
    signal.disconnect(take)
    if not brought:
        raise SmokeFailed(otherwise)
    return brought[0]


def _ms_since_start() -> float:
    """Milliseconds since this process began (Linux), elsewhere since Python did."""
    if sys.platform == "linux":
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
        began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return (uptime - began) * 1000
    return time.process_time() * 1000
