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
from shiboken6 import Shiboken

from stalin_study.services.jobs import Jobs, ThreadJobs
from stalin_study.services.open_folder import LOCK as FILE
from stalin_study.services.open_folder import STALE_SECONDS, computer_name
from stalin_study.small_file import USELESS, read_small

log = logging.getLogger(__name__)
_MOST_BYTES = 100_000
RENEW_MS = 30_000
# A start writes its claim in one go; what makes no sense for longer was cut off by a power cut.
NONSENSE_SECONDS = 5.0


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


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a lock file names; `machine` and `boot` are empty where the system does not say."""

    pid: int
    host: str
    machine: str = ""
    boot: str = ""

    def is_on(self, here: Holder) -> bool:
        """Whether it is on the computer of the other one.

        Copied installations share their machine id, and one computer may change its name.
        """
        if self.boot and self.boot == here.boot:
            return True
        unknown = not (self.machine and here.machine)
        return self.host == here.host and (unknown or self.machine == here.machine)

    def is_gone(self, here: Holder) -> bool:
        """Whether it, of this computer, runs no more; False where that cannot be told."""
        if self.boot and here.boot and self.boot != here.boot:
            return True
        if os.name != "posix":
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
        return False


def this_process(host: str = "") -> Holder:
    """How this process is named in a lock file."""
    machine, boot = QSysInfo.machineUniqueId(), QSysInfo.bootUniqueId()
    name = host or computer_name()
    return Holder(os.getpid(), name, _words(bytes(machine.data())), _words(bytes(boot.data())))


def named_in(content: bytes) -> Holder | None:
    """Who the content of a lock file names, as QLockFile writes it; None if it makes no sense."""
    lines = [_words(line) for line in content.split(b"\n")]
    if len(lines) < 3 or not lines[0].isdecimal() or not lines[2]:
        return None
    machine, boot = [*lines[3:5], "", ""][:2]
    return Holder(int(lines[0]), lines[2], machine, boot)


class FolderClaim(QObject):
    """The claim of this process on a data folder.

    `lost(host)` when another computer took it; the host is empty if it has let go again.
    """

    lost = Signal(str)

    def __init__(
        self,
        folder: Path,
        host: str = "",
        jobs: Jobs | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file = folder / FILE
        self._here = this_process(host)
        self._jobs = jobs
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
        for _ in range(3):
            # A lock of another computer is not shown to QLockFile, which takes two computers with
            # one machine id for the same one, and the process that it looks for here for gone.
            elsewhere = self._elsewhere()
            if elsewhere is not None:
                return elsewhere
            if self._lock.tryLock(0):
                return self._claimed()
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                log.warning("The data folder cannot be claimed: %s", self._lock.error())
                return Claim("unclaimed")
            standing = self._standing()
            if standing is not None:
                return standing
        return Claim("here", self._here.host)

    def take_over(self) -> bool:
        """Take the folder from another computer; False if its file cannot be removed."""
        if self._remove() and self._lock.tryLock(0):
            self._claimed()
            return True
        return False

    def holds(self) -> bool:
        """Whether nobody has taken the folder over: one small read, on any thread."""
        if not self._content:
            return True
        try:
            return read_small(self._file, _MOST_BYTES) == self._content
        except FileNotFoundError:
            # Taken over and let go since, unless the whole folder is out of reach.
            return not self._folder.exists()
        except OSError:
            return True

    def renew(self) -> None:
        """Have shown that the folder is in use, or found that it was taken over."""
        if self._jobs is None:
            # Not the GUI thread: a file server that is gone lets it wait for long.
            self._jobs = ThreadJobs("claim", self)
        self._jobs.run(self._renewed, self._heed)

    def release(self) -> None:
        """Let go of the folder; nothing happens if it was taken over."""
        self._renewing.stop()
        if self._jobs is not None:
            self._jobs.close()
        if self._content and self.holds():
            self._lock.unlock()
        elif self._content:
            # WORKAROUND: QLockFile's destructor removes the file whoever it belongs to by now.
            Shiboken.invalidate(self._lock)
        self._content = b""

    def _claimed(self) -> Claim:
        with suppress(OSError):
            self._content = read_small(self._file, _MOST_BYTES)
        self._renewing.start()
        return Claim("ours")

    def _renewed(self) -> str | None:
        """Renew it: None, or the host that has it now."""
        if self.holds():
            with suppress(OSError):
                # Not this computer's time: Windows would send its own to the file server.
                at = self._time_there()
                if at is None:
                    os.utime(self._file)
                else:
                    os.utime(self._file, ns=(at, at))
            return None
        try:
            holder = named_in(read_small(self._file, _MOST_BYTES))
        except OSError:
            holder = None
        return holder.host if holder is not None else ""

    def _heed(self, host: str | None) -> None:
        if host is not None and self._renewing.isActive():
            self._renewing.stop()
            log.warning("The data folder was taken over by %s", host or "a computer that left it")
            self.lost.emit(host)

    def _elsewhere(self) -> Claim | None:
        """The claim of another computer; None if there is none, or none any more."""
        holder = self._holder()
        if holder is None or holder.is_on(self._here):
            return None
        try:
            seconds = self._age()
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("The data folder cannot be claimed: %s", error)
            return Claim("unclaimed")
        if seconds > STALE_SECONDS and self._remove():
            return None
        return Claim("elsewhere", holder.host, seconds)

    def _standing(self) -> Claim | None:
        """The claim that QLockFile respects; None once it was found void and was removed.

        It respects a lock that cannot be read, and one that a file server still keeps for a process
        that is gone.
        """
        holder = self._holder()
        if holder is None:
            try:
                is_void = self._age() > NONSENSE_SECONDS
            except OSError:
                is_void = not self._file.exists()
        elif holder.is_on(self._here):
            is_void = holder.is_gone(self._here)
        else:
            return None  # of another computer, and new
        if not is_void:
            return Claim("here", self._here.host)
        return None if self._remove() else Claim("unclaimed")

    def _holder(self) -> Holder | None:
        """Who the file names. What is no file at all, which QLockFile would wait for, goes."""
        try:
            return named_in(read_small(self._file, _MOST_BYTES))
        except OSError as error:
            if error.errno in USELESS:
                with suppress(OSError):
                    self._file.unlink()
            return None

    def _remove(self) -> bool:
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("A claim on the data folder stays: %s", error)
            return False
        return True

    def _age(self) -> float:
        """Seconds since the claim was renewed. Raises OSError."""
        at = self._time_there()
        renewed_at = self._file.stat().st_mtime_ns
        if at is None:
            raise PermissionError("nothing can be written there")
        return max(0, at - renewed_at) / 1e9

    def _time_there(self) -> int | None:
        """Nanoseconds by the clock that stamps files in this folder; None if none can be made."""
        probe = self._folder / f"open-{os.getpid()}.probe"
        try:
            probe.write_bytes(b"")
            return probe.stat().st_mtime_ns
        except OSError:
            return None
        finally:
            with suppress(OSError):
                probe.unlink(missing_ok=True)


def _words(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()
