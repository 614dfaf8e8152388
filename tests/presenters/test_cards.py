import pytest

from fakes import FakeClock
from fakes_study import FakeListening, FakeReviews, FakeSettings, make_deck
from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.cards import CardsPresenter


class Desk:
    """The presenter with its fakes, and every state that it emitted."""

    def __init__(self, **settings):
        self.now = FakeClock()
        self.reviews = FakeReviews(self.now)
        self.settings = FakeSettings(**settings)
        self.listening = FakeListening()
        self.cards = CardsPresenter(
            make_deck(), self.reviews, self.settings, self.listening, self.now
        )
        self.states = []
        self.cards.state_changed.connect(self.states.append)


@pytest.fixture
def desk():
    return Desk()


def test_it_opens_at_the_first_card_or_where_the_pupil_left_off(desk):
    assert desk.cards.state.card.id == "card-1"
    assert Desk(last_card="card-3").cards.state.card.id == "card-3"
    assert Desk(last_card="a card that is gone").cards.state.card.id == "card-1"


def test_a_front_offers_no_ratings_and_a_back_says_when_the_card_returns(desk):
    assert desk.cards.state.ratings == ()
    desk.cards.flip()
    [not_yet, got_it] = desk.cards.state.ratings
    assert (not_yet.label, got_it.label) == ("Not yet", "Got it")
    assert not_yet.returns == "in 1 min"
    assert got_it.returns == "in 10 min"


def test_four_ratings_for_those_who_ask(desk):
    four = Desk(ratings=4)
    four.cards.flip()
    assert [choice.rating for choice in four.cards.state.ratings] == list(Rating)


def test_rating_records_the_card_and_shows_the_next_front(desk):
    desk.cards.flip()
    desk.now.advance(seconds=12)
    desk.cards.rate(Rating.GOOD)
    [entry] = desk.reviews.entries
    assert (entry.subject_id, entry.way, entry.rating) == ("card-1", Way.FLIP, Rating.GOOD)
    assert entry.took_ms == 12_000
    assert desk.cards.state.card.id == "card-2"
    assert not desk.cards.state.is_flipped
    assert desk.settings.settings.last_card == "card-2"


def test_a_front_cannot_be_rated(desk):
    desk.cards.rate(Rating.GOOD)
    assert desk.reviews.entries == []


def test_a_rating_that_is_not_offered_is_not_taken(desk):
    desk.cards.flip()
    desk.cards.rate(Rating.EASY)
    assert desk.reviews.entries == []


def test_the_last_card_stays_and_says_so(desk):
    desk.cards.show_card("card-3")
    desk.cards.flip()
    desk.cards.rate(Rating.AGAIN)
    assert desk.cards.state.card.id == "card-3"
    assert not desk.cards.state.is_flipped
    assert "That was the last card." in desk.cards.state.message


def test_undo_takes_the_rating_back_and_shows_that_answer_again(desk):
    desk.cards.flip()
    desk.cards.rate(Rating.AGAIN)
    assert desk.cards.state.can_undo
    desk.cards.undo()
    assert [entry.subject_id for entry in desk.reviews.undone] == ["card-1"]
    assert desk.cards.state.card.id == "card-1"
    assert desk.cards.state.is_flipped
    assert not desk.cards.state.can_undo
    desk.cards.undo()
    assert len(desk.reviews.undone) == 1


def test_next_and_previous_go_through_the_whole_deck_and_end(desk):
    desk.cards.previous_card()
    assert desk.cards.state.card.id == "card-1"
    assert not desk.cards.state.has_previous
    desk.cards.next_card()
    desk.cards.next_card()
    assert (desk.cards.state.card.id, desk.cards.state.topic_title) == ("card-3", "Second topic")
    assert (desk.cards.state.number, desk.cards.state.total) == (1, 1)
    desk.cards.next_card()
    assert desk.cards.state.card.id == "card-3"


def test_all_points_are_one_key_away_and_stay_for_the_next_card(desk):
    key_points = [block.key for block in desk.cards.state.answer if block.is_key_point]
    assert len(key_points) == 4
    desk.cards.show_every_point(True)
    assert len([b for b in desk.cards.state.answer if b.kind == "point"]) == 6
    desk.cards.next_card()
    assert desk.cards.state.shows_every_point
    assert desk.settings.settings.shows_every_point


def test_notes_and_meanings_open_and_close_in_place(desk):
    desk.cards.toggle_note("c01p01")
    desk.cards.toggle_meaning("c01p02", "nep")
    opened = [block.key for block in desk.cards.state.answer]
    assert opened[1:5] == ["c01p01", "c01p01-note", "c01p02", "c01p02-nep"]
    desk.cards.toggle_note("c01p01")
    assert "c01p01-note" not in [block.key for block in desk.cards.state.answer]


def test_a_hint_goes_with_its_card(desk):
    desk.cards.show_hint()
    assert [block.key for block in desk.cards.state.prompt] == ["prompt", "hint-0", "hint-1"]
    desk.cards.next_card()
    assert [block.key for block in desk.cards.state.prompt] == ["prompt"]


def test_an_unknown_card_or_the_same_one_changes_nothing(desk):
    desk.cards.show_card("no such card")
    desk.cards.show_card("card-1")
    assert desk.states == []


def test_listening_reads_the_side_on_show_and_follows_a_flip(desk):
    desk.cards.listen()
    assert desk.listening.read_blocks == [("card-1", ("prompt",))]
    desk.cards.flip()
    assert desk.listening.read_blocks[-1][1][:2] == ("heading-0", "c01p01")


def test_moving_on_stops_the_reading(desk):
    desk.cards.listen()
    desk.cards.next_card()
    assert desk.listening.state.phase == "idle"
    desk.cards.flip()
    assert len(desk.listening.read_blocks) == 1


def test_each_change_is_one_state_and_no_change_is_none(desk):
    desk.cards.flip()
    assert len(desk.states) == 1
    desk.cards.show_every_point(False)
    assert len(desk.states) == 1


def test_a_rating_is_said_to_be_saved_when_it_is_on_disk(desk):
    desk.reviews.saves_at_once = False
    desk.cards.flip()
    desk.cards.rate(Rating.GOOD)
    assert desk.cards.state.message == "“Card number 1”: Got it."
    desk.reviews.save(desk.reviews.entries[0])
    assert desk.cards.state.message == "“Card number 1”: Got it. Saved."


def test_a_card_is_hard_at_once_and_said_to_be_saved_when_it_is_on_disk(desk):
    desk.reviews.saves_at_once = False
    desk.cards.toggle_hard()
    assert desk.cards.state.is_hard
    assert desk.cards.state.message == "Marked as hard."
    desk.reviews.answer_all()
    assert desk.cards.state.message == "Marked as hard. Saved."
    desk.cards.toggle_hard()
    assert not desk.cards.state.is_hard
    assert desk.reviews.annotated == [("card-1", "hard", "yes"), ("card-1", "hard", "")]


def test_a_mark_that_could_not_be_saved_is_not_said_to_be(desk):
    desk.reviews.saves_at_once = False
    desk.cards.toggle_hard()
    desk.reviews.answer_all(is_saved=False)
    assert desk.cards.state.is_hard
    assert desk.cards.state.message == "Marked as hard."


def test_saved_is_said_of_what_the_message_tells(desk):
    desk.reviews.saves_at_once = False
    desk.cards.toggle_hard()
    desk.cards.next_card()
    desk.reviews.answer_all()
    assert desk.cards.state.message == ""


def test_a_note_is_written_on_the_answer_and_then_stands_below_it(desk):
    desk.cards.open_note()
    assert not desk.cards.state.is_note_open
    desk.cards.flip()
    desk.cards.open_note()
    desk.cards.write_note("card-1", "Think of 1924!")
    assert desk.cards.state.is_note_open
    assert desk.cards.state.note_status == "Saved."
    assert "own-note" not in [block.key for block in desk.cards.state.answer]
    desk.cards.close_note()
    assert desk.cards.state.answer[-1].text.text == "Your note: Think of 1924!"


def test_a_note_is_said_to_be_saved_when_the_newest_text_is_on_disk(desk):
    desk.reviews.saves_at_once = False
    desk.cards.write_note("card-1", "one")
    desk.cards.write_note("card-1", "two")
    asked = desk.reviews.waiting
    desk.reviews.waiting = asked[:1]
    desk.reviews.answer_all()
    assert desk.cards.state.note_status == ""
    desk.reviews.waiting = asked[1:]
    desk.reviews.answer_all()
    assert desk.cards.state.note_status == "Saved."


def test_a_note_that_is_emptied_is_removed_and_the_same_text_is_not_kept_twice(desk):
    desk.cards.write_note("card-1", "one")
    desk.cards.write_note("card-1", "one")
    desk.cards.write_note("card-1", " \n")
    assert desk.reviews.annotated == [("card-1", "note", "one"), ("card-1", "note", "")]
    assert desk.cards.state.note == ""


def test_a_note_goes_to_the_card_that_it_was_written_on(desk):
    desk.cards.flip()
    desk.cards.open_note()
    desk.cards.next_card()
    desk.cards.write_note("card-1", "late")
    desk.cards.write_note("no such card", "lost")
    assert desk.reviews.annotated == [("card-1", "note", "late")]
    assert desk.cards.state.note == ""
    assert not desk.cards.state.is_note_open
    desk.cards.previous_card()
    assert desk.cards.state.note == "late"


def test_a_search_is_counted_on_every_card_until_it_is_cleared(desk):
    desk.cards.show_query("Hap card")
    assert len(desk.cards.state.places) == 8  # two on the front, one in each point
    desk.cards.next_card()
    assert len(desk.cards.state.places) == 8
    desk.cards.show_query("")
    assert desk.cards.state.places == ()
    assert desk.cards.state.current_place is None


def test_stepping_opens_what_holds_the_place(desk):
    desk.cards.show_query("fact disputed")
    assert [one.span.block for one in desk.cards.state.places[:3]] == [
        "c01p01",
        "c01p01-note",
        "c01p02",
    ]
    desk.cards.step_place(1)
    assert desk.cards.state.is_flipped
    assert not desk.cards.state.shows_every_point
    desk.cards.step_place(1)
    assert "c01p01-note" in [block.key for block in desk.cards.state.answer]
    desk.cards.step_place(-2)
    assert desk.cards.state.current_place.span.block == "c01p06"
    assert "c01p06" in [block.key for block in desk.cards.state.answer]
    assert desk.cards.state.ratings
    assert not desk.settings.settings.shows_every_point
    desk.cards.step_place(1)
    assert desk.cards.state.place == 0


def test_the_first_step_begins_on_the_side_on_show(desk):
    desk.cards.show_query("card")
    desk.cards.flip()
    desk.cards.step_place(1)
    assert desk.cards.state.is_flipped
    assert desk.cards.state.current_place.span.block == "c01p01"
    desk.cards.step_place(-1)
    assert desk.cards.state.current_place.is_on_front
    assert not desk.cards.state.is_flipped


def test_stepping_without_a_search_does_nothing(desk):
    desk.cards.step_place(1)
    assert desk.states == []


def test_stepping_to_the_other_side_takes_the_reading_along(desk):
    desk.cards.listen()
    desk.cards.show_query("fact")
    desk.cards.step_place(1)
    assert desk.listening.read_blocks[-1][1][:2] == ("heading-0", "c01p01")


def test_stepping_to_the_own_note_closes_the_field_over_it(desk):
    desk.cards.write_note("card-1", "zebra")
    desk.cards.flip()
    desk.cards.open_note()
    desk.cards.show_query("zebra")
    desk.cards.step_place(1)
    assert not desk.cards.state.is_note_open
    assert desk.cards.state.answer[-1].key == desk.cards.state.current_place.span.block
