"""Marks, notes and search on the Cards page and in the tree."""

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes import FakeClock
from fakes_study import FakeListening, FakeReviews, FakeSettings, make_deck
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.card_text import TextSpan
from stalin_study.domain.terms import TermFinder
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.ui.pages.cards_page import CardsPage
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.note_field import _Sheet
from stalin_study.ui.widgets.places_line import PlacesLine
from stalin_study.ui.widgets.sidebar import Sidebar
from stalin_study.ui.widgets.topic_tree_model import HARD_ROLE, HITS_ROLE
from study_window import TestApp


class Desk:
    """The page and the sidebar with their presenters."""

    def __init__(self, study, qtbot):
        now = FakeClock()
        deck = make_deck()
        self.reviews = FakeReviews(now)
        self.cards = CardsPresenter(deck, self.reviews, FakeSettings(), FakeListening(), now)
        self.tree = TopicTreePresenter(deck, self.reviews, now)
        self.page = page = CardsPage(study.app.appearance, TermFinder(deck.terms))
        self.sidebar = Sidebar(study.app.appearance)
        page.flip_requested.connect(self.cards.flip)
        page.next_requested.connect(self.cards.next_card)
        page.hard_requested.connect(self.cards.toggle_hard)
        page.own_note_open_requested.connect(self.cards.open_note)
        page.own_note_close_requested.connect(self.cards.close_note)
        page.own_note_written.connect(self.cards.write_note)
        page.place_step_requested.connect(self.cards.step_place)
        self.cards.state_changed.connect(page.render_state)
        self.sidebar.query_changed.connect(self.tree.search)
        self.sidebar.query_changed.connect(self.cards.show_query)
        self.sidebar.only_hard_chosen.connect(self.tree.show_only_hard)
        self.tree.state_changed.connect(self.sidebar.render_state)
        for widget, size in ((page, (900, 600)), (self.sidebar, (300, 600))):
            qtbot.addWidget(widget)
            widget.resize(*size)
        page.render_state(self.cards.state)
        self.sidebar.render_state(self.tree.state)
        self.sidebar.show()
        page.show()
        page.activateWindow()
        QApplication.processEvents()

    def button(self, name):
        found = [one for one in self.page.findChildren(PushButton) if one.accessibleName() == name]
        return next(one for one in found if one.isVisible())

    def lights(self):
        """What is marked in the answer, and whether as the current place."""
        text = self.page._answer_side.text
        primary = text._appearance.look.colour("primary")
        return [
            (light.cursor.selectedText(), light.format.background().color() == primary)
            for light in text.extraSelections()
        ]


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(study, qtbot):
    return Desk(study, qtbot)


def test_m_marks_the_card_on_both_sides_and_takes_the_mark_back(desk):
    QTest.keyClick(desk.page, Qt.Key.Key_M)
    assert desk.reviews.annotated == [("card-1", AnnotationKind.HARD, "yes")]
    assert desk.button("Marked as hard").isChecked()
    QTest.keyClick(desk.page, Qt.Key.Key_Space)
    desk.button("Marked as hard").click()
    assert not desk.button("Mark as hard").isChecked()


def test_the_tree_shows_hard_cards_and_can_show_them_alone(desk):
    chip = desk.sidebar._hard
    assert not chip.isVisible()
    desk.cards.toggle_hard()
    index = desk.sidebar.tree.model().index_of("card-1")
    assert index.data(HARD_ROLE)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Card number 1: new, marked as hard"
    assert chip.text() == "Hard cards (1)"
    chip.click()
    assert chip.isChecked()
    assert desk.sidebar.tree.model().rowCount() == 1
    desk.cards.toggle_hard()
    assert desk.sidebar._message.text().startswith("No card is marked as hard.")
    chip.setFocus()
    chip.click()
    assert not chip.isVisible()
    assert desk.sidebar.tree.model().rowCount() == 2


def test_n_opens_the_note_below_the_answer_and_escape_closes_it(desk):
    QTest.keyClick(desk.page, Qt.Key.Key_N)
    sheet = desk.page.findChild(_Sheet)
    assert not sheet.isVisible()
    QTest.keyClick(desk.page, Qt.Key.Key_Space)
    QTest.keyClick(desk.page, Qt.Key.Key_N)
    assert sheet.hasFocus()
    QTest.keyClicks(sheet, "Ml1 a")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert desk.reviews.annotated == [("card-1", AnnotationKind.NOTE, "Ml1 a")]
    assert "Your note: Ml1 a" in desk.page._answer_side.text.toPlainText()
    assert desk.page._answer_side._note.hasFocus()


def test_the_pencil_opens_and_closes_the_note(desk):
    desk.cards.flip()
    pencil = desk.page._answer_side._note
    pencil.click()
    assert desk.cards.state.is_note_open
    pencil.click()
    assert not desk.cards.state.is_note_open


def test_turning_or_changing_the_card_keeps_what_was_written(desk):
    sheet = desk.page.findChild(_Sheet)
    desk.cards.flip()
    desk.cards.open_note()
    QTest.keyClicks(sheet, "x")
    desk.cards.flip()
    assert not desk.page._answer_side.isVisible()
    desk.cards.flip()
    assert desk.page._answer_side.text.toPlainText().endswith("Your note: x")
    desk.cards.open_note()
    QTest.keyClicks(sheet, "x")
    desk.cards.next_card()
    assert [told[2] for told in desk.reviews.annotated] == ["x", "xx"]
    assert {told[0] for told in desk.reviews.annotated} == {"card-1"}
    assert desk.cards.state.note == ""


def test_a_search_lights_its_hits_and_f3_goes_round_them(desk):
    desk.sidebar.search.setText("disputed")
    line = desk.page.findChild(PlacesLine)
    assert line.isVisible()
    assert line._words.text() == "1 place on this card"
    QTest.keyClick(desk.page, Qt.Key.Key_F3)
    assert desk.cards.state.is_flipped
    assert desk.lights() == [("disputed", True)]
    assert line._words.text() == "Place 1 of 1 on this card"
    desk.sidebar.search.setText("fact")
    assert [text for text, _ in desk.lights()] == ["Fact"] * 4
    QTest.keyClick(desk.page, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert [is_current for _, is_current in desk.lights()] == [False] * 5 + [True]
    desk.sidebar.search.setText("nowhere")
    assert line._words.text() == "Not on this card"
    desk.sidebar.search.clear()
    assert not line.isVisible()
    assert desk.lights() == []


def test_a_hit_is_underlined_and_stays_lit_in_a_sentence_that_is_read(desk):
    desk.sidebar.search.setText("card")
    desk.cards.flip()
    text = desk.page._answer_side.text
    text.show_reading(TextSpan("c01p01", 0, 30), TextSpan("c01p01", 5, 6))
    first, second, *_, last = text.extraSelections()
    assert first.cursor.selectedText().startswith("Fact 1 of card 1")
    assert second.cursor.selectedText() == "card"
    assert second.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SingleUnderline
    assert last.cursor.selectedText() == "1"


def test_the_current_place_is_brought_into_view(desk):
    desk.page.resize(900, 300)
    desk.sidebar.search.setText("fact")
    for _ in range(6):
        QTest.keyClick(desk.page, Qt.Key.Key_F3)
    QApplication.processEvents()
    text = desk.page._answer_side.text
    assert desk.lights()[-1] == ("Fact", True)
    lights = text.extraSelections()
    assert 0 <= text.cursorRect(lights[-1].cursor).top() < text.viewport().height()
    text.verticalScrollBar().setValue(0)
    for _ in range(6):  # round to the same place
        QTest.keyClick(desk.page, Qt.Key.Key_F3)
    assert text.verticalScrollBar().value() > 0


def test_hits_of_a_long_card_do_not_trouble_a_short_one(desk):
    desk.sidebar.search.setText("what happened on card")
    desk.page._prompt_side.text.show_blocks(())
    desk.cards.next_card()
    lit = [one.cursor.selectedText() for one in desk.page._prompt_side.text.extraSelections()]
    assert lit == ["What", "happened", "on", "card"]


def test_titles_in_the_tree_know_their_hits(desk):
    model = desk.sidebar.tree.model()
    desk.sidebar.search.setText("NUMBER 1")
    assert model.index_of("card-1").data(HITS_ROLE) == ((5, 11), (12, 13))
    picture = desk.sidebar.tree.grab().toImage()
    desk.sidebar.search.setText("")
    desk.sidebar.tree.expandAll()
    assert model.index_of("card-1").data(HITS_ROLE) == ()
    assert desk.sidebar.tree.grab().toImage() != picture


def test_p_asks_for_printing(desk, qtbot):
    with qtbot.waitSignals([desk.page.print_requested] * 2):
        QTest.keyClick(desk.page, Qt.Key.Key_P)
        desk.page._prompt_side._print.click()


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(900, 640, 100), (960, 440, 100), (960, 480, 200), (1000, 640, 150)],
)
def test_the_page_can_be_heard_reached_and_is_whole(desk, study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    desk.page.resize(width, height)
    desk.cards.toggle_hard()
    desk.sidebar.search.setText("fact")
    desk.cards.flip()
    for go in (desk.cards.open_note, desk.cards.close_note, desk.cards.flip):
        go()
        for _ in range(5):
            QApplication.processEvents()
        assert cut_off(desk.page) == [], go.__name__
        assert unnamed(desk.page) == [], go.__name__
        assert unreached(desk.page) == [], go.__name__
