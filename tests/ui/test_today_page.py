"""The Today page: nothing moves when today's work is known, and its button is in first sight."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QScrollArea

from pupils import six_weeks
from self_test_kinds import answer, right_answer
from stalin_study.domain.self_test.choosing import How, Scope, askable, in_scope
from stalin_study.domain.streak import streak
from stalin_study.presenters.today import NOTHING_MET, Recall, TodayState
from stalin_study.ui.pages import today_page
from stalin_study.ui.pages.today_page import TodayPage
from stalin_study.ui.widgets.celebration import Celebration
from stalin_study.ui.widgets.recall_bar import RecallBar
from stalin_study.ui.widgets.reserved_label import ReservedLabel
from stalin_study.ui.widgets.streak_row import StreakRow
from study_window import TestApp

TODAY = date(2026, 11, 24)
SIZES = [(1280, 800, 100), (1024, 600, 100), (1280, 800, 150), (1024, 600, 200), (1280, 800, 200)]
FONTS = ["lexend", "atkinson", "opendyslexic"]


def week(*days_ago):
    return streak({TODAY - timedelta(days=ago) for ago in days_ago}, TODAY)


WAITING = TodayState("Exam in 189 days", week(), has_recall=True, card="The Kulaks")
USUAL = replace(
    WAITING,
    streak=week(1, 2, 4),
    recall=Recall(0.45, 0.8),
    recall_words="About 45 % expected on the day if you stop now, about 80 % if you keep to the"
    " plan.",
    work="start",
    start="Start: 23 questions, about 10 minutes",
    about="Your work for today is ready.",
    streak_words="Your streak: 3 days. Your longest: 12 days.",
    streak_more="One answer today makes it 4.",
)
MORE = replace(USUAL, listening="Controlling the Party machine", hard=3)
FIRST = replace(
    WAITING,
    recall_words=NOTHING_MET,
    work="first",
    start="Start with 5 easy questions",
    about="It takes about 3 minutes.",
    streak_words="Your first day.",
    streak_more="Answer one question, and your streak begins.",
    card="",
)
AWAY = replace(
    USUAL,
    streak=week(6, 7),
    about="Good to see you again.",
    streak_words="You were away for 5 days.",
    streak_more="The work has been spread again: nothing piles up.",
)
LEFT = replace(
    MORE,
    work="go_on",
    start="Go on: 8 of 14 left",
    about="You left a test half-way.",
    instead="Today’s work instead: 23 questions, about 10 minutes",
)
DONE = replace(
    MORE,
    streak=week(0, 1, 2),
    work="done",
    start="A little more: my weakest",
    about="Well done: today’s work is done. Anything more is extra.",
    has_due=True,
)
OVER = replace(
    MORE,
    headline="Your exam is over. We hope it went well.",
    date_question="When is your next exam?",
    has_recall=False,
    recall=None,
    recall_words="",
)
STATES = {
    "waiting": WAITING,
    "usual": USUAL,
    "more": MORE,
    "first": FIRST,
    "away": AWAY,
    "left": LEFT,
    "done": DONE,
    "over": OVER,
}


class Desk:
    """The page in the window; it shows what a test gives it, and nothing of the app's."""

    def __init__(self, folder) -> None:
        self.study = TestApp(folder)
        self.window, self.settings = self.study.window, self.study.app.settings
        self.study.show()
        self.window.show_page("today")
        self.page = self.window.pages["today"]
        self.study.app.today.show(False)

    def show(self, state):
        self.page.render_state(state)
        for _ in range(5):  # a scroll bar that comes up makes lines break anew
            QApplication.processEvents()

    def resize(self, width, height, percent):
        self.settings.change(text_percent=percent)
        self.window.resize(width, height)

    def button(self, words):
        found = [b for b in self.page.findChildren(QPushButton) if b.text().startswith(words)]
        [button] = [button for button in found if button.isVisible()]
        return button

    def places(self):
        """Where the parts in view begin, and their heights; not the words that come later."""
        parts = [
            part
            for kind in (QPushButton, StreakRow, RecallBar, QFrame)
            for part in self.page.findChildren(kind)
            if part.isVisible() and not isinstance(part, QLabel | QScrollArea)
        ]
        return {part: (part.mapTo(self.page, QPoint()), part.height()) for part in parts}


@pytest.fixture
def desk(qtbot, tmp_path):
    made = Desk(tmp_path)
    yield made
    made.study.close()


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_nothing_moves_when_what_is_to_do_becomes_known(desk, width, height, percent):
    desk.resize(width, height, percent)
    for later in (USUAL, MORE, FIRST, AWAY, replace(LEFT, instead="")):
        desk.show(replace(WAITING, card=later.card))
        before = desk.places()
        desk.show(later)
        after = desk.places()
        assert len(before) >= 6, "two panels, two buttons, the bar and the week"
        assert {part: after[part] for part in before} == before, later


@pytest.mark.parametrize("font", FONTS)
def test_the_button_is_in_first_sight_of_a_small_window_with_big_text(desk, font):
    desk.settings.change(font=font)
    desk.resize(1024, 600, 200)
    for name, state in STATES.items():
        desk.show(state)
        button = desk.button(state.start or today_page.WAITING)
        [area] = desk.page.findChildren(QScrollArea)
        assert area.verticalScrollBar().value() == 0
        place = button.rect().translated(button.mapTo(area.viewport(), QPoint()))
        assert area.viewport().rect().contains(place), (name, place, area.viewport().rect())


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_every_state_is_whole(desk, width, height, percent):
    desk.resize(width, height, percent)
    found = {}
    for font in FONTS:
        desk.settings.change(font=font)
        for name, state in STATES.items():
            desk.show(state)
            # The radio buttons are the header's, which shows the same on every page.
            cut = [one for one in cut_off(desk.window) if not one.startswith("QRadioButton")]
            if cut:
                found[font, name] = cut
    assert found == {}


@pytest.mark.parametrize("name", STATES)
def test_every_state_can_be_heard_and_reached(desk, name):
    desk.show(STATES[name])
    assert unnamed(desk.window) == []
    assert unreached(desk.window) == []


@pytest.mark.parametrize("name", STATES)
def test_one_button_stands_out_and_has_the_keyboard(desk, name):
    desk.show(STATES[name])
    filled = [
        button
        for button in desk.page.findChildren(QPushButton)
        if button.isVisible() and button.property("kind") == "filled"
    ]
    assert len(filled) == (0 if name == "done" else 1)
    desk.page.focus_start()
    assert QApplication.focusWidget().text() == (STATES[name].start or today_page.WAITING)


def test_the_keyboard_follows_when_the_work_is_done(desk):
    desk.show(USUAL)
    desk.page.focus_start()
    desk.show(DONE)
    assert QApplication.focusWidget().text() == DONE.start


WISHES = [
    (USUAL, "Start:", "start_requested"),
    (DONE, "A little more: my weakest", "start_requested"),
    (DONE, "A little more: what is due", "due_requested"),
    (LEFT, "Go on: 8", "start_requested"),
    (LEFT, "Today’s work instead", "instead_requested"),
    (MORE, "Go on listening: “Controlling the Party machine”", "listen_requested"),
    (MORE, "Look at your last card: “The Kulaks”", "card_requested"),
    (FIRST, "Or look at a card first", "card_requested"),
    (MORE, "Practise 3 cards that you marked as hard", "hard_requested"),
    (OVER, "When is your next exam?", "date_requested"),
]


@pytest.mark.parametrize(("state", "words", "wish"), WISHES)
def test_each_button_sends_its_wish(qtbot, desk, state, words, wish):
    page = TodayPage(desk.study.app.appearance)
    qtbot.addWidget(page)
    page.render_state(state)
    page.show()
    names = {name for _, _, name in WISHES}
    sent = []
    for name in names:
        getattr(page, name).connect(lambda name=name: sent.append(name))
    [button] = [
        button
        for button in page.findChildren(QPushButton)
        if button.isVisible() and button.text().startswith(words)
    ]
    button.click()
    assert sent == [wish]


def test_a_label_keeps_its_room_and_says_nothing_before_it_has_words(desk):
    desk.show(WAITING)
    labels = desk.page.findChildren(ReservedLabel)
    assert len(labels) == 4
    assert not any(label.isVisible() for label in labels)
    desk.show(USUAL)
    assert all(label.isVisible() for label in labels)
    assert {label.text() for label in labels} == {
        USUAL.recall_words,
        USUAL.about,
        USUAL.streak_words,
        USUAL.streak_more,
    }


def test_the_bar_shows_what_is_known_and_where_the_plan_leads(desk):
    desk.show(USUAL)
    [bar] = desk.page.findChildren(RecallBar)
    colours = desk.study.app.appearance.look.theme.colours

    def colour_at(share):
        picture = bar.grab().toImage()
        return picture.pixelColor(round(share * picture.width()), picture.height() // 2).name()

    def name_of(role):
        return QColor(getattr(colours, role)).name()

    assert bar.accessibleName() == USUAL.recall_words
    assert colour_at(0.2) == colour_at(0.42) == name_of("primary")
    assert colour_at(0.5) == colour_at(0.75) == name_of("primary_soft")
    assert colour_at(0.85) == name_of("surface2")
    desk.show(FIRST)
    assert colour_at(0.02) == colour_at(0.5) == name_of("surface2")


def test_the_week_is_told_in_words(desk):
    desk.show(AWAY)
    [row] = desk.page.findChildren(StreakRow)
    assert row.accessibleName() == (
        "Your week: Wed done, Thu not studied, Fri not studied, Sat not studied, Sun not studied,"
        " Mon not studied, Tue today, still to come"
    )
    desk.show(USUAL)
    assert "Fri done, Sat a day of rest, Sun done" in row.accessibleName()


def test_the_marks_of_the_week_differ_without_colour(desk):
    """Seen in grey: a mark, a moon, a small dot, and a ring."""
    pictures = {}
    for name, days in {"done": (0,), "rest": (1, 3), "missed": (1, 4), "today": (1,)}.items():
        desk.show(replace(USUAL, streak=week(*days)))
        [row] = desk.page.findChildren(StreakRow)
        kinds = [mark.kind for mark in row._week]
        picture = row.grab().toImage().convertToFormat(picture_format())
        number = kinds.index(name)
        look = desk.study.app.appearance.look
        left = number * look.px(64)
        side = look.px(32)
        pictures[name] = bytes(
            picture.pixelColor(left + x, 1 + y).lightness() // 64
            for y in range(side)
            for x in range(side)
        )
    assert len(set(pictures.values())) == 4


def picture_format():
    from PySide6.QtGui import QImage

    return QImage.Format.Format_Grayscale8


@pytest.mark.parametrize("motion", ["on", "off"])
def test_what_is_done_is_celebrated_and_said_once(qtbot, desk, motion, monkeypatch):
    spoken, shown = [], []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: spoken.append(event.message())
    )
    desk.page.celebrated.disconnect()
    desk.page.celebrated.connect(lambda: shown.append(1))
    desk.settings.change(motion=motion)
    desk.show(USUAL)
    desk.show(replace(DONE, celebrates=True))
    [celebration] = desk.page.findChildren(Celebration)
    assert spoken == [DONE.about]
    assert shown == [1]
    assert celebration.is_playing == celebration.isVisible() == (motion == "on")
    badge = next(w for w in desk.page.findChildren(QLabel) if not w.pixmap().isNull())
    assert badge.isVisible(), "with motion and without"
    assert celebration.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    qtbot.waitUntil(lambda: not celebration.isVisible())
    assert not celebration.is_playing
    desk.show(DONE)
    assert (spoken, shown) == ([DONE.about], [1])


def test_pieces_fly_from_where_the_badge_is(desk):
    desk.settings.change(motion="on")
    desk.show(DONE)
    [celebration] = desk.page.findChildren(Celebration)
    celebration.play(QPointF(300, 300))
    picture = celebration.grab().toImage()
    back = desk.page.grab().toImage()
    assert picture.size() == back.size()
    near = [picture.pixel(x, y) for x in range(290, 310) for y in range(290, 310)]
    assert len(set(near)) > 1, "the pieces start there"


def test_coming_back_on_another_day_shows_that_day(desk):
    study = desk.study
    study.app.settings.change(exam_date=date(2027, 6, 1))
    study.app.reviews.open()
    study.app.today.show(True)
    assert study.app.today.state.headline == "Exam in 189 days"
    study.now.advance(days=2)
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.WindowActivate))
    assert study.app.today.state.headline == "Exam in 187 days"
    assert study.app.planner.plan.days == 187


def study_for_six_weeks(desk, **settings):
    """The app of a pupil who has studied for six weeks, on the Today page."""
    study = desk.study
    study.app.settings.change(exam_date=date(2027, 6, 1), **settings)
    study.app.reviews.open()
    entries = six_weeks(study.app.deck, study.now())
    study.app.reviews.run(
        lambda writer: writer.change(lambda store: store.add_entries(entries)),
        lambda _: None,
        pytest.fail,
    )
    study.app.today.show(True)
    return study


def answer_one(study):
    study.now.advance(seconds=30)
    answer(study, right_answer(study.app.self_test.state.task))
    study.app.self_test.advance()


def test_todays_work_instead_of_a_test_that_was_left(desk):
    study = study_for_six_weeks(desk)
    study.window.show_page("self_test")
    topic = study.app.deck.topics[-1]  # nothing of it was met
    study.app.choosing.choose_scope(topic.id)
    study.app.choosing.choose_length(5)
    study.app.choosing.start()
    answer_one(study)
    study.app.self_test.stop()
    study.window.show_page("today")
    assert study.app.today.state.start == "Go on: 4 of 5 left"
    today = study.app.planner.plan.today
    desk.button("Today’s work instead").click()
    assert study.window.page == "self_test"
    assert study.app.self_test.state.task.subject_id == today[0]
    assert study.app.self_test.state.total >= len(today)
    assert study.app.choosing.state.scope.id == topic.id, "what was chosen stays chosen"
    assert study.app.choosing.state.length == 5
    answer_one(study)
    study.window.show_page("today")
    assert study.app.today.state.work == "go_on", "now it is today's work"


def test_going_on_with_a_test_that_was_left_before_another_was_ended(desk):
    study = study_for_six_weeks(desk)
    desk.button("Start:").click()
    total = study.app.self_test.state.total
    answer_one(study)
    study.app.self_test.stop()
    study.app.self_test.new_session()
    study.window.show_page("today")
    desk.button("Go on:").click()
    assert study.app.self_test.state.phase == "asking"
    assert (study.app.self_test.state.number, study.app.self_test.state.total) == (2, total)


@pytest.mark.parametrize(
    ("words", "scope"),
    [("A little more: my weakest", Scope.WEAKEST), ("A little more: what is due", Scope.DUE)],
)
def test_a_little_more_is_ten_questions(desk, words, scope):
    study = study_for_six_weeks(desk, minutes_a_day=1)
    desk.button("Start:").click()
    while study.app.self_test.state.phase != "finished":
        answer_one(study)
    study.window.show_page("today")
    assert study.app.today.state.work == "done"
    sessions = []
    study.app.choosing.session_requested.connect(sessions.append)
    asked = askable(study.app.deck.cards, How.MIXED)
    first_ten = in_scope(asked, scope, study.app.reviews.memory_states, study.now())[:10]
    desk.button(words).click()
    assert study.window.page == "self_test"
    assert study.app.self_test.state.phase == "asking"
    [tasks] = sessions
    wanted = {one.id for one in first_ten}
    assert sorted(task.subject_id for task in tasks if task.subject_id in wanted) == sorted(wanted)
    assert len(tasks) <= 12, "a match and a statement go with the ten"


LAZY = (
    "stalin_study.domain.exam_wording",
    "stalin_study.domain.self_test.choosing",
    "stalin_study.presenters.self_test.session",
    "stalin_study.presenters.listening.listen",
    "stalin_study.ui.pages.self_test.page",
    "stalin_study.ui.pages.listen_page",
    "fsrs",
    "sqlite_utils",
)


def test_the_page_loads_nothing_that_it_does_not_need_yet():
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, stalin_study.today_parts; print(*sys.modules, sep='\\n')",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "stalin_study.ui.pages.today_page" in found
    assert not set(LAZY) & set(found)
