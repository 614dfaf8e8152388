"""What is remembered of a card or question, and when it should come back (FSRS-6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Literal

from stalin_study.domain.review_log import Rating, ReviewEntry

if TYPE_CHECKING:
    from fsrs import Scheduler

Phase = Literal["learning", "review", "relearning"]
PHASES: tuple[Phase, ...] = ("learning", "review", "relearning")

# FSRS-6 default parameter w20; the factor makes the curve pass 0.9 when t = S.
DECAY = 0.1542
FACTOR = 0.9 ** (-1 / DECAY) - 1

# So long something waits after Again; after Hard, at the same step, it waits longer.
_AGAIN_WAITS: Mapping[Phase, timedelta] = {
    "learning": timedelta(minutes=1),
    "relearning": timedelta(minutes=10),
}
_TO_THE_SECOND = timedelta(seconds=1)

SECURE_RETRIEVABILITY = 0.9
SECURE_STABILITY_DAYS = 7.0
# A last review later than this cannot be: the clock ran ahead when it was made.
CLOCK_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What FSRS knows of one card or question, as of its last review.

    `stability` is in days, `difficulty` 1 to 10. `step` is the place in the (re)learning steps,
    None in review. `lapses` counts the times it was forgotten while in review.
    """

    subject_id: str
    phase: Phase
    step: int | None
    stability: float
    difficulty: float
    due_at: datetime
    last_reviewed_at: datetime
    reviews: int
    lapses: int


class Mark(StrEnum):
    """How far a pupil has come with something."""

    NEW = "new"
    LEARNING = "learning"
    SECURE = "secure"


def load_model() -> None:
    """Import the model now, so that the first review or flip need not wait for it."""
    _scheduler()


def review(state: MemoryState | None, subject_id: str, rating: Rating, at: datetime) -> MemoryState:
    """The state after a review at `at` (aware UTC); `state` is None for the first one.

    FSRS-6 with default parameters, desired retention 0.9, without fuzz: the same log always gives
    the same states. A review dated before the last one (the clock was set back) counts as made
    with no time passed, and is the last review from then on. Raises ValueError if `at` is not UTC.
    """
    from fsrs import Card, State
    from fsrs import Rating as FsrsRating

    if state is None:
        card = Card(card_id=0, due=at)
    else:
        card = Card(
            card_id=0,
            state=State(PHASES.index(state.phase) + 1),
            step=state.step,
            stability=state.stability,
            difficulty=state.difficulty,
            due=state.due_at,
            last_review=state.last_reviewed_at,
        )
    was_known = card.state is State.Review
    card, _ = _scheduler().review_card(card, FsrsRating(rating), at)
    if card.stability is None or card.difficulty is None:
        raise ValueError("a reviewed card has a stability and a difficulty")
    return MemoryState(
        subject_id=subject_id,
        phase=PHASES[card.state.value - 1],
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due_at=card.due,
        last_reviewed_at=at,
        reviews=(state.reviews if state else 0) + 1,
        lapses=(state.lapses if state else 0) + (was_known and rating is Rating.AGAIN),
    )


def next_due(state: MemoryState | None, subject_id: str, rating: Rating, at: datetime) -> datetime:
    """When it would come back if it were rated so at `at`."""
    return review(state, subject_id, rating, at).due_at


def retrievability(state: MemoryState, at: datetime) -> float:
    """Chance of recalling it at `at`, 0 to 1; before the last review it is 1.

    R = (1 + F t/S)^(-w20) with F = 0.9^(-1/w20) - 1, t in days, S the stability: FSRS-6,
    https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm. `fsrs` itself counts
    whole days only; here part days count.
    """
    days = max(0.0, (at - state.last_reviewed_at) / timedelta(days=1))
    return float((1 + FACTOR * days / state.stability) ** -DECAY)


def was_wrong(state: MemoryState | None) -> bool:
    """Whether its last review was Again: a wrong answer, or a card that was not known."""
    waits = _AGAIN_WAITS.get(state.phase) if state is not None else None
    if state is None or waits is None or state.step != 0:
        return False
    return state.due_at - state.last_reviewed_at < waits + _TO_THE_SECOND


def chance_known(state: MemoryState, at: datetime) -> float:
    """Retrievability, but 0 while the last answer was wrong: not known until it is right again."""
    return 0.0 if was_wrong(state) else retrievability(state, at)


def is_due(state: MemoryState, at: datetime) -> bool:
    """Whether it should be reviewed.

    Due, too, is what was last reviewed in the future: its due date means nothing, and the next
    review puts it right.
    """
    return at >= state.due_at or state.last_reviewed_at - at > CLOCK_TOLERANCE


def mark_of(state: MemoryState | None, at: datetime) -> Mark:
    """Secure: known with a chance of at least 0.9, and a stability of at least 7 days."""
    if state is None:
        return Mark.NEW
    is_secure = (
        state.stability >= SECURE_STABILITY_DAYS
        and chance_known(state, at) >= SECURE_RETRIEVABILITY
    )
    return Mark.SECURE if is_secure else Mark.LEARNING


def counted(entries: Iterable[ReviewEntry]) -> list[ReviewEntry]:
    """The reviews that count, by (time, uuid): no undo, nothing undone, each uuid once."""
    by_uuid = {entry.uuid: entry for entry in entries}
    undone = {entry.undoes for entry in by_uuid.values() if entry.undoes}
    counting = (
        entry
        for entry in by_uuid.values()
        if entry.rating is not None and not entry.undoes and entry.uuid not in undone
    )
    return sorted(counting, key=lambda entry: (entry.reviewed_at, entry.uuid))


def rebuild(
    entries: Iterable[ReviewEntry], until: datetime | None = None
) -> dict[str, MemoryState]:
    """Memory states by subject id, replayed from a log in any order.

    Reviews dated after `until` (made while the clock ran ahead) count as made then. Where the
    times of a subject ascend, the outcome is what `review` gave entry by entry.
    """
    states: dict[str, MemoryState] = {}
    for entry in counted(entries):
        if entry.rating is not None:
            subject = entry.subject_id
            at = entry.reviewed_at if until is None else min(entry.reviewed_at, until)
            states[subject] = review(states.get(subject), subject, entry.rating, at)
    return states


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=0.9, enable_fuzzing=False)
