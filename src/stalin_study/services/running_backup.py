"""The backup that is being made between answers, a step at a time. No Qt here."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from stalin_study.services.backups import NOT_MADE, Backup, backups_in
from stalin_study.services.safe_copies import begin_backup
from stalin_study.services.store_problems import StoreProblem
from stalin_study.services.study_store import StudyStore


class RunningBackup:
    """At most one at a time; each has a number, by which those who wait for it ask for steps.

    `same_since` is set when the last one was not made, since the newest, of then, holds the same.
    """

    def __init__(self) -> None:
        self._steps: Generator[None, None, Backup] | None = None
        self._reason = ""
        self._number = self._last_made = self._newest = 0
        self.same_since: datetime | None = None

    def begin(self, store: StudyStore, folder: Path, at: datetime, reason: str) -> int:
        """Begin one if one is due, or for a reason; its number, or 0 if there is none to make.

        One that goes on is let go for another reason than "daily". Raises StoreProblem if there is
        a reason and nothing may be written.
        """
        if self._steps is not None:
            if reason == self._reason:
                return self._number
            if reason in ("", "daily"):
                return 0
            self.drop()
        self._newest = max((one.number for one in backups_in(folder)), default=0)
        self._steps = begin_backup(store, folder, at, reason)
        if self._steps is None:
            return 0
        self._reason = reason
        self._number += 1
        return self._number

    def step(self, number: int = 0) -> bool:
        """Take a step of the one with this number, or of any; whether there are more.

        Raises DamagedFile; StoreProblem, also when the one of that number was let go.
        """
        if number == self._last_made and number:
            return False
        if number not in (0, self._number) or (number and self._steps is None):
            raise StoreProblem(NOT_MADE)
        if self._steps is None:
            return False
        try:
            next(self._steps)
        except StopIteration as done:
            made: Backup = done.value
            self.same_since = made.made_at if made.number == self._newest else None
            self._steps = None
            self._last_made = self._number
            return False
        except BaseException:
            self._steps = None
            raise
        return True

    def drop(self) -> None:
        """Let it go unfinished."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None
