"""Who uses this: the pupils who share one installation, each with progress of their own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from stalin_study.services.jobs import Jobs
from stalin_study.services.profiles import FIRST, Profile, Profiles
from stalin_study.services.store_problems import UNEXPECTED, StoreProblem

REMOVED = (
    "{name} is removed, and the progress put aside in the folder “{place}”. To bring it back: add a"
    " pupil who studies, open Settings, then Back up, restore, move, then Add a copy, and pick"
    " progress.sqlite3 in that folder."
)
log = logging.getLogger(__name__)
T = TypeVar("T")
SWITCHING, SAVING, PUTTING_ASIDE = "Opening…", "Saving…", "Putting it aside…"


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A profile as it is listed."""

    id: str
    name: str
    is_current: bool = False
    can_remove: bool = False


@dataclass(frozen=True, slots=True)
class ProfilesState:
    """Who there is, and what goes on.

    `renaming` and `removing` are ids, or None; `question` says what removing would do. `problem`
    is a sentence about the name that was typed last, `message` one about all else, of a problem if
    `is_problem`.
    """

    lines: tuple[ProfileLine, ...] = ()
    is_in_use: bool = False
    doing: str = ""
    renaming: str | None = None
    removing: str | None = None
    question: str = ""
    problem: str = ""
    message: str = ""
    is_problem: bool = False

    @property
    def current_name(self) -> str:
        """The name of the one that is studying; empty while there is only one."""
        current = [line.name for line in self.lines if line.is_current]
        return current[0] if self.is_in_use and current else ""


class ProfilesPresenter(QObject):
    """`profile_chosen(id)`: another pupil is to study, and is the current one already."""

    state_changed = Signal(object)
    profile_chosen = Signal(str)

    def __init__(self, profiles: Profiles, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._jobs = jobs
        self.state = _listed(ProfilesState(), profiles)

    def open(self) -> None:
        """The profiles come into view: what was asked and told before is over."""
        if not self.state.doing:
            self._end()

    def add(self, name: str) -> None:
        """Make a profile with this name."""

        def added(made: Profile) -> None:
            self._end(message=f"{made.name} can study here now, with progress of their own.")

        self._do(SAVING, lambda: self._profiles.add(name), added, is_of_name=True)

    def ask_to_rename(self, profile_id: str) -> None:
        """A name for this one is to be typed."""
        self._ask(profile_id, renaming=profile_id)

    def rename(self, name: str) -> None:
        """Give the one that was asked about this name."""
        renamed = self.state.renaming
        if renamed is not None:
            self._do(
                SAVING,
                lambda: self._profiles.rename(renamed, name),
                lambda _: self._end(message="The new name is saved."),
                is_of_name=True,
            )

    def ask_to_remove(self, profile_id: str) -> None:
        """Say what removing this one would do."""
        line = self._line(profile_id)
        if line is not None and line.can_remove:
            self._ask(
                profile_id,
                removing=profile_id,
                question=f"Remove {line.name}? The progress would be put aside in the folder"
                " “profiles”, not deleted, and could be brought back.",
            )

    def remove(self) -> None:
        """Put aside the one that was asked about."""
        line = self._line(self.state.removing)
        if line is not None:

            def remove() -> Path | None:
                folder = self._profiles.remove(line.id)
                return folder if folder.exists() else None  # who never studied has none

            def removed(folder: Path | None) -> None:
                message = f"{line.name} is removed."
                if folder is not None:
                    place = f"{folder.parent.name}/{folder.name}"
                    message = REMOVED.format(name=line.name, place=place)
                self._end(message=message)

            self._do(PUTTING_ASIDE, remove, removed)

    def choose(self, profile_id: str) -> None:
        """Have this one study; nothing happens for the one that does already."""
        line = self._line(profile_id)
        if line is None or line.is_current:
            return

        def chosen(_: object) -> None:
            self._end()
            self.profile_chosen.emit(profile_id)

        self._do(SWITCHING, lambda: self._profiles.choose(profile_id), chosen)

    def cancel(self) -> None:
        """Leave everything as it is."""
        if not self.state.doing:
            self._swap(renaming=None, removing=None, question="", problem="")

    def _line(self, profile_id: str | None) -> ProfileLine | None:
        return next((line for line in self.state.lines if line.id == profile_id), None)

    def _ask(self, profile_id: str, **asked: Any) -> None:
        if not self.state.doing and self._line(profile_id) is not None:
            nothing = {"renaming": None, "removing": None, "question": ""}
            said = {"problem": "", "message": "", "is_problem": False}
            self._swap(**{**nothing, **asked, **said})

    def _do(
        self,
        doing: str,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        is_of_name: bool = False,
    ) -> None:
        """One at a time, off the GUI thread; after a problem what was typed can be put right."""

        def failed(error: Exception) -> None:
            is_known = isinstance(error, StoreProblem)
            if not is_known:
                log.error("Profiles", exc_info=error)
            problem = str(error) if is_known else UNEXPECTED
            if is_of_name:
                self._swap(doing="", problem=problem)
            else:
                self._swap(doing="", message=problem, is_problem=True)

        if not self.state.doing:
            self._swap(doing=doing, problem="", message="", is_problem=False)
            self._jobs.run(work, on_done, failed)

    def _end(self, message: str = "") -> None:
        self._swap(
            doing="",
            renaming=None,
            removing=None,
            question="",
            problem="",
            message=message,
            is_problem=False,
        )

    def _swap(self, **changes: Any) -> None:
        state = _listed(replace(self.state, **changes), self._profiles)
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _listed(state: ProfilesState, profiles: Profiles) -> ProfilesState:
    """The state with the profiles as they are now."""
    if state.doing:
        return state  # they may be changing on the other thread just now
    lines = tuple(
        ProfileLine(
            one.id,
            one.name,
            is_current=one.id == profiles.current,
            can_remove=one.id not in (FIRST, profiles.current),
        )
        for one in profiles.all
    )
    return replace(state, lines=lines, is_in_use=profiles.is_in_use)
