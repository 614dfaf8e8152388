"""Builds the Windows program, Setup, the MSI package and the zip on Debian, and tries them all.

.venv/bin/python packaging/windows/build_under_wine.py [--no-trials]

Everything comes from Debian's and Python's registries. What is made this way is for trials: a
release is built on Windows, by python.org's own Python. See README.md here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wine import Wine

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402

BUILD = ROOT / "build" / "wine"
FOLDER = BUILD / "dist" / "stalin-study"  # the one in dist/ is the program for this system
# Program -> Debian package.
PROGRAMS = {
    "wine": "wine",
    "wine64": "wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "makensis": "nsis",
    "wixl": "wixl",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}
MB = 1_000_000
LARGEST_SETUP_MB = 40


def main() -> int:
    """Build, check, try; 0 when all went well."""
    dev.install_system_packages(missing_programs())
    dev.make_environment("package")
    if Path(sys.prefix) != dev.VENV:
        return subprocess.call([dev.PYTHON, __file__, *sys.argv[1:]])
    from windows_python import make_windows_python
    from wine import Wine

    python = make_windows_python(BUILD / "python", BUILD / "downloads")
    # pefile, which the lock has for Windows only.
    sys.path.append(str(python.parent / "Lib" / "site-packages"))
    with Wine(BUILD / "prefix") as wine:
        import check
        import make_installers

        build_program(wine, python)
        version = make_installers.program_version()
        wrong = list(check.problems(FOLDER, version))
        print(*wrong, f"{len(wrong)} problems found by check.py", sep="\n", flush=True)
        licences = (ROOT / "packaging" / "licences.py", "--program", FOLDER)
        if subprocess.call((sys.executable, *licences)):
            wrong.append("Something is inside whose licence is not told.")
        (ROOT / "dist").mkdir(exist_ok=True)
        setup, msi, portable = make_installers.make_all(FOLDER, ROOT / "dist", version)
        for file in (setup, msi, portable):
            print(f"{file.stat().st_size / MB:6.1f} MB  {file.name}", flush=True)
        if setup.stat().st_size > LARGEST_SETUP_MB * MB:
            wrong.append(f"Setup is larger than {LARGEST_SETUP_MB} MB.")
            print(wrong[-1])
        failures = 0
        if "--no-trials" not in sys.argv:
            failures = try_all(wine, (setup, msi, portable), version)
    return 1 if wrong or failures else 0


def missing_programs() -> list[str]:
    """Debian packages that are not there yet."""
    places = f"{os.environ.get('PATH', '')}:/usr/lib/wine"
    return [name for program, name in PROGRAMS.items() if not shutil.which(program, path=places)]


def build_program(wine: Wine, python: Path) -> None:
    """PyInstaller under wine, by the same recipe as everywhere."""
    from wine import windows_path

    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.check_call([sys.executable, ROOT / "packaging" / "render_icons.py"])
    done = wine.run(
        *(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", windows_path(FOLDER.parent)),
        *("--workpath", windows_path(BUILD / "pyinstaller")),
        windows_path(ROOT / "packaging" / "stalin_study.spec"),
        timeout=900,
    )
    if done.code:
        raise SystemExit(done.said)


def try_all(wine: Wine, made: tuple[Path, Path, Path], version: str) -> int:
    """The trials, with a next version to upgrade to; the number that failed."""
    from make_installers import make_msi, make_setup
    from trial_steps import Artefacts
    from trials import Trials

    setup, msi, portable = made
    major, minor, patch = map(int, version.split("."))
    following = f"{major}.{minor}.{patch + 1}"
    next_setup, next_msi = BUILD / "next" / "StalinStudy-next.exe", BUILD / "next" / "next.msi"
    next_setup.parent.mkdir(exist_ok=True)
    make_setup(FOLDER, next_setup, following, is_for_trial=True)
    make_msi(FOLDER, next_msi, following)
    artefacts = Artefacts(setup, next_setup, msi, next_msi, portable, version, following)
    return Trials(wine, artefacts).run_all()


if __name__ == "__main__":
    sys.exit(main())
