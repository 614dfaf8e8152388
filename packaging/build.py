"""Builds the standalone program into dist/, tries it with nothing around it, and says its size."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from stalin_study import __version__

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "stalin-study"
PROGRAM = FOLDER / ("stalin-study.exe" if os.name == "nt" else "stalin-study")
MB = 1_000_000


def main() -> int:
    """Build, strip what may be stripped, pack, try; 0 when the trial passed."""
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
        strip_python()
        print(f"Needs glibc {'.'.join(map(str, newest_glibc()))} or newer.")
    packed = pack()
    files = (file for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink())
    unpacked = sum(file.stat().st_size for file in files)
    print(f"Unpacked {unpacked / MB:.0f} MB, packed {packed.stat().st_size / MB:.1f} MB: {packed}")
    return try_program()


def strip_python() -> None:
    """Take the debug symbols out of Python's own library; wheel libraries must stay as they are."""
    for library in FOLDER.rglob("libpython3*.so*"):
        subprocess.call(["strip", "--strip-unneeded", library])


def newest_glibc() -> tuple[int, int]:
    """The newest glibc version that any library in the folder asks for."""
    newest = (2, 0)
    for file in FOLDER.rglob("*"):
        if file.is_file() and not file.is_symlink() and file.open("rb").read(4) == b"\x7fELF":
            symbols = subprocess.run(
                ["objdump", "-T", file], capture_output=True, text=True, check=False
            ).stdout
            found = [(2, int(minor)) for minor in re.findall(r"GLIBC_2\.(\d+)", symbols)]
            newest = max([newest, *found])
    return newest


def pack() -> Path:
    """Pack the folder for people without an installer."""
    name = f"stalin-study-{__version__}-{sys.platform}-{platform.machine().lower()}"
    if os.name == "nt":
        return Path(shutil.make_archive(str(DIST / name), "zip", DIST, FOLDER.name))
    packed = DIST / f"{name}.tar.xz"
    with tarfile.open(packed, "w:xz", preset=6) as archive:
        archive.add(FOLDER, FOLDER.name)
    return packed


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
