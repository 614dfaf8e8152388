"""The bundled fonts, under family names of their own so that no installed font mixes in."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFontDatabase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BundledFont:
    """A font to choose. `factor` makes its x-height match that of the first."""

    title: str
    family: str
    files: tuple[str, ...]
    factor: float


FONTS = {
    "lexend": BundledFont(
        "Lexend",
        "Study Lexend",
        ("lexend-regular.ttf", "lexend-semibold.ttf", "lexend-bold.ttf"),
        1.0,
    ),
    "atkinson": BundledFont(
        "Atkinson Hyperlegible",
        "Study Atkinson",
        ("atkinson-regular.ttf", "atkinson-semibold.ttf", "atkinson-bold.ttf"),
        1.06,
    ),
    "opendyslexic": BundledFont(
        "OpenDyslexic", "Study Dys", ("dys-regular.ttf", "dys-bold.ttf"), 0.85
    ),
}


class FontShelf:
    """Loads each bundled font once, when it is first wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: set[str] = set()

    def take(self, name: str) -> BundledFont:
        """The font of that name, ready for use; a missing file is logged and does without."""
        font = FONTS.get(name, FONTS["lexend"])
        if font.family not in self._loaded:
            self._loaded.add(font.family)
            for file in font.files:
                if QFontDatabase.addApplicationFont(str(self._folder / file)) < 0:
                    log.error("Font %s could not be loaded", file)
        return font
