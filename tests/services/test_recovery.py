"""Damaged, lost and unsaved progress: what was told as saved is there again, equal."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import CountingIds, FakeClock
from stalin_study.domain.annotations import Annotation, AnnotationKind, current
from stalin_study.domain.memory import counted, rebuild
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services import recovery, store
from stalin_study.services.backups import FOLDER, backups_in
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.recent_answers import Folders
from stalin_study.services.recovery import RECOVERED
from stalin_study.services.review_writer import ReviewWriter
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_problems import StoreProblem

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Pupil:
    """Answers, undoes and annotates through the writer; knows what was acknowledged."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder
        self.now, self._new_id = FakeClock(AT), CountingIds()
        self._rng = random.Random(seed)
        self.entries: dict[str, ReviewEntry] = {}
        self.notes: dict[str, Annotation] = {}
        self.open()

    def open(self) -> str:
        """Open (again); the notice."""
        self.writer = ReviewWriter(
            lambda **more: open_store(self.folder, self.now, **more), Folders(self.folder)
        )
        report = self.writer.work()
        assert report.problem == ""
        return report.notice

    def act(self, count: int = 1) -> None:
        """Do something, a little later."""
        for _ in range(count):
            at = self.now.advance(minutes=self._rng.randrange(1, 900))
            subject, rating = f"c{self._rng.randrange(5):02d}", Rating(self._rng.randint(1, 4))
            entry = ReviewEntry(self._new_id(), subject, at, Way.TYPED, rating, "Ежов 🎓")
            if self.entries and self._rng.random() < 0.2:
                undone = self._rng.choice(list(self.entries.values()))
                entry = replace(
                    entry, rating=None, undoes=undone.uuid, subject_id=undone.subject_id
                )
            note = Annotation(self._new_id(), subject, AnnotationKind.NOTE, "Kirov?", at)
            for line in (entry, note):
                report = self.writer.work(line)
                self.entries |= {saved.entry.uuid: saved.entry for saved in report.saved}
                self.notes |= {saved.uuid: saved for saved in report.annotated}

    def leave(self) -> None:
        """Close, or be killed: nothing more is written."""
        self.writer.close()

    def check(self) -> str:
        """Open and see that nothing that was acknowledged is lost or changed; the notice."""
        notice = self.open()
        opened = open_store(self.folder, self.now)
        found = {entry.uuid: entry for entry in opened.store.entries()}
        notes = {one.uuid: one for one in opened.store.annotations()}
        opened.store.close()
        assert {uuid: found.get(uuid) for uuid in self.entries} == self.entries
        assert {uuid: notes.get(uuid) for uuid in self.notes} == self.notes
        assert opened.states == rebuild(found.values())
        assert opened.annotations == current(notes.values())
        return notice


@pytest.fixture
def pupil(tmp_path):
    return Pupil(tmp_path)


def flip(file: Path, place: int, bit: int = 0) -> None:
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 1 << bit
    file.write_bytes(content)


@pytest.mark.logs_warnings
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**31), st.integers(0, 7), st.integers(0, 4), st.integers(1, 12))
def test_no_flipped_bit_loses_or_changes_an_answer(tmp_path_factory, place, bit, before, after):
    folder = tmp_path_factory.mktemp("flip")
    pupil = Pupil(folder, seed=place)
    pupil.act(before)
    if before:
        assert pupil.writer.back_up(pupil.now(), "asked")
        while pupil.writer.back_up_further():
            pass
    pupil.act(after)
    pupil.leave()
    flip(folder / FILE, place, bit)
    pupil.check()
    shutil.rmtree(folder)


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
    make_all(pupil)
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


def make_all(pupil: Pupil, reason: str = "asked") -> None:
    assert pupil.writer.back_up(pupil.now(), reason)
    while pupil.writer.back_up_further():
        pass


@pytest.mark.logs_warnings
def test_an_older_backup_serves_when_the_newest_is_damaged(pupil):
    pupil.act(5)
    make_all(pupil)
    shutil.copy(pupil.folder / RECENT, pupil.folder / "kept")
    make_all(pupil)
    pupil.leave()
    newest, older = backups_in(pupil.folder)
    assert newest.number > older.number
    newest.file.write_bytes(b"SQLite format 3\0")
    (pupil.folder / FILE).unlink()
    pupil.check()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("jump", [timedelta(days=-4000), timedelta(days=4000)])
def test_the_newest_backup_is_the_last_made_whatever_the_clock_says(pupil, jump):
    pupil.act(3)
    make_all(pupil)
    pupil.now.at += jump
    pupil.act(3)
    make_all(pupil)
    pupil.leave()
    assert (pupil.folder / RECENT).read_bytes() == b""
    (pupil.folder / FILE).unlink()
    pupil.check()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("step", ["build_again", "_set_aside", "settle", "_told"])
def test_a_recovery_that_is_cut_off_is_done_by_the_next_start(pupil, monkeypatch, step):
    pupil.act(6)
    make_all(pupil)
    pupil.act(6)
    pupil.leave()
    (pupil.folder / FILE).write_bytes((pupil.folder / FILE).read_bytes()[:5000])

    class Killed(BaseException):
        pass

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(store, step, die)
        with pytest.raises(Killed):
            open_store(pupil.folder, pupil.now)
    pupil.check()
    assert not (pupil.folder / RECOVERED).exists()


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
        entry = ReviewEntry("late", "c01", pupil.now(), Way.FLIP, Rating.GOOD)
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
