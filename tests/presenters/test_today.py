"""The Today page says one thing to do, forgives missed days, and celebrates once."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

import pytest
from PySide6.QtCore import QObject, Signal

from fakes import FakeClock
from fakes_study import FakeReviews, FakeSettings, make_deck
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.exam_forecast import Expectation
from stalin_study.domain.exam_plan import DayPlan
from stalin_study.domain.study_history import DayTally, History
from stalin_study.presenters.today import LeftWork, TodayPresenter
from stalin_study.services.exam_planner import Plan

EXAM = date(2027, 6, 1)
TODAY = date(2026, 11, 24)


class FakePlanner(QObject):
    plan_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.plan = Plan()

    def give(self, *subjects: str, done_seconds: float = 0.0, seen: int = 3) -> None:
        day = DayPlan(subjects, 25.0 * len(subjects), "steady")
        expectation = Expectation(0.43, 0.81, 0.02, seen, 10, ())
        self.plan = Plan(EXAM, 189, 10, day, expectation, done_seconds)
        self.plan_changed.emit(self.plan)


class FakeHistory(QObject):
    history_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.history = History()

    def give(self, *days_ago: int) -> None:
        days = {TODAY - timedelta(days=ago): DayTally(5, 60.0) for ago in days_ago}
        self.history = History(MappingProxyType(days), is_known=True)
        self.history_changed.emit(self.history)


class Desk:
    def __init__(self, **given) -> None:
        self.now, self.deck = FakeClock(), make_deck()
        self.reviews = FakeReviews(self.now)
        self.settings = FakeSettings(**given)
        self.planner, self.history = FakePlanner(), FakeHistory()
        self.left = LeftWork()
        self.today = TodayPresenter(
            self.deck,
            self.reviews,
            self.settings,
            self.planner,
            self.history,
            lambda: self.left,
            self.now,
        )
        self.states = []
        self.today.state_changed.connect(self.states.append)
        self.today.show(True)

    @property
    def state(self):
        return self.today.state


@pytest.fixture
def desk(qapp):
    return Desk(exam_date=EXAM)


def test_before_anything_is_known_there_is_only_the_countdown(desk):
    assert (desk.state.headline, desk.state.work) == ("Exam in 189 days", "waiting")
    assert desk.state.recall is None
    assert desk.state.streak is None


def test_the_first_start_asks_for_little(desk):
    desk.planner.give("q1", "q2", seen=0)
    desk.history.give()
    assert (desk.state.work, desk.state.start) == ("first", "Start with 5 easy questions")
    assert desk.state.recall is None


def test_todays_work_is_one_button_with_its_minutes(desk):
    desk.history.give(1, 2)
    desk.planner.give("q1", "q2", "q3", "q4", "q5")
    assert desk.state.start == "Start: 5 questions, about 2 minutes"
    assert desk.state.recall.words == (
        "About 45 % expected on the day if you stop now, about 80 % if you keep to the plan."
    )
    assert (desk.state.streak.length, desk.state.streak_words) == (
        2,
        "2 days in a row, and today is still to come.",
    )


def test_without_a_date_there_is_something_to_do_all_the_same(qapp):
    desk = Desk()
    desk.history.give(1)
    desk.planner.give("q1")
    assert (desk.state.needs_date, desk.state.recall) == (True, None)
    assert desk.state.work == "start"


def test_a_session_that_was_left_comes_first(desk):
    desk.history.give(1)
    desk.planner.give("q1")
    desk.left = LeftWork(6, 8, "Party machine")
    desk.today.refresh()
    assert (desk.state.work, desk.state.start) == ("go_on", "Go on: 8 to go")
    assert desk.state.about == "You have answered 6 of 14."
    assert desk.state.listening == "Party machine"


@pytest.mark.parametrize(("days", "words"), [((2, 3), ""), ((3, 4), "2 days"), ((9,), "8 days")])
def test_missed_days_are_forgiven_in_words(desk, days, words):
    desk.planner.give("q1")
    desk.history.give(*days)
    assert words in desk.state.away
    assert bool(desk.state.away) == bool(words)


def test_done_work_is_celebrated_once_a_day(desk):
    desk.history.give(1)
    desk.planner.give("q1")
    desk.planner.give(done_seconds=60)
    assert (desk.state.work, desk.state.celebrates) == ("done", False)  # not yet in the history
    desk.history.give(0, 1)
    assert desk.state.celebrates
    desk.today.celebrated()
    assert desk.settings.settings.celebrated_on == TODAY
    assert not desk.state.celebrates
    desk.planner.give("q2")
    desk.planner.give(done_seconds=90)
    assert not desk.state.celebrates


def test_nothing_to_do_from_the_start_is_no_reason_to_celebrate(desk):
    desk.history.give(0, 1)
    desk.planner.give(done_seconds=60)
    assert (desk.state.work, desk.state.celebrates) == ("done", False)


def test_out_of_view_nothing_is_shown_until_it_comes_back(desk):
    desk.today.show(False)
    desk.states.clear()
    desk.history.give(1)
    desk.planner.give("q1")
    assert desk.states == []
    desk.today.show(True)
    assert desk.state.work == "start"


def test_hard_cards_are_counted(desk):
    card = desk.deck.cards[1]
    desk.reviews.annotate(card.id, AnnotationKind.HARD, "yes")
    desk.reviews.annotate("gone", AnnotationKind.HARD, "yes")
    assert (desk.state.hard, desk.today.hard_cards()) == (1, (card.id,))


def test_an_exam_that_is_over_asks_for_the_next(qapp):
    desk = Desk(exam_date=TODAY - timedelta(days=1))
    assert (desk.state.needs_date, desk.state.headline) == (True, "What will you learn today?")
