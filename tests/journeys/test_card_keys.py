"""A card by its keys, wherever on the page the keyboard happens to be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stalin_study.ui.widgets.flip_card import FlipCard
from stalin_study.ui.widgets.note_field import NoteField
from stalin_study.ui.widgets.rating_bar import RatingButton
from study_window import TestApp


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    made.show()
    made.app.reviews.open()
    yield made
    made.close()


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        for _ in range(3):
            QApplication.processEvents()


def reviews_of(study):
    return dict(study.app.reviews.memory_states)


def test_a_note_is_written_at_once_and_its_letters_are_no_keys(study):
    press(Qt.Key.Key_Space)
    assert study.app.cards.state.is_flipped
    press(Qt.Key.Key_N)
    QTest.keyClicks(QApplication.focusWidget(), "hello one 1 2")
    QApplication.processEvents()
    [field] = study.window.pages["cards"].findChildren(NoteField)
    assert field.text == "hello one 1 2"
    assert reviews_of(study) == {}
    assert study.app.listening.state.phase == "idle"
    press(Qt.Key.Key_Escape)
    assert not study.app.cards.state.is_note_open
    [note] = study.app.reviews.annotations.values()
    assert note.note == "hello one 1 2"


@pytest.mark.parametrize("is_flipped", [False, True])
def test_left_and_right_change_the_card_from_any_button(study, is_flipped):
    first = study.app.cards.state.number
    if is_flipped:
        press(Qt.Key.Key_Space, Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)
    assert study.app.cards.state.number == first + 1
    press(Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert study.app.cards.state.number == first + 1
    press(Qt.Key.Key_Space)
    assert study.app.cards.state.is_flipped, "the keyboard is where Space turns the card"


def test_space_never_rates(study):
    shown = study.app.cards.state.card.id
    press(*[Qt.Key.Key_Space] * 4)
    assert reviews_of(study) == {}
    assert study.app.cards.state.card.id == shown
    if not study.app.cards.state.is_flipped:
        press(Qt.Key.Key_Space)
    buttons = study.window.pages["cards"].findChildren(RatingButton)
    next(button for button in buttons if button.isVisible()).setFocus()
    press(Qt.Key.Key_Space)
    assert reviews_of(study) == {}
    if not study.app.cards.state.is_flipped:
        press(Qt.Key.Key_Space)
    press(Qt.Key.Key_2)
    assert list(reviews_of(study)) == [shown]


@pytest.mark.parametrize("ratings", [2, 4])
@pytest.mark.parametrize("size", [(1272, 760), (1024, 600)])
def test_a_card_turns_to_its_end(study, ratings, size):
    """The ratings need more room than the button in their place: the card gives it beforehand."""
    study.app.settings.change(motion="on", ratings=ratings)
    study.show(*size)
    study.window.show_page("cards")
    card = study.window.findChild(FlipCard)
    for _ in range(2):
        QApplication.processEvents()
        study.app.cards.flip()
        height = card.height()
        for _ in range(3):
            QApplication.processEvents()
        assert (card.is_turning, card.height()) == (True, height)
        study.app.cards.show_card(study.app.deck.cards[1].id)
