"""Two pupils on one account: each has progress of their own, and one is chosen at the start."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from conftest import delete_later
from stalin_study.domain.review_log import Rating, Way
from stalin_study.paths import find_paths
from stalin_study.services.profiles import FIRST, Profiles
from study_window import TestApp


@pytest.fixture
def studies(qtbot, tmp_path):
    made = []
    profiles = Profiles(tmp_path)

    def make():
        paths = replace(find_paths(tmp_path), data=profiles.folder)
        study = TestApp(tmp_path, paths=paths, profiles=profiles)
        study.chosen = []
        study.app.profile_chosen = study.chosen.append
        study.app.reviews.open()
        made.append(study)
        return study

    yield make, profiles
    for study in made:
        study.close()


def test_what_one_learns_is_not_the_others(studies):
    make, profiles = studies
    first = make()
    first.app.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    first.app.settings.change(theme="dark")
    first.app.dialogs.open_settings()
    first.app.dialogs.dialog.profiles_requested.emit()
    presenter = first.app.dialogs._profiles()
    presenter.add("Mia")
    mia = profiles.all[-1]
    presenter.choose(mia.id)
    assert first.chosen == [mia.id]
    first.close()

    second = make()
    assert second.paths.data == profiles.folder_of(mia.id)
    assert second.app.reviews.memory_states == {}
    assert second.app.settings.settings.theme == "system"
    second.close()

    profiles.choose(FIRST)
    again = make()
    assert list(again.app.reviews.memory_states) == ["c01q01"]
    assert again.app.settings.settings.theme == "dark"


def test_nothing_of_one_stays_while_the_other_studies(qtbot, tmp_path):
    study = TestApp(tmp_path)
    study.show()
    study.app.reviews.open()
    for page in ("today", "self_test", "listen", "progress", "explore", "cards"):
        study.window.show_page(page)
    study.app.dialogs.open_settings()
    study.close()
    left = [weakref.ref(one) for one in (study.app, study.window, study.app.appearance)]
    del study
    delete_later()
    gc.collect()
    assert [one() for one in left] == [None, None, None]
    # Whoever studies next is not shown what the first one has chosen.
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)


def test_a_copy_beside_the_progress_is_told_of(studies, tmp_path):
    make, _ = studies
    study = make()
    study.app.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    study.close()
    (tmp_path / "progress (1).sqlite3").write_bytes((tmp_path / "progress.sqlite3").read_bytes())
    again = make()
    assert "second copy" in again.window.banner.text
