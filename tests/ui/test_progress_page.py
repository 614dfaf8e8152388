"""The Progress page in the app's window: by keyboard, as it is heard, and at every size."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pupils import one_day, six_weeks
from stalin_study.domain.progress_wording import NO_COMING, NO_DATE, NO_TIME, NO_WEAK_YET
from stalin_study.progress_parts import make_progress
from stalin_study.services.study_history import StudyHistory
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.charts.calendar_chart import HINT
from stalin_study.ui.pages.progress_page import READING
from stalin_study.ui.widgets.buttons import PushButton
from study_window import TestApp

KEY = Qt.Key
SIZES = [(1280, 800, 100), (1024, 600, 100), (1280, 800, 150), (1024, 600, 200), (1280, 800, 200)]
PUPILS = {"six weeks": six_weeks, "one day": one_day, "new": lambda *_: []}


class ProgressStudy(TestApp):
    """The app of a pupil, with a Progress page of its own in view."""

    __test__ = False

    def __init__(self, folder, pupil="six weeks", *, exam=True, **more) -> None:
        super().__init__(folder, **more)
        app = self.app
        if exam:
            app.settings.change(exam_date=self.now().date() + timedelta(days=40))
        app.reviews.open()
        log = PUPILS[pupil](app.deck, self.now())
        app.reviews.run(
            lambda writer: writer.change(lambda store: store.add_entries(log)),
            lambda _: None,
            pytest.fail,
        )
        self.chosen = folder / "given"
        self.asked = []
        resources = self.paths.resources
        parts = make_progress(
            app,
            app.deck,
            app.planner,
            StudyHistory(app.reviews, self.now, app.window),
            ThemeShelf(resources / "themes").take("light").colours,
            resources / "fonts",
            self.planning_jobs,
            self.now,
            ask_file=self.ask_file,
        )
        self.page, self.progress = parts.page, parts.progress
        self.tests, self.cards = [], []
        self.progress.test_requested.connect(lambda *wish: self.tests.append(wish))
        self.progress.card_requested.connect(self.cards.append)
        self.window.pages["tried"] = self.page
        self.window._stack.addWidget(self.page)

    def ask_file(self, parent, title, proposed, kinds):
        self.asked.append((title, Path(proposed).name, kinds))
        return str(self.chosen) if self.chosen else ""

    def come(self, width=1280, height=800):
        self.show(width, height)
        self.window._stack.setCurrentWidget(self.page)
        self.page.focus_start()
        QApplication.processEvents()
        return self

    def button(self, name):
        [found] = [
            one
            for one in self.page.findChildren(PushButton)
            if (one.accessibleName() or one.text()) == name
        ]
        return found

    def words(self):
        labels = self.page.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisibleTo(self.page)]


@pytest.fixture
def make_study(qtbot, tmp_path):
    made = []

    def make(*given, **more):
        made.append(ProgressStudy(tmp_path, *given, **more))
        return made[-1]

    yield make
    for study in made:
        study.close()


# What is there


def test_six_weeks_of_study_fill_every_part(make_study):
    study = make_study().come()
    words = study.words()
    assert READING not in words
    assert "if you keep to the plan" in words
    assert "Weakest cards" in words
    assert all(panel.chart.height() > 100 for panel in study.page.panels)
    names = {panel.chart.accessibleName() for panel in study.page.panels}
    assert names == {
        "Expected on exam day, Sunday 3 January",
        "Study days",
        "Coming days",
        "Answers over time",
    }
    assert all(panel.chart.accessibleDescription() for panel in study.page.panels)


def test_a_new_pupil_is_told_what_will_be_here(make_study):
    study = make_study("new", exam=False).come()
    words = study.words()
    assert {NO_COMING, NO_TIME, NO_WEAK_YET} <= set(words)
    assert any(NO_DATE in said for said in words)
    assert not study.page.headline.isVisible()
    assert not any(panel.findChild(PushButton).isVisible() for panel in study.page.panels)
    assert study.page.calendar.map.isVisible()


def test_after_one_day_there_are_figures(make_study):
    study = make_study("one day", exam=False).come()
    assert "of the questions you would know today, mostly guessed" in study.words()
    assert "1 day" in study.words()
    assert study.page.weeks.tip_at(study.page.weeks.width() / 8).startswith("Week from 23 November")


def test_each_chart_has_a_table_with_the_same_figures(make_study):
    study = make_study().come()
    for panel in study.page.panels:
        panel.findChild(PushButton).click()
        assert panel.table.isVisible()
        assert panel.table.rowCount() > 3
        assert not panel.chart.isVisible()
    coming = study.page.panels[2].table
    assert coming.item(0, 0).text() == "Today"
    total = sum(int(coming.item(row, 1).text()) for row in range(coming.rowCount()))
    assert total == sum(study.progress.state.report.coming)


@pytest.mark.parametrize("percent", [100, 200])
def test_a_panel_is_as_high_as_what_it_shows(make_study, percent):
    study = make_study()
    study.app.settings.change(text_percent=percent)
    study.come()
    for is_table in (True, False):
        for panel in study.page.panels:
            panel.show_table(is_table)
        for _ in range(3):
            QApplication.processEvents()
        for panel in study.page.panels:
            wanted = panel.layout().totalHeightForWidth(panel.width())
            assert abs(panel.height() - wanted) <= 2, panel.chart.accessibleName()


def test_the_window_stays_the_only_one(make_study):
    study = make_study().come()
    assert QApplication.activeWindow() is study.window
    assert QApplication.focusWidget() is study.page


def test_an_answer_is_seen_at_once_when_the_page_is_in_view_and_later_when_it_is_not(make_study):
    study = make_study("new").come()
    first = study.progress.state.report
    study.window.show_page("cards")
    entry = one_day(study.app.deck, study.now())[0]
    study.app.reviews.record(entry.subject_id, entry.way, entry.rating)
    assert study.progress.state.report is first
    study.come()
    assert study.progress.state.report.time.reviews == 1


def test_nothing_on_the_page_is_wider_than_its_measure(make_study):
    study = make_study().come(1920, 1080)
    assert all(panel.width() <= 860 for panel in study.page.panels)


# By keyboard


def test_the_page_is_scrolled_by_keys(make_study):
    study = make_study().come()
    bar = study.page._area.verticalScrollBar()
    QTest.keyClick(study.page, KEY.Key_PageDown)
    page_down = bar.value()
    QTest.keyClick(study.page, KEY.Key_Down)
    assert 0 < page_down < bar.value()
    QTest.keyClick(study.page, KEY.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(study.page, KEY.Key_Home)
    assert bar.value() == 0


def test_tab_goes_through_the_page_from_the_top_and_scrolls_along(make_study):
    study = make_study().come()
    QTest.keyClick(study.page, KEY.Key_Tab)
    assert QApplication.focusWidget() is study.page.panels[0].findChild(PushButton)
    study.page.calendar.map.setFocus(Qt.FocusReason.TabFocusReason)
    assert study.page.calendar.line.startswith("Tuesday 24 November: today")
    QTest.keyClick(study.page.calendar.map, KEY.Key_Tab)
    assert study.page.calendar.line == HINT


# Wishes


def test_the_weakest_cards_are_tested_and_shown(make_study):
    study = make_study().come()
    weakest = study.progress.state.report.weakest
    study.button("Test these weakest cards").click()
    [(picked,)] = study.tests
    assert (picked.title, picked.is_weakest_first) == ("All on my weakest cards", True)
    assert picked.ids == {weak.card_id for weak in weakest}
    study.button(f"Show card: {weakest[1].title}").click()
    assert study.cards == [weakest[1].card_id]


def test_the_report_is_saved_where_the_pupil_says(make_study, tmp_path):
    study = make_study().come()
    study.button("Report as PDF").click()
    assert study.asked == [
        ("Where to save the report", "Stalin Study report 2026-11-24.pdf", "PDF (*.pdf)")
    ]
    assert (tmp_path / "given.pdf").read_bytes().startswith(b"%PDF")
    assert "Saved as “given.pdf”, ready to print or send." in study.words()


def test_the_answers_are_saved_where_the_pupil_says(make_study, tmp_path):
    study = make_study("one day").come()
    study.button("Answers as a table").click()
    assert study.asked[0][1:] == ("Stalin Study answers 2026-11-24.csv", "Table (*.csv)")
    assert len((tmp_path / "given.csv").read_text(encoding="utf-8-sig").splitlines()) == 13


def test_no_file_chosen_saves_nothing(make_study, tmp_path):
    study = make_study("new").come()
    study.chosen = None
    study.button("Report as PDF").click()
    study.button("Answers as a table").click()
    assert len(study.asked) == 2
    assert not list(tmp_path.glob("given*"))
    assert study.progress.state.message == ""


# As it is heard, and at every size


@pytest.mark.parametrize("pupil", PUPILS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_unnamed_unreached_or_cut_off(make_study, pupil, size):
    width, height, percent = size
    study = make_study(pupil)
    study.app.settings.change(text_percent=percent)
    study.come(width, height)
    assert (unnamed(study.window), cut_off(study.window)) == ([], [])
    assert unreached(study.window) == []
    for panel in study.page.panels:
        button = panel.findChild(PushButton)
        if button.isVisibleTo(study.page):
            button.click()
    QApplication.processEvents()
    assert (unnamed(study.window), cut_off(study.window)) == ([], [])
    assert unreached(study.window) == []


def test_nothing_stands_out_of_the_column_at_the_largest_text(make_study):
    study = make_study()
    study.app.settings.change(text_percent=200)
    study.come(1024, 600)
    room = study.page._area.viewport().width()
    assert study.page._area.widget().width() <= room
    assert study.page._area.widget().minimumSizeHint().width() <= room


def test_a_screen_reader_is_told_how_saving_went(make_study, monkeypatch):
    study = make_study("one day").come()
    said = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    study.button("Answers as a table").click()
    assert said == ["Saving…", "Saved 12 answers as “given.csv”."]


# Where the keyboard is


def test_tab_begins_with_what_is_in_view(make_study):
    study = make_study().come()
    bar = study.page._area.verticalScrollBar()
    QTest.keyClick(study.page, KEY.Key_End)
    at = bar.value()
    assert at == bar.maximum() > 0
    QTest.keyClick(study.page, KEY.Key_Tab)
    assert bar.value() == at, "nothing scrolls away from what the pupil looks at"
    focus = QApplication.focusWidget()
    assert study.page.isAncestorOf(focus)
    assert not focus.visibleRegion().isEmpty()


@pytest.mark.parametrize("name", ["Report as PDF", "Answers as a table"])
def test_a_button_that_saves_keeps_the_keyboard_and_its_message_is_in_view(make_study, name):
    study = make_study().come(1024, 600)
    button = study.button(name)
    button.setFocus()
    QTest.keyClick(button, KEY.Key_Return)
    assert study.progress.state.is_saving or study.progress.state.message
    for _ in range(6):
        QApplication.processEvents()
    assert button.hasFocus()
    message = study.page._message
    assert message.visibleRegion().boundingRect() == message.rect()
