"""The look to choose: theme, font, text size, motion. Used by the welcome and the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from stalin_study.services.settings import Settings
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.fonts import FONTS
from stalin_study.ui.widgets.option_row import OptionRow

THEMES = {
    "system": "Like the computer",
    "light": "Light",
    "dark": "Dark",
    "cream": "Cream",
    "contrast": "High contrast",
}
SIZES = {percent: f"{percent} %" for percent in (100, 125, 150, 175, 200)}
MOTIONS = {"system": "Like the computer", "on": "On", "off": "Off"}


class LookChoices(QWidget):
    """Every choice is applied at once: `setting_chosen(name, value)`."""

    setting_chosen = Signal(str, object)

    def __init__(self, appearance: Appearance, *, with_motion: bool = True) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows: dict[str, OptionRow] = {
            "theme": OptionRow(THEMES, wraps=True),
            "font": OptionRow({name: font.title for name, font in FONTS.items()}, wraps=True),
            "text_percent": OptionRow(SIZES, wraps=True),
        }
        titles = {"theme": "Colours", "font": "Font", "text_percent": "Text size"}
        if with_motion:
            self._rows["motion"] = OptionRow(MOTIONS, wraps=True)
            titles["motion"] = "Turning cards and other motion"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name, row in self._rows.items():
            label = QLabel(titles[name])
            label.setProperty("type", "heading")
            row.setAccessibleName(titles[name])
            row.option_chosen.connect(lambda value, n=name: self.setting_chosen.emit(n, value))
            column.addWidget(label)
            column.addWidget(row)
            column.addSpacing(8)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_settings(self, settings: Settings) -> None:
        """Mark what holds."""
        for name, row in self._rows.items():
            row.show_option(getattr(settings, name))

    def focus(self) -> None:
        """Put the keyboard on the first choice."""
        self._rows["theme"].focus()

    def _draw(self) -> None:
        look = self._appearance.look
        most = 5 if look.text_percent <= 110 else 3 if look.text_percent <= 150 else 2
        for row in self._rows.values():
            row.set_columns(most)
