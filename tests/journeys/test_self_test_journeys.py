"""Whole self-tests through `build()`, by real keys and the mouse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit

from fakes import ManualJobs
from self_test_kinds import begin, right_answer, wrong_answer
from stalin_study.domain.memory import Mark, rebuild
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.self_test.choosing import How
from stalin_study.domain.self_test.tasks import Choosing, Matching, Ordering, Typing
from stalin_study.services.jobs import ThreadJobs
from stalin_study.services.store import look_into_store
from stalin_study.ui.widgets.event_row import EventLine
from stalin_study.ui.widgets.match_side import MatchSide
from stalin_study.ui.widgets.plan_panel import PlanPanel
from stalin_study.ui.widgets.rating_bar import RatingBar
from stalin_study.ui.widgets.tick_list import TickLine
from study_window import TestApp

KEY = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
EXAM = date(2026, 12, 24)


@pytest.fixture
def studies(qtbot, tmp_path):
    """Makes apps on one data folder and closes them; then what is on disk must agree."""
    made = []

    def make(**more):
        study = TestApp(tmp_path / "data", **more)
        # Each run gives out ids of its own, as uuids are.
        study.app.reviews._new_id.count = 1000 * len(made)
        study.show()
        study.app.reviews.open()
        made.append(study)
        return study

    yield make
    for study in made:
        study.close()
    agree(tmp_path / "data")


def agree(folder, study=None):
    """The memory states on disk are those that the log leads to; so are those of the app."""
    opened = look_into_store(folder)
    if opened is None:
        return []
    log = opened.store.entries()
    opened.store.close()
    assert dict(opened.states) == rebuild(log)
    if study is not None:
        assert dict(study.app.reviews.memory_states) == dict(opened.states)
    return log


@pytest.fixture
def study(studies):
    return studies()


def press(study, *keys, held=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or study.window, key, held)
        QApplication.processEvents()


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)
    QApplication.processEvents()


def page(study):
    return study.window.pages["self_test"]


def shown(study, kind):
    QApplication.processEvents()
    return [one for one in page(study).findChildren(kind) if one.isVisible()]


def named(study, name):
    """The button in view with that text or name."""
    found = [
        one
        for one in shown(study, QAbstractButton)
        if name in (one.text(), one.accessibleName()) and one.isEnabled()
    ]
    assert len(found) == 1, (name, [one.text() for one in shown(study, QAbstractButton)])
    return found[0]


def click(study, name):
    press_button(named(study, name))


def press_button(button):
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def labels(study):
    return " | ".join(label.text() for label in shown(study, QLabel))


def test_of(study):
    return study.app.self_test.state


test_of.__test__ = False


def sidebar_line(study):
    return study.window.sidebar._exam.text()


# By keyboard


def answer_by_keys(study):
    """Answer what is on show rightly, by keys alone, as far as its kind allows."""
    task = test_of(study).task
    match task.body:
        case Choosing(choices=choices, right=right):
            press(study, KEY.Key_1 + choices.index(right))
        case Typing(question=question):
            write(question.answer)
            press(study, KEY.Key_Return)
        case Ordering(events=events, shown=order):
            order = list(order)
            press(study, KEY.Key_Home)
            for place in range(len(events)):
                at = order.index(place)
                press(study, KEY.Key_Home, *[KEY.Key_Down] * at)
                press(study, *[KEY.Key_Up] * (at - place), held=ALT)
                order.insert(place, order.pop(at))
            press(study, KEY.Key_Return, held=CONTROL)
        case Matching(pairs=pairs, shown=order):
            for left in range(len(pairs)):
                press(study, KEY.Key_1 + left, KEY.Key_A + order.index(left))
            press(study, KEY.Key_Return, held=CONTROL)
        case _:
            press(study, KEY.Key_Return, held=CONTROL)
            press(study, KEY.Key_Space)
            press(study, KEY.Key_Return, held=CONTROL)


def test_a_mixed_session_from_start_to_summary_by_keyboard(study):
    press(study, KEY.Key_3, held=CONTROL)
    assert test_of(study).phase == "choosing"
    study.app.choosing.choose_scope("everything")
    press(study, KEY.Key_Return)
    ways = []
    while test_of(study).phase == "asking":
        ways.append(test_of(study).way)
        answer_by_keys(study)
        assert test_of(study).headline == "Right", test_of(study)
        assert test_of(study).saving == "saved"
        agree(study.paths.data, study)
        press(study, KEY.Key_Return)
    assert Way.MATCH in ways
    assert len(set(ways)) >= 3
    state = test_of(study)
    assert (state.phase, state.summary.right, state.summary.total) == (
        "finished",
        len(ways),
        len(ways),
    )
    assert "Not one mistake." in labels(study)
    assert not (study.paths.data / "self-test.json").exists()


@pytest.mark.parametrize("how", [How.TYPED, How.GAP, How.ORDER, How.MATCH, How.BLURT, How.EXAM])
def test_each_kind_is_answered_by_keyboard(study, how):
    begin(study, how)
    answer_by_keys(study)
    state = test_of(study)
    assert state.has_verdict
    if how not in (How.BLURT, How.EXAM):
        assert state.headline == "Right"
    number = state.number
    press(study, KEY.Key_Return, held=CONTROL)
    assert test_of(study).number == number + 1


def test_undo_by_key_in_the_middle(study):
    begin(study, How.MULTIPLE_CHOICE)
    first = test_of(study).task
    answer_by_keys(study)
    press(study, KEY.Key_Return)
    second = test_of(study).task
    answer_by_keys(study)
    press(study, KEY.Key_Z, held=CONTROL)
    assert (test_of(study).task, test_of(study).phase) == (second, "asking")
    assert second.subject_id not in study.app.reviews.memory_states
    agree(study.paths.data, study)
    press(study, KEY.Key_Z, held=CONTROL)
    assert (test_of(study).task, test_of(study).number) == (first, 1)
    assert dict(study.app.reviews.memory_states) == {}
    marks = {card.progress.mark for topic in study.app.tree.state.topics for card in topic.cards}
    assert marks == {Mark.NEW}
    assert len(agree(study.paths.data, study)) == 4
    answer_by_keys(study)
    assert [*study.app.reviews.memory_states] == [first.subject_id]


@pytest.mark.parametrize(("ratings", "key", "rating"), [(2, 1, 1), (4, 2, 2), (4, 4, 4)])
def test_another_rating_by_key(study, qtbot, ratings, key, rating):
    study.app.settings.change(ratings=ratings)
    begin(study, How.TYPED)
    task = test_of(study).task
    answer_by_keys(study)
    press(study, KEY.Key_0 + key)
    assert len(agree(study.paths.data, study)) == 1, "a key meant for the question rates nothing"
    [bar] = shown(study, RatingBar)
    qtbot.waitUntil(bar.isEnabled)
    press(study, KEY.Key_0 + key)
    assert test_of(study).phase == "answered"
    assert "you chose so" in labels(study)
    press(study, KEY.Key_Return)
    assert test_of(study).task.subject_id != task.subject_id
    log = agree(study.paths.data, study)
    assert [entry.rating for entry in log] == [Rating.GOOD, None, Rating(rating)]
    assert log[1].undoes == log[0].uuid


def test_a_slip_is_typed_once_more(study):
    study.app.choosing.choose_card("rivals-mistakes")
    begin(study, How.TYPED, 0, "rivals-mistakes")
    while test_of(study).task.subject_id != "c01q01":
        answer_by_keys(study)
        press(study, KEY.Key_Return)
    write("trioka")
    press(study, KEY.Key_Return)
    assert (test_of(study).phase, test_of(study).headline) == ("retyping", "Nearly")
    assert "Type it once more" in labels(study)
    write("Troika")
    press(study, KEY.Key_Return)
    assert test_of(study).phase == "answered"
    rated = [entry for entry in agree(study.paths.data) if entry.subject_id == "c01q01"]
    assert [entry.rating for entry in rated] == [Rating.HARD]
    press(study, KEY.Key_Return)
    assert not test_of(study).task or test_of(study).task.subject_id != "c01q01"


def test_a_session_is_stopped_and_gone_on_with(study):
    begin(study, How.TYPED)
    answer_by_keys(study)
    press(study, KEY.Key_Return)
    write("half an ans")
    task = test_of(study).task
    press(study, KEY.Key_T, held=CONTROL)
    assert (test_of(study).phase, test_of(study).can_go_on) == ("finished", True)
    press(study, KEY.Key_Return)
    assert (test_of(study).phase, test_of(study).task) == ("asking", task)
    assert test_of(study).number == 2
    answer_by_keys(study)
    assert len({entry.session_id for entry in agree(study.paths.data)}) == 1


def test_mistakes_are_tried_again(study):
    begin(study, How.MULTIPLE_CHOICE)
    task = test_of(study).task
    study.app.self_test.submit(wrong_answer(task))
    press(study, KEY.Key_Return)
    press(study, KEY.Key_T, held=CONTROL)
    click(study, "Try the mistakes again")
    state = test_of(study)
    assert (state.phase, state.total, state.task.subject_id) == ("asking", 1, task.subject_id)
    answer_by_keys(study)
    press(study, KEY.Key_Return)
    assert test_of(study).summary.right == 1
    assert len({entry.session_id for entry in agree(study.paths.data, study)}) == 2


# By mouse


def drag(study, words, to):
    """Pull the row with these words over the row at a place."""
    lines = sorted(shown(study, EventLine), key=lambda line: line.mapToGlobal(QPoint(0, 0)).y())
    line = next(one for one in lines if words in one.accessibleName())
    target = lines[to]
    is_down = lines.index(line) < to
    end = QPoint(60, target.rect().bottom() if is_down else 0)
    QTest.mousePress(line, LEFT, pos=QPoint(60, line.height() // 2))
    place = target.mapToGlobal(end)
    for _ in range(2):
        QTest.mouseMove(line, line.mapFromGlobal(place))
    QTest.mouseRelease(line, LEFT, pos=line.mapFromGlobal(place))
    QApplication.processEvents()


def answer_by_mouse(study):
    task = test_of(study).task
    match task.body:
        case Choosing(choices=choices, right=right):
            click(study, f"{choices.index(right) + 1}: {right}")
        case Ordering(events=events):
            for place, event in enumerate(events):
                drag(study, event.text, place)
            click(study, "Check")
        case Matching(pairs=pairs, shown=order):
            sides = shown(study, MatchSide)
            lefts, rights = sides[: len(pairs)], sides[len(pairs) :]
            for left in range(len(pairs)):
                press_button(lefts[left])
                press_button(rights[order.index(left)])
            click(study, "Check")
        case _:
            click(study, "Show the points")
            for line in shown(study, TickLine):
                if not line.isChecked():
                    press_button(line)
            click(study, "Those are my points")


@pytest.mark.parametrize(
    "how", [How.MULTIPLE_CHOICE, How.TRUE_FALSE, How.ORDER, How.MATCH, How.BLURT]
)
def test_a_session_by_mouse_alone(study, how):
    study.show(1280, 1000)
    begin(study, how, 5)
    study.app.self_test.stop()
    study.app.self_test.new_session()
    click(study, "Start")
    for _ in range(5):
        answer_by_mouse(study)
        state = test_of(study)
        assert state.headline == ("Well remembered" if how is How.BLURT else "Right")
        click(study, "Next")
    assert test_of(study).phase == "finished"
    click(study, "New test")
    assert test_of(study).phase == "choosing"
    assert named(study, "Start")


def test_choices_are_chosen_by_mouse(study):
    study.window.show_page("self_test")
    click(study, "True or false")
    study.app.choosing.choose_scope("everything")
    click(study, "20")
    assert (study.app.choosing.state.how, study.app.choosing.state.length) == (How.TRUE_FALSE, 20)
    click(study, "Start")
    assert test_of(study).total == 20
    click(study, "I don’t know")
    assert test_of(study).headline == "Not yet"
    click(study, "Take the last answer back")
    assert test_of(study).phase == "asking"
    click(study, "Stop")
    assert test_of(study).phase == "finished"


# Over restarts


def test_an_exam_answer_is_there_when_the_app_was_closed_in_the_middle_of_it(studies):
    first = studies()
    begin(first, How.EXAM)
    task = test_of(first).task
    write("One feature was the Troika")
    first.close()
    second = studies()
    second.window.show_page("self_test")
    assert "You left a test before its end: 0 answered, 5 to go." in labels(second)
    click(second, "Go on with the test that you left")
    assert (test_of(second).task, test_of(second).phase) == (task, "asking")
    [field] = shown(second, QPlainTextEdit)
    assert field.toPlainText() == "One feature was the Troika"
    press(second, KEY.Key_Return, held=CONTROL)
    second.close()
    third = studies()
    third.window.show_page("self_test")
    click(third, "Go on with the test that you left")
    assert (test_of(third).task, test_of(third).phase) == (task, "self_marking")
    press(third, KEY.Key_Space)
    press(third, KEY.Key_Return, held=CONTROL)
    [entry] = agree(third.paths.data, third)
    assert (entry.answer, entry.subject_id) == ("One feature was the Troika", task.subject_id)


def test_a_session_that_ended_leaves_nothing_to_go_on_with(studies):
    first = studies()
    begin(first, How.TYPED, 5)
    for _ in range(5):
        answer_by_keys(first)
        press(first, KEY.Key_Return)
    assert test_of(first).phase == "finished"
    first.close()
    second = studies()
    second.window.show_page("self_test")
    assert "You left a test" not in labels(second)


def test_an_answer_of_a_session_that_is_gone_on_with_is_undone_in_this_run_alone(studies):
    first = studies()
    begin(first, How.TYPED)
    answer_by_keys(first)
    first.close()
    second = studies()
    second.window.show_page("self_test")
    click(second, "Go on with the test that you left")
    assert (test_of(second).number, test_of(second).can_undo) == (2, False)
    second.app.self_test.undo()
    assert test_of(second).number == 2
    answer_by_keys(second)
    second.app.self_test.undo()
    assert test_of(second).number == 2
    assert len(second.app.reviews.memory_states) == 1


# From a card, and read aloud


def test_test_me_is_of_the_card_on_show(study):
    press(study, KEY.Key_T)
    assert study.window.page == "self_test"
    assert study.app.choosing.state.scope.id == study.app.cards.state.card.id
    press(study, KEY.Key_Return)
    assert test_of(study).task.card_id == study.app.cards.state.card.id


def test_test_me_keeps_a_session_that_goes_on(study):
    begin(study, How.TYPED)
    answer_by_keys(study)
    press(study, KEY.Key_Return)
    write("half")
    state = test_of(study)
    study.window.show_page("cards")
    press(study, KEY.Key_Right)
    press(study, KEY.Key_T)
    assert study.window.page == "self_test"
    assert test_of(study).task == state.task
    assert QApplication.focusWidget().text() == "half"
    press(study, KEY.Key_T, held=CONTROL)
    assert test_of(study).can_go_on


def test_test_me_after_a_summary_begins_with_the_card(study):
    begin(study, How.MULTIPLE_CHOICE)
    answer_by_keys(study)
    press(study, KEY.Key_T, held=CONTROL)
    assert test_of(study).phase == "finished"
    study.window.show_page("cards")
    press(study, KEY.Key_T)
    assert test_of(study).phase == "choosing"
    assert study.app.choosing.state.scope.id == study.app.cards.state.card.id


def read_all(study):
    """Read what is being read to its end."""
    said = []
    while study.app.listening.state.phase != "idle":
        said.append(" ".join(study.speech.asked.values()))
        study.speech.answer_all()
        study.speech.asked.clear()
        study.player.end()
    return " ".join(said)


def test_the_question_is_read_and_once_answered_its_answer_and_point(study):
    study.app.choosing.choose_card("rivals-mistakes")
    begin(study, How.TYPED, 0, "rivals-mistakes")
    while test_of(study).task.subject_id != "c01q01":
        answer_by_keys(study)
        press(study, KEY.Key_Return)
    press(study, KEY.Key_L, held=CONTROL)
    asked = read_all(study)
    assert "three-man alliance" in asked
    assert "roika" not in asked
    assert "alliance to keep" not in asked
    write("Troika")
    press(study, KEY.Key_Return)
    press(study, KEY.Key_L, held=CONTROL)
    told = read_all(study)
    assert "roika" in told
    assert "alliance to keep" in told, "the point"


def test_the_next_question_stops_the_reading_and_the_bar_goes(study):
    begin(study, How.MULTIPLE_CHOICE)
    press(study, KEY.Key_L, held=CONTROL)
    study.speech.answer_all()
    assert study.app.listening.state.phase == "playing"
    answer_by_keys(study)
    assert study.app.listening.state.phase == "playing", "the verdict does not cut it off"
    press(study, KEY.Key_Return)
    assert study.app.listening.state.phase == "idle"
    assert not study.player.is_playing
    assert not study.window.listening_bar.isVisible()


# The exam plan


def test_an_exam_date_brings_the_figures(study):
    begin(study, How.MULTIPLE_CHOICE)
    answer_by_keys(study)
    press(study, KEY.Key_T, held=CONTROL)
    click(study, "New test")
    assert sidebar_line(study) == ""
    assert "Give the date of your exam" in labels(study)
    assert "if you keep to the plan" not in labels(study)
    study.app.settings.change(exam_date=EXAM)
    assert sidebar_line(study).startswith("Exam in 30 days, ")
    assert sidebar_line(study).endswith("% expected")
    [panel] = shown(study, PlanPanel)
    text = " | ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    assert text.count(" %") == 2
    assert "if you keep to the plan" in text
    line = sidebar_line(study)
    for theme in ("dark", "cream", "light"):
        study.app.settings.change(theme=theme)
        assert sidebar_line(study) == line
        assert study.window.sidebar._exam.isVisible()
    study.app.settings.change(exam_date=None)
    assert sidebar_line(study) == ""


def test_before_anything_was_met_the_sidebar_counts_the_days(study):
    study.app.settings.change(exam_date=EXAM)
    assert sidebar_line(study) == "Exam in 30 days"
    study.app.settings.change(exam_date=date(2026, 11, 23))
    assert sidebar_line(study) == ""


@pytest.mark.parametrize("ends", ["to its end", "stopped"])
def test_the_end_of_a_session_makes_the_plan_anew_once(studies, ends):
    plans = ManualJobs()
    study = studies(planning_jobs=plans)
    study.app.settings.change(exam_date=EXAM)
    plans.drain()
    begin(study, How.TYPED, 5)
    plans.drain()
    made = []
    study.app.planner.plan_changed.connect(made.append)
    for _ in range(5 if ends == "to its end" else 2):
        answer_by_keys(study)
        press(study, KEY.Key_Return)
        if test_of(study).phase == "asking":
            plans.drain()
            assert made == [], "not in the middle of a session, while nobody looks"
    if ends == "stopped":
        press(study, KEY.Key_T, held=CONTROL)
    assert test_of(study).phase == "finished"
    plans.drain()
    assert len(made) == 1
    assert made[0].expectation.seen == len(study.app.reviews.memory_states)


@pytest.mark.parametrize("page", ["today", "progress"])
def test_the_plan_is_of_now_when_it_is_looked_at_in_the_middle_of_a_session(study, page):
    study.app.settings.change(exam_date=EXAM)
    begin(study, How.TYPED, 5)
    queue = [task.subject_id for task in study.app.self_test._session.queue]
    for _ in range(2):
        answer_by_keys(study)
        press(study, KEY.Key_Return)
    assert study.app.planner.plan.expectation.seen == 0
    study.window.show_page(page)
    assert study.app.planner.plan.expectation.seen == len(study.app.reviews.memory_states) > 0
    assert "expected" in sidebar_line(study)
    assert study.app.self_test.is_going_on
    left = [task.subject_id for task in study.app.self_test._session.queue]
    assert left[0] == queue[2], "the session keeps its queue"


def test_the_plan_is_made_anew_every_ten_answers(study):
    study.app.settings.change(exam_date=EXAM)
    begin(study, How.MULTIPLE_CHOICE, 20)
    for _ in range(11):
        study.app.self_test.submit(right_answer(test_of(study).task))
        study.app.self_test.advance()
    assert study.app.planner.plan.expectation.seen == 10


def test_todays_work_is_done_and_less_is_left(study):
    study.app.settings.change(exam_date=EXAM, minutes_a_day=5)
    study.window.show_page("self_test")
    before = study.app.choosing.state.scope
    assert (before.id, study.app.choosing.state.length) == ("today", 0)
    click(study, "5")
    click(study, "Start")
    for _ in range(5):
        study.now.advance(seconds=20)
        study.app.self_test.submit(right_answer(test_of(study).task))
        study.app.self_test.advance()
    assert test_of(study).phase == "finished"
    click(study, "New test")
    after = study.app.choosing.state.scope
    assert after.id == "today"
    assert after.count < before.count
    assert study.app.planner.plan.done_seconds == 100


@pytest.mark.parametrize("how", [How.TYPED, How.BLURT])
def test_undo_by_key_reaches_through_an_empty_field(study, how):
    task = begin(study, how)
    study.app.self_test.give_up() if how is How.TYPED else answer_by_keys(study)
    study.app.self_test.advance()
    assert study.app.self_test.state.task is not task
    press(study, KEY.Key_Z, held=CONTROL)
    if how is How.TYPED:
        assert study.app.self_test.state.task == task
        write("Trot")
        press(study, KEY.Key_Z, held=CONTROL)
        assert study.app.self_test.state.phase == "asking", "what is typed is undone first"
    else:
        assert study.app.self_test.state.phase == "self_marking"
    assert study.app.self_test.state.number == 1


def test_a_plan_of_yesterday_is_made_anew_when_a_page_is_shown(study):
    study.app.settings.change(exam_date=EXAM)
    press_button(named_segment(study, "Self-test"))
    assert "Exam in 30 days" in labels(study)
    press_button(named_segment(study, "Cards"))
    study.now.advance(days=2)
    press_button(named_segment(study, "Self-test"))
    assert "Exam in 28 days" in labels(study)
    assert sidebar_line(study) == "Exam in 28 days"


def named_segment(study, name):
    buttons = study.window.header.segments.findChildren(QAbstractButton)
    return next(button for button in buttons if button.accessibleName() == name)


def test_closing_right_after_a_rating_leaves_nothing_undone(qtbot, tmp_path):
    jobs, planning = ThreadJobs("test-progress"), ThreadJobs("test-planning")
    study = TestApp(tmp_path, jobs=jobs, planning_jobs=planning)
    study.show()
    study.app.reviews.open()
    qtbot.waitUntil(lambda: not study.app.reviews.pending)
    study.app.cards.flip()
    study.app.cards.rate(Rating.AGAIN)
    study.close()
    QApplication.processEvents()
    assert [entry.rating for entry in agree(tmp_path)] == [Rating.AGAIN]


def test_todays_work_that_is_picked_for_a_kind_it_lacks_stays_picked(study):
    study.window.show_page("self_test")
    choosing = study.app.choosing
    choosing.choose_how(How.EXAM)
    assert choosing.state.scope.id == "everything"
    choosing.choose_scope("today")
    choosing.choose_extra_time("half")
    assert (choosing.state.scope.id, choosing.state.can_start) == ("today", False)


def test_a_key_that_is_held_down_answers_one_question(study):
    begin(study, How.MULTIPLE_CHOICE)
    for key in (KEY.Key_1, KEY.Key_Return):
        for _ in range(6):
            widget = QApplication.focusWidget() or study.window
            event = QKeyEvent(QEvent.Type.KeyPress, key, NO_KEYS, str(key - KEY.Key_0), True)
            QApplication.sendEvent(widget, event)
    assert (test_of(study).phase, test_of(study).number) == ("asking", 1)
    press(study, KEY.Key_1)
    for _ in range(6):
        widget = QApplication.focusWidget() or study.window
        QApplication.sendEvent(
            widget, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Return, NO_KEYS, "", True)
        )
    assert (test_of(study).phase, test_of(study).number) == ("answered", 1)


def test_a_double_click_does_not_skip_the_verdict(study):
    begin(study, How.MULTIPLE_CHOICE)
    click(study, "I don’t know")
    QTest.mouseDClick(named(study, "Next"), LEFT)
    assert test_of(study).phase == "answered"


def test_the_keyboard_is_on_go_on_where_a_test_was_left(study):
    begin(study, How.MULTIPLE_CHOICE)
    press(study, KEY.Key_1)
    study.app.self_test.stop()
    study.app.self_test.new_session()
    assert QApplication.focusWidget().accessibleName() == "Go on with the test that you left"


def test_check_with_pairs_missing_goes_back_to_them(study):
    task = begin(study, How.MATCH)
    assert isinstance(task.body, Matching)
    view = study.window.pages["self_test"].question
    view._check.setFocus()
    press(study, KEY.Key_Return)
    assert view._hint.isVisible()
    assert isinstance(QApplication.focusWidget(), MatchSide)
    press(study, KEY.Key_1, KEY.Key_A)
    assert not view._hint.isVisible(), "what it told is no longer so"
    assert study.app.self_test.state.phase == "asking"
    assert [place >= 0 for place in view._body.answer().places].count(True) == 1


def test_the_keyboard_goes_to_check_once_all_is_matched(study):
    begin(study, How.MATCH)
    view = study.window.pages["self_test"].question
    assert "Ctrl+Enter checks" in view._body._how.text()
    count = len(view._body.answer().places)
    press(study, *[KEY.Key_A + number for number in range(count - 1)])
    assert isinstance(QApplication.focusWidget(), MatchSide)
    press(study, KEY.Key_A + count - 1)
    assert QApplication.focusWidget() is view._check
    press(study, KEY.Key_1)
    assert isinstance(QApplication.focusWidget(), MatchSide), "it can still be changed"
    press(study, KEY.Key_B, KEY.Key_A)
    assert QApplication.focusWidget() is view._check
    press(study, KEY.Key_Return)
    assert study.app.self_test.state.phase == "answered"


def test_enter_goes_from_the_order_to_check(study):
    begin(study, How.ORDER)
    view = study.window.pages["self_test"].question
    assert "Ctrl+Enter checks" in view._body._how.text()
    press(study, KEY.Key_Return)
    assert QApplication.focusWidget() is view._check
    assert study.app.self_test.state.phase == "asking"
    press(study, KEY.Key_Return)
    assert study.app.self_test.state.phase == "answered"
