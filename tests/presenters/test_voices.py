import pytest
from PySide6.QtWidgets import QApplication

from fakes import FakeClock
from fakes_speech import FakePlayer, FakeSpeech
from fakes_study import FakeSettings
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.voices import (
    GONE,
    MORE_VOICES,
    NO_VOICE,
    NOT_LISTED,
    ONLY_BUILT_IN,
    SAMPLE,
    VoicesPresenter,
    voice_labels,
)
from stalin_study.speech_worker.protocol import Voice

BUILT_IN = Voice("gmw/en", "English (Great Britain)", "en-gb", "espeak_bundled")
SCOTTISH = Voice("gmw/en-GB-scotland", "English (Scotland)", "en-gb-scotland", "espeak_bundled")
AMERICAN = Voice("gmw/en-US", "English (America)", "en-us", "espeak_bundled")
ZIRA = Voice("ZIRA", "Microsoft Zira Desktop - English (United States)", "en-us", "sapi5")
HAZEL = Voice("HAZEL", "Microsoft Hazel Desktop - English (Great Britain)", "en-gb", "sapi5")
GEORGE = Voice("GEORGE", "Microsoft George - English (United Kingdom)", "en-gb", "sapi5")
CARD = (Block("point", BlockKind.POINT, plain("Lenin died. Stalin led the Party.")),)


class Desk:
    """The presenter with real listening, and a voice that a test answers for."""

    def __init__(self, platform="win32", **settings):
        self.settings = FakeSettings(**settings)
        self.speech, self.player = FakeSpeech(), FakePlayer()
        self.listening = ListeningPresenter(self.speech, self.player, FakeClock())
        self.listening.set_voice(self.settings.settings.voice)
        self.voices = VoicesPresenter(self.speech, self.settings, self.listening, platform)

    def answer(self, *voices):
        self.voices.refresh()
        self.speech.voices_listed.emit(tuple(voices))
        return self.voices.state

    @property
    def chosen(self):
        return [choice.id for choice in self.voices.state.choices if choice.is_chosen]

    @property
    def reading_voices(self):
        """The voices that read what is asked for now."""
        return {self.speech.voices[utterance] for utterance in self.speech.asked}

    def hear(self):
        """Hear to its end what is read, if it has one."""
        for _ in range(9):
            self.speech.answer_all()
            self.player.end()
        assert self.listening.state.phase == "idle"


@pytest.fixture
def desk(qapp):
    return Desk(voice="HAZEL")


def test_voices_have_plain_names_and_british_ones_come_first(desk):
    state = desk.answer(HAZEL, ZIRA, GEORGE, BUILT_IN, SCOTTISH, AMERICAN)
    assert [(choice.id, choice.label) for choice in state.choices] == [
        ("", "The best British voice here"),
        ("HAZEL", "Hazel (British), Windows voice"),
        ("GEORGE", "George (British), Windows voice"),
        ("gmw/en", "Built-in voice, British"),
        ("gmw/en-GB-scotland", "Built-in voice, Scottish"),
        ("ZIRA", "Zira (American), Windows voice"),
        ("gmw/en-US", "Built-in voice, American"),
    ]
    assert [choice.id for choice in state.choices if not choice.is_british] == ["ZIRA", "gmw/en-US"]
    assert desk.chosen == ["HAZEL"]
    assert (state.usual, state.message) == ("Hazel (British), Windows voice", "")


def test_the_usual_voice_is_what_the_worker_takes_first(qapp):
    desk = Desk()
    state = desk.answer(ZIRA, BUILT_IN)
    assert state.choices[0].label == "The best voice here"
    assert state.usual == "Zira (American), Windows voice"
    assert desk.chosen == [""]


def test_no_two_voices_have_the_same_name():
    twins = [GEORGE, Voice("2", GEORGE.name, "en-gb-x-new", "sapi5"), Voice("3", "", "en", "nsss")]
    assert list(voice_labels(twins).values()) == [
        "George (British), Windows voice",
        "George (British), Windows voice 2",
        "No name (English), Mac voice",
    ]


@pytest.mark.parametrize(
    ("platform", "message"),
    [
        ("win32", f"{ONLY_BUILT_IN} To get a more natural one: {MORE_VOICES['win32']}"),
        ("darwin", f"{ONLY_BUILT_IN} To get a more natural one: {MORE_VOICES['darwin']}"),
        ("linux", ONLY_BUILT_IN),
    ],
)
def test_with_the_built_in_voice_alone_the_way_to_others_is_told(qapp, platform, message):
    assert Desk(platform).answer(BUILT_IN, AMERICAN).message == message


def test_a_chosen_voice_that_is_gone_stays_in_the_list(qapp):
    desk = Desk(voice="SUSAN")
    state = desk.answer(HAZEL, BUILT_IN)
    assert state.choices[-1].label == "The voice you chose (not on this computer)"
    assert desk.chosen == ["SUSAN"]
    assert state.message == GONE
    desk.voices.choose("")
    assert [choice.id for choice in desk.voices.state.choices] == ["", "HAZEL", "gmw/en"]
    assert (desk.chosen, desk.voices.state.message) == ([""], "")


def test_an_id_that_is_written_otherwise_is_the_same_voice(qapp):
    desk = Desk(voice="hazel")
    desk.answer(HAZEL, BUILT_IN)
    assert desk.chosen == ["HAZEL"]


def test_voices_are_asked_for_once_and_again_on_demand(desk):
    desk.voices.refresh()
    desk.voices.refresh()
    assert desk.speech.listings == 1
    assert desk.voices.state.is_listing
    desk.answer(HAZEL)
    assert desk.speech.listings == 1
    assert not desk.voices.state.is_listing
    desk.voices.refresh()
    assert desk.speech.listings == 2
    assert desk.voices.state.choices, "those known stay in view"
    desk.settings.change(voice="")
    assert desk.voices.state.is_listing


def test_a_list_that_failed_is_told_and_asked_for_again(desk):
    desk.voices.refresh()
    desk.speech.failed.emit("0:0:0", "A sentence could not be read.")
    assert desk.voices.state.is_listing
    desk.speech.failed.emit("voices", "The voice stopped working.")
    assert (desk.voices.state.is_listing, desk.voices.state.message) == (False, NOT_LISTED)
    desk.voices.refresh()
    assert desk.speech.listings == 2
    assert desk.voices.state.message == ""


def test_a_computer_without_any_voice_says_so(desk):
    state = desk.answer()
    assert (state.choices, state.message) == ((), NO_VOICE)


def test_a_choice_is_kept_and_reads_on_at_once(desk):
    desk.answer(HAZEL, GEORGE)
    desk.listening.read("card", "Card", CARD)
    desk.voices.choose("GEORGE")
    assert desk.settings.settings.voice == "GEORGE"
    assert desk.chosen == ["GEORGE"]
    assert desk.reading_voices == {"GEORGE"}
    assert desk.listening.state.subject == "card"


def test_a_sample_is_read_by_its_voice_and_changes_nothing(desk):
    desk.answer(HAZEL, GEORGE)
    desk.listening.read("card", "Card", CARD)
    desk.voices.sample("GEORGE")
    assert (desk.listening.state.subject, desk.listening.state.phase) == (SAMPLE, "preparing")
    assert desk.reading_voices == {"GEORGE"}
    assert desk.settings.settings.voice == "HAZEL"
    desk.hear()
    QApplication.processEvents()
    desk.listening.read("card", "Card", CARD)
    assert desk.reading_voices == {"HAZEL"}


def test_another_reading_ends_a_sample_and_has_its_own_voice_from_the_first_word(desk):
    desk.voices.sample("GEORGE")
    desk.listening.read("card", "Card", CARD)
    assert desk.reading_voices == {"HAZEL"}
    QApplication.processEvents()
    assert desk.listening.state.subject == "card"
    assert desk.listening.state.phase == "preparing"


def test_stop_ends_a_sample(desk):
    desk.voices.sample("GEORGE")
    desk.listening.stop()
    desk.listening.read("card", "Card", CARD)
    assert desk.reading_voices == {"HAZEL"}


def test_one_sample_after_another(desk):
    desk.voices.sample("GEORGE")
    desk.voices.sample("gmw/en")
    assert desk.reading_voices == {"gmw/en"}
    QApplication.processEvents()
    assert desk.listening.state.subject == SAMPLE
    desk.voices.stop_sample()
    assert desk.listening.state.phase == "idle"


def test_leaving_stops_a_sample_but_not_a_card(desk):
    desk.voices.sample("GEORGE")
    desk.voices.stop_sample()
    desk.listening.read("card", "Card", CARD)
    desk.voices.stop_sample()
    assert desk.listening.state.subject == "card"


def test_a_paused_sample_keeps_its_voice(desk):
    desk.voices.sample("GEORGE")
    desk.listening.pause()
    desk.listening.resume()
    assert desk.reading_voices == {"GEORGE"}


@pytest.mark.parametrize("repeat", ["track", "playlist"])
def test_a_sample_is_not_repeated_whatever_is_chosen_for_playlists(desk, repeat):
    desk.listening.set_repeat(repeat)
    desk.voices.sample("GEORGE")
    desk.hear()
    QApplication.processEvents()
    assert (desk.listening.state.phase, desk.listening.state.repeat) == ("idle", repeat)
    desk.listening.toggle()
    assert desk.listening.state.phase == "idle", "play does not read the sample again"


def test_choosing_the_voice_of_the_sample_lets_it_finish(desk):
    desk.voices.sample("GEORGE")
    desk.voices.choose("GEORGE")
    assert desk.listening.state.subject == SAMPLE
    desk.voices.choose("")
    assert desk.listening.state.phase == "idle"
    desk.listening.read("card", "Card", CARD)
    assert desk.reading_voices == {""}
