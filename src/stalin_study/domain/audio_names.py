"""Names of exported sound files that every system takes, and the texts that go with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stalin_study.domain.wording import count_of, duration

COVER_FILE = "About these files.txt"
LONGEST = 60  # code points of a title within a name
_LONGEST_BYTES = 180  # of a title in UTF-8; file systems take 255 for the whole name
# Windows takes none of these in a name.
_SAFE = str.maketrans({**dict.fromkeys('<>:"/\\|', "-"), "?": None, "*": None})
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}

# Not strftime's: Qt has it speak the language of the system.
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


class AudioFormat(StrEnum):
    """How sound is kept; the value ends the file's name."""

    MP3 = "mp3"
    WAV = "wav"


@dataclass(frozen=True, slots=True)
class AudioFile:
    """An exported file: its name in its folder, and what it holds."""

    name: str
    title: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What is told about an export. `contents` says what is read, `voice` who reads it."""

    title: str
    contents: str
    deck_title: str
    licence: str
    voice: str
    made_on: date


def safe_name(title: str) -> str:
    """A title as the name of a file or folder, at most 60 code points; never empty."""
    text = unicodedata.normalize("NFC", title).replace(": ", " - ").translate(_SAFE)
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in text)
    text = "".join(char for char in kept if not unicodedata.category(char).startswith("C"))
    name = " ".join(unicodedata.normalize("NFC", text).split()).strip(" .")
    if name.split(".")[0].rstrip().upper() in _RESERVED:
        name = f"_{name}"
    return _cut(name) or "Untitled"


def track_file(number: int, count: int, title: str, audio_format: AudioFormat) -> str:
    """The name of track `number`, from 1, of `count`: they sort in the order of reading."""
    width = max(2, len(str(count)))
    return f"{number:0{width}d} {safe_name(title)}.{audio_format}"


def playlist_file(title: str) -> str:
    """The name of the playlist that lists the tracks."""
    return f"{safe_name(title)}.m3u8"


def playlist_text(title: str, files: Iterable[AudioFile]) -> str:
    """The tracks in order, as an extended M3U playlist; to be written as UTF-8."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_line(title)}"]
    for file in files:
        seconds = round(file.duration_ms / 1000)
        lines += f"#EXTINF:{seconds},{_line(file.title)}", file.name
    return "\n".join(lines) + "\n"


def cover_text(cover: Cover, files: Sequence[AudioFile]) -> str:
    """What the files are, whose text and which voice they have, and how they were made."""
    total_ms = sum(file.duration_ms for file in files)
    made_on = f"{cover.made_on.day} {_MONTHS[cover.made_on.month - 1]} {cover.made_on.year}"
    return "\n".join(
        (
            cover.title,
            "",
            f"{cover.contents} {count_of(len(files), 'file')}, {duration(total_ms)}.",
            "",
            f"The text is from “{cover.deck_title}”, licence {cover.licence}:"
            " you may share and change it if you say where it comes from.",
            f"Read by {cover.voice}.",
            f"Made with Stalin Study on {made_on}.",
            "",
        )
    )


def _cut(name: str) -> str:
    if len(name) <= LONGEST and len(name.encode()) <= _LONGEST_BYTES:
        return name
    short = name[:LONGEST].encode()[:_LONGEST_BYTES].decode("utf-8", "ignore")
    words = short.rpartition(" ")[0]
    if len(words) < len(short) // 2:
        words = short
    return words.rstrip(" .,;-")


def _line(text: str) -> str:
    return " ".join(text.split())
