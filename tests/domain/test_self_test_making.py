"""What may be asked, how it is put, and in which order."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card import Card, Question
from stalin_study.domain.memory import review
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.self_test.choosing import Asked, How, Scope, askable, in_scope, way_of
from stalin_study.domain.self_test.making import (
    alternated,
    make_matches,
    make_session,
    make_task,
    with_extras,
)
from stalin_study.domain.self_test.tasks import Choosing, Ordering, Task, Typing
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

DECK = load_deck(find_paths().deck).deck
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def rng():
    return random.Random(3)


def known(subject_id, *ratings, days=3):
    state = None
    for number, rating in enumerate(ratings):
        at = AT - timedelta(days=days * (len(ratings) - number))
        state = review(state, subject_id, rating, at)
    return state


@pytest.mark.parametrize("how", [how for how in How if how is not How.MATCH])
def test_every_way_of_asking_has_something_to_ask_and_makes_tasks_of_its_kind(how):
    asked = askable(DECK.cards, how)
    tasks = make_session(asked, how, 0, {}, AT, rng())
    assert len(tasks) == len(asked) > 15
    ways = {
        How.MIXED: {Way.MULTIPLE_CHOICE, Way.EITHER_OR, Way.TRUE_FALSE, Way.ORDER},
        How.MULTIPLE_CHOICE: {Way.MULTIPLE_CHOICE, Way.EITHER_OR},
        How.TYPED: {Way.TYPED},
        How.TRUE_FALSE: {Way.TRUE_FALSE, Way.EITHER_OR},
        How.GAP: {Way.GAP},
        How.ORDER: {Way.ORDER},
        How.BLURT: {Way.BLURT},
        How.EXAM: {Way.EXAM},
        How.SPEED: {Way.SPEED},
    }
    assert {task.way for task in tasks} == ways[how]
    ids = [task.subject_id for task in tasks]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(DECK.subjects_by_id)


def test_a_question_is_put_harder_as_it_is_known_better():
    card = DECK.cards[0]
    question = next(one for one in card.questions if one.kind == "short")
    assert way_of(How.MIXED, card, question, None) is Way.MULTIPLE_CHOICE
    missed = known(question.id, Rating.AGAIN)
    assert way_of(How.MIXED, card, question, missed) is Way.MULTIPLE_CHOICE
    once, twice = known(question.id, Rating.GOOD), known(question.id, Rating.GOOD, Rating.GOOD)
    assert way_of(How.MIXED, card, question, once) in (Way.GAP, Way.TYPED)
    assert way_of(How.MIXED, card, question, twice) is Way.TYPED
    gapped = askable(DECK.cards, How.GAP)
    ways = {way_of(How.MIXED, one.card, one.subject, once) for one in gapped}
    assert ways == {Way.GAP}


def test_choices_are_the_answer_and_its_distractors_in_some_order():
    card = DECK.cards[0]
    question = card.questions[0]
    task = make_task(Asked(card, question), Way.MULTIPLE_CHOICE, rng())
    assert isinstance(task.body, Choosing)
    assert sorted(task.body.choices) == sorted([question.answer, *question.distractors])
    assert task.body.right == question.answer
    assert task.point_id == question.point


def test_a_true_false_statement_is_told_from_its_answer():
    card = DECK.cards[0]
    bodies = {
        one.id: make_task(Asked(card, one), Way.TRUE_FALSE, rng()).body for one in card.true_false
    }
    assert {one.id: one.answer for one in card.true_false} == {
        name: body.right == "True" for name, body in bodies.items()
    }


@given(st.integers())
def test_events_never_stand_in_the_right_order_at_first(seed):
    card = next(card for card in DECK.cards if card.order_sets)
    body = make_task(Asked(card, card.order_sets[0]), Way.ORDER, random.Random(seed)).body
    assert isinstance(body, Ordering)
    assert sorted(body.shown) == list(range(len(body.events)))
    assert body.shown != tuple(range(len(body.events)))


def test_a_gap_asks_for_the_word_that_is_missing():
    one = askable(DECK.cards, How.GAP)[0]
    task = make_task(one, Way.GAP, rng())
    assert "______" in task.prompt
    assert isinstance(task.body, Typing)
    assert task.body.question.id == one.id


@pytest.mark.parametrize(("factor", "limit"), [(1.0, 900), (1.25, 1125), (1.5, 1350), (0.0, 0)])
def test_extra_time_stretches_what_is_timed_and_no_limit_takes_it_away(factor, limit):
    card, exam = next(
        (card, exam) for card in DECK.cards for exam in card.exam_questions if exam.marks == 12
    )
    assert make_task(Asked(card, exam), Way.EXAM, rng(), factor).seconds == limit
    quick = make_task(Asked(card, card.true_false[0]), Way.SPEED, rng(), factor)
    assert (quick.seconds > 0) == (factor > 0)
    assert make_task(Asked(card, card.true_false[0]), Way.TRUE_FALSE, rng(), factor).seconds == 0


def test_scopes_choose_what_is_due_weakest_or_planned():
    asked = askable(DECK.cards[:2], How.MIXED)
    first, second, third = asked[0].id, asked[1].id, asked[2].id
    states = {
        first: known(first, Rating.GOOD, days=2),
        second: known(second, Rating.GOOD, days=40),
        third: known(third, *[Rating.GOOD] * 4, days=10),
    }

    def ids(scope, **more):
        return [one.id for one in in_scope(asked, scope, states, AT, **more)]

    assert ids(Scope.WEAKEST) == [second, first, third]
    assert ids(Scope.DUE) == [second, first]
    assert ids(Scope.TODAY, today=(third, "elsewhere", first)) == [third, first]
    assert len(ids(Scope.EVERYTHING)) == len(asked)


def test_new_and_due_ones_come_before_what_is_still_known():
    asked = askable(DECK.cards[:1], How.MULTIPLE_CHOICE)
    states = {one.id: known(one.id, *[Rating.GOOD] * 3, days=2) for one in asked[3:]}
    tasks = make_session(asked, How.MULTIPLE_CHOICE, 3, states, AT, rng())
    assert {task.subject_id for task in tasks} == {one.id for one in asked[:3]}


def test_kinds_and_points_take_turns_in_a_mixed_session():
    asked = askable(DECK.cards, How.MIXED)
    for seed in range(5):
        tasks = make_session(asked, How.MIXED, 20, {}, AT, random.Random(seed))
        pairs = list(pairwise(tasks))
        assert not [1 for one, two in pairs if one.point_id and one.point_id == two.point_id]
        same = sum(one.way is two.way for one, two in pairs)
        most = max(sum(task.way is way for task in tasks) for way in Way)
        unavoidable = max(0, 2 * most - len(tasks) - 1)
        assert same <= unavoidable + 4


@given(st.lists(st.tuples(st.sampled_from(list(Way)), st.integers(0, 3)), max_size=60))
def test_taking_turns_loses_nothing(kinds):
    tasks = [
        Task(way, f"q{n}", f"card-{card}", "?", Choosing(("a", "b"), "a"), point_id=f"p{card}")
        for n, (way, card) in enumerate(kinds)
    ]
    turned = alternated(tasks)
    assert sorted(task.subject_id for task in turned) == sorted(task.subject_id for task in tasks)


def test_a_long_mixed_session_has_a_match_and_a_blurt_of_a_card_that_is_ripe():
    asked = askable(DECK.cards[:2], How.MIXED)
    tasks = make_session(asked, How.MIXED, 10, {}, AT, rng())
    ways = [task.way for task in with_extras(tasks, DECK, {}, rng())]
    assert ways.count(Way.MATCH) == 1
    assert Way.BLURT not in ways
    states = {
        one.id: known(one.id, Rating.GOOD, Rating.GOOD)
        for one in asked
        if isinstance(one.subject, Question)
    }
    extras = with_extras(tasks, DECK, states, rng())
    assert extras[-1].way is Way.BLURT
    assert isinstance(DECK.subjects_by_id[extras[-1].subject_id][1], Card)
    assert with_extras(tasks[:5], DECK, states, rng()) == tasks[:5]


def test_matches_are_made_of_the_chosen_cards():
    tasks = make_matches(DECK, DECK.cards[:4], 3, rng())
    assert len(tasks) == 3
    assert {task.way for task in tasks} == {Way.MATCH}
    assert make_matches(DECK, (), 3, rng()) == ()


def test_nothing_to_ask_makes_no_session():
    assert make_session([], How.MIXED, 10, {}, AT, rng()) == ()
