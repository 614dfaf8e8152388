"""Answers that can be kept neither with the progress nor in the cache."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services import last_resorts
from stalin_study.services.last_resorts import NAME, is_own, make_own
from stalin_study.services.recent_answers import Folders, read_lines

ENTRY = ReviewEntry("late", "c01", datetime(2026, 11, 25, tzinfo=UTC), Way.FLIP, Rating.GOOD)


@pytest.fixture
def folders(tmp_path):
    """Neither the data folder nor its cache can be written: files are in their way."""
    (tmp_path / "data").write_text("")
    last = (tmp_path / "tmp" / NAME, tmp_path / "home" / NAME)
    for folder in last:
        folder.parent.mkdir()
    return Folders(tmp_path / "data", (tmp_path / "data" / "cache",), last)


@pytest.mark.logs_warnings
def test_they_are_tried_in_order_and_found_again(folders):
    kept = folders.write_unsaved("1", [ENTRY])
    assert kept.parent == folders.last[0]
    kept.parent.chmod(0o700)
    assert folders.unsaved_files() == [kept]
    assert read_lines(kept).entries == (ENTRY,)
    folders.forget(kept)
    assert (folders.unsaved_files(), kept.parent.exists()) == ([], False)
    folders.last[0].write_text("in the way")
    assert folders.write_unsaved("1", [ENTRY]).parent == folders.last[1]
    folders.last[1].rename(folders.last[1].with_name("moved"))
    folders.last[1].write_text("in the way, too")
    assert folders.write_unsaved("1", [ENTRY]) is None


@pytest.mark.logs_warnings
@pytest.mark.skipif(os.name != "posix", reason="such folders are one user's own elsewhere")
def test_a_folder_of_somebody_else_is_neither_used_nor_believed(folders, tmp_path, monkeypatch):
    theirs = folders.last[0]
    (tmp_path / "theirs").mkdir()
    theirs.symlink_to(tmp_path / "theirs")
    assert folders.write_unsaved("1", [ENTRY]).parent == folders.last[1]
    theirs.unlink()
    kept = Folders(folders.data, (), folders.last[:1]).write_unsaved("1", [ENTRY])
    assert kept.parent == theirs
    monkeypatch.setattr(last_resorts.os, "geteuid", lambda: theirs.stat().st_uid + 1)
    assert not is_own(theirs)
    with pytest.raises(FileExistsError):
        make_own(theirs)
    assert folders.unsaved_files() == []


def test_a_data_folder_that_is_gone_is_not_made_anew(tmp_path):
    folders = Folders(tmp_path / "data", (tmp_path / "data" / "cache",), (tmp_path / NAME,))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stalin_study.services.recent_answers.log.warning", lambda *_: None)
        kept = folders.write_unsaved("1", [ENTRY])
    assert kept.parent == tmp_path / NAME
    assert not folders.data.exists()


def test_it_is_in_the_temporary_folder():
    (folder,) = last_resorts.last_resorts({"TMPDIR": "/scratch", "TEMP": "/other"})
    assert folder.parent == Path("/scratch")
    assert folder.name.startswith(NAME)
