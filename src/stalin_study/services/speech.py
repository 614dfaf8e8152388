"""The app's side of the speech worker: starts it, watches it, asks it for sentences."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.word_times import WordTime
from stalin_study.services.narration import Narration
from stalin_study.services.rendering import Rendering
from stalin_study.speech_worker.protocol import (
    DEFAULT_RATE_WPM,
    Failed,
    ListVoices,
    Ready,
    Render,
    Rendered,
    Reply,
    Voices,
    encode,
    reply_from,
)

log = logging.getLogger(__name__)

PATIENCE_MS = 5000
PATIENCE_PER_CHAR_MS = 20
CLOSING_MS = 300
NO_ENGINE = "The voice could not be started, so nothing can be read aloud. Try again later."
NO_ANSWER = "The voice stopped working on this sentence. Try again, or go to the next one."


class SpeechService(QObject):
    """Has sentences rendered one after another by a worker process, started when first needed.

    Sentences of the recorded narration need no worker. Sounds are kept in the folder `cache`. A
    worker that crashes or hangs is replaced, and its sentence tried once more. Signals: a
    `Rendering`; the id of a sentence and why it failed; a tuple of `Voice`.
    """

    rendered = Signal(object)
    failed = Signal(str, str)
    voices_listed = Signal(object)

    def __init__(
        self,
        program: str,
        arguments: Sequence[str],
        cache: Path,
        lexicon: Iterable[LexiconEntry] = (),
        narration: Narration | None = None,
        *,
        patience_ms: int = PATIENCE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._arguments = list(arguments)
        self._lexicon = tuple(lexicon)
        self._patience_ms = patience_ms
        self._cache = str(cache.absolute())
        self._narration = narration
        self._process: QProcess | None = None
        self._is_ready = False
        self._waiting: deque[Render | ListVoices] = deque()
        self._asked: Render | ListVoices | None = None
        self._recorded: deque[Rendering] = deque()
        self._speeds: dict[str, float] = {}
        self._is_wanted = False
        self._watchdog = QTimer(self, singleShot=True)
        self._watchdog.timeout.connect(self._give_up_waiting)

    @property
    def worker_id(self) -> int:
        """The process id of the worker; 0 while there is none."""
        return self._process.processId() if self._process is not None else 0

    def warm_up(self) -> None:
        """Start the worker now, so that the first sentence comes soon."""
        if self._process is None:
            self._start()

    def render(self, utterance_id: str, text: str, voice: str = "", speed: float = 1.0) -> None:
        """Ask for a sentence; `rendered` or `failed` answers later, unless it is cancelled.

        `voice` is an id, empty for the recorded narration or else the best voice.
        """
        recorded = self._narration.find(text) if self._narration and not voice else None
        if recorded is not None:
            found = replace(recorded, utterance_id=utterance_id)
            self._recorded.append(found)
            QTimer.singleShot(0, self, self._tell_recorded)
            return
        lexicon = tuple(entry for entry in self._lexicon if _may_hold(text, entry))
        rate_wpm = round(DEFAULT_RATE_WPM * speed)
        self._waiting.append(
            Render(
                utterance_id,
                text,
                lexicon=lexicon,
                voice=voice,
                rate_wpm=rate_wpm,
                cache=self._cache,
            )
        )
        self._speeds[utterance_id] = speed
        self._ask_next()

    def list_voices(self) -> None:
        """Ask for the voices; `voices_listed` answers."""
        self._waiting.append(ListVoices("voices"))
        self._ask_next()

    def cancel(self) -> None:
        """Drop sentences not answered yet; the worker may finish one of them unheard."""
        self._waiting = deque(one for one in self._waiting if isinstance(one, ListVoices))
        self._recorded.clear()
        self._speeds.clear()
        if isinstance(self._asked, Render):
            self._is_wanted = False

    def close(self) -> None:
        """End the worker, by force if it does not end soon."""
        self.cancel()
        self._waiting.clear()
        self._watchdog.stop()
        process = self._let_go()
        if process is not None:
            process.closeWriteChannel()
            if not process.waitForFinished(CLOSING_MS):
                process.kill()
                process.waitForFinished(CLOSING_MS)
            process.deleteLater()
        self._asked = None

    def _ask_next(self) -> None:
        if self._asked is None and self._waiting:
            self._asked = self._waiting.popleft()
            self._is_wanted = True
            self._send()

    def _send(self) -> None:
        if self._asked is None:
            return
        if self._process is None:
            self._start()
        if self._is_ready and self._process is not None:
            self._process.write(encode(self._asked))
            length = len(self._asked.text) if isinstance(self._asked, Render) else 0
            self._watchdog.start(self._patience_ms + PATIENCE_PER_CHAR_MS * length)

    def _start(self) -> None:
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._log_errors)
        process.finished.connect(self._take_end)
        process.errorOccurred.connect(self._take_error)
        self._process = process
        self._is_ready = False
        self._watchdog.start(4 * self._patience_ms)  # a cold start from a network drive is slow
        process.start(self._program, self._arguments)

    def _read(self) -> None:
        process = self._process
        while process is not None and process is self._process and process.canReadLine():
            line = bytes(process.readLine().data())
            try:
                reply = reply_from(line)
            except msgspec.MsgspecError:
                log.warning("The speech worker said something else: %r", line[:200])
                continue
            self._take(reply)

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Ready):
            self._is_ready = True
            self._watchdog.stop()
            self._send()
            return
        asked, is_wanted = self._asked, self._is_wanted
        if asked is None or reply.id != asked.id:
            log.warning("The speech worker answered what was not asked: %s", reply.id)
            return
        self._watchdog.stop()
        self._asked = None
        if is_wanted:
            self._tell(reply)
        self._ask_next()

    def _tell(self, reply: Rendered | Voices | Failed) -> None:
        if isinstance(reply, Rendered):
            words = tuple(WordTime(*word) for word in reply.words)
            self.rendered.emit(
                Rendering(
                    reply.id,
                    Path(reply.file),
                    words,
                    reply.duration_ms,
                    reply.exact,
                    self._speeds.pop(reply.id, 1.0),
                    reply.notice,
                )
            )
        elif isinstance(reply, Voices):
            self.voices_listed.emit(reply.voices)
        else:
            self.failed.emit(reply.id, reply.error)

    def _tell_recorded(self) -> None:
        if self._recorded:
            self.rendered.emit(self._recorded.popleft())

    def _log_errors(self) -> None:
        if self._process is not None:
            for line in bytes(self._process.readAllStandardError().data()).splitlines():
                log.warning("Speech worker: %s", line.decode("utf-8", "replace"))

    def _take_end(self) -> None:
        code = self._process.exitCode() if self._process is not None else 0
        log.warning("The speech worker ended by itself with code %d", code)
        self._replace_worker(NO_ANSWER)

    def _take_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            log.error("The speech worker cannot be started: %s", self._program)
            self._replace_worker(NO_ENGINE)

    def _give_up_waiting(self) -> None:
        log.warning("The speech worker does not answer")
        self._replace_worker(NO_ANSWER if self._is_ready else NO_ENGINE)

    def _replace_worker(self, complaint: str) -> None:
        """The worker is lost: try its sentence once more with a new one, else complain."""
        self._watchdog.stop()
        process = self._let_go()
        if process is not None:
            if process.state() != QProcess.ProcessState.NotRunning:
                process.kill()
                process.waitForFinished(CLOSING_MS)
            process.deleteLater()
        asked = self._asked
        if asked is None:
            return
        if self._is_wanted and isinstance(asked, Render) and asked.attempt == 0:
            self._asked = msgspec.structs.replace(asked, attempt=1)
            self._send()
            return
        self._asked = None
        if self._is_wanted:
            self.failed.emit(asked.id, complaint)
        self._ask_next()

    def _let_go(self) -> QProcess | None:
        """Hear no more of the worker."""
        process, self._process = self._process, None
        self._is_ready = False
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.readyReadStandardError.disconnect(self._log_errors)
            process.finished.disconnect(self._take_end)
            process.errorOccurred.disconnect(self._take_error)
        return process


def _may_hold(text: str, entry: LexiconEntry) -> bool:
    folded = text.lower()
    return any(form.split(" ")[0].lower().removesuffix("'s") in folded for form in entry.written)
