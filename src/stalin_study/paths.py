"""Where the program's own files are, and where the pupil's are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DECK = "stalin-1924-41"
PORTABLE_MARK = "portable.txt"
PORTABLE_FOLDER = "Stalin Study progress"


@dataclass(frozen=True)
class AppPaths:
    """Every folder that the program knows.

    `program` is where the executable is (or the code, when not frozen). `data` and `cache` need not
    exist yet. `notice` is a sentence for the pupil when progress is not kept where they may expect
    it, else empty.
    """

    program: Path
    cards: Path
    deck: Path
    resources: Path
    data: Path
    cache: Path
    is_portable: bool = False
    notice: str = ""


@dataclass(frozen=True)
class Installation:
    """How this program was installed: `executable` is None unless it is frozen."""

    package: Path
    executable: Path | None = None
    bundle: Path | None = None

    @property
    def root(self) -> Path:
        """The folder that holds `cards` and `resources`: the package in a wheel, the unpacked
        bundle in the frozen program, the checkout otherwise.
        """
        for folder in (self.package, self.bundle):
            if folder is not None and (folder / "cards").is_dir():
                return folder
        return self.package.parent.parent

    @property
    def home(self) -> Path:
        """The folder in which a pupil sees the program: on macOS the one that holds the .app."""
        if self.executable is None:
            return self.root
        folder = self.executable.parent
        if folder.name == "MacOS" and folder.parent.parent.suffix == ".app":
            return folder.parent.parent.parent
        return folder


def this_installation() -> Installation:
    """How the running program was installed."""
    package = Path(__file__).resolve().parent
    if not getattr(sys, "frozen", False):
        return Installation(package)
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    return Installation(package, Path(sys.executable), Path(bundle) if bundle else None)


def user_folders() -> tuple[Path, Path]:
    """The data and cache folders of this user, as the system has them.

    RuntimeError is raised where no home folder can be found.
    """
    from platformdirs import PlatformDirs

    name = "Stalin Study" if sys.platform in ("win32", "darwin") else "stalin-study"
    folders = PlatformDirs(name, appauthor=False, roaming=True)
    local = PlatformDirs(name, appauthor=False)
    return folders.user_data_path, local.user_cache_path


def find_paths(
    data_dir: Path | None = None,
    *,
    installation: Installation | None = None,
    find_user_folders: Callable[[], tuple[Path, Path]] = user_folders,
) -> AppPaths:
    """Where everything is. A `data_dir` that the user names comes first, then portable mode
    (a file portable.txt beside the executable), then the user's own folders.

    Creates nothing, but for a portable folder to see whether it can be written.
    """
    installed = installation or this_installation()
    data, cache, is_portable, notice = _kept_in(data_dir, installed, find_user_folders)
    return AppPaths(
        program=installed.home,
        cards=installed.root / "cards",
        deck=installed.root / "cards" / DECK,
        resources=installed.root / "resources",
        data=data,
        cache=cache,
        is_portable=is_portable,
        notice=notice,
    )


def _kept_in(
    data_dir: Path | None,
    installed: Installation,
    find_user_folders: Callable[[], tuple[Path, Path]],
) -> tuple[Path, Path, bool, str]:
    """Data folder, cache folder, whether portable, notice."""
    if data_dir is not None:
        data = data_dir.absolute()
        return data, data / "cache", False, ""
    notice = ""
    if installed.executable is not None and (installed.home / PORTABLE_MARK).is_file():
        data = installed.home / PORTABLE_FOLDER
        if _can_write(data):
            return data, data / "cache", True, ""
        notice = (
            "Stalin Study cannot write beside the program, so your progress is kept in your own"
            " folder on this computer."
        )
    try:
        data, cache = find_user_folders()
    except (RuntimeError, OSError, KeyError):
        import tempfile

        data = Path(tempfile.gettempdir()) / "stalin-study"
        notice = (
            "No home folder was found, so your progress is kept in a temporary folder and may be"
            " lost. Use --data-dir to choose a folder."
        )
        return data, data / "cache", False, notice
    return data, cache, False, notice


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(exist_ok=True)
        # WORKAROUND python/cpython#66305: tempfile tries for ever in a Windows folder that cannot
        # be written, which is just what is asked here.
        probe = folder / f"probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True
