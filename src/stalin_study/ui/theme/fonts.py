"""The bundled fonts, under family names of their own so that no installed font mixes in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from stalin_study.small_file import is_small

log = logging.getLogger(__name__)
INSTEAD = "DejaVu Sans"  # and after it those that `Look` names
_MOST_BYTES = 5_000_000


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

    def __init__(self, folder: Path, on_damage: Callable[[], object] = lambda: None) -> None:
        self._folder = folder
        self._on_damage = on_damage
        self._loaded: dict[str, dict[Path, int]] = {}
        self._unusable: set[str] = set()

    @property
    def files(self) -> list[Path]:
        """Those that were loaded, and are in use."""
        return [file for files in self._loaded.values() for file in files]

    def take(self, name: str) -> BundledFont:
        """The font of that name, ready for use; where it cannot be used, one of the system's."""
        font = FONTS.get(name, FONTS["lexend"])
        if font.family not in self._loaded:
            found = {self._folder / file: self._load(font, file) for file in font.files}
            self._loaded[font.family] = {file: one for file, one in found.items() if one >= 0}
            if not self._loaded[font.family]:
                self._unusable.add(font.family)
        return replace(font, family=INSTEAD) if font.family in self._unusable else font

    def drop(self, damaged: Iterable[Path]) -> None:
        """Do without the fonts that these files belong to."""
        for family, files in self._loaded.items():
            if files.keys() & set(damaged):
                log.error("Font %s is damaged", family)
                for number in files.values():
                    QFontDatabase.removeApplicationFont(number)
                files.clear()
                self._unusable.add(family)
                self._on_damage()

    def _load(self, font: BundledFont, name: str) -> int:
        """Qt's number of a font that was loaded, or -1."""
        file = self._folder / name
        number = QFontDatabase.addApplicationFont(str(file)) if is_small(file, _MOST_BYTES) else -1
        if number >= 0 and font.family not in QFontDatabase.applicationFontFamilies(number):
            QFontDatabase.removeApplicationFont(number)
            number = -1
        if number < 0:
            log.error("Font %s could not be loaded", name)
            self._on_damage()
        return number
