from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.exam_forecast import Expectation, expected_recall, forecast
from stalin_study.domain.exam_gain import LONG
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.memory import MemoryState, retrievability, review
from stalin_study.domain.review_log import Rating

DAY = timedelta(days=1)
AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def deck(count: int, topics: int = 3) -> tuple[ExamSubject, ...]:
    return tuple(
        ExamSubject(f"q{n:05d}", f"c{n // 6}", f"t{n * topics // count}", f"p{n // 2}", 10.0)
        for n in range(count)
    )


def progress(
    subjects: tuple[ExamSubject, ...], share: float, seed: int = 1
) -> dict[str, MemoryState]:
    rng = random.Random(seed)
    states = {}
    for subject in subjects:
        if rng.random() < share:
            first = AT - timedelta(days=rng.uniform(8, 20))
            state = review(None, subject.id, Rating(rng.randint(1, 3)), first)
            states[subject.id] = review(state, subject.id, Rating.GOOD, first + 6 * DAY)
    return states


def exam_in(days: int) -> datetime:
    return AT + timedelta(days=days, hours=-8)


def followed(found: Expectation) -> float:
    assert found.if_followed is not None
    return found.if_followed


def test_expected_recall_is_the_mean_chance_on_the_day():
    subjects = deck(12)
    states = progress(subjects, 0.6)
    exam_at = exam_in(10)
    found = expected_recall(subjects, states, exam_at, AT)
    chances = [
        retrievability(states[one.id], exam_at) if one.id in states else 0.0 for one in subjects
    ]
    assert found.now == pytest.approx(sum(chances) / 12)
    assert found.spread == pytest.approx(sqrt(sum(c * (1 - c) for c in chances)) / 12)
    assert (found.seen, found.total, found.if_followed) == (len(states), 12, None)
    assert [topic.topic_id for topic in found.by_topic] == ["t0", "t1", "t2"]
    assert found.by_topic[1].now == pytest.approx(sum(chances[4:8]) / 4)
    assert sum(topic.seen for topic in found.by_topic) == len(states)
    assert {topic.total for topic in found.by_topic} == {4}


def test_what_was_never_asked_counts_what_it_borrows():
    subjects = deck(4)
    found = expected_recall(
        subjects, {}, exam_in(10), AT, borrowed={"q00000": 0.4, "q00001": 7.0, "elsewhere": 1.0}
    )
    assert found.now == pytest.approx((0.4 + 1.0) / 4)
    assert expected_recall(subjects, {}, exam_in(10), AT).now == 0.0


def test_what_was_asked_borrows_nothing():
    subjects = deck(4)
    states = progress(subjects, 1.0)
    lent = dict.fromkeys(states, 1.0)
    alone = expected_recall(subjects, states, exam_in(10), AT)
    assert expected_recall(subjects, states, exam_in(10), AT, borrowed=lent) == alone


def test_without_subjects_nothing_is_expected():
    for found in (
        expected_recall((), {}, exam_in(10), AT),
        forecast((), {}, AT, exam_in(10), 10.0),
    ):
        assert found == Expectation(0.0, None, 0.0, 0, 0, ())


def test_an_exam_that_is_over_is_taken_to_be_now():
    subjects = deck(12)
    states = progress(subjects, 1.0)
    now = expected_recall(subjects, states, AT, AT)
    assert expected_recall(subjects, states, AT - 9 * DAY, AT) == now
    assert forecast(subjects, states, AT, AT - 9 * DAY, 10.0) == now


def test_a_clock_set_back_makes_nobody_sure():
    subjects = deck(12)
    states = {one.id: review(None, one.id, Rating.EASY, AT + 7 * DAY) for one in subjects}
    assert expected_recall(subjects, states, AT, AT).now == pytest.approx(0.9)


@given(st.integers(0, 50), st.integers(1, 40), st.integers(0, 3))
def test_a_forecast_is_a_share_and_always_the_same(seed, days, minutes):
    subjects = deck(30)
    states = progress(subjects, seed / 50, seed)
    found = forecast(subjects, states, AT, exam_in(days), minutes, zone=UTC)
    assert 0 <= followed(found) <= 1
    assert (
        forecast(subjects, dict(reversed(states.items())), AT, exam_in(days), minutes, zone=UTC)
        == found
    )
    topics = [topic.if_followed for topic in found.by_topic]
    assert sum(map(float, topics)) / 3 == pytest.approx(followed(found))


def test_with_no_minutes_nothing_more_is_learnt():
    subjects = deck(30)
    states = progress(subjects, 0.5)
    found = forecast(subjects, states, AT, exam_in(20), 0.0, zone=UTC)
    assert followed(found) == pytest.approx(found.now)


def test_more_minutes_and_more_days_help():
    subjects = deck(200)
    states = progress(subjects, 0.3)
    by_minutes = [
        followed(forecast(subjects, states, AT, exam_in(10), minutes, zone=UTC))
        for minutes in (1, 3, 8, 20, 60)
    ]
    by_days = [
        followed(forecast(subjects, states, AT, exam_in(days), 10.0, zone=UTC))
        for days in (1, 4, 10, 30)
    ]
    assert by_minutes == sorted(set(by_minutes))
    assert by_days == sorted(set(by_days))
    assert by_minutes[0] < 0.4
    assert by_minutes[-1] > 0.9


def test_minutes_done_today_are_gone():
    subjects = deck(200)
    fresh = forecast(subjects, {}, AT, exam_in(2), 20.0, zone=UTC)
    done = forecast(subjects, {}, AT, exam_in(2), 20.0, 1200, zone=UTC)
    assert followed(done) < followed(fresh)


def test_what_was_asked_today_is_not_asked_again_today():
    subjects = deck(30)
    states = {one.id: review(None, one.id, Rating.AGAIN, AT) for one in subjects}
    later = AT + timedelta(hours=5)
    found = forecast(subjects, states, later, exam_in(1), 60.0, zone=UTC)
    assert followed(found) == pytest.approx(found.now)


def test_what_was_asked_today_is_asked_again_on_other_days():
    subjects = deck(30)
    states = {one.id: review(None, one.id, Rating.AGAIN, AT) for one in subjects}
    found = forecast(subjects, states, AT, exam_in(6), 60.0, zone=UTC)
    assert followed(found) > found.now + 0.2


@pytest.mark.parametrize(
    ("share", "days", "minutes"),
    [(0.0, 12, 20), (0.0, 40, 20), (0.5, 10, 40), (1.0, 40, 40), (0.5, 3650, 10)],
)
def test_a_sample_stands_for_a_large_deck(share, days, minutes):
    subjects = deck(2000, topics=4)
    states = progress(subjects, share)
    large = forecast(subjects, states, AT, exam_in(days), minutes, zone=UTC)
    part = subjects[::10]
    small = forecast(part, states, AT, exam_in(days), minutes / 10, zone=UTC)
    assert followed(large) == pytest.approx(followed(small), abs=0.02)
    for topic in large.by_topic:
        assert topic.if_followed == pytest.approx(followed(large), abs=0.1)


def test_the_last_pass_is_in_the_forecast():
    subjects = deck(200)
    states = progress(subjects, 1.0)
    found = forecast(subjects, states, AT, exam_in(40), 4.0, zone=UTC)
    assert followed(found) > 0.98


def test_an_answer_that_runs_over_is_not_a_present():
    subjects = deck(60)
    found = forecast(subjects, {}, AT, exam_in(40), 0.1, zone=UTC)
    met = 40 * 6 / (LONG * 10.0)
    assert followed(found) == pytest.approx(0.75 * met / 60, rel=0.25)


def test_what_is_known_from_elsewhere_is_met_later():
    subjects = deck(20, topics=1)
    lent = {one.id: 0.5 for one in subjects[::2]}
    found = forecast(subjects, {}, AT, exam_in(2), 2.0, borrowed=lent, zone=UTC)
    assert followed(found) > 0.6


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises((ValueError, TypeError)):
        forecast(deck(3), {}, datetime(2026, 11, 24, 17, 0), exam_in(10), 10.0)


@given(st.integers(1, 60), st.integers(0, 12), st.integers(0, 20))
def test_what_was_wrong_last_counts_nothing_until_it_is_right_again(days, wrong, minutes):
    subjects = deck(12)
    right = progress(subjects, 1.0)
    states = {
        one.id: review(right[one.id], one.id, Rating.AGAIN, AT) if place < wrong else right[one.id]
        for place, one in enumerate(subjects)
    }
    found = forecast(subjects, states, AT, exam_in(days), minutes)
    kept = expected_recall(subjects[wrong:], right, exam_in(days), AT)
    assert found.now == pytest.approx(kept.now * (12 - wrong) / 12)
    if found.if_followed is not None:
        assert found.if_followed >= found.now - 0.001
    if not minutes and found.if_followed is not None:
        assert found.if_followed == pytest.approx(found.now)


def test_what_is_borrowed_is_counted_as_guessed():
    subjects = deck(12)
    states = {one.id: state for one in subjects[:2] for state in [progress(subjects, 1.0)[one.id]]}
    found = expected_recall(
        subjects, states, exam_in(10), AT, borrowed={"q00001": 0.9, "q00002": 0.5, "q00005": 0.1}
    )
    assert (found.seen, found.guessed) == (2, 2)
    assert [topic.guessed for topic in found.by_topic] == [1, 1, 0]
