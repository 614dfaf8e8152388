"""The hands-free test: what is asked, when the pupil may rate, and what is recorded."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import FakeClock
from fakes_speech import FakePlayer, FakeSpeech
from fakes_study import FakeReviews, FakeSettings, make_deck, rewritten
from stalin_study.domain.card import TrueFalse
from stalin_study.domain.card_text import prompt_blocks
from stalin_study.domain.memory import review
from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.listening.hands_free import HandsFreePresenter
from stalin_study.presenters.listening.hands_free_state import (
    COUNTED,
    TAKEN_BACK,
    QuestionScope,
)
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.questions import question_count, question_queue
from stalin_study.presenters.self_test.state import WAY_NAMES

MOST_STEPS = 50  # of a question, by far
QUESTIONS = ["c01q01", "c02q01", "c03q01"]


class Asking:
    """A test of three questions, one a card, with a voice and a player that wait for the test."""

    def __init__(self, **settings) -> None:
        self.now = FakeClock()
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.reviews = FakeReviews(self.now)
        self.settings = FakeSettings(**settings)
        self.listening = ListeningPresenter(self.speech, self.player, self.now)
        self.hands_free = HandsFreePresenter(
            make_deck(), self.reviews, self.settings, self.listening, self.now
        )

    @property
    def state(self):
        return self.hands_free.state

    @property
    def keys(self):
        return [block.key for block in self.state.blocks]

    @property
    def rated(self):
        return [(entry.subject_id, entry.rating) for entry in self.reviews.entries]

    def to_thinking(self):
        """Hear a question to its end."""
        self.until("thinking")
        return self

    def to_answer(self):
        """Have thought, and hear the first sentence of the answer."""
        self.to_thinking()
        self.hands_free.toggle()
        self.speech.answer_all()
        return self

    def to_next(self):
        """Hear on until another question begins, or the end."""
        number = self.state.number
        self._step_until(lambda: self.state.number != number or not self.state.is_going_on)

    def until(self, stage):
        self._step_until(lambda: self.state.stage == stage)

    def _step_until(self, is_reached):
        for _ in range(MOST_STEPS):
            if is_reached():
                return
            self.step()
        pytest.fail(f"never reached, but {self.state}")

    def step(self):
        """Hear the sentence, or the rest, to its end."""
        self.speech.answer_all()
        self.player.end()


@pytest.fixture
def asking(qapp):
    made = Asking()
    made.hands_free.start("deck")
    return made


def test_it_asks_gives_time_to_think_and_answers(asking):
    state = asking.state
    assert (state.stage, state.number, state.total) == ("asking", 1, 3)
    assert (state.title, asking.keys) == ("Card number 1", ["question"])
    asking.to_thinking()
    assert (asking.state.thinking_s, asking.state.thinking_left_s) == (6, 6)
    assert (asking.player.rests[-1], asking.keys) == (6000, ["question"])
    asking.step()
    assert asking.state.stage == "answering"
    assert asking.keys == ["question", "answer", "because", "point"]
    assert asking.state.sentence.block == "answer"
    asking.to_next()
    assert (asking.state.stage, asking.state.title) == ("asking", "Card number 2")
    assert (asking.keys, asking.rated) == (["question"], [])


def test_the_time_to_think_is_counted_down(asking):
    asking.to_thinking()
    asking.player.position_changed.emit(2500)
    assert asking.state.thinking_left_s == 4


def test_without_a_time_it_waits_for_the_pupil(qapp):
    asking = Asking(thinking_s=0)
    asking.hands_free.start("deck")
    asking.to_thinking()
    assert (asking.state.thinking_s, asking.state.thinking_left_s) == (0, None)
    asking.hands_free.toggle()
    assert asking.state.stage == "answering"


@pytest.mark.parametrize(
    ("press", "rating"), [("knew", Rating.GOOD), ("not_yet", Rating.AGAIN)], ids=["knew", "not yet"]
)
def test_a_rating_while_thinking_is_recorded_and_goes_on_to_the_answer(asking, press, rating):
    asking.to_thinking()
    asking.now.advance(seconds=2.5)
    getattr(asking.hands_free, press)()
    [entry] = asking.reviews.entries
    assert (entry.subject_id, entry.way, entry.rating) == ("c01q01", Way.HANDS_FREE, rating)
    assert entry.took_ms == 2500
    assert (asking.state.stage, asking.state.message) == ("answering", COUNTED[rating])
    assert (asking.state.rating, asking.state.may_rate) == (rating, False)


def test_a_rating_during_the_answer_leaves_the_answer_alone(asking):
    asking.to_answer()
    sentence = asking.state.sentence
    asking.hands_free.not_yet()
    assert (asking.state.sentence, asking.state.not_yet) == (sentence, 1)


def test_a_question_is_rated_once(asking):
    asking.to_answer()
    for press in (asking.hands_free.knew, asking.hands_free.not_yet, asking.hands_free.knew):
        press()
    assert asking.rated == [("c01q01", Rating.GOOD)]


def test_before_the_pupil_could_think_nothing_is_rated(asking):
    asking.hands_free.knew()
    asking.to_answer()
    asking.to_next()
    asking.hands_free.not_yet()
    assert (asking.rated, asking.state.message) == ([], "")


def test_going_back_to_a_question_does_not_rate_it_before_it_was_thought_about(asking):
    asking.to_answer()
    asking.to_next()
    asking.listening.previous_track()
    assert (asking.state.number, asking.state.may_rate) == (1, False)
    asking.to_thinking()
    assert asking.state.may_rate


def test_the_question_heard_again_hides_its_answer(asking):
    asking.to_answer()
    asking.listening.previous_sentence()
    assert (asking.state.stage, asking.keys) == ("asking", ["question"])


def test_a_long_absence_counts_as_a_minute(asking):
    asking.to_thinking()
    asking.now.advance(hours=2)
    asking.hands_free.knew()
    assert asking.reviews.entries[0].took_ms == 60_000


def test_a_clock_set_back_counts_as_no_time(asking):
    asking.to_thinking()
    asking.now.advance(hours=-1)
    asking.hands_free.knew()
    assert asking.reviews.entries[0].took_ms == 0


def test_a_pause_while_thinking_keeps_the_question_and_may_be_rated(asking):
    asking.to_thinking()
    asking.listening.pause()
    assert (asking.state.stage, asking.state.is_paused) == ("thinking", True)
    asking.hands_free.knew()
    assert (asking.rated, asking.state.is_paused) == ([("c01q01", Rating.GOOD)], True)


def test_a_voice_that_fails_says_why_until_it_goes_on(asking):
    asking.to_answer()
    asking.hands_free.knew()
    asking.player.failed.emit("There is no sound here.")
    assert (asking.state.is_paused, asking.state.message) == (True, "There is no sound here.")
    asking.hands_free.toggle()
    asking.speech.answer_all()
    assert (asking.state.is_paused, asking.state.message) == (False, COUNTED[Rating.GOOD])


def test_every_way_of_a_review_has_a_name():
    assert set(WAY_NAMES) == set(Way)


def test_the_last_rating_can_be_taken_back_and_given_anew(asking):
    asking.to_answer()
    asking.hands_free.not_yet()
    assert asking.state.may_undo
    asking.hands_free.undo()
    assert (asking.rated, asking.state.message) == ([], TAKEN_BACK)
    assert (asking.state.not_yet, asking.state.may_undo, asking.state.may_rate) == (0, False, True)
    asking.hands_free.knew()
    assert asking.rated == [("c01q01", Rating.GOOD)]


def test_a_rating_of_a_question_before_can_be_taken_back(asking):
    asking.to_answer()
    asking.hands_free.knew()
    asking.to_next()
    asking.hands_free.undo()
    assert (asking.rated, asking.state.number, asking.state.may_rate) == ([], 2, False)


def test_nothing_to_take_back_does_nothing(asking):
    asking.hands_free.undo()
    assert (asking.reviews.undone, asking.state.message) == ([], "")


def test_the_end_sums_up(asking):
    asking.to_answer()
    asking.hands_free.knew()
    asking.to_next()
    asking.to_answer()
    asking.hands_free.not_yet()
    asking.to_next()
    asking.to_thinking()
    asking.to_next()
    assert asking.state.stage == "finished"
    assert asking.state.message == "3 questions: 1 known, 1 not yet, 1 not rated."
    assert (asking.state.known, asking.state.not_yet, asking.state.asked) == (1, 1, 3)


def test_a_rating_can_be_taken_back_after_the_end(asking):
    asking.to_answer()
    asking.hands_free.knew()
    asking.hands_free.stop()
    asking.hands_free.undo()
    assert asking.state.message == "Taken back. 1 question: 0 known, 0 not yet, 1 not rated."


def test_a_skipped_question_does_not_count(asking):
    asking.hands_free.skip()
    assert (asking.state.number, asking.state.asked) == (2, 0)


def test_skipping_the_last_question_ends_the_test(asking):
    for _ in range(3):
        asking.hands_free.skip()
    assert (asking.state.stage, asking.listening.state.phase) == ("finished", "idle")
    assert asking.state.message == "0 questions: 0 known, 0 not yet, 0 not rated."


def test_stop_ends_it_and_a_new_one_begins_at_nothing(asking):
    asking.to_answer()
    asking.hands_free.knew()
    asking.hands_free.stop()
    assert asking.state.message == "1 question: 1 known, 0 not yet, 0 not rated."
    asking.hands_free.start()
    state = asking.state
    assert (state.stage, state.known, state.asked, state.may_undo) == ("asking", 0, 0, False)


def test_it_ends_when_something_else_is_read(asking):
    asking.to_thinking()
    asking.listening.read("card-2", "Card number 2", prompt_blocks(make_deck().cards[1]))
    assert asking.state.stage == "finished"
    asking.hands_free.knew()
    assert asking.rated == []


def test_play_after_the_end_asks_the_same_once_more(asking):
    asking.to_answer()
    asking.hands_free.knew()
    for _ in range(3):
        asking.to_next()
    assert asking.state.stage == "finished"
    asking.listening.toggle()
    assert (asking.state.stage, asking.state.number, asking.state.known) == ("asking", 1, 0)


def test_it_goes_through_once_whatever_was_repeated_before(qapp):
    asking = Asking()
    asking.listening.set_repeat("track")
    asking.hands_free.start("card:card-2")
    asking.to_thinking()
    asking.to_next()
    assert (asking.state.stage, asking.state.asked) == ("finished", 1)


def test_another_thinking_time_is_remembered_and_holds_for_what_comes(qapp):
    asking = Asking()
    asking.hands_free.set_thinking(10)
    assert (asking.settings.settings.thinking_s, asking.state.chosen_thinking_s) == (10, 10)
    asking.hands_free.start("deck")
    asking.to_thinking()
    assert asking.player.rests[-1] == 10_000
    asking.hands_free.set_thinking(3)
    assert asking.state.thinking_s == 10
    for _ in range(2):  # the one before the last may have been made ready already
        asking.to_next()
    asking.to_thinking()
    assert (asking.state.thinking_s, asking.player.rests[-1]) == (3, 3000)


@pytest.mark.parametrize("seconds", [-1, 61, 3600])
def test_a_thinking_time_that_cannot_be_is_not_taken(asking, seconds):
    asking.hands_free.set_thinking(seconds)
    assert asking.settings.settings.thinking_s == 6


# What is asked


def test_due_comes_first_then_new_in_the_decks_order_then_the_rest_weakest_first():
    now, deck = FakeClock(), make_deck()
    card = with_statements(deck.cards[2])
    deck = with_cards(deck, (*deck.cards[:2], card))
    long_ago = now() - timedelta(days=30)
    states = {
        "c02q01": review(None, "c02q01", Rating.AGAIN, long_ago),
        "c03t01": review(None, "c03t01", Rating.EASY, now() - timedelta(days=3)),
        "c03t02": review(None, "c03t02", Rating.EASY, now() - timedelta(days=1)),
    }
    queue = question_queue(deck, "deck", states, now())
    assert [one.id for one in queue] == ["c02q01", "c01q01", "c03q01", "c03t01", "c03t02"]
    assert [one.id for one in question_queue(deck, "due", states, now())] == ["c02q01"]
    assert [one.id for one in question_queue(deck, "topic:first", states, now())] == [
        "c02q01",
        "c01q01",
    ]


def with_statements(card):
    statements = tuple(
        TrueFalse(f"c03t{number:02d}", "It rained.", True, "It did.", card.points[0].id)
        for number in (1, 2)
    )
    return rewritten(card, true_false=statements)


def with_cards(deck, cards):
    first, second = deck.topics
    topics = (
        msgspec.structs.replace(first, cards=cards[:2]),
        msgspec.structs.replace(second, cards=cards[2:]),
    )
    return msgspec.structs.replace(deck, topics=topics)


@given(
    st.dictionaries(
        st.sampled_from(QUESTIONS), st.tuples(st.sampled_from(Rating), st.integers(0, 200))
    ),
    st.sampled_from(["deck", "topic:first", "topic:second", "card:card-3", "due", "terms", "gone"]),
)
def test_a_queue_holds_each_question_once_and_is_as_long_as_was_told(known, scope):
    deck, at = make_deck(), FakeClock()()
    states = {
        subject: review(None, subject, rating, at - timedelta(days=days))
        for subject, (rating, days) in known.items()
    }
    queue = [one.id for one in question_queue(deck, scope, states, at)]
    assert len(queue) == len(set(queue)) == question_count(deck, scope, states, at)
    assert set(queue) <= set(states if scope == "due" else QUESTIONS)


def test_the_scopes_say_how_many_questions_they_hold(qapp):
    asking = Asking()
    counts = {one.id: one.count for one in asking.state.scopes}
    assert counts == {"deck": 3, "due": 0, "topic:first": 2, "topic:second": 1}
    asking.hands_free.choose_scope("due")
    assert not asking.state.may_start
    asking.hands_free.start()
    assert asking.state.stage == "choosing"
    asking.reviews.record("c01q01", Way.TYPED, Rating.AGAIN)
    asking.now.advance(days=1)
    asking.reviews.record("c02q01", Way.TYPED, Rating.AGAIN)
    assert {one.id: one.count for one in asking.state.scopes}["due"] == 1
    assert asking.state.may_start


def test_a_card_can_be_asked_about(qapp):
    asking = Asking()
    asking.hands_free.offer_card("card-2")
    assert asking.state.scopes[0] == QuestionScope("card:card-2", "Card: Card number 2", 1)
    assert asking.state.scope == "deck"
    asking.hands_free.choose_scope("card:card-2")
    asking.hands_free.offer_card("card-3")
    assert asking.state.scope == "deck"
    asking.hands_free.offer_card("card-2")
    asking.hands_free.choose_scope("card:card-2")
    asking.hands_free.start()
    asking.hands_free.offer_card("card-3")
    assert asking.state.is_going_on
    assert (asking.state.title, asking.state.total) == ("Card number 2", 1)


def test_what_is_not_there_cannot_be_chosen(qapp):
    asking = Asking()
    before = asking.state
    asking.hands_free.choose_scope("topic:gone")
    asking.hands_free.offer_card("gone")
    assert asking.state == before
