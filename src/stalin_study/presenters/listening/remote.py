"""Media keys and the desktop's play button: what they see of the reading, and what they do."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.reading_steps import MS_A_CODE_POINT
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.state import ListeningState, Repeat
from stalin_study.services.now_playing import NowPlaying, Status

US_PER_CODE_POINT = 1000 * MS_A_CODE_POINT


class ReadingRemote(QObject):
    """Works a ListeningPresenter as the buttons of any player do.

    Next and previous go by cards in a playlist, and by sentences where only one card is read.
    Signal: a NowPlaying, whenever it is another one.
    """

    now_playing_changed = Signal(object)

    def __init__(self, listening: ListeningPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listening = listening
        self.now_playing = now_playing(listening.state)
        listening.state_changed.connect(self._take_state)

    def toggle(self) -> None:
        """Pause or go on; end the time to think."""
        self._listening.toggle()

    def play(self) -> None:
        """Go on; while it plays, nothing; where it waits for the pupil, end the wait."""
        if self.now_playing.status == "Playing":
            return
        if self._listening.state.phase == "thinking":
            self._listening.toggle()
        else:
            self._listening.resume()

    def pause(self) -> None:
        """Hold on to the place."""
        self._listening.pause()

    def stop(self) -> None:
        """Fall silent; a playlist's place is kept."""
        self._listening.stop()

    def go_next(self) -> None:
        """Skip to the next card of a playlist, or to the next sentence of a single card."""
        if self._listening.state.track_count > 1:
            self._listening.next_track()
        else:
            self._listening.next_sentence()

    def go_previous(self) -> None:
        """Go back to the start of the card or to the card before; in a single card, a sentence."""
        if self._listening.state.track_count > 1:
            self._listening.previous_track()
        else:
            self._listening.previous_sentence()

    def next_sentence(self) -> None:
        """Skip to the next sentence."""
        self._listening.next_sentence()

    def previous_sentence(self) -> None:
        """Go back a sentence."""
        self._listening.previous_sentence()

    def seek_by(self, by_us: int) -> None:
        """Go so many microseconds forward or back; beyond the end, to what comes next."""
        state = self._listening.state
        heard = state.heard + round(by_us / US_PER_CODE_POINT)
        if heard >= state.length:
            self.go_next()
        else:
            self._listening.seek(max(heard, 0))

    def seek_to(self, track: str, position_us: int) -> None:
        """Go to a place of this track; of another track, or outside of it, nothing happens."""
        now = self.now_playing
        if track == now.track and 0 <= position_us < now.length_us:
            self._listening.seek(position_us // US_PER_CODE_POINT)

    def set_volume(self, volume: float) -> None:
        """0 to 1; what is outside is brought inside."""
        self._listening.set_volume(round(min(max(volume, 0.0), 1.0) * 100))

    def set_speed(self, speed: float) -> None:
        """0.5 to 2; 0 pauses, less is nothing that can be done."""
        if speed == 0:
            self._listening.pause()
        elif speed > 0:
            self._listening.set_speed(speed)

    def set_repeat(self, repeat: Repeat) -> None:
        """Repeat nothing, the track or the playlist."""
        self._listening.set_repeat(repeat)

    def _take_state(self, state: ListeningState) -> None:
        now = now_playing(state)
        if now != self.now_playing:
            self.now_playing = now
            self.now_playing_changed.emit(now)


def now_playing(state: ListeningState) -> NowPlaying:
    """What a player shows of a state. Times are estimated from the length of the text."""
    is_begun = state.phase != "idle"
    is_playlist = state.track_count > 1
    number, count = (
        (state.track_number, state.track_count) if is_playlist else (state.number, state.count)
    )
    return NowPlaying(
        status=_status(state),
        track=f"{state.track_number}:{state.subject}" if state.track_count else "",
        title=state.title,
        album=state.playlist_title if state.playlist_title != state.title else "",
        sentence=state.number,
        position_us=state.heard * US_PER_CODE_POINT,
        length_us=state.length * US_PER_CODE_POINT,
        speed=state.speed,
        volume=state.volume / 100,
        repeat=state.repeat,
        can_go_next=is_begun and number < count,
        can_go_previous=is_begun,
        can_seek=is_begun,
    )


def _status(state: ListeningState) -> Status:
    if state.phase == "idle":
        return "Stopped"
    is_waiting = state.phase == "thinking" and state.thinking_left_s is None
    return "Playing" if state.is_sounding and not is_waiting else "Paused"
