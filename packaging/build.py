"""Builds the standalone program into dist/, tries it with nothing around it, and says its size."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from linux.deb import build_deb
from linux.finish import finish
from linux.libraries import TooNew, asked_by, check_age, dotted
from linux.tarball import build_tarball

from stalin_study import __version__

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "stalin-study"
PROGRAM = FOLDER / ("stalin-study.exe" if os.name == "nt" else "stalin-study")
MB = 1_000_000


def main() -> int:
    """Build, finish, pack, try; 0 when the trial passed."""
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
    try:
        packed = pack()
    except TooNew as reason:
        print(reason, file=sys.stderr)
        return 1
    files = (file for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink())
    unpacked = sum(file.stat().st_size for file in files)
    print(f"Unpacked {unpacked / MB:.0f} MB")
    for file in packed:
        print(f"{file.stat().st_size / MB:5.1f} MB: {file}")
    return try_program()


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
        name = str(DIST / f"stalin-study-{__version__}-windows-x86_64")
        return [Path(shutil.make_archive(name, "zip", DIST, FOLDER.name))]
    if not sys.platform.startswith("linux"):
        return []
    finish(FOLDER)
    asked = asked_by(FOLDER)
    check_age(asked)
    print(f"Needs glibc {dotted(asked.versions['GLIBC'][0])} or newer.")
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    return [
        build_tarball(FOLDER, DIST, __version__, moment),
        build_deb(FOLDER, DIST, __version__, moment),
    ]


def try_program() -> int:
    """Run --smoke with an empty PATH and home, so that nothing of this machine can help."""
    with tempfile.TemporaryDirectory() as home:
        kept = ("SYSTEMROOT", "DISPLAY", "XAUTHORITY", "TEMP", "TMP")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {"PATH": "", "HOME": home, "USERPROFILE": home, "APPDATA": home}
        if "DISPLAY" not in environment and sys.platform.startswith("linux"):
            environment["QT_QPA_PLATFORM"] = "offscreen"
        done = subprocess.run(
            [PROGRAM, "--smoke"], env=environment, capture_output=True, text=True, check=False
        )
    print(done.stdout, done.stderr, sep="")
    return done.returncode if done.returncode else 0 if json.loads(done.stdout)["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
