"""Small stand-ins for the clock, ids and background jobs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")
Job = tuple[
    Callable[[], object], Callable[[object], None] | None, Callable[[Exception], None] | None
]


class FakeClock:
    """A clock that stands still until it is moved; call it for the time."""

    def __init__(self, at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **parts: float) -> datetime:
        """Move by `timedelta(**parts)`, backwards too, and say the new time."""
        self.at += timedelta(**parts)
        return self.at


class CountingIds:
    """Ids id-0001, id-0002, ..."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"id-{self.count:04d}"


class ManualJobs:
    """Jobs that wait until the test runs them. An error that nobody takes is raised."""

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()
        self.is_closed = False

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._waiting)

    def run(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue `work`; once closed, leave it undone."""
        if self.is_closed:
            return
        self._waiting.append((work, on_result, on_error))  # type: ignore[arg-type]

    def run_next(self) -> None:
        """Do the oldest job and deliver its outcome."""
        work, on_result, on_error = self._waiting.popleft()
        try:
            result = work()
        except Exception as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            if on_result is not None:
                on_result(result)

    def drain(self) -> int:
        """Do all that waits, and what that adds; how many jobs were done."""
        done = 0
        while self._waiting:
            self.run_next()
            done += 1
        return done

    def close(self) -> None:
        """Do what waits, then take no more."""
        self.drain()
        self.is_closed = True


class InlineJobs(ManualJobs):
    """Jobs done at once: outcomes arrive before `run` returns, unlike with a real thread.

    A job handed in by another waits for that one to end.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False

    def run(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work` and deliver its outcome."""
        super().run(work, on_result, on_error)
        if not self._is_running:
            self._is_running = True
            try:
                self.drain()
            finally:
                self._is_running = False
