from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import CountingIds, FakeClock
from progress_pupil import quick_folder
from stalin_study.domain.annotations import Annotation, AnnotationKind
from stalin_study.domain.memory import MemoryState, rebuild, review
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way
from stalin_study.services.migrations import MIGRATION_SET, STEPS
from stalin_study.services.recent_answers import Folders
from stalin_study.services.review_writer import ReviewWriter
from stalin_study.services.row_checks import are_sound, checksum_of, is_sound, with_checksum
from stalin_study.services.store import FILE, TIMES_KEPT, OpenedStore, look_into_store, open_store
from stalin_study.services.store_problems import (
    LOOK_ONLY,
    NEWER,
    READ_ONLY,
    TAKEN_OVER,
    StoreProblem,
)
from stalin_study.services.store_rows import entry_row
from stalin_study.services.study_store import Added

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENTRY = ReviewEntry(
    uuid="u1",
    subject_id="c01q02",
    reviewed_at=datetime(2026, 11, 24, 9, 0, 0, 7, tzinfo=UTC),
    way=Way.TYPED,
    rating=Rating.HARD,
    answer="Ежов 🎓 \0 'quoted'",
    verdict=Verdict.CLOSE,
    took_ms=4200,
    session_id="s1",
)


@pytest.fixture
def now():
    return FakeClock(AT)


@pytest.fixture
def opened(tmp_path, now):
    opened = open_store(tmp_path, now)
    yield opened
    opened.store.close()


def filled(folder: Path, count: int = 40) -> dict[str, MemoryState]:
    """Progress with some reviews in it; the states as they should be."""
    now, new_id = FakeClock(AT), CountingIds()
    opened = open_store(folder, now)
    states: dict[str, MemoryState] = {}
    for number in range(count):
        subject, at = f"c{number % 7:02d}", now.advance(hours=5)
        states[subject] = review(states.get(subject), subject, Rating.GOOD, at)
        entry = replace(ENTRY, uuid=new_id(), subject_id=subject, reviewed_at=at)
        opened.store.append(replace(entry, rating=Rating.GOOD), states[subject])
    opened.store.close()
    return states


def reopened(folder: Path, now=lambda: AT) -> OpenedStore:
    """Opened and closed again: for a look at states and notice."""
    opened = open_store(folder, now, busy_seconds=0)
    opened.store.close()
    return opened


def raw(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(folder / FILE, isolation_level=None))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_missing_folder_is_made(tmp_path, now):
    folder = tmp_path / "Zoë’s Übungen 🎓" / "Stalin Study"
    opened = open_store(folder, now)
    state = review(None, ENTRY.subject_id, Rating.HARD, ENTRY.reviewed_at)
    opened.store.append(ENTRY, state)
    opened.store.close()
    looked = look_into_store(folder)
    assert looked is not None
    assert (looked.states, looked.store.entries()) == ({"c01q02": state}, [ENTRY])
    looked.store.close()
    assert (opened.states, opened.notice) == ({}, "")


def test_an_entry_comes_back_as_it_went_in(opened):
    undo = ReviewEntry("u2", "c01q02", AT, Way.TYPED, None, undoes="u1")
    opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
    opened.store.append(undo, None)
    assert opened.store.entries() == [ENTRY, undo]
    assert opened.store.entries("c01q02") == [ENTRY, undo]
    assert opened.store.entries("c01") == []
    assert opened.store.memory_states() == {}


def test_times_are_kept_in_utc_with_microseconds(opened, tmp_path):
    state = review(None, "c01q02", Rating.HARD, AT)
    opened.store.append(ENTRY, state)
    with raw(tmp_path) as db:
        assert db.execute("select reviewed_at from review_log").fetchone() == (
            "2026-11-24T09:00:00.000007+00:00",
        )


def test_an_entry_is_there_once_however_often_it_is_tried(opened):
    for _ in range(2):
        opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
    assert opened.store.entries() == [ENTRY]


def test_one_answer_is_one_transaction(opened, tmp_path):
    with raw(tmp_path) as db:
        db.execute(
            "create trigger fail before insert on memory_state begin select raise(abort, 'no'); end"
        )
    with pytest.raises(StoreProblem):
        opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
    assert opened.store.entries() == []


@pytest.mark.parametrize("change", ["delete from review_log", "update review_log set rating = 4"])
def test_the_file_itself_keeps_the_log_append_only(opened, tmp_path, change):
    opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
    with raw(tmp_path) as db, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(change)


def test_no_shared_memory_and_full_sync(opened, tmp_path):
    opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
    assert names(tmp_path) == {FILE, f"{FILE}-journal", "recent-answers.jsonl"}
    assert (tmp_path / f"{FILE}-journal").stat().st_size == 0
    connection = opened.store._db.conn
    assert connection.execute("pragma synchronous").fetchone() == (2,)
    assert connection.execute("pragma journal_mode").fetchone() == ("truncate",)
    with raw(tmp_path) as db:
        db.execute("begin exclusive")  # nothing is locked between answers
        db.execute("rollback")


def test_states_can_be_rebuilt_from_the_log(tmp_path, now):
    states = filled(tmp_path)
    opened = open_store(tmp_path, now)
    assert opened.states == states
    with raw(tmp_path) as db:
        db.execute("delete from memory_state")
    assert opened.store.rebuild_memory() == states == rebuild(opened.store.entries())
    opened.store.close()
    assert reopened(tmp_path).states == states


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "harm", ["stability = -1", "due_at = 'soon'", "phase = 'x'", "stability = 'x'", "step = 3"]
)
def test_states_that_make_no_sense_are_rebuilt(tmp_path, harm, caplog):
    states = filled(tmp_path)
    with raw(tmp_path) as db:
        db.execute(f"update memory_state set {harm} where phase = 'review'")
    assert reopened(tmp_path).states == states
    assert "rebuilt" in caplog.text
    with raw(tmp_path) as db:
        assert db.execute(f"select * from memory_state where {harm}").fetchall() == []


@pytest.mark.logs_warnings
def test_a_line_of_the_log_that_makes_no_sense_spoils_only_itself(tmp_path, now, caplog):
    filled(tmp_path, count=3)
    row = entry_row(ENTRY)
    never = with_checksum(row | {"uuid": "bad", "reviewed_at": "never"})
    with raw(tmp_path) as db:
        marks = ", ".join(f":{name}" for name in never)
        db.execute(f"insert into review_log ({', '.join(never)}) values ({marks})", never)
    opened = open_store(tmp_path, now)
    assert [one.uuid for one in opened.store.entries()] == ["id-0001", "id-0002", "id-0003"]
    assert opened.notice == ""
    opened.store.close()
    assert "makes no sense" in caplog.text


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_file_is_a_fresh_one(tmp_path, content):
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    assert reopened(tmp_path).notice == ""
    assert names(tmp_path) <= {FILE, f"{FILE}-journal", "recent-answers.jsonl"}


def damaged_text(file: Path) -> None:
    file.write_text("Dear diary,\n" * 500)


def damaged_short(file: Path) -> None:
    file.write_bytes(b"S")


def damaged_cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def damaged_schema(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:700] = bytes(600)
    file.write_bytes(content)


def damaged_page(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-4096:] = b"\xaa" * 4096
    file.write_bytes(content)


def damaged_foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("create table recipes (name)")


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "harm",
    [damaged_text, damaged_short, damaged_cut, damaged_schema, damaged_page, damaged_foreign],
)
def test_what_is_no_progress_file_is_set_aside(tmp_path, now, harm, caplog):
    filled(tmp_path)
    (tmp_path / "recent-answers.jsonl").unlink()
    harm(tmp_path / FILE)
    content = (tmp_path / FILE).read_bytes()
    opened = open_store(tmp_path, now)
    opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
    opened.store.close()
    aside = "progress-damaged-20261124-090000.sqlite3"
    assert re.fullmatch(
        "Your progress file could not be read, so a new one was started; "
        f"the old one is kept as {aside}[.]"
        r"|Your progress file was damaged: [1-9]\d* answers brought back,"
        f" and the damaged file is kept as {aside}[.]",
        opened.notice,
    )
    assert (tmp_path / aside).read_bytes() == content
    assert reopened(tmp_path).notice == ""
    assert aside in caplog.text


@pytest.mark.logs_warnings
def test_files_set_aside_in_the_same_second_are_all_kept(tmp_path, now):
    for number in range(3):
        (tmp_path / FILE).write_text(f"not progress {number}")
        (tmp_path / f"{FILE}-journal").write_text("its journal")
        assert reopened(tmp_path, now).notice
    stem = "progress-damaged-20261124-090000"
    kept = [f"{stem}.sqlite3", f"{stem}-2.sqlite3", f"{stem}-3.sqlite3"]
    assert [(tmp_path / name).read_text() for name in kept] == [
        f"not progress {number}" for number in range(3)
    ]
    assert (tmp_path / f"{kept[1]}-journal").read_text() == "its journal"


@pytest.mark.logs_warnings
def test_any_flipped_bit_still_starts():
    """Each start reads it, or sets it aside as it is and saves to a new one."""
    with quick_folder() as folder:
        start_with_flipped_bits(folder)


def start_with_flipped_bits(tmp_path: Path) -> None:
    sound = tmp_path / "sound"
    filled(sound)
    content = (sound / FILE).read_bytes()
    rng = random.Random(5)
    for number in range(150):
        folder = tmp_path / str(number)
        folder.mkdir()
        harmed = bytearray(content)
        place = rng.randrange(100 if number % 2 else len(harmed))
        harmed[place] ^= 1 << rng.randrange(8)
        (folder / FILE).write_bytes(harmed)
        opened = open_store(folder, lambda: AT, busy_seconds=0)
        rebuild(opened.store.entries())
        opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, AT))
        opened.store.close()
        kept = [path for path in folder.glob("progress-damaged-*") if path.stat().st_size]
        assert bool(kept) == bool(opened.notice)
        assert all(path.read_bytes() == harmed for path in kept)
        shutil.rmtree(folder)


def test_a_file_of_the_first_version_is_read_as_it_is_and_brought_up_to_date(tmp_path, now):
    states = filled(tmp_path)
    with raw(tmp_path) as db:
        for table in ("review_log", "annotation_log"):
            for change in ("update", "delete"):
                db.execute(f"drop trigger {table}_no_{change}")
        db.execute("drop table annotation_log")
        for table in ("review_log", "memory_state"):
            db.execute(f"alter table {table} drop column checksum")
        db.execute("pragma user_version = 1")
        db.execute(
            "delete from _sqlite_migrations where migration_set = ? and name != 'first_tables'",
            [MIGRATION_SET],
        )
    looked = look_into_store(tmp_path)
    assert looked is not None
    assert looked.states == states
    looked.store.close()
    opened = open_store(tmp_path, now)
    assert opened.states == states
    opened.store.append(replace(ENTRY, way=Way.BLURT), review(None, "c01q02", Rating.HARD, AT))
    assert opened.store.entries("c01q02")[-1].way is Way.BLURT
    opened.store.close()
    with raw(tmp_path) as db:
        assert db.execute("pragma user_version").fetchone() == (len(STEPS),)


def test_the_times_of_the_last_reviews_come_with_the_opened_file(tmp_path, now):
    filled(tmp_path, 3)
    now.at = AT + TIMES_KEPT + timedelta(hours=6)
    opened = open_store(tmp_path, now)
    at = [AT + timedelta(hours=hours) for hours in (10, 15)]
    assert opened.times == tuple((when, 4200) for when in at)
    opened.store.close()


def test_a_file_of_a_newer_version_is_not_touched(tmp_path, now):
    filled(tmp_path)
    with raw(tmp_path) as db:
        db.execute(f"pragma user_version = {len(STEPS) + 1}")
        db.execute(
            "insert into _sqlite_migrations (migration_set, name) values ('progress', 'later')"
        )
    content, found = (tmp_path / FILE).read_bytes(), names(tmp_path)
    for look in (lambda: open_store(tmp_path, now), lambda: look_into_store(tmp_path)):
        with pytest.raises(StoreProblem) as problem:
            look()
        assert str(problem.value) == NEWER
    assert ((tmp_path / FILE).read_bytes(), names(tmp_path)) == (content, found)


@pytest.mark.logs_warnings
def test_a_file_in_use_can_be_read_and_later_written(tmp_path, now):
    states = filled(tmp_path)
    with raw(tmp_path) as db:
        db.execute("begin immediate")
        opened = open_store(tmp_path, now, busy_seconds=0)
        assert opened.states == states
        state = review(None, "c01q02", Rating.HARD, AT)
        with pytest.raises(StoreProblem, match="Another program"):
            opened.store.append(ENTRY, state)
        db.execute("rollback")
    opened.store.append(ENTRY, state)
    assert ENTRY in opened.store.entries()
    opened.store.close()


def test_a_file_locked_by_another_program_says_so(tmp_path, now):
    filled(tmp_path)
    with raw(tmp_path) as db:
        db.execute("begin exclusive")
        with pytest.raises(StoreProblem, match="Another program"):
            open_store(tmp_path, now, busy_seconds=0)
    assert names(tmp_path) <= {FILE, f"{FILE}-journal", "recent-answers.jsonl"}


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_place_where_nothing_can_be_kept_is_one_sentence(tmp_path, now, is_folder):
    if is_folder:
        (tmp_path / "data" / FILE).mkdir(parents=True)
    else:
        (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreProblem, match=r"cannot be (opened|reached)"):
        open_store(tmp_path / "data", now)


def test_looking_makes_and_changes_nothing(tmp_path):
    assert look_into_store(tmp_path / "missing") is None
    (tmp_path / FILE).write_bytes(b"")
    assert look_into_store(tmp_path) is None
    (tmp_path / FILE).write_text("not progress")
    with pytest.raises(StoreProblem, match="damaged; nothing was changed"):
        look_into_store(tmp_path)
    assert names(tmp_path) == {FILE}
    (tmp_path / FILE).unlink()
    states = filled(tmp_path)
    before = (tmp_path / FILE).read_bytes(), names(tmp_path)
    looked = look_into_store(tmp_path)
    assert looked is not None
    assert (looked.states, looked.store.is_read_only) == (states, True)
    with pytest.raises(StoreProblem) as problem:
        looked.store.append(ENTRY, None)
    assert str(problem.value) == READ_ONLY
    looked.store.close()
    assert ((tmp_path / FILE).read_bytes(), names(tmp_path)) == before


def test_the_store_needs_no_qt_and_loads_no_model_to_be_imported():
    code = (
        "import sys, stalin_study.services.store, stalin_study.services.settings_file;"
        "print({'PySide6', 'sqlite_utils', 'fsrs'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_clock_jump_keeps_every_entry(tmp_path):
    now = FakeClock(AT)
    opened = open_store(tmp_path, now)
    state = None
    for number, hours in enumerate((0, 500_000, -499_000, -3_000)):
        at = now.advance(hours=hours)
        state = review(state, "c01", Rating.GOOD, at)
        entry = replace(ENTRY, uuid=f"u{number}", subject_id="c01", reviewed_at=at)
        opened.store.append(entry, state)
    assert len(opened.store.entries()) == 4
    rebuilt = opened.store.rebuild_memory(until=AT + timedelta(days=1))
    assert rebuilt["c01"].reviews == 4
    assert rebuilt["c01"].last_reviewed_at == AT + timedelta(days=1)
    opened.store.close()


def test_a_folder_name_that_is_not_utf8(tmp_path, now):
    if sys.platform != "linux":
        pytest.skip("only Linux has such names")
    folder = tmp_path / os.fsdecode(b"caf\xe9 ?#%41")
    states = filled(folder)
    looked = look_into_store(folder)
    assert looked is not None
    assert looked.states == states
    looked.store.close()


def test_what_another_computer_took_over_is_not_written(tmp_path, now):
    is_ours = True
    opened = open_store(tmp_path, now, may_write=lambda: is_ours)
    opened.store.append(ENTRY, None)
    is_ours = False
    for write in (
        lambda: opened.store.append(replace(ENTRY, uuid="u2"), None),
        lambda: opened.store.annotate(Annotation("a1", "c1", AnnotationKind.HARD, "yes", AT)),
        lambda: opened.store.add_entries([replace(ENTRY, uuid="u3")]),
    ):
        with pytest.raises(StoreProblem) as problem:
            write()
        assert str(problem.value) == TAKEN_OVER
    assert opened.store.entries() == [ENTRY]
    opened.store.close()


@pytest.mark.logs_warnings
def test_only_looking_makes_nothing_and_what_is_answered_comes_back(tmp_path, now):
    folders = Folders(tmp_path / "data")
    looking = ReviewWriter(
        lambda: open_store(folders.data, now, is_read_only=True), Folders(folders.data)
    )
    assert looking.work().notice == LOOK_ONLY
    assert not folders.data.exists()
    states = filled(folders.data)
    report = looking.work(ENTRY)
    assert (report.opened, report.saved, report.problem) == (states, [], LOOK_ONLY)
    looking.close()
    writer = ReviewWriter(lambda: open_store(folders.data, now), folders)
    report = writer.work()
    assert report.notice == "1 answer that could not be saved last time is saved now."
    assert ENTRY.subject_id in report.opened
    writer.close()


def test_taking_in_adds_what_is_new_and_makes_all_states_anew(opened):
    opened.store.append(ENTRY, review(None, "c01q02", Rating.HARD, ENTRY.reviewed_at))
    other = replace(ENTRY, uuid="u2", rating=Rating.GOOD, reviewed_at=AT - timedelta(days=3))
    note = Annotation("a1", "c1", AnnotationKind.NOTE, "Kirov?", AT)
    assert opened.store.add_entries([ENTRY, other, other], [note]) == Added(1, 1, known=1)
    assert opened.store.add_entries([ENTRY, other], [note]) == Added(known=2)
    assert opened.store.memory_states() == rebuild([ENTRY, other])
    assert opened.store.annotations() == [note]


VALUES = st.one_of(st.none(), st.integers(), st.floats(), st.text(), st.binary())


@given(st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1), st.data())
def test_a_checksum_depends_on_each_value_and_name_and_on_no_order(row, data):
    saved = with_checksum(row)
    names = data.draw(st.permutations(sorted(saved)))
    values = [saved[name] for name in names]
    assert is_sound(dict(zip(names, values, strict=True)))
    assert are_sound(names, [values, values])
    changed = data.draw(st.sampled_from(sorted(row)))
    other = saved | {changed: [saved[changed]]}
    assert checksum_of(other) != saved["checksum"]
    assert not is_sound(other)
    assert not are_sound(names, [values, [other[name] for name in names]])
    assert not are_sound(sorted(row), [[row[name] for name in sorted(row)]])


def test_a_taken_over_file_is_looked_at_and_nothing_in_it_changed(tmp_path, now):
    states = filled(tmp_path)
    with raw(tmp_path) as db:
        db.execute("update memory_state set stability = 5")
    before = (tmp_path / FILE).read_bytes(), names(tmp_path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stalin_study.services.study_store.log.warning", lambda *_: None)
        opened = open_store(tmp_path, now, may_write=lambda: False)
    assert (opened.notice, opened.states) == (TAKEN_OVER, states)
    with pytest.raises(StoreProblem) as problem:
        opened.store.append(ENTRY, None)
    assert str(problem.value) == TAKEN_OVER
    opened.store.close()
    assert ((tmp_path / FILE).read_bytes(), names(tmp_path)) == before
