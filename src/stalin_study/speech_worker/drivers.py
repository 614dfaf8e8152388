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
from stalin_study.speech_worker.onecore import (
    CreateObject,
    create_object,
    onecore_tokens,
    onecore_voice,
)
from stalin_study.speech_worker.protocol import Voice

log = logging.getLogger(__name__)
LAST_RESORT = "espeak_bundled"
NATIVE = {"win32": "sapi5", "darwin": "nsss"}
_OTHER_SCRIPT = "en-shaw"  # reads English that is written in the Shavian alphabet


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

    def __init__(
        self,
        name: str,
        make_engine: Callable[[str], Any] | None = None,
        create: CreateObject = create_object,
    ) -> None:
        self.name = name
        self.dialect = {LAST_RESORT: Dialect.ESPEAK, "sapi5": Dialect.SAPI}.get(name, Dialect.PLAIN)
        self._engine = (make_engine or _engine)(name)
        self._create = create
        self._usual_voice = self._engine.getProperty("voice")
        self._onecore: dict[str, Any] = {}
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
        own = sorted(
            filter(_is_english, found),
            key=lambda voice: (not _is_british(voice), voice.id != self._usual_voice),
        )
        return (*own, *self._more_voices(own))

    def _more_voices(self, own: Sequence[Voice]) -> tuple[Voice, ...]:
        """Those of OneCore that are not among `own` already, under a name with "Desktop"."""
        if self.name != NATIVE["win32"]:
            return ()
        self._onecore = onecore_tokens(self._create)
        names = {_plain_name(voice) for voice in own}
        found = (onecore_voice(token, self.name) for token in self._onecore.values())
        more = (voice for voice in found if voice and _plain_name(voice) not in names)
        return tuple(sorted(filter(_is_english, more), key=lambda voice: not _is_british(voice)))

    def render(self, text: str, voice: str, rate_wpm: int, file: Path) -> Sound:
        self._events.clear()
        if voice in self._onecore:
            self._engine.proxy._driver._tts.Voice = self._onecore[voice]
        else:
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
        self._voices: dict[str, tuple[Voice, ...]] = {}

    def usable(self, attempt: int = 0) -> Iterable[Driver]:
        """Those that work, in order; after a failed attempt the last resort alone."""
        for name in self.names if attempt == 0 else self.names[-1:]:
            driver = self._get(name)
            if driver is not None:
                yield driver

    def voices_of(self, driver: Driver, *, anew: bool = False) -> tuple[Voice, ...]:
        """A driver's voices, as listed before unless `anew`; none when it cannot say."""
        if anew or driver.name not in self._voices:
            try:
                self._voices[driver.name] = driver.voices()
            except Exception:
                log.exception("%s could not list its voices", driver.name)
                return ()
        return self._voices[driver.name]

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


def _is_english(voice: Voice) -> bool:
    return voice.language.startswith("en") and voice.language != _OTHER_SCRIPT


def _plain_name(voice: Voice) -> str:
    """Windows calls one voice "Microsoft Hazel Desktop - English" and "Microsoft Hazel - ..."."""
    return voice.name.split(" - ")[0].removesuffix(" Desktop")


def _is_british(voice: Voice) -> bool:
    return voice.language.startswith("en-gb")


def _duration_ms(file: Path) -> int:
    with closing(wave.open(str(file), "rb")) as sound:
        return round(1000 * sound.getnframes() / sound.getframerate())
