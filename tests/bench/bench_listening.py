"""Listening, measured against what a null sink has recorded of it.

From click to first sound, gaps between sentences, highlight against sound, pause, GUI thread.
`short`: only to the first sound.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import hand_on, median_of, p95_of, summary
from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from null_sink import RATE, NullSink, Recording
from stalin_study.app import build
from stalin_study.paths import find_paths
from stalin_study.presenters.listening.tape import Place
from stalin_study.services.rendering import Rendering
from stalin_study.startup import catch_errors

CLICKS, STARTS, PAUSES, SENTENCES = 30, 11, 10, 15
FEW_CLICKS, FEW_STARTS = 15, 7
SPEEDS = (1.0, 2.0, 0.75)
ENVELOPE_HZ = 1050  # divides RATE
SEARCH_MS = 300
ONE_START = """
import sys, time
from pathlib import Path
sys.path[:0] = ["tests", "tests/bench"]
from bench_listening import Watch
watch = Watch(Path(sys.argv[1]))
watch.wait(1500)
if sys.argv[2] == "warm":
    watch.app.warm_up_voice()
    watch.wait(1000)
print(time.monotonic(), flush=True)
watch.app.cards.listen()
watch.wait(1200)
watch.close()
"""


class Watch:
    """The app with its real voice and player, and a diary of which word was lit when."""

    def __init__(self, folder: Path) -> None:
        self.application = QApplication.instance() or QApplication(["bench"])
        catch_errors(lambda _: None)
        logging.disable()
        self.app = build(self.application, find_paths(folder))
        self.app.settings.change(is_welcomed=True)
        self.app.window.show_page("cards")
        self.app.window.show()
        self.application.processEvents()
        self.words: list[tuple[float, Place, int]] = []
        self.renderings: dict[Place, Rendering] = {}
        self.gaps: list[float] = []
        self._head = self.app.listening._head
        self.app.listening.state_changed.connect(self._note)
        self._since = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Start a new page of the diary."""
        self.words.clear()
        self.renderings.clear()
        self.gaps.clear()
        self._since.start()
        self._timer.start()

    def wait(self, ms: int) -> None:
        """Let the app go on for a while."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], bool], patience_ms: int = 90_000) -> None:
        """Let the app go on until something holds."""
        clock = QElapsedTimer()
        clock.start()
        while not holds() and clock.elapsed() < patience_ms:
            self.wait(5)

    def close(self) -> None:
        """End the app."""
        self._timer.stop()
        self.app.close()
        self.app.window.close()

    def _tick(self) -> None:
        self.gaps.append(self._since.nsecsElapsed() / 1e6)
        self._since.start()

    def _note(self, _: object) -> None:
        head = self._head
        rendering = head._ahead.get(head.at) if head.phase == "playing" else None
        if rendering is not None and head.word is not None:
            self.renderings[head.at] = rendering
            number = rendering.words.index(head.word)
            self.words.append((time.monotonic(), head.at, number))


def main() -> None:
    """Print the figures."""
    if not shutil.which("pulseaudio"):
        print("Left out: this needs PulseAudio.")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sink = NullSink(folder / "sound")
        os.environ.update(sink.environment)
        try:
            sink.record()
            (measure_first_sound if "short" in sys.argv else measure)(sink, folder)
        finally:
            sink.close()


def measure_first_sound(sink: NullSink, folder: Path) -> None:
    """Of programs that were just started, and of later clicks."""
    first = [first_start(sink, folder / f"warm-{n}", "warm") for n in range(FEW_STARTS)]
    print("first click in a program that was just started, warm:", summary(first))
    watch = Watch(folder / "one")
    later = measure_clicks(watch, sink, FEW_CLICKS)
    watch.close()
    hand_on(
        median_of("first click to first sound", first, goal=150),
        median_of("a later click to first sound", later, goal=150),
        p95_of("a click to first sound, 95 in 100", first + later, goal=300),
    )


def measure(sink: NullSink, folder: Path) -> None:
    """All of it."""
    for how in ("cold", "warm"):
        found = [first_start(sink, folder / f"{how}-{n}", how) for n in range(STARTS)]
        print(f"first click in a program that was just started, {how}:", summary(found))
    watch = Watch(folder / "one")
    measure_clicks(watch, sink, CLICKS)
    measure_pauses(watch, sink)
    for speed in SPEEDS:
        measure_words(watch, sink, speed)
    for name, sign in (("killed", signal.SIGKILL), ("hanging", signal.SIGSTOP)):
        measure_failure(watch, name, sign)
    watch.close()


def first_start(sink: NullSink, folder: Path, how: str) -> float:
    """Milliseconds from a program's first click on Listen to its first sound."""
    done = subprocess.run(
        [sys.executable, "-c", ONE_START, str(folder), how],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return sound_after(sink, float(done.stdout.split()[0]))


def measure_clicks(watch: Watch, sink: NullSink, clicks: int) -> list[float]:
    """Of one program, with cards whose sound is not in the cache."""
    app, found = watch.app, []
    for number in range(clicks):
        app.cards.show_card(app.deck.cards[number % len(app.deck.cards)].id)
        if number >= len(app.deck.cards) and not app.cards.state.is_flipped:
            app.cards.flip()
        watch.wait(300)
        clicked_at = time.monotonic()
        app.cards.listen()
        watch.wait(500)
        app.listening.stop()
        found.append(sound_after(sink, clicked_at))
    print("later clicks, nothing cached:", summary(found))
    return found


def measure_pauses(watch: Watch, sink: NullSink) -> None:
    """From the pause to the last sound, and from play to the first one."""
    app, pauses, resumes = watch.app, [], []
    app.cards.listen()
    for number in range(PAUSES):
        watch.wait(900 + 37 * number)
        at = time.monotonic()
        app.listening.pause()
        watch.wait(500)
        last = sink.recorded().last_sound_before(at + 0.5)
        pauses.append((last - at) * 1000 if last is not None else 0.0)
        at = time.monotonic()
        app.listening.resume()
        watch.wait(500)
        resumes.append(sound_after(sink, at))
    app.listening.stop()
    print("pause to the last sound (negative: between words):", summary(pauses))
    print("play to the first sound:", summary(resumes))


def measure_words(watch: Watch, sink: NullSink, speed: float) -> None:
    """Lit words against their sound, over some sentences."""
    app = watch.app
    app.listening.set_speed(speed)
    app.cards.show_every_point(True)
    watch.begin()
    app.cards.listen()
    watch.until(lambda: len(watch.renderings) > SENTENCES)
    app.listening.stop()
    watch.wait(300)
    watch._timer.stop()
    recording, errors, starts = sink.recorded(), [], []
    for place, rendering in list(watch.renderings.items())[:SENTENCES]:
        shown = [(at, number) for at, there, number in watch.words if there == place]
        guess = shown[0][0] - rendering.words[shown[0][1]].start_ms / 1000
        begun_at = sounding_at(rendering.file, recording, guess)
        starts.append((begun_at, begun_at + rendering.duration_ms / 1000))
        errors += [(at - begun_at) * 1000 - rendering.words[n].start_ms for at, n in shown]
    added = [(begin - end) * 1000 for (_, end), (begin, _) in pairwise(starts)]
    within = 100 * sum(abs(error) <= 80 for error in errors) / len(errors)
    print(f"speed {speed}: highlight minus sound:", summary(errors))
    print(f"   within 80 ms: {within:.1f} %")
    print("   added between sentences:", summary(added))
    print(f"   longest gap of the GUI thread: {max(watch.gaps):.0f} ms")


def measure_failure(watch: Watch, name: str, sign: signal.Signals) -> None:
    """How long the voice is missed when its process fails, and the GUI thread meanwhile."""
    app = watch.app
    app.listening.set_speed(1.0)
    app.cards.next_card()
    app.cards.flip()
    app.listening.warm_up()
    watch.wait(800)
    watch.begin()
    os.kill(app.speech.worker_id, sign)
    started_at = time.monotonic()
    app.listening.set_speed(1.1)
    app.cards.listen()
    watch.until(lambda: bool(watch.words))
    missed_ms = (time.monotonic() - started_at) * 1000
    app.listening.stop()
    watch._timer.stop()
    print(
        f"voice {name}: the next sentence after {missed_ms:.0f} ms,"
        f" longest gap of the GUI thread {max(watch.gaps):.0f} ms"
    )


def sound_after(sink: NullSink, at: float) -> float:
    """Milliseconds to the first sound after a moment."""
    sound = sink.recorded().first_sound_after(at)
    if sound is None:
        raise RuntimeError("nothing was heard")
    return (sound - at) * 1000


def sounding_at(file: Path, recording: Recording, guess: float) -> float:
    """When a file began to sound: where its loudness fits the recording's best."""
    with wave.open(str(file)) as sound:
        samples = array("h")
        samples.frombytes(sound.readframes(sound.getnframes()))
    step = RATE // ENVELOPE_HZ
    own = envelope(samples, step)[: 2 * ENVELOPE_HZ]
    first = max(int((guess - recording.begun_at - SEARCH_MS / 1000) * RATE), 0)
    length = len(own) * step + 2 * SEARCH_MS * RATE // 1000
    heard = envelope(recording.samples[first : first + length], step)
    scores = [
        sum(abs(x - y) for x, y in zip(own, heard[lag:], strict=False))
        for lag in range(max(len(heard) - len(own), 1))
    ]
    return recording.begun_at + (first + scores.index(min(scores)) * step) / RATE


def envelope(samples: array[int], step: int) -> list[int]:
    """The loudest sample of each step."""
    return [max(map(abs, samples[n : n + step])) for n in range(0, len(samples) - step, step)]


if __name__ == "__main__":
    main()
