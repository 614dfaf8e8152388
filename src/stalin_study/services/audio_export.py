"""Exports readings as sound files, with a voice of its own, so that listening can go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.audio_names import AudioFormat, Cover
from stalin_study.domain.audio_tracks import AudioTrack
from stalin_study.domain.reading_steps import Say
from stalin_study.services.audio_files import SoundError
from stalin_study.services.audio_folder import AudioFolder, ExportReport, export_problem
from stalin_study.services.jobs import Jobs
from stalin_study.services.rendering import Rendering
from stalin_study.services.speech import NO_ENGINE, SpeechService
from stalin_study.speech_worker.protocol import NO_ROOM

log = logging.getLogger(__name__)

AHEAD = 6
FAILURES_IN_A_ROW = 3
VOICE_STOPPED = "The voice stopped working. Try again, or choose another voice."


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What to export: a folder with the cover's title is made in `folder`.

    `voice` is an id, empty for the usual one; `speed` is 0.5 to 2.
    """

    cover: Cover
    tracks: tuple[AudioTrack, ...]
    folder: Path
    audio_format: AudioFormat
    voice: str = ""
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of a track with the rest before it."""

    track: int
    text: str
    rest_ms: int
    is_last: bool


@dataclass
class _Run:
    """An export that goes on. Pieces are asked for, come as sound, are written, in this order."""

    plan: ExportPlan
    pieces: tuple[_Piece, ...]
    speech: SpeechService
    folder: AudioFolder
    asked: int = 0
    written: int = 0
    sounds: dict[int, Path | None] = field(default_factory=dict)
    has_asked_again: bool = False
    has_spoken: bool = False
    failures: int = 0
    left_out: int = 0
    notice: str = ""

    @property
    def report(self) -> ExportReport:
        count = len(self.plan.tracks)
        return ExportReport(
            self.folder.folder, self.folder.files, count, self.left_out, self.notice
        )


class AudioExport(QObject):
    """One export at a time; the voice and the thread that writes are made when first needed.

    The voices that `make_speech` makes render WAV files and are closed after each export. Signals:
    sentences done, of how many, and the track's title; an `ExportReport` at the end, or when what
    was cancelled is cleared away; a sentence for the pupil when it had to stop, with the report.
    """

    progress_changed = Signal(int, int, str)
    finished = Signal(object)
    cancelled = Signal(object)
    failed = Signal(str, object)

    def __init__(
        self,
        make_speech: Callable[[], SpeechService],
        make_jobs: Callable[[], Jobs],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_speech = make_speech
        self._make_jobs = make_jobs
        self._jobs: Jobs | None = None
        self._run: _Run | None = None
        self._is_clearing = self._is_closed = False

    @property
    def is_running(self) -> bool:
        """Whether an export goes on, or what is left of one is being cleared away."""
        return self._run is not None or self._is_clearing

    def start(self, plan: ExportPlan) -> bool:
        """Begin, unless another one goes on or there is nothing to say."""
        if self.is_running or self._is_closed:
            return False
        pieces = _pieces(plan)
        if not pieces:
            return False
        if self._jobs is None:
            self._jobs = self._make_jobs()
        speech = self._make_speech()
        titles = tuple(track.title for track in plan.tracks)
        folder = AudioFolder(plan.folder, plan.cover, titles, plan.audio_format)
        run = self._run = _Run(plan, pieces, speech, folder)
        speech.rendered.connect(self._take_rendering)
        speech.failed.connect(self._take_failure)
        self._tell_progress(run)
        self._ask_ahead(run)
        return True

    def cancel(self) -> None:
        """Stop; whole files stay. `cancelled` tells when the rest is cleared away."""
        if self._run is not None:
            self._end(self._run, self.cancelled.emit)

    def close(self) -> None:
        """Stop without a word, and export no more."""
        self._is_closed = True
        if self._run is not None:
            self._end(self._run, lambda _: None)
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    def _ask_ahead(self, run: _Run) -> None:
        while run.asked < min(run.written + AHEAD, len(run.pieces)) and run is self._run:
            run.asked += 1
            self._ask(run, run.asked - 1)

    def _ask(self, run: _Run, number: int) -> None:
        run.speech.render(str(number), run.pieces[number].text, run.plan.voice, run.plan.speed)

    def _take_rendering(self, rendering: Rendering) -> None:
        run = self._run
        if run is not None:
            run.has_spoken, run.failures = True, 0
            run.notice = run.notice or rendering.notice
            run.sounds[int(rendering.utterance_id)] = rendering.file
            self._write_next(run)

    def _take_failure(self, utterance_id: str, sentence: str) -> None:
        run = self._run
        if run is None:
            return
        run.failures += 1
        if sentence in (NO_ENGINE, NO_ROOM):
            self._stop(run, sentence)
        elif not run.has_spoken or run.failures >= FAILURES_IN_A_ROW:
            self._stop(run, VOICE_STOPPED)
        else:
            run.sounds[int(utterance_id)] = None
            run.left_out += 1
            self._write_next(run)

    def _write_next(self, run: _Run) -> None:
        if run.written not in run.sounds or self._jobs is None:
            return
        piece, sound = run.pieces[run.written], run.sounds.pop(run.written)
        self._jobs.run(
            lambda: _write(run.folder, piece, sound),
            lambda _: self._take_written(run),
            lambda error: self._take_problem(run, error),
        )

    def _take_written(self, run: _Run) -> None:
        if run is not self._run:
            return
        run.has_asked_again = False
        run.written += 1
        self._tell_progress(run)
        if run is not self._run:
            return  # whoever was told has cancelled
        if run.written == len(run.pieces):
            self._end(run, self.finished.emit, run.folder.finish)
        else:
            self._ask_ahead(run)
            self._write_next(run)

    def _take_problem(self, run: _Run, error: Exception) -> None:
        if run is not self._run:
            return
        if isinstance(error, SoundError) and not run.has_asked_again:
            log.info("A sentence is asked for again: %s", error)
            run.has_asked_again = True
            self._ask(run, run.written)
            return
        log.info("The export stops: %r", error)
        is_sound = isinstance(error, SoundError)
        self._stop(run, VOICE_STOPPED if is_sound else export_problem(error))

    def _stop(self, run: _Run, sentence: str) -> None:
        self._end(run, lambda report: self.failed.emit(sentence, report))

    def _end(
        self,
        run: _Run,
        tell: Callable[[ExportReport], object],
        finish: Callable[[], None] = lambda: None,
    ) -> None:
        """Let the voice go, finish on the other thread or clear up there, then tell."""
        self._run = None
        run.speech.rendered.disconnect(self._take_rendering)
        run.speech.failed.disconnect(self._take_failure)
        run.speech.close()
        run.speech.deleteLater()
        if self._jobs is None:
            return
        self._is_clearing = True

        def work() -> ExportReport:
            try:
                finish()
            finally:
                run.folder.drop()
            return run.report

        def done(tell_end: Callable[[], object]) -> None:
            self._is_clearing = False
            if not self._is_closed:
                tell_end()

        self._jobs.run(
            work,
            lambda report: done(lambda: tell(report)),
            lambda error: done(lambda: self.failed.emit(export_problem(error), run.report)),
        )

    def _tell_progress(self, run: _Run) -> None:
        piece = run.pieces[min(run.written, len(run.pieces) - 1)]
        title = run.plan.tracks[piece.track].title
        self.progress_changed.emit(run.written, len(run.pieces), title)


def _write(folder: AudioFolder, piece: _Piece, sound: Path | None) -> None:
    folder.add(piece.track, piece.rest_ms, sound)
    if piece.is_last:
        folder.finish_track(piece.track)


def _pieces(plan: ExportPlan) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    for number, track in enumerate(plan.tracks):
        rest_ms, texts = 0, []
        for step in track.steps:
            if isinstance(step, Say):
                texts.append((step.utterance.text, rest_ms))
                rest_ms = 0
            else:
                rest_ms += step.ms or 0
        last = len(texts) - 1
        pieces += (
            _Piece(number, text, before_ms, place == last)
            for place, (text, before_ms) in enumerate(texts)
        )
    return tuple(pieces)
