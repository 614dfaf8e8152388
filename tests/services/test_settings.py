from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import InlineJobs, ManualJobs
from stalin_study.domain.policy import Policy
from stalin_study.services.settings import PupilSettings, Settings
from stalin_study.services.settings_file import FILE, load_settings, save_settings, usual_settings

UNREAD = "Your settings could not be read, so the usual ones hold."
CHOSEN = Settings(
    theme="cream",
    font="opendyslexic",
    text_percent=175,
    motion="off",
    ratings=4,
    exam_date=date(2027, 5, 20),
    voice="Zoë ♀",
    speech_speed=1.25,
    last_card="great-terror",
    shows_every_point=True,
    is_welcomed=True,
)


def test_without_a_file_the_defaults_hold(tmp_path):
    loaded = load_settings(tmp_path / "missing")
    assert (loaded.settings, loaded.notice) == (Settings(), "")
    assert list(tmp_path.iterdir()) == []


def test_settings_come_back_as_they_were_saved(tmp_path):
    folder = tmp_path / "Zoë’s folder"
    folder.mkdir()
    save_settings(folder, CHOSEN)
    assert load_settings(folder).settings == CHOSEN
    assert [path.name for path in folder.iterdir()] == [FILE]


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("theme", "pink"),
        ("font", 7),
        ("text_percent", 110),
        ("motion", None),
        ("ratings", 3),
        ("exam_date", "soon"),
        ("voice", ["x"]),
        ("speech_speed", 9.5),
        ("speech_speed", float("nan")),
        ("last_card", {}),
        ("shows_every_point", "yes"),
        ("is_welcomed", 1),
    ],
)
def test_one_bad_value_does_not_lose_the_others(tmp_path, field, bad):
    fields = json.loads(msgspec.json.encode(CHOSEN)) | {field: bad, "from_the_future": 1}
    (tmp_path / FILE).write_text(json.dumps(fields))
    loaded = load_settings(tmp_path)
    default = getattr(Settings(), field)
    assert loaded.settings == msgspec.structs.replace(CHOSEN, **{field: default})
    assert loaded.notice == (
        "Some of your settings could not be read, so the usual ones hold in their place."
    )


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff\xfe{}", b"[" * 100_000, b'{"theme": "' + b"x" * 2_000_000]
)
def test_an_unreadable_file_is_set_aside(tmp_path, content):
    for name in ("settings-damaged.json", "settings-damaged-2.json"):
        (tmp_path / FILE).write_bytes(content)
        loaded = load_settings(tmp_path)
        assert loaded.settings == Settings()
        assert loaded.notice.endswith(f"the old file is kept as {name}.")
        assert (tmp_path / name).read_bytes() == content
    assert not (tmp_path / FILE).exists()


@pytest.mark.logs_warnings
def test_an_empty_file_is_told_of(tmp_path):
    (tmp_path / FILE).touch()
    assert load_settings(tmp_path).notice == UNREAD
    assert (tmp_path / FILE).exists(), "there is nothing in it to keep"


@pytest.mark.logs_warnings
def test_a_folder_in_place_of_the_file_makes_room(tmp_path):
    (tmp_path / FILE).mkdir()
    assert load_settings(tmp_path, may_set_aside=False).notice == UNREAD
    assert load_settings(tmp_path).notice.endswith("kept as settings-damaged.json.")
    save_settings(tmp_path, CHOSEN)
    assert load_settings(tmp_path).settings == CHOSEN


@pytest.mark.logs_warnings
def test_a_file_that_is_only_out_of_reach_stays(tmp_path, monkeypatch):
    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    save_settings(tmp_path, CHOSEN)
    with monkeypatch.context() as patched:
        patched.setattr("stalin_study.services.settings_file.read_small", fail)
        assert load_settings(tmp_path).notice == UNREAD
    assert load_settings(tmp_path).settings == CHOSEN


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace")])
def test_a_save_that_is_cut_short_leaves_the_old_settings(tmp_path, monkeypatch, owner, step):
    save_settings(tmp_path, CHOSEN)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(OSError, match="No space"):
        save_settings(tmp_path, Settings())
    assert load_settings(tmp_path).settings == CHOSEN


def test_reading_needs_no_qt():
    code = (
        "import sys, pathlib, stalin_study.services.settings_file as s;"
        "s.load_settings(pathlib.Path('missing')); print('PySide6' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_change_holds_at_once_and_is_saved_behind(tmp_path):
    jobs = ManualJobs()
    settings = PupilSettings(tmp_path, jobs)
    told = []
    settings.settings_changed.connect(told.append)
    settings.change(theme="dark", text_percent=150)
    assert settings.settings == Settings(theme="dark", text_percent=150)
    assert told == [settings.settings]
    assert not (tmp_path / FILE).exists()
    settings.change(theme="cream")
    assert jobs.drain() == 1, "the save that waited took both changes"
    assert load_settings(tmp_path).settings == Settings(theme="cream", text_percent=150)
    settings.change(ratings=4)
    assert jobs.drain() == 1


def test_no_change_is_neither_told_nor_saved(tmp_path):
    jobs = ManualJobs()
    settings = PupilSettings(tmp_path, jobs)
    told = []
    settings.settings_changed.connect(told.append)
    settings.change(theme="system")
    assert (told, jobs.waiting) == ([], 0)


def test_a_wrong_change_is_refused(tmp_path):
    settings = PupilSettings(tmp_path, ManualJobs())
    with pytest.raises(TypeError, match="colour"):
        settings.change(colour="red")
    with pytest.raises(msgspec.ValidationError):
        settings.change(ratings=3)
    assert settings.settings == Settings()


@pytest.mark.logs_warnings
def test_a_failure_to_save_is_told_once_until_it_works_again(tmp_path):
    folder = tmp_path / "data"
    folder.write_text("in the way")
    settings = PupilSettings(folder, InlineJobs())
    told = []
    passed = []
    settings.saving_failed.connect(told.append)
    settings.problem_passed.connect(passed.append)
    settings.change(theme="dark")
    settings.change(theme="cream")
    assert told == ["Your settings could not be saved, so they hold until you close Stalin Study."]
    assert passed == []
    folder.unlink()
    folder.mkdir()
    settings.change(ratings=4)
    assert passed == told
    assert load_settings(folder).settings == Settings(theme="cream", ratings=4)
    (folder / FILE).unlink()
    folder.rmdir()
    folder.write_text("in the way again")
    settings.change(theme="light")
    assert len(told) == 2


USUAL = Settings(theme="cream", exam_date=date(2027, 5, 20), minutes_a_day=15)


def test_the_usual_is_what_the_technician_set():
    policy = Policy("/srv", "cream", exam_date=date(2027, 5, 20), minutes_a_day=15)
    assert usual_settings(policy) == USUAL
    assert usual_settings(Policy()) == Settings()


def test_a_pupils_own_choice_wins_key_by_key(tmp_path):
    (tmp_path / FILE).write_text('{"theme": "system", "font": "atkinson"}')
    loaded = load_settings(tmp_path, USUAL)
    assert loaded.settings == msgspec.structs.replace(USUAL, theme="system", font="atkinson")
    assert load_settings(tmp_path / "missing", USUAL).settings == USUAL


@pytest.mark.logs_warnings
def test_a_bad_value_gives_way_to_the_usual(tmp_path):
    (tmp_path / FILE).write_text('{"theme": "pink", "exam_date": null}')
    loaded = load_settings(tmp_path, USUAL)
    assert loaded.settings == msgspec.structs.replace(USUAL, exam_date=None)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "theme": st.sampled_from(["system", "light", "dark", "cream"]),
            "exam_date": st.none() | st.dates().map(str),
            "minutes_a_day": st.integers(1, 240),
            "text_percent": st.sampled_from([100, 125]),
        },
    )
)
def test_what_is_chosen_holds_and_the_rest_is_usual(chosen):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_text(json.dumps(chosen))
        loaded = load_settings(Path(folder), USUAL)
    fields = json.loads(msgspec.json.encode(USUAL)) | chosen
    assert json.loads(msgspec.json.encode(loaded.settings)) == fields
    assert loaded.chosen == chosen.keys()


def test_only_what_was_chosen_is_saved_so_that_the_usual_can_change(tmp_path):
    settings = PupilSettings(tmp_path, InlineJobs(), USUAL)
    settings.change(is_welcomed=True, exam_date=None)
    assert json.loads((tmp_path / FILE).read_text()) == {"is_welcomed": True, "exam_date": None}
    later = PupilSettings(tmp_path, InlineJobs(), Settings(theme="dark", minutes_a_day=20))
    assert later.settings == Settings(theme="dark", minutes_a_day=20, is_welcomed=True)
    later.change(font="atkinson")
    assert json.loads((tmp_path / FILE).read_text()).keys() == {"is_welcomed", "exam_date", "font"}


def test_settings_whose_folder_comes_back_later_are_not_written_over(tmp_path):
    folder, jobs, told = tmp_path / "server", ManualJobs(), []
    settings = PupilSettings(folder, jobs, USUAL)
    settings.settings_changed.connect(told.append)
    folder.mkdir()
    (folder / FILE).write_text('{"theme": "dark", "font": "atkinson", "is_welcomed": true}')
    settings.change(font="opendyslexic")
    jobs.drain()
    now = msgspec.structs.replace(USUAL, theme="dark", font="opendyslexic", is_welcomed=True)
    assert settings.settings == now
    assert told[-1] == now
    assert load_settings(folder, USUAL).settings == now
    settings.change(ratings=4)
    jobs.drain()
    expected = {"theme", "font", "is_welcomed", "ratings"}
    assert json.loads((folder / FILE).read_text()).keys() == expected
