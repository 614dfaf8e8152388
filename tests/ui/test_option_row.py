"""A row of options: arrow keys, the one Tab stop, options that are greyed out."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from stalin_study.presenters.self_test.plan_view import NO_PLAN, PlanView, TopicRecall
from stalin_study.services.settings import Settings
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.fonts import FONTS
from stalin_study.ui.theme.look import BODY
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.choices_of_look import LookChoices
from stalin_study.ui.widgets.minutes_field import MinutesField
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.plan_panel import PlanPanel

KEY = Qt.Key
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
NAMES = {"a": "Mixed", "b": "Multiple choice", "c": "Type the answer", "d": "Speed round"}
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
VIEW = PlanView(
    headline="Exam in 10 days",
    now="about 30 %",
    if_followed="about 80 %",
    today="Today: 12 questions, about 10 minutes",
    why=("You have met 5 of 300 questions.",),
    topics=(TopicRecall("Rise", 0.3, "about 30 % now, about 80 % with the plan"),),
)


@pytest.fixture
def holder(qapp):
    """A window with a line to type in before and after the part that is tested."""
    made = QWidget()
    made.column = QVBoxLayout(made)
    made.before, made.after = QLineEdit(), QLineEdit()
    yield made
    made.close()
    made.deleteLater()


def hold(holder, widget):
    for part in (holder.before, widget, holder.after):
        holder.column.addWidget(part)
    holder.show()
    holder.activateWindow()
    QApplication.processEvents()
    return widget


@pytest.fixture
def row(holder):
    made = OptionRow(NAMES)
    made.chosen = []
    made.option_chosen.connect(made.chosen.append)
    made.option_chosen.connect(made.show_option)
    made.show_option("b")
    return hold(holder, made)


def press(*keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, held)


def words():
    focused = QApplication.focusWidget()
    return focused.text() if isinstance(focused, QRadioButton) else ""


def button(row, value):
    return next(one for one in row.findChildren(QRadioButton) if one.text() == NAMES[value])


def held(row):
    return [one.text() for one in row.findChildren(QRadioButton) if one.isChecked()]


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (KEY.Key_Right, "cdab"),
        (KEY.Key_Down, "cdab"),
        (KEY.Key_Left, "adcb"),
        (KEY.Key_Up, "adcb"),
    ],
)
def test_arrows_choose_the_next_or_the_one_before_and_go_round(row, columns, key, expected):
    row.set_columns(columns)
    row.focus()
    for value in expected:
        press(key)
        assert (words(), held(row)) == (NAMES[value], [NAMES[value]])
    assert row.chosen == list(expected)


def test_tab_comes_to_the_one_that_holds_and_goes_on_from_it(row, holder):
    for value in ("b", "d", "a"):
        row.show_option(value)
        holder.before.setFocus()
        press(KEY.Key_Tab)
        assert words() == NAMES[value]
        press(KEY.Key_Tab)
        assert QApplication.focusWidget() is holder.after
        press(KEY.Key_Backtab)
        assert words() == NAMES[value]
    assert row.chosen == []


def test_arrows_pass_over_what_is_greyed_out(row):
    row.enable("c", is_enabled=False)
    row.focus()
    press(KEY.Key_Right)
    assert words() == NAMES["d"]
    press(KEY.Key_Left)
    assert words() == NAMES["b"]
    row.enable("c", is_enabled=True)
    press(KEY.Key_Right)
    assert row.chosen == ["d", "b", "c"]


def test_what_is_greyed_out_is_not_chosen_by_the_mouse(row):
    row.enable("c", is_enabled=False)
    QTest.mouseClick(button(row, "c"), Qt.MouseButton.LeftButton)
    assert (row.chosen, held(row)) == ([], [NAMES["b"]])


def test_when_the_one_that_holds_is_greyed_out_tab_comes_to_another(row, holder):
    row.enable("b", is_enabled=False)
    for way in (row.focus, lambda: (holder.before.setFocus(), press(KEY.Key_Tab))):
        holder.before.setFocus()
        way()
        assert words() == NAMES["a"]
    row.enable("b", is_enabled=True)
    holder.before.setFocus()
    press(KEY.Key_Tab)
    assert words() == NAMES["b"]


def test_alone_an_option_is_not_chosen_again(row):
    for value in "acd":
        row.enable(value, is_enabled=False)
    row.focus()
    press(KEY.Key_Right, KEY.Key_Up)
    assert (row.chosen, words()) == ([], NAMES["b"])


@pytest.mark.parametrize("modifier", ["Alt", "Control", "Shift"])
def test_an_arrow_with_a_key_held_means_something_else(row, modifier):
    row.focus()
    press(KEY.Key_Right, held=getattr(Qt.KeyboardModifier, f"{modifier}Modifier"))
    assert row.chosen == []


def test_an_arrow_of_the_number_pad_is_an_arrow(row):
    row.focus()
    press(KEY.Key_Right, held=Qt.KeyboardModifier.KeypadModifier)
    assert row.chosen == ["c"]


def test_letters_of_any_alphabet_are_left_alone(row):
    row.focus()
    for sign in "xЯß1":
        pressed = QKeyEvent(QEvent.Type.KeyPress, ord(sign.upper()[0]), NO_MODIFIER, sign)
        QApplication.sendEvent(QApplication.focusWidget(), pressed)
    assert (row.chosen, words()) == ([], NAMES["b"])


def test_a_click_or_space_chooses_and_showing_does_not(row):
    row.show_option("c")
    row.show_option("nothing of the kind")
    assert (row.chosen, held(row)) == ([], [NAMES["c"]])
    QTest.mouseClick(button(row, "a"), Qt.MouseButton.LeftButton)
    assert (row.chosen, words()) == (["a"], NAMES["a"])
    press(KEY.Key_Space)
    assert held(row) == [NAMES["a"]]


def test_words_change_and_the_option_stays(row):
    row.rename({"b": "Pick one of four"})
    row.focus()
    assert words() == "Pick one of four"


# Minutes a day


@pytest.fixture
def minutes(holder):
    made = MinutesField()
    made.chosen = []
    made.minutes_chosen.connect(made.chosen.append)
    return hold(holder, made)


def test_minutes_are_shown_without_choosing_them(minutes):
    for shown in (10, 5, 120, 1, 240):
        minutes.show_minutes(shown)
    assert minutes.chosen == []


def test_minutes_go_by_five_and_typed_ones_hold_when_they_are_done(minutes, holder):
    minutes.show_minutes(10)
    holder.before.setFocus()
    press(KEY.Key_Tab, KEY.Key_Up, KEY.Key_Up, KEY.Key_Down)
    assert minutes.chosen == [15, 20, 15]
    press(KEY.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "42")
    assert minutes.chosen == [15, 20, 15], "not while it is being typed"
    press(KEY.Key_Tab)
    assert minutes.chosen[3:] == [42]


# The plan panel


@pytest.fixture
def panel(qapp, holder):
    themes = ThemeShelf(RESOURCES / "themes")
    look = Appearance(qapp, RESOURCES, themes.take, Settings(theme="light"), lambda: False)
    made = hold(holder, PlanPanel(look))
    made.look = look
    yield made
    look.deleteLater()


def texts(panel):
    QApplication.processEvents()
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_the_panel_says_about_and_opens_its_reasons_in_place(panel):
    panel.show_plan(VIEW)
    assert {"about 30 %", "about 80 %", VIEW.headline, VIEW.today} <= set(texts(panel))
    assert VIEW.why[0] not in texts(panel)
    [why] = panel.findChildren(PushButton)
    QTest.mouseClick(why, Qt.MouseButton.LeftButton)
    assert {VIEW.why[0], VIEW.topics[0].title, VIEW.topics[0].words} <= set(texts(panel))
    QTest.mouseClick(why, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert not {VIEW.why[0], VIEW.topics[0].words} & set(texts(panel))


def test_reasons_that_are_open_stay_open_with_another_plan_and_theme(panel):
    panel.show_plan(VIEW)
    QTest.mouseClick(panel.findChildren(PushButton)[0], Qt.MouseButton.LeftButton)
    panel.look.apply(Settings(theme="dark", text_percent=200))
    panel.show_plan(replace(VIEW, why=("Another reason.",)))
    assert "Another reason." in texts(panel)
    assert texts(panel).count(VIEW.topics[0].title) == 1


def test_without_figures_only_todays_work_is_said_and_without_a_plan_nothing(panel):
    panel.show_plan(VIEW)
    panel.show_plan(PlanView("Give the date.", today="Today: 3 questions"))
    assert texts(panel) == ["Give the date.", "Today: 3 questions"]
    assert not panel.findChildren(PushButton)[0].isVisible()
    panel.show_plan(NO_PLAN)
    assert not panel.isVisible()
    panel.show_plan(VIEW)
    assert panel.isVisible()


@pytest.mark.parametrize("font", list(FONTS))
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_name_of_a_chosen_option_is_whole(holder, font, percent):
    settings = Settings(font=font, text_percent=percent)
    themes = ThemeShelf(RESOURCES / "themes").take
    application = QApplication.instance()
    appearance = Appearance(application, RESOURCES, themes, settings, lambda: False)
    look = LookChoices(appearance)
    hold(holder, look)
    holder.resize(560, 600)
    for _ in range(4):
        QApplication.processEvents()
    for option in look.findChildren(QRadioButton):
        option.setChecked(True)
        drawn = QStyleOptionButton()
        option.initStyleOption(drawn)
        contents = QStyle.SubElement.SE_RadioButtonContents
        room = option.style().subElementRect(contents, drawn, option).width()
        bold = QFontMetrics(appearance.look.font(BODY, 600))
        assert bold.horizontalAdvance(option.text()) <= room, option.text()
        assert option.mapTo(look, option.rect().topRight()).x() <= look.width()


def test_a_row_that_wraps_takes_as_many_columns_as_have_room(holder):
    row = hold(holder, OptionRow(NAMES, wraps=True))
    options = row.findChildren(QRadioButton)
    whole = sum(one.sizeHint().width() for one in options) + 100
    for width, is_one_row in ((whole, True), (whole // 2, False), (whole, True)):
        holder.resize(width, 300)
        QApplication.processEvents()
        assert (len({one.y() for one in options}) == 1) == is_one_row
