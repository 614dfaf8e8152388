"""Reads the theme files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from stalin_study.domain.appearance import Theme

THEME_NAMES = ("light", "dark", "cream", "contrast")


class ThemeShelf:
    """The themes of one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._themes: dict[str, Theme] = {}

    def take(self, name: str) -> Theme:
        """The theme of that name; raises OSError or msgspec.ValidationError for a bad file."""
        if name not in self._themes:
            text = (self._folder / f"{name}.toml").read_text(encoding="utf-8")
            self._themes[name] = msgspec.convert(tomllib.loads(text), Theme)
        return self._themes[name]
