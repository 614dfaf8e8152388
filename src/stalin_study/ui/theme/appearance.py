"""Applies the pupil's theme, font, text size and motion to the program, and tells who draws."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from stalin_study.domain.appearance import Theme, built_in_theme, is_built_in, is_readable
from stalin_study.services.font_check import damaged_fonts
from stalin_study.services.jobs import Jobs
from stalin_study.services.settings import Settings
from stalin_study.small_file import is_small
from stalin_study.ui.theme.fonts import FontShelf
from stalin_study.ui.theme.icons import IconShelf
from stalin_study.ui.theme.look import BODY, Look
from stalin_study.ui.theme.palette import palette
from stalin_study.ui.theme.style_sheet import read_template, style_sheet

log = logging.getLogger(__name__)
DAMAGED = (
    "Some of Stalin Study's own files are damaged or missing, so it looks plainer than it should:"
    " ask whoever installed it to install it again."
)
_MOST_BYTES = 200_000  # of a picture that Qt reads by itself


class Appearance(QObject):
    """Owns the look in force. Widgets ask it for icons and repaint on `look_changed`.

    Files that cannot be used are done without; `notice` says so, and `damage_found(notice)` once.
    """

    look_changed = Signal()
    damage_found = Signal(str)

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
        self.notice = ""
        self._unreadable: set[str] = set()
        self._fonts = FontShelf(resources / "fonts", self._note_damage)
        self._icons = IconShelf(resources / "icons", self._note_damage)
        self._style = read_template(resources / "themes" / "style.qss")
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

    def look_again(self, jobs: Jobs) -> None:
        """Find damage that a file can have and be loaded: not needed for the first paint."""
        name, theme = self.look.theme_name, self.look.theme
        files = self._fonts.files
        jobs.run(partial(damaged_fonts, files), self._do_without)
        jobs.run(partial(is_readable, theme.colours), partial(self._judge_theme, name))

    def _do_without(self, damaged: list[Path]) -> None:
        self._fonts.drop(damaged)
        self.apply(self._settings)

    def _judge_theme(self, name: str, is_readable: bool) -> None:
        if not is_readable:
            log.error("The colours of the theme %s cannot be told apart", name)
            self._unreadable.add(name)
            self.apply(self._settings)

    def _note_damage(self) -> None:
        if not self.notice:
            self.notice = DAMAGED
            self.damage_found.emit(DAMAGED)

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
        theme = self._load_theme(name)
        if name in self._unreadable:
            theme = built_in_theme(is_dark=theme.is_dark)
        if is_built_in(theme):
            self._note_damage()
        return Look(
            name,
            theme,
            font.family,
            font.factor,
            settings.text_percent,
            moves,
        )

    def _put_on(self) -> None:
        look = self.look
        self._application.setPalette(palette(look))
        self._application.setFont(look.font(BODY))
        sheet = style_sheet(self._style, look, self._picture)
        if not sheet:
            self._note_damage()
        self._application.setStyleSheet(sheet)

    def _picture(self, name: str) -> str:
        """A picture of the style sheet, which Qt reads when it is first painted."""
        file = self._resources / "icons" / f"{name}.svg"
        if is_small(file, _MOST_BYTES):
            return f'url("{file.as_posix()}")'
        log.error("Picture %s cannot be used", name)
        self._note_damage()
        return "none"
