"""Whole stories through `build()`: real window, store and deck; fake clock, chance and sound."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from fakes import ManualJobs
from self_test_kinds import begin
from stalin_study.domain.memory import Mark
from stalin_study.domain.self_test.choosing import How
from stalin_study.paths import find_paths
from stalin_study.services.migrations import STEPS
from stalin_study.ui.widgets.card_text import CardText
from study_window import TestApp


@pytest.fixture
def studies(qtbot, tmp_path):
    """Makes apps on one data folder and closes them."""
    made = []

    def make(**more):
        study = TestApp(tmp_path / "data", **more)
        study.show()
        made.append(study)
        return study

    yield make
    for study in made:
        study.close()


def press(study, *keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or study.window, key)
        QApplication.processEvents()


def test_the_first_start_welcomes_and_the_second_does_not(studies):
    first = studies(welcomed=False)
    assert first.window.page == "welcome"
    press(first, Qt.Key.Key_Return)
    assert first.window.page == "today"
    first.close()
    assert studies(welcomed=False).window.page == "today"


def test_a_rated_card_is_there_after_a_restart(studies):
    first = studies()
    first.app.reviews.open()
    press(first, Qt.Key.Key_Space, Qt.Key.Key_2)
    assert first.app.cards.state.card.id == "stalins-strengths"
    first.close()
    second = studies()
    second.app.reviews.open()
    assert second.app.tree.state.topics[0].cards[0].progress.mark is Mark.LEARNING
    assert second.app.cards.state.card.id == "stalins-strengths"


def test_undo_by_key_takes_the_rating_off_the_tree(studies):
    study = studies()
    study.app.reviews.open()
    press(study, Qt.Key.Key_Space, Qt.Key.Key_1)
    QTest.keyClick(study.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert study.app.tree.state.topics[0].cards[0].progress.mark is Mark.NEW
    assert study.app.cards.state.is_flipped


def test_a_typed_session_from_choosing_to_the_summary(studies):
    study = studies()
    study.app.reviews.open()
    study.app.choosing.choose_how(How.TYPED)
    study.app.choosing.choose_card("rivals-mistakes")
    study.window.show_page("self_test")
    press(study, Qt.Key.Key_Return)
    assert study.app.self_test.state.phase == "asking"
    QTest.keyClicks(QApplication.focusWidget(), "no idea 1066")
    press(study, Qt.Key.Key_Return)
    assert study.app.self_test.state.headline == "Not yet"
    assert study.app.self_test.state.saving == "saved"
    press(study, Qt.Key.Key_Return)
    assert study.app.self_test.state.phase == "asking"
    study.app.self_test.stop()
    assert len(study.app.self_test.state.summary.mistakes) == 1


def test_the_answer_is_shown_as_saved_only_when_it_is_on_disk(studies):
    jobs = ManualJobs()
    study = studies(jobs=jobs)
    study.app.reviews.open()
    jobs.drain()
    begin(study, How.MULTIPLE_CHOICE)
    study.app.self_test.give_up()
    assert study.app.self_test.state.saving == "saving"
    jobs.drain()
    assert study.app.self_test.state.saving == "saved"


def test_reading_lights_up_the_word_and_the_bar_stays_on_other_pages(studies):
    study = studies()
    press(study, Qt.Key.Key_L)
    study.speech.answer_all()
    study.player.position_changed.emit(1)
    assert study.app.listening.state.phase == "playing"
    texts = study.window.pages["cards"].findChildren(CardText)
    assert sorted(len(text.extraSelections()) for text in texts) == [0, 2]
    study.window.show_page("self_test")
    assert study.window.listening_bar.isVisible()
    press(study, Qt.Key.Key_Escape)
    QTest.keyClick(study.window, Qt.Key.Key_Escape)
    assert study.app.listening.state.phase == "idle"
    assert not study.window.listening_bar.isVisible()


def test_search_finds_a_card_and_enter_opens_it(studies):
    study = studies()
    QTest.keyClick(study.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "Magnitogorsk women")
    found = [card.id for topic in study.app.tree.state.topics for card in topic.cards]
    assert found == ["industrial-successes"]
    press(study, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert study.app.cards.state.card.id == "industrial-successes"


def test_settings_hold_at_once_and_after_a_restart(studies):
    study = studies()
    study.app.settings.change(theme="cream", text_percent=150, exam_date=date(2027, 6, 1))
    assert study.app.appearance.look.theme_name == "cream"
    assert study.app.appearance.look.text_percent == 150
    study.close()
    again = studies()
    assert again.app.appearance.look.theme_name == "cream"


def test_a_narrow_window_brings_the_topics_on_request(studies):
    study = studies()
    study.show(700, 500)
    assert not study.window.sidebar.isVisible()
    QTest.keyClick(study.window, Qt.Key.Key_F9)
    assert study.window.sidebar.isVisible()
    QTest.keyClick(study.window, Qt.Key.Key_Escape)
    assert not study.window.sidebar.isVisible()
    study.show(1280, 800)
    assert study.window.sidebar.isVisible()


@pytest.mark.logs_warnings
def test_without_a_deck_one_sentence_says_what_to_do(studies, tmp_path):
    paths = replace(find_paths(tmp_path / "data"), deck=tmp_path / "nowhere")
    study = studies(paths=paths)
    assert study.app.deck is None
    shown = study.window.pages["cards"]
    said = " ".join(label.text() for label in shown.findChildren(QLabel))
    assert "no cards that can be read" in said
    QTest.keyClick(study.window, Qt.Key.Key_F1)
    assert study.app.dialogs.dialog is not None


@pytest.mark.logs_warnings
def test_a_half_broken_deck_shows_the_other_cards_and_says_so(studies, tmp_path):
    good = find_paths(tmp_path / "data")
    broken = tmp_path / "deck"
    shutil.copytree(good.deck, broken)
    (broken / "5-terror" / "06-great-terror.toml").write_text("id = ", encoding="utf-8")
    study = studies(paths=replace(good, deck=broken))
    assert len(study.app.deck.cards) == 19
    assert "could not be read (1 file)" in study.window.banner.text


@pytest.mark.logs_warnings
def test_progress_from_a_newer_version_is_left_alone_and_said(studies, tmp_path):
    import sqlite3

    first = studies()
    first.app.reviews.open()
    press(first, Qt.Key.Key_Space, Qt.Key.Key_2)
    first.close()
    file = tmp_path / "data" / "progress.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('progress', 'tables_of_the_future', '2030-01-01')"
    )
    connection.commit()
    connection.close()
    before = file.read_bytes()
    second = studies()
    second.app.reviews.open()
    assert "newer" in second.window.banner.text
    press(second, Qt.Key.Key_Space, Qt.Key.Key_2)
    assert second.app.cards.state.card.id == "party-machine"
    assert file.read_bytes() == before
