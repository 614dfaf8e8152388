"""Copies beside the progress file, as services make them that keep folders alike. No Qt here."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path

from stalin_study.services.backups import FOLDER
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.store import FILE

log = logging.getLogger(__name__)
LIVE = (FILE, RECENT)
# Names that services which keep folders alike give to what changed in two places.
_FOUND = re.compile(
    r"progress(?P<more>[ ._(-].*)\.sqlite3|.*\.stalinstudy", re.IGNORECASE | re.DOTALL
)
_OUR_OWN = re.compile(r"progress-(damaged|recovered|restored)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A second copy of the progress beside the first, as services make that keep folders alike."""

    file: Path
    size: int


def found_copies(folder: Path) -> tuple[FoundCopy, ...]:
    """Copies beside the progress file, by their names; nothing is opened."""
    try:
        with os.scandir(folder) as files:
            found = [
                FoundCopy(folder / one.name, one.stat().st_size)
                for one in files
                # What leads nowhere by now is no file.
                if _FOUND.fullmatch(one.name) and not _OUR_OWN.match(one.name) and one.is_file()
            ]
    except OSError as error:
        log.info("No copies can be looked for: %s", error)
        return ()
    return tuple(sorted(found, key=lambda one: one.file.name))


def put_away(file: Path, folder: Path, mark: str = "added") -> bool:
    """Keep a copy among the backups, so that it is not found again; whether it is gone."""
    if file.parent != folder or file.name.lower() in LIVE:
        return False
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        number, kept = 1, folder / FOLDER / f"{mark}-{file.name}"
        while kept.exists():
            number += 1
            kept = kept.with_name(f"{mark}-{number}-{file.name}")
        file.rename(kept)
    except OSError as error:
        log.warning("A copy stays where it is: %s", error)
        return False
    return True
