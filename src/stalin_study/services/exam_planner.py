"""Keeps the exam plan in step with progress and settings, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Deck
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import StudyChanges
from stalin_study.domain.study_day import exam_ahead, kept_share, study_day, study_day_start
from stalin_study.domain.wording import amount_of, count_of
from stalin_study.services.jobs import Jobs
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings

if TYPE_CHECKING:
    from stalin_study.domain.exam_forecast import Expectation
    from stalin_study.domain.exam_plan import DayPlan
    from stalin_study.domain.exam_subjects import ExamSubject

log = logging.getLogger(__name__)
# While a test goes on, the plan is made anew after so many answers.
ANSWERS = 10
MATCH_S, BLURT_S = 60, 240  # what a match and a blurt add to a mixed test


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan as of a moment. `exam` is None without a date to come, `is_over` if it was one.

    `days` are those of the calendar until the exam. `done_seconds` is how long the pupil has
    studied on this study day, `kept` the share of the days that were kept so far. Today's work has
    a match or a blurt in addition.
    """

    exam: date | None = None
    days: int = 0
    minutes_a_day: int = 10
    day: DayPlan | None = None
    expectation: Expectation | None = None
    done_seconds: float = 0.0
    kept: float = 1.0
    is_over: bool = False
    has_match: bool = False
    has_blurt: bool = False

    @property
    def amount(self) -> str:
        """What is left of today's work: "26 questions and a match, about 11 minutes"."""
        seconds = self.day.seconds if self.day is not None else 0.0
        seconds += MATCH_S * self.has_match + BLURT_S * self.has_blurt
        minutes = count_of(max(1, round(seconds / 60)), "minute")
        told = amount_of(len(self.today), has_match=self.has_match, has_blurt=self.has_blurt)
        return f"{told}, about {minutes}"

    @property
    def today(self) -> tuple[str, ...]:
        """What is left of today's work, in the order in which to ask it."""
        return self.day.subject_ids if self.day is not None else ()


@dataclass(frozen=True, slots=True)
class _Begun:
    """The work of a study day as it was first planned, and the wishes that it was planned for."""

    day: date
    day_began_at: datetime  # another in another time zone
    wishes: tuple[date | None, int]
    work: DayPlan


class ExamPlanner(QObject):
    """Owns the plan; `plan_changed(Plan)`.

    The work of a study day is planned once and only gets less: done is done, also after a restart.
    It is planned anew when other wishes hold or all of the progress has changed.
    """

    plan_changed = Signal(object)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        settings: PupilSettings,
        jobs: Jobs,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._settings = settings
        self._jobs = jobs
        self._now = now
        self._is_running = self._is_stale = False
        self._made_on: tuple[date, date] | None = None
        self._waiting = self._era = 0
        self._begun: _Begun | None = None
        self.plan = Plan()
        reviews.study_changed.connect(self._forget)

    def refresh_if_old(self) -> None:
        """Make the plan anew if it is of another day, waits to be, or was never made."""
        if self._waiting or self._made_on != _days_of(self._now()):
            self.refresh()

    def refresh_later(self) -> None:
        """In a test that goes on: make the plan anew when it is looked at, or in a while."""
        self._waiting += 1
        if self._waiting >= ANSWERS:
            self.refresh()

    def refresh(self) -> None:
        """Make the plan anew; while one is being made, once more after it."""
        if self._is_running:
            self._is_stale = True
            return
        self._is_running = True
        self._waiting = 0
        at, settings = self._now(), self._settings.settings
        self._made_on = _days_of(at)
        today = study_day(at)
        states = self._reviews.memory_states
        began_at = study_day_start(at)
        done = self._reviews.seconds_since(began_at)
        times = self._reviews.times
        wishes = settings.exam_date, settings.minutes_a_day
        known, begun, era = self._begun, None, self._era
        is_known = known is not None and known.day_began_at == began_at
        if known is not None and is_known and known.wishes == wishes:
            begun = known.work
        is_finished = not is_known and settings.finished_on == today

        def make() -> tuple[Plan, _Begun]:
            plan, work = self._make(states, at, *wishes, done, times, begun, is_finished)
            return plan, _Begun(today, began_at, wishes, work)

        self._jobs.run(make, lambda made: self._take(*made, era), self._fail)

    def _make(
        self,
        states: Mapping[str, MemoryState],
        at: datetime,
        exam: date | None,
        minutes: int,
        done_seconds: float,
        times: tuple[tuple[datetime, int], ...],
        begun: DayPlan | None,
        is_finished: bool,
    ) -> tuple[Plan, DayPlan]:
        """The plan, and the day's work as it was first planned: now, unless it has `begun`."""
        # Loaded on the jobs thread, when they are first needed.
        from stalin_study.domain.exam_plan import DayPlan, in_time, left_of_day, plan_day

        today = study_day(at)
        exam_at = exam_ahead(exam, at) if exam is not None else None
        spent = minutes, done_seconds
        if is_finished:
            begun = DayPlan((), 0.0, "rest")
        elif begun is not None:
            begun = in_time(begun, self._subjects, states, at, *spent)
        if exam is None or exam_at is None:
            work = begun or plan_day(self._subjects, states, at, None, *spent)
            day = left_of_day(work, self._subjects, states, at)
            plan = Plan(None, 0, minutes, day, None, done_seconds, is_over=exam is not None)
            return self._with_extras(plan, states), work
        from stalin_study.domain.exam_forecast import forecast
        from stalin_study.domain.memory_links import borrowed_recall

        borrowed = borrowed_recall(self._deck.cards, states, exam_at)
        # A pupil who skips days is planned for, and told of, as one who will go on to.
        studied = {study_day(when) for when, _ in times}
        kept = kept_share(studied, min(studied, default=today), today)
        work = begun or plan_day(
            self._subjects,
            states,
            at,
            exam_at,
            *spent,
            kept=kept,
            borrowed=borrowed,
        )
        day = left_of_day(work, self._subjects, states, at)
        expectation = forecast(
            self._subjects, states, at, exam_at, minutes * kept, done_seconds, borrowed=borrowed
        )
        days = (exam - at.astimezone().date()).days
        plan = Plan(exam, days, minutes, day, expectation, done_seconds, kept)
        return self._with_extras(plan, states), work

    def _with_extras(self, plan: Plan, states: Mapping[str, MemoryState]) -> Plan:
        from stalin_study.domain.self_test.making import extras_of

        has_match, has_blurt = extras_of(plan.today, self._deck, states)
        return replace(plan, has_match=has_match, has_blurt=has_blurt)

    @cached_property
    def _subjects(self) -> tuple[ExamSubject, ...]:
        from stalin_study.domain.exam_subjects import exam_subjects

        return exam_subjects(self._deck)

    def _take(self, plan: Plan, begun: _Begun, era: int) -> None:
        if era == self._era:
            self._begun = begun
        self._end()
        if plan != self.plan:
            self.plan = plan
            self.plan_changed.emit(plan)
        if era == self._era:
            self._remember(begun, is_done=not plan.today)

    def _remember(self, begun: _Begun, *, is_done: bool) -> None:
        """That the day's work is done, or that there is some again."""
        was_done = self._settings.settings.finished_on == begun.day
        if is_done and begun.work.subject_ids and not was_done:
            self._settings.change(finished_on=begun.day)
        elif was_done and not is_done:
            self._settings.change(finished_on=None)

    def _forget(self, changes: StudyChanges, _: object) -> None:
        """Progress was opened or taken in: the day is planned by what is known now."""
        if changes.everything:
            self._era += 1
            self._begun = None

    def _fail(self, error: Exception) -> None:
        log.error("The exam plan could not be made", exc_info=error)
        self._end()

    def _end(self) -> None:
        self._is_running = False
        if self._is_stale:
            self._is_stale = False
            self.refresh()


def _days_of(at: datetime) -> tuple[date, date]:
    """The study day, and that of the calendar, by which the days until the exam are counted."""
    return study_day(at), at.astimezone().date()
