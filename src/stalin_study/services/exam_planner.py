"""Keeps the exam plan in step with progress and settings, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Deck
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.study_day import exam_moment, kept_share, study_day, study_day_start
from stalin_study.services.jobs import Jobs
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings

if TYPE_CHECKING:
    from stalin_study.domain.exam_forecast import Expectation
    from stalin_study.domain.exam_plan import DayPlan
    from stalin_study.domain.exam_subjects import ExamSubject

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan as of a moment. `exam` is None without a date to come, `is_over` if it was one.

    `days` are those of the calendar until the exam. `done_seconds` is how long the pupil has
    studied on this study day, `kept` the share of the days that were kept so far.
    """

    exam: date | None = None
    days: int = 0
    minutes_a_day: int = 10
    day: DayPlan | None = None
    expectation: Expectation | None = None
    done_seconds: float = 0.0
    kept: float = 1.0
    is_over: bool = False

    @property
    def today(self) -> tuple[str, ...]:
        """What is left of today's work, in the order in which to ask it."""
        return self.day.subject_ids if self.day is not None else ()


class ExamPlanner(QObject):
    """Owns the plan; `plan_changed(Plan)`."""

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
        self._made_on: date | None = None
        self.plan = Plan()

    def refresh_if_old(self) -> None:
        """Make the plan anew if it is of another study day, or was never made."""
        if self._made_on != study_day(self._now()):
            self.refresh()

    def refresh(self) -> None:
        """Make the plan anew; while one is being made, once more after it."""
        if self._is_running:
            self._is_stale = True
            return
        self._is_running = True
        at, settings = self._now(), self._settings.settings
        self._made_on = study_day(at)
        states = self._reviews.memory_states
        done = self._reviews.seconds_since(study_day_start(at))
        times = self._reviews.times
        wishes = settings.exam_date, settings.minutes_a_day
        self._jobs.run(
            lambda: self._make(states, at, *wishes, done, times),
            self._take,
            self._fail,
        )

    def _make(
        self,
        states: Mapping[str, MemoryState],
        at: datetime,
        exam: date | None,
        minutes: int,
        done_seconds: float,
        times: tuple[tuple[datetime, int], ...],
    ) -> Plan:
        # Loaded on the jobs thread, when they are first needed.
        from stalin_study.domain.exam_plan import plan_day

        today = study_day(at)
        exam_at = exam_moment(exam) if exam is not None and exam >= today else None
        if exam is None or exam_at is None or exam_at <= at:
            day = plan_day(self._subjects, states, at, None, minutes, done_seconds)
            return Plan(None, 0, minutes, day, None, done_seconds, is_over=exam is not None)
        from stalin_study.domain.exam_forecast import forecast
        from stalin_study.domain.memory_links import borrowed_recall

        borrowed = borrowed_recall(self._deck.cards, states, exam_at)
        # A pupil who skips days is planned for, and told of, as one who will go on to.
        studied = {study_day(when) for when, _ in times}
        kept = kept_share(studied, min(studied, default=today), today)
        day = plan_day(
            self._subjects,
            states,
            at,
            exam_at,
            minutes,
            done_seconds,
            kept=kept,
            borrowed=borrowed,
        )
        expectation = forecast(
            self._subjects, states, at, exam_at, minutes * kept, done_seconds, borrowed=borrowed
        )
        days = (exam - at.astimezone().date()).days
        return Plan(exam, days, minutes, day, expectation, done_seconds, kept)

    @cached_property
    def _subjects(self) -> tuple[ExamSubject, ...]:
        from stalin_study.domain.exam_subjects import exam_subjects

        return exam_subjects(self._deck)

    def _take(self, plan: Plan) -> None:
        self._end()
        if plan != self.plan:
            self.plan = plan
            self.plan_changed.emit(plan)

    def _fail(self, error: Exception) -> None:
        log.error("The exam plan could not be made", exc_info=error)
        self._end()

    def _end(self) -> None:
        self._is_running = False
        if self._is_stale:
            self._is_stale = False
            self.refresh()
