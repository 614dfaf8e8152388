"""Before the window: what to do when progress is open elsewhere, by keyboard and in words."""

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stalin_study.app import make_appearance
from stalin_study.paths import find_paths
from stalin_study.services.settings import Settings
from stalin_study.ui.dialogs.elsewhere_dialog import (
    CLOSE,
    LOOK,
    NO_ANSWER,
    TAKE_OVER,
    ElsewhereDialog,
    elsewhere_words,
)


@pytest.fixture
def show(qapp, tmp_path):
    """Makes the dialog, and takes it away in the end."""
    made = []

    def make(percent=100, *, asks=True):
        settings = Settings(text_percent=percent)
        appearance = make_appearance(qapp, find_paths(tmp_path), settings, lambda: False)
        words = elsewhere_words("HISTORY-ROOM-PC-12", 20) if asks else NO_ANSWER
        dialog = ElsewhereDialog(appearance, words, asks=asks)
        made.extend((dialog, appearance))
        dialog.show()
        dialog.activateWindow()
        for _ in range(3):
            QApplication.processEvents()
        return dialog

    yield make
    for one in made:
        one.deleteLater()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("asks", [True, False])
def test_it_can_be_heard_reached_and_is_whole(show, percent, asks):
    dialog = show(percent, asks=asks)
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []
    dialog.reject()


@pytest.mark.parametrize(("tabs", "choice"), [(0, LOOK), (1, TAKE_OVER), (2, CLOSE)])
def test_enter_takes_the_safe_choice_and_tab_goes_to_the_others(show, tabs, choice):
    dialog = show()
    for _ in range(tabs):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert dialog.choice == choice


def test_escape_closes(show):
    dialog = show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.choice == CLOSE


def test_the_words_say_who_and_when():
    assert elsewhere_words("PC-12", 20.4) == (
        "Your progress is open on the computer PC-12, which used it 20 seconds ago."
    )
    assert elsewhere_words("PC-12", 0).endswith("used it just now.")
