"""Reads what strace wrote: sockets, and files that were changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

CALLS = ",".join(
    "openat openat2 open creat rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir link"
    " linkat symlink symlinkat truncate mknod mknodat chmod fchmodat chown fchownat utimensat"
    " chdir socket connect bind".split()
)
_OPENS = ("openat", "openat2", "open")
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
# No files: devices, and memory shared with the screen and the loudspeaker.
DEVICES = ("/dev/null", "/dev/tty", "/dev/shm", "/dev/dri", "/memfd:", "/proc/self")
LOCAL = ("AF_UNIX", "AF_NETLINK")
_LINE = re.compile(r"^(\d+) +(.*)$")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += +(-?\d+|\?)")
# A path, behind the folder that it starts from if the call names one.
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
SOCKETS = {
    "X11-unix": "the screen (X)",
    "wayland": "the screen (Wayland)",
    "sound/": "the loudspeaker (PulseAudio)",
    "pulse": "the loudspeaker (PulseAudio)",
    "bus": "D-Bus",
    "nscd": "names of users (the C library)",
    "stalin-study-": "later starts of Stalin Study",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that has returned."""

    process: str
    name: str
    arguments: str
    outcome: int


@dataclass(slots=True)
class Watched:
    """What a run did: sockets by kind, changes of files by place, and what it must not do."""

    calls: int = 0
    processes: int = 0
    sockets: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def looked_through(trace: list[str], folder: Path, places: Mapping[Path, str]) -> Watched:
    """Sort the calls of a run; `places` are the folders in which files may be changed."""
    watched = Watched()
    processes = set()
    faults = set()
    for call in calls_in(trace):
        watched.calls += 1
        processes.add(call.process)
        if call.name in ("socket", "connect", "bind"):
            title, is_local = _socket(call, folder)
            watched.sockets[title] += 1
            faults |= set() if is_local else {f"not local: {title}"}
        elif call.name != "chdir" and call.outcome >= 0 and _changes(call):
            for path in paths_in(call.arguments):
                place = _place(path, places)
                if place:
                    watched.files[place] += 1
                else:
                    faults.add(f"{call.name} {path}")
    watched.processes = len(processes)
    watched.faults = sorted(faults)
    return watched


def calls_in(trace: list[str]) -> Iterator[Call]:
    """The calls, also those that others came in between of."""
    begun: dict[str, str] = {}
    for line in trace:
        found = _LINE.match(line)
        if not found:
            continue
        process, text = found.groups()
        if text.endswith("<unfinished ...>"):
            begun[process] = text.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = _RESUMED.match(text)
        if resumed:
            text = begun.pop(process, "") + resumed[2]
        call = _CALL.match(text)
        if call and call[3] != "?":
            yield Call(process, call[1], call[2], int(call[3]))


def paths_in(arguments: str) -> list[PurePosixPath]:
    """The paths that a call names, from the folder that it starts from.

    One without such a folder stays as it is: relative, and so at no allowed place.
    """
    return [PurePosixPath(start, path) for start, path in _PATH.findall(arguments) if path]


def _changes(call: Call) -> bool:
    return call.name not in _OPENS or any(flag in call.arguments for flag in _WRITES)


def _place(path: PurePosixPath, places: Mapping[Path, str]) -> str:
    """Where a path is; empty if it is at no allowed place."""
    if str(path).startswith(DEVICES):
        return "devices and shared memory"
    for folder, title in places.items():
        if path == folder or folder in path.parents:
            return title
    # A folder is made with those that it lies in.
    if any(path in folder.parents for folder in places):
        return "folders above these"
    return ""


def _socket(call: Call, folder: Path) -> tuple[str, bool]:
    """What a socket is for, and whether it stays on this computer."""
    family = re.search(r"AF_\w+", call.arguments)
    kind = family[0] if family else "?"
    if call.name == "socket":
        return f"made: {kind}", kind in LOCAL
    path = re.search(r'sun_path=(@?)"([^"]+)"', call.arguments)
    if path is None:
        return f"{call.name}: {kind}", kind in LOCAL
    where = path[2].replace(str(folder), "")
    title = next((title for known, title in SOCKETS.items() if known in where), path[1] + where)
    return f"{call.name}: {title}", True
