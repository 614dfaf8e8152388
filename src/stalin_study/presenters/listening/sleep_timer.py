"""Pauses the reading for a pupil who falls asleep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil


class SleepTimer:
    """Runs out once, so many minutes after it was set."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ends_at: datetime | None = None

    def set(self, minutes: int) -> None:
        """Start anew; 0 for never."""
        self._ends_at = self._now() + timedelta(minutes=minutes) if minutes > 0 else None

    @property
    def minutes_left(self) -> int:
        """Whole minutes, rounded up; 0 when it is not set."""
        if self._ends_at is None:
            return 0
        return max(ceil((self._ends_at - self._now()).total_seconds() / 60), 0)

    def runs_out(self) -> bool:
        """Whether its time has come; then it is not set any more."""
        if self._ends_at is None or self._now() < self._ends_at:
            return False
        self._ends_at = None
        return True
