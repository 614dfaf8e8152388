"""Themes: named colours by role, and the contrast that pairs of them must have."""

from __future__ import annotations

from msgspec import Struct


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours by role, as #RRGGBB."""

    bg: str
    surface: str
    surface2: str
    text: str
    muted: str
    border: str
    control: str
    primary: str
    on_primary: str
    primary_soft: str
    on_primary_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    word: str
    on_word: str
    sentence: str
    focus: str


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """One look of the app; `shadow` is the strength of the card's shadow, 0 to 255."""

    title: str
    is_dark: bool
    shadow: int
    colours: Colours


# (foreground, background, least ratio): WCAG 2.2 asks 4.5 of text, 3 of large text and outlines.
CONTRAST_PAIRS = (
    ("text", "surface", 7.0),
    ("text", "bg", 7.0),
    ("text", "surface2", 4.5),
    ("muted", "surface", 4.5),
    ("muted", "bg", 4.5),
    ("muted", "surface2", 4.5),
    ("on_primary", "primary", 4.5),
    ("primary", "surface", 4.5),
    ("primary", "bg", 4.5),
    ("on_primary_soft", "primary_soft", 4.5),
    ("good", "surface", 4.5),
    ("good", "good_soft", 4.5),
    ("warn", "surface", 4.5),
    ("warn", "warn_soft", 4.5),
    ("bad", "surface", 4.5),
    ("bad", "bad_soft", 4.5),
    ("text", "good_soft", 4.5),
    ("text", "warn_soft", 4.5),
    ("text", "bad_soft", 4.5),
    ("on_word", "word", 7.0),
    ("text", "sentence", 7.0),
    ("control", "surface", 3.0),
    ("control", "bg", 3.0),
    ("focus", "surface", 3.0),
    ("focus", "bg", 3.0),
)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two #RRGGBB colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
