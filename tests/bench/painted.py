"""The app at work in this process: until something holds, and when a widget was painted."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

PATIENCE_S = 30.0


class PaintWatch(QObject):
    """Remembers when a widget was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the time of a paint."""
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def until(holds: Callable[[], bool]) -> None:
    """Let the app work until something holds."""
    end = time.perf_counter() + PATIENCE_S
    while not holds():
        QApplication.processEvents()
        if time.perf_counter() > end:
            raise RuntimeError("it never came to that")
