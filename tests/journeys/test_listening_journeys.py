"""Listening in the whole app, with a voice and a player that do what a test says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stalin_study.ui.widgets.card_text import CardText
from stalin_study.ui.widgets.listening_buttons import PlayButton
from study_window import TestApp

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    made.app.reviews.open()
    made.show()
    yield made
    made.close()


def press(*keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)


def sound(study, ms=1):
    study.speech.answer_all()
    study.player.position_changed.emit(ms)


def to_listen(study):
    press(Qt.Key.Key_4, held=Qt.KeyboardModifier.ControlModifier)
    assert study.window.page == "listen"


def play_button(study):
    return study.window.listening_bar.findChild(PlayButton)


def state(study):
    return study.app.listening.state


def to_thinking(study):
    to_listen(study)
    study.app.listen.page.show_mode("hands_free")
    study.app.listen.hands_free.start("deck")
    study.speech.answer_all()
    while state(study).phase != "thinking":
        study.player.end()
        study.speech.answer_all()


def test_the_round_button_pauses_and_plays_on(study):
    press(Qt.Key.Key_L)
    sound(study)
    QTest.mouseClick(play_button(study), LEFT)
    assert (state(study).phase, study.player.is_playing) == ("paused", False)
    QTest.mouseClick(play_button(study), LEFT)
    assert (state(study).phase, study.player.is_playing) == ("playing", True)
    play_button(study).setFocus()
    press(Qt.Key.Key_Space)
    assert state(study).phase == "paused"


def test_a_playlist_by_keyboard_alone(study):
    to_listen(study)
    press(Qt.Key.Key_Space)
    sound(study)
    first = state(study).sentence
    press(Qt.Key.Key_Right)
    sound(study)
    assert state(study).sentence not in (None, first)
    press(Qt.Key.Key_Left)
    assert state(study).sentence == first
    press(Qt.Key.Key_Right, held=Qt.KeyboardModifier.ControlModifier)
    assert state(study).track_number == 2
    press(Qt.Key.Key_Space)
    assert state(study).phase == "paused"
    press(Qt.Key.Key_2, held=Qt.KeyboardModifier.ControlModifier)
    assert study.window.listening_bar.isVisible()
    press(Qt.Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    assert state(study).is_sounding
    press(Qt.Key.Key_Escape)
    assert state(study).phase == "idle"


def test_the_card_that_a_playlist_reads_lights_up_on_its_own_page(study):
    to_listen(study)
    press(Qt.Key.Key_Space)
    sound(study)
    study.window.show_page("cards")
    sound(study)
    lit = study.window.pages["cards"].findChildren(CardText)
    assert [len(text.extraSelections()) for text in lit if text.isVisible()] == [2]
    study.app.cards.flip()
    assert state(study).playlist == "deck"  # turning a card does not change what is read


def test_a_sentence_gone_to_while_paused_is_lit_and_in_view(study):
    to_listen(study)
    press(Qt.Key.Key_Space)
    sound(study)
    press(Qt.Key.Key_Space)
    text = study.app.listen.page.playlist.findChild(CardText)
    at_start = text.verticalScrollBar().value()
    for _ in range(14):
        press(Qt.Key.Key_Right)
    assert (state(study).phase, state(study).number) == ("paused", 15)
    assert len(text.extraSelections()) == 1
    assert text.verticalScrollBar().value() > at_start


@pytest.mark.parametrize("key", ["K", "N"])
def test_hands_free_ratings_count_wherever_the_keyboard_is(study, key):
    to_thinking(study)
    play_button(study).setFocus()
    QTest.keyClick(QApplication.focusWidget(), key)
    counted = study.app.listen.hands_free.state
    assert (counted.known, counted.not_yet) == (int(key == "K"), int(key == "N"))
    store = study.app.reviews
    [subject] = store.memory_states
    assert store.memory_states[subject].reviews == 1
    assert state(study).phase in ("preparing", "playing")
    press(Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier)
    assert store.memory_states == {}


def test_a_double_click_on_play_is_not_meant_for_the_bar_that_comes_up(study, qtbot):
    to_listen(study)
    press(Qt.Key.Key_Space)
    bar = study.window.listening_bar
    passes = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    assert bar.isVisible()
    assert bar.testAttribute(passes)
    qtbot.waitUntil(lambda: not bar.testAttribute(passes))


def test_when_the_bar_goes_the_keyboard_is_back_on_the_page(study):
    press(Qt.Key.Key_L)
    sound(study)
    play_button(study).setFocus()
    study.player.end()
    assert not study.window.listening_bar.isVisible()
    assert study.window.pages["cards"].isAncestorOf(QApplication.focusWidget())


def test_a_sample_lets_the_reading_wait_at_its_place(study, qtbot):
    to_listen(study)
    press(Qt.Key.Key_Space)
    sound(study)
    press(Qt.Key.Key_Right)
    sound(study, 150)
    before = state(study)
    study.app.listen.voices.sample("gmw/en")
    sound(study)
    assert state(study).title == "Voice sample"
    while state(study).phase != "idle":
        study.player.end()
        study.speech.answer_all()
    qtbot.waitUntil(lambda: state(study).phase == "paused")
    assert (state(study).subject, state(study).sentence) == (before.subject, before.sentence)
    press(Qt.Key.Key_Space)
    sound(study, 150)
    assert state(study).word == before.word


def test_down_on_a_button_changes_nothing(study):
    to_listen(study)
    before = study.app.settings.settings
    press(*[Qt.Key.Key_Down] * 5)
    assert study.app.settings.settings == before


def test_repeat_is_for_playlists(study):
    study.app.listening.set_repeat("track")
    press(Qt.Key.Key_L)
    sound(study)
    study.player.end()
    assert state(study).phase == "idle"


def test_muting_lasts_until_the_app_is_closed(study):
    study.window.listening_bar.volume_chosen.emit(0)
    assert (study.player.volume, study.app.settings.settings.speech_volume) == (0, 100)
    study.window.listening_bar.volume_chosen.emit(60)
    assert study.app.settings.settings.speech_volume == 60


def test_the_card_on_show_can_be_heard_asked_about_and_exported_alone(study):
    card = study.app.deck.cards[4]
    study.app.cards.show_card(card.id)
    to_listen(study)
    parts = study.app.listen
    first = parts.listen.state.playlists[0]
    assert (first.title, first.tracks) == (f"Card: {card.title}", 1)
    assert parts.hands_free.state.scopes[0].title == f"Card: {card.title}"
    parts.listen.choose_playlist(first.id)
    press(Qt.Key.Key_Space)
    sound(study)
    assert (state(study).title, state(study).track_count) == (card.title, 1)
    parts.page.export_requested.emit()
    assert parts.export.state.playlist == first.id
    assert parts.export.state.estimate.startswith("1 file")


def test_how_it_is_read_is_remembered(qtbot, tmp_path):
    for run in range(2):
        study = TestApp(tmp_path)
        study.show()
        listening = study.app.listening
        if run == 0:
            bar = study.window.listening_bar
            bar.speed_chosen.emit(1.5)
            bar.volume_chosen.emit(60)
            bar.repeat_chosen.emit("playlist")
        assert (listening.state.speed, listening.state.volume) == (1.5, 60)
        assert (listening.state.repeat, study.player.volume) == ("playlist", 60)
        study.close()


def test_nothing_is_read_once_the_app_is_closed(study):
    listening, cards = study.app.listening, study.app.cards
    study.app.close()
    study.speech.asked.clear()
    cards.listen()
    assert study.speech.asked == {}
    assert listening.state.phase == "idle"
