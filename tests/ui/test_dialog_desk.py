"""From the settings to backups, copies and pupils: one dialog at a time, over the whole app."""

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel

from stalin_study.domain.review_log import Rating, Way
from stalin_study.presenters.profiles import ProfilesPresenter
from stalin_study.presenters.safekeeping import SafekeepingPresenter
from stalin_study.services.profiles import Profiles
from stalin_study.services.safekeeping import Safekeeping
from stalin_study.ui.dialogs.profile_dialog import ProfileDialog
from stalin_study.ui.dialogs.progress_dialog import ProgressDialog
from stalin_study.ui.dialogs.settings_dialog import ALONE, SettingsDialog
from stalin_study.ui.widgets.buttons import PushButton
from study_window import TestApp


class Study:
    """The app with safekeeping and profiles offered."""

    def __init__(self, folder) -> None:
        self.study = TestApp(folder)
        self.study.show(1024, 600)
        app = self.app = self.study.app
        app.reviews.open()
        keeping = Safekeeping(app.reviews, app.backing_up, folder, (), self.study.now)
        self.keeping = SafekeepingPresenter(keeping, app.reviews, self.study.now)
        self.profiles = Profiles(folder)
        self.who = ProfilesPresenter(self.profiles, self.study.jobs)
        app.dialogs.offer_safekeeping(lambda: self.keeping)
        app.dialogs.offer_profiles(lambda: self.who)

    @property
    def dialog(self):
        return self.app.dialogs.dialog

    def press(self, text) -> None:
        buttons = self.dialog.findChildren(PushButton)
        next(one for one in buttons if one.isVisible() and one.text() == text).click()
        QApplication.processEvents()

    def open_at(self, percent, open_dialog) -> None:
        """Open a dialog in a text size, and let its layout settle."""
        self.app.settings.change(text_percent=percent)
        open_dialog()
        for _ in range(5):
            QApplication.processEvents()

    def words(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        return " / ".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def study(tmp_path, qapp):
    made = Study(tmp_path)
    yield made
    made.study.close()


def test_settings_offer_only_what_is_there(study):
    study.app.dialogs.open_settings()
    assert "Who uses this" in study.words()
    plain = SettingsDialog(
        study.app.appearance,
        study.app.settings.settings,
        study.study.now().date(),
        "folder",
        study.study.window,
    )
    plain.open()
    shown = [one.text() for one in plain.findChildren(PushButton) if one.isVisible()]
    assert shown == ["Close"]
    labels = [one.text() for one in plain.findChildren(QLabel) if one.isVisible()]
    assert "Your progress" in labels
    assert "Who uses this" not in labels
    plain.reject()
    plain.deleteLater()


def test_settings_tell_the_last_backup_and_lead_to_all(study):
    study.app.reviews.record("c01", Way.FLIP, Rating.GOOD)
    study.app.backing_up.back_up("asked")
    study.app.dialogs.open_settings()
    assert isinstance(study.dialog, SettingsDialog)
    assert "Last backup: today at 09:00." in study.words()
    settings = study.dialog
    study.press("Back up, restore, move…")
    assert isinstance(study.dialog, ProgressDialog)
    assert not settings.isVisible()
    assert "Made when you asked · 1 answer until today at 09:00" in study.words()


@pytest.mark.parametrize("text", ["Back up, restore, move…", "Add another pupil…"])
def test_what_the_settings_opened_leads_back_to_them(study, text):
    study.study.show()
    study.app.dialogs.open_settings()
    study.press(text)
    assert not isinstance(study.dialog, SettingsDialog)
    study.dialog.reject()
    assert isinstance(study.dialog, SettingsDialog)
    assert study.dialog.focusWidget().text() == text
    study.press(text)
    study.app.dialogs.open_help(None)
    assert not isinstance(study.dialog, SettingsDialog)
    study.dialog.reject()
    assert study.dialog is None


def test_a_pupil_backs_up_and_goes_back(study):
    study.app.reviews.record("c01", Way.FLIP, Rating.GOOD)
    study.app.dialogs.open_progress(study.keeping)
    study.press("Back up now")
    study.dialog.reject()
    study.study.now.advance(minutes=5)
    study.app.reviews.record("c02", Way.FLIP, Rating.GOOD)
    assert set(study.app.reviews.memory_states) == {"c01", "c02"}
    study.app.dialogs.open_progress(study.keeping)
    study.press("Go back to this one…")
    assert "You would go back from 2 answers to 1." in study.words()
    study.press("Go back")
    assert set(study.app.reviews.memory_states) == {"c01"}
    assert "1 answer" in study.words()


def test_a_dialog_that_was_closed_hears_no_more(study):
    study.app.dialogs.open_progress(study.keeping)
    study.dialog.reject()
    QApplication.processEvents()
    study.keeping.back_up()
    assert study.dialog is None
    assert study.keeping.state.message == "A backup is made."


@pytest.mark.parametrize("percent", [100, 200])
def test_the_exam_date_is_asked_for_in_view_and_under_the_keys(study, percent):
    study.open_at(percent, study.app.dialogs.open_exam_settings)
    box = QApplication.focusWidget()
    assert isinstance(box, QCheckBox)
    assert box.text() == "My exam is on"
    assert box.visibleRegion().boundingRect() == box.rect()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert study.app.settings.settings.exam_date is not None


def test_settings_lead_to_who_uses_this(study):
    study.app.dialogs.open_settings()
    assert ALONE in study.words()
    study.press("Add another pupil…")
    assert isinstance(study.dialog, ProfileDialog)
    QTest.keyClicks(QApplication.focusWidget(), "Mia")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [one.name for one in study.profiles.all] == ["Me", "Mia"]
    study.app.dialogs.open_settings()
    assert "Me is studying now." in study.words()
    study.press("Change pupil, or add one…")
    chosen = []
    study.who.profile_chosen.connect(chosen.append)
    study.press("Study")
    assert chosen == ["mia"]


@pytest.mark.parametrize("percent", [100, 200])
def test_settings_can_be_heard_reached_and_are_whole(study, percent):
    study.open_at(percent, study.app.dialogs.open_settings)
    assert unnamed(study.dialog) == []
    assert unreached(study.dialog) == []
    assert cut_off(study.dialog) == []
