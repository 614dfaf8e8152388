"""A few trials of each kind, and that lost answers would be seen; `dev.py faults` does them all."""

import os
import shutil

import pytest

from faults.pupils import AutomaticPupil, faults_of, is_one_sentence
from faults.sync_trial import can_watch, sync_trial
from faults.trials import (
    clock_trial,
    damage_trial,
    full_disk_trial,
    kill_trial,
    merge_trial,
    recovery_kill_trial,
)
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.recent_answers import Folders
from stalin_study.services.store import FILE

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    """What is logged about harm that is done here is no news."""
    monkeypatch.setattr("logging.Logger.isEnabledFor", lambda *_: False)


def test_killed(tmp_path):
    acknowledged = {}
    for seed in range(6):
        assert kill_trial(tmp_path / "data", seed, acknowledged).faults == []
    assert len(acknowledged) > 20


@pytest.mark.parametrize("seed", range(6))
def test_killed_while_a_damaged_file_is_made_again(tmp_path, seed):
    tried = recovery_kill_trial(tmp_path / "data", seed)
    assert tried.faults == []
    assert tried.saved >= 20


@pytest.mark.parametrize("seed", range(4))
def test_the_disk_is_full(tmp_path, seed):
    assert full_disk_trial(tmp_path / "data", seed, on_tmpfs=False).faults == []


@pytest.mark.parametrize("seed", range(12))
def test_damaged(tmp_path, seed):
    assert damage_trial(tmp_path / "data", seed).faults == []


@pytest.mark.parametrize("seed", range(6))
def test_a_copy_is_damaged(tmp_path, seed):
    assert damage_trial(tmp_path / "data", seed, harm_copy=True).faults == []


@pytest.mark.parametrize("seed", range(3))
def test_merged(tmp_path, seed):
    assert merge_trial(tmp_path, seed).faults == []


@pytest.mark.parametrize("seed", range(4))
def test_the_clock_jumps(tmp_path, seed):
    assert clock_trial(tmp_path / "data", seed).faults == []


@pytest.mark.skipif(not can_watch(), reason="needs strace")
def test_what_is_told_as_saved_is_on_disk(tmp_path):
    tried = sync_trial(tmp_path / "honest", 1)
    assert tried.faults == []
    assert tried.saved >= 20
    lies = sync_trial(tmp_path / "lies", 1, without_fsync=True)
    assert "told before it was on disk: recent-answers.jsonl" in lies.faults


def test_without_its_copies_a_damaged_file_loses_answers(tmp_path):
    """So the trials can fail: what they rely on is what keeps the answers."""
    tried = [damage_trial(tmp_path / str(one), one, without_copies=True) for one in range(6)]
    lost = [fault for one in tried for fault in one.faults if fault.startswith("lost: ")]
    assert len(lost) > 6


def test_what_is_not_kept_aside_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(Folders, "write_unsaved", lambda *_: None)
    tried = [full_disk_trial(tmp_path / str(one), one, on_tmpfs=False) for one in range(4)]
    assert any(fault.startswith("lost: ") for one in tried for fault in one.faults)


def test_what_is_lost_is_seen(tmp_path):
    pupil = AutomaticPupil(tmp_path / "data", 3)
    while len(pupil.acknowledged) < 9:
        pupil.act()
    pupil.leave()
    (tmp_path / "data" / RECENT).unlink(missing_ok=True)
    shutil.rmtree(tmp_path / "data" / "backups", ignore_errors=True)
    (tmp_path / "data" / FILE).unlink()
    faults, _ = faults_of(tmp_path / "data", pupil.acknowledged)
    assert len(faults) == len(pupil.acknowledged)


def test_what_is_changed_is_seen(tmp_path):
    pupil = AutomaticPupil(tmp_path / "data", 3)
    while len(pupil.acknowledged) < 3:
        pupil.act()
    pupil.leave()
    first = next(iter(pupil.acknowledged))
    assert faults_of(tmp_path / "data", pupil.acknowledged | {first: 1})[0] == [f"lost: {first}"]


def test_sentences_are_counted():
    assert is_one_sentence("The file is kept as progress-damaged-20261125.sqlite3.")
    assert not is_one_sentence("One. Two.")
    assert not is_one_sentence("No end")
