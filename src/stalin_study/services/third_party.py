"""What others made and this program contains, with its licences."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from stalin_study.small_file import read_small

SYSTEMS = {"win32": "windows", "darwin": "macos"}
LIST = "third-party.json"
_MOST_BYTES = 2_000_000


class ThirdParty(msgspec.Struct, frozen=True):
    """A part by others; `texts` are files beside the list."""

    name: str
    version: str
    licence: str
    use: str
    source: str
    texts: tuple[str, ...]
    systems: tuple[str, ...]


class ThirdPartyShelf:
    """The list and the texts of one folder, read when they are asked for."""

    def __init__(self, folder: Path, platform: str = sys.platform) -> None:
        self._folder = folder
        self._system = SYSTEMS.get(platform, "linux")

    def parts(self) -> tuple[ThirdParty, ...]:
        """What this system's program contains; nothing if the list cannot be read."""
        try:
            listed = msgspec.json.decode(
                read_small(self._folder / LIST, _MOST_BYTES), type=tuple[ThirdParty, ...]
            )
        except (OSError, ValueError):
            return ()
        return tuple(part for part in listed if self._system in part.systems)

    def text(self, part: ThirdParty) -> str:
        """The licence in full, or where to find it."""
        try:
            texts = [read_small(self._folder / name, _MOST_BYTES).decode() for name in part.texts]
        except (OSError, ValueError):
            return f"The text of this licence cannot be read here. It is also at {part.source}"
        return "\n\n".join(text.strip("\n") for text in texts)
