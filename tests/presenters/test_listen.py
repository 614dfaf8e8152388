"""What the Listen page plays: choosing, going on, jumping, and what it tells."""

from __future__ import annotations

import pytest

from fakes import FakeClock, InlineJobs
from fakes_speech import FakePlayer, FakeSpeech
from fakes_study import FakeSettings, make_deck
from stalin_study.domain.playlists import Contents, playlist_of
from stalin_study.domain.reading_steps import MS_A_CODE_POINT
from stalin_study.presenters.listening.listen import ListenPresenter
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.readings import playlist_reading
from stalin_study.services.listening_places import KeptPlace, ListeningPlaces


class Listen:
    """The presenter with a voice and a player that wait for the test."""

    def __init__(self, folder, **settings) -> None:
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.settings = FakeSettings(**settings)
        self.places = ListeningPlaces(folder, InlineJobs())
        self.listening = ListeningPresenter(self.speech, self.player, FakeClock())
        self.page = ListenPresenter(make_deck(), self.settings, self.listening, self.places)

    @property
    def state(self):
        return self.page.state

    @property
    def keys(self):
        return [block.key for block in self.state.blocks]

    def hear(self, sentences=1):
        """Hear so many sentences and rests to their end, and the next one begun."""
        for _ in range(sentences):
            self.speech.answer_all()
            self.player.end()
        self.speech.answer_all()

    def current(self):
        return [track.title for track in self.state.tracks if track.is_current]


@pytest.fixture
def listen(qapp, tmp_path):
    return Listen(tmp_path, reading_gap_ms=0)


def test_at_first_the_whole_deck_is_ready_to_be_read(listen):
    state = listen.state
    assert [(one.id, one.tracks) for one in state.playlists] == [
        ("deck", 3),
        ("topic:first", 2),
        ("topic:second", 1),
        ("terms", 1),
    ]
    assert (state.playlist, state.phase, state.is_read, state.left_at) == (
        "deck",
        "idle",
        False,
        "",
    )
    assert [(track.title, track.group) for track in state.tracks] == [
        ("Card number 1", "First topic"),
        ("Card number 2", "First topic"),
        ("Card number 3", "Second topic"),
    ]
    assert (listen.current(), state.title) == (["Card number 1"], "Card number 1")
    assert listen.keys[:3] == ["prompt", "heading-0", "c01p01"]


def test_how_long_a_playlist_takes_goes_by_the_speed(listen):
    usual = {one.id: one.minutes for one in listen.state.playlists}
    listen.listening.set_speed(0.5)
    slow = {one.id: one.minutes for one in listen.state.playlists}
    length = sum(len(block.text.text) for block in listen.state.blocks)
    assert usual["deck"] == max(1, round(3 * length * MS_A_CODE_POINT / 60_000))
    assert slow["deck"] == round(3 * length * MS_A_CODE_POINT / 30_000)


def test_play_reads_the_chosen_playlist_and_follows_it(listen):
    listen.page.choose_playlist("topic:second")
    listen.page.play()
    listen.hear()
    state = listen.state
    assert (state.is_read, state.phase, state.playlist) == (True, "playing", "topic:second")
    assert (listen.current(), state.sentence.block) == (["Card number 3"], "heading-0")
    listen.player.position_changed.emit(100)
    assert (state.word, listen.state.word.start) == (None, 6)


def test_toggle_plays_pauses_and_goes_on(listen):
    phases = []
    for _ in range(3):
        listen.page.toggle()
        listen.speech.answer_all()
        phases.append(listen.state.phase)
    assert phases == ["playing", "paused", "playing"]


def test_a_playlist_goes_on_where_it_was_left(listen):
    listen.page.play_track(1)
    listen.hear(3)
    sentence = listen.state.sentence
    listen.listening.stop()
    assert listen.state.left_at == "You stopped at “Card number 2”."
    assert (listen.current(), listen.state.left_title) == (["Card number 2"], "Card number 2")
    listen.page.play()
    assert (listen.state.sentence, listen.state.left_at) == (sentence, "")


def test_from_the_start_is_from_the_start(listen):
    listen.page.play_track(1)
    listen.page.play_from_start()
    assert (listen.current(), listen.state.sentence.block) == (["Card number 1"], "prompt")


def test_heard_to_its_end_it_begins_anew(listen):
    listen.page.choose_playlist("terms")
    listen.page.play()
    while listen.state.is_read:
        listen.hear()
    assert listen.state.left_at == ""
    assert listen.places.place("terms") is None


def test_the_playlist_that_was_left_last_is_chosen_next_time(listen, tmp_path):
    listen.page.choose_playlist("topic:first")
    listen.page.play_track(1)
    listen.listening.stop()
    again = Listen(tmp_path)
    assert (again.state.playlist, again.state.left_title) == ("topic:first", "Card number 2")


@pytest.mark.parametrize(
    ("playlist", "track", "expected"),
    [("topic:gone", "card:card-1", "deck"), ("terms", "term:gone", "terms")],
    ids=["playlist gone", "track gone"],
)
def test_a_place_that_the_deck_has_not_any_more_is_forgotten(
    qapp, tmp_path, playlist, track, expected
):
    places = ListeningPlaces(tmp_path, InlineJobs())
    places.keep(playlist, KeptPlace(track, "term", 0))
    listen = Listen(tmp_path)
    assert (listen.state.playlist, listen.state.left_at) == (expected, "")
    listen.page.play()
    assert listen.state.phase == "preparing"


def test_choosing_another_playlist_leaves_the_reading_alone(listen):
    listen.page.play()
    listen.speech.answer_all()
    listen.page.choose_playlist("topic:second")
    state = listen.state
    assert (listen.listening.state.playlist, listen.listening.state.phase) == ("deck", "playing")
    assert (state.is_read, state.phase, state.sentence, state.word) == (False, "idle", None, None)
    assert state.title == "Card number 3"


def test_a_reading_begun_elsewhere_is_the_one_on_the_page(listen):
    deck = make_deck()
    reading = playlist_reading(deck, playlist_of(deck, "topic:second"), Contents.EVERY_POINT, 0)
    listen.listening.play(reading)
    assert (listen.state.playlist, listen.state.is_read) == ("topic:second", True)
    listen.page.choose_playlist("terms")
    listen.listening.next_sentence()
    assert listen.state.playlist == "terms"


def test_one_card_is_offered_and_can_be_chosen(listen):
    listen.page.offer_card("card-2")
    first = listen.state.playlists[0]
    assert listen.state.playlist == "deck"
    listen.page.choose_playlist(first.id)
    assert (first.id, first.title, first.tracks) == ("card:card-2", "Card: Card number 2", 1)
    assert (listen.state.playlist, listen.current()) == ("card:card-2", ["Card number 2"])
    listen.page.offer_card("card-3")
    assert [one.id for one in listen.state.playlists[:3]] == ["card:card-2", "card:card-3", "deck"]
    listen.page.choose_playlist("deck")
    assert [one.id for one in listen.state.playlists[:2]] == ["card:card-3", "deck"]
    listen.page.offer_card("gone")
    assert listen.state.playlists[0].id == "deck"


@pytest.mark.parametrize("gone", ["topic:gone", "card:gone", ""])
def test_what_is_not_there_cannot_be_chosen(listen, gone):
    before = listen.state
    listen.page.choose_playlist(gone)
    assert listen.state == before


def test_a_track_of_the_reading_is_gone_to(listen):
    listen.page.play()
    listen.page.play_track(2)
    assert (listen.current(), listen.state.phase) == (["Card number 3"], "preparing")


@pytest.mark.parametrize("number", [-1, 3, 99])
def test_a_track_that_is_not_there_is_not_played(listen, number):
    listen.page.play_track(number)
    assert listen.state.phase == "idle"


def test_a_word_of_the_reading_is_gone_to(listen):
    listen.page.play()
    listen.page.seek_word("c01p02", 8)
    assert listen.state.sentence.block == "c01p02"
    assert listen.current() == ["Card number 1"]


def test_a_word_begins_the_reading_there(listen):
    listen.page.choose_playlist("topic:second")
    listen.page.seek_word("c03p02", 3)
    assert (listen.state.phase, listen.state.sentence.block) == ("preparing", "c03p02")


def test_key_points_every_point_and_notes(listen):
    assert "c01p05" in listen.keys
    listen.page.choose_contents(Contents.KEY_POINTS)
    assert "c01p05" not in listen.keys
    listen.page.choose_contents(Contents.WITH_NOTES)
    assert {"c01p05", "c01p01-note"} <= set(listen.keys)
    assert listen.settings.settings.reading_contents is Contents.WITH_NOTES
    assert not any(block.has_note for block in listen.state.blocks)


def test_other_contents_go_on_at_the_same_word(listen):
    listen.page.play()
    listen.page.seek_word("c01p02", 40)
    listen.speech.answer_all()
    sentence = listen.state.sentence
    listen.page.choose_contents(Contents.WITH_NOTES)
    assert (listen.state.sentence, listen.state.phase) == (sentence, "preparing")


def test_other_contents_without_the_point_go_on_at_the_one_before(listen):
    listen.page.play()
    listen.page.seek_word("c01p05", 0)
    listen.page.choose_contents(Contents.KEY_POINTS)
    assert listen.state.sentence.block == "c01p04"


def test_other_contents_while_paused_stay_paused(listen):
    listen.page.play()
    listen.speech.answer_all()
    listen.page.toggle()
    listen.page.choose_contents(Contents.KEY_POINTS)
    assert listen.state.phase == "paused"


@pytest.mark.parametrize("playlist", ["terms", "deck"])
def test_only_cards_have_contents_to_choose(listen, playlist):
    listen.page.choose_playlist(playlist)
    assert listen.state.has_contents == (playlist == "deck")
    listen.page.play()
    listen.speech.answer_all()
    sentence, phase = listen.state.sentence, listen.state.phase
    listen.page.choose_contents(Contents.KEY_POINTS)
    assert listen.state.sentence == sentence
    assert listen.state.phase == (phase if playlist == "terms" else "preparing")


def test_a_gap_of_the_pupils_own_length_is_between_points(qapp, tmp_path):
    listen = Listen(tmp_path, reading_gap_ms=1500)
    listen.page.play()
    listen.hear()
    assert listen.player.rests == [1500]
