"""Stand-ins for the speech engine and the player."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.pronunciations import Dialect
from stalin_study.domain.word_times import WordTime
from stalin_study.services.player import Player
from stalin_study.services.speech import Rendering
from stalin_study.speech_worker.drivers import Sound
from stalin_study.speech_worker.protocol import Voice

WORD_MS = 100

# A worker that misbehaves in the way that its first argument names.
BAD_WORKER = """
import json, os, sys, time
way, flag = sys.argv[1:3]
say = lambda **reply: print(json.dumps(reply), flush=True)
if way == "never-ready":
    sys.stdin.read()
if way == "chatty":
    print("Audio saved to somewhere", flush=True)
    print("x" * 100_000, file=sys.stderr, flush=True)
say(op="ready", drivers=["fake"])
for line in sys.stdin:
    request = json.loads(line)
    if way == "always-dies" or (way == "dies-on-bad" and "bad" in request["text"]):
        os._exit(9)
    if way == "hangs-on-bad" and "bad" in request["text"]:
        sys.stdin.read()
    if way == "dies-once" and not os.path.exists(flag):
        open(flag, "w").close()
        os._exit(9)
    if way == "fails":
        say(op="failed", id=request["id"], error="No voice.")
        continue
    open(request["file"], "wb").close()
    words = [[0, 0, len(request["text"])]]
    if way == "cuts-lines":
        say(op="failed", id="something else", error="Not for you.")
    say(op="rendered", id=request["id"], file=request["file"], words=words, duration_ms=500,
        exact=True, spoken=str(request["attempt"]), driver="fake")
"""


class FakeSpeech(QObject):
    """Remembers what was asked; a test decides when it is answered."""

    rendered = Signal(object)
    failed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, str] = {}
        self.forgotten: list[str] = []
        self.cancelled = 0
        self.is_closed = False

    def render(self, utterance_id: str, text: str) -> None:
        self.asked[utterance_id] = text

    def cancel(self) -> None:
        self.cancelled += 1

    def forget(self, utterance_id: str) -> None:
        self.forgotten.append(utterance_id)

    def close(self) -> None:
        self.is_closed = True

    def answer(self, utterance_id: str, notice: str = "") -> Rendering:
        """Render as if each word took 100 ms."""
        words, at = [], 0
        text = self.asked[utterance_id]
        for number, word in enumerate(text.split()):
            start = text.index(word, at)
            at = start + len(word)
            words.append(WordTime(number * WORD_MS, start, at))
        rendering = Rendering(
            utterance_id,
            Path(f"{utterance_id}.wav"),
            tuple(words),
            len(words) * WORD_MS,
            True,
            notice,
        )
        self.rendered.emit(rendering)
        return rendering

    def answer_all(self) -> None:
        for utterance_id in list(self.asked):
            self.answer(utterance_id)


class FakePlayer(Player):
    """Plays when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.file = ""
        self.played: list[str] = []
        self.is_playing = False
        self.is_closed = False
        self.speed = 1.0

    def play(self, file: Path, duration_ms: int) -> None:
        self.file = file.stem
        self.played.append(self.file)
        self.is_playing = True

    def pause(self) -> None:
        self.is_playing = False

    def resume(self) -> None:
        self.is_playing = True

    def stop(self) -> None:
        self.file = ""
        self.is_playing = False

    def set_speed(self, speed: float) -> None:
        self.speed = speed

    def close(self) -> None:
        self.stop()
        self.is_closed = True

    def end(self) -> None:
        self.finished.emit()


class FakeDriver:
    """A driver of the worker that writes no sound."""

    def __init__(
        self,
        name: str,
        voices: tuple[str, ...] = ("british",),
        error: Exception | None = None,
        events: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.name = name
        self.dialect = Dialect.PLAIN
        self._voices = tuple(Voice(voice, voice, "en-gb", name) for voice in voices)
        self._error = error
        self._events = events
        self.rendered: list[tuple[str, str, int]] = []

    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    def render(self, text: str, voice: str, rate_wpm: int, file: Path) -> Sound:
        self.rendered.append((text, voice, rate_wpm))
        if self._error is not None:
            raise self._error
        return Sound(1000, self._events)
