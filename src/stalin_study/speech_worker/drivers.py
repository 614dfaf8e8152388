"""The pyttsx3 drivers of this computer in the order in which they are tried, and their voices."""

from __future__ import annotations

import logging
import subprocess
import sys
import wave
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from stalin_study.domain.pronunciations import Dialect
from stalin_study.speech_worker.protocol import Voice

log = logging.getLogger(__name__)
LAST_RESORT = "espeak_bundled"
NATIVE = {"win32": "sapi5", "darwin": "nsss"}


class SpeechError(Exception):
    """A driver could not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A rendered file: word events (milliseconds, code point of the text), empty if not known."""

    duration_ms: int
    events: tuple[tuple[int, int], ...]


class Driver(Protocol):
    """One way to make speech."""

    name: str
    dialect: Dialect

    def voices(self) -> tuple[Voice, ...]:
        """English voices, the best first; SpeechError or another exception when it cannot say."""

    def render(self, text: str, voice: str, rate_wpm: int, file: Path) -> Sound:
        """Write `text` as WAV into `file`; SpeechError or another exception when it cannot."""


def preferred_drivers(platform: str = sys.platform) -> tuple[str, ...]:
    """Driver names in order: the system's own, then espeak-ng, which is always with the app."""
    native = NATIVE.get(platform)
    return (native, LAST_RESORT) if native else (LAST_RESORT,)


class Pyttsx3Driver:
    """A pyttsx3 engine with one driver; to be made and used on one thread."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dialect = {LAST_RESORT: Dialect.ESPEAK, "sapi5": Dialect.SAPI}.get(name, Dialect.PLAIN)
        self._engine = _engine(name)
        self._errors: list[BaseException] = []
        self._events: list[tuple[int, int]] = []
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))
        self._engine.connect("started-word", self._take_word)
        self._is_synchronous = name != "nsss"
        if self._is_synchronous:
            # WORKAROUND: pyttsx3 2.99 may loop for ever in a second runAndWait() of SAPI5. In an
            # outer loop of our own every command runs at once, so none is needed.
            self._engine.startLoop(False)
            self._engine.iterate()

    def voices(self) -> tuple[Voice, ...]:
        found = [
            Voice(str(voice.id), str(voice.name), _language(voice.languages), self.name)
            for voice in self._engine.getProperty("voices")
        ]
        current = self._engine.getProperty("voice")
        english = [voice for voice in found if voice.language.startswith("en")]
        return tuple(
            sorted(english, key=lambda voice: (not _is_british(voice), voice.id != current))
        )

    def render(self, text: str, voice: str, rate_wpm: int, file: Path) -> Sound:
        self._events.clear()
        self._do(lambda: self._engine.setProperty("voice", voice))
        self._do(lambda: self._engine.setProperty("rate", rate_wpm))
        if self._is_synchronous:
            self._do(lambda: self._engine.save_to_file(text, str(file)))
        else:
            self._render_as_aiff(text, file)
        return Sound(_duration_ms(file), tuple(self._events))

    def _render_as_aiff(self, text: str, file: Path) -> None:
        """macOS writes AIFF; its own converter makes a WAV of it. Not run yet on any Mac."""
        aiff = file.with_suffix(".aiff")
        try:
            # WORKAROUND: pyttsx3 2.99 would end the second loop before the speech has ended: busy
            # until the loop starts keeps the commands in order.
            self._engine.proxy.setBusy(True)
            self._do(lambda: self._engine.save_to_file(text, str(aiff)))
            self._do(self._engine.runAndWait)
            command = ["/usr/bin/afconvert", "-f", "WAVE", "-d", "LEI16", str(aiff), str(file)]
            subprocess.run(command, check=True, capture_output=True, timeout=20)
        finally:
            with suppress(OSError):
                aiff.unlink()

    def _do(self, command: Callable[[], object]) -> None:
        """pyttsx3 reports what goes wrong in its queue as an event, not as an exception."""
        self._errors.clear()
        command()
        if self._errors:
            raise SpeechError(f"{self.name}: {self._errors[0]}") from self._errors[0]

    def _take_word(
        self, name: str, location: int, length: int, audio_ms: int | None = None
    ) -> None:
        if audio_ms is not None:
            self._events.append((audio_ms, location))


class Drivers:
    """Makes drivers when first needed, leaves out those that fail."""

    def __init__(
        self,
        names: Iterable[str] = preferred_drivers(),
        make: Callable[[str], Driver] = Pyttsx3Driver,
    ) -> None:
        self.names = tuple(names)
        self._make = make
        self._made: dict[str, Driver | None] = {}

    def usable(self, attempt: int = 0) -> Iterable[Driver]:
        """Those that work, in order; after a failed attempt the last resort alone."""
        for name in self.names if attempt == 0 else self.names[-1:]:
            driver = self._get(name)
            if driver is not None:
                yield driver

    def _get(self, name: str) -> Driver | None:
        if name not in self._made:
            try:
                self._made[name] = self._make(name)
            except Exception:
                log.exception("The speech driver %s cannot be used", name)
                self._made[name] = None
        return self._made[name]


def _engine(name: str) -> Any:
    import pyttsx3

    if name == LAST_RESORT:
        from stalin_study.speech_worker import espeak_bundled

        sys.modules.setdefault(f"pyttsx3.drivers.{name}", espeak_bundled)
    return pyttsx3.init(name)


def _language(languages: Sequence[str | bytes]) -> str:
    first = languages[0] if languages else ""
    if isinstance(first, bytes):
        first = first.decode("ascii", "ignore")
    return str(first or "").strip("\x00\x05").replace("_", "-").lower()


def _is_british(voice: Voice) -> bool:
    return voice.language.startswith("en-gb")


def _duration_ms(file: Path) -> int:
    with closing(wave.open(str(file), "rb")) as sound:
        return round(1000 * sound.getnframes() / sound.getframerate())
