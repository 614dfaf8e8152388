import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from stalin_study.domain.annotations import LONGEST_NOTE
from stalin_study.ui.widgets.note_field import NoteField, _Sheet
from study_window import TestApp


class Page(QWidget):
    """A window with a note field and another one, which counts the keys that come through."""

    def __init__(self, appearance):
        super().__init__()
        self.field = NoteField(appearance)
        self.other = QLineEdit()
        self.keys = []
        self.written = []
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)
        self.field.note_written.connect(lambda *told: self.written.append(told))
        self.field.show_note("card-1", "", "")

    @property
    def sheet(self):
        return self.field.findChild(_Sheet)

    def keyPressEvent(self, event):
        self.keys.append(event.key())


@pytest.fixture
def page(qtbot, tmp_path):
    study = TestApp(tmp_path)
    made = Page(study.app.appearance)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.field.focus_end()
    QApplication.processEvents()
    yield made
    study.close()


def test_a_note_is_written_after_a_pause_and_once(page):
    QTest.keyClicks(page.sheet, "Red")
    assert page.written == []
    assert page.field.pause.isActive()
    page.field.pause.timeout.emit()
    page.field.flush()
    assert page.written == [("card-1", "Red")]


def test_a_note_is_written_when_the_field_is_left(page):
    QTest.keyClicks(page.sheet, "Red")
    page.other.setFocus()
    assert page.written == [("card-1", "Red")]


def test_a_note_is_written_when_another_card_comes(page):
    QTest.keyClicks(page.sheet, "Red")
    page.field.show_note("card-2", "Its own", "")
    assert page.written == [("card-1", "Red")]
    assert page.field.text == "Its own"
    page.field.flush()
    assert len(page.written) == 1


def test_a_note_is_written_when_it_goes_out_of_sight(page):
    QTest.keyClicks(page.sheet, "Red")
    page.field.hide()
    assert page.written == [("card-1", "Red")]


def test_a_note_is_written_before_the_window_hears_that_it_closes(page):
    told = []
    page.field.note_written.connect(lambda *_: told.append("written"))
    page.closeEvent = lambda event: told.append("closing")
    QTest.keyClicks(page.sheet, "Red")
    page.close()
    assert told == ["written", "closing"]


def test_what_is_being_written_is_not_overwritten(page):
    QTest.keyClicks(page.sheet, "Red")
    page.field.show_note("card-1", "from elsewhere", "")
    assert page.field.text == "Red"
    page.field.flush()
    page.field.show_note("card-1", "from elsewhere", "")
    assert page.field.text == "from elsewhere"


def test_emptying_the_field_is_written_too(page):
    page.field.show_note("card-2", "Old", "")
    page.sheet.selectAll()
    QTest.keyClick(page.sheet, Qt.Key.Key_Delete)
    page.field.flush()
    assert page.written == [("card-2", "")]


def test_undo_is_the_fields_own(page):
    QTest.keyClicks(page.sheet, "Red")
    QTest.keyClick(page.sheet, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.field.text == ""


def test_arrows_at_the_edge_and_letters_stay_in_the_field(page):
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_M, Qt.Key.Key_Space):
        QTest.keyClick(page.sheet, key)
    assert page.keys == []
    assert page.sheet.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_escape_and_control_enter_are_done(page, qtbot, key, modifier):
    with qtbot.waitSignal(page.field.done_requested):
        QTest.keyClick(page.sheet, key, modifier)
    assert key not in page.keys


def test_a_note_is_never_longer_than_it_may_be(page):
    page.field.show_note("card-2", "x" * (LONGEST_NOTE - 2), "")
    page.field.focus_end()
    QTest.keyClicks(page.sheet, "abc")
    QTest.keyClick(page.sheet, Qt.Key.Key_Return)
    pasted = QMimeData()
    pasted.setText("pasted")
    page.sheet.insertFromMimeData(pasted)
    composed = QInputMethodEvent("", [])
    composed.setCommitString("é")
    QApplication.sendEvent(page.sheet, composed)
    assert page.field.text == "x" * (LONGEST_NOTE - 2) + "ab"
    page.sheet.selectAll()
    page.sheet.insertFromMimeData(pasted)
    assert page.field.text == "pasted"
