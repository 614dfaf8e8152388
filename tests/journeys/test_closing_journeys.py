"""The window is closed while answers cannot be saved."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from stalin_study.domain.review_log import Rating, Way
from stalin_study.services.recent_answers import Folders
from stalin_study.services.store_problems import FOLDER_GONE, NO_SPACE, StoreProblem
from stalin_study.services.study_store import StudyStore
from stalin_study.ui.dialogs.unsaved_dialog import UnsavedDialog
from study_window import TestApp


@pytest.fixture
def studies(qtbot, tmp_path):
    made = []

    def make():
        study = TestApp(tmp_path / "data")
        study.show()
        study.app.reviews.open()
        made.append(study)
        return study

    yield make
    for study in made:
        study.close()


def no_space(*_):
    raise StoreProblem(NO_SPACE)


@pytest.fixture
def full(monkeypatch):
    """A disk that is full, everywhere."""
    monkeypatch.setattr(StudyStore, "append_all", no_space)
    monkeypatch.setattr(Folders, "write_unsaved", lambda *_: None)
    return monkeypatch


def answer(study, count=1):
    for _ in range(count):
        study.now.advance(minutes=1)
        study.app.reviews.record("c01", Way.FLIP, Rating.GOOD)


@pytest.mark.logs_warnings
def test_a_window_is_not_closed_over_answers_without_a_question(studies, full, qtbot):
    study = studies()
    answer(study, 10)
    assert study.window.banner.text == NO_SPACE
    assert not study.window.close()
    dialog = study.app.dialogs.dialog
    assert isinstance(dialog, UnsavedDialog)
    assert "10 answers are not saved: there is no room on the disk." in dialog._words.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert study.window.isVisible()
    study.window.close()
    dialog = study.app.dialogs.dialog
    full.undo()
    qtbot.mouseClick(dialog._try_again, Qt.MouseButton.LeftButton)
    assert not study.window.isVisible()
    study.close()
    assert studies().app.reviews.memory_states["c01"].reviews == 10


@pytest.mark.logs_warnings
def test_an_undo_that_could_be_kept_nowhere_is_asked_about_too(studies, full, qtbot):
    study = studies()
    full.undo()
    entry = study.app.reviews.record("c01", Way.FLIP, Rating.AGAIN)
    full.setattr(StudyStore, "append_all", no_space)
    full.setattr(Folders, "write_unsaved", lambda *_: None)
    study.app.reviews.undo([entry.uuid])
    assert not study.window.close()
    assert study.app.dialogs.dialog._words.text().startswith("1 answer is not saved:")
    full.undo()
    qtbot.mouseClick(study.app.dialogs.dialog._try_again, Qt.MouseButton.LeftButton)
    assert not study.window.isVisible()


@pytest.mark.logs_warnings
def test_closing_anyway(studies, full, qtbot):
    study = studies()
    answer(study, 2)
    study.window.close()
    qtbot.mouseClick(study.app.dialogs.dialog._close, Qt.MouseButton.LeftButton)
    assert not study.window.isVisible()
    assert study.app.is_closed


@pytest.mark.logs_warnings
def test_a_full_disk_is_told_until_there_is_room_again(studies, full):
    study = studies()
    study.window.banner.add("Something else.")
    answer(study)
    full.undo()
    answer(study)
    assert study.window.banner.text == "Something else."
    assert study.app.reviews.is_all_kept


@pytest.mark.logs_warnings
@pytest.mark.parametrize("way", ["renamed", "removed"])
def test_a_folder_that_is_gone_is_told_so_and_not_made_anew(studies, tmp_path, monkeypatch, way):
    last = tmp_path / "last"
    monkeypatch.setattr("stalin_study.services.last_resorts.last_resorts", lambda: (last,))
    study = studies()
    answer(study, 3)
    folder, aside = study.paths.data, tmp_path / "aside"
    if way == "renamed":
        folder.rename(aside)
    else:
        shutil.copytree(folder, aside)
        shutil.rmtree(folder)
    answer(study, 2)
    study.app.settings.change(theme="dark")
    study.window.show_page("self_test")
    gone = FOLDER_GONE.format(folder)
    assert gone in study.window.banner.text.splitlines()
    assert not folder.exists()
    study.close()
    assert not folder.exists()
    assert list(last.glob("unsaved-answers-*.jsonl")) != []
    aside.rename(folder)
    again = studies()
    assert again.app.reviews.memory_states["c01"].reviews == 5
    assert "2 answers that could not be saved last time are saved now." in again.window.banner.text
    assert not last.exists()


@pytest.mark.logs_warnings
def test_a_folder_that_comes_back_in_time_is_gone_on_with(studies, tmp_path):
    study = studies()
    answer(study, 3)
    folder = study.paths.data
    folder.rename(tmp_path / "aside")
    answer(study)
    (tmp_path / "aside").rename(folder)
    answer(study)
    assert study.app.reviews.is_all_kept
    assert study.window.banner.text == ""
    assert study.app.reviews.memory_states["c01"].reviews == 5
