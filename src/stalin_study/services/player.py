"""What plays the sound of a sentence, and the player that only keeps its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

TICK_MS = 20


class Player(QObject):
    """Plays one file at a time.

    Signals: the position in the file, in milliseconds at normal speed; the end of the file; a
    sentence when playing is not possible; a sentence when it goes on in another way.
    """

    position_changed = Signal(int)
    finished = Signal()
    failed = Signal(str)
    notice = Signal(str)

    def preload(self) -> None:
        """Load what can be loaded on another thread."""

    def prepare(self) -> None:
        """Load what playing needs, so that the first sound comes soon."""

    def play(self, file: Path, duration_ms: int, start_ms: int = 0) -> None:
        """Play `file` from a position in it, whatever was playing before."""
        raise NotImplementedError

    def rest(self, duration_ms: int) -> None:
        """Be silent for so long at any speed, as if a file were played."""
        raise NotImplementedError

    def pause(self) -> None:
        """Hold on to the position."""
        raise NotImplementedError

    def resume(self) -> None:
        """Go on from where it was paused."""
        raise NotImplementedError

    def stop(self) -> None:
        """Fall silent and let go of the file."""
        raise NotImplementedError

    def set_speed(self, speed: float) -> None:
        """1 is as in the file; the pitch stays."""
        raise NotImplementedError

    def set_volume(self, percent: int) -> None:
        """0 is silent, 100 as loud as the file; as the ear hears it."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop, and play no more."""
        self.stop()


class SilentPlayer(Player):
    """Keeps the time of a file without a sound. `elapsed_ms` is a clock, for tests."""

    def __init__(
        self, parent: QObject | None = None, elapsed_ms: Callable[[], int] | None = None
    ) -> None:
        super().__init__(parent)
        self._since_start = QElapsedTimer()
        self._since_start.start()
        self._elapsed_ms = elapsed_ms or self._since_start.elapsed
        self._duration_ms = 0
        self._speed = 1.0
        self._base = 0.0
        self._resumed_at = 0
        self._timer = ticking(self, self.tick)

    @property
    def is_playing(self) -> bool:
        """Whether its time passes."""
        return self._timer.isActive()

    @property
    def position_ms(self) -> int:
        """Where in the file it is now."""
        passed = 0.0
        if self._timer.isActive():
            passed = (self._elapsed_ms() - self._resumed_at) * self._speed
        return min(round(self._base + passed), self._duration_ms)

    def play(self, file: Path, duration_ms: int, start_ms: int = 0) -> None:
        """Keep the time of a file of so many milliseconds; `file` is not opened."""
        self.start_at(start_ms, duration_ms)

    def rest(self, duration_ms: int) -> None:
        """Keep the time of a rest; the speed must be 1."""
        self.start_at(0, duration_ms)

    def set_volume(self, percent: int) -> None:
        """Silence is silence."""

    def start_at(self, position_ms: int, duration_ms: int) -> None:
        """Keep time from a position within the file."""
        self._timer.stop()
        self._duration_ms = duration_ms
        self._base = position_ms
        self.resume()

    def pause(self) -> None:
        """Stand still."""
        self._base = self.position_ms
        self._timer.stop()

    def resume(self) -> None:
        """Go on."""
        self._resumed_at = self._elapsed_ms()
        self._timer.start()

    def stop(self) -> None:
        """Back to the start."""
        self._timer.stop()
        self._base = 0.0

    def set_speed(self, speed: float) -> None:
        """Pass the time faster or slower from here on."""
        self._base = self.position_ms
        self._resumed_at = self._elapsed_ms()
        self._speed = speed

    def tick(self) -> None:
        """Report the position; at the end, finish."""
        if not self._timer.isActive():
            return
        position = self.position_ms
        self.position_changed.emit(position)
        if position >= self._duration_ms and self._timer.isActive():
            self._timer.stop()
            self.finished.emit()


def ticking(parent: QObject, tick: Callable[[], None]) -> QTimer:
    """A precise timer, not started, that calls `tick` every 20 ms."""
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(TICK_MS)
    timer.timeout.connect(tick)
    return timer
