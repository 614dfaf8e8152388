"""Choosing a self-test: on what, how, and how long."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Card, Deck
from stalin_study.domain.self_test.choosing import Asked, How, Scope, askable, in_scope
from stalin_study.domain.self_test.making import (
    LONG_ENOUGH,
    make_matches,
    make_session,
    with_extras,
)
from stalin_study.domain.self_test.match_sets import match_kinds
from stalin_study.domain.self_test.tasks import Task
from stalin_study.domain.wording import count_of
from stalin_study.presenters.self_test.keeping import Keeping
from stalin_study.presenters.self_test.plan_view import NO_PLAN, PlanView, plan_view
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings

LENGTHS = (5, 10, 20, 0)
DEFAULT_LENGTH = 10
TIME_FACTORS: Mapping[str, float] = {"none": 1.0, "quarter": 1.25, "half": 1.5, "untimed": 0.0}
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

    `amount` says how much Start will ask; `left` how far the session is that can be gone on with.
    """

    scopes: tuple[ScopeChoice, ...]
    scope: ScopeChoice
    how: How = How.MIXED
    length: int = DEFAULT_LENGTH
    extra_time: str = "none"
    amount: str = ""
    left: str = ""
    plan: PlanView = NO_PLAN

    @property
    def can_start(self) -> bool:
        """Whether the scope holds something to ask."""
        return self.scope.count > 0


class ChoosingPresenter(QObject):
    """Keeps what is chosen, and makes the session; `session_requested(tasks)`."""

    state_changed = Signal(object)
    session_requested = Signal(object)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        settings: PupilSettings,
        planner: ExamPlanner,
        keeping: Keeping,
        now: Callable[[], datetime],
        rng: random.Random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._settings = settings
        self._planner = planner
        self._keeping = keeping
        self._now = now
        self._rng = rng
        self._picked: tuple[str, str, frozenset[str]] | None = None
        self._left = ""
        self._wanted, self._insists = "today", False
        self._asked: dict[How, list[Asked]] = {}
        self._is_shown = False
        self._length: int | None = None
        nothing = ScopeChoice(Scope.EVERYTHING, "everything", "Everything", 0)
        self.state = ChoosingState((nothing,), nothing)
        reviews.study_changed.connect(lambda *_: self.refresh())
        settings.settings_changed.connect(lambda _: self.refresh())
        planner.plan_changed.connect(lambda _: self.refresh())

    def show(self, is_shown: bool) -> None:
        """The choices come into view, or go; only in view they are kept up to date."""
        self._is_shown = is_shown
        if is_shown:
            kept = self._keeping.find()
            done, queue = (kept.session.done, kept.session.queue) if kept else ((), ())
            self._left = f"{len(done)} answered, {len(queue)} to go" if kept else ""
        self.refresh()

    def refresh(self) -> None:
        """Count again, if the choices are in view."""
        if not self._is_shown:
            return
        scopes = self._scopes(self.state.how)
        self._swap(replace(self.state, scopes=scopes, scope=self._standing(scopes)))

    def choose_scope(self, scope_id: str) -> None:
        """Be tested on one of the choices."""
        scope = next((one for one in self.state.scopes if one.id == scope_id), None)
        if scope is not None:
            self._wanted, self._insists = scope_id, True
            self._swap(replace(self.state, scope=scope))

    def choose_card(self, card_id: str) -> None:
        """Be tested on one card, in whatever way is chosen."""
        card = self._deck.cards_by_id.get(card_id)
        if card is not None:
            self._pick(card.id, f"Card: {card.title}", (card.id,))

    def choose_cards(self, title: str, card_ids: Sequence[str]) -> None:
        """Be tested on some cards, which a page has picked, in whatever way is chosen."""
        self._pick("picked", title, card_ids)

    def _pick(self, scope_id: str, title: str, card_ids: Sequence[str]) -> None:
        self._picked = scope_id, title, frozenset(card_ids)
        self._swap(replace(self.state, scopes=self._scopes(self.state.how)))
        self.choose_scope(scope_id)

    def choose_how(self, how: How) -> None:
        """Have the questions put so."""
        self._insists = False
        scopes = self._scopes(how)
        self._swap(replace(self.state, how=how, scopes=scopes, scope=self._standing(scopes)))

    def choose_length(self, length: int) -> None:
        """Be asked so many questions; 0 for all. Until then: all of today's work, or 10."""
        self._length = max(0, length)
        self._swap(self.state)

    def choose_extra_time(self, extra_time: str) -> None:
        """Have more time for timed questions, remembered for later."""
        if extra_time in TIME_FACTORS:
            self._settings.change(extra_time=extra_time)
            self._swap(self.state)

    def start(self) -> None:
        """Ask for a session of what is chosen."""
        self._start(self.state)

    def start_with(self, scope_id: str, how: How, length: int) -> None:
        """Ask for a session of something else; what is chosen stays as it is."""
        scope = next((one for one in self._scopes(how) if one.id == scope_id), None)
        if scope is not None:
            self._start(replace(self.state, scope=scope, how=how, length=length))

    def _start(self, choice: ChoosingState) -> None:
        tasks = self._tasks(choice)
        if tasks:
            self.session_requested.emit(tasks)

    def _tasks(self, choice: ChoosingState) -> tuple[Task, ...]:
        scope, how, length = choice.scope, choice.how, choice.length
        states, at = self._reviews.memory_states, self._now()
        if how is How.MATCH:
            cards = self._cards_of(scope, How.MIXED)
            return make_matches(self._deck, cards, length, self._rng)
        asked = self._in_scope(scope, how)
        tasks = make_session(
            asked,
            how,
            length,
            states,
            at,
            self._rng,
            is_ordered=scope.scope in (Scope.TODAY, Scope.DUE, Scope.WEAKEST),
            time_factor=TIME_FACTORS[self._settings.settings.extra_time],
        )
        return with_extras(tasks, self._deck, states, self._rng) if how is How.MIXED else tasks

    def _standing(self, scopes: tuple[ScopeChoice, ...]) -> ScopeChoice:
        """The scope that was wanted; everything, while today's work holds none of the kind.

        Unless it is today's work that the pupil picked for this kind.
        """
        by_id = {one.id: one for one in scopes}
        wanted = by_id.get(self._wanted, scopes[0])
        is_done = wanted.scope is Scope.TODAY and not wanted.count
        return by_id["everything"] if is_done and not self._insists else wanted

    def _scopes(self, how: How) -> tuple[ScopeChoice, ...]:
        choices = [
            (Scope.TODAY, "today", "Today’s work"),
            (Scope.EVERYTHING, "everything", "Everything"),
            (Scope.DUE, "due", "What is due"),
            (Scope.WEAKEST, "weakest", "My weakest"),
        ]
        choices += ((Scope.TOPIC, topic.id, topic.title) for topic in self._deck.topics)
        if self._picked is not None:
            scope_id, title, _ = self._picked
            choices.insert(0, (Scope.PICKED, scope_id, title))
        return tuple(self._counted(*choice, how) for choice in choices)

    def _counted(self, scope: Scope, scope_id: str, title: str, how: How) -> ScopeChoice:
        choice = ScopeChoice(scope, scope_id, title, 0)
        if how is How.MATCH:
            cards = self._cards_of(choice, How.MIXED)
            return replace(choice, count=len(match_kinds(self._deck, cards)))
        return replace(choice, count=len(self._in_scope(choice, how)))

    def _in_scope(self, scope: ScopeChoice, how: How) -> list[Asked]:
        if how not in self._asked:
            self._asked[how] = askable(self._deck.cards, how)
        asked = self._asked[how]
        if scope.scope is Scope.PICKED and self._picked is not None:
            picked = self._picked[2]
            asked = [one for one in asked if one.card.id in picked]
        elif scope.scope is Scope.TOPIC:
            topics = self._deck.topics_by_card
            asked = [one for one in asked if topics[one.card.id].id == scope.id]
        states, at = self._reviews.memory_states, self._now()
        return in_scope(asked, scope.scope, states, at, self._planner.plan.today)

    def _cards_of(self, scope: ScopeChoice, how: How) -> tuple[Card, ...]:
        cards = {one.card.id: one.card for one in self._in_scope(scope, how)}
        return tuple(cards.values())

    def _amount(self, state: ChoosingState) -> str:
        count = min(state.length or state.scope.count, state.scope.count)
        if state.how is How.MATCH:
            count = state.length or state.scope.count
        nouns = {How.BLURT: "card", How.MATCH: "set", How.ORDER: "set"}
        minutes = max(1, round(count * _MINUTES.get(state.how, _OTHER_MINUTES)))
        day = self._planner.plan.day
        if state.scope.scope is Scope.TODAY and day is not None and count == len(day.subject_ids):
            minutes = max(1, round(day.seconds / 60))
        told = count_of(count, nouns.get(state.how, "question"))
        if state.how is How.MIXED and count >= LONG_ENOUGH:
            told, minutes = f"{told} and a match", minutes + 1
        if state.how is How.EXAM:
            return f"{told}. Each shows its own time."
        return f"{told}, about {count_of(minutes, 'minute')}."

    def _swap(self, state: ChoosingState) -> None:
        usual = 0 if state.scope.scope is Scope.TODAY else DEFAULT_LENGTH
        state = replace(state, length=usual if self._length is None else self._length)
        state = replace(
            state,
            extra_time=self._settings.settings.extra_time,
            amount=self._amount(state) if state.can_start else "",
            left=self._left,
            plan=plan_view(self._planner.plan, self._deck),
        )
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
