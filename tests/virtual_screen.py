"""A screen of 1280 x 800 in memory, whose picture can be read."""

from __future__ import annotations

import ctypes
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

WIDTH, HEIGHT = 1280, 800
PATIENCE_S = 30
LEAST_SIDE = 16  # pixels; what is smaller is no button


class Screen:
    """An X server in memory whose picture can be read."""

    def __init__(self, folder: Path) -> None:
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        options = ["-screen", "0", size, "-nolisten", "tcp", "-noreset", "-fbdir", str(folder)]
        self._log = (folder / "xvfb.log").open("wb")
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *options],
            pass_fds=[writing],
            stdout=self._log,
            stderr=self._log,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start: {(folder / 'xvfb.log').read_text()}")
        self.display = f":{number}"
        self._frame = folder / "Xvfb_screen0"

    def picture(self) -> QImage:
        """What the screen shows now, read from its memory in the XWD format."""
        content = self._frame.read_bytes()
        header = struct.unpack(">25I", content[:100])
        header_size, width, height = header[0], header[4], header[5]
        bytes_per_line, colours = header[12], header[19]
        start = header_size + 12 * colours
        pixels = content[start : start + bytes_per_line * height]
        kind = QImage.Format.Format_RGB32
        return QImage(pixels, width, height, bytes_per_line, kind).copy()

    def blocks_of(self, colour: str) -> list[QRect]:
        """Where the screen is filled with this colour ("#3D4FD1"), the largest first.

        Text on a button cuts its rows into runs; they count as one block all the same.
        """
        image = self.picture()
        pixel = QColor(colour).rgb().to_bytes(4, "little")[:3]
        blocks: list[QRect] = []
        for y in range(image.height()):
            row = bytes(image.constScanLine(y))
            for left, right in _runs(row, pixel):
                found = QRect(left, y, right - left, 1)
                near = found.adjusted(-LEAST_SIDE, -LEAST_SIDE, LEAST_SIDE, LEAST_SIDE)
                for block in [block for block in blocks if block.intersects(near)]:
                    blocks.remove(block)
                    found = found.united(block)
                blocks.append(found)
        large = [block for block in blocks if min(block.width(), block.height()) >= LEAST_SIDE]
        return sorted(large, key=lambda block: -block.width() * block.height())

    def close(self) -> None:
        """Switch it off."""
        self._server.terminate()
        self._server.wait(PATIENCE_S)
        self._log.close()


def _runs(row: bytes, pixel: bytes) -> Iterator[tuple[int, int]]:
    """Stretches of at least eight pixels of one colour in a row of four bytes each."""
    wanted = (pixel + b"\xff") * 8
    at = row.find(wanted)
    while at >= 0:
        if at % 4 == 0:
            end = at + len(wanted)
            while row[end : end + 4] == wanted[:4]:
                end += 4
            yield at // 4, end // 4
            at = end - 1
        at = row.find(wanted, at + 1)


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("longs", ctypes.c_long * 5),
        ("room_of_xevent", ctypes.c_long * 24),
    )


def ask_to_close(display_name: str, window: int) -> None:
    """Send WM_DELETE_WINDOW (ICCCM 4.2.8.1), which xdotool of Debian 12 cannot."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long]
    x.XSendEvent.argtypes += [ctypes.POINTER(_ClientMessage)]
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x.XOpenDisplay(display_name.encode())
    event = _ClientMessage(type=33, window=window, format=32)
    event.message_type = x.XInternAtom(display, b"WM_PROTOCOLS", 0)
    event.longs[0] = x.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    x.XSendEvent(display, window, 0, 0, ctypes.byref(event))
    x.XCloseDisplay(display)
