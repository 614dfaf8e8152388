"""Exporting sound files: what, how and where; how far it is; how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.audio_names import AudioFormat, Cover
from stalin_study.domain.audio_tracks import (
    AudioTrack,
    asking_tracks,
    estimated_ms,
    reading_tracks,
)
from stalin_study.domain.deck import Deck
from stalin_study.domain.playlists import Contents, card_of, playlist_of, playlists
from stalin_study.domain.wording import count_of, duration
from stalin_study.services.audio_export import AudioExport, ExportPlan
from stalin_study.services.audio_files import MP3_BITS_PER_SECOND
from stalin_study.services.audio_folder import ExportReport
from stalin_study.services.settings import PupilSettings

LEAST_THINKING_S, MOST_THINKING_S, USUAL_THINKING_S = 1, 60, 6
_WAV_BYTES_A_MS = 44.1
BUSY = "Another export is still going on. Wait for it, or cancel it first."
NOTHING = "There is nothing to export here. Choose something else."
READING_TELLS = {
    Contents.KEY_POINTS: "The key points of each card, read aloud.",
    Contents.EVERY_POINT: "Every point of each card, read aloud.",
    Contents.WITH_NOTES: "Every point of each card with the editor’s notes, read aloud.",
}
OTHER_TELLS = "Read aloud from start to end."
ASKING_TELLS = "Questions, each with {} to think before its answer."

Phase = Literal["choosing", "exporting", "done", "cancelled", "failed"]


class ExportMode(StrEnum):
    """What is read: all that is there, or questions with time to think and their answers."""

    READING = "reading"
    ASKING = "asking"


@dataclass(frozen=True, slots=True)
class AudioExportState:
    """What is chosen, and how the export goes.

    `choices` are ids and titles of playlists. `thinking_s` is the pause before an answer.
    `can_ask` says whether `playlist` has questions, `has_points` whether `contents` matters.
    `estimate` says how much it will be. `done` of `total` sentences are written, now of the track
    `title`. `made_in` is the folder with whole files. `message` is a sentence for the pupil.
    """

    choices: tuple[tuple[str, str], ...]
    playlist: str
    folder: Path
    audio_format: AudioFormat = AudioFormat.MP3
    mode: ExportMode = ExportMode.READING
    contents: Contents = Contents.EVERY_POINT
    thinking_s: int = USUAL_THINKING_S
    can_ask: bool = True
    has_points: bool = True
    estimate: str = ""
    phase: Phase = "choosing"
    done: int = 0
    total: int = 0
    title: str = ""
    made_in: Path | None = None
    message: str = ""


class AudioExportPresenter(QObject):
    """Keeps the choices until the app is closed; `ended(sentence)` when an export is over."""

    state_changed = Signal(object)
    ended = Signal(str)

    def __init__(
        self,
        deck: Deck,
        settings: PupilSettings,
        export: AudioExport,
        today: Callable[[], date],
        folder: Path,
        voice_title: Callable[[str], str] = lambda _: "a computer voice",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._settings = settings
        self._export = export
        self._today = today
        self._voice_title = voice_title
        self._tracks: tuple[AudioTrack, ...] = ()
        self._made_of: object = None
        choices = tuple((one.id, one.title) for one in playlists(deck))
        self.state = AudioExportState(choices, choices[0][0] if choices else "", folder)
        export.progress_changed.connect(self._take_progress)
        export.finished.connect(self._take_end)
        export.cancelled.connect(self._take_cancelled)
        export.failed.connect(self._take_failure)

    def open(self, playlist: str = "") -> None:
        """The choices come into view, with a playlist to begin with (a card's, too)."""
        if self.state.phase == "exporting":
            return
        settings = self._settings.settings
        self._choose(
            contents=settings.reading_contents,
            thinking_s=max(settings.thinking_s or USUAL_THINKING_S, LEAST_THINKING_S),
        )
        self.choose_playlist(playlist or self.state.playlist)

    def choose_playlist(self, playlist: str) -> None:
        """Export this one; its questions, only where it has some."""
        found = playlist_of(self._deck, playlist)
        if found is None:
            return
        choices = tuple((one.id, one.title) for one in playlists(self._deck))
        if playlist not in dict(choices):
            choices = ((playlist, f"Card: {found.title}"), *choices)
        has_cards = any(card_of(self._deck, track.id) for track in found.tracks)
        mode = self.state.mode if has_cards else ExportMode.READING
        self._choose(
            choices=choices, playlist=playlist, can_ask=has_cards, has_points=has_cards, mode=mode
        )

    def choose_format(self, audio_format: AudioFormat) -> None:
        """Make MP3 or WAV files."""
        self._choose(audio_format=audio_format)

    def choose_mode(self, mode: ExportMode) -> None:
        """Have the cards read, or their questions asked."""
        if mode is ExportMode.READING or self.state.can_ask:
            self._choose(mode=mode)

    def choose_contents(self, contents: Contents) -> None:
        """Have so much of each card read."""
        self._choose(contents=contents)

    def choose_thinking(self, seconds: int) -> None:
        """Leave so long to think, 1 to 60 seconds."""
        self._choose(thinking_s=min(max(seconds, LEAST_THINKING_S), MOST_THINKING_S))

    def choose_folder(self, folder: str) -> None:
        """Put the folder with the files into this one; an empty name changes nothing."""
        if folder:
            self._choose(folder=Path(folder))

    def export(self) -> None:
        """Make the files."""
        if self._export.is_running:
            self._swap(replace(self.state, message=BUSY))
            return
        plan = self._plan()
        if plan is None:
            self._swap(replace(self.state, phase="failed", message=NOTHING))
            return
        self._swap(replace(self.state, phase="exporting", made_in=None, message=""))
        if not self._export.start(plan):
            self._swap(replace(self.state, phase="failed", message=NOTHING))

    def cancel(self) -> None:
        """Stop; the files that are whole stay."""
        self._export.cancel()

    def close(self) -> None:
        """Stop for good, with the app."""
        self._export.close()

    def _choose(self, **chosen: Any) -> None:
        if self.state.phase == "exporting":
            return
        state = replace(self.state, **chosen, phase="choosing", message="", made_in=None)
        self._swap(replace(state, estimate=self._estimate(state)))

    def _estimate(self, state: AudioExportState) -> str:
        tracks = self._tracks_of(state)
        if not tracks:
            return ""
        speed = self._settings.settings.speech_speed
        total_ms = estimated_ms(tracks, speed)
        is_mp3 = state.audio_format is AudioFormat.MP3
        size = total_ms * (MP3_BITS_PER_SECOND / 8000 if is_mp3 else _WAV_BYTES_A_MS)
        megabytes = max(1, round(size / 1e6))
        at_speed = f" at {speed:g}× speed" if speed != 1 else ""
        files = count_of(len(tracks), "file")
        return f"{files}, about {duration(total_ms)}{at_speed}, {megabytes} MB."

    def _plan(self) -> ExportPlan | None:
        state, settings = self.state, self._settings.settings
        found = playlist_of(self._deck, state.playlist)
        tracks = self._tracks_of(state)
        if found is None or not tracks:
            return None
        title, tells = found.title, OTHER_TELLS
        if state.mode is ExportMode.ASKING:
            title = f"{title} - questions"
            tells = ASKING_TELLS.format(count_of(state.thinking_s, "second"))
        elif state.has_points:
            tells = READING_TELLS[state.contents]
        deck, voice = self._deck, settings.voice
        cover = Cover(
            title, tells, deck.title, deck.licence, self._voice_title(voice), self._today()
        )
        return ExportPlan(
            cover, tracks, state.folder, state.audio_format, voice, settings.speech_speed
        )

    def _tracks_of(self, state: AudioExportState) -> tuple[AudioTrack, ...]:
        gap_ms = self._settings.settings.reading_gap_ms
        made_of = state.playlist, state.mode, state.contents, state.thinking_s, gap_ms
        if made_of != self._made_of:
            found = playlist_of(self._deck, state.playlist)
            if found is None:
                self._tracks = ()
            elif state.mode is ExportMode.ASKING:
                self._tracks = asking_tracks(self._deck, found, 1000 * state.thinking_s)
            else:
                self._tracks = reading_tracks(self._deck, found, state.contents, gap_ms)
            self._made_of = made_of
        return self._tracks

    def _take_progress(self, done: int, total: int, title: str) -> None:
        self._swap(replace(self.state, done=done, total=total, title=title))

    def _take_end(self, report: ExportReport) -> None:
        made = f"{count_of(report.files, 'file')} {_is(report.files)} in “{report.folder.name}”."
        if report.left_out:
            left_out = count_of(report.left_out, "sentence")
            made = f"{made} {left_out} could not be read aloud and {_is(report.left_out)} left out."
        self._finish("done", f"{made} {report.notice}".rstrip(), report)

    def _take_cancelled(self, report: ExportReport) -> None:
        made = count_of(report.files, "file")
        kept = f"{made} of {report.count} {_is(report.files)} whole and kept"
        none = "No file was made"
        self._finish("cancelled", f"Cancelled. {kept if report.files else none}.", report)

    def _take_failure(self, sentence: str, report: ExportReport) -> None:
        self._finish("failed", sentence, report)

    def _finish(self, phase: Phase, message: str, report: ExportReport) -> None:
        made_in = report.folder if report.files else None
        self._swap(replace(self.state, phase=phase, message=message, made_in=made_in))
        self.ended.emit(message)

    def _swap(self, state: AudioExportState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
