"""Where in a file the sound is now, between the player's own reports of it."""

from __future__ import annotations

from collections.abc import Callable

# QMediaPlayer 6.11 reports every 50 ms; by then the sound is this much further (measured with a
# null sink of PulseAudio; docs/measurements.md).
LAG_MS = 8
MOST_AHEAD_MS = 120


class PlayClock:
    """Goes on with the time from the last report. `elapsed_ms` is a monotonic clock."""

    def __init__(self, elapsed_ms: Callable[[], float]) -> None:
        self._elapsed_ms = elapsed_ms
        self.start(0, 1.0)

    def start(self, position_ms: int, speed: float) -> None:
        """From here on the file plays, once reports begin to change."""
        self._speed = speed
        self._report = position_ms
        self._reported_at: float | None = None
        self._told = float(position_ms)

    def read(self, report_ms: int) -> int:
        """The position now, given what the player says; it never goes back."""
        now = self._elapsed_ms()
        if report_ms != self._report:
            self._report, self._reported_at = report_ms, now
        if self._reported_at is not None:
            passed = min(now - self._reported_at, MOST_AHEAD_MS)
            self._told = max(self._told, self._report + (LAG_MS + passed) * self._speed)
        return round(self._told)
