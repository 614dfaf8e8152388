import pytest
from PySide6.QtCore import QAbstractAnimation, QSize, Qt, QVariantAnimation
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from fakes_study import make_deck
from stalin_study.domain.card_text import TextSpan, answer_blocks
from stalin_study.domain.memory import Mark
from stalin_study.domain.progress import Progress
from stalin_study.domain.terms import TermFinder
from stalin_study.presenters.topic_tree import CardRow, TopicRow, TopicTreeState
from stalin_study.ui.widgets.card_text import CardText
from stalin_study.ui.widgets.flip_card import CardFace, FlipCard
from stalin_study.ui.widgets.topic_tree_model import PROGRESS_ROLE, TopicTreeModel, said_progress

NEW, DUE = Progress(Mark.NEW, 0), Progress(Mark.LEARNING, 3)


@pytest.mark.parametrize(
    ("screen", "size"),
    [((1920, 1040), (1280, 800)), ((1024, 600), (1016, 560)), ((1280, 800), (1272, 760))],
)
def test_the_window_and_its_frame_fit_the_screen(study, screen, size):
    study.window.fit_to(QSize(*screen))
    assert (study.window.width(), study.window.height()) == size


def tree_state(progress=NEW, cards=2):
    rows = tuple(CardRow(f"c{n}", f"Card {n}", progress) for n in range(cards))
    return TopicTreeState((TopicRow("t1", "One", progress, rows), TopicRow("t2", "Two", NEW, ())))


def test_the_tree_model_is_a_sound_model(qapp):
    model = TopicTreeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for state in (tree_state(), tree_state(DUE), tree_state(cards=5), TopicTreeState(())):
        model.show_state(state)
    model.show_state(tree_state(DUE))
    card = model.index_of("c1")
    assert card.data(PROGRESS_ROLE) == DUE
    assert card.data(Qt.ItemDataRole.AccessibleTextRole) == "Card 1: learning, 3 questions due"
    assert not model.index_of("nowhere").isValid()
    assert tester.model() is model


def test_new_progress_does_not_fold_the_tree(qapp):
    model = TopicTreeModel()
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show_state(tree_state())
    model.show_state(tree_state(DUE))
    assert len(resets) == 1
    assert said_progress(NEW) == "new"


def test_a_turn_ends_on_the_other_side_and_a_second_one_finishes_the_first(study, qtbot):
    study.app.settings.change(motion="on")
    front, back = CardFace(study.app.appearance), CardFace(study.app.appearance)
    card = FlipCard(study.app.appearance, front, back)
    qtbot.addWidget(card)
    card.resize(400, 300)
    card.show()
    card.show_side(is_flipped=True, with_turn=True)
    assert card.is_turning
    animation = card.findChild(QVariantAnimation)
    animation.setCurrentTime(animation.duration() // 2)
    QApplication.processEvents()
    card.show_side(is_flipped=False, with_turn=True)
    assert front.isVisible()
    animation.setCurrentTime(animation.duration())
    assert animation.state() == QAbstractAnimation.State.Stopped
    assert not card.is_turning


def test_without_motion_the_other_side_is_there_at_once(study, qtbot):
    study.app.settings.change(motion="off")
    front, back = CardFace(study.app.appearance), CardFace(study.app.appearance)
    card = FlipCard(study.app.appearance, front, back)
    qtbot.addWidget(card)
    card.show()
    card.show_side(is_flipped=True, with_turn=True)
    assert not card.is_turning
    assert back.isVisible()


@pytest.fixture
def text(study, qtbot):
    deck = make_deck()
    made = CardText(study.app.appearance, TermFinder(deck.terms), "Answer")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_blocks(answer_blocks(deck.cards[0]))
    made.show()
    return made


def test_word_and_sentence_are_lit_where_they_stand(text):
    text.show_reading(TextSpan("c01p01", 0, 45), TextSpan("c01p01", 5, 6))
    lights = text.extraSelections()
    cursors = [light.cursor for light in lights]
    assert [cursor.selectedText() for cursor in cursors] == [
        "Fact 1 of card 1: in 1921 the NEP changed. It",
        "1",
    ]
    text.show_reading(None, None)
    assert text.extraSelections() == []


def test_a_span_of_another_card_lights_nothing(text):
    text.show_reading(TextSpan("c09p01", 0, 5), None)
    assert text.extraSelections() == []


def test_notes_and_terms_are_links_that_the_keyboard_reaches(text, qtbot):
    asked = []
    text.note_requested.connect(asked.append)
    text.meaning_requested.connect(lambda point, term: asked.append((point, term)))
    text.setFocus()
    for _ in range(2):
        QTest.keyClick(text, Qt.Key.Key_Tab)
        QTest.keyClick(text, Qt.Key.Key_Return)
    assert asked == [("c01p01", "nep"), "c01p01"]


def test_a_theme_keeps_the_text_and_changes_its_colour(text, study):
    before = text.toPlainText()
    study.app.settings.change(theme="dark")
    assert text.toPlainText() == before


def test_enter_presses_a_button_that_has_the_keyboard(study):
    button = study.window.pages["cards"]._show_answer
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert study.app.cards.state.is_flipped


def test_typing_in_the_search_field_turns_no_card(study):
    study.window.sidebar.search.setFocus()
    QTest.keyClicks(study.window.sidebar.search, "a l 1 s")
    assert not study.app.cards.state.is_flipped
    assert study.app.listening.state.phase == "idle"
    assert study.window.sidebar.search.text() == "a l 1 s"
