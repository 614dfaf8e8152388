"""The ratings that a pupil may give, each with when the subject then comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stalin_study.domain.memory import MemoryState, next_due
from stalin_study.domain.review_log import Rating
from stalin_study.domain.wording import RATING_WORDS, comes_back

LABELS = {
    2: {rating: RATING_WORDS[rating] for rating in (Rating.AGAIN, Rating.GOOD)},
    4: dict(RATING_WORDS),
}


@dataclass(frozen=True, slots=True)
class RatingChoice:
    """A rating to give, and when the card or question then comes back."""

    rating: Rating
    label: str
    returns: str


def rating_choices(
    state: MemoryState | None, subject_id: str, at: datetime, count: int
) -> tuple[RatingChoice, ...]:
    """Two or four ratings for a subject with this memory state."""
    return tuple(
        RatingChoice(rating, label, comes_back(next_due(state, subject_id, rating, at) - at))
        for rating, label in LABELS[count].items()
    )
