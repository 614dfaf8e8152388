"""A session on the Self-test page: one question after another, and the summary."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial

from msgspec.structs import replace as changed
from PySide6.QtCore import QObject, QTimer, Signal

from stalin_study.domain.card import Question
from stalin_study.domain.deck import Deck
from stalin_study.domain.marking import Marking
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test import session as test
from stalin_study.domain.self_test.judging import NO_TIME, judge, missing
from stalin_study.domain.self_test.making import alternated
from stalin_study.domain.self_test.session import SelfTest
from stalin_study.domain.self_test.tasks import Answer, Choosing, Task, Typing
from stalin_study.presenters.self_test.countdown import Countdown
from stalin_study.presenters.self_test.keeping import Keeping
from stalin_study.presenters.self_test.pictures import Pictures
from stalin_study.presenters.self_test.recording import Recording
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings

SPEED_PAUSE_MS = 900  # long enough to see "Right"
MOST_UNDO = 50
RETYPE = "Type it once more as it is spelt, and it counts as right."


class SelfTestPresenter(QObject):
    """Runs one session at a time; each answer is recorded when it is marked."""

    state_changed = Signal(object)
    session_ended = Signal()

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        settings: PupilSettings,
        keeping: Keeping,
        now: Callable[[], datetime],
        stopwatch: Callable[[], float],
        rng: random.Random,
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._stopwatch = stopwatch
        self._rng = rng
        self._pictures = Pictures(deck, reviews, settings, now)
        self._recording = Recording(reviews, new_id, self)
        self._keeping = keeping
        self.countdown = Countdown(stopwatch, self)
        self._session = SelfTest(())
        self._past: list[SelfTest] = []
        self._serial = 0
        self._asked_at = 0.0
        self._draft = ""
        self._time_up = False
        self.state = SelfTestState("choosing")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SPEED_PAUSE_MS)
        self._pause.timeout.connect(self.advance)
        self._keeping.keep_due.connect(self._keep)
        self.countdown.time_was_up.connect(self._end_time)
        self._recording.saving_changed.connect(self._show)

    @property
    def is_going_on(self) -> bool:
        """Whether a question, or the verdict on one, is on show."""
        return self.state.phase not in ("choosing", "finished")

    def begin(self, tasks: tuple[Task, ...]) -> None:
        """Start a session of tasks; without any, nothing changes."""
        if tasks:
            self._recording.begin()
            self._enter(SelfTest(tasks))

    def go_on(self) -> None:
        """Take up the session that was stopped, in this run or an earlier one."""
        if self.state.phase == "finished" and self._session.queue:
            self._session = test.go_on(self._session)
            self._ask(self._draft)
        elif self.state.phase == "choosing":
            kept = self._keeping.find()
            if kept is not None:
                self._recording.begin(kept.session_id)
                self._enter(kept.session, kept.draft)

    def submit(self, answer: Answer) -> None:
        """Answer the question on show. An empty answer is not taken: the page asks for words."""
        phase = self._session.phase
        task = self._session.task
        if task is None:
            return
        if phase == "retyping":
            self._retype(task, answer.text)
        elif phase == "self_marking":
            self._take(changed(answer, text=self._draft))
        elif phase == "asking" and test.is_self_marked(task):
            self._hand_in(answer)
        elif phase == "asking" and (hint := missing(task, answer)):
            self._show(hint=hint)
        elif phase == "asking":
            self._take(answer)

    def choose(self, place: int) -> None:
        """Answer with the choice in that place, from 0."""
        body = self._session.task.body if self._session.task is not None else None
        if isinstance(body, Choosing) and 0 <= place < len(body.choices):
            self.submit(Answer(text=body.choices[place]))

    def give_up(self) -> None:
        """Answer "I don't know"."""
        if self._session.phase == "asking":
            self._take(Answer())

    def save_draft(self, text: str) -> None:
        """Keep what is being written, also for the case that the app is ended."""
        if self._session.phase == "asking" and text != self._draft:
            self._draft = text
            self._keeping.keep_soon()
        if self._session.phase == "asking" and self.state.hint:
            self._show()  # what was lacking may be there now

    def count_as_right(self) -> None:
        """The pupil finds that the answer was right: record it so instead."""
        session = test.count_as_right(self._session)
        if session is not self._session and session.last is not None:
            self._recording.take_back(session.last.entry_ids)
            self._rerecord(session, None)

    def rate(self, rating: Rating) -> None:
        """Give the answer another rating than the one it earned; it stays on show."""
        if rating not in {choice.rating for choice in self.state.ratings}:
            return
        last = self._session.last
        if last is not None:
            self._recording.take_back(last.entry_ids)
            is_settled = rating is not Rating.AGAIN or test.is_self_marked(last.task)
            session = test.change_last(self._session, is_settled=is_settled, rating=int(rating))
            self._rerecord(session, rating)

    def advance(self) -> None:
        """Go on: the next question, or the summary."""
        if self._session.last is not None:
            self._session = test.advance(self._session)
            self._ask()

    def undo(self) -> None:
        """Take the latest answer back and ask its question again."""
        if not self._past or self.state.phase == "choosing":
            return
        self._recording.take_back(self._session.done[-1].entry_ids)
        self._session = self._past.pop()
        written = self._session.written
        self._ask(written.text if written is not None else "")

    def retry_mistakes(self) -> None:
        """A new session of the questions that were missed."""
        missed = dict.fromkeys(
            changed(one.task, is_repeat=False)
            for one in self._session.done
            if one.outcome.verdict is Verdict.WRONG and not one.task.is_repeat
        )
        if self.state.phase == "finished":
            tasks = list(missed)
            self._rng.shuffle(tasks)
            self.begin(alternated(tasks))

    def stop(self) -> None:
        """End the session here and show its summary; it can be gone on with."""
        if self.is_going_on:
            self._session = test.stop(self._session)
            self._ask(self._draft)

    def new_session(self) -> None:
        """Back to choosing."""
        if self.state.phase == "finished":
            self._session = SelfTest(())
            self._swap(SelfTestState("choosing"))

    def close(self) -> None:
        """The app ends: keep what is being written, and stop the clocks."""
        self._pause.stop()
        self.countdown.stop()
        if self.is_going_on:
            self._keep()

    def _enter(self, session: SelfTest, draft: str = "") -> None:
        self._past = []
        self._pictures.begin()
        self._session = session
        _ = self._mark
        self._ask(draft)

    def _ask(self, draft: str = "") -> None:
        """Show the question that is next, or the summary."""
        self._pause.stop()
        self._serial += 1
        self._draft = draft
        self._time_up = False
        self._asked_at = self._stopwatch()
        task = self._session.task
        self.countdown.start(task.seconds if task and self._session.phase == "asking" else 0)
        self._step()
        self._show()
        if self._session.phase == "finished":
            self.session_ended.emit()

    def _hand_in(self, answer: Answer) -> None:
        self.countdown.start(0)
        self._draft = answer.text
        self._session = test.hand_in(self._session, answer)
        self._step()
        self._show()

    def _take(self, answer: Answer, why: str = "") -> None:
        task = self._session.task
        if task is None:
            return
        self.countdown.stop()
        took_ms = int(1000 * (self._stopwatch() - self._asked_at))
        outcome = judge(task, answer, self._mark)
        if why:
            outcome = changed(outcome, why=why)
        self._pictures.remember()
        self._past = [*self._past[1 - MOST_UNDO :], self._session]
        self._rerecord(test.answer(self._session, answer, outcome, took_ms), None)
        if task.way is Way.SPEED and outcome.verdict is Verdict.CORRECT:
            self._pause.start()

    def _rerecord(self, session: SelfTest, rating: Rating | None) -> None:
        """Record the answer on show, as it now is."""
        if session.last is not None:
            entry_ids = self._recording.record(session.last, rating)
            session = test.change_last(session, entry_ids=entry_ids)
        self._session = session
        self._draft = ""
        self._step()
        self._show()

    def _retype(self, task: Task, text: str) -> None:
        if isinstance(task.body, Typing) and text.strip():
            if self._mark(task.body.question, text).verdict is Verdict.CORRECT:
                self._session = test.change_last(self._session, is_settled=True)
                self._step()
                self._show()
            else:
                self._show(hint=RETYPE)

    def _end_time(self) -> None:
        """The time is up: a speed round goes on; of an exam answer the pupil is told."""
        self._time_up = self.state.way is not Way.SPEED
        if self._time_up:
            self._show()
        else:
            self._take(Answer(), NO_TIME)

    @cached_property
    def _mark(self) -> Callable[[Question, str], Marking]:
        """Marking with the deck's names, which take 10 ms to collect: not before first paint."""
        from stalin_study.domain.marking import mark, names_of

        return partial(mark, names=names_of(self._deck))

    def _step(self) -> None:
        self._keeping.step_taken(self._session, self._recording.session_id, self._draft)

    def _keep(self) -> None:
        self._keeping.keep(self._session, self._recording.session_id, self._draft)

    def _show(self, hint: str = "") -> None:
        if self.state.phase == "choosing" and self._session.task is None:
            return
        state = self._pictures.of(self._session, hint)
        self._swap(
            replace(
                state,
                serial=self._serial,
                draft=self._draft,
                time_up=self._time_up,
                saving=self._recording.saving if state.has_verdict else "",
                can_undo=bool(self._past),
            )
        )

    def _swap(self, state: SelfTestState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
