"""What there is to choose of a self-test, what is chosen, and how much that is in words."""

from __future__ import annotations

from dataclasses import dataclass

from stalin_study.domain.self_test.choosing import How, Scope
from stalin_study.domain.wording import amount_of, count_of
from stalin_study.presenters.self_test.plan_view import NO_PLAN, PlanView
from stalin_study.services.exam_planner import BLURT_S, MATCH_S

LENGTHS = (5, 10, 20, 0)
DEFAULT_LENGTH = 10
# Minutes that one of a kind takes, with its verdict; the others take half a minute.
_MINUTES = {How.BLURT: 4.0, How.MATCH: 1.5, How.ORDER: 1.0, How.SPEED: 0.2, How.TRUE_FALSE: 0.25}
_OTHER_MINUTES = 0.5


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """Something to be tested on; `id` is a scope, a topic's id, or that of what was picked."""

    scope: Scope
    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ChoosingState:
    """All that there is to choose, and what is chosen.

    `amount` says how much Start will ask; `left` how far the session is that can be gone on with,
    `to_go` how much is left of it. `offers`: what is chosen was wished for, and waits only for the
    pupil to say which of the two it is to be.
    """

    scopes: tuple[ScopeChoice, ...]
    scope: ScopeChoice
    how: How = How.MIXED
    length: int = DEFAULT_LENGTH
    extra_time: str = "none"
    amount: str = ""
    left: str = ""
    to_go: int = 0
    offers: bool = False
    plan: PlanView = NO_PLAN

    @property
    def can_start(self) -> bool:
        """Whether the scope holds something to ask."""
        return self.scope.count > 0


def asked_count(state: ChoosingState) -> int:
    """How many Start will ask."""
    return min(state.length or state.scope.count, state.scope.count)


def amount(state: ChoosingState, *, has_match: bool = False, may_blurt: bool = False) -> str:
    """What Start will ask: "10 questions and a match, about 6 minutes."

    Whether there is a blurt hangs on what is drawn by lot, unless all of it is asked.
    """
    count = asked_count(state)
    nouns = {How.BLURT: "card", How.MATCH: "set", How.ORDER: "set"}
    minutes = max(1, round(count * _MINUTES.get(state.how, _OTHER_MINUTES)))
    has_blurt = may_blurt and count == state.scope.count
    minutes += (MATCH_S * has_match + BLURT_S * has_blurt) // 60
    told = count_of(count, nouns.get(state.how, "question"))
    if has_match or has_blurt:
        told = amount_of(count, has_match=has_match, has_blurt=has_blurt)
    told += ", perhaps a blurt" if may_blurt and not has_blurt else ""
    if state.how is How.EXAM:
        return f"{told}. Each shows its own time."
    return f"{told}, about {count_of(minutes, 'minute')}."
