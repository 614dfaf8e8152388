"""Makes Setup, the MSI package and the portable zip of the program in dist/, on Windows or Linux.

NSIS must be there, and for the MSI package wixl (Debian) or WiX 3 (Windows). The command in the
environment variable SIGN, if there is one, signs each: a file's name is added to it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from msi import recipe

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dist" / "stalin-study"
ICON = ROOT / "build" / "icons" / "app.ico"
PORTABLE_NOTE = (
    "While this file is beside Stalin Study.exe, progress is kept in this folder, on a memory"
    " stick for example. Unpack everything before you start the program.\r\n"
)


class Missing(Exception):
    """A program that is needed is not there; the message says which."""


def main() -> int:
    """Make all three from dist/stalin-study."""
    version = program_version()
    for file in make_all(FOLDER, ROOT / "dist", version):
        print(f"{file.stat().st_size / 1e6:6.1f} MB  {file}")
    return 0


def program_version() -> str:
    """The version as the program says it."""
    source = (ROOT / "src" / "stalin_study" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', source, re.M)
    assert found is not None
    return found[1]


def make_all(folder: Path, target: Path, version: str) -> tuple[Path, Path, Path]:
    """Setup, MSI package and zip of the program in `folder`."""
    setup = make_setup(folder, target / "StalinStudy-Setup.exe", version)
    msi = make_msi(folder, target / "StalinStudy.msi", version)
    portable = make_zip(folder, target, version)
    return setup, msi, portable


def make_setup(folder: Path, setup: Path, version: str, *, is_for_trial: bool = False) -> Path:
    """The installer, by NSIS; one for a trial is made in seconds and is larger."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    longest = max(len(str(file.relative_to(folder))) for file in files) + 1
    # A cluster more for each file.
    size = sum(file.stat().st_size // 1024 + 4 for file in files)
    defined = {
        "VERSION": version,
        "SOURCE": folder,
        "OUTPUT": setup,
        "ICON": ICON,
        "SIZE_KB": size,
        "LONGEST": longest,
    }
    if os.name != "nt":
        defined["AMD64"] = "1"  # Debian's NSIS has stubs of 64 bits
    if is_for_trial:
        defined["QUICK"] = "1"
    if os.environ.get("SIGN"):
        defined["SIGN"] = os.environ["SIGN"]
    options = [f"-D{name}={value}" for name, value in defined.items()]
    makensis = program("makensis", r"C:\Program Files (x86)\NSIS")
    script = Path(__file__).with_name("installer.nsi")
    subprocess.check_call((makensis, "-V2", "-WX", *options, script))
    return setup


def make_msi(folder: Path, msi: Path, version: str) -> Path:
    """The MSI package, by wixl or WiX 3."""
    source = ROOT / "build" / "stalin_study.wxs"
    source.write_text(recipe(folder, version, ICON, source.parent), "utf-8")
    if os.name == "nt":
        wix = Path(os.environ.get("WIX", ""), "bin")
        compiled = source.with_suffix(".wixobj")
        candle, light = program("candle", wix), program("light", wix)
        subprocess.check_call((candle, "-nologo", "-arch", "x64", "-out", compiled, source))
        subprocess.check_call(
            # -dcl: packed as small as it can be, which wixl cannot do.
            (light, "-nologo", "-sval", "-spdb", "-dcl:high", "-out", msi, compiled),
            cwd=source.parent,
        )
    else:
        command = (program("wixl", ""), "--arch", "x64", "--output", msi, source.name)
        subprocess.check_call(command, cwd=source.parent)
    if os.environ.get("SIGN"):
        subprocess.check_call(f'{os.environ["SIGN"]} "{msi}"', shell=True)
    return msi


def make_zip(folder: Path, target: Path, version: str) -> Path:
    """The portable program: it keeps progress beside itself."""
    top = "Stalin Study"
    packed = target / f"StalinStudy-{version}-portable.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(f"{top}/portable.txt", PORTABLE_NOTE)
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"{top}/{file.relative_to(folder).as_posix()}")
    return packed


def program(name: str, usual_place: str | Path) -> str:
    """A program by its name, from the PATH or where it usually is."""
    found = shutil.which(name) or shutil.which(name, path=str(usual_place))
    if found is None:
        raise Missing(f"{name} is not installed.")
    return found


if __name__ == "__main__":
    sys.exit(main())
