"""Damaged, lost and unsaved progress: what was told as saved is there again, equal."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progress_pupil import AT, Pupil, flip, quick_folder
from stalin_study.domain.memory import counted
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services import recovery
from stalin_study.services.backups import FOLDER, backups_in
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.recent_answers import Folders
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_problems import StoreProblem
from stalin_study.small_file import read_small

YEAR_9999 = datetime(9999, 12, 31, 23, tzinfo=UTC)


@pytest.fixture
def pupil(tmp_path):
    return Pupil(tmp_path)


@pytest.mark.logs_warnings
@settings(max_examples=60)
@given(st.integers(0, 2**31), st.integers(0, 7), st.integers(0, 4), st.integers(1, 12))
def test_no_flipped_bit_loses_or_changes_an_answer(place, bit, before, after):
    with quick_folder() as folder:
        pupil = Pupil(folder, seed=place)
        pupil.act(before)
        if before:
            pupil.back_up()
        pupil.act(after)
        pupil.leave()
        flip(folder / FILE, place, bit)
        pupil.check()
        pupil.leave()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_torn_file_is_made_again(pupil, share):
    pupil.act(30)
    pupil.leave()
    file = pupil.folder / FILE
    content = file.read_bytes()
    file.write_bytes(content[: round(share * len(content))])
    assert "brought back" in pupil.check()
    assert pupil.check() == ""


@pytest.mark.logs_warnings
def test_the_notice_says_how_much_came_back_and_where_the_old_file_is(pupil):
    pupil.act(9)
    pupil.leave()
    (pupil.folder / FILE).write_text("not progress")
    answers = len(counted(pupil.entries.values()))
    assert answers > 1
    assert pupil.check() == (
        f"Your progress file was damaged: {answers} answers brought back, and the damaged file is"
        f" kept as progress-damaged-{pupil.now():%Y%m%d-%H%M%S}.sqlite3."
    )


@pytest.mark.logs_warnings
@pytest.mark.parametrize("is_empty", [True, False])
def test_a_file_that_is_gone_comes_back_from_its_copies(pupil, is_empty):
    pupil.act(4)
    pupil.leave()
    (pupil.folder / FILE).unlink()
    if is_empty:
        (pupil.folder / FILE).write_bytes(b"")
    assert pupil.check().startswith("Your progress file was gone: ")


def test_a_damaged_second_copy_or_backup_harms_nothing(pupil):
    pupil.act(4)
    pupil.back_up()
    pupil.act(4)
    pupil.leave()
    flip(pupil.folder / RECENT, 40)
    with (pupil.folder / RECENT).open("ab") as stream:
        stream.write(b"0000 {torn")
    flip(backups_in(pupil.folder)[0].file, 5000)
    assert pupil.check() == ""
    pupil.act(2)
    pupil.leave()
    assert pupil.check() == ""


@pytest.mark.logs_warnings
def test_a_line_after_a_torn_one_is_read(pupil):
    pupil.act(1)
    with (pupil.folder / RECENT).open("ab") as stream:
        stream.write(b"12345678 {torn")
    pupil.act(1)
    pupil.leave()
    (pupil.folder / FILE).unlink()
    pupil.check()


@pytest.mark.logs_warnings
def test_an_older_backup_serves_when_the_newest_is_damaged(pupil):
    pupil.act(5)
    pupil.back_up()
    pupil.leave()
    [older] = backups_in(pupil.folder)
    newest = older.file.with_name(older.file.name.replace("000001", "000002"))
    newest.write_bytes(b"SQLite format 3\0")
    assert [one.number for one in backups_in(pupil.folder)] == [2, 1]
    (pupil.folder / FILE).unlink()
    pupil.check()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("jump", [timedelta(days=-4000), timedelta(days=4000)])
def test_the_newest_backup_is_the_last_made_whatever_the_clock_says(pupil, jump):
    pupil.act(3)
    pupil.back_up()
    pupil.now.at += jump
    pupil.act(3)
    pupil.back_up()
    pupil.leave()
    assert (pupil.folder / RECENT).read_bytes() == b""
    (pupil.folder / FILE).unlink()
    pupil.check()


@pytest.mark.logs_warnings
def test_a_recovery_without_room_says_so_and_loses_nothing(pupil, monkeypatch):
    pupil.act(6)
    pupil.leave()
    damaged = (pupil.folder / FILE).read_bytes()[:5000]
    (pupil.folder / FILE).write_bytes(damaged)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(recovery, "settle", full)
        with pytest.raises(StoreProblem, match="nothing is lost"):
            open_store(pupil.folder, pupil.now)
    assert (pupil.folder / FILE).read_bytes() == damaged
    pupil.check()


@pytest.mark.logs_warnings
def test_what_could_not_be_saved_is_saved_at_the_next_start(pupil, tmp_path):
    pupil.act(2)
    with closing(sqlite3.connect(pupil.folder / FILE, isolation_level=None)) as db:
        db.execute(
            "create trigger full before insert on review_log begin select raise(fail, ''); end"
        )
        entry = ReviewEntry("late", "c01", pupil.now.advance(minutes=1), Way.FLIP, Rating.GOOD)
        assert pupil.writer.work(entry).problem
        pupil.writer.close("20261125-090000")
        db.execute("drop trigger full")
    pupil.entries["late"] = entry
    assert pupil.check() == "1 answer that could not be saved last time is saved now."
    assert list(pupil.folder.glob("unsaved*")) == []


def test_answers_of_another_folder_are_not_taken_from_a_shared_spare_one(tmp_path):
    spare = tmp_path / "cache"
    mine, other = Folders(tmp_path / "a", (spare,)), Folders(tmp_path / "b", (spare,))
    (tmp_path / "a").write_text("no folder")
    (tmp_path / "b").mkdir()
    entry = ReviewEntry("late", "c01", AT, Way.FLIP, Rating.GOOD)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stalin_study.services.recent_answers.log.warning", lambda *_: None)
        kept = mine.write_unsaved("1", [entry])
    assert kept is not None
    assert kept.parent == spare
    assert mine.unsaved_files() == [kept]
    assert other.unsaved_files() == []


@pytest.mark.logs_warnings
def test_a_foreign_file_is_never_taken_for_ours(pupil):
    pupil.leave()
    file = pupil.folder / FILE
    shutil.rmtree(pupil.folder / FOLDER, ignore_errors=True)
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("create table review_log (uuid, name)")
        db.execute("pragma application_id = 77")
        db.execute("insert into review_log values ('x', 'y')")
        db.commit()
    assert "a new one was started" in pupil.check()


def test_a_file_that_was_replaced_by_an_older_one_gets_back_what_it_lacks(pupil):
    """As a service does that keeps folders alike, or a profile that is copied at log-on."""
    pupil.act(3)
    pupil.leave()
    old = shutil.copy(pupil.folder / FILE, pupil.folder / "old")
    pupil.open()
    pupil.act(4)
    pupil.leave()
    lost = len(pupil.entries) - 3 - 1  # the last one could have been cut off while it was saved
    shutil.move(old, pupil.folder / FILE)
    assert pupil.check() == f"{lost} answers that your progress file had lost are back."
    assert pupil.check() == ""


@pytest.mark.logs_warnings
@pytest.mark.parametrize("is_replaced", [True, False])
def test_a_file_that_changes_under_the_open_app_is_opened_anew(pupil, is_replaced):
    pupil.act(2)
    old = shutil.copy(pupil.folder / FILE, pupil.folder / "old")
    pupil.act(2)
    if is_replaced:
        old.replace(pupil.folder / FILE)
    else:
        (pupil.folder / FILE).unlink()
    pupil.act(2)
    pupil.leave()
    assert (len(pupil.entries), pupil.check()) == (6, "")


@pytest.mark.logs_warnings
def test_damage_that_an_answer_meets_is_put_right_at_once(pupil):
    """The start reads no index; the next answer of the same subject needs one."""
    pupil.act(60)
    pupil.leave()
    with closing(sqlite3.connect(pupil.folder / FILE)) as db:
        [page] = db.execute(
            "select rootpage from sqlite_master where name = 'sqlite_autoindex_review_log_1'"
        ).fetchone()
    pupil.open()
    content = bytearray((pupil.folder / FILE).read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    content[27] ^= 1  # the change counter, without which SQLite would not read it again
    (pupil.folder / FILE).write_bytes(content)
    report = pupil.writer.work(ReviewEntry("last", "c01", pupil.now(), Way.FLIP, Rating.GOOD))
    pupil.heed(report)
    assert (report.problem, "last" in pupil.entries) == ("", True)
    assert report.notice.startswith("Your progress file was damaged: ")
    assert report.opened is not None
    pupil.leave()
    assert pupil.check() == ""


@pytest.mark.logs_warnings
def test_the_journal_of_a_lost_file_is_not_played_into_the_new_one(pupil):
    pupil.act(40)
    pupil.leave()
    journal = pupil.folder / f"{FILE}-journal"
    with closing(sqlite3.connect(pupil.folder / FILE, isolation_level=None)) as db:
        db.execute("pragma cache_size = 1")
        db.execute("begin")
        db.execute("update memory_state set stability = 99, subject_id = subject_id || 'x'")
        db.execute(
            "insert into memory_state select subject_id || 'y', phase, step, 1, 5, due_at,"
            " hex(zeroblob(9000)), reviews, lapses, checksum from memory_state"
        )
        content = journal.read_bytes()
        db.execute("rollback")
    assert any(content)
    (pupil.folder / FILE).unlink()
    journal.write_bytes(content)
    assert "brought back" in pupil.check()
    assert pupil.check() == ""
    [kept] = pupil.folder.glob("progress-damaged-*-journal")
    assert kept.read_bytes() == content


@pytest.mark.logs_warnings
@pytest.mark.parametrize("has_backup", [True, False])
@pytest.mark.parametrize("lost", [range(16), range(68, 72), range(100, 110), range(4096)])
def test_a_lost_first_page_takes_nothing_with_it(pupil, has_backup, lost):
    """There is no other copy of these: each row is found in the file itself."""
    pupil.act(40)
    if has_backup:
        pupil.back_up()
        [backup] = backups_in(pupil.folder)
        with closing(sqlite3.connect(backup.file, isolation_level=None)) as db:
            for table in ("review_log", "annotation_log"):
                db.execute(f"drop trigger {table}_no_delete")
                db.execute(f"delete from {table}")
    pupil.leave()
    (pupil.folder / RECENT).unlink(missing_ok=True)
    content = bytearray((pupil.folder / FILE).read_bytes())
    for place in lost:
        content[place] = 0
    (pupil.folder / FILE).write_bytes(content)
    assert f"{len(counted(pupil.entries.values()))} answers brought back" in pupil.check()
    assert list(pupil.folder.glob("*.new")) == []


@pytest.mark.logs_warnings
def test_rows_beside_a_damaged_one_are_salvaged(pupil):
    pupil.act(60)
    pupil.leave()
    (pupil.folder / RECENT).unlink()
    lost = list(pupil.entries)[30]
    with closing(sqlite3.connect(pupil.folder / FILE, isolation_level=None)) as db:
        db.execute("drop trigger review_log_no_update")
        db.execute("update review_log set took_ms = 7 where uuid = ?", [lost])
    del pupil.entries[lost]
    pupil.check()


@pytest.mark.logs_warnings
def test_a_damaged_backup_is_salvaged_too(pupil):
    pupil.act(20)
    pupil.back_up()
    pupil.leave()
    [backup] = backups_in(pupil.folder)
    changed = list(pupil.entries)[3]
    with closing(sqlite3.connect(backup.file, isolation_level=None)) as db:
        db.execute("drop trigger review_log_no_update")
        db.execute("update review_log set took_ms = 7 where uuid = ?", [changed])
    (pupil.folder / FILE).unlink()
    del pupil.entries[changed]
    pupil.check()


@pytest.mark.logs_warnings
def test_a_date_after_which_there_is_none_locks_nobody_out(pupil):
    pupil.act(9)
    known = next(state for state in pupil.writer._states.values() if state.phase == "review")
    absurd = ReviewEntry("absurd", known.subject_id, YEAR_9999, Way.FLIP, Rating.GOOD)
    assert pupil.writer.work(absurd).problem, "nothing could be due after it"
    pupil.leave()
    assert pupil.open() == "1 answer that could not be saved last time is saved now."
    pupil.writer.change(lambda store: store.add_entries([replace(absurd, uuid="more")]))
    pupil.leave()
    (pupil.folder / FILE).unlink()
    assert "brought back" in pupil.open()
    opened = open_store(pupil.folder, pupil.now)
    dates = {entry.uuid: entry.reviewed_at for entry in opened.store.entries()}
    opened.store.close()
    assert (dates["absurd"], dates["more"], len(dates)) == (YEAR_9999, YEAR_9999, 11)


@pytest.mark.logs_warnings
def test_unsaved_answers_that_cannot_be_read_now_stay(pupil, monkeypatch):
    pupil.leave()
    late = ReviewEntry("late", "c01", AT, Way.FLIP, Rating.GOOD)
    kept = Folders(pupil.folder).write_unsaved("1", [late])

    def locked(file: Path, most_bytes: int) -> bytes:
        if file == kept:
            raise PermissionError(13, "in use")
        return read_small(file, most_bytes)

    with monkeypatch.context() as patched:
        patched.setattr("stalin_study.services.recent_answers.read_small", locked)
        assert pupil.open() == ""
    pupil.leave()
    pupil.entries["late"] = late
    assert pupil.check() == "1 answer that could not be saved last time is saved now."


def test_unsaved_answers_of_one_moment_are_all_kept(tmp_path):
    folders = Folders(tmp_path)
    line = ReviewEntry("u1", "c01", AT, Way.FLIP, Rating.GOOD)
    kept = [folders.write_unsaved("1", [replace(line, uuid=f"u{place}")]) for place in range(3)]
    assert len(set(kept)) == 3
    assert sorted(folders.unsaved_files()) == sorted(kept)


@pytest.mark.logs_warnings
def test_a_second_copy_that_cannot_be_written_stops_nothing(pupil, caplog):
    pupil.leave()
    (pupil.folder / RECENT).unlink(missing_ok=True)
    (pupil.folder / RECENT).mkdir()
    pupil.open()
    pupil.act(5)
    assert caplog.text.count("There is no second copy") == 1
    pupil.leave()
    pupil.check()


@pytest.mark.logs_warnings
def test_what_fails_leaves_no_second_copy_behind(pupil):
    pupil.act(1)
    before = (pupil.folder / RECENT).read_bytes()
    entry = ReviewEntry("late", "c01", pupil.now.advance(minutes=1), Way.FLIP, Rating.GOOD)
    with closing(sqlite3.connect(pupil.folder / FILE, isolation_level=None)) as db:
        db.execute(
            "create trigger no before insert on review_log begin select raise(fail, ''); end"
        )
        for lines in ([entry], [], []):
            assert pupil.writer.work(*lines).problem
        assert (pupil.folder / RECENT).read_bytes() == before
        db.execute("drop trigger no")
    pupil.heed(pupil.writer.work())
    assert "late" in pupil.entries
    pupil.leave()
    pupil.check()


def test_a_line_that_only_looks_whole_is_passed_over(pupil):
    pupil.act(1)
    pupil.leave()
    with (pupil.folder / RECENT).open("ab") as stream:
        stream.write(b"00000000 \n\0\0\0\n00000000\n")
    assert pupil.check() == ""
