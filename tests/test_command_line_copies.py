"""Copies of progress on the command line: each outcome one sentence, the window never disturbed."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stalin_study.command_line import main
from stalin_study.commands.progress_copy_command import IS_OPEN, IS_THERE
from stalin_study.domain.memory import rebuild
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services import folder_claim
from stalin_study.services.backups import FOLDER, backups_in
from stalin_study.services.folder_claim import FolderClaim
from stalin_study.services.open_folder import LOCK, STALE_SECONDS
from stalin_study.services.progress_copy import NOT_OURS, UNREADABLE, UNWRITABLE
from stalin_study.services.store import FILE, look_into_store, open_store
from stalin_study.services.study_store import NEWEST_ROWS

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def entries(count: int, name: str = "e") -> list[ReviewEntry]:
    return [
        ReviewEntry(f"{name}{one}", "c01", AT + timedelta(minutes=one), Way.FLIP, Rating.GOOD)
        for one in range(count)
    ]


def fill(folder: Path, lines: list[ReviewEntry]) -> Path:
    with closing(open_store(folder, lambda: AT).store) as store:
        store.add_entries(lines)
    return folder


def log_of(folder: Path) -> set[ReviewEntry]:
    opened = look_into_store(folder)
    assert opened is not None
    with closing(opened.store) as store:
        assert opened.states == rebuild(store.entries())
        return set(store.entries())


@pytest.fixture
def progress(capsys):
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["progress", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


def test_a_copy_goes_from_one_computer_to_the_other(tmp_path, progress):
    school, home = fill(tmp_path / "school", entries(3)), tmp_path / "home"
    before = (school / FILE).read_bytes()
    code, out, err = progress("export", tmp_path / "mine", "--data-dir", school)
    file = tmp_path / "mine.stalinstudy"
    assert (code, out, err) == (0, f"A copy with 3 answers is saved as {file}.\n", "")
    assert (school / FILE).read_bytes() == before
    fill(home, [*entries(1), *entries(2, "home")])
    code, out, err = progress("import", "--data-dir", home, file)
    assert (code, err) == (0, "")
    assert out == "2 answers were added; 1 had been here already.\n"
    assert log_of(home) == {*entries(3), *entries(2, "home")}
    assert [one.reason for one in backups_in(home)] == ["before-import"]
    assert file.exists()


def test_the_folder_may_be_named_before_the_command(tmp_path, progress):
    school = fill(tmp_path / "school", entries(1))
    assert progress("--data-dir", school, "export", tmp_path / "a.stalinstudy")[0] == 0
    assert progress("--data-dir", tmp_path / "new", "import", tmp_path / "a.stalinstudy") == (
        0,
        "1 answer was added.\n",
        "",
    )
    assert log_of(tmp_path / "new") == set(entries(1))


def test_without_progress_there_is_nothing_to_export(tmp_path, progress):
    code, out, err = progress("export", tmp_path / "a", "--data-dir", tmp_path / "none")
    assert (code, out) == (1, "")
    assert err == f"There is no progress in {tmp_path / 'none'} yet.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.logs_warnings
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, progress):
    school = fill(tmp_path / "school", entries(1))
    code, out, err = progress("export", tmp_path / "no folder" / "a", "--data-dir", school)
    assert (code, out, err) == (1, "", f"{UNWRITABLE}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["school"]


@pytest.mark.logs_warnings
def test_a_file_that_is_not_there_makes_no_progress_file(tmp_path, progress):
    home = tmp_path / "home"
    code, out, err = progress("import", tmp_path / "gone", "--data-dir", home)
    assert (code, out, err) == (1, "", f"{UNREADABLE}\n")
    assert not home.exists()


def test_a_file_that_is_no_copy_changes_nothing(tmp_path, progress):
    home = fill(tmp_path / "home", entries(1))
    before = {path: path.read_bytes() for path in home.iterdir()}
    file = tmp_path / "diary.txt"
    file.write_text("Dear diary")
    assert progress("import", file, "--data-dir", home) == (1, "", f"{NOT_OURS}\n")
    assert {path: path.read_bytes() for path in home.iterdir()} == before


def test_what_could_not_be_read_is_told(tmp_path, progress):
    nameless = ReviewEntry("", "c01", AT, Way.FLIP, Rating.GOOD)
    school = fill(tmp_path / "school", [*entries(1), nameless])
    code, out, err = progress("import", school / FILE, "--data-dir", tmp_path / "home")
    assert (code, out) == (0, "1 answer was added.\n")
    assert err == "1 answer or note in it could not be read and was left out.\n"


def test_while_the_window_is_open_nothing_is_added(tmp_path, progress, qapp):
    school, home = fill(tmp_path / "school", entries(2)), fill(tmp_path / "home", entries(1))
    assert folder_claim.FILE == LOCK
    assert folder_claim.STALE_SECONDS == STALE_SECONDS
    claim = FolderClaim(home)
    assert claim.claim().outcome == "ours"
    try:
        assert progress("import", school / FILE, "--data-dir", home) == (1, "", f"{IS_OPEN}\n")
        assert (log_of(home), backups_in(home)) == (set(entries(1)), [])
        assert progress("export", tmp_path / "a", "--data-dir", home)[0] == 0
    finally:
        claim.release()
    assert progress("import", school / FILE, "--data-dir", home)[0] == 0
    assert log_of(home) == set(entries(2))


@pytest.mark.parametrize(("seconds", "code"), [(60, 1), (600, 0)])
def test_another_computer_has_it_until_it_was_silent_for_long(tmp_path, progress, seconds, code):
    school, home = fill(tmp_path / "school", entries(2)), fill(tmp_path / "home", entries(1))
    lock = home / LOCK
    lock.write_text("17\nstalin-study\nanother-computer\nmachine\nboot\n")
    at = lock.stat().st_mtime - seconds
    os.utime(lock, (at, at))
    assert progress("import", school / FILE, "--data-dir", home)[0] == code
    assert len(log_of(home)) == (1 if code else 2)
    assert not list(home.glob("tmp*"))


def test_a_lock_of_a_program_that_was_killed_is_in_nobodys_way(tmp_path, progress, qapp):
    school, home = fill(tmp_path / "school", entries(2)), fill(tmp_path / "home", entries(1))
    claim = FolderClaim(home)
    claim.claim()
    content = (home / LOCK).read_bytes()
    claim.release()
    (home / LOCK).write_bytes(content)
    assert progress("import", school / FILE, "--data-dir", home)[0] == 0


@pytest.mark.logs_warnings
def test_damage_found_on_the_way_is_put_right_first(tmp_path, progress):
    school, home = fill(tmp_path / "school", entries(1, "new")), tmp_path / "home"
    fill(home, entries(NEWEST_ROWS + 1))
    content = (home / FILE).read_bytes()
    place = content.index(b"e0c01")
    (home / FILE).write_bytes(content[:place] + b"e0c02" + content[place + 5 :])
    code, out, err = progress("import", school / FILE, "--data-dir", home)
    assert (code, out) == (0, "1 answer was added.\n")
    assert err.startswith("Your progress file was damaged: 2,001 answers")
    assert err.count("\n") == 1
    assert log_of(home) == {*entries(NEWEST_ROWS + 1), *entries(1, "new")}


def test_without_a_backup_nothing_is_added(tmp_path, progress):
    school, home = fill(tmp_path / "school", entries(2)), fill(tmp_path / "home", entries(1))
    (home / FOLDER).write_text("in the way")
    code, out, err = progress("import", school / FILE, "--data-dir", home)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert log_of(home) == set(entries(1))


def test_it_needs_no_qt_and_prints_nothing_else(tmp_path):
    school = fill(tmp_path / "school", entries(1))
    code = (
        "import sys; from stalin_study.__main__ import main;"
        f"folder = ['--data-dir', {str(school)!r}];"
        f"main(['progress', 'export', {str(tmp_path / 'a')!r}, *folder]);"
        f"main(['progress', 'import', {str(tmp_path / 'a.stalinstudy')!r}, *folder]);"
        f"main(['progress', 'import', {str(tmp_path / 'gone')!r}, *folder]);"
        "sys.exit('PySide6' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[1:] == ["0 answers were added; 1 had been here already."]
    assert done.stderr == f"{UNREADABLE}\n"


def test_a_file_that_is_there_is_replaced_only_when_told_so(tmp_path, progress):
    school = fill(tmp_path / "school", entries(1))
    file = tmp_path / "essay.docx.stalinstudy"
    file.write_text("an essay")
    code, out, err = progress("export", tmp_path / "essay.docx", "--data-dir", school)
    assert (code, out, err) == (1, "", IS_THERE.format(file=file) + "\n")
    assert file.read_text() == "an essay"
    assert progress("export", file, "--replace", "--data-dir", school)[0] == 0
    assert file.read_bytes()[:2] == b"\x1f\x8b"
