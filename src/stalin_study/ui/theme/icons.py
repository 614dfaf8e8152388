"""Line icons, recoloured for the theme in force."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from stalin_study.small_file import read_small

log = logging.getLogger(__name__)
_MOST_BYTES = 200_000
_INSTEAD = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="6"'
    b' fill="none" stroke="currentColor" stroke-width="2"/></svg>'
)


class IconShelf:
    """Draws the SVG files of one folder in any colour and size, and keeps what it has drawn."""

    def __init__(self, folder: Path, on_damage: Callable[[], object]) -> None:
        self._folder = folder
        self._on_damage = on_damage
        self._unusable: set[str] = set()
        self._pixmaps: dict[tuple[str, str, int, float, int], QPixmap] = {}
        self._shapes: dict[tuple[str, int, float, int], QPixmap] = {}

    def pixmap(
        self, name: str, colour: QColor, size: int, ratio: float = 1.0, gap: int = 0
    ) -> QPixmap:
        """The icon `size` device-independent pixels wide, for a screen with that pixel ratio.

        `gap` is left empty on its right: a style sheet cannot part a button's icon and text.
        """
        key = (name, colour.name(), size, ratio, gap)
        if key not in self._pixmaps:
            pixmap = QPixmap(self._shape(name, size, ratio, gap))
            painter = QPainter(pixmap)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(pixmap.rect(), colour)
            painter.end()
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def _shape(self, name: str, size: int, ratio: float, gap: int) -> QPixmap:
        """The lines in black: another colour is quicker put on than drawn anew."""
        key = (name, size, ratio, gap)
        if key not in self._shapes:
            renderer = self._renderer(name)
            side = round(size * ratio)
            pixmap = QPixmap(side + round(gap * ratio), side)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            self._shapes[key] = pixmap
        return self._shapes[key]

    def icon(
        self, name: str, colour: QColor, size: int, ratio: float, faint: QColor, gap: int
    ) -> QIcon:
        """The same as QIcon, `faint` when disabled."""
        icon = QIcon(self.pixmap(name, colour, size, ratio, gap))
        icon.addPixmap(self.pixmap(name, faint, size, ratio, gap), QIcon.Mode.Disabled)
        return icon

    def _renderer(self, name: str) -> QSvgRenderer:
        """What draws the icon, or a ring where its file cannot be used."""
        try:
            renderer = _drawing(read_small(self._folder / f"{name}.svg", _MOST_BYTES))
            if renderer.isValid():
                return renderer
            problem = "it is no picture"
        except OSError as error:
            problem = str(error)
        if name not in self._unusable:
            self._unusable.add(name)
            log.error("Icon %s cannot be used: %s", name, problem)
            self._on_damage()
        return _drawing(_INSTEAD)


def _drawing(svg: bytes) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg.replace(b"currentColor", b"#000000")))
