"""Where answers go that can be kept neither with the progress nor in the cache. No Qt here."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

NAME = "stalin-study-unsaved"


def last_resorts(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """A folder of this user's own in the system's temporary one, not made yet.

    Not Python's temporary folder, which is another one while the disk is full.
    """
    usual = "/tmp" if os.name == "posix" else ""
    named = (environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP"))
    temporary = next(filter(None, named), usual)
    return (Path(temporary) / f"{NAME}-{_user()}",) if temporary else ()


def is_own(folder: Path) -> bool:
    """Whether it is a folder of this user: in a temporary one somebody else may have made it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (os.name != "posix" or found.st_uid == os.geteuid())


def make_own(folder: Path) -> None:
    """Make it for this user alone. Raises OSError if it is somebody else's."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not is_own(folder):
            raise


def _user() -> str:
    return str(os.geteuid()) if os.name == "posix" else "mine"
