"""The listening options: every choice holds at once, and nothing is cut off."""

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QScrollArea

from stalin_study.presenters.listening.voices import GONE, NOT_LISTED, SAMPLE, VoicesPresenter
from stalin_study.speech_worker.protocol import Voice
from stalin_study.ui.dialogs.listening_dialog import LOOKING, ListeningDialog
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.slider import Slider
from study_window import TestApp

HAZEL = Voice("HAZEL", "Microsoft Hazel Desktop - English (Great Britain)", "en-gb", "sapi5")
ZIRA = Voice("ZIRA", "Microsoft Zira Desktop - English (United States)", "en-us", "sapi5")
BUILT_IN = tuple(
    Voice(f"gmw/{language}", "", language, "espeak_bundled")
    for language in ("en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-us", "en-us-nyc")
)
VOICES = (HAZEL, ZIRA, *BUILT_IN)


class Desk:
    """The app with the dialog open."""

    def __init__(self, study):
        self.study = study
        self.app = study.app
        self.voices = VoicesPresenter(
            study.speech, study.app.settings, study.app.listening, "win32"
        )

    def open(self, voices=VOICES):
        app = self.app
        app.dialogs.open_listening(self.voices, app.reading_choices, app.listening)
        if voices is not None:
            self.study.speech.voices_listed.emit(voices)
        settle()
        return self.dialog

    @property
    def dialog(self):
        dialog = self.app.dialogs.dialog
        assert isinstance(dialog, ListeningDialog)
        return dialog

    @property
    def settings(self):
        return self.app.settings.settings

    def option(self, text):
        found = [one for one in self.dialog.findChildren(QRadioButton) if one.text() == text]
        return next(one for one in found if one.isVisibleTo(self.dialog))

    def voices_in_view(self):
        rows = self.dialog._voices.rows
        return [one.text() for one in rows._buttons.values() if one.isVisibleTo(self.dialog)]

    def says(self, text):
        labels = self.dialog.findChildren(QLabel)
        return any(one.text() == text and one.isVisibleTo(self.dialog) for one in labels)


@pytest.fixture
def desk(qtbot, tmp_path):
    study = TestApp(tmp_path)
    study.show()
    yield Desk(study)
    study.close()


def settle():
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 600)])
@pytest.mark.parametrize("has_all", [False, True])
def test_it_can_be_heard_and_reached_and_is_whole(desk, width, height, percent, has_all):
    desk.app.settings.change(text_percent=percent, voice="ZIRA" if has_all else "")
    desk.study.window.resize(width, height)
    desk.app.listening.set_sleep(20)
    dialog = desk.open()
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []
    inner = dialog.findChild(QScrollArea)
    assert inner.widget().minimumSizeHint().width() <= inner.viewport().width()


@pytest.mark.parametrize("font", ["atkinson", "opendyslexic"])
def test_every_font_fits(desk, font):
    desk.app.settings.change(font=font, text_percent=200)
    desk.study.window.resize(1024, 600)
    dialog = desk.open()
    inner = dialog.findChild(QScrollArea)
    assert cut_off(dialog) == []
    assert inner.widget().minimumSizeHint().width() <= inner.viewport().width()


@pytest.mark.parametrize(
    ("option", "setting", "value"),
    [
        ("1.5×", "speech_speed", 1.5),
        ("Everything", "reading_repeat", "playlist"),
        ("None", "reading_gap_ms", 0),
        ("2 seconds", "reading_gap_ms", 2000),
        ("15 seconds", "thinking_s", 15),
        ("Until I press Space", "thinking_s", 0),
        ("Hazel (British), Windows voice", "voice", "HAZEL"),
    ],
)
def test_a_choice_holds_at_once_and_is_kept(desk, option, setting, value):
    desk.open()
    assert getattr(desk.settings, setting) != value
    desk.option(option).click()
    assert getattr(desk.settings, setting) == value
    assert desk.option(option).isChecked()


def test_choices_reach_the_reading(desk):
    dialog = desk.open()
    desk.option("1.75×").click()
    desk.option("This card").click()
    desk.option("30 minutes").click()
    QTest.keyClick(dialog.findChild(Slider), Qt.Key.Key_PageDown)
    state = desk.app.listening.state
    assert (state.speed, state.repeat, state.sleep_minutes, state.volume) == (1.75, "track", 30, 80)
    assert desk.settings.speech_volume == 80
    assert desk.says("80 %")
    assert desk.says("Pauses in 30 min.")
    dialog._rows["sleep"]._buttons[0].click()
    assert desk.app.listening.state.sleep_minutes == 0
    assert not desk.says("Pauses in 30 min.")


def test_what_holds_is_shown_and_the_keyboard_is_on_it(desk):
    desk.app.settings.change(reading_gap_ms=1000, thinking_s=30, voice="gmw/en-gb-x-rp")
    desk.app.listening.set_speed(0.75)
    desk.open()
    for option in ("0.75×", "1 second", "30 seconds", "Built-in voice, Received Pronunciation"):
        assert desk.option(option).isChecked(), option
    assert desk.option("0.75×").hasFocus()


def test_what_changes_elsewhere_is_shown(desk):
    desk.open()
    desk.app.listening.set_speed(2.0)
    desk.app.settings.change(thinking_s=3)
    assert desk.option("2×").isChecked()
    assert desk.option("3 seconds").isChecked()


def test_british_voices_come_first_and_others_on_demand(desk):
    dialog = desk.open()
    assert desk.voices_in_view() == [
        "The best British voice here",
        "Hazel (British), Windows voice",
        "Built-in voice, British",
        "Built-in voice, Scottish",
        "Built-in voice, Received Pronunciation",
    ]
    assert desk.says("The best one here is: Hazel (British), Windows voice.")
    more = next(one for one in dialog.findChildren(PushButton) if "More" in one.text())
    assert more.text() == "More voices (4)"
    last = desk.option("Built-in voice, Received Pronunciation")
    last.click()
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Down)
    assert desk.settings.voice == "", "the arrow passes over what is out of view"
    more.click()
    assert len(desk.voices_in_view()) == 9
    assert not more.isVisibleTo(dialog)


def test_a_voice_from_elsewhere_that_holds_is_in_view(desk):
    desk.app.settings.change(voice="ZIRA")
    desk.open()
    assert desk.option("Zira (American), Windows voice").isChecked()


def test_a_sample_is_played_without_choosing_and_ends_with_the_dialog(desk):
    dialog = desk.open()
    name = "Play a sample: Built-in voice, Scottish"
    sample = next(one for one in dialog.findChildren(IconButton) if one.accessibleName() == name)
    sample.click()
    assert desk.app.listening.state.subject == SAMPLE
    assert set(desk.study.speech.voices.values()) == {"gmw/en-gb-scotland"}
    assert desk.settings.voice == ""
    dialog.reject()
    assert desk.app.listening.state.phase == "idle"


def test_a_card_goes_on_when_the_dialog_is_closed(desk):
    desk.app.cards.listen()
    desk.open().reject()
    assert desk.app.listening.state.phase == "preparing"
    desk.app.listening.set_speed(2.0)  # and the dialog hears no more of it
    settle()
    assert desk.app.dialogs.dialog is None


def test_while_voices_are_looked_for_it_says_so(desk):
    desk.open(voices=None)
    assert desk.says(LOOKING)
    desk.study.speech.voices_listed.emit(VOICES)
    settle()
    assert not desk.says(LOOKING)
    assert desk.voices_in_view()


def test_when_voices_cannot_be_listed_it_says_so_and_asks_again_next_time(desk):
    desk.open(voices=None)
    desk.study.speech.failed.emit("voices", "The voice stopped working.")
    assert desk.says(NOT_LISTED)
    desk.dialog.reject()
    desk.open()
    assert desk.study.speech.listings == 2
    assert desk.voices_in_view()


def test_a_voice_that_is_gone_gives_way_with_the_keyboard_kept(desk):
    desk.app.settings.change(voice="SUSAN")
    desk.open()
    assert desk.says(GONE)
    gone = desk.option("The voice you chose (not on this computer)")
    assert gone.isChecked()
    gone.setFocus()
    QTest.keyClick(gone, Qt.Key.Key_Down)
    settle()
    assert desk.settings.voice == ""
    assert not desk.says(GONE)
    assert desk.option("The best British voice here").hasFocus()
