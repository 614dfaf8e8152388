"""Media keys and the desktop's play button, on a real ListeningPresenter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import FakeClock
from fakes_speech import FakePlayer, FakeSpeech
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.domain.playlists import Track
from stalin_study.domain.reading_steps import asking_steps, reading_steps
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.remote import US_PER_CODE_POINT, ReadingRemote, now_playing
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.presenters.listening.tape import LoadedTrack, Reading
from stalin_study.services.now_playing import NowPlaying

TRACKS = (Track("card:a", "Rivals"), Track("card:b", "Purges"), Track("card:c", "Plans"))
BLOCKS = tuple(
    Block(name, BlockKind.POINT, plain(f"{name} has a first sentence. {name} has a second one."))
    for name in ("A", "B")
)
SENTENCE = len("A has a first sentence.")
PREPARING = ListeningState(
    phase="preparing",
    title="Rivals",
    subject="card:a",
    playlist_title="Rise",
    number=2,
    count=9,
    track_number=1,
    track_count=3,
    heard=40,
    length=900,
)


class Desk:
    """A listening presenter, its remote and what the remote told."""

    def __init__(self):
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.listening = ListeningPresenter(self.speech, self.player, FakeClock())
        self.remote = ReadingRemote(self.listening)
        self.told: list[NowPlaying] = []
        self.remote.now_playing_changed.connect(self.told.append)

    @property
    def at(self):
        state = self.listening.state
        return state.phase, state.track_number, state.number

    def play(self, tracks=TRACKS, load=lambda _: LoadedTrack(BLOCKS, reading_steps(BLOCKS))):
        self.listening.play(Reading("rise", "Rise", tracks, load))
        self.speech.answer_all()

    def ask(self):
        """Read a question that waits for the pupil."""
        steps = asking_steps(BLOCKS[:1], BLOCKS[1:], None)
        self.play(TRACKS[:1], lambda _: LoadedTrack(BLOCKS, steps))
        while self.listening.state.phase != "thinking":
            self.player.end()
            self.speech.answer_all()


@pytest.fixture
def desk(qapp):
    made = Desk()
    yield made
    made.listening.close()


def test_nothing_is_read_and_no_key_does_anything(desk):
    remote = desk.remote
    for press in (remote.toggle, remote.play, remote.pause, remote.stop, remote.go_next):
        press()
    remote.go_previous()
    remote.seek_by(5_000_000)
    remote.seek_to("", 0)
    assert (remote.now_playing, desk.told, desk.player.played) == (NowPlaying(), [], [])


def test_play_and_pause(desk):
    remote = desk.remote
    desk.play()
    assert remote.now_playing.status == "Playing"
    remote.play()
    assert desk.at == ("playing", 1, 1)
    remote.pause()
    assert (desk.at, remote.now_playing.status) == (("paused", 1, 1), "Paused")
    remote.pause()
    remote.play()
    assert desk.at == ("playing", 1, 1)
    remote.toggle()
    remote.toggle()
    assert desk.at == ("playing", 1, 1)
    remote.stop()
    assert (desk.at, remote.now_playing) == (("idle", 0, 0), NowPlaying())


def test_at_the_end_it_can_be_played_again(desk):
    desk.play(TRACKS[:1])
    while desk.listening.state.phase != "idle":
        desk.player.end()
        desk.speech.answer_all()
    ended = desk.remote.now_playing
    assert (ended.status, ended.is_something, ended.can_seek) == ("Stopped", True, False)
    desk.remote.play()
    assert desk.remote.now_playing.status == "Playing"


@pytest.mark.parametrize("key", ["play", "toggle"])
def test_where_it_waits_for_the_pupil_play_goes_on(desk, key):
    desk.ask()
    assert desk.remote.now_playing.status == "Paused"
    getattr(desk.remote, key)()
    desk.speech.answer_all()
    assert (desk.listening.state.phase, desk.remote.now_playing.status) == ("playing", "Playing")


def test_in_a_playlist_next_and_previous_go_by_cards(desk):
    remote = desk.remote
    desk.play()
    assert (remote.now_playing.can_go_next, remote.now_playing.can_go_previous) == (True, True)
    remote.go_next()
    remote.go_next()
    assert (desk.at[1:], remote.now_playing.can_go_next) == ((3, 1), False)
    remote.go_next()
    assert desk.at[1:] == (3, 1)
    remote.go_previous()
    assert desk.at[1:] == (2, 1)


def test_in_a_single_card_they_go_by_sentences(desk):
    remote = desk.remote
    desk.play(TRACKS[:1])
    for expected in (2, 3, 4):
        assert remote.now_playing.can_go_next
        remote.go_next()
        assert desk.at[1:] == (1, expected)
    assert not remote.now_playing.can_go_next
    remote.go_previous()
    assert desk.at[1:] == (1, 3)


def test_forward_and_back_go_by_sentences_everywhere(desk):
    desk.play()
    desk.remote.next_sentence()
    assert desk.at[1:] == (1, 2)
    desk.remote.previous_sentence()
    assert desk.at[1:] == (1, 1)


def test_seeking_goes_by_the_estimated_time(desk):
    remote = desk.remote
    desk.play()
    remote.seek_by((SENTENCE + 2) * US_PER_CODE_POINT)
    assert desk.at[1:] == (1, 2)
    remote.seek_by(-10 * SENTENCE * US_PER_CODE_POINT)
    assert (desk.at[1:], remote.now_playing.position_us) == ((1, 1), 0)
    remote.seek_by(remote.now_playing.length_us)
    assert desk.at[1:] == (2, 1), "beyond the end is the next card"


def test_a_place_is_gone_to_only_in_the_track_it_is_meant_for(desk):
    remote = desk.remote
    desk.play()
    track, length = remote.now_playing.track, remote.now_playing.length_us
    for wrong in (("2:card:b", 5), (track, -1), (track, length), (track, length + 1)):
        remote.seek_to(*wrong)
        assert desk.at[1:] == (1, 1)
    remote.seek_to(track, length - 1)
    assert desk.at[1:] == (1, 4)


@pytest.mark.parametrize(("volume", "percent"), [(0.25, 25), (0.0, 0), (-1.0, 0), (1.7, 100)])
def test_the_volume_is_kept_between_silent_and_full(desk, volume, percent):
    desk.remote.set_volume(volume)
    assert (desk.player.volume, desk.remote.now_playing.volume) == (percent, percent / 100)


@pytest.mark.parametrize(("wish", "speed"), [(1.5, 1.5), (9.0, 2.0), (0.1, 0.5), (-1.0, 1.0)])
def test_the_speed_is_kept_between_half_and_double(desk, wish, speed):
    desk.play()
    desk.remote.set_speed(wish)
    assert desk.remote.now_playing.speed == speed
    assert desk.remote.now_playing.status == "Playing"


def test_a_speed_of_nothing_pauses(desk):
    desk.play()
    desk.remote.set_speed(0.0)
    assert (desk.listening.state.phase, desk.listening.state.speed) == ("paused", 1.0)


def test_repeating_is_passed_on_and_shown(desk):
    for repeat in ("track", "playlist", "off"):
        desk.remote.set_repeat(repeat)
        assert (desk.listening.state.repeat, desk.remote.now_playing.repeat) == (repeat, repeat)


def test_what_a_player_shows_of_a_state():
    assert now_playing(PREPARING) == NowPlaying(
        status="Playing",
        track="1:card:a",
        title="Rivals",
        album="Rise",
        sentence=2,
        position_us=40 * US_PER_CODE_POINT,
        length_us=900 * US_PER_CODE_POINT,
        can_go_next=True,
        can_go_previous=True,
        can_seek=True,
    )


def test_a_playlist_that_is_called_as_its_only_card_is_no_album():
    assert now_playing(replace(PREPARING, playlist_title="Rivals")).album == ""


def test_what_the_player_does_not_show_is_not_told(desk):
    desk.play()
    told = len(desk.told)
    desk.listening.set_sleep(15)
    assert (desk.listening.state.sleep_minutes, len(desk.told)) == (15, told)


@given(
    phase=st.sampled_from(["preparing", "playing", "paused", "thinking"]),
    left=st.none() | st.integers(0, 9),
    heard=st.integers(0, 900),
    number=st.integers(1, 9),
    tracks=st.integers(1, 3),
)
def test_every_reading_can_be_worked(phase, left, heard, number, tracks):
    state = replace(
        PREPARING,
        phase=phase,
        thinking_left_s=left,
        heard=heard,
        number=number,
        track_number=tracks,
        track_count=tracks,
    )
    now = now_playing(state)
    assert now.is_something
    assert 0 <= now.position_us <= now.length_us
    waits = phase == "thinking" and left is None
    assert (now.status == "Paused") == (phase == "paused" or waits)
    assert now.can_go_next == (tracks == 1 and number < 9)
