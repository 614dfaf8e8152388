"""The media keys of a keyboard, pressed in a window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from stalin_study.ui.media_keys import add_media_keys, bring_up, media_key_actions

KEY = Qt.Key
VERBS = {
    KEY.Key_MediaTogglePlayPause: "toggle",
    KEY.Key_MediaPlay: "toggle",
    KEY.Key_MediaPause: "pause",
    KEY.Key_MediaStop: "stop",
    KEY.Key_MediaNext: "go_next",
    KEY.Key_MediaPrevious: "go_previous",
    KEY.Key_AudioForward: "next_sentence",
    KEY.Key_AudioRewind: "previous_sentence",
}


class FakeRemote:
    """Writes down what is asked of it."""

    def __init__(self):
        self.asked: list[str] = []

    def __getattr__(self, verb):
        return lambda: self.asked.append(verb)


@pytest.fixture
def window(qapp):
    made = QWidget()
    made.field = QLineEdit()
    QVBoxLayout(made).addWidget(made.field)
    made.remote = FakeRemote()
    add_media_keys(made, made.remote)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()


def test_every_media_key_does_one_thing():
    assert set(media_key_actions(FakeRemote())) == set(VERBS)


@pytest.mark.qt_log_ignore("keyToAscii Unhandled key code")  # of QTest, for keys without a letter
@pytest.mark.parametrize(("key", "verb"), VERBS.items(), ids=[key.name for key in VERBS])
def test_a_media_key_works_while_the_pupil_types(window, key, verb):
    QTest.keyClick(window.field, key)
    assert (window.remote.asked, window.field.text()) == ([verb], "")


def test_with_another_key_held_it_is_not_a_media_key(window):
    QTest.keyClick(window.field, KEY.Key_MediaNext, Qt.KeyboardModifier.ControlModifier)
    assert window.remote.asked == []


@pytest.mark.qt_log_ignore("does not support raise")  # of the offscreen platform
def test_a_window_that_is_minimised_comes_up_as_it_was(window):
    window.showMaximized()
    window.showMinimized()
    bring_up(window)
    assert window.isVisible()
    assert not window.isMinimized()
    assert window.isMaximized()
