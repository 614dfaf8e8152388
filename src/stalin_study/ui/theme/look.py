"""The look in force: a theme, a font and a text size, as sizes, fonts and colours to draw with."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from stalin_study.domain.appearance import Theme

CAPTION, BODY, LEAD, CARD, TITLE, PROMPT = 13, 15, 17, 20, 24, 32


@dataclass(frozen=True, slots=True)
class Look:
    """All that drawing needs to know. Sizes are in pixels at 100 % text."""

    theme_name: str
    theme: Theme
    font_family: str
    font_factor: float
    text_percent: int
    is_moving: bool

    def px(self, size: float) -> int:
        """A size grown with the text, in whole pixels."""
        return round(size * self.text_percent / 100)

    def space(self, size: float) -> int:
        """A gap or margin: grows half as fast as the text, so that big text keeps its room."""
        return round(size * (100 + (self.text_percent - 100) / 2) / 100)

    def colour(self, role: str) -> QColor:
        """The theme's colour of a role."""
        return QColor(getattr(self.theme.colours, role))

    def font(self, size: float, weight: int = 400) -> QFont:
        """The pupil's font in a size of the type scale; weight 400, 600 or 700."""
        font = QFont()
        font.setFamilies([self.font_family, "DejaVu Sans", "Segoe UI", "Helvetica Neue"])
        font.setPixelSize(max(8, round(self.px(size) * self.font_factor)))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font
