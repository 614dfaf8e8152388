"""Builds the standalone program into dist/, packs it, says its size, and checks what it built.

The licences of all that is inside, paths of this machine, and a trial with nothing around it: the
build fails when one of them does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from build_traces import machine_paths, traces_below
from linux.deb import build_deb
from linux.finish import finish
from linux.libraries import TooNew, asked_by, check_age, dotted
from linux.tarball import build_tarball

from stalin_study import __version__

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
# What is shipped, and in it the command line.
FOLDER, PROGRAM = {
    "win32": (DIST / "stalin-study", "stalin-study.exe"),
    "darwin": (DIST / "Stalin Study.app", "Contents/MacOS/stalin-study"),
}.get(sys.platform, (DIST / "stalin-study", "stalin-study"))
WINDOWS = ROOT / "packaging" / "windows"
MB = 1_000_000


def main() -> int:
    """Build, finish, check, pack; 0 when every check passed. What fails one is not packed."""
    make_reproducible()
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.check_call([sys.executable, ROOT / "packaging" / "render_icons.py"])
    subprocess.check_call(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", DIST, "--workpath", ROOT / "build" / "pyinstaller"),
            ROOT / "packaging" / "stalin_study.spec",
        ]
    )
    if sys.platform.startswith("linux"):
        finish(FOLDER)
    files = (file for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"Unpacked {sum(file.stat().st_size for file in files) / MB:.0f} MB")
    if not passes_checks():
        return 1
    for file in pack():
        print(f"{file.stat().st_size / MB:5.1f} MB: {file}")
    return 0


def passes_checks() -> bool:
    """Run every check and say how each went."""
    checks: dict[str, Callable[[], int]] = {
        "licences": check_licences,
        "trial": try_program,
    }
    if os.name == "nt":
        checks["Windows program"] = check_windows_program
    else:
        checks["paths of this machine"] = check_traces
    if sys.platform.startswith("linux"):
        checks["oldest system"] = check_oldest
    failed = [name for name, check in checks.items() if check()]
    print(*(f"{name}: {'FAILED' if name in failed else 'passed'}" for name in checks), sep="\n")
    return not failed


def make_reproducible() -> None:
    """The same files from the same sources: the time is that of the last change, not of now."""
    os.environ["PYTHONHASHSEED"] = "0"
    if "SOURCE_DATE_EPOCH" in os.environ:
        return
    git = shutil.which("git")
    command = [git, "-C", ROOT, "log", "-1", "--format=%ct"]
    found = subprocess.run(command, capture_output=True, text=True, check=False) if git else None
    told = found.stdout.strip() if found else ""
    changed = int((ROOT / "CHANGELOG.md").stat().st_mtime)
    os.environ["SOURCE_DATE_EPOCH"] = told or str(changed)


def pack() -> list[Path]:
    """Pack the folder for each way of installing it on this system."""
    if os.name == "nt":
        sys.path.insert(0, str(WINDOWS))
        from make_installers import make_zip

        return [make_zip(FOLDER, DIST, __version__)]
    if not sys.platform.startswith("linux"):
        return []
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    return [
        build_tarball(FOLDER, DIST, __version__, moment),
        build_deb(FOLDER, DIST, __version__, moment),
    ]


def check_oldest() -> int:
    """It asks for no more than the oldest Linux has that it is promised to run on."""
    asked = asked_by(FOLDER)
    print(f"Needs glibc {dotted(asked.versions['GLIBC'][0])} or newer.", flush=True)
    try:
        check_age(asked)
    except TooNew as reason:
        print(reason)
        return 1
    return 0


def check_licences() -> int:
    """Nothing is inside whose licence is not told and allowed."""
    command = [sys.executable, ROOT / "packaging" / "licences.py", "--program", FOLDER]
    return subprocess.call(command)


def check_traces() -> int:
    """No file tells of the machine that built it."""
    found = list(traces_below(FOLDER, machine_paths()))
    print(*found, f"{len(found)} paths of this machine.", sep="\n", flush=True)
    return len(found)


def check_windows_program() -> int:
    """What Windows will ask of it, and paths of this machine (see windows/check.py)."""
    return subprocess.call([sys.executable, WINDOWS / "check.py"])


def try_program() -> int:
    """Run --smoke with an empty PATH and home, so that nothing of this machine can help."""
    with tempfile.TemporaryDirectory() as home:
        kept = ("SYSTEMROOT", "DISPLAY", "XAUTHORITY", "TEMP", "TMP")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {"PATH": "", "HOME": home, "USERPROFILE": home, "APPDATA": home}
        environment["LC_ALL"] = "C.UTF-8"
        if "DISPLAY" not in environment and sys.platform.startswith("linux"):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        done = subprocess.run(
            [FOLDER / PROGRAM, "--smoke"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    print(done.stdout, done.stderr, sep="", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
