"""Themes: named colours by role, and the contrast that pairs of them must have."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Colour = Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$")]


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours by role, as #RRGGBB."""

    bg: Colour
    surface: Colour
    surface2: Colour
    text: Colour
    muted: Colour
    border: Colour
    control: Colour
    primary: Colour
    on_primary: Colour
    primary_soft: Colour
    on_primary_soft: Colour
    good: Colour
    good_soft: Colour
    warn: Colour
    warn_soft: Colour
    bad: Colour
    bad_soft: Colour
    word: Colour
    on_word: Colour
    sentence: Colour
    focus: Colour


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """One look of the app; `shadow` is the strength of the card's shadow, 0 to 255."""

    title: str
    is_dark: bool
    shadow: Annotated[int, Meta(ge=0, le=255)]
    colours: Colours


LEAST_CONTRAST = 3.0
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


def built_in_theme(*, is_dark: bool) -> Theme:
    """What there is to see with when the theme files cannot be used."""
    return _BUILT_IN_DARK if is_dark else _BUILT_IN_LIGHT


def is_built_in(theme: Theme) -> bool:
    """Whether it stands in for a theme file."""
    return theme is _BUILT_IN_DARK or theme is _BUILT_IN_LIGHT


def is_readable(colours: Colours) -> bool:
    """Whether all that is used together can at least be told apart."""
    return all(
        contrast_ratio(getattr(colours, front), getattr(colours, back)) >= LEAST_CONTRAST
        for front, back, _ in CONTRAST_PAIRS
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


def _plain(paper: str, ink: str, grey: str, tint: str, soft: str, accent: str) -> Colours:
    """A look of six colours; what is good or bad is told by words and icons alone."""
    return Colours(
        bg=paper,
        surface=paper,
        surface2=tint,
        text=ink,
        muted=grey,
        border=grey,
        control=grey,
        primary=accent,
        on_primary=paper,
        primary_soft=soft,
        on_primary_soft=ink,
        good=ink,
        good_soft=soft,
        warn=ink,
        warn_soft=soft,
        bad=ink,
        bad_soft=soft,
        word=ink,
        on_word=paper,
        sentence=soft,
        focus=accent,
    )


_BUILT_IN_LIGHT = Theme(
    "Built-in light",
    is_dark=False,
    shadow=0,
    colours=_plain("#FFFFFF", "#000000", "#444444", "#EEEEEE", "#DDE4F5", "#0033AA"),
)
_BUILT_IN_DARK = Theme(
    "Built-in dark",
    is_dark=True,
    shadow=0,
    colours=_plain("#000000", "#FFFFFF", "#BBBBBB", "#222222", "#26304A", "#9DB8FF"),
)
