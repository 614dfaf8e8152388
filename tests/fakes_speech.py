"""Stand-ins for the speech engine and the player."""

from __future__ import annotations

import wave
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from stalin_study.domain.pronunciations import Dialect
from stalin_study.domain.word_times import WordTime
from stalin_study.services.narration import (
    INDEX,
    VERSION,
    Narration,
    NarrationIndex,
    RecordedUtterance,
    narration_key,
)
from stalin_study.services.player import Player
from stalin_study.services.rendering import Rendering
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
    os.makedirs(request["cache"], exist_ok=True)
    file = os.path.join(request["cache"], "fake.wav")
    open(file, "wb").close()
    words = [[0, 0, len(request["text"])]]
    if way == "cuts-lines":
        say(op="failed", id="something else", error="Not for you.")
    say(op="rendered", id=request["id"], file=file, words=words, duration_ms=500,
        exact=True, spoken=str(request["attempt"]), driver="fake")
"""


def make_narration(folder: Path, text: str) -> Narration:
    """A recording of one sentence: its words sound at 0 and 500 ms."""
    folder.mkdir()
    with wave.open(str(folder / "1.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(2 * 8 * 900))
    cut = text.index(" ")
    words = ((0, 0, cut), (500, cut + 1, text.index(".")))
    index = NarrationIndex(
        VERSION, "a reader", {narration_key(text): RecordedUtterance("1.wav", 900, words)}
    )
    (folder / INDEX).write_bytes(msgspec.json.encode(index))
    return Narration(folder)


class FakeSpeech(QObject):
    """Remembers what was asked; a test decides when it is answered."""

    rendered = Signal(object)
    failed = Signal(str, str)
    voices_listed = Signal(object)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.asked: dict[str, str] = {}
        self.voices: dict[str, str] = {}
        self.speeds: dict[str, float] = {}
        self.cancelled = 0
        self.listings = 0
        self.is_warm = False
        self.is_closed = False
        self._file = Path(__file__)  # some file that is there

    def warm_up(self) -> None:
        self.is_warm = True

    def render(self, utterance_id: str, text: str, voice: str = "", speed: float = 1.0) -> None:
        self.asked[utterance_id] = text
        self.voices[utterance_id] = voice
        self.speeds[utterance_id] = speed

    def list_voices(self) -> None:
        self.listings += 1

    def cancel(self) -> None:
        self.cancelled += 1
        self.asked.clear()

    def close(self) -> None:
        self.is_closed = True

    def answer(self, utterance_id: str, notice: str = "") -> Rendering:
        """Render as if each word took 100 ms."""
        words, at = [], 0
        text = self.asked.pop(utterance_id)
        for number, word in enumerate(text.split()):
            start = text.index(word, at)
            at = start + len(word)
            words.append(WordTime(number * WORD_MS, start, at))
        rendering = Rendering(
            utterance_id,
            self._file,
            tuple(words),
            len(words) * WORD_MS,
            True,
            self.speeds[utterance_id],
            notice,
        )
        self.rendered.emit(rendering)
        return rendering

    def answer_all(self) -> None:
        """Answer all that is asked, and what is asked because of it."""
        while self.asked:
            self.answer(next(iter(self.asked)))


class FakePlayer(Player):
    """Plays when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[tuple[int, int]] = []  # (duration, start) in ms
        self.rests: list[int] = []
        self.is_playing = False
        self.is_prepared = False
        self.is_closed = False
        self.speed = 1.0
        self.volume = 100

    def prepare(self) -> None:
        self.is_prepared = True

    def play(self, file: Path, duration_ms: int, start_ms: int = 0) -> None:
        self.played.append((duration_ms, start_ms))
        self.is_playing = True

    def rest(self, duration_ms: int) -> None:
        self.rests.append(duration_ms)
        self.is_playing = True

    def pause(self) -> None:
        self.is_playing = False

    def resume(self) -> None:
        self.is_playing = True

    def stop(self) -> None:
        self.is_playing = False

    def set_speed(self, speed: float) -> None:
        self.speed = speed

    def set_volume(self, percent: int) -> None:
        self.volume = percent

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
