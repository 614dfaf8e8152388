"""The Self-test page: choosing a test, answering, and the summary."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal

from stalin_study.domain import self_test as test
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.deck import Deck, Question
from stalin_study.domain.marking import Marking
from stalin_study.domain.markup import plain
from stalin_study.domain.self_test import How, Scope, SelfTest
from stalin_study.presenters.self_test_state import (
    HEADLINES,
    Saving,
    ScopeChoice,
    SelfTestState,
    cards_of,
    scope_choices,
)
from stalin_study.services.reviews import Reviews


class SelfTestPresenter(QObject):
    """Runs one session at a time; each answer is recorded when it is marked."""

    state_changed = Signal(object)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        now: Callable[[], datetime],
        rng: random.Random,
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._now = now
        self._rng = rng
        self._new_id = new_id
        self._session = SelfTest(())
        self._session_id = ""
        self._asked_at = now()
        self._unsaved = ""
        scopes = self._scopes("")
        self.state = SelfTestState("choosing", scopes, scopes[0])
        reviews.saved.connect(self._take_saved)
        reviews.saving_failed.connect(lambda _: self._show_saving())
        reviews.study_changed.connect(lambda *_: self._recount())

    def choose_scope(self, scope_id: str) -> None:
        """Be tested on one of the choices."""
        scope = next((one for one in self.state.scopes if one.id == scope_id), None)
        if scope is not None:
            self._swap(replace(self.state, scope=scope))

    def choose_card(self, card_id: str) -> None:
        """Be tested on one card: back to choosing, with that card as the scope."""
        card = self._deck.cards_by_id.get(card_id)
        is_busy = self.state.phase in ("asking", "answered") and bool(self._session.done)
        if card is None or is_busy:
            return
        scopes = self._scopes(card_id)
        chosen = next(scope for scope in scopes if scope.id == card_id)
        self._swap(self._choosing(scopes, chosen))

    def choose_how(self, how: How) -> None:
        """Have the questions put so."""
        self._swap(replace(self.state, how=how))

    def choose_length(self, length: int) -> None:
        """Be asked so many questions; 0 for all."""
        self._swap(replace(self.state, length=max(0, length)))

    def start(self) -> None:
        """Begin a session of what is chosen."""
        scope, at, states = self.state.scope, self._now(), self._reviews.memory_states
        pairs = test.questions_in(cards_of(self._deck, scope), scope.scope, states, at)
        if not pairs:
            return
        is_ordered = scope.scope is Scope.WEAKEST
        self._begin(
            test.start(
                pairs,
                self.state.how,
                self.state.length,
                states,
                at,
                self._rng,
                is_ordered=is_ordered,
            )
        )

    def submit(self, given: str) -> None:
        """Mark a typed answer. An empty one is not taken: the page asks for words."""
        if self.state.phase != "asking":
            return
        if not given.strip():
            self._swap(replace(self.state, why="Type an answer, or choose “I don’t know”."))
            return
        self._answer(given)

    def choose(self, place: int) -> None:
        """Answer with the choice in that place, from 0."""
        if self.state.phase == "asking" and 0 <= place < len(self.state.choices):
            self._answer(self.state.choices[place])

    def give_up(self) -> None:
        """Answer "I don't know"."""
        if self.state.phase == "asking":
            self._answer("")

    def count_as_right(self) -> None:
        """The pupil finds that the answer was right: record it so instead."""
        session = test.count_as_right(self._session)
        if session is self._session or session.last is None:
            return
        self._session = session
        self._reviews.undo(self)
        self._record(session.last)
        self._swap(self._answered())

    def advance(self) -> None:
        """Go on: the next question, or the summary."""
        if self.state.phase == "answered":
            self._session = test.advance(self._session)
            self._ask()

    def retry_mistakes(self) -> None:
        """A new session of the questions that were missed."""
        missed = {mistake.question_id for mistake in test.summary(self._session).mistakes}
        pairs = [
            (card, question)
            for card in self._deck.cards
            for question in card.questions
            if question.id in missed
        ]
        if self.state.phase == "finished" and pairs:
            states, at = self._reviews.memory_states, self._now()
            self._begin(test.start(pairs, self.state.how, 0, states, at, self._rng))

    def stop(self) -> None:
        """End the session here and show its summary."""
        if self.state.phase in ("asking", "answered"):
            self._session = test.stop(self._session)
            self._ask()

    def new_session(self) -> None:
        """Back to choosing."""
        if self.state.phase == "finished":
            scopes = self._scopes("")
            same = next((one for one in scopes if one.id == self.state.scope.id), scopes[0])
            self._swap(self._choosing(scopes, same))

    @property
    def spoken_blocks(self) -> tuple[Block, ...]:
        """What can be read aloud now: the question, and once answered the right answer and why."""
        state = self.state
        if state.phase not in ("asking", "answered"):
            return ()
        texts = {"prompt": state.prompt}
        if state.phase == "asking":
            texts |= {f"choice-{n}": text for n, text in enumerate(state.choices)}
        else:
            texts |= {"expected": state.expected, "because": state.because}
        return tuple(
            Block(key, BlockKind.PROMPT, plain(text)) for key, text in texts.items() if text
        )

    def _begin(self, session: SelfTest) -> None:
        self._session = session
        self._session_id = self._new_id()
        _ = self._mark
        self._ask()

    def _ask(self) -> None:
        task = self._session.task
        self._asked_at = self._now()
        blank = self._choosing(self.state.scopes, self.state.scope)
        if task is None:
            done = test.summary(self._session)
            self._swap(replace(blank, phase="finished", summary=done))
            return
        card = self._deck.cards_by_id[task.card_id]
        self._swap(
            replace(
                blank,
                phase="asking",
                question_id=task.question.id,
                card_id=card.id,
                card_title=card.title,
                prompt=task.question.prompt,
                way=task.way,
                choices=task.choices,
                number=self._session.number,
                total=self._session.total,
                is_repeat=task.is_repeat,
            )
        )

    def _answer(self, given: str) -> None:
        task = self._session.task
        if task is None:
            return
        took_ms = int((self._now() - self._asked_at).total_seconds() * 1000)
        marking = self._mark(task.question, given)
        self._session = test.answer(self._session, given, marking, took_ms)
        if self._session.last is not None:
            self._record(self._session.last)
        self._swap(self._answered())

    @cached_property
    def _mark(self) -> Callable[[Question, str], Marking]:
        """Marking with the deck's names, which take 40 ms to collect: not before first paint."""
        from stalin_study.domain.marking import mark, names_of

        return partial(mark, names=names_of(self._deck))

    def _record(self, answered: test.Answered) -> None:
        verdict, way = answered.marking.verdict, answered.task.way
        entry = self._reviews.record(
            answered.task.question.id,
            way,
            test.rating_for(verdict, way),
            answer=answered.given,
            verdict=verdict,
            took_ms=answered.took_ms,
            session_id=self._session_id,
            initiator=self,
        )
        # Where jobs are done at once it is on disk by now, and `saved` has been told already.
        self._unsaved = entry.uuid if self._reviews.pending else ""

    def _answered(self) -> SelfTestState:
        last = self._session.last
        if last is None:
            return self.state
        question = last.task.question
        card = self._deck.cards_by_id[last.task.card_id]
        text = next((point.text for point in card.points if point.id == question.point), "")
        return replace(
            self.state,
            phase="answered",
            number=self._session.number,
            total=self._session.total,
            verdict=last.marking.verdict,
            headline=HEADLINES[last.marking.verdict],
            given=last.given,
            expected=last.marking.expected,
            why=last.marking.why,
            because=question.because,
            point=plain(text),
            saving=self._saving(),
        )

    def _saving(self) -> Saving:
        if not self._unsaved:
            return "saved"
        return "failed" if self._reviews.problem else "saving"

    def _take_saved(self, uuid: str) -> None:
        if uuid == self._unsaved:
            self._unsaved = ""
            self._show_saving()

    def _show_saving(self) -> None:
        if self.state.phase == "answered":
            self._swap(replace(self.state, saving=self._saving()))

    def _recount(self) -> None:
        if self.state.phase == "choosing":
            picked = self.state.scope.id if self.state.scope.scope is Scope.CARD else ""
            scopes = self._scopes(picked)
            same = next((one for one in scopes if one.id == self.state.scope.id), scopes[0])
            self._swap(replace(self.state, scopes=scopes, scope=same))

    def _choosing(self, scopes: tuple[ScopeChoice, ...], scope: ScopeChoice) -> SelfTestState:
        return SelfTestState("choosing", scopes, scope, self.state.how, self.state.length)

    def _scopes(self, card_id: str) -> tuple[ScopeChoice, ...]:
        return scope_choices(self._deck, card_id, self._reviews.memory_states, self._now())

    def _swap(self, state: SelfTestState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
