"""Reading aloud: what is read, how far it has come, and the pupil's keys for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card_text import Block, TextSpan
from stalin_study.domain.utterances import Utterance, utterances
from stalin_study.services.player import Player
from stalin_study.services.speech import Rendering, SpeechService

SLOWEST = 0.5
FASTEST = 2.0
AHEAD = 2
NOTHING_TO_READ = "There is nothing to read aloud here."

Phase = Literal["idle", "preparing", "playing", "paused"]


@dataclass(frozen=True, slots=True)
class ListeningState:
    """What is read aloud now.

    `subject` is the id of the card or question whose text it is. `number` counts sentences from 1
    (0 when idle) of `count`. `speed` is 0.5 to 2. `message` is one sentence for the pupil, or "".
    """

    phase: Phase = "idle"
    title: str = ""
    subject: str = ""
    sentence: TextSpan | None = None
    word: TextSpan | None = None
    number: int = 0
    count: int = 0
    speed: float = 1.0
    message: str = ""


class ListeningPresenter(QObject):
    """Has sentences rendered ahead, plays them one after another, and says which word sounds."""

    state_changed = Signal(object)

    def __init__(
        self, speech: SpeechService, player: Player, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._player = player
        self._utterances: tuple[Utterance, ...] = ()
        self._at = 0
        self._reading = 0
        self._asked: set[int] = set()
        self._ready: dict[int, Rendering] = {}
        self._is_loaded = False
        self.state = ListeningState()
        speech.rendered.connect(self._take_rendering)
        speech.failed.connect(self._take_failure)
        player.position_changed.connect(self._light_word)
        player.finished.connect(self._go_on)
        player.failed.connect(self._halt)
        player.notice.connect(self._tell)

    def read(self, subject: str, title: str, blocks: Iterable[Block]) -> None:
        """Read these blocks from the start, at once, whatever was being read before."""
        self._drop_reading()
        self._utterances = utterances(blocks)
        start = replace(ListeningState(), title=title, subject=subject, speed=self.state.speed)
        if not self._utterances:
            self._swap(replace(start, message=NOTHING_TO_READ))
            return
        self._swap(replace(start, count=len(self._utterances)))
        self._go_to(0, plays=True)
        self._player.prepare()

    def toggle(self) -> None:
        """Pause or go on; after the end, read the same again."""
        phase = self.state.phase
        if phase in ("playing", "preparing"):
            self._player.pause()
            self._swap(replace(self.state, phase="paused"))
        elif phase == "paused" and self._is_loaded:
            self._swap(replace(self.state, phase="playing", message=""))
            self._player.resume()
        elif self._utterances:
            self._go_to(self._at if phase == "paused" else 0, plays=True)

    def stop(self) -> None:
        """Fall silent and forget the place."""
        self._drop_reading()
        self._utterances = ()
        self._swap(ListeningState(speed=self.state.speed))

    def next_sentence(self) -> None:
        """Skip to the next sentence, if there is one; while paused, stay paused there."""
        self._step(1)

    def previous_sentence(self) -> None:
        """Go back a sentence; the first one starts again."""
        self._step(-1)

    def set_speed(self, speed: float) -> None:
        """Play faster or slower, 0.5 to 2, without a change of pitch."""
        speed = min(max(speed, SLOWEST), FASTEST)
        self._player.set_speed(speed)
        self._swap(replace(self.state, speed=speed))

    def close(self) -> None:
        """End the reading, the player and the engine."""
        self.stop()
        self._player.close()
        self._speech.close()

    def _step(self, by: int) -> None:
        to = max(self._at + by, 0)
        if self.state.phase != "idle" and to < len(self._utterances):
            self._go_to(to, plays=self.state.phase != "paused")

    def _go_to(self, at: int, *, plays: bool) -> None:
        self._player.stop()
        self._is_loaded = False
        self._at = at
        self._swap(
            replace(
                self.state,
                phase="preparing" if plays else "paused",
                sentence=self._utterances[at].span,
                word=None,
                number=at + 1,
                message="",
            )
        )
        self._ask_ahead()
        if plays and at in self._ready:
            self._play()

    def _ask_ahead(self) -> None:
        wanted = range(self._at, min(self._at + AHEAD + 1, len(self._utterances)))
        for place in [place for place in self._ready if place not in wanted]:
            self._speech.forget(self._ready.pop(place).utterance_id)
        for place in wanted:
            if place not in self._ready and place not in self._asked:
                self._asked.add(place)
                self._speech.render(self._id_of(place), self._utterances[place].text)

    def _play(self) -> None:
        rendering = self._ready[self._at]
        self._is_loaded = True
        message = rendering.notice or self.state.message
        self._swap(replace(self.state, phase="playing", message=message))
        self._player.play(rendering.file, rendering.duration_ms)

    def _take_rendering(self, rendering: Rendering) -> None:
        place = self._place_of(rendering.utterance_id)
        if place is None:
            self._speech.forget(rendering.utterance_id)
            return
        self._asked.discard(place)
        self._ready[place] = rendering
        if place == self._at and self.state.phase == "preparing":
            self._play()

    def _take_failure(self, utterance_id: str, sentence: str) -> None:
        place = self._place_of(utterance_id)
        if place is None:
            return
        self._asked.discard(place)
        if place == self._at and not self._is_loaded:
            self._halt(sentence)

    def _light_word(self, position_ms: int) -> None:
        rendering = self._ready.get(self._at)
        if rendering is None or self.state.phase != "playing":
            return
        begun = bisect_right(rendering.words, position_ms, key=lambda word: word.start_ms)
        if begun:
            span, word = self._utterances[self._at].span, rendering.words[begun - 1]
            lit = TextSpan(span.block, span.start + word.start, span.start + word.end)
            self._swap(replace(self.state, word=lit))

    def _go_on(self) -> None:
        if self.state.phase != "playing":
            return
        if self._at + 1 < len(self._utterances):
            message = self.state.message
            self._go_to(self._at + 1, plays=True)
            self._swap(replace(self.state, message=self.state.message or message))
            return
        self._drop_reading()
        self._swap(
            replace(
                self.state,
                phase="idle",
                sentence=None,
                word=None,
                number=0,
                message="",
            )
        )

    def _halt(self, sentence: str) -> None:
        if self.state.phase != "idle":
            self._is_loaded = False
            self._swap(replace(self.state, phase="paused", word=None, message=sentence))

    def _tell(self, sentence: str) -> None:
        if self.state.phase != "idle":
            self._swap(replace(self.state, message=sentence))

    def _drop_reading(self) -> None:
        self._player.stop()
        self._speech.cancel()
        for rendering in self._ready.values():
            self._speech.forget(rendering.utterance_id)
        self._ready.clear()
        self._asked.clear()
        self._is_loaded = False
        self._reading += 1
        self._at = 0

    def _id_of(self, place: int) -> str:
        return f"{self._reading}-{place}"

    def _place_of(self, utterance_id: str) -> int | None:
        """The place of a sentence of this reading; None for one that was left since."""
        reading, _, place = utterance_id.partition("-")
        return int(place) if reading == str(self._reading) else None

    def _swap(self, state: ListeningState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
