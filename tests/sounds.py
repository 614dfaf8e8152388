"""Sounds for tests, and what is in a sound file."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

QUIET = 200  # of 32,767: what nobody hears beside speech


def tone(ms: int, rate: int = 22050, peak: int = 8000, hertz: int = 300) -> bytes:
    """Samples of a steady tone."""
    turn = 2 * math.pi * hertz / rate
    return array(
        "h", (round(peak * math.sin(n * turn)) for n in range(ms * rate // 1000))
    ).tobytes()


def write_wav(file: Path, samples: bytes, rate: int = 22050, width: int = 2, channels: int = 1):
    """A WAV file of these samples."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return file


def wav_levels(file: Path) -> tuple[int, array]:
    """Samples a second, and the samples, of a WAV file in one channel of 16 bits."""
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        return sound.getframerate(), array("h", sound.readframes(sound.getnframes()))


def decoded(qtbot, file: Path) -> tuple[int, array]:
    """Samples a second, and the samples, as Qt's player hears the file; full scale is 1."""
    from PySide6.QtCore import QUrl
    from PySide6.QtMultimedia import QAudioDecoder, QAudioFormat

    decoder, levels, rates = QAudioDecoder(), array("f"), set()
    form = QAudioFormat()
    form.setSampleFormat(QAudioFormat.SampleFormat.Float)
    form.setChannelCount(1)
    form.setSampleRate(22050)
    decoder.setAudioFormat(form)

    def take() -> None:
        while decoder.bufferAvailable():
            heard = decoder.read()
            rates.add(heard.format().sampleRate())
            levels.frombytes(bytes(heard.constData()))

    decoder.bufferReady.connect(take)
    decoder.setSource(QUrl.fromLocalFile(str(file)))
    with qtbot.waitSignal(decoder.finished, timeout=60_000):
        decoder.start()
    take()
    assert rates == {22050}
    return 22050, levels


def longest_silence_ms(rate: int, levels: array, quiet: float) -> int:
    """The longest stretch in which no sample is louder than `quiet`."""
    longest = begun = 0
    for place, level in enumerate(levels):
        if abs(level) > quiet:
            longest = max(longest, place - begun)
            begun = place + 1
    return round(1000 * max(longest, len(levels) - begun) / rate)


def id3_frames(content: bytes) -> tuple[dict[str, str], int]:
    """The texts of an ID3v2.3 tag by frame, and where the sound begins."""
    assert content[:5] == b"ID3\x03\0"
    size = sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    found, place = {}, 10
    while place < 10 + size:
        name = content[place : place + 4].decode("ascii")
        length = int.from_bytes(content[place + 4 : place + 8], "big")
        body = content[place + 10 : place + 10 + length]
        assert body[0] == 1
        found[name] = body[1:].decode("utf-16").rstrip("\0")
        place += 10 + length
    return found, 10 + size
