"""Sound files: reads rendered sentences, and writes a track as WAV or MP3 while it comes in."""

from __future__ import annotations

import os
import sys
import wave
from array import array
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from stalin_study.domain.audio_names import AudioFormat

MP3_BITS_PER_SECOND = 48_000
_MP3_QUALITY = 5  # LAME's scale: 2 is best, 7 fastest
_SAMPLE_BYTES = 2
_FULL = 0xFFFFFFFF  # of a size in a WAV header
DRAFT = ".part"


class SoundError(Exception):
    """A rendered sentence cannot be read."""


@dataclass(frozen=True, slots=True)
class Pcm:
    """Sound in one channel: samples of 16 bits, little-endian, `rate` a second."""

    rate: int
    samples: bytes

    @property
    def duration_ms(self) -> float:
        """How long it lasts."""
        return len(self.samples) / _SAMPLE_BYTES / self.rate * 1000

    def at(self, rate: int) -> Pcm:
        """The same sound with so many samples a second; what is between two is interpolated."""
        if rate == self.rate or not self.samples:
            return Pcm(rate, self.samples)
        heard = _numbers(self.samples)
        last = len(heard) - 1
        made = array("h")
        for number in range(round(len(heard) * rate / self.rate)):
            place = number * self.rate / rate
            before = min(int(place), last)
            after = min(before + 1, last)
            made.append(round(heard[before] + (heard[after] - heard[before]) * (place - before)))
        return Pcm(rate, _bytes(made))


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows of a track; `number` from 1 of `count`."""

    title: str
    album: str
    artist: str
    number: int
    count: int


def read_pcm(file: Path) -> Pcm:
    """A WAV file of 8 or 16 bits in one or more channels, which are mixed. Raises SoundError."""
    try:
        with file.open("rb") as stream, wave.open(stream) as sound:
            channels, width, rate = sound.getparams()[:3]
            frames = sound.readframes(sound.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise SoundError(f"{file.name}: {error}") from error
    if width not in (1, 2) or rate <= 0:
        raise SoundError(f"{file.name}: {8 * width} bits, {rate} a second")
    frames = frames[: len(frames) - len(frames) % (channels * width)]
    if width == 1:
        frames = _bytes(array("h", (256 * (level - 128) for level in frames)))
    if channels > 1:
        heard = _numbers(frames)
        of_each = (heard[channel::channels] for channel in range(channels))
        mixed = (sum(levels) // channels for levels in zip(*of_each, strict=True))
        frames = _bytes(array("h", mixed))
    return Pcm(rate, frames)


class TrackFile:
    """A track that is written bit by bit into a draft, and has its final name when it is whole.

    The first sound sets the samples a second; a track without any leaves no file. All but `drop`
    raise OSError.
    """

    def __init__(self, file: Path, audio_format: AudioFormat, tags: Tags) -> None:
        self._file = file
        self._draft = file.with_name(file.name + DRAFT)
        self._encoder: _Encoder = _Mp3(tags) if audio_format is AudioFormat.MP3 else _Wav()
        self._stream: BinaryIO | None = None
        self._rate = 0
        self._samples = 0
        self._rest_ms = 0

    @property
    def duration_ms(self) -> int:
        """How long it is so far."""
        return round(1000 * self._samples / self._rate) if self._rate else 0

    def rest(self, ms: int) -> None:
        """Be silent for so long before the next sound; before the first one, not at all."""
        if self._rate:
            self._rest_ms += ms

    def add(self, sound: Pcm) -> None:
        """Append a sentence."""
        if not sound.samples:
            return
        if self._stream is None:
            self._rate = sound.rate
            self._stream = self._draft.open("wb")
            self._stream.write(self._encoder.begin(sound.rate))
        silence = bytes(_SAMPLE_BYTES * (self._rest_ms * self._rate // 1000))
        self._rest_ms = 0
        samples = silence + sound.at(self._rate).samples
        self._samples += len(samples) // _SAMPLE_BYTES
        self._stream.write(self._encoder.encode(samples))

    def finish(self) -> bool:
        """Give the file its final name, in place of one that has it. False if there is none."""
        stream = self._stream
        if stream is None:
            return False
        stream.write(self._encoder.end())
        stream.seek(0)
        stream.write(self._encoder.head())
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()
        self._stream = None
        self._draft.replace(self._file)
        return True

    def drop(self) -> None:
        """Remove the draft."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._stream = None
        if self._rate:
            with suppress(OSError):
                self._draft.unlink()


class _Encoder(Protocol):
    """Turns samples into the bytes of a file; `head` is what its start is in the end."""

    def begin(self, rate: int) -> bytes: ...

    def encode(self, samples: bytes) -> bytes: ...

    def end(self) -> bytes: ...

    def head(self) -> bytes: ...


class _Wav:
    def __init__(self) -> None:
        self._rate = 0
        self._size = 0

    def begin(self, rate: int) -> bytes:
        self._rate = rate
        return self.head()

    def encode(self, samples: bytes) -> bytes:
        self._size += len(samples)
        return samples

    def end(self) -> bytes:
        return b""

    def head(self) -> bytes:
        size = min(self._size, _FULL - 36)
        shape = (1, 2), (1, 2), (self._rate, 4), (self._rate * _SAMPLE_BYTES, 4), (2, 2), (16, 2)
        fields = b"".join(number.to_bytes(width, "little") for number, width in shape)
        whole = (size + 36).to_bytes(4, "little")
        return (
            b"RIFF" + whole + b"WAVEfmt \x10\0\0\0" + fields + b"data" + size.to_bytes(4, "little")
        )


class _Mp3:
    def __init__(self, tags: Tags) -> None:
        self._tags = tags
        self._lame: Any = None

    def begin(self, rate: int) -> bytes:
        import lameenc  # loaded when first needed

        lame = lameenc.Encoder()
        lame.silence()
        lame.set_bit_rate(MP3_BITS_PER_SECOND // 1000)
        lame.set_in_sample_rate(rate)
        lame.set_channels(1)
        lame.set_quality(_MP3_QUALITY)
        self._lame = lame
        return self.head()

    def encode(self, samples: bytes) -> bytes:
        return bytes(self._lame.encode(samples))

    def end(self) -> bytes:
        return bytes(self._lame.flush())

    def head(self) -> bytes:
        return id3_tag(self._tags)


def id3_tag(tags: Tags) -> bytes:
    """What stands before the sound in an MP3 file: ID3v2.3, which old players read as well."""
    frames = b"".join(
        _id3_frame(name, text)
        for name, text in (
            ("TIT2", tags.title),
            ("TALB", tags.album),
            ("TPE1", tags.artist),
            ("TRCK", f"{tags.number}/{tags.count}"),
            ("TCON", "Speech"),
        )
    )
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + frames


def _id3_frame(name: str, text: str) -> bytes:
    body = b"\x01\xff\xfe" + text.encode("utf-16-le", "replace") + b"\0\0"
    return name.encode() + len(body).to_bytes(4, "big") + b"\0\0" + body


def _numbers(samples: bytes) -> array[int]:
    heard = array("h", samples)
    if sys.byteorder == "big":
        heard.byteswap()
    return heard


def _bytes(levels: array[int]) -> bytes:
    if sys.byteorder == "big":
        levels.byteswap()
    return levels.tobytes()
