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
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.study_history import DayTally, History
from stalin_study.presenters.today import MAY_REST, NOTHING_MET, LeftWork, TodayPresenter
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
    assert (desk.state.has_recall, desk.state.recall, desk.state.recall_words) == (True, None, "")
    assert (desk.state.streak_words, desk.state.streak_more) == ("", "")
    assert [mark.kind for mark in desk.state.streak.week] == ["before"] * 6 + ["today"]


def test_the_first_start_asks_for_little(desk):
    desk.planner.give("q1", "q2", seen=0)
    desk.history.give()
    assert (desk.state.work, desk.state.start) == ("first", "Start with 5 easy questions")
    assert desk.state.recall is None
    assert desk.state.recall_words == NOTHING_MET
    assert desk.state.streak_words == "Your first day."


def test_nobody_is_told_that_nothing_was_met_before_progress_is_read(desk):
    desk.planner.give("q1", "q2", seen=0)
    assert (desk.state.work, desk.state.recall_words) == ("waiting", "")


def test_progress_that_cannot_be_opened_counts_as_empty(desk):
    desk.planner.give("q1", "q2")
    desk.reviews.problem = "It cannot be opened."
    desk.reviews.saving_failed.emit(desk.reviews.problem)
    assert (desk.state.work, desk.state.start) == ("first", "Start with 5 easy questions")
    assert desk.state.streak_words == "", "nothing is known of the days"


def test_after_first_answers_that_cannot_be_saved_the_day_goes_on(desk):
    desk.planner.give("q1", "q2")
    desk.reviews.problem, desk.reviews.pending = "It cannot be opened.", 5
    desk.today.refresh()
    assert desk.state.work == "start"


def test_todays_work_is_one_button_with_its_minutes(desk):
    desk.history.give(1, 2)
    desk.planner.give("q1", "q2", "q3", "q4", "q5")
    assert desk.state.start == "Start: 5 questions, about 2 minutes"
    assert (desk.state.recall.now, desk.state.recall.if_followed) == (0.43, 0.81)
    assert desk.state.recall_words == (
        "About 45 % expected on the day if you stop now, about 80 % if you keep to the plan."
    )
    assert (desk.state.streak.length, desk.state.streak_words) == (2, "Your streak: 2 days.")
    assert (
        desk.state.streak_more
        == "One answer today makes it 3 days. You can miss one day and keep it."
    )


@pytest.mark.parametrize(
    ("days", "words", "more"),
    [
        ((0,), "Your streak: 1 day.", MAY_REST),
        (
            (2, 3),
            "Your streak: 2 days.",
            "One answer today makes it 3 days.",
        ),  # yesterday was a rest
        ((0, 2, 3), "Your streak: 3 days.", "You can miss a day again from Monday on."),
        ((0, 1, 2, 3, 4, 5, 7), "Your streak: 7 days.", MAY_REST),
        ((0, 9, 10, 11), "Your streak: 1 day. Your longest: 3 days.", MAY_REST),
    ],
)
def test_what_the_days_say(desk, days, words, more):
    desk.history.give(*days)
    assert (desk.state.streak_words, desk.state.streak_more) == (words, more)


def test_without_a_date_there_is_something_to_do_all_the_same(qapp):
    desk = Desk()
    desk.history.give(1)
    desk.planner.give("q1")
    assert (desk.state.needs_date, desk.state.recall) == (True, None)
    assert desk.state.work == "start"


def test_a_session_that_was_left_comes_first(desk):
    desk.history.give(1)
    desk.planner.give("q1")
    desk.left = LeftWork(8, ("q1", "q2"), "Party machine")
    desk.today.refresh()
    assert (desk.state.work, desk.state.start) == ("go_on", "Go on: 2 of 10 left")
    assert desk.state.listening == "Party machine"
    assert desk.state.instead == "", "it is today's work that was left"


def test_todays_work_can_be_done_instead_of_what_was_left(desk):
    desk.left = LeftWork(1, ("q1",))
    desk.today.refresh()
    assert (desk.state.work, desk.state.instead) == ("go_on", "")
    desk.planner.give("q1", "q2")
    assert desk.state.instead == "", "half of it is not enough of a difference"
    desk.planner.give("q1", "q2", "q3")
    assert desk.state.instead == "Today’s work instead: 3 questions, about 1 minute"


@pytest.mark.parametrize(("days", "words"), [((2, 3), ""), ((3, 4), "2 days"), ((9,), "8 days")])
def test_missed_days_are_forgiven_in_words(desk, days, words):
    desk.planner.give("q1")
    desk.history.give(*days)
    assert desk.state.start == "Start: 1 question, about 1 minute"
    if words:
        assert desk.state.about == "Good to see you again."
        assert desk.state.streak_words == f"You were away for {words}."
        assert desk.state.streak_more == "The work has been spread again: nothing piles up."
    else:
        assert desk.state.about == "Your work for today is ready."
        assert desk.state.streak.length == 2
    desk.history.give(0, *days)
    assert "away" not in desk.state.streak_words
    assert desk.state.about == "Your work for today is ready."


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


@pytest.mark.parametrize(
    ("exam", "headline", "question"),
    [
        (None, "What will you learn today?", "When is your exam?"),
        (1, "Your exam is over. We hope it went well.", "When is your next exam?"),
        (30, "Your exam is over. We hope it went well.", "When is your next exam?"),
        (31, "What will you learn today?", "When is your next exam?"),
        (0, "Your exam is today. Good luck!", ""),
        (-1, "Exam tomorrow", ""),
    ],
)
def test_the_exam_is_asked_for_or_counted_down_to(qapp, exam, headline, question):
    desk = Desk(exam_date=None if exam is None else TODAY - timedelta(days=exam))
    assert (desk.state.headline, desk.state.date_question) == (headline, question)
    assert desk.state.needs_date == bool(question)


@pytest.mark.parametrize("hours", [-1, 0, 8])
def test_the_exam_is_today_until_the_day_is_over(qapp, hours):
    desk = Desk(exam_date=TODAY)
    desk.now.advance(hours=hours)
    desk.today.refresh()
    assert desk.state.headline == "Your exam is today. Good luck!"
    assert (desk.state.has_recall, desk.state.needs_date) == (True, False)


def test_a_little_more_is_offered_of_what_is_due_if_anything_is(desk):
    desk.history.give(0, 1)
    desk.planner.give(done_seconds=60)
    assert (desk.state.start, desk.state.has_due) == ("A little more: my weakest", False)
    desk.now.advance(days=-9)
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    desk.now.advance(days=9)
    desk.today.refresh()
    assert (desk.state.work, desk.state.has_due) == ("done", True)


def test_a_day_without_anything_to_do_is_not_called_work(desk):
    desk.history.give(1, 2)
    desk.planner.give()
    assert desk.state.about == "There is nothing you must do today. Anything you do is extra."
    desk.history.give(0, 1, 2)
    assert desk.state.about == "Well done: today’s work is done. Anything more is extra."


def test_days_to_come_do_not_count_when_the_clock_was_set_back(desk):
    desk.planner.give("q1")
    desk.history.give(-3, -1, 1)
    assert (desk.state.streak.length, desk.state.streak.is_today_done) == (1, False)
