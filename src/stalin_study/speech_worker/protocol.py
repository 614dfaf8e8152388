"""What app and speech worker say to each other: one JSON object a line, on the worker's pipes."""

from __future__ import annotations

from pathlib import PurePath

import msgspec
from msgspec import Struct

from stalin_study.domain.deck import LexiconEntry

DEFAULT_RATE_WPM = 165
NO_ROOM = "The sound could not be written to disk. Free some space, then try again."


class Render(Struct, frozen=True, tag_field="op", tag="render"):
    """Ask for one sentence as a WAV file.

    It is written to `file`, or kept in the folder `cache` where `file` is empty; both are absolute.
    `lexicon` holds at least the names in `text`. `voice` is an id from `Voices` or empty for the
    best one. `attempt` counts from 0; a repeated one uses the safest engine.
    """

    id: str
    text: str
    file: str = ""
    lexicon: tuple[LexiconEntry, ...] = ()
    voice: str = ""
    rate_wpm: int = DEFAULT_RATE_WPM
    attempt: int = 0
    cache: str = ""


class ListVoices(Struct, frozen=True, tag_field="op", tag="voices"):
    """Ask which English voices there are."""

    id: str


Request = Render | ListVoices


class Voice(Struct, frozen=True):
    """A voice of some engine; `language` as the engine names it, such as en-gb."""

    id: str
    name: str
    language: str
    driver: str


class Ready(Struct, frozen=True, tag_field="op", tag="ready"):
    """The worker is up; `drivers` in the order in which they are tried."""

    drivers: tuple[str, ...]


class Rendered(Struct, frozen=True, tag_field="op", tag="rendered"):
    """A sentence is in its file.

    `words` are (start_ms, start, end): when a stretch of the shown text, in code points, begins to
    sound. `exact` is False where these times are estimated. `spoken` is what the engine was given.
    `notice` is a sentence for the pupil, or empty.
    """

    id: str
    file: str
    words: tuple[tuple[int, int, int], ...]
    duration_ms: int
    exact: bool
    spoken: str
    driver: str
    notice: str = ""


class Voices(Struct, frozen=True, tag_field="op", tag="voices"):
    """British voices first."""

    id: str
    voices: tuple[Voice, ...]


class Failed(Struct, frozen=True, tag_field="op", tag="failed"):
    """A request could not be answered; `error` is a sentence for the pupil."""

    id: str
    error: str


Reply = Ready | Rendered | Voices | Failed

_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_replies: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def encode(message: Request | Reply) -> bytes:
    """One line, with its newline."""
    return msgspec.json.encode(message) + b"\n"


def request_from(line: bytes) -> Request:
    """A request; msgspec.MsgspecError is raised for anything else."""
    return _requests.decode(line)


def reply_from(line: bytes) -> Reply:
    """A reply; msgspec.MsgspecError is raised for anything else."""
    return _replies.decode(line)


def worker_command(executable: str, *, is_frozen: bool) -> tuple[str, list[str]]:
    """Program and arguments that start this app again as its speech worker.

    Frozen, it is the console program beside the window's: a Windows window program has no pipes.
    """
    if is_frozen:
        own = PurePath(executable)
        executable = str(own.with_name(f"stalin-study{own.suffix}"))
    module = [] if is_frozen else ["-m", "stalin_study"]
    return executable, [*module, "--speech-worker"]
