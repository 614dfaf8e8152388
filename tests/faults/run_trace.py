"""Watches every system call of a whole run of the real program: `python3 dev.py trace`.

Which sockets were made and connected, and what was written, made, renamed, changed or removed
outside the pupil's folders. Writes the figures into docs/reliability.md, and ends with 1 if there
was a network socket or a file elsewhere, or if the run did not do what it is meant to watch.
"""

from __future__ import annotations

import os
import select
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from faults.page import written  # noqa: E402
from faults.real_program import RealProgram, until  # noqa: E402
from faults.system_calls import CALLS, Watched, looked_through  # noqa: E402
from null_sink import LOUD, NullSink  # noqa: E402
from stalin_study.services.store import look_into_store  # noqa: E402
from virtual_screen import Screen  # noqa: E402

Keys = tuple[str, ...]
# The welcome is left; a card is turned and rated, a question is answered, and two things are read.
STUDY: tuple[Keys, ...] = (
    ("Return",),
    ("ctrl+2",),
    ("space",),
    ("2",),
    ("l",),
    ("Escape",),
    ("ctrl+3",),
    ("shift+Tab", "shift+Tab", "Right"),
    ("Tab", "Tab", "Return"),
    ("1",),
    ("ctrl+4",),
    ("space",),
    ("Escape",),
)
# From Play back to Export; the last choice is the shortest; from there back to the button.
EXPORT: tuple[Keys, ...] = (
    ("ctrl+2",),
    ("ctrl+4",),
    ("shift+Tab",) * 5,
    ("Return",),
    ("End",),
    ("shift+Tab",) * 2,
    ("Return",),
)
LOOK_ROUND: tuple[Keys, ...] = (
    ("Escape",),
    ("ctrl+1",),
    ("ctrl+5",),
    ("ctrl+6",),
    ("ctrl+comma",),
    ("Escape",),
    ("F1",),
    ("Escape",),
)


def main() -> int:
    """Run it, and tell."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("home/Music", "screen", "tmp", "sound"):
            (folder / name).mkdir(parents=True)
        screen, sink = Screen(folder / "screen"), NullSink(folder / "sound")
        sink.record()
        began = time.monotonic()
        try:
            trace = run_program(folder, screen, sink)
            loudest = sink.recorded().loudest(began, time.monotonic())
        finally:
            sink.close()
            screen.close()
        home = folder / "home"
        watched = looked_through(
            trace,
            folder,
            {
                home / ".local/share/stalin-study": "data",
                home / ".cache/stalin-study": "cache",
                home / "Music": "export",
                folder / "tmp": "temporary",
                folder / "sound": "the sound server's own",
                # The sound library makes its cookie where a desktop has none yet.
                home / ".config/pulse": "the sound library's own",
            },
        )
        missing = not_done(home, loudest)
    lines = told(watched)
    print("\n".join([*lines, *watched.faults, *missing]))
    if not missing:
        written("trace", lines)
    return int(bool(watched.faults or missing))


def told(watched: Watched) -> list[str]:
    """The figures."""
    return [
        f"{watched.calls:,} calls of {watched.processes} processes and threads.",
        "",
        "| sockets | times |",
        "|---|---|",
        *(f"| {what} | {count} |" for what, count in sorted(watched.sockets.items())),
        "",
        "| files written, made, renamed or removed | times |",
        "|---|---|",
        *(f"| {where} | {count:,} |" for where, count in sorted(watched.files.items())),
        f"| anywhere else | {len(watched.faults)} |",
    ]


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
    press(program, STUDY, output)
    press(program, EXPORT, output)
    until(lambda: bool(exported(folder / "home")))
    until_quiet(output)
    press(program, LOOK_ROUND, output)
    program.close()
    process.communicate(timeout=60)
    return output.read_text(errors="replace").splitlines()


def press(program: RealProgram, steps: tuple[Keys, ...], output: Path) -> None:
    """Press keys, each when the last ones have had their effect."""
    for keys in steps:
        until_quiet(output)
        program.press(*keys)


def until_quiet(output: Path) -> None:
    """Until nothing was traced for a second, or for five seconds: reading aloud goes on."""
    size = -1
    for _ in range(5):
        now = output.stat().st_size
        if now == size:
            return
        size = now
        select.select([], [], [], 1.0)


def exported(home: Path) -> list[Path]:
    """Sound files that are whole."""
    return list((home / "Music").glob("*/*.mp3"))


def not_done(home: Path, loudest: int) -> list[str]:
    """What the run was meant to do and did not: then it has watched nothing."""
    looked = look_into_store(home / ".local/share/stalin-study")
    ways = {entry.way.value for entry in looked.store.entries()} if looked else set()
    if looked:
        looked.store.close()
    done = {
        "a card rated and a question answered": len(ways) >= 2,
        "something read aloud": loudest > LOUD,
        "a sound file exported": bool(exported(home)),
    }
    return [f"Not done: {what}." for what, is_done in done.items() if not is_done]


if __name__ == "__main__":
    if not shutil.which("strace") or os.name != "posix":
        raise SystemExit("This needs Linux with strace.")
    sys.exit(main())
