"""The timeline: what is drawn where, by pointer and by keyboard, and what is heard of it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stalin_study.domain.explore_entries import Entry
from stalin_study.domain.timeline_view import year_of
from stalin_study.services.settings import Settings
from stalin_study.services.themes import THEME_NAMES, ThemeShelf
from stalin_study.ui.charts.marks import MARKS, Shape, draw_mark, mark_of
from stalin_study.ui.charts.timeline import ZOOMS, Timeline
from stalin_study.ui.theme.appearance import Appearance

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
WORDS = ("Short", "An event with rather a long text, as events of a deck mostly have them")


def entry(number, sort, words=WORDS[1], category="power"):
    return Entry(
        f"e{number}", sort, words, (words,), (), "", note="Power", category=category, sort=sort
    )


EVENTS = tuple(
    entry(n, f"19{20 + n // 3}-{1 + n % 12:02d}", WORDS[n % 2], ("power", "terror")[n % 2])
    for n in sorted(range(60), key=lambda n: (n // 3, n % 12))
)


class Pupil:
    """A timeline in a window, its wishes granted as the presenter does."""

    def __init__(self, appearance, events=EVENTS, size=(900, 420)):
        self.appearance, self.events = appearance, events
        self.window = QWidget()
        self.window.resize(*size)
        self.line = Timeline(appearance)
        self.line.setParent(self.window)
        self.line.resize(*size)
        self.cards, self.chosen = [], []
        self.line.show_line((1920, 1940), {"e30": 5}, {"power": mark_of(0), "terror": mark_of(1)})
        self.line.show_events(events, events[0] if events else None)
        self.line.event_chosen.connect(self.choose)
        self.line.card_requested.connect(lambda: self.cards.append(True))
        self.window.show()
        self.window.activateWindow()
        self.line.setFocus()
        QApplication.processEvents()

    def choose(self, entry_id):
        self.chosen.append(entry_id)
        self.line.show_events(self.events, next(one for one in self.events if one.id == entry_id))

    @property
    def selected(self):
        return self.line._selected.id

    @property
    def places(self):
        return self.line.canvas.places

    @property
    def left(self):
        return self.line.horizontalScrollBar().value()

    def press(self, *keys, modifier=NONE):
        for key in keys:
            QTest.keyClick(self.line, key, modifier)

    def x_in_view(self, number):
        return self.places.x_of(year_of(self.events[number].sort)) - self.left

    def turn(self, steps, at, modifier=NONE, sideways=0):
        event = QWheelEvent(
            QPointF(*at),
            self.line.mapToGlobal(QPointF(*at)),
            QPoint(),
            QPoint(sideways * 120, steps * 120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.line.viewport(), event)
        return event


@pytest.fixture
def appearance(qapp):
    shelf = ThemeShelf(RESOURCES / "themes")
    made = Appearance(qapp, RESOURCES, shelf.take, Settings(theme="light"), lambda: False)
    yield made
    made.deleteLater()


@pytest.fixture
def make_pupil(qtbot, appearance):
    made = []

    def make(*given, **more):
        made.append(Pupil(appearance, *given, **more))
        return made[-1]

    yield make
    for pupil in made:
        pupil.window.close()
        pupil.window.deleteLater()


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("size", [(460, 300), (900, 420), (1300, 700)])
def test_labels_and_marks_never_touch_and_none_is_cut_off(make_pupil, appearance, percent, size):
    appearance.apply(Settings(theme="light", text_percent=percent))
    pupil = make_pupil(size=size)
    for zoom in range(1, len(ZOOMS) + 1):
        pupil.line.set_zoom(zoom)
        places = pupil.places
        labels = [places.label_rect(one) for one in places.packing.labels]
        marks = [places.cluster_rect(one) for one in places.packing.clusters]
        for one, other in combinations([*labels, *marks], 2):
            assert not one.intersects(other)
        for rect in (*labels, *marks):
            assert rect.left() >= 0
            assert rect.right() <= places.width
            assert rect.bottom() <= places.axis
        if pupil.line.height() >= pupil.line.minimumHeight():
            assert all(rect.top() >= 0 for rect in labels)
        shown = [one.number for one in places.packing.labels]
        shown += [number for one in places.packing.clusters for number in one.numbers]
        assert sorted(shown) == list(range(len(EVENTS)))


@pytest.mark.parametrize("percent", [100, 200])
def test_words_stand_inside_their_label_and_beside_their_mark(make_pupil, appearance, percent):
    appearance.apply(Settings(theme="light", text_percent=percent))
    places = make_pupil().places
    assert any(not one.is_before for one in places.packing.labels)
    assert percent > 100 or any(one.is_before for one in places.packing.labels)
    for label in places.packing.labels:
        rect, at, mark = places.label_rect(label), places.words_at(label), places.mark_at(label)
        words = places.words_of(places.entries[label.number])
        assert rect.left() <= at.x()
        assert at.x() + words.width <= rect.right() + 0.5
        assert at.y() + words.height <= rect.bottom() + 0.5
        reach = 1.3 * places.radius
        if label.is_before:
            assert at.x() + words.width <= mark.x() - reach
        else:
            assert at.x() >= mark.x() + reach
        assert rect.left() <= mark.x() - reach
        assert mark.x() + reach <= rect.right()


def test_more_of_the_line_has_labels_when_it_is_larger(make_pupil):
    pupil = make_pupil()
    counts = []
    for zoom in range(1, len(ZOOMS) + 1):
        pupil.line.set_zoom(zoom)
        counts.append(len(pupil.places.packing.labels))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_what_matters_most_has_its_label_at_every_zoom(make_pupil):
    pupil = make_pupil()
    for zoom in range(1, len(ZOOMS) + 1):
        pupil.line.set_zoom(zoom)
        assert "e30" in {EVENTS[one.number].id for one in pupil.places.packing.labels}


def test_arrows_home_and_end_go_through_every_event(make_pupil):
    pupil = make_pupil()
    for expected in EVENTS[1:]:
        pupil.press(KEY.Key_Right)
        assert pupil.selected == expected.id
    pupil.press(KEY.Key_Right)
    assert pupil.selected == EVENTS[-1].id
    pupil.press(KEY.Key_Left)
    assert pupil.selected == EVENTS[-2].id
    pupil.press(KEY.Key_Home)
    assert pupil.selected == EVENTS[0].id
    pupil.press(KEY.Key_End)
    assert pupil.selected == EVENTS[-1].id


@pytest.mark.parametrize("zoom", [1, 3, 5])
def test_the_selected_event_comes_into_view_whole(make_pupil, zoom):
    pupil = make_pupil()
    pupil.line.set_zoom(zoom)
    for key in (KEY.Key_End, *[KEY.Key_Left] * 20, KEY.Key_Home, *[KEY.Key_Right] * 20):
        pupil.press(key)
        rect = pupil.places.place_of(pupil.selected).translated(-pupil.left, 0)
        assert rect.left() >= 0
        assert rect.right() <= pupil.line.viewport().width()


def test_keys_zoom_and_the_selected_event_stays_where_it_is(make_pupil):
    pupil = make_pupil()
    zooms = []
    pupil.line.zoom_changed.connect(zooms.append)
    pupil.choose("e30")
    number = EVENTS.index(next(one for one in EVENTS if one.id == "e30"))
    before = pupil.x_in_view(number)
    pupil.press(KEY.Key_Plus, KEY.Key_Equal)
    assert pupil.line.zoom == 3
    assert abs(pupil.x_in_view(number) - before) <= 2
    pupil.press(KEY.Key_Minus, KEY.Key_Minus, KEY.Key_Minus)
    assert zooms == [2, 3, 2, 1]
    assert pupil.left == 0


def test_ctrl_and_the_wheel_zoom_at_the_pointer(make_pupil):
    pupil = make_pupil()
    at = (600, 100)
    year = pupil.places.year_at(at[0])
    assert pupil.turn(1, at, Qt.KeyboardModifier.ControlModifier).isAccepted()
    assert pupil.line.zoom == 2
    assert pupil.places.year_at(pupil.left + at[0]) == pytest.approx(year, abs=0.02)
    pupil.turn(-1, at, Qt.KeyboardModifier.ControlModifier)
    assert pupil.line.zoom == 1


def test_a_plain_wheel_is_left_to_the_page_and_sideways_moves(make_pupil):
    pupil = make_pupil()
    pupil.line.set_zoom(4)
    pupil.line.horizontalScrollBar().setValue(500)
    assert not pupil.turn(-1, (300, 100)).isAccepted()
    assert pupil.left == 500
    pupil.turn(-1, (300, 100), Qt.KeyboardModifier.ShiftModifier)
    assert pupil.left == 620
    pupil.turn(0, (300, 100), sideways=1)
    assert pupil.left == 500


def test_page_keys_move_along(make_pupil):
    pupil = make_pupil()
    pupil.line.set_zoom(4)
    pupil.line.horizontalScrollBar().setValue(0)
    pupil.press(KEY.Key_PageDown)
    assert pupil.left == pupil.line.viewport().width() * 3 // 4
    pupil.press(KEY.Key_PageUp)
    assert (pupil.left, pupil.selected) == (0, EVENTS[0].id)


def test_enter_asks_for_the_card_and_other_keys_go_on(make_pupil):
    pupil = make_pupil()
    pupil.press(KEY.Key_Return)
    assert pupil.cards == [True]
    pupil.press(KEY.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    assert pupil.chosen == []


def test_a_click_selects_a_label_without_moving_the_line(make_pupil):
    pupil = make_pupil()
    pupil.line.set_zoom(3)
    label = next(one for one in pupil.places.packing.labels if one.left > pupil.left + 40)
    before = pupil.left
    QTest.mouseClick(
        pupil.line.canvas,
        Qt.MouseButton.LeftButton,
        pos=pupil.places.label_rect(label).center().toPoint(),
    )
    assert pupil.selected == EVENTS[label.number].id
    assert pupil.left == before


def test_clicks_on_a_mark_go_through_what_it_stands_for(make_pupil):
    pupil = make_pupil()
    clusters = [one for one in pupil.places.packing.clusters if len(one.numbers) > 1]
    cluster = min(clusters[1:], key=lambda one: len(one.numbers))
    at = pupil.places.cluster_rect(cluster).center().toPoint()
    for _ in range(len(cluster.numbers) + 1):
        QTest.mouseClick(pupil.line.canvas, Qt.MouseButton.LeftButton, pos=at)
    ids = [EVENTS[number].id for number in cluster.numbers]
    assert pupil.chosen == [*ids, ids[0]]


def test_a_mark_says_what_it_stands_for_under_the_pointer(make_pupil):
    pupil = make_pupil()
    cluster = max(pupil.places.packing.clusters, key=lambda one: len(one.numbers))
    QTest.mouseMove(pupil.line.canvas, pupil.places.cluster_rect(cluster).center().toPoint())
    told = pupil.line.canvas.toolTip().splitlines()
    first = EVENTS[cluster.numbers[0]]
    assert told[0] == f"{first.title}: {first.caption}"
    assert len(told) == len(cluster.numbers)


def test_dragging_moves_the_line_and_selects_nothing(make_pupil):
    pupil = make_pupil()
    pupil.line.set_zoom(4)
    pupil.line.horizontalScrollBar().setValue(400)
    canvas, button = pupil.line.canvas, Qt.MouseButton.LeftButton
    label = next(one for one in pupil.places.packing.labels if one.left > 500)
    start = pupil.places.label_rect(label).center().toPoint()
    held = canvas.mapToGlobal(start)
    QTest.mousePress(canvas, button, pos=start)
    for moved in (20, 60, 100):
        QTest.mouseMove(canvas, canvas.mapFromGlobal(held - QPoint(moved, 0)))
    QTest.mouseRelease(canvas, button, pos=canvas.mapFromGlobal(held - QPoint(100, 0)))
    assert pupil.left == 500
    assert pupil.chosen == []


def test_a_screen_reader_hears_the_line_and_the_selected_event(make_pupil):
    pupil = make_pupil()
    thing = QAccessible.queryAccessibleInterface(pupil.line)
    name = thing.text(QAccessible.Text.Name)
    assert name.startswith("Timeline, 1920 to 1939")
    pupil.press(KEY.Key_Right)
    told = thing.text(QAccessible.Text.Description)
    assert told == f"{EVENTS[1].title}: {EVENTS[1].caption}. Power"


def test_a_wider_window_keeps_the_middle(make_pupil):
    pupil = make_pupil()
    pupil.line.set_zoom(4)
    pupil.line.horizontalScrollBar().setValue(900)
    middle = pupil.places.year_at(pupil.left + pupil.line.viewport().width() / 2)
    pupil.line.resize(1200, 420)
    QApplication.processEvents()
    now = pupil.places.year_at(pupil.left + pupil.line.viewport().width() / 2)
    assert now == pytest.approx(middle, abs=0.05)


def test_without_events_nothing_is_drawn_and_no_key_fails(make_pupil):
    pupil = make_pupil(())
    pupil.press(KEY.Key_Right, KEY.Key_Home, KEY.Key_End, KEY.Key_Plus)
    assert (pupil.chosen, pupil.line.zoom) == ([], 2)
    assert pupil.places.packing.labels == ()


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_the_selected_event_and_the_marks_are_seen_in_every_theme(make_pupil, appearance, theme):
    appearance.apply(Settings(theme=theme))
    pupil = make_pupil()
    pupil.choose("e30")
    image = pupil.line.canvas.grab().toImage()
    label = next(one for one in pupil.places.packing.labels if EVENTS[one.number].id == "e30")
    rect, look = pupil.places.label_rect(label), appearance.look
    inside = image.pixelColor(round(rect.right()) - 6, round(rect.bottom()) - 6)
    assert inside.name() == look.colour("primary_soft").name()
    mark = pupil.places.mark_at(label)
    role = pupil.line._marks[EVENTS[label.number].category].role
    assert image.pixelColor(round(mark.x()), round(mark.y())).name() == look.colour(role).name()


def test_every_mark_has_a_shape_of_its_own(appearance):
    assert len({mark.shape for mark in MARKS}) == len(MARKS) == len(Shape)
    pictures = set()
    for mark in MARKS:
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        plain = msgspec.structs.asdict(appearance.look.theme.colours)
        assert mark.role in plain
        draw_mark(painter, appearance, mark, QPointF(20, 20), 12)
        painter.end()
        outline = bytes(
            int(image.pixelColor(x, y).lightness() < 200) for x in range(40) for y in range(40)
        )
        assert 250 < sum(outline) < 650
        pictures.add(outline)
    assert len(pictures) == len(MARKS)


@pytest.mark.parametrize("picked", [(0, 59), (28, 31), (3,), (0, 20, 40)])
def test_events_that_were_picked_are_all_in_view(make_pupil, picked):
    pupil = make_pupil()
    pupil.line.set_zoom(5)
    pupil.events = tuple(EVENTS[place] for place in picked)
    pupil.line.show_events(pupil.events, pupil.events[0])
    for event in pupil.events:
        rect = pupil.places.place_of(event.id).translated(-pupil.left, 0)
        assert rect.left() >= -1
        assert rect.right() <= pupil.line.viewport().width() + 1
    zoom = pupil.line.zoom
    pupil.line.show_events(EVENTS, pupil.events[0])
    assert pupil.line.zoom == zoom, "more events are no reason to zoom"
