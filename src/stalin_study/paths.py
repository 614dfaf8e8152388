"""Where the program's own files are, and where the pupil's are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from stalin_study.domain.policy import PlaceUnusable, Policy, gone_by
from stalin_study.policy_file import NO_POLICY, FoundPolicy, find_policy, folder_meant

DECK = "stalin-1924-41"
PORTABLE_MARK = "portable.txt"
PORTABLE_FOLDER = "Stalin Study progress"
DATA_VARIABLE = "STALIN_STUDY_DATA"
ASKED, PORTABLE, OWN, TEMPORARY = "--data-dir", PORTABLE_MARK, "own folder", "temporary"
BY_POLICY = "policy"


@dataclass(frozen=True)
class AppPaths:
    """Every folder that the program knows, and what a technician has set.

    `program` is where the executable is (or the code, when not frozen). `data` and `cache` need not
    exist yet; `data_by` says who chose `data`. `notice` is a sentence for the pupil when progress
    is not kept where they may expect it or the policy is wrong, else empty; `policy_untold` is what
    else is wrong in it.
    """

    program: Path
    cards: Path
    deck: Path
    resources: Path
    data: Path
    cache: Path
    data_by: str = OWN
    notice: str = ""
    policy: Policy = NO_POLICY
    policy_file: Path | None = None
    policy_untold: tuple[str, ...] = ()

    @property
    def is_own_deck(self) -> bool:
        """Whether the deck is the one that comes with the program."""
        return self.deck == self.cards / DECK

    @property
    def is_portable(self) -> bool:
        """Whether progress is kept beside the program."""
        return self.data_by == PORTABLE


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
    environ: Mapping[str, str] = os.environ,
) -> AppPaths:
    """Where everything is. Progress is kept in `data_dir`, which the user names; else where
    STALIN_STUDY_DATA says; else where the policy file says; else beside the program (if there is a
    file portable.txt); else in the user's own folders.

    Creates nothing, but for a portable folder to see whether it can be written. A notice is logged,
    too: a command has no other way to tell it.
    """
    installed = installation or this_installation()
    found = find_policy(installed.home if installed.executable is not None else None, environ)
    kept = _kept_in(data_dir, installed, find_user_folders, found, environ)
    paths = AppPaths(
        program=installed.home,
        cards=installed.root / "cards",
        deck=installed.root / "cards" / DECK,
        resources=installed.root / "resources",
        data=kept.data,
        cache=kept.cache,
        data_by=kept.by,
        notice=kept.notice,
        policy=found.policy,
        policy_file=found.file,
        policy_untold=found.untold,
    )
    log_faults(paths)
    return paths


def log_faults(paths: AppPaths, today: date | None = None) -> None:
    """Have the log say all that is wrong; by `today`, also that the exam date has gone by."""
    gone = gone_by(paths.policy, today) if today is not None else ""
    faults = [*paths.policy_untold, *([gone] if gone else [])]
    also = f"In the policy file {paths.policy_file}: {'; '.join(faults)}." if faults else ""
    for told in filter(None, (paths.notice, also)):
        import logging  # no start has anything to say, as a rule

        logging.getLogger(__name__).warning("%s", told)


@dataclass(frozen=True)
class _Kept:
    """Where progress is kept, who says so, and the notice about it."""

    data: Path
    cache: Path
    by: str
    notice: str = ""


def _kept_in(
    data_dir: Path | None,
    installed: Installation,
    find_user_folders: Callable[[], tuple[Path, Path]],
    found: FoundPolicy,
    environ: Mapping[str, str],
) -> _Kept:
    problems = [found.problem] if found.problem else []
    if data_dir is not None:
        data = data_dir.absolute()
        return _Kept(data, data / "cache", ASKED, _told(problems))
    for by, written, where in (
        (DATA_VARIABLE, environ.get(DATA_VARIABLE, "").strip(), DATA_VARIABLE),
        (BY_POLICY, found.policy.data_folder, f"data_folder in {found.file}"),
    ):
        if not written:
            continue
        try:
            data = folder_meant(written, environ)
        except PlaceUnusable as problem:
            problems.append(f"{where} cannot be used ({problem})")
            continue
        return _Kept(data, _cache_for(data, find_user_folders), by, _told(problems))
    kept = _without_policy(installed, find_user_folders)
    # What is wrong may be the very folder, misspelt.
    told = _told(problems, kept.data)
    return replace(kept, notice=f"{told} {kept.notice}".strip())


def _told(problems: list[str], data: Path | None = None) -> str:
    if not problems:
        return ""
    kept = f"; your progress is kept in {data}" if data is not None else ""
    return f"Please tell your technician: {'; '.join(problems)}{kept}."


def _cache_for(data: Path, find_user_folders: Callable[[], tuple[Path, Path]]) -> Path:
    """On this computer: the data folder may be on a server that is slow, or out of reach."""
    try:
        return find_user_folders()[1]
    except (RuntimeError, OSError, KeyError):
        return data / "cache"


def _without_policy(
    installed: Installation, find_user_folders: Callable[[], tuple[Path, Path]]
) -> _Kept:
    notice = ""
    if installed.executable is not None and (installed.home / PORTABLE_MARK).is_file():
        data = installed.home / PORTABLE_FOLDER
        if _can_write(data):
            return _Kept(data, data / "cache", PORTABLE)
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
        return _Kept(data, data / "cache", TEMPORARY, notice)
    return _Kept(data, cache, OWN, notice)


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
