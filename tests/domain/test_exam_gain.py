from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.exam_gain import (
    DUE,
    FIRST_RIGHT,
    LONG,
    NEGLIGIBLE,
    REVIEW,
    SHORT_ROUNDS,
    Outlook,
    Trace,
    first_meetings,
    first_recall,
    is_fading,
    outlook,
    reviews,
)
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import (
    Strength,
    first_relearnt,
    first_strength,
    next_strength,
    recall,
    relearnt,
)
from stalin_study.domain.review_log import Rating

ONE = ExamSubject("q1", "c1", "t1", "p1", 10.0)
PICKED = replace(ONE, is_recalled=False)
AT_LEISURE = Outlook(days=30.0, study_days=30, rounds=5.0, mean_seconds=10.0)
LAST_DAY = Outlook(days=0.7, study_days=1, rounds=0.5, mean_seconds=10.0)
SHORT = Outlook(days=6.7, study_days=7, rounds=0.5, mean_seconds=10.0)

traces = st.builds(
    Trace,
    st.builds(Strength, st.floats(0.05, 500), st.floats(1, 10)),
    st.floats(0, 300),
)


def met(stability: float, age: float, difficulty: float = 5.0) -> Trace:
    return Trace(Strength(stability, difficulty), age)


def test_rounds_are_what_is_left_after_meeting_everything():
    subjects = [ONE, replace(ONE, id="q2", seconds=20.0)]
    everything = REVIEW * 30.0
    ahead = outlook(subjects, [met(5, 1), None], 9.5, 10, LONG * 20.0 + 2 * everything)
    assert ahead.rounds == pytest.approx(2.0)
    assert (ahead.days, ahead.study_days, ahead.mean_seconds) == (9.5, 10, 15.0)
    assert not ahead.is_short
    assert outlook(subjects, [None, None], 9.5, 10, 10.0).rounds < 0
    assert outlook(subjects, [None, None], 9.5, 10, 10.0).is_short
    assert outlook(subjects, [met(5, 1)] * 2, 9.5, 10, 20 * everything).is_plentiful


def test_each_round_that_is_left_halves_the_price_of_time():
    dear, cheap = replace(SHORT, rounds=0.0), replace(SHORT, rounds=1.0)
    assert dear.price == pytest.approx(2 * cheap.price)


@pytest.mark.parametrize(("study_days", "is_short"), [(1, True), (3, True), (4, False)])
def test_the_last_three_days_are_short_for_everybody(study_days, is_short):
    ahead = Outlook(study_days - 0.3, study_days, 50.0, 10.0)
    assert (ahead.is_short, ahead.is_plentiful) == (is_short, not is_short)


@pytest.mark.parametrize(("study_days", "later"), [(1, 0), (2, 1), (3, 1), (4, 2), (21, 10)])
def test_half_way_is_a_later_study_day_before_the_exam(study_days, later):
    assert replace(SHORT, study_days=study_days).half_way == later


def test_on_the_last_day_the_worth_is_the_gain_by_the_second():
    trace = met(3.0, 6.2)
    [choice] = reviews([ONE], [trace], [0], LAST_DAY)
    chance = recall(6.2, 3.0)
    right = next_strength(trace.strength, 6.2, Rating.GOOD)
    wrong = relearnt(trace.strength, 6.2, Rating.GOOD)
    with_it = chance * recall(0.7, right.stability) + (1 - chance) * recall(0.7, wrong.stability)
    seconds = 10.0 * (chance + LONG * (1 - chance))
    assert choice.seconds == pytest.approx(seconds)
    assert choice.worth == pytest.approx((with_it - recall(6.9, 3.0)) / seconds)


def test_a_negligible_gain_is_not_worth_a_review():
    assert reviews([ONE], [met(400.0, 1.0)], [0], LAST_DAY) == []
    assert reviews([ONE], [met(2.0, 8.0)], [0], LAST_DAY) != []


def test_while_there_is_time_only_what_fades_is_asked():
    fresh, fading = met(10.0, 8.0), met(10.0, 12.0)
    assert not is_fading(fresh)
    assert is_fading(fading)
    found = reviews([ONE, ONE], [fresh, fading], [0, 1], AT_LEISURE)
    assert [choice.place for choice in found] == [1]
    short = replace(AT_LEISURE, rounds=SHORT_ROUNDS)
    assert {choice.place for choice in reviews([ONE, ONE], [fresh, fading], [0, 1], short)} == {
        0,
        1,
    }


def test_when_time_is_short_what_can_wait_is_worth_less():
    trace = met(2.3, 3.0)
    ahead = replace(SHORT, rounds=SHORT_ROUNDS)
    [now] = reviews([ONE], [trace], [0], replace(ahead, study_days=1))
    [later] = reviews([ONE], [trace], [0], ahead)
    [dear] = reviews([ONE], [trace], [0], replace(SHORT, rounds=-3.0))
    assert later.worth < now.worth
    assert dear.worth == now.worth, "at that price nobody would ask it later"


def test_the_best_come_first():
    subjects = [ONE] * 4
    found = reviews(subjects, [met(50, 1), met(1, 5), met(5, 5), None], range(4), LAST_DAY)
    assert [choice.worth for choice in found] == sorted(
        (choice.worth for choice in found), reverse=True
    )
    assert 3 not in [choice.place for choice in found]


@given(st.lists(traces, max_size=8), st.floats(-10, 100), st.integers(1, 300))
def test_what_is_worth_asking_has_a_gain_worth_having(found, rounds, study_days):
    ahead = Outlook(study_days - 0.3, study_days, rounds, 10.0)
    subjects = [PICKED] * len(found)
    for choice in reviews(subjects, found, range(len(found)), ahead):
        trace = found[choice.place]
        assert PICKED.seconds <= choice.seconds <= LONG * PICKED.seconds
        assert choice.worth * choice.seconds <= 1
        assert recall(trace.age + ahead.days, trace.strength.stability) <= 1 - NEGLIGIBLE
        assert ahead.is_short or recall(trace.age, trace.strength.stability) <= DUE


def test_new_ones_by_what_they_bring_for_their_time():
    quick = replace(ONE, id="q2", seconds=5.0)
    found = first_meetings([ONE, quick, ONE], [0, 1, 2], SHORT)
    assert [choice.place for choice in found] == [1, 0, 2]
    assert [choice.seconds for choice in found] == [12.5, 25.0, 25.0]
    assert found[0].worth == pytest.approx(first_recall(SHORT.days, Rating.GOOD) / 12.5)


def test_what_is_known_from_elsewhere_is_worth_less_to_meet():
    found = first_meetings([ONE, ONE, ONE], [0, 1, 2], SHORT, [0.4, 0.0, 1.0])
    assert [choice.place for choice in found] == [1, 0, 2]
    assert found[-1].worth > 0


@given(st.floats(0.01, 400), st.sampled_from([Rating.HARD, Rating.GOOD]))
def test_recall_after_a_first_meeting(days, right):
    known = recall(days, first_strength(Rating.HARD).stability)
    relearnt_since = recall(days, first_relearnt(right).stability)
    expected = FIRST_RIGHT * known + (1 - FIRST_RIGHT) * relearnt_since
    assert first_recall(days, right) == pytest.approx(expected)
    assert relearnt_since < expected < known
