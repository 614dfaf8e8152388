"""Choosing a self-test: scopes and their counts, how, how many, and what Start asks for."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed
from PySide6.QtCore import QObject, Signal

from fakes import FakeClock, InlineJobs
from fakes_study import FakeReviews, FakeSettings, make_card, make_deck, rewritten
from stalin_study.domain.deck import Deck, Topic
from stalin_study.domain.exam_forecast import Expectation
from stalin_study.domain.exam_plan import DayPlan
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.self_test.choosing import (
    MOST_AT_ONCE,
    Asked,
    How,
    Picked,
    first_questions,
)
from stalin_study.domain.self_test.gaps import gap_question
from stalin_study.domain.self_test.making import extras_of, make_task
from stalin_study.domain.self_test.match_sets import MatchKind
from stalin_study.domain.self_test.session import SelfTest
from stalin_study.domain.self_test.tasks import Choosing
from stalin_study.paths import find_paths
from stalin_study.presenters.self_test.choosing import ChoosingPresenter
from stalin_study.presenters.self_test.keeping import Keeping
from stalin_study.presenters.self_test.plan_view import NO_DATE
from stalin_study.services.exam_planner import Plan
from stalin_study.services.library import load_deck
from stalin_study.services.session_file import SavedSession, SessionFile

DECK = load_deck(find_paths().deck).deck
CARD = DECK.cards[0]
HOWS = list(How)
STEADY = ("today", "everything", "due", "weakest")


class CountingReviews(FakeReviews):
    """Counts how often the memory states are looked at."""

    looks = 0

    @property
    def memory_states(self):
        self.looks += 1
        return self._states

    @memory_states.setter
    def memory_states(self, states):
        self._states = states


class FixedPlanner(QObject):
    """Has the plan that a test gives it."""

    plan_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.plan = Plan()

    def give(self, *subject_ids: str, **more) -> None:
        day = DayPlan(subject_ids, 20.0 * len(subject_ids), "steady")
        self.plan = Plan(day=day, **more)
        self.plan_changed.emit(self.plan)


class Desk:
    """The choices in view, with fakes around them; `sessions` are those that were asked for."""

    def __init__(self, folder, deck: Deck = DECK, *, is_shown: bool = True, **given) -> None:
        self.deck = deck
        self.now = FakeClock()
        self.reviews = CountingReviews(self.now)
        self.settings = FakeSettings(**given)
        self.planner = FixedPlanner()
        self.file = SessionFile(folder, InlineJobs())
        self.choosing = ChoosingPresenter(
            deck,
            self.reviews,
            self.settings,
            self.planner,
            Keeping(deck, self.file),
            self.now,
            random.Random(4),
        )
        self.sessions, self.states = [], []
        self.choosing.session_requested.connect(self.sessions.append)
        self.choosing.state_changed.connect(self.states.append)
        if is_shown:
            self.choosing.show(True)

    @property
    def state(self):
        return self.choosing.state

    @property
    def counts(self):
        return {one.id: one.count for one in self.state.scopes}

    def choose(self, scope=None, how=None, length=None):
        if how is not None:
            self.choosing.choose_how(how)
        if scope is not None:
            self.choosing.choose_scope(scope)
        if length is not None:
            self.choosing.choose_length(length)
        return self.state

    def start(self):
        self.choosing.start()
        return self.sessions[-1]


@pytest.fixture
def desk(qapp, tmp_path):
    return Desk(tmp_path)


def subjects_of(cards, how):
    """What of some cards can be asked so, counted from the deck itself."""
    found = {
        "questions": [one for card in cards for one in card.questions],
        "statements": [one for card in cards for one in card.true_false],
        "orders": [one for card in cards for one in card.order_sets],
        "exams": [one for card in cards for one in card.exam_questions],
    }
    short = [one for one in found["questions"] if one.kind == "short"]
    either = [one for one in found["questions"] if one.kind == "either_or"]
    return {
        How.MIXED: found["questions"] + found["statements"] + found["orders"],
        How.MULTIPLE_CHOICE: found["questions"],
        How.TYPED: short,
        How.TRUE_FALSE: found["statements"] + either,
        How.GAP: [q for q in short if gap_question(DECK.questions_by_id[q.id][0], q)],
        How.ORDER: found["orders"],
        How.BLURT: list(cards),
        How.EXAM: found["exams"],
        How.SPEED: found["questions"] + found["statements"],
    }[how]


WAYS = {
    How.MIXED: {Way.MULTIPLE_CHOICE, Way.EITHER_OR, Way.TRUE_FALSE, Way.ORDER, Way.MATCH},
    How.MULTIPLE_CHOICE: {Way.MULTIPLE_CHOICE, Way.EITHER_OR},
    How.TYPED: {Way.TYPED},
    How.TRUE_FALSE: {Way.TRUE_FALSE, Way.EITHER_OR},
    How.GAP: {Way.GAP},
    How.ORDER: {Way.ORDER},
    How.BLURT: {Way.BLURT},
    How.EXAM: {Way.EXAM},
    How.SPEED: {Way.SPEED},
}


# Scopes


@pytest.mark.parametrize("how", list(WAYS))
def test_every_scope_counts_what_can_be_asked_so(desk, how):
    desk.choose(how=how)
    expected = {"today": 0, "due": 0, "weakest": 0, "everything": len(subjects_of(DECK.cards, how))}
    expected |= {topic.id: len(subjects_of(topic.cards, how)) for topic in DECK.topics}
    assert desk.counts == expected
    assert expected["everything"] > 0


@pytest.mark.parametrize("how", list(WAYS))
def test_all_of_a_topic_is_asked_and_nothing_else(desk, how):
    topic = DECK.topics[1]
    desk.choose(topic.id, how, 0)
    tasks = [task for task in desk.start() if task.way is not Way.MATCH]
    expected = {subject.id for subject in subjects_of(topic.cards, how)}
    assert sorted(task.subject_id for task in tasks) == sorted(expected)
    assert {task.way for task in tasks} <= WAYS[how]


def test_scopes_are_today_everything_due_weakest_and_the_topics(desk):
    assert [one.id for one in desk.state.scopes] == [*STEADY, *(one.id for one in DECK.topics)]
    assert [one.title for one in desk.state.scopes[:4]] == [
        "Today’s work",
        "Everything",
        "What is due",
        "What I have met, weakest first",
    ]


@pytest.mark.parametrize("how", list(WAYS))
def test_a_card_comes_first_and_counts_its_own(desk, how):
    desk.choosing.choose_card(CARD.id)
    desk.choose(how=how)
    first = desk.state.scopes[0]
    assert (first.id, first.title) == (CARD.id, f"Card: {CARD.title}")
    assert first.count == len(subjects_of([CARD], how))
    assert (desk.state.scope.id, desk.state.can_start) == (CARD.id, first.count > 0)


def test_another_card_takes_the_place_of_the_first(desk):
    desk.choosing.choose_card(CARD.id)
    other = DECK.cards[5]
    desk.choosing.choose_card(other.id)
    assert [one.id for one in desk.state.scopes][:2] == [other.id, "today"]
    assert desk.state.scope.id == other.id
    assert {task.card_id for task in desk.start()} == {other.id}


def test_cards_that_a_page_picked_are_asked_together_and_give_way_to_the_next(desk):
    picked = [DECK.cards[2].id, DECK.cards[7].id]
    desk.choosing.choose_picked(Picked("My weakest cards", frozenset(picked)))
    first = desk.state.scopes[0]
    assert (first.id, first.title) == ("picked", "My weakest cards")
    assert desk.state.scope == first
    assert {task.card_id for task in desk.start()} <= set(picked)
    assert {task.card_id for task in desk.choose(length=0) and desk.start()} == set(picked)
    desk.choosing.choose_picked(Picked("None of these", frozenset({"no-such-card"})))
    assert not desk.state.can_start
    desk.choosing.choose_card(CARD.id)
    assert [one.id for one in desk.state.scopes][:2] == [CARD.id, "today"]


def test_what_is_offered_starts_at_once_and_is_not_too_long(desk):
    cards = frozenset(card.id for card in DECK.cards[:4])
    desk.choosing.offer(Picked("My hard cards", cards))
    [tasks] = desk.sessions
    assert sum(task.way not in (Way.MATCH, Way.BLURT) for task in tasks) == MOST_AT_ONCE
    assert {task.card_id for task in tasks if task.way is not Way.MATCH} <= cards
    assert not desk.state.offers


def test_what_is_offered_waits_while_a_test_was_left(desk):
    desk.file.save(left_session())
    desk.choosing.offer(Picked("My hard cards", frozenset({CARD.id})))
    assert desk.sessions == []
    assert (desk.state.offers, desk.state.to_go) == (True, 3)
    desk.choosing.start()
    assert len(desk.sessions) == 1
    desk.choosing.show(True)
    assert not desk.state.offers
    desk.choosing.offer(Picked("My hard cards", frozenset({CARD.id})))
    desk.choosing.choose_scope("everything")
    assert not desk.state.offers, "something else was chosen"


@pytest.mark.parametrize("chosen", [None, 5, 10, 0])
def test_of_what_is_offered_as_much_is_asked_as_the_page_says(desk, chosen):
    desk.choose(how=How.GAP, length=5)
    desk.file.save(left_session())
    events = frozenset(event.id for event in DECK.timeline)
    ids = frozenset(question.id for card in DECK.cards[:4] for question in card.questions)
    desk.choosing.offer(Picked("Timeline", ids, kind=MatchKind.EVENTS, matched=events))
    assert (desk.state.how, desk.state.length) == (How.MIXED, MOST_AT_ONCE)
    if chosen is not None:
        desk.choose(length=chosen)
    said = desk.state.amount
    count = min(desk.state.length or len(ids), len(ids))
    assert said.startswith(f"{count} questions and a match, about ")
    assert len(desk.start()) == count + 1
    desk.choose("everything")
    assert desk.state.length == (5 if chosen is None else chosen), "what the pupil chose"


def test_of_weak_cards_the_wrong_ones_are_asked_first_and_new_ones_last(desk):
    wrong, right = CARD.questions[3].id, CARD.questions[1].id
    desk.reviews.record(right, Way.TYPED, Rating.GOOD)
    desk.reviews.record(wrong, Way.TYPED, Rating.AGAIN)
    desk.choosing.offer(Picked("Weak", frozenset({CARD.id}), is_weakest_first=True))
    [tasks] = desk.sessions
    assert {task.subject_id for task in tasks[:2]} == {wrong, right}


def test_questions_and_a_match_of_what_was_picked(desk):
    events = [event.id for event in DECK.timeline if event.category == "foreign"]
    ids = frozenset(question.id for question in CARD.questions[:3])
    picked = Picked("Foreign", ids, kind=MatchKind.EVENTS, matched=frozenset(events))
    desk.choosing.offer(picked)
    [tasks] = desk.sessions
    assert {task.subject_id for task in tasks if task.way is not Way.MATCH} == ids
    [match] = [task for task in tasks if task.way is Way.MATCH]
    texts = {event.text for event in DECK.timeline if event.id in events}
    assert {pair.left for pair in match.body.pairs} <= texts
    assert desk.state.amount == "3 questions and a match, about 3 minutes."


def test_todays_amount_is_what_is_asked(desk):
    planned = [one.id for one in DECK.cards[0].subjects[1:14]]
    desk.planner.give(*planned, has_match=True)
    assert desk.state.amount == "13 questions and a match, about 5 minutes."
    assert len(desk.start()) == 14
    known = dict.fromkeys(planned, Rating.GOOD)
    for one in known:
        desk.reviews.record(one, Way.TYPED, Rating.EASY)
    assert extras_of(planned, DECK, desk.reviews.memory_states) == (True, True)
    desk.planner.give(*planned, has_match=True, has_blurt=True)
    assert desk.state.amount == "13 questions, a match and a blurt, about 9 minutes."
    assert len(desk.start()) == 15


def test_the_first_questions_are_the_ones_of_the_deck(desk):
    ids = first_questions(DECK, 5)
    assert ids == DECK.first_questions
    desk.choosing.start_first(ids)
    [tasks] = desk.sessions
    assert {task.subject_id for task in tasks} == set(ids)
    assert {task.way for task in tasks} == {Way.MULTIPLE_CHOICE}
    assert desk.state.scopes[0].id == "today", "no choice of the pupil's"


def test_a_deck_that_names_none_has_first_questions_on_its_first_key_points():
    bare = changed(DECK, first_questions=("gone",))
    ids = first_questions(bare, 5)
    assert len(ids) == 5
    for one in ids:
        card, question = DECK.questions_by_id[one]
        assert card in DECK.topics[0].cards
        assert question.point in {point.id for point in card.key_points}
    assert DECK.questions_by_id[ids[0]][1].kind == "either_or"


def test_a_card_that_is_chosen_out_of_view_holds_when_the_choices_come_into_view(qapp, tmp_path):
    desk = Desk(tmp_path, is_shown=False)
    desk.choosing.choose_card(CARD.id)
    desk.planner.give("c01q01")
    desk.choosing.show(True)
    assert desk.state.scope.id == CARD.id
    assert desk.state.can_start


@pytest.mark.parametrize("unknown", ["", "no-such-card", "CARD", "today ", "c01q01"])
def test_unknown_ids_change_nothing(desk, unknown):
    desk.choosing.choose_card(CARD.id)
    before = desk.state
    desk.states.clear()
    desk.choosing.choose_card(unknown)
    desk.choosing.choose_scope(unknown)
    desk.choosing.choose_extra_time(unknown)
    assert desk.state is before
    assert desk.states == []
    desk.choosing.refresh()
    assert desk.state is before


def test_due_and_weakest_hold_what_was_met_the_weakest_first(desk):
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    desk.reviews.record("c02q01", Way.TYPED, Rating.EASY)
    desk.reviews.record("c03q01", Way.TYPED, Rating.AGAIN)
    desk.now.advance(days=1)
    desk.choosing.refresh()
    assert (desk.counts["weakest"], desk.counts["due"]) == (3, 2)
    desk.choose("weakest", How.TYPED)
    assert [task.subject_id for task in desk.start()] == ["c03q01", "c01q01", "c02q01"]
    desk.choose("due", length=1)
    assert [task.subject_id for task in desk.start()] == ["c03q01"]


def test_a_question_that_is_met_is_counted_at_once(desk):
    assert desk.counts["weakest"] == 0
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    assert desk.counts["weakest"] == 1
    desk.reviews.undo(("r1",))
    assert desk.counts["weakest"] == 0


# Today's work


def test_todays_work_is_what_the_plan_says_in_its_order(desk):
    desk.planner.give("c03q02", "c01t01", "gone", "c02q01")
    assert (desk.state.scope.id, desk.state.scope.count) == ("today", 3)
    desk.choose("today")
    assert [task.subject_id for task in desk.start()] == ["c03q02", "c01t01", "c02q01"]


@pytest.mark.parametrize(
    ("how", "scope", "count"),
    [
        (How.TYPED, "today", 1),
        (How.TRUE_FALSE, "today", 1),
        (How.SPEED, "today", 2),
        (How.EXAM, "everything", len(subjects_of(DECK.cards, How.EXAM))),
        (How.BLURT, "everything", len(DECK.cards)),
        (How.ORDER, "everything", len(subjects_of(DECK.cards, How.ORDER))),
    ],
)
def test_todays_work_falls_back_to_everything_when_it_holds_none_of_the_kind(
    desk, how, scope, count
):
    desk.planner.give("c01q01", "c01t01")
    desk.choose("today")
    desk.choose(how=how)
    assert (desk.state.scope.id, desk.state.scope.count) == (scope, count)
    assert desk.start()
    desk.choose(how=How.MIXED)
    assert (desk.state.scope.id, desk.state.scope.count) == ("today", 2), "it comes back"


def test_when_todays_work_is_done_everything_stands_in_for_it_until_there_is_more(desk):
    desk.planner.give("c01q01")
    assert desk.state.scope.id == "today"
    desk.planner.give()
    assert (desk.state.scope.id, desk.state.length) == ("everything", 10)
    assert desk.state.plan.today == "Today’s work is done. Anything more is extra."
    desk.planner.give("c01q02", "c01q03")
    assert (desk.state.scope.id, desk.state.length) == ("today", 0)


def test_another_scope_that_was_chosen_holds_whatever_todays_work_is(desk):
    desk.choose("weakest")
    desk.planner.give("c01q01")
    desk.choose(how=How.TYPED)
    assert (desk.state.scope.id, desk.state.can_start) == ("weakest", False)


@pytest.mark.parametrize("scope", ["today", "due", "weakest"])
def test_an_empty_scope_cannot_start(desk, scope):
    desk.choose(scope)
    assert (desk.state.scope.id, desk.state.can_start, desk.state.amount) == (scope, False, "")
    desk.choosing.start()
    assert desk.sessions == []


# How many


@pytest.mark.parametrize(("scope", "length"), [("today", 0), ("everything", 10), ("due", 10)])
def test_all_of_todays_work_but_ten_elsewhere_until_the_pupil_chooses(desk, scope, length):
    desk.planner.give(*(question.id for card in DECK.cards[:3] for question in card.questions))
    assert desk.choose(scope).length == length
    for chosen in (5, 20, 0):
        assert desk.choose(scope, length=chosen).length == chosen
    for other in ("today", "everything", "weakest", "today"):
        desk.choose(other, length=5)
        assert desk.choose(other).length == 5


def test_a_session_is_as_long_as_was_chosen(desk):
    ids = [question.id for card in DECK.cards[:3] for question in card.questions]
    desk.planner.give(*ids)
    desk.choose("today", How.MULTIPLE_CHOICE)
    assert len(desk.start()) == len(ids)
    desk.choose("everything")
    assert len(desk.start()) == 10
    desk.choose(length=5)
    assert len(desk.start()) == 5
    desk.choose(length=-7)
    assert len(desk.start()) == desk.counts["everything"]


@pytest.mark.parametrize(
    ("how", "scope", "length", "amount"),
    [
        (How.TYPED, "everything", 5, "5 questions, about 2 minutes."),
        (How.SPEED, "everything", 10, "10 questions, about 2 minutes."),
        (How.BLURT, "everything", 5, "5 cards, about 20 minutes."),
        (How.BLURT, "everything", 0, "20 cards, about 80 minutes."),
        (How.ORDER, "everything", 5, "5 sets, about 5 minutes."),
        (How.MATCH, "everything", 5, "5 sets, about 8 minutes."),
        (How.MATCH, "everything", 0, "31 sets, about 46 minutes."),
        (How.EXAM, "everything", 5, "5 questions. Each shows its own time."),
        (How.TYPED, CARD.id, 0, "10 questions, about 5 minutes."),
    ],
)
def test_the_amount_is_what_start_asks(desk, how, scope, length, amount):
    desk.choosing.choose_card(CARD.id)
    assert desk.choose(scope, how, length).amount == amount
    assert len(desk.start()) == int(amount.split()[0])


# Match and times


@pytest.mark.parametrize(("length", "sets"), [(5, 5), (10, 10), (0, 31)])
def test_match_sets_are_of_every_kind_in_turns(desk, length, sets):
    desk.choose("everything", How.MATCH, length)
    assert desk.counts["everything"] == 31
    tasks = desk.start()
    assert len(tasks) == sets
    assert {task.way for task in tasks} == {Way.MATCH}
    assert len({task.subject_id for task in tasks[:3]}) == 3


@pytest.mark.parametrize("length", [5, 10, 20, 0])
@pytest.mark.parametrize("how", [How.MATCH, How.ORDER])
def test_of_the_timeline_as_many_sets_are_asked_as_it_says_there_are(desk, how, length):
    events = frozenset(event.id for event in DECK.timeline)
    ids = frozenset(one.id for card in DECK.cards for one in card.order_sets)
    desk.choosing.choose_picked(
        Picked("Timeline", ids, kind=MatchKind.EVENTS, matched=events if how is How.MATCH else ids)
    )
    state = desk.choose(how=how, length=length)
    tasks = desk.start()
    assert len(tasks) == min(length or state.scope.count, state.scope.count)
    assert state.amount.split()[0] == str(len(tasks))
    if how is How.MATCH:
        assert {task.subject_id for task in tasks} == {"match-events"}


def test_match_sets_of_a_topic_are_of_its_cards(desk):
    topic = max(DECK.topics, key=lambda topic: len(topic.cards))
    desk.choose(topic.id, How.MATCH, 0)
    tasks = desk.start()
    assert len(tasks) == desk.state.scope.count
    cards = {card.id for card in topic.cards}
    assert {pair.card_id for task in tasks for pair in task.body.pairs} <= cards


@pytest.mark.parametrize("how", [How.EXAM, How.SPEED])
@pytest.mark.parametrize(("extra", "factor"), [("quarter", 1.25), ("half", 1.5), ("untimed", 0)])
def test_extra_time_is_remembered_and_stretches_timed_questions(desk, how, extra, factor):
    desk.choose("everything", how, 0)
    usual = {task.subject_id: task.seconds for task in desk.start()}
    assert min(usual.values()) > 0
    desk.choosing.choose_extra_time(extra)
    assert (desk.settings.settings.extra_time, desk.state.extra_time) == (extra, extra)
    for task in desk.start():
        assert task.seconds == pytest.approx(usual[task.subject_id] * factor, abs=1.3)
        assert bool(task.seconds) == bool(factor)


@pytest.mark.parametrize("how", [How.MIXED, How.TYPED, How.BLURT, How.ORDER, How.MATCH])
def test_other_questions_have_no_limit_whatever_the_extra_time(desk, how):
    desk.choosing.choose_extra_time("half")
    desk.choose("everything", how)
    assert {task.seconds for task in desk.start()} == {0}


def test_extra_time_of_an_earlier_run_holds(qapp, tmp_path):
    desk = Desk(tmp_path, extra_time="untimed")
    assert desk.state.extra_time == "untimed"
    desk.choose("everything", How.SPEED)
    assert {task.seconds for task in desk.start()} == {0}


# What was left, and the plan


def left_session():
    asked = [Asked(CARD, question) for question in CARD.questions[:3]]
    tasks = tuple(make_task(one, Way.TYPED, random.Random(1)) for one in asked)
    return SavedSession("id-1", SelfTest(tasks))


def test_what_is_shown_of_a_test_that_was_left(qapp, tmp_path):
    desk = Desk(tmp_path, is_shown=False)
    desk.file.save(left_session())
    assert desk.state.left == ""
    desk.choosing.show(True)
    assert desk.state.left == "0 answered, 3 to go"
    desk.choosing.show(False)
    desk.file.clear()
    desk.choosing.show(True)
    assert desk.state.left == "", "looked up when the choices come into view"


def test_of_a_test_of_questions_that_are_gone_nothing_is_shown(qapp, tmp_path):
    SessionFile(tmp_path, InlineJobs()).save(left_session())
    assert Desk(tmp_path, make_deck()).state.left == ""


def expectation(now, followed, seen=5):
    return Expectation(now, followed, 0.1, seen, 300, ())


def test_the_plan_is_told_in_words(desk):
    assert desk.state.plan.headline == ""
    desk.planner.give("c01q01")
    assert desk.state.plan.headline == NO_DATE
    day = desk.planner.plan.day
    told = Plan(date(2026, 12, 4), 10, 10, day, expectation(0.31, 0.78))
    desk.planner.plan = told
    desk.planner.plan_changed.emit(told)
    view = desk.state.plan
    assert (view.headline, view.now, view.if_followed) == (
        "Exam in 10 days",
        "about 30 %",
        "about 80 %",
    )
    assert view.today == "Today: 1 question, about 1 minute"


@pytest.mark.parametrize(
    ("days", "headline"), [(0, "Exam today"), (1, "Exam tomorrow"), (2, "Exam in 2 days")]
)
def test_the_exam_is_near(desk, days, headline):
    plan = replace(desk.planner.plan, exam=date(2026, 12, 4), days=days)
    plan = replace(plan, day=DayPlan((), 0.0, "rest"), expectation=expectation(0.0, 0.0))
    desk.planner.plan = plan
    desk.planner.plan_changed.emit(plan)
    assert desk.state.plan.headline == headline
    assert desk.state.plan.if_followed == "under 5 %"


# Out of view, and small decks


def test_nothing_is_counted_while_the_choices_are_out_of_view(qapp, tmp_path):
    desk = Desk(tmp_path, is_shown=False)
    (tmp_path / "self-test.json").write_text("never read", encoding="utf-8")
    desk.reviews.looks = 0
    desk.planner.give("c01q01")
    desk.settings.change(theme="cream")
    desk.reviews.study_changed.emit(None, None)
    assert (desk.reviews.looks, desk.states) == (0, [])
    desk.choosing.show(True)
    assert desk.reviews.looks > 0
    desk.choosing.show(False)
    looks, states = desk.reviews.looks, len(desk.states)
    desk.planner.give("c01q01", "c01q02")
    desk.reviews.study_changed.emit(None, None)
    assert (desk.reviews.looks, len(desk.states)) == (looks, states)
    desk.choosing.show(True)
    assert desk.counts["today"] == 2


def test_nothing_new_is_not_told(desk):
    desk.states.clear()
    desk.choosing.refresh()
    desk.choosing.show(True)
    desk.settings.change(theme="cream")
    assert desk.states == []


@pytest.mark.parametrize(
    ("how", "count"),
    [
        (How.MIXED, 3),
        (How.MULTIPLE_CHOICE, 3),
        (How.TYPED, 3),
        (How.SPEED, 3),
        (How.BLURT, 3),
        (How.ORDER, 0),
        (How.EXAM, 0),
        (How.TRUE_FALSE, 0),
        (How.MATCH, 0),
    ],
)
def test_a_deck_with_questions_alone(qapp, tmp_path, how, count):
    desk = Desk(tmp_path, make_deck())
    desk.choose("everything", how)
    assert desk.counts["everything"] == count
    assert desk.state.can_start == bool(count)
    desk.choosing.start()
    assert [len(tasks) for tasks in desk.sessions] == ([count] if count else [])


@pytest.mark.parametrize("scope", ["second", "card-3"])
def test_a_topic_or_card_with_one_question_alone(qapp, tmp_path, scope):
    desk = Desk(tmp_path, make_deck())
    desk.choosing.choose_card("card-3")
    desk.choose(scope, length=20)
    assert (desk.state.scope.count, desk.state.amount) == (1, "1 question, about 1 minute.")
    assert [task.subject_id for task in desk.start()] == ["c03q01"]


def test_a_topic_without_questions_cannot_start(qapp, tmp_path):
    bare = rewritten(make_card(9), questions=())
    deck = Deck("d", "D", "14-16", "CC0", (), (Topic("bare", "Bare", "", (bare,)),))
    desk = Desk(tmp_path, deck)
    for how in HOWS:
        desk.choose("bare", how)
        assert desk.state.can_start == (how is How.BLURT)
        if how is not How.BLURT:
            desk.choosing.start()
    assert desk.sessions == []


ACTS = st.one_of(
    st.tuples(st.just("choose_how"), st.sampled_from(HOWS)),
    st.tuples(
        st.just("choose_scope"), st.sampled_from([*STEADY, DECK.topics[0].id, CARD.id, "nowhere"])
    ),
    st.tuples(st.just("choose_card"), st.sampled_from([CARD.id, DECK.cards[7].id, "nobody"])),
    st.tuples(st.just("choose_length"), st.sampled_from([5, 10, 20, 0, -1])),
    st.tuples(st.just("show"), st.booleans()),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=8))
def test_whatever_is_chosen_start_asks_if_it_can(qapp, tmp_path, acts):
    desk = Desk(tmp_path)
    desk.planner.give("c01q01", "c02t01")
    for name, value in acts:
        getattr(desk.choosing, name)(value)
        state = desk.state
        assert state.scope in state.scopes
        assert bool(state.amount) == state.can_start
    desk.choosing.start()
    assert len(desk.sessions) == desk.state.can_start


def test_a_clock_that_is_set_back_or_forward_still_counts(desk):
    desk.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    for step in (timedelta(days=-7), timedelta(days=400)):
        desk.now.at += step
        desk.choosing.refresh()
        assert (desk.counts["weakest"], desk.counts["due"]) == (1, 1)
        desk.choose("due", How.MIXED)
        assert [task.subject_id for task in desk.start()] == ["c01q01"]


def test_a_session_of_something_else_leaves_what_is_chosen(desk):
    chosen = desk.choose("due", How.TYPED, 20)
    desk.choosing.start_with("everything", How.MULTIPLE_CHOICE, 5)
    assert len(desk.sessions[-1]) == 5
    assert all(isinstance(task.body, Choosing) for task in desk.sessions[-1])
    assert desk.state == chosen
    desk.choosing.start_with("no such scope", How.MIXED, 5)
    assert len(desk.sessions) == 1
