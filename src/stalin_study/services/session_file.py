"""The self-test session that is going on, kept beside the progress until it ends."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec

from stalin_study.domain.self_test.session import SelfTest
from stalin_study.domain.self_test.tasks import Plain
from stalin_study.services.jobs import Jobs
from stalin_study.services.whole_file import draft_of, write_whole
from stalin_study.small_file import USELESS, read_small

log = logging.getLogger(__name__)
FILE = "self-test.json"
VERSION = 1
UNREAD = (
    "The self-test that you left half-way could not be read, so begin a new one: what you answered"
    " in it is saved."
)
_MOST_BYTES = 20_000_000


class SavedSession(Plain, frozen=True):
    """A session with its id in the log, and what is being written."""

    session_id: str
    session: SelfTest
    draft: str = ""
    version: int = VERSION


class SessionFile:
    """Saves and forgets in the background. What cannot be saved or read is only a convenience lost.

    The answers themselves are in the review log. `tell` is called with a sentence, once, when a
    session that was left could not be read.
    """

    def __init__(
        self, folder: Path, jobs: Jobs, tell: Callable[[str], object] = lambda _: None
    ) -> None:
        self._file = folder / FILE
        self._tell = tell
        self._jobs = jobs
        self._next: SavedSession | None = None
        self._is_known = self._is_waiting = False

    def load(self) -> SavedSession | None:
        """The session that was saved last; None without one, or if it makes no sense."""
        # While it is being written, the file still has the one before.
        if self._is_known:
            return self._next
        try:
            content = read_small(self._file, _MOST_BYTES)
            saved = msgspec.json.decode(content, type=SavedSession)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            log.info("The session that was left could not be read: %s", error)
            if not isinstance(error, OSError) or error.errno in USELESS:
                self._is_known = True
                self._tell(UNREAD)
            return None
        return saved if saved.version == VERSION else None

    def save(self, saved: SavedSession) -> None:
        """Keep a session, in place of the one before."""
        self._set(saved)

    def clear(self) -> None:
        """Forget the session: it has ended."""
        self._set(None)

    def _set(self, saved: SavedSession | None) -> None:
        self._next = saved
        self._is_known = True
        # What still waits takes this along.
        if not self._is_waiting:
            self._is_waiting = True
            self._jobs.run(self._write, None, self._failed)

    def _write(self) -> None:
        self._is_waiting = False
        saved = self._next
        if saved is None:
            self._file.unlink(missing_ok=True)
            draft_of(self._file).unlink(missing_ok=True)
            return
        write_whole(self._file, msgspec.json.encode(saved))

    @staticmethod
    def _failed(error: Exception) -> None:
        log.info("The session could not be saved: %s", error)
