"""Backups: made step by step, verified, bounded; and going back to one."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from stalin_study.domain.annotations import AnnotationKind, CardAnnotations
from stalin_study.domain.review_log import Rating, Way
from stalin_study.services.backing_up import BackingUp
from stalin_study.services.backups import (
    DAMAGED_BACKUP,
    FOLDER,
    NOT_MADE,
    backups_in,
    look_into_backup,
    verify,
)
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.recent_answers import MOST_BYTES, Folders
from stalin_study.services.reviews import Reviews
from stalin_study.services.safe_copies import NOT_RESTORED
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_problems import NEWER, TAKEN_OVER, DamagedFile
from stalin_study.services.study_store import StudyStore

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Desk:
    """Reviews with backups in a folder, on jobs of its own."""

    def __init__(self, folder, jobs=None):
        self.folder, self.now = folder, FakeClock(AT)
        self.jobs = jobs or InlineJobs()
        self.new_id = CountingIds()
        self.told, self.problems, self.notices = [], [], []
        self.is_ours = True
        self.open()

    def open(self):
        self.reviews = Reviews(
            lambda **more: open_store(
                self.folder, self.now, may_write=lambda: self.is_ours, **more
            ),
            self.jobs,
            self.now,
            self.new_id,
            lambda: Folders(self.folder),
        )
        self.reviews.opened.connect(self.notices.append)
        self.backing_up = BackingUp(self.reviews, self.now)
        self.reviews.open()

    def answer(self, count=1):
        for _ in range(count):
            self.now.advance(minutes=1)
            self.reviews.record(f"c{count:02d}", Way.FLIP, Rating.GOOD)

    def restart(self, **later):
        self.reviews.close()
        self.now.advance(**later)
        self.open()

    def back_up(self):
        self.backing_up.back_up(
            "asked",
            lambda same: self.told.append("made" if same is None else "same"),
            self.problems.append,
        )

    def restore(self, file):
        self.backing_up.restore(file, self.told.append, self.problems.append)

    @property
    def count(self):
        opened = open_store(self.folder, self.now)
        found = len(opened.store.entries())
        opened.store.close()
        return found


@pytest.fixture
def desk(tmp_path, qapp):
    made = Desk(tmp_path)
    yield made
    made.reviews.close()


def test_one_backup_a_day_once_there_is_something_new(desk):
    desk.restart(days=1)
    assert backups_in(desk.folder) == []
    desk.answer(3)
    desk.restart(minutes=1)
    [first] = backups_in(desk.folder)
    assert (first.reason, first.number, look_into_backup(first.file).answers) == ("daily", 1, 3)
    assert (desk.folder / RECENT).read_bytes() == b""
    desk.answer()
    desk.restart(minutes=1)
    assert backups_in(desk.folder) == [first]
    desk.restart(days=1)
    assert [one.number for one in backups_in(desk.folder)] == [2, 1]
    desk.restart(days=1)
    assert len(backups_in(desk.folder)) == 2  # nothing new since


def test_a_backup_is_a_whole_sound_progress_file(desk):
    desk.answer(3)
    for text in ("Kirov?", "Kirov, 1934"):
        desk.reviews.annotate("c01", AnnotationKind.NOTE, text)
    for card, mark in (("c01", "yes"), ("c02", "yes"), ("c02", "")):
        desk.reviews.annotate(card, AnnotationKind.HARD, mark)
    desk.backing_up.back_up("asked")
    [backup] = backups_in(desk.folder)
    verify(backup.file)
    contents = look_into_backup(backup.file)
    assert (contents.answers, contents.subjects) == (3, 1)
    assert (contents.notes, contents.marks) == (1, 1)
    assert contents.last_at == AT + timedelta(minutes=3)


def test_answers_go_between_the_steps_of_a_backup(tmp_path, qapp):
    desk = Desk(tmp_path, ManualJobs())
    desk.jobs.drain()
    desk.answer()
    desk.jobs.drain()
    desk.backing_up.back_up("asked")
    desk.jobs.run_next()
    desk.jobs.run_next()
    assert desk.jobs.waiting == 1
    desk.answer()
    desk.jobs.run_next()
    assert desk.jobs.waiting == 2
    desk.jobs.drain()
    [backup] = backups_in(tmp_path)
    assert look_into_backup(backup.file).answers == 1
    assert (tmp_path / RECENT).read_bytes().count(b"\n") == 1  # the later answer's second copy
    desk.reviews.close()
    desk.jobs.drain()


def test_a_backup_of_the_very_same_is_not_made_again(desk):
    desk.answer(3)
    for _ in range(3):
        desk.back_up()
    [first] = backups_in(desk.folder)
    assert desk.told == ["made", "same", "same"]
    desk.reviews.annotate("c01", AnnotationKind.NOTE, "Kirov?")
    desk.back_up()
    desk.back_up()
    assert desk.told[3:] == ["made", "same"]
    assert [one.number for one in backups_in(desk.folder)] == [2, first.number]


def test_a_damaged_backup_does_not_stand_for_a_new_one(desk):
    desk.answer(3)
    desk.back_up()
    change_row(backups_in(desk.folder)[0].file, "id-0002")
    desk.back_up()
    assert desk.told == ["made", "made"]


def test_answers_while_the_last_backup_is_compared_are_in_the_next(slow):
    slow.back_up()
    slow.jobs.drain()
    slow.back_up()
    slow.jobs.run_next()
    slow.jobs.run_next()
    slow.answer()
    slow.jobs.drain()
    assert slow.told == ["made", "made"]
    assert look_into_backup(backups_in(slow.folder)[0].file).answers == 4


def test_what_was_there_before_going_back_outlasts_ten_clicks(desk):
    desk.answer(6)
    desk.back_up()
    [first] = backups_in(desk.folder)
    desk.answer(62)
    desk.restore(first.file)
    for _ in range(10):
        desk.back_up()
        desk.answer()
        desk.back_up()
    held = {one.reason: look_into_backup(one.file).answers for one in backups_in(desk.folder)}
    assert held["before-restore"] == 68
    assert [one.reason for one in backups_in(desk.folder)].count("asked") == 2


def test_going_to_and_fro_fills_no_room_of_what_was_there_before(desk):
    desk.answer(2)
    desk.back_up()
    [first] = backups_in(desk.folder)
    desk.answer(2)
    for _ in range(8):
        desk.restore(first.file)
    [before] = [one for one in backups_in(desk.folder) if one.reason == "before-restore"]
    assert look_into_backup(before.file).answers == 4


def test_few_backups_are_kept(desk):
    for _ in range(30):
        desk.answer()
        desk.restart(days=1)
    kept = backups_in(desk.folder)
    assert 5 <= len(kept) <= 20
    assert kept[0].number == 30


def test_going_back_and_back_again(desk):
    desk.answer(3)
    desk.reviews.annotate("c01", AnnotationKind.HARD, "yes")
    desk.backing_up.back_up("asked")
    [first] = backups_in(desk.folder)
    desk.answer(2)
    desk.reviews.annotate("c01", AnnotationKind.HARD, "")
    states = dict(desk.reviews.memory_states)
    desk.restore(first.file)
    assert desk.problems == []
    assert desk.told == [
        "Your progress is back as it was on 25 November at 09:03, with 3 answers."
        " What you had until now is kept as a backup."
    ]
    assert desk.count == 3
    assert desk.reviews.annotations == {"c01": CardAnnotations(is_hard=True)}
    reasons = [one.reason for one in backups_in(desk.folder)]
    assert reasons == ["restored", "before-restore", "asked"]
    desk.restore(backups_in(desk.folder)[1].file)
    assert (desk.count, dict(desk.reviews.memory_states)) == (5, states)
    assert desk.reviews.annotations == {}


@pytest.mark.logs_warnings
def test_after_going_back_a_recovery_brings_only_that_state(desk):
    desk.answer(3)
    desk.backing_up.back_up("asked")
    [first] = backups_in(desk.folder)
    desk.answer(2)
    desk.restore(first.file)
    desk.reviews.close()
    (desk.folder / FILE).unlink()
    assert desk.count == 3
    desk.open()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("harm", ["text", "cut", "gone"])
def test_a_bad_backup_changes_nothing(desk, harm):
    desk.answer(3)
    desk.backing_up.back_up("asked")
    [backup] = backups_in(desk.folder)
    desk.answer()
    content = backup.file.read_bytes()
    backup.file.write_bytes({"text": b"no" * 999, "cut": content[:9000], "gone": b""}[harm])
    if harm == "gone":
        backup.file.unlink()
    desk.restore(backup.file)
    assert (desk.told, desk.problems, desk.count) == ([], [DAMAGED_BACKUP], 4)


@pytest.mark.logs_warnings
def test_a_backup_folder_that_cannot_be_used_stops_nothing(desk):
    (desk.folder / FOLDER).write_text("in the way")
    desk.answer()
    desk.backing_up.back_up("asked", on_problem=desk.problems.append)
    desk.answer()
    assert (desk.problems, desk.count) == ([NOT_MADE], 2)
    assert (desk.folder / RECENT).read_bytes().count(b"\n") == 2


@pytest.mark.logs_warnings
def test_an_old_row_that_changed_is_found_by_the_backup_and_put_right(desk):
    desk.answer(3)
    desk.backing_up.back_up("asked")
    with closing(sqlite3.connect(desk.folder / FILE)) as db:
        db.execute("drop trigger review_log_no_update")
        db.execute("update review_log set rating = 1 where uuid = 'id-0002'")
        db.commit()
    desk.answer()
    desk.backing_up.back_up("asked")
    assert [entry.rating for entry in entries(desk)] == [Rating.GOOD] * 4
    assert desk.notices[-1].startswith("Your progress file was damaged: 4 answers brought back")


def entries(desk):
    opened = open_store(desk.folder, desk.now)
    found = opened.store.entries()
    opened.store.close()
    return found


def test_a_file_of_an_older_version_is_backed_up_before_it_is_changed(desk):
    desk.answer(3)
    desk.reviews.close()
    shutil.rmtree(desk.folder / FOLDER, ignore_errors=True)
    make_old(desk.folder / FILE)
    desk.open()
    [backup] = backups_in(desk.folder)
    assert (backup.reason, look_into_backup(backup.file).answers) == ("before-update", 3)
    with closing(sqlite3.connect(backup.file)) as db:
        assert db.execute("pragma user_version").fetchone() == (1,)
    assert desk.count == 3
    desk.restore(backup.file)
    assert (desk.problems, desk.count) == ([], 3)


def make_old(file):
    """Take out of a progress file what came after the first version."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for table in ("review_log", "annotation_log"):
            for change in ("update", "delete"):
                db.execute(f"drop trigger {table}_no_{change}")
        db.execute("drop table annotation_log")
        for table in ("review_log", "memory_state"):
            db.execute(f"alter table {table} drop column checksum")
        db.execute("pragma user_version = 1")
        db.execute("delete from _sqlite_migrations where name != 'first_tables'")


def test_verifying_finds_what_sqlite_does_not(desk):
    desk.answer(3)
    desk.backing_up.back_up("asked")
    [backup] = backups_in(desk.folder)
    content = backup.file.read_bytes()
    place = content.rindex(b"id-0002")
    backup.file.write_bytes(content[:place] + b"id-0009" + content[place + 7 :])
    with pytest.raises(DamagedFile):
        verify(backup.file)


def change_row(file, uuid):
    """Change a value as a failing disk does: SQLite does not see it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("drop trigger review_log_no_update")
        db.execute("update review_log set rating = 1 where uuid = ?", [uuid])


@pytest.fixture
def slow(tmp_path, qapp):
    """A desk whose jobs wait to be run."""
    made = Desk(tmp_path, ManualJobs())
    made.jobs.drain()
    made.answer(3)
    made.jobs.drain()
    yield made
    made.reviews.close()
    made.jobs.drain()


def test_a_backup_that_is_asked_for_takes_the_place_of_the_daily_one(slow):
    slow.restart(days=1)
    slow.jobs.run_next()
    slow.jobs.run_next()
    assert slow.jobs.waiting == 1, "a step of the daily one"
    slow.back_up()
    slow.back_up()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stalin_study.services.store_problems.log.warning", lambda *_, **__: None)
        slow.jobs.drain()
    assert (slow.told, slow.problems) == (["made", "made"], [])
    assert [one.reason for one in backups_in(slow.folder)] == ["asked"]


@pytest.mark.logs_warnings
def test_a_backup_that_going_back_cuts_off_is_not_told_as_made(slow):
    slow.back_up()
    slow.jobs.drain()
    [first] = backups_in(slow.folder)
    slow.back_up()
    slow.jobs.run_next()
    slow.restore(first.file)
    slow.jobs.drain()
    assert (slow.told[0], slow.problems) == ("made", [NOT_MADE])
    assert [one.reason for one in backups_in(slow.folder)] == ["before-restore", "asked"]


@pytest.mark.logs_warnings
def test_damage_that_a_backup_finds_is_put_right_and_the_backup_made(desk):
    desk.answer(3)
    desk.back_up()
    change_row(desk.folder / FILE, "id-0002")
    desk.back_up()
    assert (desk.told, desk.problems) == (["made", "same"], []), "it is as it was before the damage"
    verify(backups_in(desk.folder)[0].file)
    assert [entry.rating for entry in entries(desk)] == [Rating.GOOD] * 3


@pytest.mark.logs_warnings
def test_a_copy_that_went_wrong_is_not_taken_for_a_damaged_file(desk, monkeypatch):
    desk.answer(3)
    copy_to = StudyStore.copy_to

    def badly(store, file):
        copy_to(store, file)
        change_row(file, "id-0002")

    with monkeypatch.context() as patched:
        patched.setattr(StudyStore, "copy_to", badly)
        desk.back_up()
    assert desk.told == []
    assert len(desk.problems) == 1
    assert list(desk.folder.glob("progress-damaged-*")) == []
    desk.back_up()
    assert desk.told == ["made"]


@pytest.mark.logs_warnings
def test_a_second_copy_that_grows_is_backed_up_and_not_tried_with_each_answer(desk, caplog):
    (desk.folder / FOLDER).write_text("in the way")
    text = "Каменев" * 1000
    desk.answer()
    while (desk.folder / RECENT).stat().st_size <= MOST_BYTES:
        desk.reviews.record("c01", Way.TYPED, Rating.GOOD, answer=text)
    for _ in range(3):
        desk.answer()
    assert caplog.text.count(NOT_MADE) == 1
    (desk.folder / FOLDER).unlink()
    desk.restart(minutes=1)
    assert [one.reason for one in backups_in(desk.folder)] == ["daily"]
    assert (desk.folder / RECENT).read_bytes() == b""
    while (desk.folder / RECENT).stat().st_size <= MOST_BYTES * 0.97:
        desk.reviews.record("c01", Way.TYPED, Rating.GOOD, answer=text)
    for _ in range(9):
        desk.reviews.record("c01", Way.TYPED, Rating.GOOD, answer=text)
    assert [one.number for one in backups_in(desk.folder)] == [2, 1]
    assert (desk.folder / RECENT).stat().st_size < MOST_BYTES / 2


@pytest.mark.logs_warnings
def test_without_a_second_copy_there_is_a_backup_each_day_all_the_same(desk):
    (desk.folder / RECENT).unlink(missing_ok=True)
    (desk.folder / RECENT).symlink_to(desk.folder / "no folder" / "x")
    desk.answer()
    desk.restart(days=1)
    desk.answer()
    desk.restart(days=1)
    desk.restart(days=1)
    assert [look_into_backup(one.file).answers for one in backups_in(desk.folder)] == [2, 1]


@pytest.mark.logs_warnings
def test_what_another_computer_took_over_is_left_alone(slow):
    """Neither the backup under way nor anything later touches what is the other one's now."""
    slow.back_up()
    slow.jobs.run_next()
    slow.jobs.run_next()
    slow.is_ours = False
    other = open_store(slow.folder, slow.now)
    [first] = other.store.entries()[:1]
    other.store.add_entries([replace(first, uuid="other")])
    other.store.close()
    before = (slow.folder / RECENT).read_bytes()
    slow.jobs.drain()
    assert (slow.told, slow.problems, backups_in(slow.folder)) == ([], [NOT_MADE], [])
    slow.back_up()
    slow.jobs.drain()
    assert slow.problems[1:] == [TAKEN_OVER]
    slow.is_ours = True
    slow.back_up()
    slow.jobs.drain()
    [backup] = backups_in(slow.folder)
    slow.is_ours = False
    after = (slow.folder / FILE).read_bytes()
    slow.restore(backup.file)
    slow.jobs.drain()
    assert slow.problems[2:] == [TAKEN_OVER]
    assert (slow.folder / FILE).read_bytes() == after
    assert b"other" in before
    slow.restart(days=1)
    slow.jobs.drain()
    assert slow.notices[-1] == TAKEN_OVER
    assert backups_in(slow.folder) == [backup]
    assert len(slow.reviews.memory_states) == 1, "it can be looked at"
    slow.is_ours = True


@pytest.mark.logs_warnings
def test_a_backup_of_a_newer_version_locks_nobody_out(desk):
    desk.answer(3)
    desk.back_up()
    [backup] = backups_in(desk.folder)
    with closing(sqlite3.connect(backup.file, isolation_level=None)) as db:
        (version,) = db.execute("pragma user_version").fetchone()
        db.execute(f"pragma user_version = {version + 1}")
        db.execute("insert into _sqlite_migrations (migration_set, name) values ('progress', 'x')")
    desk.answer()
    desk.restore(backup.file)
    assert (desk.told[1:], desk.problems, desk.count) == ([], [NEWER], 4)


@pytest.mark.logs_warnings
def test_a_file_of_another_program_is_no_backup(desk):
    desk.answer(2)
    other = desk.folder / "other.sqlite3"
    with closing(sqlite3.connect(other)) as db:
        db.execute("create table review_log (uuid, subject_id, reviewed_at, undoes)")
        db.execute("pragma application_id = 77")
    desk.restore(other)
    assert (desk.told, desk.problems, desk.count) == ([], [DAMAGED_BACKUP], 2)


@pytest.mark.logs_warnings
def test_going_back_from_a_damaged_file_keeps_what_was_in_it(desk):
    desk.answer(2)
    desk.back_up()
    [first] = backups_in(desk.folder)
    desk.answer(2)
    change_row(desk.folder / FILE, "id-0001")
    desk.restore(first.file)
    assert (desk.problems, desk.count) == ([], 2)
    kept = {one.reason: look_into_backup(one.file).answers for one in backups_in(desk.folder)}
    assert kept == {"asked": 2, "before-restore": 4, "restored": 2}


@pytest.mark.logs_warnings
def test_going_back_changes_nothing_if_it_could_not_stay_so(desk, monkeypatch):
    """Answers in the second copy would come back with the next start."""
    desk.answer(2)
    desk.back_up()
    [first] = backups_in(desk.folder)
    desk.answer(2)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("stalin_study.services.recent_answers.write_whole", full)
        desk.restore(first.file)
    assert (desk.problems, desk.count) == ([NOT_RESTORED], 4)
    desk.answer()
    desk.restore(first.file)
    assert (len(desk.problems), desk.count) == (1, 2)


def test_a_command_that_fails_half_way_shows_what_it_did(desk):
    desk.answer(2)
    problems = []

    def half(store):
        store.add_entries([replace(store.entries()[0], uuid="new", subject_id="c99")])
        raise RuntimeError("a slip in the code")

    desk.reviews.run(lambda writer: writer.change(half), desk.told.append, problems.append)
    assert [str(problem) for problem in problems] == ["a slip in the code"]
    assert "c99" in desk.reviews.memory_states
    assert desk.told == []


@pytest.mark.logs_warnings
def test_a_question_that_fails_at_the_first_opening_hides_nothing(desk):
    desk.answer(2)
    desk.reviews.close()
    desk.reviews = None
    jobs, problems, states = InlineJobs(), [], []
    reviews = Reviews(
        lambda **more: open_store(desk.folder, desk.now, **more), jobs, desk.now, desk.new_id
    )
    reviews.opened.connect(lambda _: states.append(len(reviews.memory_states)))
    reviews.ask(lambda store: store.query("select nonsense"), desk.told.append, problems.append)
    assert (len(problems), states, desk.told) == (1, [1], [])
    reviews.close()
    desk.open()
