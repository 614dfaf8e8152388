"""The Today page: how long until the exam, what to do now, and the days that were kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.date_words import WEEKDAYS
from stalin_study.domain.deck import Deck
from stalin_study.domain.streak import Streak, streak
from stalin_study.domain.study_day import study_day
from stalin_study.domain.wording import count_of, exam_countdown
from stalin_study.services.exam_planner import ExamPlanner, Plan
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings
from stalin_study.services.study_history import StudyHistory

Work = Literal["waiting", "first", "start", "go_on", "done"]
FIRST_LENGTH = 5
# Whole days without study after which a pupil is welcomed back.
AWAY_DAYS = 2
# So long after the exam it is still spoken of.
JUST_OVER = timedelta(days=30)
MAY_REST = "You can miss one day and keep it."
NOTHING_MET = "Answer some questions to see what you are likely to remember on the day."


@dataclass(frozen=True, slots=True)
class Recall:
    """Expected recall on the day of the exam, as shares from 0 to 1."""

    now: float
    if_followed: float


@dataclass(frozen=True, slots=True)
class TodayState:
    """All that the page shows; what is empty is not known yet, or not to be shown.

    `has_recall` says whether an exam lies ahead, for which `recall` and its words will come.
    `start` is what the one button says, `about` the line above it, `instead` a second choice.
    `has_due` says whether questions are due though today's work is done. `celebrates` is True from
    the moment when today's work is done until it was shown.
    """

    headline: str
    streak: Streak
    date_question: str = ""
    has_recall: bool = False
    recall: Recall | None = None
    recall_words: str = ""
    work: Work = "waiting"
    start: str = ""
    about: str = ""
    instead: str = ""
    has_due: bool = False
    streak_words: str = ""
    streak_more: str = ""
    listening: str = ""
    card: str = ""
    hard: int = 0
    celebrates: bool = False

    @property
    def needs_date(self) -> bool:
        """Whether there is no exam to count down to."""
        return bool(self.date_question)


@dataclass(frozen=True, slots=True)
class LeftWork:
    """What was left half-way: a session's answers and what is to go, and the title of a reading."""

    done: int = 0
    to_go: tuple[str, ...] = ()
    listening: str = ""


class TodayPresenter(QObject):
    """Keeps the page in step with plan, history and settings while it is shown.

    `find_left` reads two small files; it is not called before the page is refreshed for the first
    time, which the app does after the first paint.
    """

    state_changed = Signal(object)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        settings: PupilSettings,
        planner: ExamPlanner,
        history: StudyHistory,
        find_left: Callable[[], LeftWork],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._settings = settings
        self._planner = planner
        self._history = history
        self._find_left = find_left
        self._now = now
        self._is_shown = False
        self._left = LeftWork()
        self._had_work = False
        self.state = self._state()
        planner.plan_changed.connect(lambda _: self._update())
        history.history_changed.connect(lambda _: self._update())
        settings.settings_changed.connect(lambda _: self._update())
        reviews.annotations_changed.connect(lambda _: self._update())
        reviews.saving_failed.connect(lambda _: self._update())

    @property
    def is_progress_known(self) -> bool:
        """Whether progress was read; what cannot be opened counts as empty."""
        return self._history.history.is_known or bool(self._reviews.problem)

    def show(self, is_shown: bool) -> None:
        """The page comes into view, or goes; only in view it is kept up to date."""
        self._is_shown = is_shown
        if is_shown:
            self.refresh()

    def refresh(self) -> None:
        """Look for what was left half-way, and show all anew."""
        self._left = self._find_left()
        self._update()

    def celebrated(self) -> None:
        """It was seen: once a day is enough."""
        self._settings.change(celebrated_on=study_day(self._now()))

    def hard_cards(self) -> tuple[str, ...]:
        """Ids of the cards that are marked as hard, in the order of the deck."""
        said = self._reviews.annotations
        return tuple(c.id for c in self._deck.cards if c.id in said and said[c.id].is_hard)

    def _update(self) -> None:
        self._had_work = self._had_work or bool(self._planner.plan.today)
        if not self._is_shown:
            return
        state = self._state()
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _state(self) -> TodayState:
        plan, exam = self._planner.plan, self._settings.settings.exam_date
        at = self._now()
        found = streak(self._history.history.days.keys(), study_day(at))
        state = TodayState(
            headline=exam_countdown(exam, at.astimezone().date()) or "What will you learn today?",
            streak=found,
            hard=len(self.hard_cards()),
            card=self._last_card(),
            listening=self._left.listening,
        )
        state = _with_exam(state, plan, exam, at)
        if self._history.history.is_known:
            if state.has_recall and plan.expectation is not None and not plan.expectation.seen:
                state = replace(state, recall_words=NOTHING_MET)
            words, more = _streak_words(found, study_day(at), bool(self._history.history.days))
            state = replace(state, streak_words=words, streak_more=more)
        return self._with_work(state, plan)

    def _last_card(self) -> str:
        card = self._deck.cards_by_id.get(self._settings.settings.last_card)
        return card.title if card is not None else ""

    def _with_work(self, state: TodayState, plan: Plan) -> TodayState:
        """What the button says."""
        to_go = self._left.to_go
        if to_go:
            return replace(
                state,
                work="go_on",
                start=f"Go on: {len(to_go)} of {self._left.done + len(to_go)} left",
                about="You left a test half-way.",
                instead=_instead(plan, to_go),
            )
        if plan.day is None or not self.is_progress_known:
            return state
        history = self._history.history
        # What waits to be saved is in no history that cannot be read.
        if not history.days and (history.is_known or not self._reviews.pending):
            return replace(
                state,
                work="first",
                start=f"Start with {FIRST_LENGTH} easy questions",
                about="It takes about 3 minutes.",
            )
        if not plan.today:
            return self._with_done(state, plan)
        is_back = state.streak.away >= AWAY_DAYS and not state.streak.is_today_done
        about = "Good to see you again." if is_back else "Your work for today is ready."
        return replace(state, work="start", start=f"Start: {plan.amount}", about=about)

    def _with_done(self, state: TodayState, plan: Plan) -> TodayState:
        is_studied = state.streak.is_today_done
        is_new = self._settings.settings.celebrated_on != study_day(self._now())
        told = "Well done: today’s work is done. Anything more is extra."
        if not is_studied:
            told = "There is nothing you must do today. Anything you do is extra."
        return replace(
            state,
            work="done",
            start="A little more: my weakest",
            about=told,
            has_due=self._has_due(),
            celebrates=self._had_work and is_new and is_studied and plan.done_seconds > 0,
        )

    def _has_due(self) -> bool:
        """Whether a mixed self-test of what is due would ask anything."""
        # Not before the first paint: only a plan that was made can be done.
        from stalin_study.domain.self_test.choosing import How, Scope, askable, in_scope

        states = self._reviews.memory_states
        mixed = askable(self._deck.cards, How.MIXED)
        return bool(in_scope(mixed, Scope.DUE, states, self._now()))


def _with_exam(state: TodayState, plan: Plan, exam: date | None, at: datetime) -> TodayState:
    """How the exam stands: to be named, ahead, or over."""
    today = at.astimezone().date()
    if exam is None:
        return replace(state, date_question="When is your exam?")
    if exam < today:
        if today - exam <= JUST_OVER:
            state = replace(state, headline="Your exam is over. We hope it went well.")
        return replace(state, date_question="When is your next exam?")
    state = replace(state, has_recall=True)
    expectation = plan.expectation
    if plan.exam != exam or expectation is None or not expectation.seen:
        return state
    # Loaded with the plan, which is made after the first paint.
    from stalin_study.domain.exam_wording import about

    now, followed = expectation.now, expectation.if_followed
    words = f"{about(now)} expected on the day if you stop now".capitalize()
    if followed is None:
        return replace(state, recall=Recall(now, now), recall_words=f"{words}.")
    words = f"{words}, {about(followed)} if you keep to the plan."
    return replace(state, recall=Recall(now, followed), recall_words=words)


def _instead(plan: Plan, to_go: tuple[str, ...]) -> str:
    """Today's work, unless it is by and large what was left."""
    new = set(plan.today) - set(to_go)
    return f"Today’s work instead: {plan.amount}" if 2 * len(new) > len(plan.today) else ""


def _streak_words(found: Streak, today: date, has_begun: bool) -> tuple[str, str]:
    """What the days say, in one sentence and one more."""
    if not has_begun:
        return "Your first day.", "Answer one question, and your streak begins."
    if not found.length:
        days = count_of(found.away, "day")
        return f"You were away for {days}.", "The work has been spread again: nothing piles up."
    best = f" Your longest: {count_of(found.longest, 'day')}."
    best = best if found.longest > found.length else ""
    words = f"Your streak: {count_of(found.length, 'day')}.{best}"
    may_rest = found.rests_on <= today + timedelta(days=found.is_today_done)
    if not found.is_today_done:
        more = f"One answer today makes it {count_of(found.length + 1, 'day')}."
        return words, f"{more} {MAY_REST}" if may_rest else more
    if may_rest:
        return words, MAY_REST
    return words, f"You can miss a day again from {WEEKDAYS[found.rests_on.weekday()]} on."
