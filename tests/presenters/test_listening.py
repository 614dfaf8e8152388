"""The listening presenter with a voice and a player that do what a test says."""

import pytest
from msgspec.structs import replace

from fakes import FakeClock
from fakes_speech import WORD_MS, FakePlayer, FakeSpeech
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.domain.playlists import Track
from stalin_study.domain.reading_steps import asking_steps, reading_steps
from stalin_study.presenters.listening.playhead import AHEAD, SLEEPS
from stalin_study.presenters.listening.presenter import (
    NOTHING_TO_READ,
    THE_END,
    ListeningPresenter,
)
from stalin_study.presenters.listening.tape import LoadedTrack, Reading
from stalin_study.services.listening_places import KeptPlace


def block(key, text):
    return Block(key, BlockKind.POINT, plain(text))


BLOCKS = (block("one", "First words here. More of them."), block("two", "The last."))


def reading_of(texts, gap_ms=0, reading_id="deck"):
    """A track a text; each of its lines is a block."""

    def load(track):
        lines = texts[int(track.id)].splitlines()
        blocks = tuple(block(f"{track.id}-{n}", line) for n, line in enumerate(lines))
        return LoadedTrack(blocks, reading_steps(blocks, gap_ms))

    tracks = tuple(Track(str(n), f"Title {n}") for n in range(len(texts)))
    return Reading(reading_id, "All", tracks, load)


class Listener:
    def __init__(self, qapp):
        self.now = FakeClock()
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.listening = ListeningPresenter(self.speech, self.player, self.now)
        self.states = []
        self.kept = {}
        self.tracks = []
        self.listening.state_changed.connect(self.states.append)
        self.listening.place_changed.connect(self.kept.__setitem__)
        self.listening.track_begun.connect(lambda track: self.tracks.append(track.id))

    @property
    def state(self):
        return self.listening.state

    def sound(self, ms=1):
        """The voice has answered, and the sound is so far."""
        self.speech.answer_all()
        self.player.position_changed.emit(ms)

    def hear_out(self):
        """The sentence is over."""
        self.speech.answer_all()
        self.player.end()
        self.speech.answer_all()

    def text(self, span):
        blocks = {block.key: block.text.text for block in self.state.blocks}
        return blocks[span.block][span.start : span.end]

    @property
    def sentence(self):
        return self.text(self.state.sentence)

    @property
    def word(self):
        return self.text(self.state.word)


@pytest.fixture
def listener(qapp):
    made = Listener(qapp)
    yield made
    made.listening.close()
    assert made.player.is_closed
    assert made.speech.is_closed


def test_words_light_up_as_they_sound(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    assert (listener.state.phase, listener.state.subject) == ("preparing", "card-1")
    assert listener.player.is_prepared
    listener.sound()
    assert (listener.state.phase, listener.sentence, listener.word) == (
        "playing",
        "First words here.",
        "First",
    )
    listener.player.position_changed.emit(WORD_MS)
    assert listener.word == "words"
    listener.player.position_changed.emit(2 * WORD_MS + 50)
    assert listener.word == "here."
    assert listener.state.heard == len("First words ")
    listener.hear_out()
    assert listener.sentence == "More of them."
    assert listener.state.word is None
    listener.hear_out()
    assert (listener.sentence, listener.state.number, listener.state.count) == ("The last.", 3, 3)
    listener.hear_out()
    assert (listener.state.phase, listener.state.sentence) == ("idle", None)
    listener.listening.toggle()
    assert (listener.state.phase, listener.sentence) == ("preparing", "First words here.")


def test_sentences_are_asked_for_ahead_and_once(listener):
    listener.listening.play(reading_of(["One. Two. Three.", "Four. Five. Six. Seven."]))
    assert list(listener.speech.asked.values()) == ["One.", "Two.", "Three.", "Four."][:AHEAD]
    listener.speech.answer_all()
    listener.player.end()
    assert list(listener.speech.asked.values()) == ["Five."]


def test_pause_and_resume_hold_the_word(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.sound(WORD_MS)
    listener.listening.toggle()
    assert (listener.state.phase, listener.word, listener.player.is_playing) == (
        "paused",
        "words",
        False,
    )
    listener.player.position_changed.emit(2 * WORD_MS)  # a late report
    assert listener.word == "words"
    listener.listening.toggle()
    assert (listener.state.phase, listener.word) == ("playing", "words")
    assert listener.player.is_playing
    assert len(listener.player.played) == 1


def test_pause_while_it_is_being_prepared(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.listening.toggle()
    listener.speech.answer_all()
    assert (listener.state.phase, listener.player.played) == ("paused", [])
    listener.listening.toggle()
    assert listener.state.phase == "playing"


def test_stop_during_start_is_silence(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.listening.stop()
    listener.speech.answer_all()
    assert (listener.state.phase, listener.player.played) == ("idle", [])
    listener.player.finished.emit()
    listener.listening.toggle()
    assert listener.state.phase == "idle"


def test_what_was_left_is_not_heard_of_again(listener):
    listener.listening.read("old", "Old", BLOCKS)
    old = dict(listener.speech.asked)
    listener.listening.read("new", "New", [block("n", "New words.")])
    listener.speech.asked |= old
    listener.speech.answer_all()
    assert listener.sentence == "New words."
    assert len(listener.player.played) == 1


def test_an_empty_card(listener):
    for blocks in ([], [block("a", "")], [block("a", "… – 🙂")]):
        listener.listening.read("card-1", "Empty", blocks)
        assert (listener.state.phase, listener.state.message) == ("idle", NOTHING_TO_READ)
        assert listener.state.title == "Empty"
    listener.listening.toggle()
    assert listener.speech.asked == {}


def test_by_sentence_and_by_track(listener):
    listener.listening.play(reading_of(["One. Two.", "Three.", "Four. Five."]))
    listener.sound()
    moves = [
        (listener.listening.next_sentence, "Two."),
        (listener.listening.next_sentence, "Three."),
        (listener.listening.previous_sentence, "Two."),
        (listener.listening.previous_track, "One."),
        (listener.listening.previous_track, "One."),
        (listener.listening.next_track, "Three."),
        (listener.listening.next_track, "Four."),
        (listener.listening.next_track, "Four."),
        (listener.listening.next_sentence, "Five."),
        (listener.listening.next_sentence, "Five."),
        (listener.listening.previous_track, "Four."),
        (listener.listening.previous_track, "Three."),
    ]
    for move, sentence in moves:
        move()
        listener.sound()
        assert (listener.sentence, listener.state.phase) == (sentence, "playing")
    assert (listener.state.track_number, listener.state.track_count) == (2, 3)
    assert listener.tracks == ["0", "1", "0", "1", "2", "1"]
    listener.listening.toggle()
    listener.listening.next_sentence()
    assert (listener.state.phase, listener.sentence) == ("paused", "Four.")
    assert not listener.player.is_playing
    listener.listening.go_to_track(0)
    listener.sound()
    assert (listener.state.phase, listener.sentence) == ("playing", "One.")
    listener.listening.go_to_track(9)
    assert listener.sentence == "One."


def test_seek_by_a_word_and_by_the_bar(listener):
    listener.listening.play(reading_of(["One two three.\nFour five six. Seven eight."]))
    listener.sound()
    listener.listening.seek_word("0-1", 6)
    listener.sound(WORD_MS)
    assert (listener.sentence, listener.word) == ("Four five six.", "five")
    assert listener.player.played[-1] == (3 * WORD_MS, WORD_MS)
    listener.listening.seek(len("One two three.Four five six.") + 7)
    listener.sound(WORD_MS)
    assert (listener.sentence, listener.word) == ("Seven eight.", "eight.")
    listener.listening.seek(0)
    listener.sound()
    assert listener.word == "One"
    listener.listening.seek(10**9)
    listener.sound(WORD_MS)
    assert listener.sentence == "Seven eight."
    listener.listening.seek_word("nowhere", 3)
    assert listener.sentence == "Seven eight."
    listener.listening.toggle()
    listener.listening.seek_word("0-0", 8)
    assert (listener.state.phase, listener.sentence) == ("paused", "One two three.")
    listener.listening.toggle()
    listener.speech.answer_all()
    assert listener.player.played[-1] == (3 * WORD_MS, 2 * WORD_MS)


def test_another_speed_goes_on_at_the_same_word(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.sound(WORD_MS)
    listener.listening.set_speed(1.5)
    assert (listener.state.speed, listener.state.phase) == (1.5, "preparing")
    assert {listener.speech.speeds[i] for i in listener.speech.asked} == {1.5}
    listener.speech.answer_all()
    assert listener.player.played[-1] == (3 * WORD_MS, WORD_MS)
    assert listener.player.speed == 1.0  # it is spoken faster, not played faster
    listener.listening.set_speed(99)
    assert listener.state.speed == 2.0
    listener.listening.set_speed(0.1)
    assert listener.state.speed == 0.5


def test_another_speed_while_paused_waits_for_play(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.sound(WORD_MS)
    listener.listening.toggle()
    listener.listening.set_speed(2.0)
    listener.speech.answer_all()
    assert (listener.state.phase, len(listener.player.played)) == ("paused", 1)
    listener.listening.toggle()
    assert listener.player.played[-1] == (3 * WORD_MS, WORD_MS)


def test_a_recording_is_played_faster(listener):
    listener.listening.set_speed(2.0)
    listener.listening.read("card-1", "A card", BLOCKS)
    first = next(iter(listener.speech.asked))
    listener.speech.speeds[first] = 1.0  # as a recorded narration is
    listener.speech.answer(first)
    assert listener.player.speed == 2.0


def test_another_voice_goes_on_at_the_same_word(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.sound(WORD_MS)
    listener.listening.set_voice("george")
    assert {listener.speech.voices[i] for i in listener.speech.asked} == {"george"}
    listener.speech.answer_all()
    assert listener.player.played[-1] == (3 * WORD_MS, WORD_MS)


def test_volume(listener):
    listener.listening.set_volume(40)
    assert (listener.player.volume, listener.state.volume) == (40, 40)
    listener.listening.read("card-1", "A card", BLOCKS)
    assert listener.state.volume == 40
    listener.listening.set_volume(400)
    assert listener.player.volume == 100


def test_points_are_set_apart_and_the_pause_can_be_paused(listener):
    listener.listening.play(reading_of(["One.\nTwo."], gap_ms=400))
    listener.hear_out()
    assert (listener.player.rests, listener.state.phase) == ([400], "playing")
    listener.listening.toggle()
    assert not listener.player.is_playing
    listener.listening.toggle()
    assert listener.player.is_playing
    listener.player.end()
    assert listener.sentence == "Two."
    listener.listening.set_speed(2.0)
    listener.speech.answer_all()
    listener.listening.previous_sentence()
    assert listener.sentence == "One."


def question(thinking_ms):
    def load(track):
        asked = (block("q", f"Question {track.id}?"),)
        answer = (block("a", "The answer."),)
        return LoadedTrack(asked + answer, asking_steps(asked, answer, thinking_ms))

    return Reading("", "Hands-free test", (Track("1", "A"), Track("2", "B")), load)


def test_time_to_think_counts_down(listener):
    listener.listening.play(question(3000))
    listener.hear_out()
    assert (listener.state.phase, listener.state.thinking_left_s) == ("thinking", 3)
    listener.player.position_changed.emit(1500)
    assert listener.state.thinking_left_s == 2
    listener.listening.pause()
    assert (listener.state.phase, listener.player.is_playing) == ("paused", False)
    listener.listening.toggle()
    assert (listener.state.phase, listener.player.is_playing) == ("thinking", True)
    listener.player.end()
    assert listener.sentence == "The answer."
    listener.hear_out()
    assert listener.sentence == "Question 2?"


def test_a_key_ends_the_time_to_think(listener):
    listener.listening.play(question(3000))
    listener.hear_out()
    listener.listening.toggle()
    assert (listener.state.phase, listener.sentence) == ("playing", "The answer.")


def test_thinking_without_end_waits_for_the_key(listener):
    listener.listening.play(question(None))
    listener.hear_out()
    assert (listener.state.phase, listener.state.thinking_left_s) == ("thinking", None)
    assert listener.player.rests == []
    listener.listening.pause()
    listener.listening.resume()
    assert listener.state.phase == "thinking"
    listener.listening.toggle()
    assert listener.sentence == "The answer."


def test_repeat(listener):
    listener.listening.play(reading_of(["One.", "Two."]))
    listener.listening.set_repeat("track")
    listener.sound()
    listener.hear_out()
    assert listener.sentence == "One."
    listener.listening.set_repeat("playlist")
    listener.hear_out()
    assert listener.sentence == "Two."
    listener.hear_out()
    assert (listener.sentence, listener.state.repeat) == ("One.", "playlist")
    listener.listening.set_repeat("off")
    listener.hear_out()
    listener.hear_out()
    assert (listener.state.phase, listener.state.message) == ("idle", THE_END)
    assert listener.kept["deck"] is None


def test_the_sleep_timer_pauses_at_the_end_of_a_sentence(listener):
    listener.listening.play(reading_of(["One. Two. Three."]))
    listener.listening.set_sleep(10)
    assert listener.state.sleep_minutes == 10
    listener.now.advance(minutes=4, seconds=30)
    listener.hear_out()
    assert (listener.sentence, listener.state.sleep_minutes) == ("Two.", 6)
    listener.now.advance(minutes=6)
    assert listener.player.is_playing
    listener.hear_out()
    assert (listener.state.phase, listener.state.message) == ("paused", SLEEPS)
    assert (listener.sentence, listener.player.is_playing) == ("Three.", False)
    listener.listening.toggle()
    assert (listener.state.phase, listener.state.message) == ("playing", "")
    listener.listening.set_sleep(10)
    listener.listening.set_sleep(0)
    assert listener.state.sleep_minutes == 0


def test_a_playlist_goes_on_where_it_was_left(listener):
    texts = ["One. Two.", "Three.\nFour. Five."]
    listener.listening.play(reading_of(texts))
    listener.sound()
    listener.listening.next_track()
    listener.listening.next_sentence()
    listener.listening.next_sentence()
    listener.listening.stop()
    kept = listener.kept["deck"]
    assert kept == KeptPlace("1", "1-1", 6)
    listener.listening.play(reading_of(texts), kept=kept)
    assert listener.sentence == "Five."
    listener.listening.play(reading_of(texts), kept=replace(kept, block="gone"))
    assert listener.sentence == "Three."
    listener.listening.play(reading_of(texts), kept=replace(kept, track="gone"))
    assert listener.sentence == "One."
    listener.listening.play(reading_of(texts, reading_id=""), track=1)
    assert listener.sentence == "Three."


def test_tracks_without_words_are_passed_over(listener):
    listener.listening.play(reading_of(["", "One.", "…", "Two.", "🙂"]))
    listener.sound()
    assert (listener.sentence, listener.state.track_number) == ("One.", 2)
    listener.hear_out()
    assert listener.sentence == "Two."
    listener.listening.previous_track()
    listener.listening.previous_track()
    assert listener.sentence == "One."
    listener.listening.previous_sentence()
    assert listener.sentence == "One."
    listener.listening.next_track()
    listener.sound()
    listener.hear_out()
    assert listener.state.phase == "idle"


def test_a_sentence_that_cannot_be_rendered_stops_with_a_word_about_it(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    first, second, _ = listener.speech.asked
    listener.speech.asked.pop(second)
    listener.speech.failed.emit(second, "Not this one.")
    assert listener.state.phase == "preparing"
    listener.sound()
    assert listener.state.message == ""
    listener.player.end()
    assert listener.state.phase == "preparing"  # it is asked for again
    again = next(i for i, text in listener.speech.asked.items() if text == "More of them.")
    listener.speech.asked.pop(again)
    listener.speech.failed.emit(again, "Not this one.")
    assert (listener.state.phase, listener.state.message) == ("paused", "Not this one.")
    listener.listening.toggle()
    listener.speech.answer_all()
    assert (listener.state.phase, listener.state.message) == ("playing", "")
    assert first not in listener.speech.asked


def test_a_cache_that_was_emptied_meanwhile_is_filled_again(listener, tmp_path):
    listener.speech._file = tmp_path / "gone.wav"
    listener.listening.read("card-1", "A card", [block("a", "Some words.")])
    first = next(iter(listener.speech.asked))
    listener.speech.answer(first)
    assert listener.player.played == []
    listener.speech._file = tmp_path
    listener.speech.answer_all()
    assert len(listener.player.played) == 1


def test_notices_of_voice_and_player_are_shown(listener):
    listener.listening.read("card-1", "A card", BLOCKS)
    listener.speech.answer(next(iter(listener.speech.asked)), "Another voice reads.")
    assert listener.state.message == "Another voice reads."
    listener.player.notice.emit("No device.")
    assert listener.state.message == "No device."
    listener.player.failed.emit("It broke.")
    assert (listener.state.phase, listener.state.message) == ("paused", "It broke.")


def test_warm(listener):
    listener.listening.warm_up()
    assert listener.speech.is_warm
    assert listener.player.is_prepared
