"""A session on the Self-test page, through its presenter."""

from __future__ import annotations

import random

import pytest

from fakes import CountingIds, FakeClock, InlineJobs
from fakes_study import FakeReviews, FakeSettings
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test.choosing import Asked
from stalin_study.domain.self_test.making import make_task
from stalin_study.domain.self_test.tasks import Answer, Choosing, Matching, Pair, Task
from stalin_study.paths import find_paths
from stalin_study.presenters.self_test.keeping import Keeping
from stalin_study.presenters.self_test.session import SelfTestPresenter
from stalin_study.presenters.self_test.spoken import spoken_blocks
from stalin_study.services.library import load_deck
from stalin_study.services.session_file import SessionFile

DECK = load_deck(find_paths().deck).deck


def task_of(subject_id, way, factor=1.0):
    card, subject = DECK.subjects_by_id[subject_id]
    return make_task(Asked(card, subject), way, random.Random(1), factor)


TYPED = task_of("c01q01", Way.TYPED)
GAP = task_of("c01q08", Way.GAP)
CHOICE = task_of("c01q06", Way.MULTIPLE_CHOICE)
TRUE_FALSE = task_of("c01t01", Way.TRUE_FALSE)
ORDER = task_of("c01o1", Way.ORDER)
BLURT = task_of("rivals-mistakes", Way.BLURT)
EXAM = task_of("c01e1", Way.EXAM)
SPEED = task_of("c01t02", Way.SPEED)
MATCH = Task(
    Way.MATCH,
    "match-people",
    "rivals-mistakes",
    "Match.",
    Matching(
        tuple(Pair(f"l{n}", f"r{n}", "rivals-mistakes", f"c01q0{n + 1}") for n in range(4)),
        (1, 0, 3, 2),
    ),
)


class Desk:
    """A presenter with fakes around it; `again()` is the next start of the app."""

    def __init__(self, folder):
        self.folder = folder
        self.now = FakeClock()
        self.reviews = FakeReviews(self.now)
        self.settings = FakeSettings()
        self.jobs = InlineJobs()
        self.test = self.again()

    def again(self):
        keeping = Keeping(DECK, SessionFile(self.folder, self.jobs))
        self.test = SelfTestPresenter(
            DECK,
            self.reviews,
            self.settings,
            keeping,
            self.now,
            lambda: self.now().timestamp(),
            random.Random(3),
            CountingIds(),
        )
        return self.test

    @property
    def state(self):
        return self.test.state

    @property
    def ratings(self):
        return [entry.rating for entry in self.reviews.entries]

    def begin(self, *tasks):
        self.test.begin(tasks)

    def type(self, text):
        self.test.submit(Answer(text=text))


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(tmp_path)
    yield made
    made.test.countdown.stop()


def test_a_typed_answer_is_marked_recorded_and_shows_its_point(desk):
    desk.begin(TYPED, CHOICE)
    assert (desk.state.phase, desk.state.number, desk.state.total) == ("asking", 1, 2)
    desk.now.advance(seconds=7)
    desk.type("troika")
    state = desk.state
    assert (state.phase, state.headline, state.saving) == ("answered", "Right", "saved")
    assert state.point.text.startswith("From 1923 to 1925")
    [entry] = desk.reviews.entries
    assert (entry.way, entry.rating, entry.took_ms) == (Way.TYPED, Rating.GOOD, 7000)
    assert (entry.answer, entry.verdict, entry.session_id) == ("troika", Verdict.CORRECT, "id-0001")


def test_an_empty_answer_asks_for_words_and_is_not_recorded(desk):
    desk.begin(TYPED)
    desk.type("   ")
    assert desk.state.phase == "asking"
    assert desk.state.hint == "Type an answer, or choose “I don’t know”."
    assert desk.reviews.entries == []


def test_close_counts_once_it_is_typed_again_as_it_is_spelt(desk):
    desk.begin(TYPED)
    desk.type("trioka")
    assert (desk.state.phase, desk.state.headline) == ("retyping", "Nearly")
    assert "Troika" in desk.state.outcome.why
    assert desk.ratings == [Rating.HARD]
    desk.type("trioka")
    assert (desk.state.phase, bool(desk.state.hint)) == ("retyping", True)
    desk.type("Troika")
    assert desk.state.phase == "answered"
    desk.test.advance()
    assert desk.state.phase == "finished"
    assert (desk.state.summary.right, desk.state.summary.close) == (1, 1)
    assert desk.ratings == [Rating.HARD], "typing it once more is no review"


def test_close_that_is_left_comes_back(desk):
    desk.begin(TYPED)
    desk.type("trioka")
    desk.test.advance()
    assert desk.state.phase == "asking"
    assert desk.state.task.is_repeat


def test_i_dont_know_is_wrong_and_comes_back_until_it_is_right(desk):
    desk.begin(CHOICE, TYPED)
    desk.test.give_up()
    assert desk.state.outcome.verdict is Verdict.WRONG
    desk.test.advance()
    desk.type("troika")
    desk.test.advance()
    assert desk.state.task.subject_id == CHOICE.subject_id
    assert desk.state.task.is_repeat
    desk.test.choose(desk.state.task.body.choices.index("1927"))
    desk.test.advance()
    assert desk.state.phase == "finished"
    assert [mistake.is_settled for mistake in desk.state.summary.mistakes] == [True]


def test_counting_as_right_takes_the_first_record_back(desk):
    desk.begin(TYPED)
    desk.type("the gang of three men")
    assert desk.state.may_claim
    desk.test.count_as_right()
    assert desk.state.headline == "Right"
    assert [entry.rating for entry in desk.reviews.undone] == [Rating.AGAIN]
    assert desk.ratings == [Rating.GOOD]


def test_a_rating_can_be_overridden(desk):
    desk.settings.change(ratings=4)
    desk.begin(TYPED, CHOICE)
    desk.type("troika")
    assert [choice.label for choice in desk.state.ratings] == ["Not yet", "Hard", "Got it", "Easy"]
    assert desk.state.comes_back
    desk.test.rate(Rating.EASY)
    assert desk.ratings == [Rating.EASY]
    assert (desk.state.phase, desk.state.is_own_rating) == ("answered", True)
    desk.test.rate(Rating.HARD)
    assert desk.ratings == [Rating.HARD], "the last one holds"
    desk.test.advance()
    desk.test.rate(Rating.EASY)
    assert desk.ratings == [Rating.HARD], "an open question cannot be rated"


def test_not_yet_brings_a_right_answer_back(desk):
    desk.begin(TYPED)
    desk.type("troika")
    desk.test.rate(Rating.AGAIN)
    desk.test.advance()
    assert desk.state.task.is_repeat
    assert desk.ratings == [Rating.AGAIN]


def test_a_rating_may_be_changed_back(desk):
    desk.begin(TYPED)
    desk.type("troika")
    desk.test.rate(Rating.AGAIN)
    desk.test.rate(Rating.GOOD)
    desk.test.advance()
    assert (desk.state.phase, desk.ratings) == ("finished", [Rating.GOOD])


def test_undo_takes_back_the_answer_and_asks_again(desk):
    desk.begin(TYPED, CHOICE)
    assert not desk.state.can_undo
    desk.type("wrong")
    desk.test.advance()
    desk.test.undo()
    assert (desk.state.phase, desk.state.task) == ("asking", TYPED)
    assert desk.reviews.entries == []
    desk.type("troika")
    desk.test.advance()
    desk.test.choose(0)
    desk.test.advance()
    desk.test.stop()
    for _ in range(3):
        desk.test.undo()
    assert desk.state.task == TYPED
    assert desk.state.number == 1
    assert desk.reviews.entries == []
    desk.test.undo()
    assert desk.state.task == TYPED


def test_undo_after_an_override_takes_back_what_holds(desk):
    desk.begin(TYPED, CHOICE)
    desk.type("troika")
    desk.test.rate(Rating.AGAIN)
    desk.test.undo()
    assert desk.reviews.entries == []
    assert desk.state.task == TYPED


def test_an_order_is_answered_with_places(desk):
    desk.begin(ORDER)
    desk.test.submit(Answer(places=(0, 1, 2, 3, 4, 5)))
    assert desk.state.headline == "Right"
    assert desk.ratings == [Rating.GOOD]
    assert desk.reviews.entries[0].answer.startswith("Loses the post of Commissar for War → ")


def test_a_match_reviews_the_question_of_each_pair_in_one_answer(desk):
    desk.begin(MATCH)
    desk.test.submit(Answer(places=(0, 1, 3, 2)))
    assert desk.state.outcome.why == "2 of 4 pairs right."
    assert desk.ratings == [Rating.HARD, Rating.HARD, Rating.AGAIN, Rating.AGAIN]
    assert desk.state.ratings == (), "several questions have no one rating"
    desk.test.undo()
    assert desk.reviews.entries == []
    desk.test.submit(Answer(places=(0, -1, 3, -1)))
    assert desk.state.phase == "asking"
    assert desk.state.hint == "2 not matched yet. Match them, or choose “I don’t know”."
    desk.test.give_up()
    assert desk.ratings == [Rating.AGAIN] * 4


def test_a_blurt_ticks_what_it_finds_and_the_pupil_has_the_last_word(desk):
    desk.begin(BLURT)
    text = "the troika was Zinoviev Kamenev and Stalin who joined to keep Trotsky from power"
    desk.test.save_draft(text)
    desk.type(text)
    assert desk.state.phase == "self_marking"
    assert 0 in desk.state.suggested
    assert desk.reviews.entries == []
    desk.test.submit(Answer(ticks=(0, 1, 2, 3, 4)))
    assert desk.state.headline == "Well remembered"
    [entry] = desk.reviews.entries
    assert (entry.subject_id, entry.rating, entry.answer) == (
        "rivals-mistakes",
        Rating.GOOD,
        text,
    )


def test_a_blurt_may_be_said_aloud_and_only_ticked(desk):
    desk.begin(BLURT)
    desk.type("")
    assert desk.state.phase == "self_marking"
    desk.test.submit(Answer())
    assert desk.ratings == [Rating.AGAIN]


def test_an_exam_answer_is_timed_kept_and_marked_by_the_pupil(desk):
    desk.begin(EXAM)
    told = []
    desk.test.countdown.time_changed.connect(lambda left, _: told.append(left))
    desk.now.advance(seconds=EXAM.seconds + 1)
    desk.test.countdown.tick()
    assert told == [0]
    assert desk.state.time_up
    assert desk.state.phase == "asking", "a sentence may be finished"
    desk.type("One feature was the Troika. " * 100)
    desk.test.submit(Answer(ticks=(1, 2), marks=3))
    assert desk.state.outcome.why == "You gave yourself 3 of 6 marks."
    assert desk.ratings == [Rating.HARD]


def test_a_speed_round_goes_on_by_itself_after_a_right_answer(desk, qtbot):
    desk.begin(SPEED, CHOICE)
    assert desk.state.task.seconds >= 6
    desk.test.choose(1)
    assert (desk.state.headline, desk.state.streak) == ("Right", 1)
    qtbot.waitUntil(lambda: desk.state.task == CHOICE)


def test_when_the_time_of_a_speed_round_is_up_it_is_wrong(desk):
    desk.begin(SPEED)
    desk.now.advance(seconds=SPEED.seconds)
    desk.test.countdown.tick()
    assert desk.state.outcome.verdict is Verdict.WRONG
    assert desk.state.outcome.why == "The time was up."


def test_stopping_shows_the_summary_and_the_rest_can_be_gone_on_with(desk):
    desk.begin(TYPED, CHOICE)
    desk.type("troika")
    desk.test.stop()
    assert (desk.state.phase, desk.state.can_go_on) == ("finished", True)
    assert desk.state.moves.met == 1
    desk.test.go_on()
    assert desk.state.task == CHOICE


def test_a_session_goes_on_after_a_restart_with_its_answers_and_its_draft(desk):
    desk.begin(TYPED, EXAM, CHOICE)
    desk.type("wrong")
    desk.test.advance()
    desk.test.save_draft("One feature was")
    desk.test.stop()
    test = desk.again()
    assert test.state.phase == "choosing"
    test.go_on()
    assert (test.state.task, test.state.draft) == (EXAM, "One feature was")
    assert test.state.number == 2
    desk.type("One feature was the Troika")
    desk.test.submit(Answer(marks=6))
    assert desk.reviews.entries[-1].session_id == desk.reviews.entries[0].session_id


def test_a_test_that_was_left_is_kept_until_another_one_is_answered(desk):
    desk.begin(TYPED, CHOICE)
    desk.type("troika")
    desk.test.stop()
    desk.test.new_session()
    desk.begin(TRUE_FALSE, ORDER)
    test = desk.again()
    test.go_on()
    assert test.state.task == CHOICE
    test.stop()
    test.new_session()
    desk.begin(TRUE_FALSE, ORDER)
    desk.test.choose(0)
    test = desk.again()
    test.go_on()
    assert test.state.task == ORDER


def test_after_undoing_everything_the_session_begins_at_its_first_question(desk):
    desk.begin(TYPED, CHOICE)
    desk.type("troika")
    desk.test.undo()
    test = desk.again()
    test.go_on()
    assert (test.state.task, test.state.number) == (TYPED, 1)


def test_what_is_typed_is_there_after_a_restart(desk):
    desk.begin(CHOICE, TYPED)
    desk.test.choose(0)
    desk.test.advance()
    desk.test.save_draft("troi")
    desk.test.close()
    test = desk.again()
    test.go_on()
    assert (test.state.task, test.state.draft) == (TYPED, "troi")


def test_a_session_that_has_ended_is_forgotten(desk):
    desk.begin(TYPED)
    desk.type("troika")
    desk.test.advance()
    test = desk.again()
    test.go_on()
    assert test.state.phase == "choosing"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"session_id": 5}', b"\xff" * 50])
def test_a_saved_session_that_makes_no_sense_is_no_session(desk, content):
    (desk.folder / "self-test.json").write_bytes(content)
    desk.test.go_on()
    assert desk.state.phase == "choosing"


def test_mistakes_can_be_tried_again(desk):
    desk.begin(TYPED, TRUE_FALSE)
    desk.test.give_up()
    desk.test.stop()
    [mistake] = desk.state.summary.mistakes
    assert (mistake.subject_id, mistake.given) == ("c01q01", "")
    desk.test.retry_mistakes()
    assert (desk.state.phase, desk.state.task, desk.state.total) == ("asking", TYPED, 1)


def test_saving_shows_when_the_answer_is_on_disk(desk):
    desk.reviews.saves_at_once = False
    desk.begin(MATCH)
    desk.test.submit(Answer(places=(0, 1, 2, 3)))
    assert desk.state.saving == "saving"
    for entry in desk.reviews.entries[:3]:
        desk.reviews.save(entry)
    assert desk.state.saving == "saving"
    desk.reviews.save(desk.reviews.entries[3])
    assert desk.state.saving == "saved"


def test_a_save_that_fails_is_told(desk):
    desk.reviews.saves_at_once = False
    desk.begin(TYPED)
    desk.type("troika")
    desk.reviews.problem = "The disk is full."
    desk.reviews.saving_failed.emit("The disk is full.")
    assert desk.state.saving == "failed"


def test_a_gap_is_read_with_a_word_for_the_gap_and_an_answer_with_its_point(desk):
    desk.begin(GAP)
    asked = {block.key: block.text.text for block in spoken_blocks(desk.state)}
    assert "what?" in asked["prompt"]
    desk.type("Turkey")
    told = {block.key: block.text.text for block in spoken_blocks(desk.state)}
    assert told["expected"] == "Mexico"
    assert "Mercader" in told["point"]
    assert told["because"]


def test_a_clock_that_is_set_back_or_forward_does_not_stop_a_session(desk):
    desk.begin(TYPED, CHOICE)
    desk.now.advance(days=-7)
    desk.type("troika")
    assert desk.reviews.entries[0].took_ms <= 0
    assert desk.ratings == [Rating.GOOD]
    desk.test.advance()
    desk.now.advance(days=372)
    desk.test.choose(CHOICE.body.choices.index("1927"))
    assert desk.ratings == [Rating.GOOD, Rating.HARD]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5000,
        "👩‍🎓🔥",
        "\u202eakiort",
        "\u200f\u200etroika\u200e",
        "\x00\x07",
        "é" * 100_000,
    ],
    ids=["5,000 words", "emoji", "right-to-left", "marks", "control", "long"],
)
def test_odd_answers_are_marked_and_the_session_goes_on(desk, text):
    desk.begin(TYPED, CHOICE)
    desk.type(text)
    assert desk.state.has_verdict
    desk.test.advance()
    assert desk.state.phase == "asking"


def test_nothing_to_ask_changes_nothing(desk):
    desk.begin()
    assert desk.state.phase == "choosing"
    for act in (desk.test.give_up, desk.test.advance, desk.test.stop, desk.test.undo):
        act()
    desk.test.retry_mistakes()
    desk.test.submit(Answer(text="x"))
    desk.test.choose(0)
    assert desk.state.phase == "choosing"
    assert isinstance(CHOICE.body, Choosing)
