"""A trial: what is told as saved has reached the disk, so that a power cut cannot undo it.

Killing a program does not show this, since the system keeps what it was handed. So the calls of a
pupil are watched: whatever was written in the data folder must be synced before a line is told.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))

from faults.pupils import AutomaticPupil, Tried  # noqa: E402
from faults.system_calls import Call, calls_in  # noqa: E402

CALLS = "write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync"
SYNCS = ("fsync", "fdatasync")
_FILE = re.compile(r"^(\d+)<([^>]*)>")
ACTS = 30
# Nothing of progress is in these.
NOT_PROGRESS = (".log", "-shm")


def can_watch() -> bool:
    """Whether calls can be watched here."""
    return shutil.which("strace") is not None


def sync_trial(folder: Path, seed: int, *, without_fsync: bool = False) -> Tried:
    """Watch a pupil; `without_fsync` lets Python's own syncs do nothing, to see that it is seen."""
    folder.mkdir(parents=True)
    output, data = folder / "trace.txt", folder / "data"
    watch = ["strace", "-f", "-y", "-s", "2000", "-e", f"trace={CALLS}", "-o", str(output)]
    pupil = [sys.executable, __file__, str(data), str(seed), "lies" if without_fsync else ""]
    done = subprocess.run([*watch, *pupil], capture_output=True, text=True, check=False)
    if done.returncode:
        return Tried([f"the pupil ended with {done.returncode}: {done.stderr[-300:]}"])
    return told_too_early(calls_in(output.read_text(errors="replace").splitlines()), data)


def told_too_early(calls: Iterable[Call], data: Path) -> Tried:
    """Which files were not yet on disk when lines were told on standard output."""
    unsynced: set[str] = set()
    tried = Tried()
    for call in calls:
        found = _FILE.match(call.arguments)
        if not found or call.outcome < 0:
            continue
        number, path = found.groups()
        if number == "1":
            tried.saved += call.arguments.count("\\n")
            tried.faults += [f"told before it was on disk: {name}" for name in sorted(unsynced)]
        elif call.name in SYNCS:
            unsynced.discard(Path(path).name)
        elif data in Path(path).parents and not path.endswith(NOT_PROGRESS):
            unsynced.add(Path(path).name)
    return tried


def _pupil(folder: Path, seed: int, *, lies: bool) -> None:
    if lies:
        os.fsync = lambda _: None
    pupil = AutomaticPupil(folder, seed, told=1)
    while len(pupil.acknowledged) < ACTS:
        pupil.act()
    pupil.leave()


if __name__ == "__main__":
    _pupil(Path(sys.argv[1]), int(sys.argv[2]), lies=sys.argv[3] == "lies")
