"""Choosing a self-test: on what, how, and how long."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck
from stalin_study.domain.self_test.choosing import (
    MOST_AT_ONCE,
    Asked,
    How,
    Picked,
    Scope,
    askable,
    in_scope,
    of_picked,
)
from stalin_study.domain.self_test.making import (
    LONG_ENOUGH,
    extras_of,
    make_matches,
    make_session,
    match_count,
    with_extras,
    with_match_of,
)
from stalin_study.domain.self_test.match_sets import can_match
from stalin_study.domain.self_test.tasks import Task
from stalin_study.presenters.self_test.choices import (
    DEFAULT_LENGTH,
    ChoosingState,
    ScopeChoice,
    amount,
    asked_count,
)
from stalin_study.presenters.self_test.keeping import Keeping
from stalin_study.presenters.self_test.plan_view import plan_view
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings

TIME_FACTORS: Mapping[str, float] = {"none": 1.0, "quarter": 1.25, "half": 1.5, "untimed": 0.0}


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
        self._picked: Picked | None = None
        self._left, self._to_go, self._offers = "", 0, False
        self._wanted, self._insists = "today", False
        self._asked: dict[How, list[Asked]] = {}
        self._is_shown = False
        self._length: int | None = None
        self._offered_length = MOST_AT_ONCE  # of what is offered, until another is chosen
        nothing = ScopeChoice(Scope.EVERYTHING, "everything", "Everything", 0)
        self.state = ChoosingState((nothing,), nothing)
        reviews.study_changed.connect(lambda *_: self.refresh())
        settings.settings_changed.connect(lambda _: self.refresh())
        planner.plan_changed.connect(lambda _: self.refresh())

    def show(self, is_shown: bool) -> None:
        """The choices come into view, or go; only in view they are kept up to date."""
        self._is_shown = is_shown
        if is_shown:
            self._find_left()
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
            self._wanted, self._insists, self._offers = scope_id, True, False
            self._swap(replace(self.state, scope=scope))

    def choose_card(self, card_id: str) -> None:
        """Be tested on one card, in whatever way is chosen."""
        card = self._deck.cards_by_id.get(card_id)
        if card is not None:
            self.choose_picked(Picked(f"Card: {card.title}", frozenset({card.id}), card.id))

    def choose_picked(self, picked: Picked) -> None:
        """Be tested on what a page has picked, in whatever way is chosen."""
        self._picked = picked
        self._swap(replace(self.state, scopes=self._scopes(self.state.how)))
        self.choose_scope(picked.scope_id)

    def offer(self, picked: Picked) -> None:
        """Start a mixed session of what a page has picked at once, not too long.

        But when a test was left, show it chosen, and ask which of the two.
        """
        self._find_left()
        if self._left:
            self.choose_how(How.MIXED)
        self.choose_picked(picked)
        if self._left:
            self._offers, self._offered_length = True, MOST_AT_ONCE
            self._swap(self.state)
        else:
            self.start_with(picked.scope_id, How.MIXED, MOST_AT_ONCE)

    def start_first(self, question_ids: tuple[str, ...]) -> None:
        """Ask for a session of these, easy ones first, to be picked from choices."""
        by_id = {one.id: one for one in self._askable(How.MULTIPLE_CHOICE)}
        asked = [by_id[one] for one in question_ids if one in by_id]
        states, at = self._reviews.memory_states, self._now()
        more = (0, states, at, self._rng)
        tasks = make_session(asked, How.MULTIPLE_CHOICE, *more, is_ordered=True)
        if tasks:
            self.session_requested.emit(tasks)

    def choose_how(self, how: How) -> None:
        """Have the questions put so."""
        self._insists = False
        scopes = self._scopes(how)
        self._swap(replace(self.state, how=how, scopes=scopes, scope=self._standing(scopes)))

    def choose_length(self, length: int) -> None:
        """Be asked so many questions; 0 for all. Until then: all of today's work, or 10."""
        self._length = self._offered_length = max(0, length)
        self._swap(self.state)

    def choose_extra_time(self, extra_time: str) -> None:
        """Have more time for timed questions, remembered for later."""
        if extra_time in TIME_FACTORS:
            self._settings.change(extra_time=extra_time)
            self._swap(self.state)

    def start(self) -> None:
        """Ask for a session of what is chosen."""
        self._offers = False
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
            picked = self._picked if scope.scope is Scope.PICKED else None
            cards = self._cards_of(scope, How.MIXED)
            return make_matches(self._deck, cards, length, self._rng, picked)
        asked = self._in_scope(scope, how)
        tasks = make_session(
            asked,
            how,
            length,
            states,
            at,
            self._rng,
            is_ordered=self._is_ordered(scope.scope),
            time_factor=TIME_FACTORS[self._settings.settings.extra_time],
        )
        if how is not How.MIXED:
            return tasks
        if scope.scope is Scope.PICKED and self._picked is not None and self._picked.kind:
            return with_match_of(tasks, self._picked, self._deck, self._rng)
        return with_extras(tasks, self._deck, states, self._rng)

    def _is_ordered(self, scope: Scope) -> bool:
        is_weakest = self._picked is not None and self._picked.is_weakest_first
        return scope in (Scope.TODAY, Scope.DUE, Scope.WEAKEST) or (
            scope is Scope.PICKED and is_weakest
        )

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
            (Scope.WEAKEST, "weakest", "What I have met, weakest first"),
        ]
        choices += ((Scope.TOPIC, topic.id, topic.title) for topic in self._deck.topics)
        if self._picked is not None:
            choices.insert(0, (Scope.PICKED, self._picked.scope_id, self._picked.title))
        return tuple(self._counted(*choice, how) for choice in choices)

    def _counted(self, scope: Scope, scope_id: str, title: str, how: How) -> ScopeChoice:
        choice = ScopeChoice(scope, scope_id, title, 0)
        if how is How.MATCH:
            picked = self._picked if scope is Scope.PICKED else None
            cards = self._cards_of(choice, How.MIXED)
            return replace(choice, count=match_count(self._deck, cards, picked))
        return replace(choice, count=len(self._in_scope(choice, how)))

    def _in_scope(self, scope: ScopeChoice, how: How) -> list[Asked]:
        asked = self._askable(how)
        states, at = self._reviews.memory_states, self._now()
        if scope.scope is Scope.PICKED and self._picked is not None:
            return of_picked(asked, self._picked, states, at)
        if scope.scope is Scope.TOPIC:
            topics = self._deck.topics_by_card
            asked = [one for one in asked if topics[one.card.id].id == scope.id]
        return in_scope(asked, scope.scope, states, at, self._planner.plan.today)

    def _askable(self, how: How) -> list[Asked]:
        if how not in self._asked:
            self._asked[how] = askable(self._deck.cards, how)
        return self._asked[how]

    def _find_left(self) -> None:
        kept = self._keeping.find()
        done, queue = (kept.session.done, kept.session.queue) if kept else ((), ())
        self._to_go = len(queue)
        self._left = f"{len(done)} answered, {len(queue)} to go" if kept else ""

    def _cards_of(self, scope: ScopeChoice, how: How) -> tuple[Card, ...]:
        cards = {one.card.id: one.card for one in self._in_scope(scope, how)}
        return tuple(cards.values())

    def _amount(self, state: ChoosingState) -> str:
        plan, picked = self._planner.plan, self._picked
        if state.how is not How.MIXED:
            return amount(state)
        scope, asked = state.scope, self._in_scope(state.scope, How.MIXED)
        if scope.scope is Scope.TODAY and asked_count(state) == len(plan.today):
            return f"{plan.amount}."
        if scope.scope is Scope.PICKED and picked is not None and picked.kind is not None:
            return amount(state, has_match=can_match(self._deck, picked.kind, picked.matched))
        has_match = may_blurt = False
        if asked_count(state) >= LONG_ENOUGH:
            states = self._reviews.memory_states
            sure = asked_count(state) if self._is_ordered(scope.scope) else len(asked)
            has_match, may_blurt = extras_of([one.id for one in asked[:sure]], self._deck, states)
        return amount(state, has_match=has_match, may_blurt=may_blurt)

    def _swap(self, state: ChoosingState) -> None:
        offers = self._offers and bool(self._left)
        usual = 0 if state.scope.scope is Scope.TODAY else DEFAULT_LENGTH
        chosen = usual if self._length is None else self._length
        state = replace(state, length=self._offered_length if offers else chosen)
        state = replace(
            state,
            extra_time=self._settings.settings.extra_time,
            amount=self._amount(state) if state.can_start else "",
            left=self._left,
            to_go=self._to_go,
            offers=offers,
            plan=plan_view(self._planner.plan, self._deck),
        )
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
