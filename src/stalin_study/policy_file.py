"""Finds and reads the policy file, and makes out the folder that it names.

Read before anything else, so that nothing is loaded while there is no such file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from stalin_study.domain.policy import PlaceUnusable, Policy, expanded, policy_of
from stalin_study.small_file import read_small

NAME = "policy.toml"
VARIABLE = "STALIN_STUDY_POLICY"
NO_POLICY = Policy()
_MOST_BYTES = 100_000
_MOST_TOLD = 3


class FoundPolicy(msgspec.Struct, frozen=True):
    """A policy and where it was found; `problem` is told to the technician, or empty.

    `untold` are the faults for which it has no room: the log names them.
    """

    policy: Policy = NO_POLICY
    file: Path | None = None
    problem: str = ""
    untold: tuple[str, ...] = ()


def find_policy(beside: Path | None, environ: Mapping[str, str]) -> FoundPolicy:
    """The policy in force: one file, used whole; never raises.

    The one that STALIN_STUDY_POLICY names; else the one in the folder `beside`; else that of the
    computer.
    """
    named = environ.get(VARIABLE, "").strip()
    if named:
        file = Path(named).absolute()
        found = _read(file)
        if found is None:
            problem = f"the policy file {file}, which {VARIABLE} names, is not there"
            return FoundPolicy(NO_POLICY, file, problem)
        return found
    for folder in (beside, system_folder(sys.platform, environ)):
        found = _read(folder / NAME) if folder is not None else None
        if found is not None:
            return found
    return FoundPolicy()


def system_folder(platform: str, environ: Mapping[str, str]) -> Path | None:
    """Where the policy of a computer lies; None where the system does not say."""
    if platform == "win32":
        shared = environ.get("PROGRAMDATA", "")
        return Path(shared, "Stalin Study") if shared else None
    if platform == "darwin":
        return Path("/Library/Application Support/Stalin Study")
    return Path("/etc/stalin-study")


def folder_meant(text: str, environ: Mapping[str, str]) -> Path:
    """The folder that a technician wrote, with this user's names in it. Raises PlaceUnusable."""
    # Looked up only if they are written, since each takes its time.
    finders = {"~": _home, "user": _user, "documents": _documents}
    written = {"~": "~", "user": "{user}", "documents": "{documents}"}
    places = {name: find() for name, find in finders.items() if written[name] in text}
    folder = Path(expanded(text, places, environ))
    if not folder.is_absolute():
        raise PlaceUnusable("it is no whole path")
    return folder


def _read(file: Path) -> FoundPolicy | None:
    """None where there is no such file."""
    if str(file) == os.devnull:
        return FoundPolicy(NO_POLICY, file)
    try:
        content = read_small(file, _MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return _unread(file, error.strerror or str(error))
    import tomllib

    try:
        found = tomllib.loads(_text(content))
    except (ValueError, RecursionError) as error:
        why = "it is no plain text" if isinstance(error, UnicodeError) else str(error)
        hint = r"; a folder with \ must stand in single quotes" if b"\\" in content else ""
        return _unread(file, f"{why}{hint}")
    policy, wrong = policy_of(found)
    told, untold = wrong[:_MOST_TOLD], wrong[_MOST_TOLD:]
    more = (f"{len(untold)} more",) if untold else ()
    problem = f"in the policy file {file}, {' and '.join((*told, *more))}" if wrong else ""
    return FoundPolicy(policy, file, problem, untold)


def _unread(file: Path, why: str) -> FoundPolicy:
    problem = f"the policy file {file} cannot be read ({why})"
    return FoundPolicy(NO_POLICY, file, problem)


def _text(content: bytes) -> str:
    """Editors and scripts on Windows write UTF-8 with a mark, or UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _or_nothing(find: Callable[[], str]) -> str:
    try:
        return find()
    except (RuntimeError, OSError, KeyError, ImportError):
        return ""


def _home() -> str:
    return _or_nothing(lambda: str(Path.home()))


def _user() -> str:
    from getpass import getuser

    return _or_nothing(getuser)


def _documents() -> str:
    """As the system has it: it may have been put on a server."""
    from platformdirs import user_documents_dir

    return _or_nothing(user_documents_dir)
