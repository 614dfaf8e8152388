"""Copies of progress: whoever made a file, the progress that it is added to stays sound."""

from __future__ import annotations

import gzip
import json
import zlib
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stalin_study.domain.annotations import Annotation, AnnotationKind
from stalin_study.domain.memory import rebuild
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services import progress_copy
from stalin_study.services.backups import FOLDER, backups_in, make_backup, verify
from stalin_study.services.found_copies import found_copies, put_away
from stalin_study.services.progress_copy import (
    CUT_OFF,
    FORMAT,
    NOT_OURS,
    OWN_FILE,
    PUT_RIGHT_FIRST,
    TOO_BIG,
    read_copy,
    take_in,
    write_copy,
)
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.store import FILE, open_store
from stalin_study.services.store_problems import TAKEN_OVER, OpenAnew, StoreProblem
from stalin_study.services.store_rows import annotation_row, entry_row
from stalin_study.services.study_store import NEWEST_ROWS

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HEAD = {"format": FORMAT, "version": 1}
ENTRY = ReviewEntry("u1", "c01", AT, Way.TYPED, Rating.GOOD, answer="Ежов\0🎓", took_ms=4200)
NOTE = Annotation("u2", "c01", AnnotationKind.NOTE, "Kirov?", AT)


def now():
    return AT


def packed(*rows, head=HEAD):
    lines = [json.dumps(row).encode() + b"\n" for row in (head, *rows)]
    end = json.dumps({"end": zlib.crc32(b"".join(lines))}).encode() + b"\n"
    return gzip.compress(b"".join(lines) + end)


def opened(folder, **more):
    return closing(open_store(folder, now, **more).store)


def entries(count):
    return [
        ReviewEntry(f"e{number}", "c01", AT + timedelta(minutes=number), Way.FLIP, Rating.GOOD)
        for number in range(count)
    ]


def problem_of(file, work_folder):
    with pytest.raises(StoreProblem) as problem:
        read_copy(file, work_folder)
    return str(problem.value)


def is_sound_after(folder, log):
    """Whether the progress opens without a notice, holds these lines and can be backed up."""
    again = open_store(folder, now)
    with closing(again.store) as store:
        verify(make_backup(store, folder, AT, "asked").file)
        found = frozenset(store.entries()), frozenset(store.annotations())
        return (again.notice, found, again.states) == ("", log, rebuild(log[0]))


@pytest.mark.parametrize("count", [0, 1, 5_000, 5_001])
def test_what_was_written_is_read(tmp_path, count):
    file = tmp_path / "a.stalinstudy"
    with opened(tmp_path) as store:
        store.add_entries(entries(count), [NOTE])
        assert write_copy(store, file, AT) == count
    copy = read_copy(file, tmp_path)
    assert copy.entries == tuple(entries(count))
    assert (copy.annotations, copy.skipped) == ((NOTE,), 0)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["uuid", "x"]), st.integers(), max_size=1),
    st.sampled_from(["12", "1.0", "good", "\0", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00"]),
)


@pytest.mark.logs_warnings
@settings(max_examples=50)
@given(st.data())
def test_no_row_spoils_the_progress_that_it_is_added_to(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("forged")
    row = data.draw(st.sampled_from([entry_row(ENTRY), annotation_row(NOTE)]))
    names = [*row, "more"]
    changes = data.draw(st.dictionaries(st.sampled_from(names), VALUES, min_size=1, max_size=3))
    file = folder / "a.stalinstudy"
    good = entries(2)
    file.write_bytes(packed(entry_row(good[0]), {**row, **changes}, entry_row(good[1])))
    copy = read_copy(file, folder)
    with opened(folder) as store:
        store.add_entries(copy.entries, copy.annotations)
    assert set(good) <= set(copy.entries)
    assert len(copy.entries) + len(copy.annotations) + copy.skipped == 3
    assert is_sound_after(folder, (frozenset(copy.entries), frozenset(copy.annotations)))


def test_a_row_that_sqlite_would_change_is_left_out_and_counted(tmp_path):
    file = tmp_path / "a.stalinstudy"
    spoilt = [entry_row(ENTRY) | {"took_ms": value} for value in (1.5, "12", True, 10**30, None)]
    spoilt += [entry_row(ENTRY) | {"answer": ["Kirov"]}, annotation_row(NOTE) | {"text": 3}]
    spoilt += [{}, {"subject_id": "c01"}, {"card_id": "c01"}]
    file.write_bytes(packed(*spoilt, entry_row(ENTRY)))
    copy = read_copy(file, tmp_path)
    assert (copy.entries, copy.annotations, copy.skipped) == ((ENTRY,), (), len(spoilt))


def test_a_progress_file_with_such_a_row_is_read_without_it(tmp_path):
    other = tmp_path / "other"
    with opened(other) as store:
        store.add_entries([*entries(2), ENTRY])
        store.add_entries([ReviewEntry("", "c01", AT, Way.FLIP, Rating.GOOD)])
    copy = read_copy(other / FILE, tmp_path)
    assert (len(copy.entries), copy.skipped) == (3, 1)


def test_two_lines_under_one_uuid_are_one_whichever_came_first(tmp_path):
    file = tmp_path / "a.stalinstudy"
    rows = [entry_row(ENTRY), entry_row(ENTRY) | {"rating": 1}]
    found = set()
    for some in (rows, rows[::-1]):
        file.write_bytes(packed(*some))
        found.add(read_copy(file, tmp_path).entries)
    assert len(found) == 1


@pytest.mark.parametrize("version", [True, 1.5, "1", None, [1]])
def test_a_version_that_is_none_is_not_ours(tmp_path, version):
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(packed(head=HEAD | {"version": version}))
    assert problem_of(file, tmp_path) == NOT_OURS


@pytest.mark.parametrize(
    ("bomb", "told"),
    [
        (b"{}\n" * 9_000, CUT_OFF),
        (b" " * 9_000_000, CUT_OFF),
        (b"[" * 9_000_000, CUT_OFF),
        ((json.dumps(entry_row(ENTRY)).encode() + b"\n") * 2_000, TOO_BIG),
    ],
    ids=["empty rows", "blanks", "brackets", "rows"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch, bomb, told):
    monkeypatch.setattr(progress_copy, "MOST_LINES", 1_000)
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(gzip.compress(json.dumps(HEAD).encode() + b"\n" + bomb))
    assert problem_of(file, tmp_path) == told


def test_a_copy_of_which_little_makes_sense_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(progress_copy, "MOST_SKIPPED", 10)
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(packed(entry_row(ENTRY), *[{}] * 10))
    assert read_copy(file, tmp_path).skipped == 10
    file.write_bytes(packed(entry_row(ENTRY), *[{}] * 11))
    assert problem_of(file, tmp_path) == CUT_OFF


def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(progress_copy, "MOST_UNPACKED", 5_000)
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(packed(*map(entry_row, entries(100))))
    assert problem_of(file, tmp_path) == TOO_BIG


def fresh(*lines):
    return b"".join(b"%08x %s\n" % (zlib.crc32(line), line) for line in lines)


def test_recent_answers_count_what_is_not_whole(tmp_path):
    file = tmp_path / "b.jsonl"
    line = json.dumps(entry_row(ENTRY)).encode()
    file.write_bytes(fresh(line) + b"0badc0de " + line + b"\n" + fresh(line)[:-20])
    copy = read_copy(file, tmp_path)
    assert (copy.entries, copy.skipped) == ((ENTRY,), 2)


@pytest.mark.parametrize("line", [b"[1]", b"7", b'"x"', b"{", b"null", b"\xff", b"[" * 9_000])
def test_recent_answers_that_make_no_sense_are_one_sentence(tmp_path, line):
    file = tmp_path / "b.jsonl"
    file.write_bytes(fresh(b"{}").replace(b"{}", b"{ }") + fresh(line))
    assert problem_of(file, tmp_path) == NOT_OURS


def test_a_big_text_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(progress_copy, "MOST_FRESH", 1_000)
    file = tmp_path / "b.jsonl"
    file.write_bytes(fresh(json.dumps(entry_row(ENTRY)).encode()) * 20)
    assert problem_of(file, tmp_path) == TOO_BIG


@pytest.mark.parametrize(
    "name",
    [FILE, f"{FILE}-journal", RECENT, "settings.json", f"{FOLDER}/a.stalinstudy", "a.txt"],
)
def test_nothing_of_the_progress_is_written_over(tmp_path, name):
    with opened(tmp_path) as store:
        store.append(ENTRY, None)
        make_backup(store, tmp_path, AT, "asked")
        (tmp_path / "settings.json").write_text("{}")
        before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
        with pytest.raises(StoreProblem) as problem:
            write_copy(store, tmp_path / name, AT)
        assert str(problem.value) == OWN_FILE
        assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_a_folder_of_backups_elsewhere_is_the_pupils_own(tmp_path):
    stick = tmp_path / "stick" / FOLDER
    stick.mkdir(parents=True)
    with opened(tmp_path / "own") as store:
        store.append(ENTRY, None)
        assert write_copy(store, stick / "a.stalinstudy", AT) == 1
        assert write_copy(store, tmp_path / "own" / "a.stalinstudy", AT) == 1
    assert read_copy(stick / "a.stalinstudy", tmp_path).entries == (ENTRY,)


def test_a_copy_that_is_there_is_replaced_whole(tmp_path):
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(b"x" * 100_000)
    with opened(tmp_path / "own") as store:
        write_copy(store, file, AT)
    assert read_copy(file, tmp_path).entries == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, "own"]


def test_who_may_not_write_takes_nothing_in_and_makes_no_backup(tmp_path):
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(packed(entry_row(ENTRY)))
    copy = read_copy(file, tmp_path)
    own = tmp_path / "own"
    here = ["ours"]
    with opened(own, may_write=lambda: bool(here)) as store:
        here.clear()
        with pytest.raises(StoreProblem) as problem:
            take_in(store, copy, own, AT)
        assert str(problem.value) == TAKEN_OVER
        assert store.entries() == []
    assert backups_in(own) == []


def test_damage_that_the_backup_finds_stops_the_taking_in(tmp_path):
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(packed(entry_row(ENTRY)))
    own = tmp_path / "own"
    with opened(own) as store:
        store.add_entries(entries(NEWEST_ROWS + 1))
    content = (own / FILE).read_bytes()
    place = content.index(b"e0c01")
    (own / FILE).write_bytes(content[:place] + b"e0c02" + content[place + 5 :])
    with opened(own) as store:
        with pytest.raises(OpenAnew) as problem:
            take_in(store, read_copy(file, tmp_path), own, AT)
        assert str(problem.value) == PUT_RIGHT_FIRST
        assert problem.value.is_damaged
        assert len(store.uuids()) == NEWEST_ROWS + 1


@pytest.mark.parametrize("name", [FILE, RECENT])
def test_the_progress_itself_is_never_put_away(tmp_path, name):
    with opened(tmp_path) as store:
        store.append(ENTRY, None)
        copy = read_copy(tmp_path / name, tmp_path)
        told = take_in(store, copy, tmp_path, AT)
        assert told == "0 answers were added; 1 had been here already."
    put_away(tmp_path / name, tmp_path)
    assert (tmp_path / FILE).exists()
    assert is_sound_after(tmp_path, (frozenset([ENTRY]), frozenset()))


@pytest.mark.parametrize(
    "name",
    [
        "progress (Mia's conflicted copy 2026-11-25).sqlite3",
        "progress_PC_Nov-25-101010-2026_Conflict.sqlite3",
        "progress 2.sqlite3",
        "PROGRESS-PC12.SQLITE3",
    ],
)
def test_one_name_that_leads_nowhere_hides_no_copy(tmp_path, name):
    (tmp_path / name).write_bytes(b"12345")
    (tmp_path / "progress-gone.sqlite3").symlink_to(tmp_path / "gone")
    (tmp_path / "progress (a folder).sqlite3").mkdir()
    assert [(one.file.name, one.size) for one in found_copies(tmp_path)] == [(name, 5)]


def test_copies_of_one_name_are_kept_side_by_side(tmp_path):
    file = tmp_path / "a.stalinstudy"
    for content in ("1", "2", "3"):
        file.write_text(content)
        put_away(file, tmp_path)
    kept = [path.read_text() for path in (tmp_path / FOLDER).iterdir()]
    assert sorted(kept) == ["1", "2", "3"]
    assert backups_in(tmp_path) == []
    assert found_copies(tmp_path) == ()


@pytest.mark.logs_warnings
def test_a_copy_that_cannot_be_put_away_stays(tmp_path):
    (tmp_path / FOLDER).write_text("in the way")
    file = tmp_path / "a.stalinstudy"
    file.write_bytes(packed(entry_row(ENTRY)))
    put_away(file, tmp_path)
    assert [one.file for one in found_copies(tmp_path)] == [file]


def test_a_copy_of_a_copy_is_the_same(tmp_path):
    first, second = tmp_path / "a.stalinstudy", tmp_path / "b.stalinstudy"
    with opened(tmp_path / "one") as store:
        store.add_entries([*entries(3), ENTRY], [NOTE])
        write_copy(store, first, AT)
    with opened(tmp_path / "two") as store:
        take_in(store, read_copy(first, tmp_path), tmp_path / "two", AT)
        write_copy(store, second, AT)
    assert gzip.decompress(second.read_bytes()) == gzip.decompress(first.read_bytes())
