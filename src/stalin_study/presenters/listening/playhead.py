"""Goes along a tape: has sentences rendered ahead, plays them, rests, and knows its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.reading_steps import Rest
from stalin_study.presenters.listening.ahead import RenderingAhead
from stalin_study.presenters.listening.state import Phase, Repeat
from stalin_study.presenters.listening.tape import Place, Tape
from stalin_study.services.player import Player
from stalin_study.services.rendering import Rendering
from stalin_study.services.speech import SpeechService

if TYPE_CHECKING:
    from stalin_study.domain.word_times import WordTime

AHEAD = 4
START = Place(0, 0)
SLEEPS = "The sleep timer has paused the reading. Press play to go on."


class Playhead(QObject):
    """Where the reading is: `at` on `tape`, at code point `offset` of its sentence.

    `word` is what sounds now; `message` is a sentence for the pupil; `thinking_left_s` is None in a
    rest that waits for the pupil. Signals: something of this is different; a step has begun; the
    last step is over.
    """

    changed = Signal()
    step_begun = Signal()
    ended = Signal()

    def __init__(
        self,
        speech: SpeechService,
        player: Player,
        is_bedtime: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._is_bedtime = is_bedtime
        self._ahead = RenderingAhead(speech, self)
        self._is_loaded = self._has_retried = False
        self.tape: Tape | None = None
        self.at = START
        self.offset = 0
        self.phase: Phase = "idle"
        self.word: WordTime | None = None
        self.thinking_left_s: int | None = 0
        self.message = ""
        self.voice = ""
        self.speed = 1.0
        self.repeat: Repeat = "off"
        self._ahead.rendered.connect(self._take_rendering)
        self._ahead.failed.connect(self._take_failure)
        player.position_changed.connect(self._take_position)
        player.finished.connect(self.go_on)
        player.failed.connect(self.halt)
        player.notice.connect(self._tell)

    @property
    def is_going(self) -> bool:
        """Whether it goes on by itself, or will when the pupil has thought."""
        return self.phase in ("preparing", "playing", "thinking")

    @property
    def _repeat(self) -> Repeat:
        """What is chosen for playlists; a card on its page or a question is read once."""
        return self.repeat if self.tape is not None and self.tape.reading.id else "off"

    def load(self, tape: Tape | None, at: Place = START) -> None:
        """Take a tape, at some place, instead of the one before, whose sentences are forgotten."""
        self._player.stop()
        self._ahead.drop()
        self.tape, self.at, self.offset = tape, at, 0
        self._is_loaded = False
        self._set("idle", message="")

    def go_to(self, at: Place, offset: int = 0, *, plays: bool) -> None:
        """Begin a step at a place of its sentence, or stay paused there."""
        self._player.stop()
        self._is_loaded = self._has_retried = False
        self.at, self.offset = at, offset
        self._set("preparing" if plays else "paused", message="")
        self.step_begun.emit()
        self._ask_ahead()
        if plays:
            self._begin()

    def pause(self) -> None:
        """Hold on to the place."""
        if self.is_going:
            self._player.pause()
            self._set("paused", self.word, self.message)

    def resume(self) -> None:
        """Go on at the same word; in the middle of a rest, with what is left of it."""
        if self.phase != "paused" or self.tape is None:
            return
        if not self._is_loaded:
            self.go_to(self.at, self.offset, plays=True)
            return
        step = self.tape.step(self.at)
        is_thinking = isinstance(step, Rest) and step.is_thinking
        self._set("thinking" if is_thinking else "playing", self.word, "")
        if not (isinstance(step, Rest) and step.ms is None):
            self._player.resume()

    def render_anew(self) -> None:
        """What is ready sounds otherwise now: begin again from this word."""
        self._ahead.drop()
        if self.tape is None or self.phase == "idle":
            return
        if self.tape.utterance(self.at) is None:
            self._ask_ahead()
        else:
            self.go_to(self.at, self.offset, plays=self.is_going)

    def go_on(self) -> None:
        """The step is over, or the pupil has thought enough: begin the next one."""
        if self.tape is None or self.phase not in ("playing", "thinking"):
            return
        following = self.tape.after(self.at, self._repeat)
        if following is None:
            self._player.stop()
            self._ahead.drop()
            self._set("idle")
            self.ended.emit()
            return
        is_asleep = self._is_bedtime()
        self.go_to(following, plays=not is_asleep)
        if is_asleep:
            self._tell(SLEEPS)

    def halt(self, sentence: str) -> None:
        """Stop here with a sentence for the pupil; play tries again."""
        if self.phase != "idle":
            self._is_loaded = False
            self._set("paused", message=sentence)

    def _ask_ahead(self) -> None:
        if self.tape is not None:
            wanted = self.tape.coming(self.at, AHEAD, self._repeat)
            sentences = {place: self.tape.utterance(place) for place in wanted}
            self._ahead.want({p: u for p, u in sentences.items() if u}, self.voice, self.speed)

    def _begin(self) -> None:
        step = self.tape.step(self.at) if self.tape is not None else None
        if isinstance(step, Rest):
            self._is_loaded = True
            self.thinking_left_s = None if step.ms is None else -(-step.ms // 1000)
            self._set("thinking" if step.is_thinking else "playing")
            if step.ms is not None:
                self._player.rest(step.ms)
            return
        rendering = self._ahead.get(self.at)
        if rendering is None:
            return
        if not (self._has_retried or rendering.file.exists()):
            self._has_retried = True  # somebody has emptied the cache
            self._ahead.forget(self.at)
            self._ask_ahead()
            return
        self._play(rendering)

    def _play(self, rendering: Rendering) -> None:
        words, offset = rendering.words, self.offset
        at = bisect_right(words, offset, key=lambda word: word.start) - 1
        start_ms = words[at].start_ms if at > 0 else 0
        self._is_loaded = True
        self._set("playing", message=rendering.notice or self.message)
        self._player.set_speed(self.speed / rendering.speed)
        self._player.play(rendering.file, rendering.duration_ms, start_ms)

    def _take_rendering(self, place: Place) -> None:
        if place == self.at and self.phase == "preparing":
            self._begin()

    def _take_failure(self, place: Place, sentence: str) -> None:
        if place == self.at and not self._is_loaded:
            self.halt(sentence)

    def _take_position(self, position_ms: int) -> None:
        step = self.tape.step(self.at) if self.tape is not None and self.phase != "idle" else None
        if isinstance(step, Rest):
            if step.ms is not None and self.phase == "thinking":
                left_s = -(-(step.ms - position_ms) // 1000)
                if left_s != self.thinking_left_s:
                    self.thinking_left_s = left_s
                    self.changed.emit()
            return
        rendering = self._ahead.get(self.at)
        if rendering is None or self.phase != "playing":
            return
        begun = bisect_right(rendering.words, position_ms, key=lambda word: word.start_ms)
        if begun and rendering.words[begun - 1] != self.word:
            self.word = rendering.words[begun - 1]
            self.offset = self.word.start
            self.changed.emit()

    def _tell(self, sentence: str) -> None:
        if self.phase != "idle" and sentence != self.message:
            self.message = sentence
            self.changed.emit()

    def _set(self, phase: Phase, word: WordTime | None = None, message: str | None = None) -> None:
        self.phase, self.word = phase, word
        if message is not None:
            self.message = message
        self.changed.emit()
