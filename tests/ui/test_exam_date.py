"""The exam date by keys, as it is typed, and from the calendar."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton

from stalin_study.domain.typed_date import NO_DATE, NO_SUCH_DAY
from stalin_study.services.themes import THEME_NAMES
from stalin_study.ui.dialogs.settings_dialog import SettingsDialog
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.exam_date import ExamDateField
from stalin_study.ui.widgets.line_button import area_around
from study_window import TestApp

KEY = Qt.Key


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    made.show()
    made.app.dialogs.open_exam_settings()
    for _ in range(5):
        QApplication.processEvents()
    yield made
    made.close()


def field_of(study):
    [field] = study.app.dialogs.dialog.findChildren(ExamDateField)
    return field


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def exam(study):
    return study.app.settings.settings.exam_date


def test_without_a_date_the_line_is_off_and_empty(study):
    field = field_of(study)
    assert not field.line.isEnabled()
    assert field.line.text() == ""
    press(KEY.Key_Space)
    assert field.line.isEnabled()
    assert field.line.text() == "1 June 2027"
    assert exam(study) == date(2027, 6, 1)
    press(KEY.Key_Space)
    assert exam(study) is None
    press(KEY.Key_Space)
    assert exam(study) == date(2027, 6, 1)


@pytest.mark.parametrize("text", ["15/12/2026", "15.12.26", "15 December 2026", "15 Dec"])
def test_tab_comes_to_the_whole_date_and_what_is_typed_replaces_it(study, text):
    press(KEY.Key_Space, KEY.Key_Tab)
    assert QApplication.focusWidget() is field_of(study).line
    QTest.keyClicks(QApplication.focusWidget(), text)
    press(KEY.Key_Return)
    assert exam(study) == date(2026, 12, 15)
    assert field_of(study).line.text() == "15 December 2026"


def test_nonsense_is_told_and_changes_nothing(study):
    press(KEY.Key_Space, KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "next week")
    press(KEY.Key_Tab)
    field = field_of(study)
    assert field.problem.sentence == NO_DATE
    assert field.problem.isVisible()
    assert exam(study) == date(2027, 6, 1)
    study.app.settings.change(theme="dark")
    assert field.line.text() == "next week", "what is being typed stays"
    field.line.setFocus()
    QTest.keyClicks(field.line, "1")
    assert field.problem.sentence == ""
    field.line.setText("3 March 2020")
    press(KEY.Key_Return)
    assert field.problem.sentence.startswith("3 March 2020 has gone by.")


def test_what_was_typed_counts_when_the_dialog_is_closed(study):
    press(KEY.Key_Space, KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "15/12/2026")
    press(KEY.Key_Escape)
    assert exam(study) == date(2026, 12, 15)


@pytest.mark.parametrize("way", ["Escape", "Close"])
def test_a_date_that_is_none_is_told_before_the_settings_close(study, way):
    def close():
        buttons = study.app.dialogs.dialog.findChildren(PushButton)
        if way == "Escape":
            press(KEY.Key_Escape)
        else:
            next(one for one in buttons if one.text() == "Close").click()

    press(KEY.Key_Space, KEY.Key_Tab)
    field = field_of(study)
    QTest.keyClicks(field.line, "31/2/27")
    close()
    assert study.app.dialogs.dialog is not None
    assert QApplication.focusWidget() is field.line
    assert field.problem.sentence == f"{NO_SUCH_DAY} Close once more to keep 1 June 2027."
    QTest.keyClicks(field.line, "30/2/27")
    close()
    assert study.app.dialogs.dialog is not None, "it is another one"
    close()
    assert study.app.dialogs.dialog is None
    assert exam(study) == date(2027, 6, 1)


def test_another_dialog_takes_the_place_of_settings_with_such_a_date(study):
    press(KEY.Key_Space, KEY.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "31/2/27")
    study.app.dialogs.open_help(study.app.deck)
    assert not isinstance(study.app.dialogs.dialog, SettingsDialog)


def test_the_welcome_stays_at_a_date_that_is_none(qtbot, tmp_path):
    study = TestApp(tmp_path / "new", welcomed=False)
    study.show()
    field = study.window.pages["welcome"].findChild(ExamDateField)
    [start] = [
        one
        for one in study.window.pages["welcome"].findChildren(PushButton)
        if one.text() == "Start"
    ]
    field.setFocus()
    press(KEY.Key_Space, KEY.Key_Tab)
    QTest.keyClicks(field.line, "31/2/27")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert study.window.page == "welcome"
    assert (field.problem.sentence, QApplication.focusWidget()) == (NO_SUCH_DAY, field.line)
    QTest.keyClicks(field.line, "28 feb '27")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert study.window.page == "today"
    assert exam(study) == date(2027, 2, 28)
    study.close()


def test_arrows_on_the_tick_change_nothing_else(study):
    before = study.app.settings.settings
    focus = QApplication.focusWidget()
    press(KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right)
    assert QApplication.focusWidget() is focus
    assert study.app.settings.settings == before


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_the_calendar_is_chosen_from_by_keys_in_colours_that_can_be_read(study, theme):
    study.app.settings.change(theme=theme)
    press(KEY.Key_Space)
    field = field_of(study)
    field._open.click()
    sheet = field._sheet
    assert sheet.isVisible()
    look = study.app.appearance.look
    for day in (Qt.DayOfWeek.Wednesday, Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        colour = sheet.calendar.weekdayTextFormat(day).foreground().color()
        assert colour == look.colour("text")
    press(KEY.Key_Escape)
    assert not sheet.isVisible()
    assert study.app.dialogs.dialog is not None, "Escape is the calendar's first"
    assert QApplication.focusWidget() is field._open
    press(KEY.Key_Return)
    assert sheet.isVisible()
    press(KEY.Key_Down, KEY.Key_Return)
    assert not sheet.isVisible()
    assert exam(study) == date(2027, 6, 8)
    assert field.line.text() == "8 June 2027"


@pytest.mark.parametrize("font", ["lexend", "atkinson", "opendyslexic"])
@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_every_option_of_the_look_has_its_whole_name_in_view(study, font, percent):
    study.app.settings.change(font=font, text_percent=percent)
    for _ in range(5):
        QApplication.processEvents()
    options = study.app.dialogs.dialog.findChildren(QRadioButton)
    assert len(options) > 10
    for option in options:
        assert option.width() >= option.sizeHint().width(), option.text()


def settle():
    for _ in range(8):
        QApplication.processEvents()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_keys_of_the_calendar_leave_the_page_where_it_is(study, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(1024, 600)
    settle()
    field = field_of(study)
    press(KEY.Key_Space)
    field._open.click()
    settle()
    calendar = field._sheet.calendar
    bar = area_around(field).verticalScrollBar()
    place, day = bar.value(), calendar.selectedDate()
    for key, months in ((KEY.Key_PageDown, 1), (KEY.Key_PageDown, 2), (KEY.Key_PageUp, 1)):
        press(key)
        settle()
        assert bar.value() == place
        assert calendar.selectedDate() == day.addMonths(months)
    press(KEY.Key_Return)
    settle()
    assert exam(study) == day.addMonths(1).toPython()
    for part in (field.line, field._open):
        assert part.visibleRegion().boundingRect().height() == part.height(), "in view"
