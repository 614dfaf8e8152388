"""The Today page: how long until the exam, what to do now, and the days that were kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, Signal

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


@dataclass(frozen=True, slots=True)
class Recall:
    """Expected recall on the day of the exam, as shares from 0 to 1 and in words."""

    now: float
    if_followed: float
    words: str


@dataclass(frozen=True, slots=True)
class TodayState:
    """All that the page shows. What is empty is not shown.

    `start` is what the one button says, `about` the line below it. `celebrates` is True from the
    moment when today's work is done until it was shown.
    """

    headline: str
    needs_date: bool
    recall: Recall | None = None
    work: Work = "waiting"
    start: str = ""
    about: str = ""
    streak: Streak | None = None
    streak_words: str = ""
    away: str = ""
    listening: str = ""
    card: str = ""
    hard: int = 0
    celebrates: bool = False


@dataclass(frozen=True, slots=True)
class LeftWork:
    """What was left half-way: answers done and to go of a session, and the title of a reading."""

    done: int = 0
    to_go: int = 0
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
        plan, settings = self._planner.plan, self._settings.settings
        exam = settings.exam_date
        is_ahead = exam is not None and exam >= self._now().astimezone().date()
        countdown = exam_countdown(exam, self._now().astimezone().date())
        state = TodayState(
            headline=countdown or "What will you learn today?",
            needs_date=not is_ahead,
            recall=_recall(plan) if is_ahead and plan.exam == exam else None,
            hard=len(self.hard_cards()),
            card=self._last_card(),
            listening=self._left.listening,
        )
        return self._with_days(self._with_work(state, plan))

    def _last_card(self) -> str:
        card = self._deck.cards_by_id.get(self._settings.settings.last_card)
        return card.title if card is not None else ""

    def _with_work(self, state: TodayState, plan: Plan) -> TodayState:
        """What the button says."""
        if self._left.to_go:
            done, all_of_it = self._left.done, self._left.done + self._left.to_go
            told = f"You have answered {done} of {all_of_it}."
            return replace(
                state, work="go_on", start=f"Go on: {self._left.to_go} to go", about=told
            )
        if plan.day is None or not self._history.history.is_known:
            return state
        if not self._history.history.days:
            return replace(
                state,
                work="first",
                start=f"Start with {FIRST_LENGTH} easy questions",
                about="About 3 minutes. Nobody sees your answers but you.",
            )
        if not plan.today:
            told = "Today’s work is done. Anything more is extra."
            today = study_day(self._now())
            is_new = self._settings.settings.celebrated_on != today
            has_studied = today in self._history.history.days
            celebrates = self._had_work and is_new and has_studied and plan.done_seconds > 0
            start = "A little more"
            return replace(state, work="done", start=start, about=told, celebrates=celebrates)
        minutes = max(1, round(plan.day.seconds / 60))
        questions = count_of(len(plan.today), "question")
        start = f"Start: {questions}, about {count_of(minutes, 'minute')}"
        return replace(state, work="start", start=start, about="Your work for today is ready.")

    def _with_days(self, state: TodayState) -> TodayState:
        history = self._history.history
        if not history.days:
            return state
        found = streak(history.days.keys(), study_day(self._now()))
        away = ""
        if found.away >= 2 and not found.is_today_done:
            away = (
                f"Welcome back. You were away for {count_of(found.away, 'day')}: the work has been"
                " spread anew, and nothing piles up."
            )
        return replace(state, streak=found, streak_words=_streak_words(found), away=away)


def _recall(plan: Plan) -> Recall | None:
    expectation = plan.expectation
    if expectation is None or not expectation.seen:
        return None
    # Loaded with the plan, which is made after the first paint.
    from stalin_study.domain.exam_wording import about

    now, followed = expectation.now, expectation.if_followed
    words = f"{about(now)} expected on the day if you stop now".capitalize()
    if followed is None:
        return Recall(now, now, f"{words}.")
    return Recall(now, followed, f"{words}, {about(followed)} if you keep to the plan.")


def _streak_words(found: Streak) -> str:
    if not found.length:
        return "A new streak begins with the next answer."
    days = f"{count_of(found.length, 'day')} in a row"
    best = "" if found.longest <= found.length else f" Your longest: {found.longest}."
    if found.is_today_done:
        return f"{days}. One day of rest in seven breaks nothing.{best}"
    return f"{days}, and today is still to come.{best}"
