import random

import pytest

from fakes import CountingIds, FakeClock
from fakes_study import FakeReviews, make_deck
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test import How
from stalin_study.presenters.self_test import SelfTestPresenter


class Desk:
    def __init__(self):
        self.now = FakeClock()
        self.reviews = FakeReviews(self.now)
        self.test = SelfTestPresenter(
            make_deck(), self.reviews, self.now, random.Random(3), CountingIds()
        )
        self.states = []
        self.test.state_changed.connect(self.states.append)

    @property
    def state(self):
        return self.test.state

    def right_answer(self):
        return make_deck().questions_by_id[self.state.question_id][1].answer

    def answer_rightly(self):
        if self.state.choices:
            self.test.choose(self.state.choices.index(self.right_answer()))
        else:
            self.test.submit(self.right_answer())


@pytest.fixture
def desk():
    return Desk()


def test_it_offers_everything_what_is_due_the_weakest_and_each_topic(desk):
    found = [(scope.id, scope.count) for scope in desk.state.scopes]
    assert found == [("everything", 3), ("due", 0), ("weakest", 0), ("first", 2), ("second", 1)]
    assert desk.state.can_start


def test_an_empty_scope_does_not_start(desk):
    desk.test.choose_scope("due")
    assert not desk.state.can_start
    desk.test.start()
    assert desk.state.phase == "choosing"


def test_an_unknown_scope_or_card_changes_nothing(desk):
    desk.test.choose_scope("nowhere")
    desk.test.choose_card("nowhere")
    assert desk.states == []


def test_a_whole_session_by_choice(desk):
    desk.test.choose_how(How.MULTIPLE_CHOICE)
    desk.test.choose_length(2)
    desk.test.start()
    assert (desk.state.phase, desk.state.number, desk.state.total) == ("asking", 1, 2)
    desk.now.advance(seconds=7)
    desk.answer_rightly()
    assert (desk.state.phase, desk.state.verdict) == ("answered", Verdict.CORRECT)
    assert desk.state.because == "Because it says so."
    assert desk.state.point.text.startswith("Fact 1")
    assert desk.state.saving == "saved"
    desk.test.advance()
    desk.answer_rightly()
    desk.test.advance()
    assert desk.state.phase == "finished"
    assert (desk.state.summary.right, desk.state.summary.total) == (2, 2)
    [first, second] = desk.reviews.entries
    assert (first.way, first.rating, first.took_ms) == (Way.MULTIPLE_CHOICE, Rating.HARD, 7000)
    assert first.session_id == second.session_id == "id-0001"


def test_typed_answers_are_marked_and_logged_with_what_was_typed(desk):
    desk.test.choose_how(How.TYPED)
    desk.test.start()
    desk.test.submit("1999")
    assert desk.state.verdict is Verdict.WRONG
    assert desk.state.expected == desk.right_answer()
    [entry] = desk.reviews.entries
    assert (entry.answer, entry.verdict, entry.rating) == ("1999", Verdict.WRONG, Rating.AGAIN)


def test_an_empty_answer_asks_for_words_and_is_not_recorded(desk):
    desk.test.choose_how(How.TYPED)
    desk.test.start()
    desk.test.submit("   ")
    assert desk.state.phase == "asking"
    assert desk.state.why == "Type an answer, or choose “I don’t know”."
    assert desk.reviews.entries == []


def test_i_dont_know_is_wrong_and_comes_back(desk):
    desk.test.start()
    missed = desk.state.question_id
    desk.test.give_up()
    assert desk.state.verdict is Verdict.WRONG
    desk.test.advance()
    while desk.state.question_id != missed:
        desk.answer_rightly()
        desk.test.advance()
    assert desk.state.is_repeat


def test_counting_as_right_takes_the_first_record_back(desk):
    desk.test.choose_how(How.TYPED)
    desk.test.start()
    desk.test.submit("the year after 1920 and a bit")
    desk.test.count_as_right()
    assert desk.state.verdict is Verdict.CORRECT
    assert [entry.rating for entry in desk.reviews.undone] == [Rating.AGAIN]
    assert [entry.rating for entry in desk.reviews.entries] == [Rating.GOOD]


def test_mistakes_can_be_tried_again(desk):
    desk.test.start()
    missed = desk.state.question_id
    desk.test.give_up()
    desk.test.stop()
    [mistake] = desk.state.summary.mistakes
    assert (mistake.question_id, mistake.given) == (missed, "")
    desk.test.retry_mistakes()
    assert (desk.state.phase, desk.state.question_id, desk.state.total) == ("asking", missed, 1)


def test_a_new_session_keeps_what_was_chosen(desk):
    desk.test.choose_scope("second")
    desk.test.choose_length(5)
    desk.test.start()
    desk.test.stop()
    desk.test.new_session()
    assert (desk.state.phase, desk.state.scope.id, desk.state.length) == ("choosing", "second", 5)


def test_saving_shows_when_the_answer_is_on_disk(desk):
    desk.reviews.saves_at_once = False
    desk.test.start()
    desk.answer_rightly()
    assert desk.state.saving == "saving"
    desk.reviews.save(desk.reviews.entries[0])
    assert desk.state.saving == "saved"


def test_a_failure_to_save_is_said(desk):
    desk.reviews.saves_at_once = False
    desk.test.start()
    desk.answer_rightly()
    desk.reviews.problem = "No room."
    desk.reviews.saving_failed.emit("No room.")
    assert desk.state.saving == "failed"


def test_a_card_can_be_tested_by_itself(desk):
    desk.test.choose_card("card-2")
    assert (desk.state.scope.id, desk.state.scope.count) == ("card-2", 1)
    desk.test.start()
    assert desk.state.question_id == "c02q01"


def test_verbs_out_of_their_phase_do_nothing(desk):
    desk.test.submit("1921")
    desk.test.choose(0)
    desk.test.give_up()
    desk.test.advance()
    desk.test.count_as_right()
    desk.test.retry_mistakes()
    desk.test.stop()
    desk.test.new_session()
    assert desk.states == []
    assert desk.reviews.entries == []


def test_what_is_read_aloud_gives_nothing_away_before_the_answer(desk):
    assert desk.test.spoken_blocks == ()
    desk.test.choose_how(How.TYPED)
    desk.test.start()
    assert [block.key for block in desk.test.spoken_blocks] == ["prompt"]
    desk.answer_rightly()
    assert [block.key for block in desk.test.spoken_blocks] == ["prompt", "expected", "because"]
