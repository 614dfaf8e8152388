"""What the Listen page plays: which playlist, how much of it, and where it was left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card_text import Block, TextSpan
from stalin_study.domain.deck import Deck
from stalin_study.domain.playlists import (
    DECK,
    PEOPLE,
    TERMS,
    TIMELINE,
    Contents,
    Playlist,
    Track,
    card_playlist,
    is_of_card,
    playlist_of,
    playlists,
    track_blocks,
    track_length,
)
from stalin_study.domain.reading_steps import MS_A_CODE_POINT
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.readings import playlist_reading
from stalin_study.presenters.listening.state import ListeningState, Phase
from stalin_study.services.listening_places import KeptPlace, ListeningPlaces
from stalin_study.services.settings import PupilSettings, Settings

_WITHOUT_CONTENTS = (TIMELINE, PEOPLE, TERMS)


@dataclass(frozen=True, slots=True)
class PlaylistChoice:
    """A playlist to choose; `minutes` is about how long it takes at the speed of now."""

    id: str
    title: str
    tracks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A track of the chosen playlist; the current one is read, or would be by Play."""

    id: str
    title: str
    group: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ListenState:
    """What there is to listen to, what is chosen of it, and the text of the current track.

    `is_read` says whether the chosen playlist is the one that is read or paused, and `phase` is
    "idle" when it is not. `left_at` is a sentence, or empty when Play begins at the start;
    `left_title` the track that Play goes on with. `title` and `blocks` are of the current track.
    """

    playlists: tuple[PlaylistChoice, ...] = ()
    playlist: str = DECK
    tracks: tuple[TrackLine, ...] = ()
    contents: Contents = Contents.EVERY_POINT
    has_contents: bool = True
    is_read: bool = False
    phase: Phase = "idle"
    left_at: str = ""
    left_title: str = ""
    title: str = ""
    blocks: tuple[Block, ...] = ()
    sentence: TextSpan | None = None
    word: TextSpan | None = None


class ListenPresenter(QObject):
    """Chooses what is read, and keeps where each playlist was left; `state_changed(state)`."""

    state_changed = Signal(object)

    def __init__(
        self,
        deck: Deck,
        settings: PupilSettings,
        listening: ListeningPresenter,
        places: ListeningPlaces,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._settings = settings
        self._listening = listening
        self._places = places
        self._all = playlists(deck)
        self._contents = settings.settings.reading_contents
        self._lengths: dict[tuple[str, Contents], int] = {}
        latest = places.latest
        kept = playlist_of(deck, latest[0]) if latest is not None else None
        self._playlist = kept or playlist_of(deck, DECK) or Playlist(DECK, "", ())
        self._offered: Playlist | None = None
        self._heard_playlist = ""
        self._lines_for: tuple[Playlist, Track | None] | None = None
        self._known_lines: tuple[TrackLine, ...] = ()
        self._choices: tuple[PlaylistChoice, ...] = ()
        self._choices_for: object = None
        self.state = self._next()
        listening.place_changed.connect(places.keep)
        listening.state_changed.connect(self._take_listening)
        settings.settings_changed.connect(self._take_settings)

    def choose_playlist(self, playlist_id: str) -> None:
        """Have this one on the page; what is being read goes on until Play."""
        found = playlist_of(self._deck, playlist_id)
        if found is not None:
            self._playlist = found
            self._show()

    def offer_card(self, card_id: str) -> None:
        """Have one card among what can be chosen, in place of the one before."""
        self._offered = playlist_of(self._deck, card_playlist(card_id))
        self._show()

    def choose_contents(self, contents: Contents) -> None:
        """Read so much of each card, also later; what is read of it now goes on at its place."""
        self._settings.change(reading_contents=contents)

    def play(self) -> None:
        """Go on where this playlist was paused or left; else read it from the start."""
        if self.state.is_read:
            self._listening.resume()
        else:
            self._begin(kept=self._places.place(self._playlist.id))

    def play_from_start(self) -> None:
        """Read the first track."""
        self._begin()

    def play_track(self, number: int) -> None:
        """Read a track of the chosen playlist, counted from 0."""
        if self.state.is_read:
            self._listening.go_to_track(number)
        elif 0 <= number < len(self._playlist.tracks):
            self._begin(number)

    def toggle(self) -> None:
        """Play or pause."""
        if self.state.is_read:
            self._listening.toggle()
        else:
            self.play()

    def seek_word(self, block: str, offset: int) -> None:
        """Go to a word of the text on the page; begin there when nothing of it is read."""
        track = self._current_track(self._listening.state)
        if self.state.is_read:
            self._listening.seek_word(block, offset)
        elif track is not None:
            self._begin(kept=KeptPlace(track.id, block, offset))

    def _begin(self, track: int = 0, kept: KeptPlace | None = None) -> None:
        settings = self._settings.settings
        reading = playlist_reading(
            self._deck, self._playlist, self._contents, settings.reading_gap_ms
        )
        self._listening.play(reading, track, kept)

    def _take_settings(self, settings: Settings) -> None:
        if settings.reading_contents == self._contents:
            return
        self._contents = settings.reading_contents
        listening = self._listening.state
        if self.state.is_read and self.state.has_contents:
            kept, is_paused = self._same_place(listening), listening.phase == "paused"
            self._begin(kept=kept)
            if is_paused:
                self._listening.pause()
        self._show()

    def _same_place(self, listening: ListeningState) -> KeptPlace | None:
        """Where the reading is, or the nearest place before it that is still to be read."""
        span = listening.word or listening.sentence
        kept = self._places.place(self._playlist.id)
        if span is not None:
            kept = KeptPlace(listening.subject, span.block, span.start)
        if kept is None:
            return None
        read = {block.key for block in self._blocks_of(kept.track)}
        if kept.block in read:
            return kept
        keys = [block.key for block in listening.blocks]
        before = keys[: keys.index(kept.block)] if kept.block in keys else []
        nearest = next((key for key in reversed(before) if key in read), "")
        return KeptPlace(kept.track, nearest, 0)

    def _take_listening(self, listening: ListeningState) -> None:
        if listening.playlist != self._heard_playlist:
            self._heard_playlist = listening.playlist
            begun = playlist_of(self._deck, listening.playlist) if listening.playlist else None
            self._playlist = begun or self._playlist
        self._show()

    def _show(self) -> None:
        state = self._next()
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _next(self) -> ListenState:
        listening, playlist = self._listening.state, self._playlist
        is_ours = listening.playlist == playlist.id
        is_read = is_ours and listening.phase != "idle"
        left = None if is_read else self._left_track()
        track = self._current_track(listening)
        blocks = listening.blocks if is_read else self._blocks_of(track.id if track else "")
        return ListenState(
            playlists=self._choices_now(listening.speed),
            playlist=playlist.id,
            tracks=self._lines(playlist, track),
            contents=self._contents,
            has_contents=playlist.id not in _WITHOUT_CONTENTS,
            is_read=is_read,
            phase=listening.phase if is_read else "idle",
            left_at=f"You stopped at “{left.title}”." if left is not None else "",
            left_title=left.title if left is not None else "",
            title=track.title if track is not None else "",
            # A note is read in its place or not at all: here it cannot be opened.
            blocks=tuple(replace(one, has_note=False) if one.has_note else one for one in blocks),
            sentence=listening.sentence if is_read else None,
            word=listening.word if is_read else None,
        )

    def _current_track(self, listening: ListeningState) -> Track | None:
        tracks = self._playlist.tracks
        if listening.playlist == self._playlist.id and listening.phase != "idle":
            return next((one for one in tracks if one.id == listening.subject), None)
        return self._left_track() or (tracks[0] if tracks else None)

    def _lines(self, playlist: Playlist, current: Track | None) -> tuple[TrackLine, ...]:
        """Made anew only when they differ: this is called at every word."""
        if self._lines_for != (playlist, current):
            self._lines_for = playlist, current
            self._known_lines = tuple(
                TrackLine(one.id, one.title, one.group, one is current) for one in playlist.tracks
            )
        return self._known_lines

    def _left_track(self) -> Track | None:
        kept = self._places.place(self._playlist.id)
        if kept is None:
            return None
        return next((one for one in self._playlist.tracks if one.id == kept.track), None)

    def _blocks_of(self, track_id: str) -> tuple[Block, ...]:
        return track_blocks(self._deck, track_id, self._contents)

    def _choices_now(self, speed: float) -> tuple[PlaylistChoice, ...]:
        """All playlists, the offered card and the chosen one; counted when need be."""
        known = {one.id for one in self._all}
        cards = (self._playlist, self._offered)
        extra = tuple({one.id: one for one in cards if one and one.id not in known}.values())
        wanted = (extra, speed, self._contents)
        if wanted != self._choices_for:
            self._choices_for = wanted
            self._choices = tuple(self._choice(one, speed) for one in (*extra, *self._all))
        return self._choices

    def _choice(self, playlist: Playlist, speed: float) -> PlaylistChoice:
        length = sum(self._length(track.id) for track in playlist.tracks)
        minutes = max(1, round(length * MS_A_CODE_POINT / (60_000 * speed)))
        title = f"Card: {playlist.title}" if is_of_card(playlist) else playlist.title
        return PlaylistChoice(playlist.id, title, len(playlist.tracks), minutes)

    def _length(self, track_id: str) -> int:
        key = track_id, self._contents
        if key not in self._lengths:
            self._lengths[key] = track_length(self._deck, track_id, self._contents)
        return self._lengths[key]
