"""Reading aloud: what is read, how far it has come, and the pupil's wishes about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card_text import Block, TextSpan
from stalin_study.domain.playlists import Track
from stalin_study.domain.reading_steps import reading_steps
from stalin_study.presenters.listening.playhead import Playhead
from stalin_study.presenters.listening.sleep_timer import SleepTimer
from stalin_study.presenters.listening.state import FASTEST, SLOWEST, ListeningState, Repeat
from stalin_study.presenters.listening.tape import LoadedTrack, Place, Reading, Tape
from stalin_study.services.listening_places import KeptPlace
from stalin_study.services.player import Player
from stalin_study.services.speech import SpeechService

NOTHING_TO_READ = "There is nothing to read aloud here."
THE_END = "That was the last one."


class ListeningPresenter(QObject):
    """Reads one thing at a time, whatever page is shown.

    Signals: the state; the id and the kept place of a playlist (None when it was heard to its end);
    the track that is read now, when it is another one.
    """

    state_changed = Signal(object)
    place_changed = Signal(str, object)
    track_begun = Signal(object)

    def __init__(
        self,
        speech: SpeechService,
        player: Player,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._player = player
        self._sleep = SleepTimer(now)
        self._head = Playhead(speech, player, self._sleep.runs_out, self)
        self._track: Track | None = None
        self._is_closed = False
        self.state = ListeningState()
        self._head.changed.connect(self._show)
        self._head.step_begun.connect(self._take_step)
        self._head.ended.connect(self._end)

    def preload(self) -> None:
        """Load what can be loaded on another thread."""
        self._player.preload()

    def warm_up(self) -> None:
        """Make ready for a first sound that comes soon."""
        self._speech.warm_up()
        self._player.prepare()

    def read(self, subject: str, title: str, blocks: Iterable[Block]) -> None:
        """Read these blocks from the start, at once, whatever was being read before."""
        shown = tuple(blocks)
        loaded = LoadedTrack(shown, reading_steps(shown))
        self.play(Reading("", "", (Track(subject, title),), lambda _: loaded))

    def play(self, reading: Reading, track: int = 0, kept: KeptPlace | None = None) -> None:
        """Read from a track on, or from where it was left; once closed, nothing."""
        if self._is_closed:
            return
        tape = Tape(reading)
        start = _kept_start(tape, kept) if kept is not None else None
        if start is None:
            first = tape.start_of(track) or tape.start_of(0)
            start = (first, 0) if first is not None else None
        self._track = None
        if start is None:
            self._head.load(None)
            title = reading.title or (reading.tracks[0].title if reading.tracks else "")
            self._swap(replace(self._idle(), title=title, message=NOTHING_TO_READ))
            return
        self._head.load(tape, start[0])
        self._head.go_to(*start, plays=True)
        # What takes long to load is loaded while the worker renders.
        self._player.prepare()

    def left_off(self) -> tuple[Reading, KeptPlace] | None:
        """What is read and where, for `play` to go on there; None when nothing is."""
        head = self._head
        sentence = head.tape.utterance(head.at) if head.tape and head.phase != "idle" else None
        if head.tape is None or sentence is None:
            return None
        reading, span = head.tape.reading, sentence.span
        track = reading.tracks[head.at.track]
        return reading, KeptPlace(track.id, span.block, span.start + head.offset)

    def toggle(self) -> None:
        """Pause or go on; end the time to think; after the end, read the same again."""
        if self._head.phase == "thinking":
            self._head.go_on()
        elif self._head.is_going:
            self.pause()
        else:
            self.resume()

    def pause(self) -> None:
        """Hold on to the place."""
        self._head.pause()

    def resume(self) -> None:
        """Go on at the same word; after the end, read the same again."""
        head = self._head
        if head.phase == "paused":
            head.resume()
        elif head.phase == "idle" and head.tape is not None:
            self._go_to(head.tape.start_of(0), plays=True)

    def stop(self) -> None:
        """Fall silent; a playlist's place is kept."""
        self._track = None
        self._head.load(None)
        self._swap(self._idle())

    def next_sentence(self) -> None:
        """Skip to the next sentence, if there is one; while paused, stay paused there."""
        self._skip(lambda tape, at: tape.sentence_after(at, 1))

    def previous_sentence(self) -> None:
        """Go back a sentence; the first one of all starts again."""
        self._skip(lambda tape, at: tape.sentence_after(at, -1) or tape.start_of(0))

    def next_track(self) -> None:
        """Skip to the next card, if there is one."""
        self._skip(lambda tape, at: tape.start_of(at.track + 1))

    def previous_track(self) -> None:
        """Go back to the start of this card; from its first sentence, to the card before."""

        def start(tape: Tape, at: Place) -> Place | None:
            own = tape.start_of(at.track)
            if own is not None and at <= own:
                return tape.start_of(at.track - 1, -1) or own
            return own

        self._skip(start)

    def go_to_track(self, track: int) -> None:
        """Read from the start of a track of the same playlist."""
        tape = self._head.tape
        if tape is not None and 0 <= track < len(tape.reading.tracks):
            self._go_to(tape.start_of(track), plays=True)

    def seek(self, heard: int) -> None:
        """Go to so many code points of the track."""
        self._seek(lambda tape, track: tape.at_heard(track, heard))

    def seek_word(self, block: str, offset: int) -> None:
        """Go to a word of the text that is read."""
        self._seek(lambda tape, track: tape.at_word(track, block, offset))

    def set_speed(self, speed: float) -> None:
        """Speak faster or slower, 0.5 to 2, from this word on, without a change of pitch."""
        speed = min(max(speed, SLOWEST), FASTEST)
        if speed != self._head.speed:
            self._head.speed = speed
            self._head.render_anew()
            self._show()

    def set_voice(self, voice: str) -> None:
        """Have another voice read, from this word on; empty for the usual one."""
        if voice != self._head.voice:
            self._head.voice = voice
            self._head.render_anew()

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        percent = min(max(percent, 0), 100)
        self._player.set_volume(percent)
        self._swap(replace(self.state, volume=percent))

    def set_repeat(self, repeat: Repeat) -> None:
        """Repeat nothing, the track or the playlist."""
        self._head.repeat = repeat
        self._show()

    def set_sleep(self, minutes: int) -> None:
        """Pause after so many minutes, at the end of a sentence; 0 for never."""
        self._sleep.set(minutes)
        self._swap(replace(self.state, sleep_minutes=self._sleep.minutes_left))

    def close(self) -> None:
        """End the reading, the player and the engine."""
        self._is_closed = True
        self.stop()
        self._player.close()
        self._speech.close()

    def _skip(self, find: Callable[[Tape, Place], Place | None]) -> None:
        head = self._head
        if head.tape is not None and head.phase != "idle":
            self._go_to(find(head.tape, head.at), plays=head.is_going)

    def _seek(self, find: Callable[[Tape, int], tuple[Place, int] | None]) -> None:
        head = self._head
        if head.tape is not None and head.phase != "idle":
            found = find(head.tape, head.at.track)
            if found is not None:
                head.go_to(*found, plays=head.is_going)

    def _go_to(self, at: Place | None, *, plays: bool) -> None:
        if at is not None:
            self._head.go_to(at, plays=plays)

    def _take_step(self) -> None:
        head = self._head
        if head.tape is None:
            return
        reading = head.tape.reading
        track = reading.tracks[head.at.track]
        if track is not self._track:
            self._track = track
            self.track_begun.emit(track)
        sentence = head.tape.utterance(head.at)
        if reading.id and sentence is not None:
            kept = KeptPlace(track.id, sentence.span.block, sentence.span.start)
            self.place_changed.emit(reading.id, kept)

    def _end(self) -> None:
        tape = self._head.tape
        if tape is not None and tape.reading.id:
            self.place_changed.emit(tape.reading.id, None)
            self._swap(replace(self.state, message=THE_END))

    def _show(self) -> None:
        head, tape = self._head, self._head.tape
        if tape is None:
            self._swap(self._idle())
            return
        reading, at = tape.reading, head.at
        track, loaded = reading.tracks[at.track], tape.loaded(at.track)
        sentence = tape.utterance(at)
        is_idle = head.phase == "idle"
        self._swap(
            replace(
                self._idle(),
                phase=head.phase,
                title=track.title,
                subject=track.id,
                playlist=reading.id,
                playlist_title=reading.title,
                blocks=loaded.blocks,
                sentence=sentence.span if sentence and not is_idle else None,
                word=self._word(sentence.span) if sentence and not is_idle else None,
                number=0 if is_idle else tape.sentence_number(at),
                count=len(loaded.sentences),
                track_number=at.track + 1,
                track_count=len(reading.tracks),
                heard=0 if is_idle else tape.heard(at, head.offset),
                length=tape.length(at.track),
                thinking_left_s=head.thinking_left_s,
                message=head.message,
            )
        )

    def _word(self, sentence: TextSpan) -> TextSpan | None:
        word = self._head.word
        if word is None:
            return None
        return TextSpan(sentence.block, sentence.start + word.start, sentence.start + word.end)

    def _idle(self) -> ListeningState:
        return ListeningState(
            speed=self._head.speed,
            volume=self.state.volume,
            repeat=self._head.repeat,
            sleep_minutes=self._sleep.minutes_left,
        )

    def _swap(self, state: ListeningState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _kept_start(tape: Tape, kept: KeptPlace) -> tuple[Place, int] | None:
    for number, track in enumerate(tape.reading.tracks):
        if track.id == kept.track:
            found = tape.at_word(number, kept.block, kept.offset)
            first = tape.start_of(number)
            return found or ((first, 0) if first is not None else None)
    return None
