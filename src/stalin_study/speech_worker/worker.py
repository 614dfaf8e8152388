"""The speech worker: a process of its own that turns sentences into sound files."""

from __future__ import annotations

import io
import logging
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from stalin_study.domain.spoken_text import spoken_text
from stalin_study.domain.word_times import word_times
from stalin_study.speech_worker.cache import SpeechCache
from stalin_study.speech_worker.drivers import Driver, Drivers, Sound, SpeechError
from stalin_study.speech_worker.protocol import (
    NO_ROOM,
    Failed,
    Ready,
    Render,
    Rendered,
    Reply,
    Request,
    Voice,
    Voices,
    encode,
    request_from,
)

log = logging.getLogger(__name__)

NO_VOICE = "No voice was found on this computer, so nothing can be read aloud."
NOTHING_TO_SAY = "There is nothing to read aloud in this sentence."
CANNOT_RENDER = "This sentence could not be read aloud. Try again, or choose another voice."
OTHER_VOICE = "The voice you chose is not on this computer, so another one reads."


def main() -> int:
    """Answer requests on stdin with replies on stdout until stdin ends; returns the exit code."""
    requests, replies = _pipes()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    with requests, replies:
        try:
            serve(requests, replies, Drivers())
        except BrokenPipeError:
            log.warning("The app has gone")
    return 0


class Caches:
    """A cache for each folder that is asked for, with the temporary folder to fall back on."""

    def __init__(self) -> None:
        self._caches: dict[str, SpeechCache] = {}

    def of(self, folder: str) -> SpeechCache:
        """The cache in that folder."""
        if folder not in self._caches:
            passing = Path(tempfile.gettempdir()) / f"stalin-study-speech-{os.getpid()}"
            self._caches[folder] = SpeechCache((Path(folder), passing))
        return self._caches[folder]

    def close(self) -> None:
        """Close them all."""
        for cache in self._caches.values():
            cache.close()


def serve(requests: Iterable[bytes], replies: BinaryIO, drivers: Drivers) -> None:
    """Answer one request a line; a line that is no request is answered as failed."""

    def send(reply: Reply) -> None:
        replies.write(encode(reply))
        replies.flush()

    next(iter(drivers.usable()), None)  # warm up before the first sentence comes
    send(Ready(drivers.names))
    caches = Caches()
    try:
        for line in requests:
            try:
                request = request_from(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                log.error("No request: %s", error)
                send(Failed("", CANNOT_RENDER))
            else:
                send(answer(request, drivers, caches))
    finally:
        caches.close()


def answer(request: Request, drivers: Drivers, caches: Caches) -> Reply:
    """The reply to one request; never raises for what a driver does."""
    if isinstance(request, Render):
        return _render(request, drivers, caches)
    usable = drivers.usable()
    voices = tuple(voice for one in usable for voice in drivers.voices_of(one, anew=True))
    return Voices(request.id, voices)


def _render(request: Render, drivers: Drivers, caches: Caches) -> Reply:
    error = NO_VOICE
    for driver, voice in _candidates(request, drivers):
        spoken = spoken_text(request.text, request.lexicon, driver.dialect)
        if not spoken.map:
            return Failed(request.id, NOTHING_TO_SAY)
        try:
            file, sound = _sound(request, spoken.text, driver, voice, caches)
        except Exception as problem:
            log.exception("%s could not render a sentence", driver.name)
            is_disk = isinstance(problem, OSError)
            error = NO_ROOM if is_disk else CANNOT_RENDER
            continue
        words = word_times(spoken, sound.events, sound.duration_ms)
        return Rendered(
            id=request.id,
            file=str(file),
            words=tuple((word.start_ms, word.start, word.end) for word in words),
            duration_ms=sound.duration_ms,
            exact=bool(sound.events),
            spoken=spoken.text,
            driver=driver.name,
            notice="" if request.voice.lower() in ("", voice.id.lower()) else OTHER_VOICE,
        )
    return Failed(request.id, error)


def _sound(
    request: Render, spoken: str, driver: Driver, voice: Voice, caches: Caches
) -> tuple[Path, Sound]:
    def render(file: Path) -> Sound:
        try:
            return driver.render(spoken, voice.id, request.rate_wpm, file)
        except SpeechError as error:
            if isinstance(error.__cause__, OSError):
                raise error.__cause__ from error
            raise

    if request.file:
        file = Path(request.file)
        return file, render(file)
    cache = caches.of(request.cache)
    return cache.sound(spoken, driver.name, voice.id, request.rate_wpm, render)


def _candidates(request: Render, drivers: Drivers) -> Iterable[tuple[Driver, Voice]]:
    """Drivers with the voice to use, in the order to try them: those with the wanted voice first.

    A driver without any English voice is left out.
    """
    others: list[tuple[Driver, Voice]] = []
    for driver in drivers.usable(request.attempt):
        voices = drivers.voices_of(driver)
        wanted = [voice for voice in voices if voice.id.lower() == request.voice.lower()]
        if wanted or (voices and not request.voice):
            yield driver, (wanted or voices)[0]
        elif voices:
            others.append((driver, voices[0]))
    yield from others


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the app. What libraries print goes to stderr; nowhere in a windowed program."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    try:
        os.dup2(2, 1)
    except OSError:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.close(sink)
    sys.stdout = sys.stderr or io.StringIO()
    return requests, replies


if __name__ == "__main__":
    sys.exit(main())
