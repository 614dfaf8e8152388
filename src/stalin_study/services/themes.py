"""Reads the theme files."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path

import msgspec

from stalin_study.domain.appearance import Theme, built_in_theme
from stalin_study.small_file import read_small

THEME_NAMES = ("light", "dark", "cream", "contrast")
log = logging.getLogger(__name__)
_MOST_BYTES = 100_000


class ThemeShelf:
    """The themes of one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._themes: dict[str, Theme] = {}

    def take(self, name: str) -> Theme:
        """The theme of that name; the built-in one where its file cannot be used."""
        if name not in self._themes:
            self._themes[name] = self._read(name)
        return self._themes[name]

    def _read(self, name: str) -> Theme:
        try:
            text = read_small(self._folder / f"{name}.toml", _MOST_BYTES).decode()
            return msgspec.convert(tomllib.loads(text), Theme)
        except (OSError, ValueError, RecursionError) as error:
            log.error("The theme %s cannot be used: %s", name, error)
            return built_in_theme(is_dark=name in ("dark", "contrast"))
