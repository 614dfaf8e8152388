"""The Explore page in the app's window: by keyboard, as it is heard, and at every size."""

from __future__ import annotations

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from stalin_study.explore_parts import make_explore
from stalin_study.presenters.explore.presenter import NOTHING_FOUND
from stalin_study.presenters.explore.state import VIEWS
from stalin_study.ui.pages.explore.timeline_view import AS_LINE, AS_LIST
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.category_row import CategoryButton
from stalin_study.ui.widgets.chart_panel import AS_TABLE
from stalin_study.ui.widgets.entry_details import LISTEN, STOP
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from study_window import TestApp

KEY = Qt.Key
SIZES = [(1280, 800, 100), (1024, 600, 100), (1280, 800, 150), (1024, 600, 200), (1280, 800, 200)]
NARROW = [(640, 480, 100), (800, 600, 150)]


class ExploreStudy(TestApp):
    """The app with an Explore page of its own in view."""

    __test__ = False

    def __init__(self, folder) -> None:
        super().__init__(folder)
        parts = make_explore(self.app, self.app.deck)
        self.page, self.explore = parts.page, parts.explore
        self.tests, self.cards = [], []
        self.explore.test_requested.connect(lambda *wish: self.tests.append(wish))
        self.explore.card_requested.connect(self.cards.append)
        self.window.pages["tried"] = self.page
        self.window._stack.addWidget(self.page)

    def come(self, width=1280, height=800):
        self.show(width, height)
        self.window._stack.setCurrentWidget(self.page)
        self.window._make_room()
        self.page.focus_start()
        self.settle()
        return self

    def settle(self):
        for _ in range(12):  # the plots come one by one, and lines break anew beside a scroll bar
            QApplication.processEvents()

    def view(self, name):
        self.explore.show_view(name)
        self.settle()
        return self.page.views[name]

    def press(self, *keys):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)
        self.settle()

    def button(self, name):
        [found] = [
            one
            for one in self.page.findChildren(PushButton)
            if one.isVisible() and name in (one.accessibleName(), one.text())
        ]
        return found

    def words(self):
        labels = self.page.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisible()]


@pytest.fixture
def study(qtbot, tmp_path):
    made = ExploreStudy(tmp_path)
    yield made.come()
    made.close()


def to_timeline(study):
    study.view("timeline")


def to_zoomed(study):
    study.view("timeline").line.set_zoom(4)


def to_list(study):
    view = study.view("timeline")
    if not view.is_list:
        view.switch.click()


def to_picked(study):
    view = study.view("timeline")
    if view.is_list:
        view.switch.click()
    if not any(one.is_picked for one in study.explore.state.categories):
        study.explore.toggle_category("terror")


def to_figures(study):
    study.view("figures")


def to_tables(study):
    view = study.view("figures")
    for block in view.blocks.values():
        block.panel.show_table(True)
    study.settle()


def to_people(study):
    study.view("people")
    study.explore.choose("stalin")


def to_terms(study):
    study.view("terms")
    study.explore.choose("secret-police")


def to_nothing(study):
    study.view("people")
    study.explore.search("zzz")


def to_end_of_search(study):
    study.explore.search("")


GOES = [
    to_timeline,
    to_zoomed,
    to_list,
    to_picked,
    to_figures,
    to_tables,
    to_people,
    to_terms,
    to_nothing,
    to_end_of_search,
]


@pytest.mark.parametrize("go", GOES, ids=lambda go: go.__name__)
def test_a_view_can_be_heard_and_reached(study, go):
    go(study)
    study.settle()
    assert unnamed(study.window) == []
    assert unreached(study.window) == []


@pytest.mark.parametrize(("width", "height", "percent"), [*SIZES, *NARROW])
def test_nothing_of_the_page_is_cut_off(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    found = {}
    for go in GOES:
        go(study)
        study.settle()
        inner = study.page._area.widget()
        if inner.width() > study.page._area.viewport().width():
            found[go.__name__] = "wider than the page"
        # The window around the page has tests of its own.
        if cut := cut_off_in(study):
            found[go.__name__] = cut
    assert found == {}


def cut_off_in(study):
    outside = {one.text() for one in study.window.header.findChildren(QLabel)}
    return [
        one for one in cut_off(study.window) if not any(word and word in one for word in outside)
    ]


@pytest.mark.parametrize("percent", [100, 200])
def test_the_words_of_the_selected_event_are_whole(study, percent):
    study.app.settings.change(text_percent=percent)
    view = study.view("timeline")
    for entry in study.explore.state.entries[::7]:
        study.explore.choose(entry.id)
        study.settle()
        assert entry.lines[0] in view.details.words
        for label in view.details.findChildren(QLabel):
            if label.isVisible():
                assert label.height() >= label.heightForWidth(label.width())


def test_nothing_moves_from_one_event_to_the_next(study):
    view = study.view("timeline")
    heights = set()
    for entry in study.explore.state.entries:
        study.explore.choose(entry.id)
        study.settle()
        heights.add(view.line.height())
    assert len(heights) == 1


def test_views_are_chosen_by_keyboard_and_made_when_first_in_sight(study):
    assert set(study.page.views) == {"timeline"}
    for name in ("figures", "people", "terms"):
        study.press(KEY.Key_Right)
        assert study.explore.state.view == name
    assert set(study.page.views) == set(VIEWS)
    study.press(KEY.Key_Right)
    assert study.explore.state.view == "timeline"


def test_a_pupil_finds_a_person_by_typing_and_goes_to_a_card(study):
    view = study.view("people")
    study.page.search.setFocus()
    for letter in "kirov":
        QTest.keyClick(study.page.search, letter)
    study.settle()
    assert study.page.counted.text().endswith("of 35 people")
    study.press(KEY.Key_Down)
    assert view.entries.hasFocus()
    study.press(KEY.Key_Home)
    ids = [entry.id for entry in study.explore.state.entries]
    study.press(KEY.Key_Down)
    assert study.explore.state.selected.id == ids[1]
    study.press(KEY.Key_Tab)
    chosen = study.explore.state.selected
    assert QApplication.focusWidget().accessibleName() == f"{LISTEN}: {chosen.title}"
    study.press(KEY.Key_Tab, KEY.Key_Return)
    assert study.cards == [chosen.card_ids[0]]


def test_escape_empties_the_search_and_then_is_the_windows(study):
    stopped = []
    study.window.stop_reading_requested.connect(lambda: stopped.append(True))
    study.page.search.setFocus()
    QTest.keyClicks(study.page.search, "nep")
    study.press(KEY.Key_Escape)
    assert (study.page.search.text(), study.explore.state.query, stopped) == ("", "", [])


def test_a_search_without_a_find_says_what_to_do(study):
    study.view("terms")
    study.page.search.setText("zzz")
    study.settle()
    assert NOTHING_FOUND in study.words()
    assert not study.page.test.isEnabled()
    assert not study.page.views["terms"].details.isVisible()
    study.page.search.clear()
    study.settle()
    assert NOTHING_FOUND not in study.words()
    assert study.page.views["terms"].details.isVisible()


def test_the_people_say_who_they_were_and_how_they_are_said(study):
    view = study.view("people")
    study.explore.choose("trotsky")
    study.settle()
    assert view.details.words.splitlines()[:3] == ["Leon Trotsky", "1879-1940", "Say: TROT-skee"]
    titles = [button.accessibleName() for button in view.details.links.buttons]
    assert len(titles) == len(study.explore.state.cards) > 3
    assert all(title.startswith("Show card: ") for title in titles)


def test_listen_reads_only_this_entry_and_stops(study):
    view = study.view("people")
    study.explore.choose("trotsky")
    study.settle()
    view.details.listen.click()
    assert study.app.listening.state.subject == "person:trotsky"
    assert study.app.listening.state.track_count == 1
    assert view.details.listen.text() == STOP
    assert view.details.listen.accessibleName() == f"{STOP}: Leon Trotsky"
    view.details.listen.click()
    assert study.app.listening.state.phase == "idle"
    assert view.details.listen.text() == LISTEN


def test_a_test_on_what_was_found(study):
    study.view("terms")
    study.page.search.setText("farm")
    study.page.test.click()
    [(picked,)] = study.tests
    assert picked.title == "Key terms: farm"
    cards = {card for entry in study.explore.state.entries for card in entry.card_ids}
    subjects = study.app.deck.subjects_by_id
    assert picked.ids
    assert {subjects[one][0].id for one in picked.ids} <= cards
    assert study.page.test.text() == "Test me: 20 questions"


def test_the_legend_names_every_kind_and_narrows(study):
    view = study.view("timeline")
    buttons = {one.text(): one for one in study.page.findChildren(CategoryButton)}
    assert (
        len(buttons) == len(study.explore.state.categories) == len(set(view.legend.marks.values()))
    )
    study.button("Terror (16)").click()
    study.settle()
    assert study.button("Terror (16)").isChecked()
    assert {entry.category for entry in study.explore.state.entries} == {"terror"}
    assert study.page.counted.text() == "16 of 72 events"
    shown = view.line.canvas.places.entries
    assert {entry.category for entry in shown} == {"terror"}


def test_the_same_events_are_a_list_for_those_who_do_not_see_the_line(study):
    view = study.view("timeline")
    study.explore.choose("e-1922-04-stalin-general-secretary")
    study.button(AS_LIST).click()
    study.settle()
    assert view.is_list
    assert not view.zoom_in.isVisible()
    assert view.rows.entries == study.explore.state.entries
    assert view.rows.currentIndex().row() == 4
    view.rows.setFocus()
    study.press(KEY.Key_Down)
    assert study.explore.state.selected.title == "December 1922"
    row = view.rows.currentIndex()
    said = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("December 1922: Lenin begins his Testament")
    assert row.data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("Power · ")
    study.button(AS_LINE).click()
    study.settle()
    assert view.line._selected == study.explore.state.selected


def test_zoom_buttons_say_how_far_they_are_and_leave_the_keyboard_on_each_other(study):
    view = study.view("timeline")
    assert not view.zoom_out.isEnabled()
    view.zoom_in.setFocus()
    for _ in range(4):
        view.zoom_in.click()
    study.settle()
    assert view.line.zoom == 5
    assert not view.zoom_in.isEnabled()
    assert view.zoom_out.hasFocus()
    assert view.zoom_out.accessibleName() == "Zoom out, now 5 of 5"


def test_enter_on_the_line_shows_the_card(study):
    view = study.view("timeline")
    view.line.setFocus()
    study.press(KEY.Key_Right, KEY.Key_Return)
    assert study.cards == list(study.explore.state.selected.card_ids)


def test_figures_have_cautions_sources_and_a_table(study):
    view = study.view("figures")
    assert list(view.blocks) == [group.id for group in study.explore.groups]
    words = study.words()
    for group in study.explore.groups:
        for series in group.series:
            assert any(series.figure.caution in said for said in words)
    assert sum(said.startswith("Read in: ") for said in words) == len(view.blocks)
    block = view.blocks["grain-revised"]
    thing = QAccessible.queryAccessibleInterface(block.plot)
    assert thing.text(QAccessible.Text.Name) == "Grain harvest"
    assert "lowest 56 in 1931, 1932 and 1936" in thing.text(QAccessible.Text.Description)
    study.button(f"{AS_TABLE}: Grain harvest").click()
    study.settle()
    assert block.panel.table.item(0, 0).text() == "1913"


def test_figures_that_a_search_brings_first_still_stand_in_their_order(study):
    study.page.search.setText("collective farms")
    view = study.view("figures")
    assert len(view.blocks) == 1
    study.page.search.clear()
    study.settle()
    heights = {name: block.y() for name, block in view.blocks.items()}
    assert sorted(heights, key=heights.get) == [group.id for group in study.explore.groups]


def test_the_view_and_the_zoom_are_kept_while_other_pages_are_shown(study):
    study.view("timeline").line.set_zoom(3)
    study.view("people")
    study.explore.choose("lenin")
    study.window.show_page("cards")
    study.window._stack.setCurrentWidget(study.page)
    study.settle()
    assert (study.explore.state.view, study.explore.state.selected.id) == ("people", "lenin")
    assert study.view("timeline").line.zoom == 3


# What is in sight in a narrow window


def bars_in_sight(page):
    columns = page.findChildren(ScrollColumn)
    return [one for one in columns if one.isVisible() and one.verticalScrollBar().isVisible()]


@pytest.mark.parametrize("name", VIEWS)
def test_a_low_page_scrolls_as_one(study, name):
    study.app.settings.change(text_percent=200)
    study.come(1024, 600)
    study.view(name)
    assert bars_in_sight(study.page) == [study.page._area]
    assert study.page._area.verticalScrollBar().value() == 0


@pytest.mark.parametrize("name", ["timeline", "people", "terms"])
def test_what_is_chosen_comes_into_view_in_a_low_window(study, name):
    study.app.settings.change(text_percent=200)
    study.come(1024, 600)
    view = study.view(name)
    assert view.details.visibleRegion().isEmpty()
    view.focus_start()
    study.press(KEY.Key_Right if name == "timeline" else KEY.Key_Down)
    title = view.details.findChildren(QLabel)[0]
    assert title.text() == study.explore.state.selected.title
    assert title.visibleRegion().boundingRect() == title.rect()
    assert not QApplication.focusWidget().visibleRegion().isEmpty()


def test_a_search_in_a_low_window_stays_in_view(study):
    study.app.settings.change(text_percent=200)
    study.come(1024, 600)
    study.view("people")
    study.page.search.setFocus()
    study.press(KEY.Key_T, KEY.Key_R)
    assert study.page._area.verticalScrollBar().value() == 0


def test_tab_comes_to_the_kinds_before_the_line_as_they_are_drawn(study):
    view = study.view("timeline")
    view.zoom_in.setFocus()
    kinds = view.legend.findChildren(CategoryButton)
    for kind in kinds:
        study.press(KEY.Key_Tab)
        assert QApplication.focusWidget() is kind
    study.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is view.line
    study.press(KEY.Key_Tab)
    assert QApplication.focusWidget() is view.details.card
