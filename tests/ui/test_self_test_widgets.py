"""The widgets of the self-test: by keyboard, by mouse, and as a screen reader finds them."""

from pathlib import Path

import msgspec
import pytest
from audit import cut_off, unnamed, unreached
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from stalin_study.services.settings import Settings
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.event_row import EventLine
from stalin_study.ui.widgets.match_board import MatchBoard
from stalin_study.ui.widgets.order_list import OrderList
from stalin_study.ui.widgets.tick_list import TickLine, TickList
from stalin_study.ui.widgets.time_bar import TimeBar
from stalin_study.ui.widgets.writing_field import LONGEST, WritingField

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
EVENTS = (
    "Lenin dies",
    "Zinoviev and Kamenev join Trotsky in the United Opposition against Stalin and Bukharin, "
    "who then have the larger part of the Central Committee on their side",
    "Expelled",
    "Exiled to Alma-Ata",
)
LEFTS = ("Nikolai Bukharin", "Leon Trotsky", "Sergei Kirov", "Genrikh Yagoda")
RIGHTS = ("Head of the NKVD", "Built the Red Army", "Led the right wing", "Murdered in 1934")
NONE = (-1, -1, -1, -1)
LINES = ("Grain was taken.", "Kulaks were deported, about one and a half million.", "Famine.")


class Holder(QWidget):
    """A window with a page that scrolls; keeps the keys that nothing on it wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Self-test")
        self.keys: list[int] = []
        self.page = QWidget()
        self.column = QVBoxLayout(self.page)
        area = QScrollArea()
        area.setWidget(self.page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area = area
        QVBoxLayout(self).addWidget(area)

    def keyPressEvent(self, event):
        self.keys.append(event.key())

    def hold(self, widget, width=800, height=700):
        self.column.addWidget(widget)
        self.column.addStretch(1)
        self.resize(width, height)
        self.show()
        self.activateWindow()
        settle()
        return widget


def settle():
    for _ in range(3):
        QApplication.processEvents()


def press(*keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)


def said():
    return QApplication.focusWidget().accessibleName()


@pytest.fixture
def appearance(qapp):
    themes = ThemeShelf(RESOURCES / "themes")
    made = Appearance(qapp, RESOURCES, themes.take, Settings(theme="light"), lambda: False)
    yield made
    made.deleteLater()


@pytest.fixture
def holder(appearance):
    made = Holder()
    yield made
    made.close()
    made.deleteLater()


# Order


@pytest.fixture
def order(appearance, holder):
    made = OrderList(appearance)
    made.show_events(EVENTS, (2, 0, 3, 1))
    made.changes = []
    made.order_changed.connect(made.changes.append)
    holder.hold(made)
    made.focus_start()
    return made


def line_of(order, number):
    return next(line for line in order.findChildren(EventLine) if EVENTS[number] in line._words)


def tops(order):
    """The numbers of the events as they stand one below the other."""
    rows = [(line_of(order, n).mapTo(order, QPoint(0, 0)).y(), n) for n in range(len(EVENTS))]
    return tuple(number for _, number in sorted(rows))


def test_the_rows_stand_in_the_order_given_and_say_their_place(order):
    assert tops(order) == order.order == (2, 0, 3, 1)
    assert said() == "1 of 4: Expelled"
    assert QApplication.focusWidget().accessibleDescription() == "Alt+Up and Alt+Down move it"


def test_arrows_move_the_keyboard_between_rows_and_stop_at_the_ends(order):
    heard = []
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_End, KEY.Key_Down, KEY.Key_Up, KEY.Key_Home):
        press(key)
        heard.append(int(said()[0]))
    assert heard == [1, 2, 4, 4, 3, 1]
    assert order.changes == []


def test_alt_and_arrows_move_the_row_and_the_keyboard_stays_with_it(order):
    press(KEY.Key_Down, held=ALT)
    assert said() == "2 of 4: Expelled"
    press(KEY.Key_End, held=ALT)
    press(KEY.Key_Up, held=ALT)
    press(KEY.Key_Home, held=ALT)
    assert said() == "1 of 4: Expelled"
    assert order.changes == [(0, 2, 3, 1), (0, 3, 1, 2), (0, 3, 2, 1), (2, 0, 3, 1)]
    assert tops(order) == order.order == (2, 0, 3, 1)


def test_a_row_at_the_end_goes_no_further_and_sends_nothing(order):
    press(KEY.Key_Up, held=ALT)
    assert order.changes == []
    assert order.order == (2, 0, 3, 1)


def test_tab_follows_the_order_in_view(order):
    press(KEY.Key_Down, held=ALT)
    press(KEY.Key_Home)
    heard = [said()]
    for _ in range(3):
        press(KEY.Key_Tab)
        heard.append(said())
    assert [int(name[0]) for name in heard] == [1, 2, 3, 4]


def test_other_keys_go_to_the_page(order, holder):
    press(KEY.Key_Space, KEY.Key_1)
    assert holder.keys == [KEY.Key_Space, KEY.Key_1]


def test_enter_says_that_the_order_is_to_stand(order, qtbot):
    with qtbot.waitSignal(order.completed):
        press(KEY.Key_Return)
    marks = ("right",) * len(order.order)
    order.show_events(order._texts, order.order, marks)
    with qtbot.assertNotEmitted(order.completed):
        press(KEY.Key_Return)


def named(widget, name):
    buttons = widget.findChildren(QAbstractButton)
    return next(button for button in buttons if button.accessibleName() == name)


def test_buttons_move_a_row(order):
    QTest.mouseClick(named(order, "Move down: Lenin dies"), LEFT)
    QTest.mouseClick(named(order, "Move up: Exiled to Alma-Ata"), LEFT)
    assert order.changes == [(2, 3, 0, 1), (3, 2, 0, 1)]
    assert said() == "1 of 4: Exiled to Alma-Ata"
    assert not named(order, "Move up: Exiled to Alma-Ata").isVisible()
    assert named(order, "Move up: Expelled").isVisible()


def drag(order, number, to_place):
    """Hold a row by its middle and pull it over the row at a place; not let go yet."""
    line = line_of(order, number)
    target = line_of(order, order.order[to_place])
    QTest.mousePress(line, LEFT, pos=QPoint(60, line.height() // 2))
    down = target.mapTo(order, target.rect().center()).y() > line.mapTo(order, QPoint(0, 0)).y()
    edge = target.rect().bottom() if down else 0
    end = target.mapTo(order, QPoint(60, edge))
    for _ in range(2):
        QTest.mouseMove(line, line.mapFrom(order, end))
    return line, end


@pytest.mark.parametrize(
    ("number", "to_place", "expected"),
    [
        (2, 1, (0, 2, 3, 1)),
        (2, 3, (0, 3, 1, 2)),
        (1, 0, (1, 2, 0, 3)),
        (3, 0, (3, 2, 0, 1)),
        (0, 3, (2, 3, 1, 0)),
    ],
)
def test_a_row_is_dragged_and_the_others_give_way(order, number, to_place, expected):
    line, end = drag(order, number, to_place)
    assert order.changes == []
    assert said() == f"{expected.index(number) + 1} of 4: {EVENTS[number]}"
    QTest.mouseRelease(line, LEFT, pos=line.mapFrom(order, end))
    settle()
    assert order.changes == [expected]
    assert tops(order) == order.order == expected
    assert line.property("kind") == "choice"


def test_escape_ends_a_drag_where_it_began(order):
    line, end = drag(order, 2, 3)
    assert line.property("kind") == "lifted"
    press(KEY.Key_Escape)
    QTest.mouseRelease(line, LEFT, pos=line.mapFrom(order, end))
    settle()
    assert order.changes == []
    assert tops(order) == order.order == (2, 0, 3, 1)
    assert line.property("kind") == "choice"


def test_a_click_that_trembles_moves_nothing(order):
    line = line_of(order, 2)
    QTest.mousePress(line, LEFT, pos=QPoint(60, 20))
    QTest.mouseMove(line, QPoint(60, 20 + QApplication.startDragDistance() - 1))
    assert line.property("kind") == "choice"
    QTest.mouseRelease(line, LEFT, pos=QPoint(60, 24))
    assert order.changes == []


def test_a_drag_to_the_edge_of_the_page_scrolls_it(order, holder):
    holder.resize(500, 160)
    settle()
    assert holder.area.verticalScrollBar().value() == 0
    line, end = drag(order, 2, 1)
    assert holder.area.verticalScrollBar().value() > 0
    QTest.mouseRelease(line, LEFT, pos=line.mapFrom(order, end))
    assert len(order.changes) == 1


def test_the_same_events_again_do_not_disturb_a_drag(order):
    line, end = drag(order, 2, 1)
    order.show_events(EVENTS, (2, 0, 3, 1))
    assert line.property("kind") == "lifted"
    QTest.mouseRelease(line, LEFT, pos=line.mapFrom(order, end))
    assert order.changes == [(0, 2, 3, 1)]


def test_marked_rows_say_right_or_wrong_and_when_and_stay(order, holder):
    marks = ("wrong", "right", "wrong", "right")
    order.show_events(EVENTS, (2, 0, 3, 1), marks, ("1924", "1926", "1927", "1928"))
    settle()
    assert said() == "1 of 4: Expelled, wrong place, 1927"
    press(KEY.Key_Down)
    assert said() == "2 of 4: Lenin dies, right place, 1924"
    press(KEY.Key_Down, held=ALT)
    line, end = drag(order, 2, 3)
    QTest.mouseRelease(line, LEFT, pos=line.mapFrom(order, end))
    shown = [b for b in order.findChildren(QAbstractButton) if b.isVisible()]
    assert {type(button) for button in shown} == {EventLine}
    assert order.changes == []
    assert tops(order) == (2, 0, 3, 1)


def test_the_row_with_the_keyboard_is_scrolled_into_view(order, holder):
    holder.resize(500, 160)
    settle()
    press(KEY.Key_End)
    line = QApplication.focusWidget()
    view = holder.area.viewport()
    assert view.rect().contains(line.rect().translated(line.mapTo(view, QPoint(0, 0))))


# Match


@pytest.fixture
def board(appearance, holder):
    made = MatchBoard(appearance)
    made.show_pairs(LEFTS, RIGHTS, NONE)
    made.changes = []
    made.chosen_changed.connect(made.changes.append)
    holder.hold(made)
    made.focus_start()
    return made


def side(board, is_right, number):
    return board._sides[is_right][number]


def click(board, *places):
    for is_right, number in places:
        QTest.mouseClick(side(board, is_right, number), LEFT)


def test_a_number_and_a_letter_match(board):
    press(KEY.Key_2)
    assert said() == "2: Leon Trotsky, picked, not matched"
    press(KEY.Key_B)
    assert board.changes == [(-1, 1, -1, -1)]
    assert said() == "3: Sergei Kirov, not matched"
    assert side(board, False, 1).accessibleName() == (
        "2: Leon Trotsky, matched with b: Built the Red Army"
    )
    assert side(board, True, 1).accessibleName() == (
        "b: Built the Red Army, matched with 2: Leon Trotsky"
    )


def test_letters_alone_match_one_left_side_after_the_other(board):
    press(KEY.Key_C, KEY.Key_B, KEY.Key_D)
    press(KEY.Key_A)
    assert board.chosen == (2, 1, 3, 0)


def test_enter_and_arrows_match(board):
    press(KEY.Key_Return)
    assert said() == "a: Head of the NKVD, not matched"
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Space)
    assert board.changes == [(2, -1, -1, -1)]
    assert said() == "2: Leon Trotsky, not matched"
    press(KEY.Key_Right)
    assert said() == "b: Built the Red Army, not matched"
    press(KEY.Key_Left, KEY.Key_Home)
    assert said() == "1: Nikolai Bukharin, matched with c: Led the right wing"


def test_a_right_side_may_be_picked_first(board):
    press(KEY.Key_Right, KEY.Key_Return)
    assert side(board, True, 0).accessibleName() == "a: Head of the NKVD, picked, not matched"
    press(KEY.Key_End, KEY.Key_Return)
    assert board.changes == [(-1, -1, -1, 0)]


def test_backspace_and_delete_take_a_match_back_from_either_side(board):
    board.show_pairs(LEFTS, RIGHTS, (2, 1, 3, 0))
    press(KEY.Key_Home, KEY.Key_Backspace, KEY.Key_Right, KEY.Key_Delete, KEY.Key_Delete)
    assert board.changes == [(-1, 1, 3, 0), (-1, 1, 3, -1)]


def test_escape_drops_what_is_picked_and_then_belongs_to_the_page(board, holder):
    press(KEY.Key_1, KEY.Key_Escape)
    assert said() == "1: Nikolai Bukharin, not matched"
    press(KEY.Key_Escape)
    assert holder.keys == [KEY.Key_Escape]


def test_keys_without_a_side_go_to_the_page(board, holder):
    press(KEY.Key_5, KEY.Key_E, KEY.Key_X)
    press(KEY.Key_1, held=CONTROL)
    assert holder.keys == [KEY.Key_5, KEY.Key_E, KEY.Key_X, KEY.Key_Control, KEY.Key_1]
    assert board.changes == []


def test_the_mouse_matches_in_either_order_and_changes_a_match(board):
    click(board, (False, 0), (True, 2))
    click(board, (True, 1), (False, 1))
    click(board, (False, 1), (True, 3))
    assert board.changes == [(2, -1, -1, -1), (2, 1, -1, -1), (2, 3, -1, -1)]


def test_a_right_side_in_use_moves_over(board):
    click(board, (False, 0), (True, 2), (False, 3), (True, 2))
    assert board.chosen == (-1, -1, -1, 2)


def test_a_second_click_drops_a_pick_and_a_click_on_both_takes_a_match_back(board):
    click(board, (False, 0), (False, 0), (True, 2))
    assert board.changes == []
    click(board, (False, 0))
    assert board.changes == [(2, -1, -1, -1)]
    click(board, (False, 0), (True, 2))
    assert board.changes == [(2, -1, -1, -1), NONE]


def test_a_marked_board_stays_and_says_what_was_right(board):
    board.show_pairs(LEFTS, RIGHTS, (2, 1, 0, -1), ("right", "right", "wrong", "wrong"))
    press(KEY.Key_1, KEY.Key_D, KEY.Key_Return, KEY.Key_Backspace)
    click(board, (False, 3), (True, 3))
    assert board.changes == []
    names = [side(board, False, number).accessibleName() for number in (0, 2, 3)]
    assert names == [
        "1: Nikolai Bukharin, matched with c: Led the right wing, right",
        "3: Sergei Kirov, matched with a: Head of the NKVD, wrong",
        "4: Genrikh Yagoda, not matched, wrong",
    ]
    assert side(board, True, 0).accessibleName().endswith("matched with 3: Sergei Kirov, wrong")


def test_without_room_the_columns_stand_one_below_the_other(board, holder):
    assert side(board, True, 0).y() == side(board, False, 0).y()
    holder.resize(340, 700)
    settle()
    assert side(board, True, 0).x() == side(board, False, 0).x()
    assert side(board, True, 0).y() > side(board, False, 3).geometry().bottom()
    holder.resize(800, 700)
    settle()
    assert side(board, True, 0).y() == side(board, False, 0).y()


BOARD_KEYS = [getattr(KEY, f"Key_{name}") for name in "1 2 4 A B D Up Down Left Right".split()]
BOARD_KEYS += [KEY.Key_Return, KEY.Key_Backspace, KEY.Key_Escape]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(BOARD_KEYS), max_size=15))
def test_no_keys_give_two_left_sides_the_same_right_one(board, keys):
    board.show_pairs(LEFTS, RIGHTS, NONE)
    board.changes.clear()
    board.focus_start()
    press(*keys)
    for before, after in zip([NONE, *board.changes], board.changes, strict=False):
        used = [right for right in after if right >= 0]
        assert len(used) == len(set(used))
        assert after != before
    assert board.chosen == (board.changes or [NONE])[-1]


# Tick


@pytest.fixture
def ticks(appearance, holder):
    made = TickList(appearance)
    made.show_lines(LINES, frozenset({1}), {0: "Causes", 2: "What came of it"}, frozenset({2}))
    made.changes = []
    made.ticks_changed.connect(made.changes.append)
    holder.hold(made)
    made.focus_start()
    return made


def test_space_ticks_and_arrows_pass_over_headings(ticks):
    press(KEY.Key_Space, KEY.Key_Down, KEY.Key_Space, KEY.Key_Down, KEY.Key_Space, KEY.Key_Down)
    assert ticks.changes == [frozenset({0, 1}), frozenset({0}), frozenset({0, 2})]
    assert said() == "Famine., found"
    press(KEY.Key_Home)
    assert said() == "Grain was taken."


def test_a_click_ticks(ticks):
    QTest.mouseClick(named(ticks, "Grain was taken."), LEFT)
    assert ticks.changes == [frozenset({0, 1})]
    assert ticks.ticks == frozenset({0, 1})


def test_a_line_is_a_check_box_to_a_screen_reader(ticks):
    found = [
        (thing.role(), bool(thing.state().checked))
        for thing in map(QAccessible.queryAccessibleInterface, ticks.findChildren(TickLine))
    ]
    box = QAccessible.Role.CheckBox
    assert found == [(box, False), (box, True), (box, False)]
    headings = [label.text() for label in ticks.findChildren(QLabel)]
    assert headings == ["Causes", "What came of it"]


def test_enter_goes_to_the_page(ticks, holder):
    press(KEY.Key_Return)
    assert holder.keys == [KEY.Key_Return]
    assert ticks.changes == []


def test_other_lines_take_the_place_of_the_old_ones(ticks):
    ticks.show_lines(("One", "Two"), frozenset({0}))
    ticks.focus_start()
    assert said() == "One"
    assert ticks.ticks == frozenset({0})
    press(KEY.Key_End, KEY.Key_Space)
    assert ticks.changes == [frozenset({0, 1})]


# Writing


@pytest.fixture
def field(appearance, holder):
    made = WritingField(appearance)
    made.changes, made.sent = [], []
    made.text_changed.connect(made.changes.append)
    made.submitted.connect(made.sent.append)
    holder.hold(made)
    made.focus_start()
    return made


def sheet(field):
    return field.findChild(QPlainTextEdit)


def labels(field):
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible()]


def paste(field, text, html=""):
    source = QMimeData()
    source.setText(text)
    if html:
        source.setHtml(html)
    sheet(field).insertFromMimeData(source)


def test_what_is_written_is_told_and_its_words_are_counted(field, qtbot):
    QTest.keyClicks(sheet(field), "He was shot")
    assert field.changes[-1] == field.text == "He was shot"
    assert len(field.changes) == len("He was shot")
    qtbot.waitUntil(lambda: labels(field) == ["3 words"])


def test_control_and_enter_submit_and_enter_alone_begins_a_line(field):
    press(KEY.Key_A, KEY.Key_Return, KEY.Key_B)
    press(KEY.Key_Return, KEY.Key_Enter, held=CONTROL)
    assert field.sent == ["a\nb", "a\nb"]


def test_tab_leaves_the_field(field, holder, appearance):
    after = TickList(appearance)
    after.show_lines(LINES, frozenset())
    holder.column.insertWidget(1, after)
    settle()
    press(KEY.Key_Tab)
    assert said() == "Grain was taken."
    assert field.text == ""


def test_a_paste_is_plain_text(field):
    paste(field, "Five-Year Plan", "<b>Five-Year</b> <img src='x.png'> Plan")
    assert field.text == "Five-Year Plan"
    assert sheet(field).document().characterCount() == len("Five-Year Plan") + 1


def test_no_more_than_the_longest_is_taken_and_the_field_says_so(field, qtbot):
    paste(field, "word " * 20_000)
    assert len(field.text) == LONGEST
    press(KEY.Key_A)
    assert len(field.text) == LONGEST
    assert len(field.changes) == 1
    qtbot.waitUntil(lambda: labels(field)[0] == "10,000 words")
    assert labels(field)[1] == "That is as long as an answer can be."
    press(KEY.Key_Backspace, KEY.Key_Backspace)
    qtbot.waitUntil(lambda: len(labels(field)) == 1)
    assert len(field.text) == LONGEST - 2


def test_what_does_not_fit_in_the_middle_leaves_the_end_alone(field):
    field.set_text("a" * (LONGEST - 2) + "yz")
    sheet(field).moveCursor(sheet(field).textCursor().MoveOperation.Start)
    QTest.keyClicks(sheet(field), "b")
    assert field.text == "a" * (LONGEST - 2) + "yz"
    press(KEY.Key_Delete)
    paste(field, "bcd")
    assert field.text == "b" + "a" * (LONGEST - 3) + "yz"


@given(st.text(st.sampled_from("a\U0001f600\U0001f9d1"), min_size=1, max_size=12))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_character_is_halved_at_the_limit(field, text):
    field.set_text("a" * (LONGEST - 5) + text)
    kept = field.text[LONGEST - 5 :]
    assert text.startswith(kept)
    units = len(kept.encode("utf-16-le")) // 2
    assert units <= 5
    assert kept == text or units >= 4


def test_a_full_field_takes_neither_line_nor_composed_text_but_can_undo(field):
    field.set_text("a" * (LONGEST - 1))
    composed = QInputMethodEvent("", [])
    composed.setCommitString("éé")
    QApplication.sendEvent(sheet(field), composed)
    press(KEY.Key_Return, KEY.Key_B)
    assert field.text == "a" * (LONGEST - 1) + "é"
    sheet(field).undo()
    assert field.text == "a" * (LONGEST - 1)
    sheet(field).selectAll()
    press(KEY.Key_B)
    assert field.text == "b"


def test_a_text_that_is_set_is_silent_and_the_same_one_keeps_the_cursor(field):
    field.set_text("One two")
    assert labels(field) == ["2 words"]
    press(KEY.Key_Home)
    field.set_text("One two")
    press(KEY.Key_X)
    assert field.changes == ["xOne two"]
    field.set_text("")
    assert labels(field) == ["0 words"]
    assert field.changes == ["xOne two"]


def test_a_field_to_read_takes_no_keys(field):
    field.set_text("One")
    field.set_read_only(is_read_only=True)
    press(KEY.Key_X)
    press(KEY.Key_Return, held=CONTROL)
    assert (field.text, field.changes, field.sent) == ("One", [], [])
    field.set_read_only(is_read_only=False)
    press(KEY.Key_X)
    assert field.text == "Onex"


def test_the_field_has_six_lines_grows_with_its_text_and_then_scrolls(field):
    least = sheet(field).height()
    line = round(sheet(field).document().begin().layout().lineAt(0).height())
    assert least >= 6 * line
    field.set_text("line\n" * 9 + "line")
    settle()
    assert sheet(field).height() == least + 4 * line
    field.set_text("line\n" * 99)
    settle()
    assert sheet(field).height() == least + 10 * line
    field.set_text("")
    settle()
    assert sheet(field).height() == least


@pytest.mark.parametrize("font", ["lexend", "atkinson", "opendyslexic"])
@pytest.mark.parametrize("percent", [100, 125, 200])
def test_a_text_that_is_all_in_view_has_no_scroll_bar(field, appearance, font, percent):
    appearance.apply(Settings(theme="light", font=font, text_percent=percent))
    field.set_text("line\n" * 11 + "line")
    settle()
    assert sheet(field).verticalScrollBar().maximum() == 0


def test_a_narrow_field_is_higher(field, holder):
    field.set_text("He appointed members, so they owed him their posts. " * 6)
    settle()
    before = sheet(field).height()
    holder.resize(320, 700)
    settle()
    assert sheet(field).height() > before


def test_the_field_has_a_name_and_a_placeholder(field):
    field.set_name("Your answer to question 4")
    field.set_placeholder("Write all you remember")
    field.setFocus()
    assert said() == "Your answer to question 4"
    assert sheet(field).placeholderText() == "Write all you remember"


# Time


@pytest.fixture
def time_bar(appearance, holder):
    return holder.hold(TimeBar(appearance))


@pytest.mark.parametrize(
    ("left", "words"),
    [(725, "12:05 left"), (41.2, "0:42 left"), (0, "0:00 left"), (-3, "0:00 left")],
)
def test_the_time_left_is_told_in_minutes_and_seconds(time_bar, left, words):
    time_bar.show_time(left, 900)
    assert time_bar.words == words
    assert time_bar.isVisible()


def test_there_is_no_bar_without_a_limit(time_bar):
    assert not time_bar.isVisible()
    time_bar.show_time(5, 10)
    time_bar.show_time(0, 0)
    assert not time_bar.isVisible()


def test_the_last_tenth_has_another_tone(time_bar):
    time_bar.show_time(91, 900)
    before = time_bar.grab().toImage()
    assert not time_bar.is_little
    time_bar.show_time(90, 900)
    assert time_bar.is_little
    colours = {
        image.pixelColor(x, y).name()
        for image in (time_bar.grab().toImage(),)
        for x in range(image.width())
        for y in range(image.height())
    }
    warn = time_bar._appearance.look.colour("warn").name()
    assert warn in colours
    assert warn not in {
        before.pixelColor(x, y).name()
        for x in range(before.width())
        for y in range(before.height())
    }


def test_a_screen_reader_hears_of_the_time_now_and_then_alone(time_bar):
    heard = []
    descriptions = set()
    time_bar.valueChanged.connect(heard.append)
    for left in range(900, -1, -1):
        time_bar.show_time(left, 900)
        descriptions.add(time_bar.accessibleDescription())
    assert heard == [100, 75, 50, 25, 10, 0]
    assert len(descriptions) == len(heard)
    thing = QAccessible.queryAccessibleInterface(time_bar)
    assert thing.role() == QAccessible.Role.ProgressBar
    assert thing.text(QAccessible.Text.Name) == "Time left"
    assert thing.text(QAccessible.Text.Description) == "0:00 left"


# All of them


def an_order(appearance):
    made = OrderList(appearance)
    return made, lambda: made.show_events(EVENTS, (2, 0, 3, 1))


def a_marked_order(appearance):
    made = OrderList(appearance)
    dates = ("January 1924", "July 1926", "November 1927", "January 1928")
    marks = ("right", "wrong", "right", "wrong")
    return made, lambda: made.show_events(EVENTS, (2, 0, 3, 1), marks, dates)


def a_board(appearance):
    made = MatchBoard(appearance)
    return made, lambda: made.show_pairs(LEFTS, RIGHTS, (2, -1, 0, -1))


def a_marked_board(appearance):
    made = MatchBoard(appearance)
    marks = ("right", "wrong", "wrong", "right")
    return made, lambda: made.show_pairs(LEFTS, RIGHTS, (2, 1, 0, 3), marks)


def a_tick_list(appearance):
    made = TickList(appearance)
    headings = {0: "Why it was done, in the words of the time", 2: "What came of it"}
    return made, lambda: made.show_lines(LINES, frozenset({1}), headings, frozenset({0, 1}))


def a_field(appearance):
    made = WritingField(appearance)
    return made, lambda: made.set_text("word " * 12_000)


def a_time_bar(appearance):
    made = TimeBar(appearance)
    return made, lambda: made.show_time(42, 900)


MAKERS = [an_order, a_marked_order, a_board, a_marked_board, a_tick_list, a_field, a_time_bar]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(("width", "height", "percent"), [(1280, 800, 100), (1024, 600, 200)])
def test_all_is_named_reached_and_whole(appearance, holder, make, width, height, percent):
    widget, show = make(appearance)
    show()
    holder.page.setMaximumWidth(760 * percent // 100)
    holder.hold(widget, width, height)
    appearance.apply(msgspec.structs.replace(Settings(theme="light"), text_percent=percent))
    settle()
    assert unnamed(holder) == []
    assert unreached(holder) == []
    assert cut_off(holder) == []
    assert holder.area.horizontalScrollBar().maximum() == 0


SIGNALS = ("order_changed", "chosen_changed", "ticks_changed", "text_changed", "submitted")


@pytest.mark.parametrize("make", MAKERS)
def test_showing_is_silent_and_the_same_again_changes_nothing(appearance, holder, make):
    widget, show = make(appearance)
    sent = []
    for name in SIGNALS:
        if hasattr(widget, name):
            getattr(widget, name).connect(sent.append)
    show()
    holder.hold(widget)
    before = widget.grab().toImage(), widget.findChildren(QWidget)
    show()
    settle()
    assert (widget.grab().toImage(), widget.findChildren(QWidget)) == before
    assert sent == []


OTHERS = {
    an_order: lambda order: order.show_events(("Third", "First"), (1, 0)),
    a_board: lambda board: board.show_pairs(("First", "Second"), ("One", "Two"), (-1, -1)),
    a_tick_list: lambda ticks: ticks.show_lines(("First", "Second"), frozenset()),
}


@pytest.mark.parametrize("make", OTHERS)
def test_the_keyboard_can_go_at_once_to_lines_that_have_just_come(appearance, holder, make):
    widget, show = make(appearance)
    holder.hold(widget)
    show()
    widget.focus_start()
    assert widget.isAncestorOf(QApplication.focusWidget())
    OTHERS[make](widget)
    widget.focus_start()
    assert "First" in said()
    assert QApplication.focusWidget().isVisible()
    settle()
    assert "First" in said()
    assert not QApplication.focusWidget().visibleRegion().isEmpty()


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("theme", ["dark", "cream", "contrast"])
def test_another_theme_draws_it_anew(appearance, holder, make, theme):
    widget, show = make(appearance)
    show()
    holder.hold(widget)
    before = widget.grab().toImage()
    appearance.apply(Settings(theme=theme))
    settle()
    assert widget.grab().toImage() != before
