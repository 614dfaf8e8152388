"""Recorded narration: sentences of the deck as sound files with word times, where it has them."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import msgspec

from stalin_study.domain.word_times import WordTime
from stalin_study.services.rendering import Rendering
from stalin_study.small_file import read_small

log = logging.getLogger(__name__)

INDEX = "index.json"
VERSION = 1
_MOST_BYTES = 100_000_000


class RecordedUtterance(msgspec.Struct, frozen=True):
    """One sentence: its file in the folder, and (start_ms, start, end) of each shown word."""

    file: str
    duration_ms: int
    words: tuple[tuple[int, int, int], ...]


class NarrationIndex(msgspec.Struct, frozen=True):
    """What `index.json` holds: utterances by `narration_key` of their shown text."""

    version: int
    voice: str
    utterances: dict[str, RecordedUtterance]


class Narration:
    """Finds recordings in a folder, which is read when first needed and may be missing or broken.

    A sentence without a whole recording is simply not found: a live voice reads it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: NarrationIndex | None = None
        self._is_read = False

    def find(self, text: str) -> Rendering | None:
        """The recording of a sentence as it is shown, or None."""
        if not self._is_read:
            self._is_read = True
            self._index = self._read()
        found = self._index.utterances.get(narration_key(text)) if self._index else None
        if found is None or not _fits(found, text):
            return None
        file = self._folder / Path(found.file).name
        if not file.is_file():
            return None
        words = tuple(WordTime(*word) for word in found.words)
        return Rendering("", file, words, found.duration_ms, is_exact=True)

    def _read(self) -> NarrationIndex | None:
        try:
            content = read_small(self._folder / INDEX, _MOST_BYTES)
            index = msgspec.json.decode(content, type=NarrationIndex)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.info("The narration cannot be used: %s", error)
            return None
        if index.version != VERSION:
            log.info("The narration is of version %d, not %d", index.version, VERSION)
            return None
        return index


def narration_key(text: str) -> str:
    """What a sentence is found by: a changed sentence is another one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _fits(found: RecordedUtterance, text: str) -> bool:
    return all(0 <= start <= end <= len(text) for _, start, end in found.words)
