"""The time that is left to answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 250


class Countdown(QObject):
    """Counts down by a stopwatch in seconds; `time_changed(left, all)` about four times a second.

    `time_was_up` once when nothing is left.
    """

    time_changed = Signal(float, float)
    time_was_up = Signal()

    def __init__(self, stopwatch: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopwatch = stopwatch
        self._all = 0.0
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self, seconds: float) -> None:
        """Count down from so many seconds; 0 shows no time."""
        self.stop()
        self._all = seconds
        self._began = self._stopwatch()
        if seconds > 0:
            self._timer.start()
        self.time_changed.emit(seconds, seconds)

    def stop(self) -> None:
        """Count no further."""
        self._timer.stop()

    def tick(self) -> None:
        """Tell what is left now."""
        if not self._timer.isActive():
            return
        left = max(0.0, self._all - (self._stopwatch() - self._began))
        self.time_changed.emit(left, self._all)
        if left <= 0:
            self._timer.stop()
            self.time_was_up.emit()
