"""How the memory of a card and the memories of its questions inform each other.

docs/self-test.md tells the rules to people; these are the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from stalin_study.domain.card import Card, Question, Subject, TrueFalse
from stalin_study.domain.memory import MemoryState, chance_known, is_due, was_wrong

# Having met a fact in another form is worth half of having answered this question on it: it was
# seen, but never recalled in answer to this question. A guess on the careful side.
BORROWED_SHARE = 0.5


def borrowed_recall(
    cards: Iterable[Card], states: Mapping[str, MemoryState], at: datetime
) -> dict[str, float]:
    """Chance of recalling, at `at`, what was never asked, by subject id: 0 to 1.

    It is half of the best chance among the card itself and the questions on the same point. What
    was wrong last lends nothing. Subjects without anything to borrow from are left out.
    """
    borrowed = {}
    for card in cards:
        known = {one: chance_known(states[one], at) for one in card.subject_ids if one in states}
        if not known:
            continue
        by_point: dict[str, float] = {}
        for subject in card.subjects:
            point = _point_of(subject)
            if point and subject.id in known:
                by_point[point] = max(by_point.get(point, 0.0), known[subject.id])
        for subject in card.subjects:
            if subject.id not in known and subject is not card:
                best = max(known.get(card.id, 0.0), by_point.get(_point_of(subject), 0.0))
                if best > 0:
                    borrowed[subject.id] = BORROWED_SHARE * best
    return borrowed


def is_due_now(
    card: Card, subject_id: str, states: Mapping[str, MemoryState], at: datetime
) -> bool:
    """Whether a subject should be reviewed: it is due itself, or newly in doubt.

    A question is in doubt when its card was not known at a later review than the question's last
    one; a card when one of its questions was.
    """
    state = states.get(subject_id)
    if state is None:
        return False
    if is_due(state, at):
        return True
    others = (card.id,) if subject_id != card.id else tuple(one.id for one in card.questions)
    return any(_casts_doubt(states.get(other), state) for other in others)


def _casts_doubt(other: MemoryState | None, state: MemoryState) -> bool:
    """Whether the other was not known at a later review than this."""
    is_later = other is not None and other.last_reviewed_at > state.last_reviewed_at
    return is_later and was_wrong(other)


def _point_of(subject: Subject) -> str:
    return subject.point if isinstance(subject, Question | TrueFalse) else ""
