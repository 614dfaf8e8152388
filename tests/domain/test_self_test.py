import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes_study import make_deck
from stalin_study.domain import self_test as test
from stalin_study.domain.marking import Marking
from stalin_study.domain.memory import Mark, review
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test import How, Scope

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
DECK = make_deck()
RIGHT = Marking(Verdict.CORRECT, "x")
CLOSE = Marking(Verdict.CLOSE, "x", "Nearly.")
WRONG = Marking(Verdict.WRONG, "x", "No.")


def begin(how=How.MIXED, length=0, states=None, seed=1):
    pairs = test.questions_in(DECK.cards, Scope.EVERYTHING, states or {}, NOW)
    return test.start(pairs, how, length, states or {}, NOW, random.Random(seed))


def known(subject, days_ago=0, rating=Rating.GOOD):
    return {subject: review(None, subject, rating, NOW - timedelta(days=days_ago))}


def test_a_new_question_is_put_as_a_choice_and_a_known_one_is_typed():
    ways = {task.question.id: task.way for task in begin(states=known("c02q01")).queue}
    assert ways == {
        "c01q01": Way.MULTIPLE_CHOICE,
        "c02q01": Way.TYPED,
        "c03q01": Way.MULTIPLE_CHOICE,
    }


def test_the_pupil_can_ask_for_one_way():
    assert {task.way for task in begin(How.TYPED).queue} == {Way.TYPED}
    assert {task.way for task in begin(How.MULTIPLE_CHOICE).queue} == {Way.MULTIPLE_CHOICE}


def test_choices_hold_the_answer_and_every_distractor():
    for task in begin(How.MULTIPLE_CHOICE).queue:
        assert sorted(task.choices) == sorted([task.question.answer, *task.question.distractors])


def test_a_short_test_takes_new_and_due_questions_before_known_ones():
    states = known("c01q01")
    for seed in range(10):
        asked = {task.question.id for task in begin(length=2, states=states, seed=seed).queue}
        assert asked == {"c02q01", "c03q01"}


def test_a_wrong_answer_comes_back_until_it_is_right_once():
    session = test.answer(begin(), "?", WRONG, 1000)
    assert [task.is_repeat for task in session.queue] == [False, False, True]
    session = test.advance(session)
    for marking in (RIGHT, RIGHT, WRONG, RIGHT):
        assert not session.is_finished
        session = test.advance(test.answer(session, "x", marking, 1000))
    assert session.is_finished
    done = test.summary(session)
    assert (done.total, done.right, len(done.mistakes)) == (3, 2, 1)


def test_choices_come_back_in_another_order():
    first = begin(How.MULTIPLE_CHOICE)
    session = test.answer(first, "?", WRONG, 0)
    assert session.queue[-1].choices == first.queue[0].choices[::-1]


def test_close_counts_as_right_and_is_told():
    session = test.answer(begin(), "x", CLOSE, 500)
    done = test.summary(session)
    assert (done.total, done.right, done.close, done.took_ms) == (1, 1, 1, 500)


def test_an_answer_can_be_counted_as_right():
    session = test.count_as_right(test.answer(begin(), "my words", WRONG, 0))
    assert session.last.marking.verdict is Verdict.CORRECT
    assert not any(task.is_repeat for task in session.queue)
    assert test.summary(session).mistakes == ()
    assert test.count_as_right(session) is session


def test_a_second_answer_to_the_same_showing_is_not_taken():
    session = test.answer(begin(), "x", RIGHT, 0)
    assert test.answer(session, "y", WRONG, 0) is session


def test_stopping_keeps_what_was_answered():
    session = test.stop(test.answer(begin(), "x", RIGHT, 0))
    assert session.is_finished
    assert session.task is None
    assert test.summary(session).total == 1


def test_due_and_weakest_choose_by_memory():
    states = known("c01q01", 40) | known("c02q01", 0) | known("c03q01", 3)
    due = test.questions_in(DECK.cards, Scope.DUE, states, NOW)
    assert [question.id for _, question in due] == ["c01q01", "c03q01"]
    weakest = test.questions_in(DECK.cards, Scope.WEAKEST, states, NOW)
    assert [question.id for _, question in weakest] == ["c01q01", "c03q01", "c02q01"]
    assert test.questions_in(DECK.cards, Scope.WEAKEST, {}, NOW) == []


@pytest.mark.parametrize(
    ("verdict", "way", "rating"),
    [
        (Verdict.CORRECT, Way.TYPED, Rating.GOOD),
        (Verdict.CLOSE, Way.TYPED, Rating.HARD),
        (Verdict.CORRECT, Way.MULTIPLE_CHOICE, Rating.HARD),
        (Verdict.CORRECT, Way.EITHER_OR, Rating.HARD),
        (Verdict.WRONG, Way.TYPED, Rating.AGAIN),
        (Verdict.WRONG, Way.MULTIPLE_CHOICE, Rating.AGAIN),
    ],
)
def test_what_an_answer_earns(verdict, way, rating):
    assert test.rating_for(verdict, way) is rating


def test_an_either_or_question_is_never_typed():
    import msgspec

    question = msgspec.structs.replace(
        DECK.cards[0].questions[0], kind="either_or", distractors=("1900",)
    )
    task = test.make_task("card-1", question, How.TYPED, Mark.SECURE, random.Random(1))
    assert task.way is Way.EITHER_OR
    assert len(task.choices) == 2


@given(st.lists(st.sampled_from([RIGHT, CLOSE, WRONG]), max_size=40), st.integers(0, 5))
def test_every_session_adds_up(markings, length):
    session = begin(length=length)
    asked = len(session.queue)
    for marking in markings:
        if session.is_finished:
            break
        assert 1 <= session.number <= session.total
        session = test.advance(test.answer(session, "x", marking, 1))
    done = test.summary(session)
    assert done.total <= asked
    assert done.right + len(done.mistakes) == done.total
    if session.is_finished:
        assert done.total == asked
