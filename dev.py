#!/usr/bin/env python3
"""The project's commands, for a fresh checkout: Python 3.11 or newer and nothing else.

python3 dev.py run [ARGS]    open the app (Windows: py dev.py run); ARGS go to the app
python3 dev.py test          run every check
python3 dev.py test ARGS     run pytest only, with ARGS
python3 dev.py package       build the standalone program into dist/
python3 dev.py screenshots   pictures of every page in every theme, into build/screenshots
python3 dev.py bench         measure, and write docs/measurements.md; NAMES only print
python3 dev.py faults        kill, fill, damage and merge progress, and count what was lost
python3 dev.py trace         watch the system calls of a whole run: no network, no stray files
python3 dev.py lock          resolve requirements/*.lock anew
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV.joinpath(*(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
THIS_PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"

# Shared library -> Debian package, for the window and its sound; the fewest that bring the others.
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
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Program -> Debian package.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "pulseaudio": "pulseaudio",
    "parec": "pulseaudio-utils",
    "dbus-daemon": "dbus",
}
STRACE = {"strace": "strace"}
PACKAGE_PROGRAMS = {"objdump": "binutils", "gcc": "gcc"}


class Stop(Exception):
    """Why a command cannot go on, in a sentence that says what to do."""


def main() -> int:
    """Run the command that the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this very line is what says so)
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"Stalin Study needs Python 3.11 or newer, and this is {found}.", file=sys.stderr)
        return 1
    commands = {
        "run": run,
        "test": test,
        "package": package,
        "screenshots": partial(run_tool, "screenshots.py", {}),
        "bench": partial(run_tool, "bench/run_benches.py", TEST_PROGRAMS),
        "faults": partial(run_tool, "faults/run_faults.py", TEST_PROGRAMS | STRACE),
        "trace": partial(run_tool, "faults/run_trace.py", TEST_PROGRAMS | STRACE),
        "lock": lock,
    }
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in commands:
        print(__doc__)
        return 0 if name in ("help", "-h", "--help") else 2
    try:
        return commands[name](arguments)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Install what the app needs, and open it."""
    install_system_packages(missing_packages({}), must=False)
    make_environment("run")
    return subprocess.call([PYTHON, "-m", "stalin_study", *arguments])


def test(arguments: list[str]) -> int:
    """Run every check; the exit code is 0 when all passed."""
    install_system_packages(missing_packages(TEST_PROGRAMS))
    make_environment("test")
    # One more than there are cores, since the tests of the real program mostly wait.
    shared_out = ["-q", "-n", str((os.cpu_count() or 1) + 1), "--dist", "loadgroup"]
    pytest = ["-m", "pytest", *(arguments or shared_out)]
    if arguments:
        return subprocess.call([PYTHON, *pytest], cwd=ROOT)
    import_linter = "import sys; from importlinter.cli import lint_imports_command as run; run()"
    checks = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "import rules": ["-c", import_linter, "--no-logo"],
        "deck check": ["-m", "stalin_study", "deck", "check"],
        "pytest": pytest,
    }
    told = []
    for name, command in checks.items():
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        code = subprocess.call([PYTHON, *command], cwd=ROOT)
        verdict = f"FAILED ({code})" if code else "passed"
        told.append(f"{name:13} {verdict:12} {time.monotonic() - start:6.1f} s")
    failures = sum("FAILED" in line for line in told)
    summary = f"{failures} of {len(checks)} checks failed." if failures else "Every check passed."
    print("\n== Summary", *told, summary, sep="\n", flush=True)
    return 1 if failures else 0


def package(_: list[str]) -> int:
    """Build the standalone program and try it."""
    missing = missing_packages(PACKAGE_PROGRAMS)
    # PyInstaller ships Python as a shared library, which Debian keeps in a package of its own.
    library = f"lib{THIS_PYTHON}.so.1.0"
    own = Path(sysconfig.get_config_var("LIBDIR") or "", library)
    if sys.platform.startswith("linux") and not (has_library(library) or own.exists()):
        missing.append(f"lib{THIS_PYTHON}")
    install_system_packages(missing)
    make_environment("package")
    return subprocess.call([PYTHON, ROOT / "packaging" / "build.py"], cwd=ROOT)


def run_tool(file: str, programs: dict[str, str], arguments: list[str]) -> int:
    """Run a program of the tests, with all that it needs."""
    install_system_packages(missing_packages(programs))
    make_environment("test")
    return subprocess.call([PYTHON, ROOT / "tests" / file, *arguments], cwd=ROOT)


def lock(_: list[str]) -> int:
    """Resolve the locks with uv (from the PATH, else installed into .venv)."""
    found = shutil.which("uv")
    if found is None:
        make_environment("test")
        quietly("uv could not be installed.", PYTHON, "-m", "pip", "install", "uv")
    uv = [found] if found else [PYTHON, "-m", "uv"]
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
    options += ["--no-annotate", "--no-emit-index-url", "--quiet"]
    groups: list[str] = []
    for lock_name, group in (("run", "build"), ("test", "test"), ("package", "package")):
        groups += ["--group", group]
        target = ["--output-file", f"requirements/{lock_name}.lock"]
        command = [*uv, "pip", "compile", "pyproject.toml", *groups, *options, *target]
        if subprocess.call(command, cwd=ROOT):
            return 1
    return 0


def make_environment(lock_name: str) -> None:
    """Make .venv hold what the lock names, and this project; at once when it does already."""
    lock_file = ROOT / "requirements" / f"{lock_name}.lock"
    parts = [lock_file.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts += [str(ROOT).encode(), sys.version.encode()]
    stamp = hashlib.sha256(b"\0".join(parts)).hexdigest()
    stamp_file = VENV / f"{lock_name}.stamp"
    try:
        if PYTHON.exists() and stamp_file.exists() and stamp_file.read_text("ascii") == stamp:
            return
        if not environment_works():
            make_empty_environment()
        print(f"Installing what requirements/{lock_name}.lock lists, once ...", flush=True)
        failed = "The packages could not be installed; the lines above say why. Is there a network?"
        pip: list[str | Path] = [PYTHON, "-m", "pip", "--quiet", "--no-input", "install"]
        quietly(failed, *pip, "--require-hashes", "-r", lock_file)
        quietly(failed, *pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
        stamp_file.write_text(stamp, "ascii")
    except OSError as error:
        raise Stop(
            f"{VENV} cannot be made: {error.strerror}. Copy the project to a folder where"
            " you may write, and start it there."
        ) from error


def environment_works() -> bool:
    """Whether .venv is there, runs, has pip, and was made by this Python in this place."""
    if not PYTHON.exists():
        return False
    # Scripts in a moved environment start the Python of the old place.
    made = (VENV / "pyvenv.cfg").read_text("utf-8", errors="replace")
    code = "import pip, sys; print(sys.version)"
    try:
        answer = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == sys.version and str(VENV) in made


def make_empty_environment() -> None:
    """Make .venv anew, with pip in it."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        install_system_packages([f"{THIS_PYTHON}-venv"])
    print("Making .venv ...", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    quietly(
        "Python's venv module failed; the lines above say why.", sys.executable, "-m", "venv", VENV
    )


def quietly(failed: str, *command: str | Path) -> None:
    """Run a command whose output matters only when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        text=True,
        errors="replace",
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise Stop(failed)


def missing_packages(programs: dict[str, str]) -> list[str]:
    """Debian packages of the shared libraries and of `programs` that this Linux lacks."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in LIBRARIES.items() if not has_library(library)]
    return missing + [name for program, name in programs.items() if not shutil.which(program)]


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_system_packages(names: list[str], *, must: bool = True) -> None:
    """Install packages as root on Debian or Ubuntu, else say what to do, and stop if `must`."""
    if not names:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        told = f"Missing on this system, by their Debian names: {' '.join(names)}."
    elif os.geteuid() != 0:
        told = f"System packages are missing. Run: sudo apt-get install {' '.join(names)}"
    else:
        print(f"Installing system packages: {' '.join(names)} ...", flush=True)
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        failed = f"These system packages could not be installed: {' '.join(names)}."
        quietly(failed, apt, "-q", "update")
        quietly(failed, apt, "-qy", "--no-install-recommends", "install", *map(newer_name, names))
        return
    if must:
        raise Stop(told)
    print(told, file=sys.stderr, flush=True)


def newer_name(name: str) -> str:
    """Debian 13 and Ubuntu 24.04 renamed some packages for 64-bit times."""
    renamed = f"{name}t64"
    known = subprocess.run(["apt-cache", "show", renamed], capture_output=True, check=False)
    return name if known.returncode else renamed


if __name__ == "__main__":
    sys.exit(main())
