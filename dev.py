#!/usr/bin/env python3
"""The project's commands, for a fresh checkout: Python 3.11 or newer and nothing else.

    python3 dev.py run [ARGS]   open the app          (Windows: py dev.py run)
    python3 dev.py test [ARGS]  run every check; ARGS go to pytest
    python3 dev.py package      build the standalone program into dist/
    python3 dev.py screenshots  pictures of every page in every theme, into build/screenshots
    python3 dev.py bench        measure, and print the figures
    python3 dev.py lock         resolve requirements/*.lock anew
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

# Shared library -> Debian package, for the Qt window and its sound.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Program -> Debian package, for the tests of the real window.
TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}


def main() -> int:
    """Run the command that the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this very line is what says so)
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"Python 3.11 or newer is needed, and this is {found}.")
    commands = {
        "run": run,
        "test": test,
        "package": package,
        "screenshots": screenshots,
        "bench": bench,
        "lock": lock,
    }
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in commands:
        print(__doc__)
        return 0 if name in ("help", "-h", "--help") else 2
    return commands[name](arguments)


def run(arguments: list[str]) -> int:
    """Install what the app needs, and open it."""
    install_libraries(with_tests=False)
    make_environment("run")
    return subprocess.call([PYTHON, "-m", "stalin_study", *arguments])


def test(arguments: list[str]) -> int:
    """Run every check; the exit code is 0 when all passed."""
    install_libraries(with_tests=True)
    make_environment("test")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "import rules": ["lint-imports", "--config", ".importlinter"],
        "deck check": ["stalin-study", "deck", "check"],
        "pytest": ["pytest", "-n", "2", *arguments],
    }
    failed = [name for name, command in checks.items() if not passes(name, command)]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEvery check passed.", flush=True)
    return 1 if failed else 0


def package(arguments: list[str]) -> int:
    """Build the standalone program and try it."""
    install_libraries(with_tests=False)
    make_environment("package")
    return subprocess.call([PYTHON, ROOT / "packaging" / "build.py", *arguments], cwd=ROOT)


def screenshots(arguments: list[str]) -> int:
    """Write the pictures."""
    install_libraries(with_tests=True)
    make_environment("test")
    return subprocess.call([PYTHON, ROOT / "tests" / "screenshots.py", *arguments], cwd=ROOT)


def bench(arguments: list[str]) -> int:
    """Run each bench and print its figures."""
    install_libraries(with_tests=True)
    make_environment("test")
    wanted = arguments or sorted(path.stem for path in (ROOT / "tests/bench").glob("bench_*.py"))
    codes = []
    for name in wanted:
        print(f"\n== {name}", flush=True)
        codes.append(subprocess.call([PYTHON, ROOT / "tests/bench" / f"{name}.py"], cwd=ROOT))
    return max(codes, default=0)


def lock(_: list[str]) -> int:
    """Resolve the locks with uv, which need not be installed otherwise."""
    make_environment("test")
    subprocess.check_call([PYTHON, "-m", "pip", "install", "--quiet", "uv"])
    options = (
        "--universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
        " --no-emit-index-url --quiet"
    ).split()
    groups: list[str] = []
    for name in ("build", "test", "package"):
        groups += ["--group", name]
        target = "run" if name == "build" else name
        subprocess.check_call(
            [PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", *groups, *options]
            + ["-o", f"requirements/{target}.lock"],
            cwd=ROOT,
        )
    return 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check from the environment."""
    print(f"\n== {name}", flush=True)
    program, *rest = command
    found = shutil.which(program, path=str(BIN))
    if found is None:
        print(f"{program} is not in {BIN}.")
        return False
    return subprocess.call([found, *rest], cwd=ROOT) == 0


def make_environment(lock_name: str) -> None:
    """Make .venv hold what the lock names, and this project; at once when it does already."""
    lock_file = ROOT / "requirements" / f"{lock_name}.lock"
    parts = [lock_file.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts += [str(ROOT).encode(), sys.version.encode()]
    stamp = hashlib.sha256(b"\0".join(parts)).hexdigest()
    stamp_file = VENV / f"{lock_name}.stamp"
    if PYTHON.exists() and stamp_file.exists() and stamp_file.read_text() == stamp:
        return
    if not environment_works():
        make_empty_environment()
    print(f"Installing requirements/{lock_name}.lock into .venv (once) ...", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    quietly([*pip, "--require-hashes", "-r", lock_file])
    quietly([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])
    stamp_file.write_text(stamp)


def environment_works() -> bool:
    """Whether .venv is there, runs, and was made by this Python in this place."""
    if not PYTHON.exists():
        return False
    code = "import sys; print(sys.version); print(sys.prefix)"
    try:
        answer = subprocess.run(
            [PYTHON, "-c", code], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.strip() == f"{sys.version}\n{VENV}"


def make_empty_environment() -> None:
    """Make .venv anew, with pip in it."""
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        install_packages([f"{version}-venv"])
    import venv

    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except PermissionError:
        sys.exit(f"This folder cannot be written: {ROOT}. Copy it to one of your own.")
    except subprocess.CalledProcessError:
        sys.exit("No private environment could be made. Install Python's venv module.")


def quietly(command: list[str | Path]) -> None:
    """Run a command whose output matters only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
        sys.exit("The packages could not be installed; see above. Is there a network?")


def install_libraries(*, with_tests: bool) -> None:
    """On Debian and Ubuntu: install the system libraries that are missing, or say how."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in LIBRARIES.items() if not has_library(library)]
    if with_tests:
        missing += [name for program, name in TEST_PROGRAMS.items() if not shutil.which(program)]
    if missing:
        install_packages(missing)


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_packages(names: list[str]) -> None:
    """Install Debian packages as root; as anybody else, print the one command and go on."""
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid"):
        print(f"Missing system libraries; your system's names for: {' '.join(names)}.")
        return
    if os.geteuid() != 0:
        print(f"Missing: sudo apt-get install {' '.join(names)}", flush=True)
        return
    print(f"Installing {' '.join(names)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    subprocess.call([apt, "-qq", "update"], **quiet)
    install = [apt, "-qq", "-y", "--no-install-recommends", "install"]
    code = subprocess.call([*install, *map(newer_name, names)], **quiet)
    if code:
        sys.exit(f"These packages could not be installed: {' '.join(names)}.")


def newer_name(name: str) -> str:
    """Ubuntu 24.04 renamed some packages for 64-bit times."""
    renamed = f"{name}t64"
    known = subprocess.run(["apt-cache", "show", renamed], capture_output=True, check=False)
    return name if known.returncode else renamed


if __name__ == "__main__":
    sys.exit(main())
