"""Watches every system call of a whole run of the real program: `python3 dev.py trace`.

Which sockets were opened, and what was written, made, renamed or removed outside the pupil's
folders. Writes the figures into docs/reliability.md, and ends with 1 if there was anything.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from faults.page import written  # noqa: E402
from faults.real_program import RealProgram, until  # noqa: E402
from null_sink import NullSink  # noqa: E402
from virtual_screen import Screen  # noqa: E402

CALLS = ",".join(
    "openat open creat rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir link linkat"
    " symlink symlinkat truncate socket connect bind".split()
)
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += +(-?\d+|\?)(.*)$")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT")
# Files that are no files: devices, and memory shared with the screen and the loudspeaker.
DEVICES = ("/dev/null", "/dev/shm/", "/dev/dri/", "/memfd:", "/proc/self/")


def main() -> int:
    """Run it, and tell."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("home", "screen", "tmp", "sound"):
            (folder / name).mkdir()
        screen, sink = Screen(folder / "screen"), NullSink(folder / "sound")
        try:
            trace = run_program(folder, screen, sink)
        finally:
            sink.close()
            screen.close()
        sockets, faults = looked_through(trace, folder)
    lines = [
        "| sockets | times |",
        "|---|---|",
        *(f"| {what} | {count} |" for what, count in sorted(sockets.items())),
        "",
        f"Written outside data, cache and temporary folders: {len(faults)} files.",
    ]
    print("\n".join([*lines, *faults]))
    written("trace", lines)
    return int(bool(faults))


def run_program(folder: Path, screen: Screen, sink: NullSink) -> list[str]:
    """Use it as a pupil does, under strace; the lines that strace wrote."""
    program = RealProgram(screen.display)
    program.environment |= sink.environment
    program.environment |= {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        program.environment.pop(name, None)
    output = folder / "trace.txt"
    bus = ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []
    command = [*bus, "strace", "-f", "-y", "-s", "300", "-e", f"trace={CALLS}", "-o", str(output)]
    process = program.start(None, command)
    if not until(lambda: bool(program.windows())):
        raise SystemExit("The window did not come up.")
    program.focus(program.windows()[0])
    for keys in STEPS:
        program.press(*keys)
        until_quiet(output)
    program.close()
    process.communicate(timeout=60)
    return output.read_text(errors="replace").splitlines()


# The welcome is left with Enter; then cards, a self-test, reading aloud, the other pages, settings.
STEPS = (
    ("Return",),
    ("ctrl+2",),
    ("space",),
    ("2",),
    ("l",),
    ("Escape",),
    ("ctrl+3",),
    ("Return",),
    ("1",),
    ("ctrl+4",),
    ("space",),
    ("ctrl+1",),
    ("ctrl+5",),
    ("ctrl+6",),
    ("ctrl+comma",),
    ("Escape",),
    ("F1",),
    ("Escape",),
)


def until_quiet(output: Path) -> None:
    """Until nothing was traced for a second."""
    import select

    size = -1
    while (now := output.stat().st_size) != size:
        size = now
        select.select([], [], [], 1.0)


def looked_through(trace: list[str], folder: Path) -> tuple[Counter[str], list[str]]:
    """The sockets by kind, and each file outside the pupil's folders that was changed."""
    sockets: Counter[str] = Counter()
    faults = []
    home = folder / "home"
    allowed = [folder / "tmp", folder / "sound", home / ".local/share/stalin-study"]
    allowed += [home / ".cache/stalin-study"]
    # The sound library's own, made by it where a desktop has none yet.
    allowed += [home / ".config/pulse"]
    for name, arguments, outcome in _calls(trace):
        if outcome < 0:
            continue
        if name in ("socket", "connect", "bind"):
            sockets[_socket(name, arguments, folder)] += 1
        elif name not in ("openat", "open") or any(flag in arguments for flag in _WRITES):
            paths = [Path(path) for path in _PATH.findall(arguments)]
            faults += [
                f"{name} {path}"
                for path in paths
                if path.is_absolute()
                and not str(path).startswith(DEVICES)
                and not any(path == one or one in path.parents for one in allowed)
                and not any(path in one.parents for one in allowed)
            ]
    faults += [f"{what}: no local socket" for what in sockets if "not local" in what]
    return sockets, sorted(set(faults))


def _calls(trace: list[str]) -> Iterator[tuple[str, str, int]]:
    for line in trace:
        match = _CALL.match(line)
        if match and match[3] != "?":
            yield match[1], match[2], int(match[3])


def _socket(name: str, arguments: str, folder: Path) -> str:
    family = re.search(r"AF_\w+", arguments)
    kind = family[0] if family else "?"
    if name == "socket":
        is_local = kind in ("AF_UNIX", "AF_NETLINK")
        return f"made: {kind}" + ("" if is_local else " (not local)")
    path = re.search(r'sun_path=(@?)"([^"]+)"', arguments)
    if path is None:
        return f"{name}: {kind}" + ("" if kind in ("AF_UNIX", "AF_NETLINK") else " (not local)")
    where = path[2].replace(str(folder), "")
    for known, title in SOCKETS.items():
        if known in where:
            return f"{name}: {title}"
    return f"{name}: {path[1]}{where}"


SOCKETS = {
    "X11-unix": "the screen (X)",
    "wayland": "the screen (Wayland)",
    "sound/": "the loudspeaker (PulseAudio)",
    "pulse": "the loudspeaker (PulseAudio)",
    "bus": "D-Bus",
    "stalin-study-": "later starts of Stalin Study",
}


if __name__ == "__main__":
    if not shutil.which("strace") or os.name != "posix":
        raise SystemExit("This needs Linux with strace.")
    sys.exit(main())
