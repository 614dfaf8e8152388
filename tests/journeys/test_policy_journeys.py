from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from stalin_study.domain.policy import Policy
from stalin_study.domain.review_log import Rating, Way
from stalin_study.paths import BY_POLICY, find_paths
from stalin_study.services.store_problems import OUT_OF_REACH
from stalin_study.startup import log_tail, start_log
from stalin_study.ui.widgets.buttons import PushButton
from study_window import TestApp

SCHOOL = Policy(theme="dark", text_percent=125, exam_date=date(2027, 5, 20), minutes_a_day=25)


@pytest.fixture
def open_app(qapp, tmp_path):
    opened: list[TestApp] = []

    def start(folder: Path, policy: Policy = SCHOOL, **more) -> TestApp:
        paths = replace(find_paths(folder), cache=tmp_path / "cache", policy=policy, **more)
        opened.append(TestApp(folder, paths=paths))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_what_the_technician_set_holds_until_the_pupil_chooses(open_app, tmp_path):
    first = open_app(tmp_path / "data")
    assert first.app.appearance.look.theme.is_dark
    assert first.app.settings.settings.exam_date == date(2027, 5, 20)
    first.app.settings.change(theme="light")
    first.close()
    second = open_app(tmp_path / "data", Policy(theme="dark", exam_date=date(2028, 5, 18)))
    assert not second.app.appearance.look.theme.is_dark, "the pupil's own choice"
    assert second.app.settings.settings.exam_date == date(2028, 5, 18)


def test_the_plan_is_made_for_the_date_that_was_set(open_app, tmp_path):
    app = open_app(tmp_path / "data").app
    app.planner.refresh()
    assert (app.planner.plan.exam, app.planner.plan.minutes_a_day) == (date(2027, 5, 20), 25)


def test_the_problem_report_names_the_policy(open_app, tmp_path):
    file = tmp_path / "policy.toml"
    study = open_app(tmp_path / "data", policy_file=file, data_by=BY_POLICY)
    study.app.dialogs.open_help(study.app.deck)
    buttons = study.app.dialogs.dialog.findChildren(PushButton)
    next(one for one in buttons if one.text() == "Copy problem report").click()
    told = QApplication.clipboard().text()
    assert f"policy: {file}\n" in told
    assert f"data {tmp_path / 'data'} (policy)\n" in told


@pytest.mark.logs_warnings
def test_answers_come_to_a_folder_that_was_out_of_reach(open_app, tmp_path):
    server = tmp_path / "server"
    server.touch()
    folder = server / "ann"
    first = open_app(folder, data_by=BY_POLICY)
    first.app.reviews.open()
    assert OUT_OF_REACH.format(folder) in first.window.banner.text.splitlines()
    first.app.reviews.record("rivals-mistakes", Way.FLIP, Rating.GOOD)
    first.close()
    server.unlink()
    second = open_app(folder)
    second.app.reviews.open()
    assert "rivals-mistakes" in second.app.reviews.memory_states
    assert "1 answer that could not be saved last time is saved now." in second.window.banner.text


@pytest.mark.logs_warnings
def test_a_first_start_out_of_reach_has_something_to_do(open_app, tmp_path, qtbot):
    (tmp_path / "server").touch()
    folder = tmp_path / "server" / "ann"
    study = open_app(folder, data_by=BY_POLICY)
    study.window.show_page("today")
    study.show()
    qtbot.waitUntil(lambda: study.app.today.state.work == "first")
    [told] = [line for line in study.window.banner.text.splitlines() if "progress" in line]
    assert told == OUT_OF_REACH.format(folder)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert study.app.self_test.state.phase == "asking"


@pytest.mark.usefixtures("own_log")
class TestLog:
    def test_it_goes_to_the_next_folder_where_the_first_takes_none(self, tmp_path, monkeypatch):
        monkeypatch.setattr("faulthandler.enable", lambda _: None)
        (tmp_path / "server").touch()
        folders = tmp_path / "server" / "ann", tmp_path / "cache"
        assert start_log(*folders) == tmp_path / "cache" / "stalin-study.log"
        logging.getLogger("stalin_study").info("hello")
        assert log_tail(*folders).endswith("stalin_study: hello")

    def test_no_folder_takes_it(self, tmp_path):
        (tmp_path / "server").touch()
        assert start_log(tmp_path / "server" / "ann") is None
        assert log_tail(tmp_path / "server" / "ann") == "(no log)"
