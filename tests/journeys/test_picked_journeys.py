"""What a page has picked is asked at once, or waits for the pupil to say which test it is to be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from self_test_kinds import answer, begin, right_answer
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.review_log import Way
from stalin_study.domain.self_test.choosing import How
from study_window import TestApp


@pytest.fixture
def studies(qtbot, tmp_path):
    made = []

    def make():
        study = TestApp(tmp_path)
        made.append(study)
        study.app.reviews.open()
        study.show()
        return study

    yield make
    for study in made:
        study.close()


def ask_hard_cards(study):
    for card in study.app.deck.cards[3:5]:
        study.app.reviews.annotate(card.id, AnnotationKind.HARD, "yes")
    study.window.show_page("today")
    study.window.pages["today"].hard_requested.emit()


def begin_another(study, answers=2):
    begin(study, How.MULTIPLE_CHOICE, 5)
    for _ in range(answers):
        answer(study, right_answer(study.app.self_test.state.task))
        study.app.self_test.advance()


def view_of(study):
    QApplication.processEvents()
    return study.window.pages["self_test"].choosing


def test_with_nothing_left_it_starts_at_once(studies):
    study = studies()
    ask_hard_cards(study)
    assert (study.window.page, study.app.self_test.state.phase) == ("self_test", "asking")
    assert study.app.self_test.state.total <= 22
    assert study.app.choosing.state.scope.title == "My hard cards"


@pytest.mark.parametrize("when", ["it is open", "it was stopped", "after a restart"])
@pytest.mark.parametrize("choice", ["new", "old"])
def test_with_a_test_left_the_pupil_says_which(studies, when, choice):
    study = studies()
    begin_another(study)
    old = study.app.self_test.state.task
    if when == "it was stopped":
        study.app.self_test.stop()
    elif when == "after a restart":
        study.close()
        study = studies()
    ask_hard_cards(study)
    assert study.app.self_test.state.phase == "choosing"
    view = view_of(study)
    assert QApplication.focusWidget() is view._instead
    assert view._instead.text() == "Start this one instead"
    assert view._go_on.text() == "Go on with the test you left (3 to go)"
    assert "“My hard cards” would be another one" in view._left_words.text()
    assert study.app.choosing.state.amount.startswith("20 questions and a match, about ")
    assert study.app.choosing.state.amount in view._left_words.text()
    if choice == "new":
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        hard = {card.id for card in study.app.deck.cards[3:5]}
        assert study.app.self_test.state.task.card_id in hard
        assert study.app.self_test.state.total == 21
    else:
        view._go_on.click()
        assert study.app.self_test.state.task == old
    assert study.app.self_test.state.phase == "asking"


def test_a_test_without_an_answer_gives_way(studies):
    study = studies()
    begin_another(study, answers=0)
    ask_hard_cards(study)
    assert study.app.self_test.state.phase == "asking"
    assert study.app.self_test.state.total > 10


def test_what_explore_counts_is_what_is_asked(studies):
    study = studies()
    study.window.show_page("explore")
    explore = study.window.pages["explore"]
    explore.category_toggled.emit("foreign")
    assert explore.test.text() == "Test me: 11 questions and a match"
    explore.test.click()
    session = study.app.self_test._session
    assert len(session.queue) == 12
    [match] = [task for task in session.queue if task.way is Way.MATCH]
    foreign = {one.text for one in study.app.deck.timeline if one.category == "foreign"}
    assert {pair.left for pair in match.body.pairs} == foreign
    explore.category_toggled.emit("foreign")
    assert explore.test.text() == "Test me: 20 questions and a match"


def test_the_first_five_are_those_of_the_deck(studies):
    study = studies()
    study.app.planner.refresh()
    study.window.show_page("today")
    QApplication.processEvents()
    assert study.app.today.state.start == "Start with 5 easy questions"
    study.window.pages["today"].start_requested.emit()
    asked = {task.subject_id for task in study.app.self_test._session.queue}
    assert asked == set(study.app.deck.first_questions)


def test_the_summary_says_why_more_was_met_than_asked(studies):
    study = studies()
    begin(study, How.MIXED, 10)
    assert study.app.choosing.state.amount == "10 questions and a match, about 6 minutes."
    assert study.app.self_test.state.total == 11, "as was said before the start"
    while study.app.self_test.state.phase != "finished":
        answer(study, right_answer(study.app.self_test.state.task))
        study.app.self_test.advance()
    summary = study.window.pages["self_test"].summary
    assert summary._score.text() == "11 of 11 right first time"
    assert summary._moved.text().endswith("Each pair of a match counts as a question here.")
    begin(study, How.TYPED, 5)
    study.app.self_test.give_up()
    study.app.self_test.stop()
    assert "match" not in summary._moved.text()


def test_a_test_that_is_stopped_at_once_has_no_score(studies):
    study = studies()
    begin_another(study, answers=0)
    study.app.self_test.stop()
    summary = study.window.pages["self_test"].summary
    assert summary._score.text() == "Nothing was answered"
    assert summary._line.text() == "That is fine. Go on with this test, or choose another one."
