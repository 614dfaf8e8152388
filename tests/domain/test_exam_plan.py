from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.exam_gain import LONG
from stalin_study.domain.exam_plan import DayPlan, in_time, left_of_day, plan_day, seconds_a_day
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.memory import MemoryState, retrievability, review
from stalin_study.domain.review_log import Rating
from stalin_study.domain.study_day import exam_moment

DAY = timedelta(days=1)
AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
EXAM = exam_moment(date(2026, 12, 8), UTC)
FAR_EXAM = exam_moment(date(2027, 5, 20), UTC)
SECONDS = 8.0


def deck(count: int, topics: int = 3) -> tuple[ExamSubject, ...]:
    return tuple(
        ExamSubject(f"q{n:03d}", f"c{n // 6}", f"t{n % topics}", f"p{n // 2}", SECONDS)
        for n in range(count)
    )


def known(subject_id: str, *reviews: tuple[datetime, Rating]) -> MemoryState:
    state = None
    for at, rating in reviews:
        state = review(state, subject_id, rating, at)
    assert state is not None
    return state


def met(
    subjects: tuple[ExamSubject, ...], ago: timedelta, rating: Rating = Rating.GOOD
) -> dict[str, MemoryState]:
    return {one.id: known(one.id, (AT - ago, rating)) for one in subjects}


def plan(
    subjects: tuple[ExamSubject, ...],
    states: dict[str, MemoryState],
    *,
    at: datetime = AT,
    exam_at: datetime | None = EXAM,
    minutes: float = 10.0,
    done: float = 0.0,
    kept: float = 1.0,
    zone: timezone = UTC,
) -> DayPlan:
    return plan_day(subjects, states, at, exam_at, minutes, done, kept=kept, zone=zone)


@st.composite
def progress(draw: st.DrawFn) -> tuple[tuple[ExamSubject, ...], dict[str, MemoryState]]:
    """A deck, and what was answered of it in the last two months."""
    subjects = deck(draw(st.integers(1, 40)))
    rng = random.Random(draw(st.integers(0, 10**6)))
    states = {}
    for subject in subjects[: draw(st.integers(0, len(subjects)))]:
        at = AT - timedelta(days=60)
        answers = []
        for _ in range(rng.randint(1, 4)):
            at += timedelta(hours=rng.uniform(0.1, 24 * 15))
            answers.append((at, Rating(rng.randint(1, 4))))
        states[subject.id] = known(subject.id, *answers)
    return subjects, states


@given(
    progress(),
    st.floats(0, 200),
    st.floats(0, 4000),
    st.one_of(st.none(), st.integers(-3, 300)),
)
def test_a_plan_is_of_the_deck_fits_the_minutes_and_is_always_the_same(found, minutes, done, days):
    subjects, states = found
    exam_at = None if days is None else AT + days * DAY - timedelta(hours=8)
    made = plan(subjects, states, exam_at=exam_at, minutes=minutes, done=done)
    assert len(set(made.subject_ids)) == len(made.subject_ids)
    assert set(made.subject_ids) <= {one.id for one in subjects}
    left = minutes * 60 - done
    assert made.seconds <= max(0.0, left) + LONG * SECONDS
    assert (made.seconds > 0) is bool(made.subject_ids)
    assert (made.reason == "no exam") is (exam_at is None or exam_at <= AT)
    again = plan(
        subjects,
        dict(reversed(states.items())),
        exam_at=exam_at,
        minutes=minutes,
        done=done,
    )
    assert again == made


@given(progress(), st.one_of(st.none(), st.integers(1, 300)))
def test_nothing_is_asked_twice_on_a_study_day(found, days):
    subjects, states = found
    exam_at = None if days is None else AT + days * DAY
    made = plan(subjects, states, exam_at=exam_at)
    for asked in made.subject_ids:
        states[asked] = review(states.get(asked), asked, Rating.AGAIN, AT)
    more = plan(subjects, states, at=AT + timedelta(hours=5), exam_at=exam_at, minutes=600)
    assert not set(more.subject_ids) & set(made.subject_ids)


@given(
    progress(),
    st.one_of(st.none(), st.integers(1, 300)),
    st.lists(st.floats(0.1, 60), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_work_that_was_begun_only_gets_less_and_ends(found, days, took, rng):
    subjects, states = found
    exam_at = None if days is None else AT + days * DAY
    work = plan(subjects, states, exam_at=exam_at, minutes=5)
    at, done, left = AT, 0.0, work.subject_ids
    assert left_of_day(work, subjects, states, at, zone=UTC).subject_ids == left
    for seconds in took:
        if not left:
            break
        asked = rng.choice(left)
        done += seconds
        at += timedelta(seconds=seconds)
        states[asked] = review(states.get(asked), asked, Rating(rng.randint(1, 4)), at)
        work = in_time(work, subjects, states, at, 5, done, zone=UTC)
        day = left_of_day(work, subjects, states, at, zone=UTC)
        assert set(day.subject_ids) <= set(left) - {asked}
        assert day.seconds <= max(0.0, 300 - done) + 60
        assert (day.seconds > 0) is bool(day.subject_ids)
        assert in_time(work, subjects, states, at, 5, done, zone=UTC) == work
        left = day.subject_ids
    else:
        assert done < 300 or not left


def test_new_ones_come_first_when_time_is_short():
    subjects = deck(300)
    states = met(subjects[:60], 3 * DAY)
    made = plan(subjects, states)
    assert made.reason == "new first"
    assert not set(made.subject_ids) & set(states)
    assert made.seconds == pytest.approx(600, abs=LONG * SECONDS)


def test_all_topics_are_begun_when_time_is_short():
    made = plan(deck(300, topics=5), {})
    first = [int(asked[1:]) % 5 for asked in made.subject_ids]
    assert {first.count(topic) for topic in range(5)} == {6}


def test_a_last_pass_starts_where_it_brings_most():
    subjects = deck(100)
    strong = {
        one.id: known(one.id, (AT - 30 * DAY, Rating.EASY), (AT - 5 * DAY, Rating.EASY))
        for one in subjects[:50]
    }
    weak = met(subjects[50:], 5 * DAY, Rating.HARD)
    made = plan(subjects, strong | weak, exam_at=AT + timedelta(hours=16), minutes=5.0)
    assert made.reason == "last pass"
    assert set(made.subject_ids) <= set(weak)


def test_with_time_to_spare_what_fades_gets_half_of_it():
    subjects = deck(300)
    states = met(subjects[:100], 4 * DAY)
    made = plan(subjects, states, exam_at=FAR_EXAM)
    old = [asked for asked in made.subject_ids if asked in states]
    assert made.reason == "steady"
    assert len(old) * SECONDS <= 330
    assert len(old) * SECONDS * LONG >= 300
    assert 0 < len(made.subject_ids) - len(old) < 20


def test_with_time_to_spare_what_is_well_known_waits():
    subjects = deck(30)
    made = plan(subjects, met(subjects, DAY), exam_at=FAR_EXAM)
    assert made == DayPlan((), 0.0, "rest")


def test_missed_days_are_planned_anew():
    subjects = deck(120)
    states = met(subjects[:60], 2 * DAY)
    as_planned = plan(subjects, states, exam_at=FAR_EXAM)
    late = FAR_EXAM - 4 * DAY
    made = plan(subjects, states, at=late, exam_at=FAR_EXAM)
    assert (as_planned.reason, made.reason) == ("steady", "new first")
    assert made.seconds <= 600 + LONG * SECONDS, "no more than on any other day"


def test_who_keeps_few_days_has_less_time():
    subjects = deck(300)
    exam_at = AT + 30 * DAY
    assert plan(subjects, {}, exam_at=exam_at, kept=1.0).reason == "steady"
    assert plan(subjects, {}, exam_at=exam_at, kept=0.3).reason == "new first"


def test_without_an_exam_the_least_well_remembered_comes_first():
    subjects = deck(20)
    states = met(subjects[:6], 9 * DAY) | met(subjects[6:10], 30 * DAY)
    fresh = known("q019", (AT - 9 * DAY, Rating.GOOD), (AT - 2 * DAY, Rating.GOOD))
    made = plan(subjects, states | {"q019": fresh}, exam_at=None, minutes=60)
    assert set(made.subject_ids[:4]) == {"q006", "q007", "q008", "q009"}
    assert set(made.subject_ids[4:10]) == {f"q00{n}" for n in range(6)}
    assert set(made.subject_ids[10:]) == {f"q0{n}" for n in range(10, 19)}
    assert made.reason == "no exam"
    chances = [retrievability(states[asked], AT) for asked in made.subject_ids[:10]]
    assert chances == sorted(chances)


@pytest.mark.parametrize(
    ("exam_at", "has_exam"),
    [
        (exam_moment(date(2026, 11, 24), UTC), False),
        (exam_moment(date(2026, 11, 25), UTC), True),
        (exam_moment(date(2020, 1, 1), UTC), False),
        (AT, False),
        (AT + timedelta(seconds=1), True),
    ],
)
def test_an_exam_that_is_over_is_no_exam(exam_at, has_exam):
    subjects = deck(20)
    made = plan(subjects, met(subjects, 9 * DAY), exam_at=exam_at)
    assert (made.reason != "no exam") is has_exam
    assert made.subject_ids or has_exam


def test_in_the_morning_before_the_exam_there_is_still_something_to_do():
    at = exam_moment(date(2026, 11, 24), UTC) - timedelta(hours=2)
    subjects = deck(5)
    made = plan(subjects, met(subjects, 30 * DAY), at=at, exam_at=at + timedelta(hours=2))
    assert set(made.subject_ids) == {one.id for one in subjects}


@pytest.mark.parametrize("exam_at", [None, EXAM, AT - DAY])
@pytest.mark.parametrize("minutes", [10.0, 0.0, -5.0, float("nan"), float("inf")])
def test_nothing_to_plan(exam_at, minutes):
    assert plan((), {}, exam_at=exam_at, minutes=minutes).subject_ids == ()


@pytest.mark.parametrize("exam_at", [None, EXAM])
@pytest.mark.parametrize("minutes", [0.0, -5.0, float("nan")])
def test_without_minutes_nothing_is_asked(exam_at, minutes):
    assert plan(deck(9), {}, exam_at=exam_at, minutes=minutes).subject_ids == ()


@pytest.mark.parametrize("exam_at", [None, EXAM, FAR_EXAM, AT + timedelta(minutes=1)])
def test_one_question_only(exam_at):
    [only] = deck(1)
    assert plan((only,), {}, exam_at=exam_at).subject_ids == (only.id,)
    old = met((only,), 40 * DAY)
    assert plan((only,), old, exam_at=exam_at).subject_ids == (only.id,)
    today = met((only,), timedelta(hours=1))
    assert plan((only,), today, exam_at=exam_at).subject_ids == ()


def test_todays_minutes_are_done():
    subjects = deck(50)
    assert plan(subjects, {}, done=600) == DayPlan((), 0.0, "rest")
    assert len(plan(subjects, {}, done=590).subject_ids) == 1
    assert plan(subjects, {}, done=-100) == plan(subjects, {})


def test_all_day_long_is_the_most():
    assert [seconds_a_day(minutes) for minutes in (1.5, 1e9, float("inf"))] == [90, 86_400, 86_400]
    subjects = deck(50)
    assert len(plan(subjects, {}, minutes=float("inf")).subject_ids) == 50


def test_an_answer_just_before_midnight_is_of_today_until_four():
    subjects = deck(1)
    night = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)
    states = {"q000": known("q000", (night, Rating.AGAIN))}
    for minutes, asked in ((2, ()), (240, ()), (242, ("q000",))):
        at = night + timedelta(minutes=minutes)
        assert plan(subjects, states, at=at, exam_at=None).subject_ids == asked


def test_a_clock_set_back_by_a_week_leaves_no_holes():
    subjects = deck(30)
    states = met(subjects, -7 * DAY)
    for exam_at in (EXAM, None):
        made = plan(subjects, states, exam_at=exam_at, minutes=60)
        assert len(made.subject_ids) == 30
        for asked in made.subject_ids:
            states[asked] = review(states[asked], asked, Rating.GOOD, AT)
        assert plan(subjects, states, exam_at=exam_at, minutes=60).subject_ids == ()
        states = met(subjects, -7 * DAY)


def test_a_clock_a_year_ahead_and_put_right():
    subjects = deck(30)
    states = met(subjects[:15], 2 * DAY)
    ahead = AT + 365 * DAY
    made = plan(subjects, states, at=ahead, minutes=60)
    assert made.reason == "no exam", "the exam seems to be over"
    assert set(made.subject_ids) == {one.id for one in subjects}
    for asked in made.subject_ids:
        states[asked] = review(states.get(asked), asked, Rating.GOOD, ahead)
    back = plan(subjects, states, minutes=60)
    assert back.reason == "steady"
    assert set(back.subject_ids) == {one.id for one in subjects}


@pytest.mark.parametrize("hours", [-10, -5, 3, 9, 14])
def test_another_time_zone_asks_nothing_again(hours):
    subjects = deck(10)
    states = met(subjects, timedelta(minutes=30), Rating.AGAIN)
    zone = timezone(timedelta(hours=hours))
    turned = (AT.astimezone(zone) - timedelta(hours=4)).date() != (
        (AT - timedelta(minutes=30)).astimezone(zone) - timedelta(hours=4)
    ).date()
    assert not turned
    assert plan(subjects, states, zone=zone).subject_ids == ()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        plan(deck(3), {}, at=datetime(2026, 11, 24, 17, 0))


def test_what_was_learnt_elsewhere_can_wait():
    subjects = deck(100)
    borrowed = {one.id: 0.45 for one in subjects[:50]}
    made = plan_day(subjects, {}, AT, EXAM, 10.0, borrowed=borrowed, zone=UTC)
    assert made.subject_ids
    assert not set(made.subject_ids) & set(borrowed)
