"""Whether a window has a data folder open, judged by its lock file as `folder_claim` makes it.

No Qt here: it is asked by commands, and on other threads.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

LOCK, STALE_SECONDS = "open.lock", 120.0  # it is renewed four times in so long


def is_open(folder: Path) -> bool:
    """Whether one has it open: here, or lately on another computer."""
    file = folder / LOCK
    try:
        with file.open("r+b") as stream:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            lines = stream.read(10_000).decode("utf-8", "replace").splitlines()
        is_here = len(lines) < 3 or lines[2].strip() == computer_name()
        return not is_here and _age(file) < STALE_SECONDS
    except FileNotFoundError:
        return False
    except OSError:
        return True  # it is held, or in no hands that could be asked


def computer_name() -> str:
    """As QLockFile writes it: on Windows in capitals, and 15 of them at most."""
    return os.environ["COMPUTERNAME"] if sys.platform == "win32" else os.uname().nodename


def _age(file: Path) -> float:
    """Seconds since a file was changed, by the clock that stamps files in its folder."""
    import tempfile  # not for a start, which loads this module

    with tempfile.TemporaryFile(dir=file.parent) as probe:
        return os.fstat(probe.fileno()).st_mtime - file.stat().st_mtime
