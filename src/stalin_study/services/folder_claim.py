"""One program at a time for a data folder: who has it open, here or on another computer.

A lock file that clears itself: on this computer by the process that is gone, from another one by
its age, since its holder renews it. See docs/decisions/0010-one-window.md.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QLockFile, QObject, QSysInfo, QTimer, Signal

log = logging.getLogger(__name__)
FILE = "open.lock"
RENEW_MS = 30_000
STALE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of a claim.

    "ours": the folder is ours. "here": another window of this computer has it. "elsewhere": the
    computer `host` has it, and used it `seconds` ago. "unclaimed": nobody can claim it, since its
    folder cannot be written.
    """

    outcome: Literal["ours", "here", "elsewhere", "unclaimed"]
    host: str = ""
    seconds: float = 0.0


class FolderClaim(QObject):
    """The claim of this process on a data folder; `lost(host)` when another computer took it."""

    lost = Signal(str)

    def __init__(self, folder: Path, host: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file = folder / FILE
        self._host = host or QSysInfo.machineHostName()
        self._lock = QLockFile(str(self._file))
        # Age is judged here, by the clock of the folder's own computer.
        self._lock.setStaleLockTime(0)
        self._content = b""
        self._renewing = QTimer(self)
        self._renewing.setInterval(RENEW_MS)
        self._renewing.timeout.connect(self.renew)

    def claim(self) -> Claim:
        """Claim the folder, in a few milliseconds. A claim that is stale gives way."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        for _ in range(2):
            if self._lock.tryLock(0):
                return self._claimed()
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                log.warning("The data folder cannot be claimed: %s", self._lock.error())
                return Claim("unclaimed")
            holder = self._holder()
            if holder is not None:
                return holder
        return Claim("elsewhere")

    def take_over(self) -> bool:
        """Take the folder from another computer; False if its file cannot be removed."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("The claim of another computer stays: %s", error)
            return False
        if self._lock.tryLock(0):
            self._claimed()
            return True
        return False

    def holds(self) -> bool:
        """Whether nobody has taken the folder over: one small read, on any thread."""
        if not self._content:
            return True
        try:
            return self._file.read_bytes() == self._content
        except OSError:
            # Gone, or out of reach: at least nobody else has it.
            return True

    def renew(self) -> None:
        """Show that the folder is in use, or find that it was taken over."""
        if not self.holds():
            self._renewing.stop()
            found = self._lock.getLockInfo()
            host = str(found[1]) if isinstance(found, tuple) else ""
            log.warning("The data folder was taken over by %s", host)
            self.lost.emit(host)
            return
        with suppress(OSError):
            os.utime(self._file)

    def release(self) -> None:
        """Let go of the folder; nothing happens if it was taken over."""
        self._renewing.stop()
        if self._content and self.holds():
            self._lock.unlock()
        self._content = b""

    def _claimed(self) -> Claim:
        with suppress(OSError):
            self._content = self._file.read_bytes()
        self._renewing.start()
        return Claim("ours")

    def _holder(self) -> Claim | None:
        """Who has it; None if it is free by now."""
        found = self._lock.getLockInfo()
        # It may just be written by another start; nonsense is outlived like any other claim.
        host = str(found[1]) if isinstance(found, tuple) else ""
        if host == self._host:
            return Claim("here", host)
        seconds = self._age()
        if not host and seconds is not None and seconds < STALE_SECONDS:
            return Claim("here", self._host)
        if seconds is None or seconds > STALE_SECONDS:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            return None
        return Claim("elsewhere", host, seconds)

    def _age(self) -> float | None:
        """Seconds since the claim was renewed, by the clock that stamps files in this folder."""
        probe = self._folder / f"open-{os.getpid()}.probe"
        try:
            probe.write_bytes(b"")
            return max(0.0, probe.stat().st_mtime - self._file.stat().st_mtime)
        except FileNotFoundError:
            return None
        except OSError:
            return 0.0
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)
