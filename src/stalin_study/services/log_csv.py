"""The review log as a table for a spreadsheet, written a month at a time. No Qt here."""

from __future__ import annotations

import csv
import errno
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from stalin_study.domain.card import Card, OrderSet, Subject, TrueFalse
from stalin_study.domain.deck import Deck
from stalin_study.domain.markup import plain
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.wording import RATING_WORDS
from stalin_study.services.store_rows import time_of
from stalin_study.services.study_store import StudyStore
from stalin_study.services.whole_file import draft_of

log = logging.getLogger(__name__)
DISK_FULL = "The disk is full. Free some space, then save the table again."
FOLDER_GONE = "The folder is not there any more. Choose another one for the table."
IN_THE_WAY = "“{}” cannot be replaced. Close the program that has it open, then save again."
NOT_WRITABLE = "The table cannot be saved there. Choose another folder."
HEADINGS = (
    "Local time",
    "UTC time",
    "Topic",
    "Card",
    "Question",
    "Way",
    "Rating",
    "Verdict",
    "Answer",
    "Seconds",
    "Taken back",
)
WAYS = {
    Way.FLIP: "Turned a card over",
    Way.TYPED: "Typed",
    Way.MULTIPLE_CHOICE: "Multiple choice",
    Way.EITHER_OR: "Either/or",
    Way.TRUE_FALSE: "True or false",
    Way.GAP: "Fill the gap",
    Way.ORDER: "Put in order",
    Way.MATCH: "Match",
    Way.BLURT: "Blurt",
    Way.EXAM: "Exam question",
    Way.SPEED: "Speed round",
    Way.HANDS_FREE: "Hands-free",
}
_MONTHS = (
    "select distinct substr(reviewed_at, 1, 7) as month from review_log"
    " where undoes = '' and rating is not null order by month"
)
_ROWS = """
select reviewed_at, subject_id, way, rating, verdict, answer, took_ms,
    uuid in (select undoes from review_log where undoes != '') as is_undone
from review_log
where reviewed_at >= ? and reviewed_at < ? and undoes = '' and rating is not null
order by reviewed_at, uuid
"""
_BEYOND = "~"  # sorts after all that a time goes on with
# What a spreadsheet would take for the beginning of a formula; Excel reads on past line breaks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_WINDOWS_NO_ROOM = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


@dataclass(frozen=True, slots=True)
class CsvProgress:
    """How far it is: `problem` says why it cannot be done, as a sentence for the pupil.

    Of the `rows`, those that were not taken back are `answers`.
    """

    rows: int = 0
    answers: int = 0
    is_done: bool = False
    problem: str = ""


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula; NUL, which none can read, is left out."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


class LogCsv:
    """Writes one file: call `step` with the open store until it says that it is done.

    The file comes into its place as a whole, at the end; each step takes up to a month, so that
    answers can be saved in between.
    """

    def __init__(self, file: Path, deck: Deck) -> None:
        self._file = file
        self._deck = deck
        self._stream: TextIO | None = None
        self._months: list[str] = []
        self._rows = self._answers = 0

    def step(self, store: StudyStore) -> CsvProgress:
        """Write the next part. Raises StoreProblem, and leaves nothing behind then."""
        try:
            return self._step(store)
        except OSError as error:
            log.warning("%s could not be saved: %s", self._file.name, error)
            self.give_up()
            return CsvProgress(self._rows, self._answers, problem=_problem(error, self._file))
        except BaseException:
            self.give_up()
            raise

    def give_up(self) -> None:
        """Leave nothing behind; once the file is in its place it stays."""
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._stream = None
            with suppress(OSError):
                draft_of(self._file).unlink()

    def _step(self, store: StudyStore) -> CsvProgress:
        if self._stream is None:
            self._months = [row["month"] for row in store.query(_MONTHS)]
            # Excel takes a file for UTF-8 only if it begins with a byte order mark.
            self._stream = draft_of(self._file).open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._stream).writerow(HEADINGS)
        elif self._months:
            month = self._months.pop(0)
            rows = store.query(_ROWS, [month, month + _BEYOND])
            csv.writer(self._stream).writerows(self._cells(row) for row in rows)
            self._rows += len(rows)
            self._answers += sum(not row["is_undone"] for row in rows)
        else:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            draft_of(self._file).replace(self._file)
            self._stream = None
            return CsvProgress(self._rows, self._answers, is_done=True)
        return CsvProgress(self._rows, self._answers)

    def _cells(self, row: Mapping[str, Any]) -> list[str]:
        found = self._deck.subjects_by_id.get(row["subject_id"])
        topic, card, question = "", "no longer in the deck", str(row["subject_id"])
        if found is not None:
            of_card, subject = found
            topic = self._deck.topics_by_card[of_card.id].title
            card, question = of_card.title, _asked(subject)
        texts = (
            *_times(row["reviewed_at"]),
            topic,
            card,
            question,
            _named(row["way"]),
            _rating(row["rating"]),
            row["verdict"] or "",
            row["answer"],
            f"{row['took_ms'] / 1000:.1f}",
            "yes" if row["is_undone"] else "",
        )
        return [safe_cell(str(text)) for text in texts]


def _times(text: str) -> tuple[str, str]:
    try:
        at = time_of(text)
        return _clock(at.astimezone()), _clock(at)
    except (ValueError, OverflowError, OSError):
        return "", text


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _asked(subject: Subject) -> str:
    if isinstance(subject, TrueFalse):
        return plain(subject.statement).text
    if isinstance(subject, OrderSet):
        return subject.title
    return f"(the whole card) {subject.prompt}" if isinstance(subject, Card) else subject.prompt


def _named(way: str) -> str:
    return WAYS[Way(way)] if way in set(Way) else way


def _rating(rating: int) -> str:
    return RATING_WORDS[Rating(rating)] if rating in set(Rating) else str(rating)


def _problem(error: OSError, file: Path) -> str:
    if error.errno in _NO_ROOM or getattr(error, "winerror", None) in _WINDOWS_NO_ROOM:
        return DISK_FULL
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FOLDER_GONE
    # The draft was written, but could not take the place of what is there.
    if error.filename2 is not None and file.exists():
        return IN_THE_WAY.format(file.name)
    return NOT_WRITABLE
