"""A pyttsx3 driver: espeak-ng from the espeakng-loader wheel, synchronous, with exact word times.

pyttsx3 finds drivers by module name, so `drivers.py` registers this one as
`pyttsx3.drivers.espeak_bundled`. It only renders to files; camelCase names are pyttsx3's.
"""

from __future__ import annotations

import ctypes
import os
import wave
from collections.abc import Iterator
from ctypes import POINTER, c_char, c_char_p, c_int, c_short, c_size_t, c_ubyte, c_uint, c_void_p
from pathlib import Path
from typing import Any, NoReturn

DEFAULT_VOICE = "gmw/en"
SLOWEST_WPM, FASTEST_WPM = 80, 450

# speak_lib.h of espeak-ng 1.52
_AUDIO_OUTPUT_SYNCHRONOUS = 2
_INITIALIZE_DONT_EXIT = 0x8000
_CHARS_UTF8 = 1
_PHONEMES = 0x100
_END_PAUSE = 0x1000
_POS_CHARACTER = 1
_RATE, _VOLUME = 1, 2
_EVENT_WORD = 1


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("unique_identifier", c_uint),
        ("text_position", c_int),
        ("length", c_int),
        ("audio_position", c_int),
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", c_char * 8),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", c_char_p),
        ("languages", c_void_p),
        ("identifier", c_char_p),
        ("gender", c_ubyte),
        ("age", c_ubyte),
        ("variant", c_ubyte),
        ("xx1", c_ubyte),
        ("score", c_int),
        ("spare", c_void_p),
    )


_SynthCallback = ctypes.CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(_Event))


def _load() -> tuple[ctypes.CDLL, int]:
    """The library, started, and its sample rate in Hz; RuntimeError or OSError if it cannot."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize.argtypes = [c_int, c_int, c_char_p, c_int]
    library.espeak_Synth.argtypes = [
        c_void_p,
        c_size_t,
        c_uint,
        c_int,
        c_uint,
        c_uint,
        c_void_p,
        c_void_p,
    ]
    library.espeak_SetSynthCallback.argtypes = [_SynthCallback]
    library.espeak_SetVoiceByName.argtypes = [c_char_p]
    library.espeak_ListVoices.argtypes = [c_void_p]
    library.espeak_ListVoices.restype = POINTER(POINTER(_Voice))
    data = Path(espeakng_loader.get_data_path())
    # WORKAROUND: espeak-ng 1.52 cuts data paths off after about 160 bytes and opens files by the
    # code page on Windows. A relative path avoids both, and it goes on reading files there later.
    os.chdir(data.parent)
    sample_rate = library.espeak_Initialize(
        _AUDIO_OUTPUT_SYNCHRONOUS, 0, os.fsencode(data.name), _INITIALIZE_DONT_EXIT
    )
    if sample_rate <= 0:
        raise RuntimeError(f"espeak-ng could not start with its data in {data}")
    return library, sample_rate


def buildDriver(proxy: Any) -> EspeakDriver:
    """What pyttsx3 calls to make the driver."""
    return EspeakDriver(proxy)


class EspeakDriver:
    """Changes the working folder of its process for good; only the speech worker makes one."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._library, self._sample_rate = _load()
        self._pcm = bytearray()
        self._words: list[tuple[int, int, int]] = []
        self._callback = _SynthCallback(self._take)  # kept: the library holds only a pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""
        self.setProperty("voice", DEFAULT_VOICE)

    def save_to_file(self, text: str, filename: str) -> None:
        """Render `text` as WAV (mono, 16 bits) and report each word with its time in audio_ms."""
        self._proxy.setBusy(True)
        try:
            self._proxy.notify("started-utterance")
            self._pcm.clear()
            self._words.clear()
            encoded = text.encode("utf-8", "replace") + b"\0"
            flags = _CHARS_UTF8 | _PHONEMES | _END_PAUSE
            failure = self._library.espeak_Synth(
                encoded, len(encoded), 0, _POS_CHARACTER, 0, flags, None, None
            )
            if failure:
                raise RuntimeError(f"espeak-ng failed with error {failure}")
            with wave.open(filename, "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(self._sample_rate)
                file.writeframes(bytes(self._pcm))
            for audio_ms, location, length in self._words:
                name = text[location : location + length]
                self._proxy.notify(
                    "started-word", name=name, location=location, length=length, audio_ms=audio_ms
                )
            self._proxy.notify("finished-utterance", completed=True)
        finally:
            self._proxy.setBusy(False)

    def say(self, text: str) -> NoReturn:
        """Not for this driver: sound is played by the app."""
        raise NotImplementedError("espeak_bundled only renders to files")

    def stop(self) -> None:
        """Nothing to stop: rendering has ended when save_to_file returns."""

    def destroy(self) -> None:
        """Nothing to free: the library goes with the process."""

    def startLoop(self) -> None:
        """Run what is queued, then return: rendering is synchronous."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:
        """The loop has ended already."""

    def iterate(self) -> Iterator[None]:
        """Let pyttsx3 run commands as they come."""
        self._proxy.setBusy(False)
        while True:
            yield

    def getProperty(self, name: str) -> object:
        """`voices`, `voice`, `rate` (words a minute) or `volume` (0 to 1); else KeyError."""
        if name == "voices":
            return list(self._voices())
        if name == "voice":
            return self._voice
        if name == "rate":
            return self._library.espeak_GetParameter(_RATE, 1)
        if name == "volume":
            return self._library.espeak_GetParameter(_VOLUME, 1) / 100
        raise KeyError(name)

    def setProperty(self, name: str, value: Any) -> None:
        """Set `voice` (ValueError if there is none such), `rate` or `volume`; else KeyError."""
        if name == "voice":
            if self._library.espeak_SetVoiceByName(str(value).encode()):
                raise ValueError(f"espeak-ng has no voice {value!r}")
            self._voice = value
        elif name == "rate":
            rate = min(max(int(value), SLOWEST_WPM), FASTEST_WPM)
            self._library.espeak_SetParameter(_RATE, rate, 0)
        elif name == "volume":
            self._library.espeak_SetParameter(_VOLUME, round(value * 100), 0)
        else:
            raise KeyError(name)

    def _take(self, samples: Any, count: int, events: Any) -> int:
        place = 0
        while events[place].type:
            event = events[place]
            if event.type == _EVENT_WORD and event.length:
                # text_position counts code points from 1
                self._words.append((event.audio_position, event.text_position - 1, event.length))
            place += 1
        if samples and count > 0:
            self._pcm += ctypes.string_at(samples, 2 * count)
        return 0

    def _voices(self) -> Iterator[object]:
        from pyttsx3.voice import Voice

        listed = self._library.espeak_ListVoices(None)
        place = 0
        while listed[place]:
            voice = listed[place].contents
            place += 1
            # languages: a priority byte, then the name, for the first of several
            language = ctypes.string_at(voice.languages + 1).decode() if voice.languages else ""
            yield Voice(
                id=voice.identifier.decode(), name=voice.name.decode(), languages=[language]
            )
