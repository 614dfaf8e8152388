"""Reviews as the log keeps them: the truth from which all progress can be rebuilt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Rating(IntEnum):
    """How well it was recalled, with the values of `fsrs.Rating`."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Way(StrEnum):
    """The way in which something was reviewed."""

    FLIP = "flip"
    TYPED = "typed"
    MULTIPLE_CHOICE = "multiple_choice"
    EITHER_OR = "either_or"
    TRUE_FALSE = "true_false"
    GAP = "gap"
    ORDER = "order"
    MATCH = "match"
    BLURT = "blurt"
    EXAM = "exam"
    SPEED = "speed"
    HANDS_FREE = "hands_free"


class Verdict(StrEnum):
    """What marking says of an answer."""

    CORRECT = "correct"
    CLOSE = "close"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """One line of the review log.

    Wherever answers are counted, each line that was not taken back is one, so that a match of five
    makes five: see `memory.counted`.
    `subject_id` is the id of the card or question that has the memory state. An undo is an entry
    too: its `undoes` is the uuid of the entry that no longer counts, and its rating is None.
    """

    uuid: str
    subject_id: str
    reviewed_at: datetime
    way: Way
    rating: Rating | None
    answer: str = ""
    verdict: Verdict | None = None
    took_ms: int = 0
    session_id: str = ""
    undoes: str = ""

    def taken_back(self, uuid: str, at: datetime) -> ReviewEntry:
        """The entry that takes this one back."""
        return ReviewEntry(
            uuid=uuid,
            subject_id=self.subject_id,
            reviewed_at=at,
            way=self.way,
            rating=None,
            session_id=self.session_id,
            undoes=self.uuid,
        )


@dataclass(frozen=True, slots=True)
class StudyChanges:
    """What a command changed: whose memory states are new."""

    subject_ids: frozenset[str] = frozenset()
    everything: bool = False
