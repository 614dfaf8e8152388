"""Applies the pupil's theme, font, text size and motion to the program, and tells who draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from stalin_study.domain.appearance import Theme
from stalin_study.services.settings import Settings
from stalin_study.ui.theme.fonts import FontShelf
from stalin_study.ui.theme.icons import IconShelf
from stalin_study.ui.theme.look import BODY, Look
from stalin_study.ui.theme.palette import palette
from stalin_study.ui.theme.style_sheet import style_sheet


class Appearance(QObject):
    """Owns the look in force. Widgets ask it for icons and repaint on `look_changed`."""

    look_changed = Signal()

    def __init__(
        self,
        application: QApplication,
        resources: Path,
        load_theme: Callable[[str], Theme],
        settings: Settings,
        system_motion: Callable[[], bool],
    ) -> None:
        super().__init__(application)
        self._application = application
        self._resources = resources
        self._load_theme = load_theme
        self._system_motion = system_motion
        self._fonts = FontShelf(resources / "fonts")
        self._icons = IconShelf(resources / "icons")
        self._style = (resources / "themes" / "style.qss").read_text(encoding="utf-8")
        self._settings = settings
        self._style_hints = application.styleHints()
        self._style_hints.colorSchemeChanged.connect(self._follow_system)
        application.setStyle("Fusion")
        self.look = self._look_of(settings)
        self._put_on()

    def apply(self, settings: Settings) -> None:
        """Change to these settings, if they change the look."""
        self._settings = settings
        look = self._look_of(settings)
        if look != self.look:
            self.look = look
            self._put_on()
            self.look_changed.emit()

    def icon(self, name: str, role: str = "text", size: int = 20, gap: int = 0) -> QIcon:
        """A line icon in a colour of the theme, grown with the text, `gap` empty on its right."""
        look = self.look
        ratio = self._application.devicePixelRatio()
        return self._icons.icon(
            name, look.colour(role), look.px(size), ratio, look.colour("muted"), look.px(gap)
        )

    def pixmap(self, name: str, role: str | QColor = "text", size: int = 20) -> QPixmap:
        """The same to paint with; `role` may be a colour."""
        colour = role if isinstance(role, QColor) else self.look.colour(role)
        ratio = self._application.devicePixelRatio()
        return self._icons.pixmap(name, colour, self.look.px(size), ratio)

    def _follow_system(self, _: Qt.ColorScheme) -> None:
        # A method, not a lambda: Qt forgets it when this object goes and the program stays.
        self.apply(self._settings)

    def _look_of(self, settings: Settings) -> Look:
        name = settings.theme
        if name == "system":
            is_dark = self._style_hints.colorScheme() == Qt.ColorScheme.Dark
            name = "dark" if is_dark else "light"
        font = self._fonts.take(settings.font)
        moves = settings.motion == "on" or (settings.motion == "system" and self._system_motion())
        return Look(
            name,
            self._load_theme(name),
            font.family,
            font.factor,
            settings.text_percent,
            moves,
        )

    def _put_on(self) -> None:
        look = self.look
        self._application.setPalette(palette(look))
        self._application.setFont(look.font(BODY))
        folder = self._resources.as_posix()
        shade = "dark" if look.theme.is_dark else "light"
        on_primary = "light" if look.theme_name in ("dark", "contrast") else "dark"
        self._application.setStyleSheet(
            style_sheet(
                self._style,
                look,
                f"{folder}/icons/chevron-{shade}.svg",
                f"{folder}/icons/check-{on_primary}.svg",
            )
        )
