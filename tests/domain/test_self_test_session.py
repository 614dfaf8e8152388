"""A session: what comes back, what counts, stopping and going on."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fakes_study import make_deck
from stalin_study.domain.card import OrderEvent
from stalin_study.domain.marking import Marking
from stalin_study.domain.review_log import Verdict, Way
from stalin_study.domain.self_test import session as test
from stalin_study.domain.self_test.judging import judge
from stalin_study.domain.self_test.session import SelfTest
from stalin_study.domain.self_test.summary import subjects_reviewed, summary
from stalin_study.domain.self_test.tasks import (
    Answer,
    Choosing,
    Matching,
    Ordering,
    Outcome,
    Pair,
    Part,
    Recalling,
    Task,
    Typing,
)

DECK = make_deck()
CARD = DECK.cards[0]
QUESTION = CARD.questions[0]
RIGHT = Outcome(Verdict.CORRECT, "1921")
WRONG = Outcome(Verdict.WRONG, "1921", share=0.0)
CLOSE = Outcome(Verdict.CLOSE, "1921")


def typed(number=1):
    return Task(
        Way.TYPED, f"c0{number}q01", f"card-{number}", "Which year?", Typing(QUESTION), "Because."
    )


def tasks(count):
    return tuple(replace(typed(), subject_id=f"q{number}") for number in range(count))


def after(session, outcome, text="x", took_ms=1000):
    return test.answer(session, Answer(text=text), outcome, took_ms)


def test_a_wrong_answer_comes_back_after_three_others_until_it_is_right():
    session = SelfTest(tasks(5))
    session = test.advance(after(session, WRONG))
    assert [task.subject_id for task in session.queue] == ["q1", "q2", "q3", "q0", "q4"]
    assert session.queue[3].is_repeat
    assert session.total == 6
    for _ in range(3):
        session = test.advance(after(session, RIGHT))
    session = test.advance(after(session, WRONG))
    assert [task.subject_id for task in session.queue] == ["q4", "q0"]
    for _ in range(2):
        session = test.advance(after(session, RIGHT))
    assert session.phase == "finished"


def test_a_question_comes_back_twice_and_then_another_day():
    session, asked = SelfTest(tasks(6)), []
    while session.phase != "finished":
        asked.append(session.task.subject_id)
        session = after(session, WRONG)
        left = session.total - session.number
        session = test.advance(session)
        assert len(session.queue) == left, "what is said to be left is what is left"
    assert {asked.count(f"q{number}") for number in range(6)} == {1 + test.MOST_REPEATS}
    assert not any(mistake.is_settled for mistake in summary(session).mistakes)


def test_match_sets_of_one_kind_each_come_back():
    sets = [
        Task(
            Way.MATCH,
            "match-events",
            "card-1",
            "Match.",
            Matching(tuple(Pair(f"{n}{m}", f"{m}", "card-1") for m in range(4)), (1, 2, 3, 0)),
        )
        for n in range(4)
    ]
    session, asked = SelfTest(tuple(sets)), []
    missed = Outcome(Verdict.WRONG, "", parts=(Part("", "", Verdict.WRONG),) * 4, share=0.0)
    while session.phase != "finished":
        asked.append(session.task.body.pairs[0].left[0])
        session = test.advance(after(session, missed))
    assert {asked.count(str(n)) for n in range(4)} == {1 + test.MOST_REPEATS}


def test_close_waits_for_the_word_to_be_typed_once_more_and_else_comes_back():
    session = after(SelfTest(tasks(2)), CLOSE)
    assert session.phase == "retyping"
    assert session.total == 3
    left = test.advance(session)
    assert [task.subject_id for task in left.queue] == ["q1", "q0"]
    settled = test.change_last(session, is_settled=True)
    assert settled.phase == "answered"
    assert [task.subject_id for task in test.advance(settled).queue] == ["q1"]
    assert summary(settled).right == 1


def test_counting_a_wrong_answer_as_right_settles_it():
    session = test.count_as_right(after(SelfTest(tasks(1)), WRONG))
    assert session.last.outcome.verdict is Verdict.CORRECT
    assert test.advance(session).phase == "finished"
    assert summary(session).mistakes == ()
    right = after(SelfTest(tasks(1)), RIGHT)
    assert test.count_as_right(right) is right


def test_stopping_keeps_what_is_left_and_going_on_takes_it_up():
    session = after(SelfTest(tasks(3)), WRONG)
    stopped = test.stop(session)
    assert (stopped.phase, stopped.task) == ("finished", None)
    going = test.go_on(stopped)
    assert [task.subject_id for task in going.queue] == ["q1", "q2", "q0"]
    assert going.phase == "asking"


def test_a_written_text_waits_for_its_ticks_also_when_stopped():
    blurt = Task(Way.BLURT, CARD.id, CARD.id, "All?", Recalling(CARD.points, CARD.aim))
    session = test.hand_in(SelfTest((blurt,)), Answer(text="the NEP"))
    assert session.phase == "self_marking"
    assert test.go_on(test.stop(session)).written.text == "the NEP"
    done = test.answer(session, Answer(text="the NEP", ticks=(0,)), WRONG, 5000)
    assert done.phase == "answered"
    assert done.last.is_settled, "what takes minutes does not come back"


def test_only_texts_are_handed_in():
    session = SelfTest(tasks(1))
    assert test.hand_in(session, Answer(text="x")) is session


def test_what_comes_back_stands_in_another_order():
    choice = Task(Way.MULTIPLE_CHOICE, "q", "card-1", "?", Choosing(("a", "b", "c"), "a"))
    two = Task(Way.TRUE_FALSE, "t", "card-1", "?", Choosing(("True", "False"), "True"))
    events = tuple(OrderEvent(f"e{n}", f"19{20 + n}") for n in range(3))
    order = Task(Way.ORDER, "o", "card-1", "?", Ordering(events, (2, 0, 1)))
    for task in (choice, two, order):
        again = test.advance(after(SelfTest((task,)), WRONG)).queue[0].body
        if task is choice:
            assert again.choices == ("c", "b", "a")
        elif task is two:
            assert again == two.body
        else:
            assert again.shown not in ((2, 0, 1), (0, 1, 2))
            assert sorted(again.shown) == [0, 1, 2]


def no_marking(_question, _text):
    raise AssertionError("not typed")


def test_a_match_comes_back_with_the_pairs_that_were_missed_and_enough_others():
    pairs = tuple(Pair(f"l{n}", f"r{n}", "card-1") for n in range(6))
    task = Task(Way.MATCH, "match-people", "card-1", "?", Matching(pairs, (3, 1, 0, 2, 5, 4)))
    given = Answer(places=(1, 0, 2, 3, 4, 5))
    session = test.answer(SelfTest((task,)), given, judge(task, given, no_marking), 1)
    again = test.advance(session).queue[0].body
    assert [pair.left for pair in again.pairs] == ["l0", "l1", "l2", "l3"]
    assert sorted(again.shown) == [0, 1, 2, 3]
    assert again.shown != (0, 1, 2, 3)


def test_the_summary_counts_first_tries_and_shows_every_mistake():
    session = SelfTest(tasks(3))
    for outcome in (WRONG, CLOSE, RIGHT, RIGHT, RIGHT):
        session = test.advance(after(session, outcome, "1950", 500))
    done = summary(session)
    assert (done.total, done.right, done.close, done.took_ms) == (3, 2, 1, 2500)
    [mistake] = done.mistakes
    assert (mistake.subject_id, mistake.given, mistake.expected) == ("q0", "1950", "1921")
    assert mistake.is_settled
    assert subjects_reviewed(session) == {"q0", "q1", "q2"}


def test_a_rating_does_not_make_a_mistake_right_later():
    session = after(SelfTest(tasks(2)), WRONG)
    session = test.change_last(session, is_settled=True, rating=3)
    [mistake] = summary(test.stop(session)).mistakes
    assert not mistake.is_settled
    session = after(test.advance(after(SelfTest(tasks(1)), WRONG)), WRONG)
    session = test.change_last(session, is_settled=True, rating=3)
    [mistake] = summary(test.advance(session)).mistakes
    assert not mistake.is_settled
    session = after(test.advance(after(SelfTest(tasks(1)), WRONG)), RIGHT)
    [mistake] = summary(test.advance(session)).mistakes
    assert mistake.is_settled


def test_another_match_of_the_kind_does_not_make_one_right_later():
    pairs = [tuple(Pair(f"{n}{m}", "x", "card-1") for m in range(4)) for n in range(2)]
    sets = tuple(
        Task(Way.MATCH, "match-people", "card-1", "Match", Matching(one, (1, 0, 3, 2)))
        for one in pairs
    )
    session = test.advance(after(SelfTest(sets), WRONG))
    [mistake] = summary(test.stop(after(session, RIGHT))).mistakes
    assert not mistake.is_settled


def test_what_the_deck_no_longer_holds_is_left_out_of_a_saved_session():
    known, gone = typed(1), replace(typed(1), subject_id="c99q99")
    match = Task(Way.MATCH, "match-people", "card-2", "?", Matching((), ()))
    lost = replace(match, card_id="gone")
    session = test.only_of(SelfTest((gone, known, match, lost)), DECK)
    assert session.queue == (known, match)


@given(st.lists(st.sampled_from([RIGHT, WRONG, CLOSE]), max_size=40), st.integers(1, 12))
def test_any_session_ends_counts_and_survives_being_saved(outcomes, count):
    session = SelfTest(tasks(count))
    for outcome in outcomes:
        if session.phase == "finished":
            break
        number, total = session.number, session.total
        assert 1 <= number <= total
        session = after(session, outcome)
        assert msgspec.json.decode(msgspec.json.encode(session), type=SelfTest) == session
        session = test.advance(session)
        assert session.total >= len(session.done)
    while session.phase != "finished":
        session = test.advance(after(session, RIGHT))
    assert len([one for one in session.done if not one.task.is_repeat]) == count
    settled = {one.task.subject_id for one in session.done if one.is_settled}
    shown = [one.task.subject_id for one in session.done]
    for question in (f"q{n}" for n in range(count)):
        assert shown.count(question) <= 1 + test.MOST_REPEATS
        assert question in settled or shown.count(question) == 1 + test.MOST_REPEATS


def test_ten_thousand_questions_are_answered_in_turn():
    session = SelfTest(tasks(10_000))
    rng = random.Random(1)
    for _ in range(50):
        session = test.advance(after(session, rng.choice([RIGHT, WRONG])))
    assert len(session.done) == 50


@pytest.mark.parametrize(
    ("places", "verdict", "share"),
    [
        ((0, 1, 2, 3), Verdict.CORRECT, 1.0),
        ((1, 0, 2, 3), Verdict.CLOSE, 0.5),
        ((0, 1, 3, 2), Verdict.CLOSE, 0.5),
        ((3, 1, 2, 0), Verdict.WRONG, 0.5),
        ((3, 2, 1, 0), Verdict.WRONG, 0.0),
        ((), Verdict.WRONG, 0.0),
        ((0, 0, 1, 2), Verdict.WRONG, 0.0),
        ((9, 8, 7, 6), Verdict.WRONG, 0.0),
    ],
)
def test_an_order_is_right_nearly_or_wrong(places, verdict, share):
    events = tuple(OrderEvent(f"event {n}", f"19{20 + n}") for n in range(4))
    task = Task(Way.ORDER, "o", "card-1", "?", Ordering(events, (1, 0, 2, 3)))
    outcome = judge(task, Answer(places=places), no_marking)
    assert (outcome.verdict, outcome.share) == (verdict, share)
    if verdict is Verdict.CLOSE:
        assert "comes before" in outcome.why


def test_events_of_the_same_date_may_stand_either_way():
    events = (OrderEvent("a", "1928"), OrderEvent("b", "1929"), OrderEvent("c", "1929"))
    task = Task(Way.ORDER, "o", "card-1", "?", Ordering(events, (2, 0, 1)))
    assert judge(task, Answer(places=(0, 2, 1)), no_marking).verdict is Verdict.CORRECT


def test_close_says_which_neighbours_are_the_wrong_way_round():
    events = tuple(OrderEvent(f"event {n}", f"19{20 + n}") for n in range(3))
    task = Task(Way.ORDER, "o", "card-1", "?", Ordering(events, (1, 0, 2)))
    why = judge(task, Answer(places=(0, 2, 1)), no_marking).why
    assert why == "Nearly: “event 1” comes before “event 2”."


def test_a_match_is_marked_pair_by_pair():
    pairs = tuple(Pair(f"l{n}", f"r{n}", "card-1", f"c01q0{n}") for n in range(4))
    task = Task(Way.MATCH, "match-terms", "card-1", "?", Matching(pairs, (1, 0, 3, 2)))
    outcome = judge(task, Answer(places=(0, 1, 3, -1)), no_marking)
    assert outcome.verdict is Verdict.WRONG
    assert outcome.share == 0.5
    assert [part.verdict is Verdict.CORRECT for part in outcome.parts] == [True, True, False, False]
    assert outcome.parts[3].given == ""
    assert judge(task, Answer(places=(0, 1, 2, 3)), no_marking).verdict is Verdict.CORRECT
    assert judge(task, Answer(), no_marking).share == 0


@pytest.mark.parametrize(
    ("ticks", "verdict"),
    [(0, Verdict.WRONG), (1, Verdict.WRONG), (2, Verdict.CLOSE), (4, Verdict.CORRECT)],
)
def test_a_blurt_is_measured_by_what_the_card_aims_for(ticks, verdict):
    task = Task(Way.BLURT, CARD.id, CARD.id, "?", Recalling(CARD.points, 4))
    outcome = judge(task, Answer(ticks=tuple(range(ticks))), no_marking)
    assert outcome.verdict is verdict
    assert f"of {len(CARD.points)}" in outcome.why


def test_typed_answers_bring_the_marking_with_its_parts():
    marking = Marking(Verdict.CLOSE, "1921", "Nearly.")
    outcome = judge(typed(), Answer(text="1291"), lambda *_: marking)
    assert (outcome.verdict, outcome.why, outcome.share) == (Verdict.CLOSE, "Nearly.", 1.0)
