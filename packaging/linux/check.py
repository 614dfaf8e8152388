"""Checks the artefacts in dist/ as far as that goes without installing them.

python packaging/linux/check.py    needs desktop-file-validate, appstreamcli, lintian, man
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_traces import machine_paths, traces_below
from linux.deb import build_deb
from linux.libraries import asked_by, check_age, packages_for
from linux.shared_files import APP_ID, PRIVATE_LIBRARIES
from linux.tarball import build_tarball

from stalin_study import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"
MOST_BYTES = 60_000_000


def main() -> int:
    """Run every check and print one line for each; 0 when all passed."""
    tarball, package = one(DIST, "*-linux-*.tar.xz"), one(DIST, "*.deb")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        installed, unpacked = Path(folder) / "installed", Path(folder) / "unpacked"
        subprocess.run(["dpkg-deb", "-x", package, installed], check=True)
        with tarfile.open(tarball) as archive:
            archive.extractall(unpacked, filter="tar")
        checks: dict[str, Callable[[], Iterator[str]]] = {
            "sizes": lambda: sizes(tarball, package),
            "menu entry": lambda: run("desktop-file-validate", entry(installed)),
            "description": lambda: run("appstreamcli", "validate", "--no-net", about(installed)),
            "man page": lambda: man_page(installed),
            "lintian": lambda: run("lintian", "--fail-on", "error", "--quiet", package),
            "age": lambda: age(unpacked),
            "libraries": lambda: libraries(package, installed),
            "traces": lambda: traces(installed, unpacked),
            "made again": lambda: made_again(tarball, package),
        }
        for name, check in checks.items():
            told = list(check())
            failures += bool(told)
            print(f"{name:12} {'FAILED' if told else 'passed'}", *told, sep="\n  ", flush=True)
    return 1 if failures else 0


def one(folder: Path, pattern: str) -> Path:
    """The only file of a kind."""
    (found,) = folder.glob(pattern)
    return found


def entry(installed: Path) -> Path:
    """The menu entry."""
    return installed / "usr/share/applications/stalin-study.desktop"


def about(installed: Path) -> Path:
    """The description for software centres."""
    return installed / f"usr/share/metainfo/{APP_ID}.metainfo.xml"


def run(*command: str | Path) -> Iterator[str]:
    """What a checker says when it is not content."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield from (done.stdout + done.stderr).splitlines()


def sizes(*artefacts: Path) -> Iterator[str]:
    """Artefacts that are too large."""
    for file in artefacts:
        if file.stat().st_size > MOST_BYTES:
            yield f"{file.name} has {file.stat().st_size} bytes, and may have {MOST_BYTES}"


def man_page(installed: Path) -> Iterator[str]:
    """Warnings of the man page."""
    page = installed / "usr/share/man/man1/stalin-study.1.gz"
    command = ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    yield from done.stderr.splitlines()


def age(unpacked: Path) -> Iterator[str]:
    """What the oldest system would lack."""
    try:
        check_age(asked_by(unpacked))
    except Exception as reason:
        yield str(reason)


def libraries(package: Path, installed: Path) -> Iterator[str]:
    """Packages that are needed and not named, or named and not needed."""
    command = ["dpkg-deb", "-f", package, "Depends"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    needed = packages_for(asked_by(installed / PRIVATE_LIBRARIES))
    yield from sorted(set(told.split(", ")) ^ set(needed))


def traces(*folders: Path) -> Iterator[str]:
    """Files that carry a path of the machine that built them."""
    for folder in folders:
        yield from traces_below(folder, machine_paths())


def made_again(tarball: Path, package: Path) -> Iterator[str]:
    """Artefacts that are not the same bytes when they are packed once more."""
    with tarfile.open(tarball) as archive:
        moment = int(archive.getmember("stalin-study").mtime)
    with tempfile.TemporaryDirectory() as folder:
        program = DIST / "stalin-study"
        for build, first in ((build_tarball, tarball), (build_deb, package)):
            second = build(program, Path(folder), __version__, moment)
            if checksum(first) != checksum(second):
                yield f"{first.name} differs"


def checksum(file: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
