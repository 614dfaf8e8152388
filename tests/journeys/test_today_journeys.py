"""A day begins on the Today page: one button starts what is to do, and what was left goes on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pupils import six_weeks
from self_test_kinds import answer, right_answer
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.self_test.choosing import How
from stalin_study.ui.widgets.celebration import Celebration
from study_window import TestApp


@pytest.fixture
def studies(qtbot, tmp_path):
    made = []

    def make(who=None, **settings):
        study = TestApp(tmp_path)
        made.append(study)
        study.app.settings.change(**{"exam_date": date(2027, 6, 1), **settings})
        study.app.reviews.open()
        if who is not None:
            entries = who(study.app.deck, study.now())
            study.app.reviews.run(
                lambda writer: writer.change(lambda store: store.add_entries(entries)),
                lambda _: None,
                pytest.fail,
            )
        study.show()
        study.window.show_page("today")
        QApplication.processEvents()
        return study

    yield make
    for study in made:
        study.close()


def press(*keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()


def test_enter_starts_todays_work(studies):
    study = studies(six_weeks)
    assert study.app.today.state.work == "start"
    planned = len(study.app.planner.plan.today)
    press(Qt.Key.Key_Return)
    assert study.window.page == "self_test"
    assert study.app.self_test.state.phase == "asking"
    assert study.app.choosing.state.scope.id == "today"
    assert study.app.choosing.state.scope.count == planned


def test_the_first_five_are_easy_and_then_the_day_is_kept(studies):
    study = studies()
    assert study.app.today.state.work == "first"
    press(Qt.Key.Key_Return)
    for _ in range(5):
        answer(study, right_answer(study.app.self_test.state.task))
        study.app.self_test.advance()
    assert study.app.self_test.state.phase == "finished"
    assert study.app.choosing.state.how is How.MIXED, "five easy ones were no choice of theirs"
    assert study.app.choosing.state.length != 5
    study.window.show_page("today")
    assert study.app.today.state.streak.is_today_done
    assert study.app.today.state.streak_words.startswith("Your streak: 1 day.")


def test_every_page_says_that_the_exam_is_today(studies):
    study = studies(six_weeks, exam_date=date(2026, 11, 24))
    study.now.advance(hours=5)  # two in the afternoon
    study.window.show_page("self_test")
    study.window.show_page("progress")
    study.window.show_page("today")
    QApplication.processEvents()
    assert study.app.today.state.headline == "Your exam is today. Good luck!"
    assert study.app.today.state.recall is not None
    assert study.app.choosing.state.plan.headline == "Exam today"
    assert study.app.progress.state.report.expected.exam == date(2026, 11, 24)


def test_a_session_that_was_left_goes_on_after_a_restart(studies):
    study = studies(six_weeks)
    press(Qt.Key.Key_Return)
    answer(study, right_answer(study.app.self_test.state.task))
    study.app.self_test.advance()
    study.close()
    again = studies()
    assert again.app.today.state.work == "go_on"
    press(Qt.Key.Key_Return)
    assert again.window.page == "self_test"
    assert again.app.self_test.state.phase == "asking"


def test_listening_goes_on_where_it_was_left(studies):
    study = studies(six_weeks)
    study.window.show_page("listen")
    study.app.listen.listen.play_track(2)
    study.speech.answer_all()
    study.app.listening.next_sentence()
    study.speech.answer_all()
    study.app.listening.stop()
    study.window.show_page("today")
    assert study.app.today.state.listening
    study.window.pages["today"].listen_requested.emit()
    assert study.window.page == "listen"
    assert study.app.listening.state.phase != "idle"


def test_hard_cards_are_practised_together(studies):
    study = studies(six_weeks)
    cards = [card.id for card in study.app.deck.cards[3:5]]
    for card_id in cards:
        study.app.reviews.annotate(card_id, AnnotationKind.HARD, "yes")
    assert study.app.today.state.hard == 2
    study.window.pages["today"].hard_requested.emit()
    assert study.window.page == "self_test"
    assert study.app.choosing.state.scope.title == "My hard cards"


@pytest.mark.parametrize("motion", ["on", "off"])
def test_the_celebration_respects_the_motion_setting(studies, motion):
    study = studies(six_weeks, motion=motion, minutes_a_day=1)
    press(Qt.Key.Key_Return)
    while study.app.self_test.state.phase != "finished":
        study.now.advance(seconds=30)
        answer(study, right_answer(study.app.self_test.state.task))
        study.app.self_test.advance()
    study.window.show_page("today")
    QApplication.processEvents()
    assert study.app.today.state.work == "done"
    assert study.app.settings.settings.celebrated_on is not None
    [celebration] = study.window.pages["today"].findChildren(Celebration)
    assert celebration.is_playing == (motion == "on")
    assert not study.app.today.state.celebrates


@pytest.mark.parametrize("exam", [date(2027, 6, 1), None])
def test_work_that_was_done_quickly_is_done(studies, exam):
    """Minutes are left, and a mistake was made right: the day is done all the same."""
    study = studies(six_weeks, exam_date=exam) if exam is None else studies(six_weeks)
    press(Qt.Key.Key_Return)
    planned, is_first = len(study.app.planner.plan.today), True
    while study.app.self_test.state.phase != "finished":
        study.now.advance(seconds=1)
        task = study.app.self_test.state.task
        study.app.self_test.give_up() if is_first else answer(study, right_answer(task))
        is_first = False
        study.app.self_test.advance()
    assert planned > 5
    study.window.show_page("today")
    assert study.app.today.state.work == "done"
    assert study.app.today.state.about.startswith("Well done: today’s work is done.")
    QApplication.processEvents()  # it is celebrated
    assert study.app.planner.plan.done_seconds < 300
    study.close()
    again = studies() if exam else studies(exam_date=None)
    again.now.at = study.now.at
    again.window.show_page("today")
    again.app.planner.refresh()
    assert again.app.today.state.work == "done", "after a restart, too"
    again.app.settings.change(minutes_a_day=60)
    assert again.app.today.state.work == "start", "more minutes were wished for"
    again.now.advance(days=1)
    again.app.planner.refresh()
    assert again.app.today.state.work == "start"


def test_settings_open_for_the_exam_date(studies):
    study = studies()
    study.app.settings.change(exam_date=None)
    assert study.app.today.state.needs_date
    study.window.pages["today"].date_requested.emit()
    assert study.app.dialogs.dialog is not None


def test_once_the_exam_date_is_given_the_keyboard_is_on_start(studies):
    study = studies(exam_date=None)
    page = study.window.pages["today"]
    page._date.setFocus()
    press(Qt.Key.Key_Return)
    study.app.settings.change(exam_date=date(2027, 6, 1))
    study.app.dialogs.dialog.reject()
    study.window.activateWindow()
    QApplication.processEvents()
    assert not page._date.isVisible()
    assert page._start.hasFocus()
