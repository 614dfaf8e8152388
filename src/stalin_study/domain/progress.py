"""How far a pupil has come with a card, a topic or the deck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stalin_study.domain.card import Card
from stalin_study.domain.memory import Mark, MemoryState, mark_of
from stalin_study.domain.memory_links import is_due_now


@dataclass(frozen=True, slots=True)
class Progress:
    """The mark of a card or topic, and how many of its subjects are due."""

    mark: Mark
    due: int


NOTHING_YET = Progress(Mark.NEW, 0)


def card_progress(card: Card, states: Mapping[str, MemoryState], at: datetime) -> Progress:
    """New: nothing reviewed. Secure: all that was reviewed is secure, the card itself too.

    A card that was only tested by questions, never flipped and rated, is still being learned.
    """
    known = [states[subject] for subject in card.subject_ids if subject in states] if states else []
    if not known:
        return NOTHING_YET
    due = sum(is_due_now(card, state.subject_id, states, at) for state in known)
    is_secure = card.id in states and all(mark_of(state, at) is Mark.SECURE for state in known)
    return Progress(Mark.SECURE if is_secure else Mark.LEARNING, due)


def total_progress(parts: Iterable[Progress]) -> Progress:
    """Of a topic: new or secure if all its cards are, else learning; due cards add up."""
    parts = tuple(parts)
    marks = {part.mark for part in parts}
    mark = marks.pop() if len(marks) == 1 else Mark.LEARNING
    return Progress(mark, sum(part.due for part in parts))
