"""Renders the app's icon from its SVG into build/icons: PNGs, and an .ico for Windows."""

from __future__ import annotations

import os
import struct
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SIZES = (16, 24, 32, 48, 64, 128, 256)


def main() -> None:
    """Write every size."""
    application = QGuiApplication([])
    target = ROOT / "build" / "icons"
    target.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(size) for size in SIZES}
    for size, content in pictures.items():
        (target / f"app-{size}.png").write_bytes(content)
    (target / "app.ico").write_bytes(ico(pictures))
    application.quit()


def png(size: int) -> bytes:
    """The icon in one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "resources" / "icons" / "app.svg")).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return content.data()


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon: a directory of PNGs (a size of 256 is written as 0)."""
    offset = 6 + 16 * len(pictures)
    directory, images = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, content in pictures.items():
        side = size % 256
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(content), offset)
        offset += len(content)
        images += content
    return directory + images


if __name__ == "__main__":
    main()
