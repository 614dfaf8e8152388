"""What can go wrong with the progress file, in sentences for the pupil."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)
UNEXPECTED = "That did not work, and nothing was changed. Please try it once more."
NEWER = (
    "Your progress was saved by a newer Stalin Study. "
    "Update this copy to carry on; nothing was changed."
)
_KEPT_MEANWHILE = (
    "what you answer meanwhile is kept on this computer when you close Stalin Study, and added once"
    " it can be."
)
READ_ONLY = (
    "Your progress can be read but not changed, so new answers are not saved. "
    f"Check that you may write in its folder; {_KEPT_MEANWHILE}"
)
OUT_OF_REACH = f"Your progress belongs in {{}}, which cannot be reached now: {_KEPT_MEANWHILE}"
TAKEN_OVER = (
    "Your progress was opened on another computer, so new answers are not saved here. "
    "Close Stalin Study here and go on there."
)
LOOK_ONLY = (
    "You are only looking, since your progress is open on another computer: what you answer here is"
    " kept aside and added later."
)
UNFINISHED = (
    "Stalin Study may not write in the folder of your progress just now, and has something to"
    " finish there before it can read it. Allow writing in that folder, then start Stalin Study"
    " again; nothing is lost."
)
FOLDER_GONE = (
    "The folder of your progress is gone: {}. Put it back, or plug its drive in again. What you "
    "answer meanwhile is kept, and added then."
)
NO_SPACE = (
    "The disk is full, so your last answers are not saved yet. "
    "Make some space and carry on: they are kept until then."
)
_IN_USE = (
    "Another program is using your progress file, so your last answers are not saved yet. "
    "Close it and carry on."
)
_DAMAGED = (
    "Your progress file is damaged, so your last answers are not saved yet. "
    "Please start Stalin Study again."
)
_FAILED = (
    "Your progress file could not be reached, so your last answers are not saved yet. "
    "They are tried again with the next one."
)
_NOT_REACHED = (
    "Your progress file cannot be opened, so new answers are not saved. "
    f"Check that you may write in its folder; {_KEPT_MEANWHILE}"
)
_SENTENCES = {
    sqlite3.SQLITE_FULL: NO_SPACE,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _NOT_REACHED,
    sqlite3.SQLITE_PERM: _NOT_REACHED,
}
# A sound file that cannot be written, or opened, by this user.
UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# A sound file that just cannot be written at the moment, or read: anything else is damage.
PASSING = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
}


class StoreProblem(Exception):
    """Progress cannot be read or saved. Its text is one sentence for the pupil."""


class OpenAnew(StoreProblem):
    """What is open is no longer the progress file, or is damaged: a new look may help at once.

    The file was replaced or removed, the connection to its server was lost, or SQLite finds it
    damaged.
    """

    def __init__(self, sentence: str, *, is_damaged: bool = False) -> None:
        super().__init__(sentence)
        self.is_damaged = is_damaged


class DamagedFile(Exception):
    """What lies there is no progress file, or no longer one."""


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 if the error is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of SQLite and the file system into StoreProblem."""
    try:
        yield
    except sqlite3.Error as error:
        code = code_of(error)
        sentence = _SENTENCES.get(code, _FAILED)
        if code in _DAMAGE | UNWRITABLE | {sqlite3.SQLITE_IOERR}:
            raise OpenAnew(sentence, is_damaged=code in _DAMAGE) from error
        raise StoreProblem(sentence) from error
    except OSError as error:
        raise StoreProblem(_NOT_REACHED) from error


def told(on_problem: Callable[[str], None] | None) -> Callable[[Exception], None]:
    """Hands on the sentence of a StoreProblem; what else went wrong goes to the log."""

    def tell(error: Exception) -> None:
        is_known = isinstance(error, StoreProblem)
        cause = f" ({error.__cause__})" if error.__cause__ is not None else ""
        log.warning("Progress: %s%s", error, cause, exc_info=None if is_known else error)
        if on_problem is not None:
            on_problem(str(error) if is_known else UNEXPECTED)

    return tell
