"""A screen in memory that is watched for changes, and a keyboard for what is on it.

What is timed is what can be seen: from a key or a start to the picture on the screen.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import select
import shutil
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect

from virtual_screen import HEIGHT, WIDTH, Screen

LOOK_EVERY_S = 0.0004
ROWS_APART = 8  # what is looked at of a region: a line of text is higher
ONE_FRAME_S = 0.004  # changes closer than this are one frame, seen while it was drawn
WHOLE = QRect(0, 0, WIDTH, HEIGHT)
PATIENCE_S = 180.0
CONTROL = "Control_L"


@dataclass(frozen=True)
class Change:
    """What a region shows from a moment on, in seconds since the watch began."""

    at: float
    picture: bytes


class WatchedScreen(Screen):
    """An X server in memory whose picture is looked at two thousand times a second."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with self._frame.open("rb") as file:
            self._pixels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._pixels[:100])
        self._line = header[12]
        self._start = header[0] + 12 * header[19]
        self.keyboard = Keyboard(self.display)

    def look(self, region: QRect) -> bytes:
        """Every eighth row of a region."""
        first = self._start + 4 * region.x()
        width = 4 * region.width()
        tops = range(region.top(), region.bottom() + 1, ROWS_APART)
        places = (first + self._line * top for top in tops)
        return b"".join([self._pixels[place : place + width] for place in places])

    def changes(self, region: QRect, act: Callable[[], object], still_s: float) -> list[Change]:
        """Each picture of a region after `act`, until none has come for so many seconds.

        Raises TimeoutError when nothing changes for three minutes, or does not come to rest.
        """
        before = self.look(region)
        seen: list[Change] = []
        began = time.perf_counter()
        act()
        while True:
            select.select([], [], [], LOOK_EVERY_S)
            now, picture = time.perf_counter() - began, self.look(region)
            if picture != before:
                is_same_frame = seen and now - seen[-1].at < ONE_FRAME_S
                at = seen.pop().at if is_same_frame else now
                seen.append(Change(at, picture))
                before = picture
            elif seen and now - seen[-1].at > still_s:
                return seen
            if now > PATIENCE_S:
                raise TimeoutError(f"after {now:.0f} s and {len(seen)} changes")

    def close(self) -> None:
        """Switch it off."""
        self.keyboard.close()
        self._pixels.close()
        super().close()


class Keyboard:
    """Presses keys at once; a program that does so takes longer to start than what is timed."""

    def __init__(self, display: str) -> None:
        x, test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        pointer, number = ctypes.c_void_p, ctypes.c_ulong
        x.XOpenDisplay.argtypes, x.XOpenDisplay.restype = [ctypes.c_char_p], pointer
        x.XStringToKeysym.argtypes, x.XStringToKeysym.restype = [ctypes.c_char_p], number
        x.XKeysymToKeycode.argtypes, x.XKeysymToKeycode.restype = [pointer, number], ctypes.c_ubyte
        x.XFlush.argtypes = x.XCloseDisplay.argtypes = [pointer]
        test.XTestFakeKeyEvent.argtypes = [pointer, ctypes.c_uint, ctypes.c_int, number]
        self._x, self._test = x, test
        self._display = x.XOpenDisplay(display.encode())

    def press(self, *keys: str) -> None:
        """Keys by their X names ("space", "BackSpace"), held together, and let go."""
        symbols = [self._x.XStringToKeysym(key.encode()) for key in keys]
        codes = [self._x.XKeysymToKeycode(self._display, symbol) for symbol in symbols]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, 0)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._x.XFlush(self._display)

    def close(self) -> None:
        """Put it away."""
        self._x.XCloseDisplay(self._display)


def drawn(picture: bytes, final: bytes, region: QRect) -> float:
    """Which share of the text and lines that a picture of the whole screen comes to is there.

    Paper is what has one of the two commonest colours of the region.
    """
    now, then = (_part(one, region) for one in (picture, final))
    paper = {colour for colour, _ in Counter(then).most_common(2)}
    ink = [place for place, colour in enumerate(then) if colour not in paper]
    return sum(now[place] == then[place] for place in ink) / max(len(ink), 1)


def _part(picture: bytes, region: QRect) -> list[int]:
    pixels = memoryview(picture).cast("I")
    rows = range(region.top() // ROWS_APART, region.bottom() // ROWS_APART + 1)
    lefts = (row * WIDTH + region.left() for row in rows)
    return [pixel for left in lefts for pixel in pixels[left : left + region.width()]]


def watched(measure: Callable[[WatchedScreen, Path], object]) -> None:
    """Measure on a screen of its own and in a temporary folder, where there can be one."""
    if os.name != "posix" or not shutil.which("Xvfb"):
        print("Left out: this needs Xvfb.")
        return
    with tempfile.TemporaryDirectory() as place:
        screen = WatchedScreen(Path(place))
        try:
            measure(screen, Path(place))
        finally:
            screen.close()
