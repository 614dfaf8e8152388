"""Several pupils on one account, each with a folder of their own; off until asked for."""

from __future__ import annotations

import logging
import re
import shutil
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

import msgspec

from stalin_study.services.open_folder import is_open
from stalin_study.services.store_problems import StoreProblem
from stalin_study.services.whole_file import write_whole
from stalin_study.small_file import read_small

log = logging.getLogger(__name__)
FILE, FOLDER, FIRST = "profiles.json", "profiles", "first"
FIRST_NAME = "Me"
LONGEST_NAME = 40
PUT_ASIDE = "removed-"
_MOST_BYTES = 100_000
_ID = re.compile(r"[a-z0-9-]{1,40}")
_TIME = "%Y%m%d-%H%M%S"
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|first|removed.*")
NO_NAME = "Give a name, so that you can tell each other apart."
SAME_NAME = "There is a {name} already. Choose another name."
NOT_SAVED = "That could not be saved. Check that you may write in the folder of your progress."
GONE = "That one is not here any more. Choose another one."
IS_OPEN = "{name} has Stalin Study open. Close that window first, then remove {name}."
UNREAD = (
    "The names of those who use Stalin Study here could not be read, so they are named after their"
    " folders: open Settings, then Who uses this, to name them anew."
)
LAST_ONE = "The first one stays. Give it another name instead."


class Profile(msgspec.Struct, frozen=True):
    """A pupil: the id names the folder and never changes, the name may."""

    id: str
    name: str


class ProfilesFile(msgspec.Struct, frozen=True):
    """What the file holds."""

    profiles: tuple[Profile, ...]
    current: str = FIRST


class Profiles:
    """The profiles below a data folder, whose own progress is the first one's.

    What cannot be done raises StoreProblem, and changes nothing then.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / FILE
        self._is_unread = False
        self._known = self._read()

    @property
    def all(self) -> tuple[Profile, ...]:
        """Every profile, the first one first."""
        return self._known.profiles

    @property
    def current(self) -> str:
        """The id of the one that is studying."""
        return self._known.current

    @property
    def is_in_use(self) -> bool:
        """Whether there are several."""
        return len(self.all) > 1

    @property
    def notice(self) -> str:
        """A sentence about how reading the names went, or empty."""
        return UNREAD if self._is_unread and self.is_in_use else ""

    @property
    def folder(self) -> Path:
        """The data folder of the one that is studying."""
        return self.folder_of(self.current)

    def folder_of(self, profile_id: str) -> Path:
        """The data folder of a profile."""
        return self._root if profile_id == FIRST else self._root / FOLDER / profile_id

    def add(self, name: str) -> Profile:
        """Make another."""
        self._catch_up()
        name = self._fitting(name, "")
        profile = Profile(self._new_id(name), name)
        self._save(ProfilesFile((*self.all, profile), self.current))
        return profile

    def rename(self, profile_id: str, name: str) -> None:
        """Give one another name."""
        self._catch_up()
        self._check_known(profile_id)
        name = self._fitting(name, profile_id)
        renamed = tuple(Profile(one.id, name) if one.id == profile_id else one for one in self.all)
        self._save(ProfilesFile(renamed, self.current))

    def choose(self, profile_id: str) -> None:
        """Have this one study."""
        self._catch_up()
        self._check_known(profile_id)
        if profile_id != self.current:
            self._save(ProfilesFile(self.all, profile_id))

    def remove(self, profile_id: str) -> Path:
        """Put one aside, deleting nothing; the folder where it is then."""
        if profile_id == FIRST:
            raise StoreProblem(LAST_ONE)
        self._catch_up()
        self._check_known(profile_id)
        folder = self.folder_of(profile_id)
        if profile_id != self.current and is_open(folder):
            name = next(one.name for one in self.all if one.id == profile_id)
            raise StoreProblem(IS_OPEN.format(name=name))
        aside = _free(folder.with_name(f"{PUT_ASIDE}{profile_id}-{time.strftime(_TIME)}"))
        left = tuple(one for one in self.all if one.id != profile_id)
        current = FIRST if self.current == profile_id else self.current
        is_there = folder.exists()
        try:
            if is_there:
                folder.rename(aside)
        except OSError as error:
            log.warning("A profile cannot be put aside: %s", error)
            raise StoreProblem(NOT_SAVED) from error
        try:
            self._save(ProfilesFile(left, current))
        except StoreProblem:
            if is_there:
                with suppress(OSError):
                    aside.rename(folder)
            raise
        return aside

    def _catch_up(self) -> None:
        """Another window may have added one, or put one aside, since."""
        if self._is_unread or not self._file.exists():
            return
        found = self._read()
        if not self._is_unread:
            is_there = any(one.id == self.current for one in found.profiles)
            self._known = ProfilesFile(found.profiles, self.current if is_there else FIRST)

    def _check_known(self, profile_id: str) -> None:
        if all(one.id != profile_id for one in self.all):
            raise StoreProblem(GONE)

    def _fitting(self, name: str, own_id: str) -> str:
        name = _shown(name)
        if not name:
            raise StoreProblem(NO_NAME)
        taken = {one.name.casefold() for one in self.all if one.id != own_id}
        if name.casefold() in taken:
            raise StoreProblem(SAME_NAME.format(name=name))
        return name

    def _new_id(self, name: str) -> str:
        """A folder name that every system takes, like the name as far as it goes."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24].strip("-") or "pupil"
        if _RESERVED.fullmatch(stem):
            stem = f"pupil-{stem}"
        number, found = 1, stem
        while (self._root / FOLDER / found).exists() or any(one.id == found for one in self.all):
            number += 1
            found = f"{stem}-{number}"
        return found

    def _save(self, known: ProfilesFile) -> None:
        try:
            if self._is_unread:
                # Its names may be brought back by hand. A copy: should what follows fail, the file
                # is still there; if it is only out of reach, it is not written over.
                aside = self._file.with_name(f"profiles-damaged-{time.strftime(_TIME)}.json")
                shutil.copyfile(self._file, _free(aside))
            write_whole(self._file, msgspec.json.format(msgspec.json.encode(known)))
        except OSError as error:
            log.warning("The profiles cannot be saved: %s", error)
            raise StoreProblem(NOT_SAVED) from error
        self._known, self._is_unread = known, False

    def _read(self) -> ProfilesFile:
        only_one = ProfilesFile((Profile(FIRST, FIRST_NAME),))
        try:
            known = msgspec.json.decode(read_small(self._file, _MOST_BYTES), type=ProfilesFile)
        except FileNotFoundError:
            return ProfilesFile((*only_one.profiles, *self._in_folders()))
        except (OSError, ValueError, RecursionError) as error:
            log.warning("The profiles cannot be read, so the folders tell: %s", error)
            self._is_unread = True
            return ProfilesFile((*only_one.profiles, *self._in_folders()))
        safe: dict[str, Profile] = {FIRST: only_one.profiles[0]}
        for one in known.profiles:
            if one.id == FIRST or _ID.fullmatch(one.id):
                safe[one.id] = Profile(one.id, _shown(one.name) or one.id.capitalize())
        return ProfilesFile(tuple(safe.values()), known.current if known.current in safe else FIRST)

    def _in_folders(self) -> list[Profile]:
        try:
            names = sorted(path.name for path in (self._root / FOLDER).iterdir() if path.is_dir())
        except OSError:
            return []
        return [
            Profile(name, name.capitalize())
            for name in names
            if _ID.fullmatch(name) and not name.startswith(PUT_ASIDE) and name != FIRST
        ]


def _shown(name: str) -> str:
    """A name in one line, without what cannot be seen, cut to what is shown."""
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(char if char.isprintable() else " " for char in composed)
    return " ".join(visible.split())[:LONGEST_NAME].strip()


def _free(path: Path) -> Path:
    """A name that is not taken, like this one."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
