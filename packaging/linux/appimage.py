"""The AppImage, made by the release workflow: one file that runs without being installed.

python packaging/linux/appimage.py --only-folder     makes dist/StalinStudy.AppDir
python packaging/linux/appimage.py --tool PROGRAM    packs it with appimagetool
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from linux.shared_files import PRIVATE_LIBRARIES, add_desktop_files

from stalin_study import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"


def main() -> int:
    """Lay out the folder, and pack it if the tool is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", type=Path, help="appimagetool")
    parser.add_argument("--only-folder", action="store_true", help="do not pack")
    options = parser.parse_args()
    if options.tool is None and not options.only_folder:
        parser.error("name appimagetool with --tool, or say --only-folder")
    folder = DIST / "StalinStudy.AppDir"
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or newest(DIST / "stalin-study")
    lay_out(DIST / "stalin-study", folder, __version__, moment)
    print(folder)
    if options.tool is None:
        return 0
    machine = platform.machine()
    target = DIST / f"stalin-study-{__version__}-{machine}.AppImage"
    environment = os.environ | {"ARCH": machine, "SOURCE_DATE_EPOCH": str(moment)}
    done = subprocess.run(
        [options.tool, "--no-appstream", folder, target], env=environment, check=False
    )
    return done.returncode


def newest(folder: Path) -> int:
    """When the newest file of a folder was changed."""
    return int(max(file.stat().st_mtime for file in folder.rglob("*")))


def lay_out(program: Path, folder: Path, version: str, moment: int) -> None:
    """Make the folder that an AppImage holds, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(program, folder / PRIVATE_LIBRARIES, symlinks=True)
    add_desktop_files(folder, version, moment)
    # On Linux both programs open the window; this one has the commands as well.
    (folder / "AppRun").symlink_to(f"{PRIVATE_LIBRARIES}/stalin-study")
    (folder / "usr" / "bin").mkdir()
    for name in ("stalin-study", "stalin-study-gui"):
        (folder / "usr" / "bin" / name).symlink_to(f"../lib/stalin-study/{name}")
    (folder / "stalin-study.desktop").symlink_to("usr/share/applications/stalin-study.desktop")
    icon = "usr/share/icons/hicolor/256x256/apps/stalin-study.png"
    for name in ("stalin-study.png", ".DirIcon"):
        (folder / name).symlink_to(icon)


if __name__ == "__main__":
    sys.exit(main())
