"""The exam plan, kept in step with progress, settings and the clock."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from fakes_study import FakeReviews, FakeSettings, make_card, make_deck, rewritten
from stalin_study.domain.deck import Deck, Topic
from stalin_study.domain.exam_subjects import exam_subjects
from stalin_study.domain.memory import review
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.wording import exam_countdown
from stalin_study.paths import find_paths
from stalin_study.presenters.self_test.plan_view import plan_view, sidebar_line
from stalin_study.services.exam_planner import ExamPlanner, Plan
from stalin_study.services.library import load_deck
from stalin_study.services.reviews import Reviews
from stalin_study.services.store import open_store

DECK = load_deck(find_paths().deck).deck
SMALL = make_deck()
EXAM = date(2026, 12, 4)  # ten days after the clock's first morning
ALL_IDS = {subject.id for subject in exam_subjects(DECK)}
BARE = Deck(
    *("bare", "Bare", "14-16", "CC0", ()),
    (Topic("bare", "Bare", "", (rewritten(make_card(1), questions=()),)),),
)


def moment(text):
    return datetime.fromisoformat(f"{text}+00:00")


class Desk:
    """A planner with fakes around it; `plans` are those that were told."""

    def __init__(self, deck=SMALL, jobs=None, reviews=None, now=None, **given) -> None:
        self.deck = deck
        self.now = now or FakeClock()
        self.jobs = jobs or InlineJobs()
        self.reviews = reviews or FakeReviews(self.now)
        self.settings = FakeSettings(**given)
        self.planner = ExamPlanner(deck, self.reviews, self.settings, self.jobs, self.now)
        self.plans = []
        self.planner.plan_changed.connect(self.plans.append)

    def at(self, text):
        self.now.at = moment(text)
        return self.plan()

    def plan(self, **changes):
        self.settings.change(**changes)
        self.planner.refresh()
        return self.planner.plan


@pytest.fixture
def desk(qapp):
    return Desk()


@pytest.fixture
def real(qapp, tmp_path):
    """A desk on a progress file."""
    now, jobs = FakeClock(), InlineJobs()
    reviews = Reviews(lambda: open_store(tmp_path, now), jobs, now, CountingIds())
    reviews.open()
    yield Desk(reviews=reviews, now=now)
    reviews.close()


# With an exam and without


def test_before_the_first_plan_there_is_nothing_to_do(desk):
    assert (desk.planner.plan, desk.planner.plan.today) == (Plan(), ())
    assert desk.plans == []


def test_without_an_exam_the_new_ones_are_todays_work(desk):
    plan = desk.plan()
    assert (plan.exam, plan.days, plan.expectation, plan.minutes_a_day) == (None, 0, None, 10)
    assert (plan.day.reason, sorted(plan.today)) == ("no exam", ["c01q01", "c02q01", "c03q01"])
    assert desk.plans == [plan]
    assert sidebar_line(plan) == ""


def test_with_an_exam_the_figures_are_there(desk):
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    plan = desk.plan(exam_date=EXAM)
    assert (plan.exam, plan.days) == (EXAM, 10)
    assert (plan.expectation.seen, plan.expectation.total) == (1, 3)
    assert 0 < plan.expectation.now < plan.expectation.if_followed <= 1
    assert sidebar_line(plan) == "Exam in 10 days, about 25 % expected"
    view = plan_view(plan, SMALL)
    assert (view.now, view.headline) == ("about 25 %", "Exam in 10 days")
    assert view.if_followed.startswith(("about ", "over "))
    assert [topic.title for topic in view.topics] == ["First topic", "Second topic"]


@pytest.mark.parametrize(
    ("at", "exam", "days"),
    [
        ("2026-12-02T23:59", EXAM, 2),
        ("2026-12-03T00:00", EXAM, 1),
        ("2026-12-04T03:59:59", EXAM, 0),
        ("2026-12-04T04:00", EXAM, 0),
        ("2026-12-04T08:59:59", EXAM, 0),
        ("2026-12-04T09:00", EXAM, 0),
        ("2026-12-04T23:59", EXAM, 0),
        ("2026-12-05T00:00", None, 0),
        ("2027-12-04T08:00", None, 0),
    ],
)
def test_there_is_an_exam_until_its_day_is_over_by_the_calendar(desk, at, exam, days):
    desk.settings.change(exam_date=EXAM)
    plan = desk.at(at)
    assert (plan.exam, plan.days) == (exam, days)
    assert (plan.expectation is None) == (exam is None)
    assert (plan.day.reason == "no exam") == (exam is None)


@pytest.mark.parametrize(
    ("at", "exam", "days"),
    [
        ("2026-06-09T22:59", date(2026, 6, 10), 1),
        ("2026-06-09T23:00", date(2026, 6, 10), 0),
        ("2026-06-10T07:59", date(2026, 6, 10), 0),
        ("2026-06-10T08:00", date(2026, 6, 10), 0),
        ("2026-06-10T22:59", date(2026, 6, 10), 0),
        ("2026-06-10T23:00", None, 0),
    ],
)
def test_in_summer_it_goes_by_summer_time(desk, at, exam, days):
    desk.settings.change(exam_date=date(2026, 6, 10))
    plan = desk.at(at)
    assert (plan.exam, plan.days) == (exam, days)


@pytest.mark.parametrize("exam", [date(1, 1, 1), date(1970, 1, 1), date(9999, 12, 31)])
def test_an_exam_in_another_age_is_planned_for_too(desk, exam):
    plan = desk.plan(exam_date=exam)
    assert plan.exam == (exam if exam.year == 9999 else None)
    assert len(plan.today) == 3


def test_an_exam_date_that_is_taken_away_takes_the_figures_away(desk):
    assert desk.plan(exam_date=EXAM).expectation
    assert desk.plan(exam_date=None).expectation is None


@pytest.mark.parametrize("exam", [EXAM, None])
def test_more_minutes_a_day_are_more_work(qapp, exam):
    desk = Desk(DECK, exam_date=exam)
    counts = []
    for minutes in (1, 5, 20, 120):
        plan = desk.plan(minutes_a_day=minutes)
        assert plan.minutes_a_day == minutes
        assert len(set(plan.today)) == len(plan.today)
        assert set(plan.today) <= ALL_IDS
        # The last one may run over.
        assert plan.day.seconds <= 60 * minutes + 120
        counts.append(len(plan.today))
    assert counts == sorted(set(counts))


@pytest.mark.parametrize("exam", [EXAM, None])
def test_a_deck_without_questions_has_no_work(qapp, exam):
    desk = Desk(BARE, exam_date=exam)
    plan = desk.plan()
    assert plan.today == ()
    assert plan_view(plan, BARE).today == "Today’s work is done. Anything more is extra."
    assert sidebar_line(plan) == ""


# What was done today


@pytest.mark.parametrize(
    ("answered", "planned", "done"),
    [
        ("2026-11-24T03:59", "2026-11-24T09:00", 0.0),
        ("2026-11-24T04:00", "2026-11-24T09:00", 20.0),
        ("2026-11-24T04:01", "2026-11-24T09:00", 20.0),
        ("2026-11-24T23:59", "2026-11-25T00:30", 20.0),
        ("2026-11-24T23:59", "2026-11-25T03:59", 20.0),
        ("2026-11-24T23:59", "2026-11-25T04:00", 0.0),
        ("2026-11-24T09:00", "2026-11-24T09:00", 20.0),
    ],
)
@pytest.mark.parametrize("exam", [EXAM, None])
def test_the_seconds_of_this_study_day_are_taken_off(real, answered, planned, done, exam):
    real.settings.change(exam_date=exam)
    real.now.at = moment(answered)
    real.reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=20_000)
    plan = real.at(planned)
    assert plan.done_seconds == done
    if exam is None or done:
        assert ("c01q01" in plan.today) == (done == 0), "once a day is enough"


def test_when_the_minutes_are_done_nothing_is_left(real):
    real.reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=61_000)
    assert real.plan(minutes_a_day=2).today
    assert real.plan(minutes_a_day=1).today == ()
    assert plan_view(real.planner.plan, SMALL).today.startswith("Today’s work is done.")


def test_the_seconds_are_there_after_a_restart(qapp, tmp_path):
    now = FakeClock()
    for _ in range(2):
        reviews = Reviews(lambda: open_store(tmp_path, now), InlineJobs(), now, CountingIds())
        reviews.open()
        if not reviews.memory_states:
            reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=20_000)
        plan = Desk(reviews=reviews, now=now).plan()
        reviews.close()
        assert plan.done_seconds == 20


@pytest.mark.parametrize("count", [0, 1, len(ALL_IDS)])
def test_the_store_is_opened_with_no_states_or_many(qapp, count):
    desk = Desk(DECK, exam_date=EXAM)
    ids = sorted(ALL_IDS)[:count]
    before = desk.now() - timedelta(days=3)
    desk.reviews.memory_states = {one: review(None, one, Rating.GOOD, before) for one in ids}
    plan = desk.plan()
    assert (plan.expectation.seen, plan.expectation.total) == (count, len(ALL_IDS))
    assert (plan.expectation.now > 0) == (count > 0)
    assert bool(sidebar_line(plan)) == (count > 0)


def test_work_that_was_planned_only_gets_less(real):
    real.settings.change(exam_date=EXAM, minutes_a_day=1)
    planned = real.plan().today
    assert len(planned) > 1
    for count, subject_id in enumerate(planned, start=1):
        real.reviews.record(subject_id, Way.TYPED, Rating.AGAIN, took_ms=100)
        assert real.plan().today == planned[count:]
        assert (real.settings.settings.finished_on is not None) == (count == len(planned))
    real.reviews.undo([list(real.reviews._recorded)[-1]])
    assert real.plan().today == planned[-1:]
    assert real.settings.settings.finished_on is None, "the last answer was taken back"


def test_a_plan_of_before_progress_was_open_is_forgotten(qapp, tmp_path):
    now = FakeClock()
    reviews = Reviews(lambda: open_store(tmp_path, now), InlineJobs(), now, CountingIds())
    reviews.open()
    reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=20_000)
    reviews.close()
    now.advance(days=30)
    jobs = ManualJobs()
    reviews = Reviews(lambda: open_store(tmp_path, now), InlineJobs(), now, CountingIds())
    desk = Desk(reviews=reviews, now=now, jobs=jobs)
    desk.planner.refresh()
    reviews.open()
    jobs.drain()
    desk.planner.refresh()
    jobs.drain()
    assert desk.planner.plan.today[0] == "c01q01", "what is due comes first"
    reviews.close()


# Clocks and time zones


@pytest.mark.parametrize("exam", [EXAM, date(2028, 1, 1), None])
@pytest.mark.parametrize("step", [timedelta(days=-7), timedelta(days=365), timedelta(hours=-30)])
def test_a_clock_that_is_set_wrong_and_right_again(real, step, exam):
    real.settings.change(exam_date=exam)
    real.reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=20_000)
    usual = real.plan()
    real.now.at += step
    odd = real.plan()
    assert odd.done_seconds == 0
    assert "c01q01" in odd.today, "nobody knows when it was met"
    real.reviews.record("c02q01", Way.TYPED, Rating.GOOD, took_ms=7_000)
    assert real.plan().done_seconds == 7
    real.now.at -= step
    back = real.plan()
    assert back.done_seconds == usual.done_seconds
    assert set(back.today) <= {"c02q01", "c03q01"}


@pytest.fixture
def in_zone(monkeypatch):
    """Moves the computer into another time zone, until the test ends."""

    def move(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "exam", "days"),
    [("GMT0", EXAM, 1), ("EST5", EXAM, 1), ("LINT-14", EXAM, 0), ("PST8", EXAM, 1)],
)
def test_the_computer_moves_into_another_time_zone(desk, in_zone, zone, exam, days):
    desk.settings.change(exam_date=EXAM)
    assert desk.at("2026-12-03T20:00").days == 1
    in_zone(zone)
    plan = desk.plan()
    assert (plan.exam, plan.days) == (exam, days)
    assert len(plan.today) == 3


def test_what_was_done_before_four_by_the_new_zone_is_of_yesterday(real, in_zone):
    real.now.at = moment("2026-11-24T08:30")
    real.reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=20_000)
    real.now.at = moment("2026-11-24T12:00")
    assert real.plan().done_seconds == 20
    in_zone("EST5")  # it was half past three there
    assert real.plan().done_seconds == 0
    assert "c01q01" in real.planner.plan.today


# Jobs


def test_a_refresh_while_one_is_made_makes_one_more(qapp):
    desk = Desk(jobs=ManualJobs())
    for exam in (EXAM, None, EXAM, date(2026, 12, 24)):
        desk.plan(exam_date=exam)
        assert desk.jobs.waiting == 1
    desk.jobs.run_next()
    assert (desk.planner.plan.days, desk.jobs.waiting) == (10, 1)
    desk.jobs.run_next()
    assert (desk.planner.plan.days, desk.jobs.waiting) == (30, 0)
    assert [plan.days for plan in desk.plans] == [10, 30]


def test_the_plan_is_of_the_moment_of_the_wish(qapp):
    desk = Desk(jobs=ManualJobs(), exam_date=EXAM)
    desk.planner.refresh()
    desk.now.advance(days=3)
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    desk.jobs.drain()
    assert (desk.planner.plan.days, desk.planner.plan.expectation.seen) == (10, 0)


def test_the_same_plan_is_not_told_again(desk):
    desk.plan(exam_date=EXAM)
    desk.plan()
    desk.plan(theme="cream")
    assert len(desk.plans) == 1
    desk.plan(minutes_a_day=5)
    assert [plan.minutes_a_day for plan in desk.plans] == [10, 5]


@pytest.mark.logs_warnings
def test_a_plan_that_fails_leaves_the_old_one_and_the_next_is_made(qapp):
    desk = Desk(jobs=ManualJobs(), exam_date=EXAM)
    desk.planner.refresh()
    desk.jobs.drain()
    old = desk.planner.plan
    desk.reviews.memory_states = {"c01q01": "no state"}
    desk.planner.refresh()
    desk.planner.refresh()
    desk.jobs.run_next()
    assert (desk.planner.plan, desk.plans) == (old, [old])
    desk.reviews.memory_states = {}
    desk.now.advance(days=1)
    assert desk.jobs.drain() == 1
    desk.plan()
    desk.jobs.drain()
    assert desk.planner.plan.days == 9


def test_the_countdown_goes_by_the_calendar_at_every_hour(desk):
    desk.settings.change(exam_date=EXAM)
    for hour in range(0, 48, 3):
        at = moment("2026-11-30T00:00") + timedelta(hours=hour)
        desk.now.at = at
        assert desk.plan().days == (EXAM - at.astimezone().date()).days


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=MOMENTS,
    met=st.lists(st.tuples(st.sampled_from(["c01q01", "c02q01", "c03q01"]), MOMENTS), max_size=6),
    exam=st.none() | st.dates(date(2025, 12, 1), date(2028, 6, 1)),
    minutes=st.integers(1, 240),
    took=st.integers(0, 3_600_000),
)
def test_any_log_gives_a_plan_that_makes_sense(qapp, at, met, exam, minutes, took):
    desk = Desk(exam_date=exam, minutes_a_day=minutes)
    for subject_id, when in met:
        desk.now.at = when
        desk.reviews.record(subject_id, Way.TYPED, Rating.GOOD, took_ms=took)
    desk.now.at = at
    plan = desk.plan()
    assert (plan.exam is None) == (plan.expectation is None)
    assert plan.exam in (None, exam)
    assert plan.days >= 0
    assert len(set(plan.today)) == len(plan.today)
    assert 0 <= plan.day.seconds <= 60 * minutes + 60
    if plan.expectation is not None:
        assert 0 <= plan.expectation.now <= 1
        assert plan.expectation.if_followed is None or 0 <= plan.expectation.if_followed <= 1
        assert plan.expectation.seen == len({subject_id for subject_id, _ in met})
    assert plan_view(plan, SMALL).today


def test_a_pupil_who_skips_days_is_told_of_less(qtbot):
    """Two of eleven days were kept: the plan does not count on every day to come."""
    diligent, sporadic = Desk(), Desk()
    for desk, days in ((diligent, range(11)), (sporadic, (0, 10))):
        desk.settings.change(exam_date=date(2026, 12, 24), minutes_a_day=1)
        start = desk.now()
        for day in days:
            desk.now.at = start + timedelta(days=day)
            desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=1000)
        desk.now.at = start + timedelta(days=11)
    full, less = diligent.plan(), sporadic.plan()
    assert full.kept == 1
    assert 0 < less.kept < 0.5


@pytest.mark.parametrize("at", ["2026-12-04T08:00", "2026-12-04T14:00"])
def test_on_the_day_of_the_exam_the_plan_is_today(desk, at):
    desk.settings.change(exam_date=EXAM)
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    plan = desk.at(at)
    assert plan_view(plan, desk.deck).headline == "Exam today"
    assert sidebar_line(plan).startswith("Exam today, about ")
    assert exam_countdown(plan.exam, desk.now().date()) == "Your exam is today. Good luck!"


def test_a_plan_of_the_day_before_is_old_at_midnight(desk):
    desk.settings.change(exam_date=EXAM)
    assert desk.at("2026-12-04T23:59").exam == EXAM
    desk.now.at = moment("2026-12-05T00:01")
    desk.planner.refresh_if_old()
    assert desk.planner.plan.is_over


def test_an_exam_that_is_over_is_said_to_be(desk):
    desk.settings.change(exam_date=EXAM)
    plan = desk.at("2026-12-05T10:00")
    assert (plan.exam, plan.is_over) == (None, True)
    assert plan_view(plan, desk.deck).headline.startswith("The date of your exam has passed.")
    assert plan.today, "there is still something to ask"
    desk.settings.change(exam_date=None)
    assert not desk.plan().is_over
