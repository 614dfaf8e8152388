"""The folder in which sound files wait to be played."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

_PREFIX = "reading-"


class SpeechFiles:
    """A folder of this run inside `folder`; removes what runs that ended badly left there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: Path | None = None
        self._lock: QLockFile | None = None
        self._count = 0

    def new(self) -> Path:
        """A file name that was not used before; OSError where nothing can be written."""
        if self._own is None or not self._own.is_dir():
            self._open()
        assert self._own is not None
        self._count += 1
        return self._own / f"{self._count}.wav"

    def close(self) -> None:
        """Remove everything; a file that is still being played goes at the next start."""
        own, self._own = self._own, None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
        if own is not None:
            shutil.rmtree(own, ignore_errors=True)

    def _open(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob(f"{_PREFIX}*"):
            if _lock_of(left).tryLock(0):  # nobody's: its run has ended
                shutil.rmtree(left, ignore_errors=True)
        own = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._folder)).absolute()
        self._lock = _lock_of(own)
        self._lock.tryLock(0)
        self._own = own


def remove(file: Path) -> None:
    """Remove a sound file; Windows keeps one that is being played until the folder goes."""
    with suppress(OSError):
        file.unlink()


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / "lock"))
    lock.setStaleLockTime(0)  # stale when its process has ended, however long it ran
    return lock
