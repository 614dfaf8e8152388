"""A copy to take along, and one to take in: whatever file the pupil picks."""

from __future__ import annotations

import gzip
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.memory import rebuild
from stalin_study.domain.review_log import Rating, Way
from stalin_study.services import progress_copy
from stalin_study.services.backing_up import BackingUp
from stalin_study.services.backups import FOLDER, backups_in, verify
from stalin_study.services.progress_copy import (
    CUT_OFF,
    NOT_OURS,
    OWN_FILE,
    TOO_BIG,
    TOO_NEW,
    UNREADABLE,
    UNWRITABLE,
    copy_name,
)
from stalin_study.services.recent_answers import Folders
from stalin_study.services.reviews import Reviews
from stalin_study.services.safekeeping import ITSELF, Safekeeping
from stalin_study.services.store import FILE, open_store

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Pupil:
    """A pupil at one of several computers, each with a folder of its own."""

    def __init__(
        self, folder: Path, new_id: CountingIds, jobs: InlineJobs | ManualJobs | None = None
    ) -> None:
        self.folder, self.now = folder, FakeClock(AT)
        self.reviews = Reviews(
            lambda **more: open_store(folder, self.now, **more),
            jobs or InlineJobs(),
            self.now,
            new_id,
            lambda: Folders(folder),
        )
        backing_up = BackingUp(self.reviews, self.now)
        self.keeping = Safekeeping(self.reviews, backing_up, folder, {"c01", "c02"}, self.now)
        self.told: list[str] = []
        self.problems: list[str] = []
        self.previews: list = []
        self.reviews.open()

    def answer(self, count: int = 3, subject: str = "c01") -> None:
        for _ in range(count):
            self.now.advance(minutes=5)
            self.reviews.record(subject, Way.TYPED, Rating.GOOD, answer="Ежов 🎓")

    def export(self, file: Path) -> Path:
        self.keeping.export_to(file, self.told.append, self.problems.append)
        return file

    def look(self, file: Path):
        self.keeping.look_into(file, self.previews.append, self.problems.append)
        return self.previews[-1] if self.previews else None

    def take_in(self, file: Path) -> None:
        preview = self.look(file)
        self.keeping.take_in(preview.copy, self.told.append, self.problems.append)

    @property
    def log(self):
        found = []
        self.reviews.ask(lambda store: (store.entries(), store.annotations()), found.append)
        return tuple(frozenset(lines) for lines in found[0])


@pytest.fixture
def two(tmp_path, qapp):
    new_id = CountingIds()
    made = [Pupil(tmp_path / name, new_id) for name in ("school", "home")]
    yield made
    for pupil in made:
        pupil.reviews.close()


def test_school_and_home_lose_nothing(two, tmp_path):
    school, home = two
    school.answer(3)
    home.take_in(school.export(tmp_path / copy_name(AT)))
    assert home.told == ["3 answers were added."]
    home.answer(2, "c02")
    home.reviews.annotate("c01", AnnotationKind.NOTE, "Kirov?")
    school.answer(1)
    school.take_in(home.export(tmp_path / "b.stalinstudy"))
    assert school.told[-1] == "2 answers and 1 note were added; 3 had been here already."
    home.take_in(school.export(tmp_path / "a.stalinstudy"))
    assert home.log == school.log
    assert home.reviews.memory_states == school.reviews.memory_states
    assert home.reviews.annotations == school.reviews.annotations
    assert dict(home.reviews.memory_states) == rebuild(home.log[0])
    assert [one.reason for one in backups_in(home.folder)] == ["before-import"] * 2


def test_the_preview_says_what_would_come_and_changes_nothing(two, tmp_path):
    school, home = two
    school.answer(2)
    school.now.advance(days=900)
    school.answer(1, "card-of-another-deck")
    file = school.export(tmp_path / "a.stalinstudy")
    before = home.log
    told = home.look(file).comparison
    assert (told.new, told.known, told.unknown, told.future) == (3, 0, 1, 1)
    assert told.first_at == AT + timedelta(minutes=5)
    assert (home.log, backups_in(home.folder)) == (before, [])
    home.take_in(file)
    assert home.log[0] == school.log[0]


@pytest.mark.parametrize("source", ["progress.sqlite3", "recent-answers.jsonl"])
def test_a_progress_file_itself_can_be_taken_in(two, tmp_path, source):
    school, home = two
    school.answer(3)
    file = tmp_path / "stick" / "old progress.sqlite3"
    file.parent.mkdir()
    shutil.copy(school.folder / source, file)
    content = file.read_bytes()
    home.take_in(file)
    assert home.log == school.log
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "name",
    [
        "progress (PC-12's conflicted copy 2026-11-25).sqlite3",
        "progress-PC12.sqlite3",
        "progress.sync-conflict-20261125-101010-ABCDEF.sqlite3",
        "progress (1).sqlite3",
        "progress - Copy.sqlite3",
        "Stalin Study progress 2026-11-25.stalinstudy",
    ],
)
def test_a_copy_that_a_service_left_beside_is_found_once(two, name):
    school, home = two
    school.answer(3)
    copy = home.folder / name
    if name.endswith(".sqlite3"):
        shutil.copy(school.folder / FILE, copy)
    else:
        school.export(copy)
    assert [one.file for one in home.keeping.copies()] == [copy]
    home.take_in(copy)
    assert home.log == school.log
    assert home.keeping.copies() == ()
    assert (home.folder / FOLDER / f"added-{name}").exists()


def test_our_own_files_are_no_copies(two):
    school, _ = two
    school.answer(1)
    school.keeping.back_up(school.told.append, school.problems.append)
    for name in ("progress-damaged-20261125-090000.sqlite3", "progress-recovered.sqlite3"):
        (school.folder / name).write_text("")
    assert school.keeping.copies() == ()
    assert school.told == ["A backup is made."]


def packed(*rows: object) -> bytes:
    return gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in rows))


HEAD = {"format": "stalin-study-progress", "version": 1}
BAD = {
    "text": (b"Dear diary", NOT_OURS),
    "empty": (b"", NOT_OURS),
    "zip": (b"PK\3\4" + bytes(200), NOT_OURS),
    "packed text": (gzip.compress(b"Dear diary\n"), NOT_OURS),
    "other json": (packed({"format": "other", "version": 1}, {"end": 0}), NOT_OURS),
    "list": (packed([1, 2]), NOT_OURS),
    "newer": (packed(HEAD | {"version": 2}, {"end": 0}), TOO_NEW),
    "no end": (packed(HEAD), CUT_OFF),
    "wrong end": (packed(HEAD, {"end": 7}), CUT_OFF),
    "another program's": (b"SQLite format 3\0" + bytes(5000), NOT_OURS),
    "damaged progress": (b"SQLite format 3\0" + bytes(52) + b"StSt" + bytes(5000), CUT_OFF),
}


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_no_copy_is_one_sentence_and_changes_nothing(two, tmp_path, kind):
    school, _ = two
    school.answer(1)
    before = school.log
    content, sentence = BAD[kind]
    file = tmp_path / "picked"
    file.write_bytes(content)
    school.look(file)
    assert (school.problems, school.previews, school.log) == ([sentence], [], before)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "picked", "school"]


@pytest.mark.logs_warnings
def test_a_copy_cut_off_anywhere_is_seen(two, tmp_path):
    school, home = two
    school.answer(5)
    whole = school.export(tmp_path / "a.stalinstudy").read_bytes()
    cut = tmp_path / "cut.stalinstudy"
    for length in range(1, len(whole), 7):
        cut.write_bytes(whole[:length])
        home.look(cut)
        assert home.previews == []
        assert home.problems.pop() in (CUT_OFF, NOT_OURS)


@pytest.mark.logs_warnings
def test_a_huge_file_is_refused_at_once(two, tmp_path, monkeypatch):
    school, _ = two
    huge = tmp_path / "huge.stalinstudy"
    with huge.open("wb") as stream:
        stream.truncate(1_000_000_000)
    school.look(huge)
    bomb = tmp_path / "bomb.stalinstudy"
    bomb.write_bytes(gzip.compress(json.dumps(HEAD).encode() + b"\n" + b"[" * 9_000_000))
    monkeypatch.setattr(progress_copy, "MOST_UNPACKED", 1_000_000)
    school.look(bomb)
    school.look(tmp_path / "gone.stalinstudy")
    school.look(tmp_path)
    assert school.problems[0] == TOO_BIG
    assert school.problems[1] in (TOO_BIG, NOT_OURS, CUT_OFF)
    assert school.problems[2:] == [UNREADABLE, UNREADABLE]
    assert school.previews == []


@pytest.mark.logs_warnings
def test_a_place_that_cannot_be_written_leaves_nothing(two, tmp_path):
    school, _ = two
    school.answer(1)
    (tmp_path / "file").write_text("")
    school.export(tmp_path / "file" / "copy.stalinstudy")
    school.export(tmp_path / "no such folder" / "copy.stalinstudy")
    school.export(school.folder / FILE)
    assert school.problems == [UNWRITABLE, UNWRITABLE, OWN_FILE]
    assert school.told == []
    assert school.log[0]


@pytest.mark.logs_warnings
def test_a_backup_that_cannot_be_made_stops_the_taking_in(two, tmp_path):
    school, home = two
    school.answer(2)
    home.answer(1)
    (home.folder / FOLDER).write_text("in the way")
    before = home.log
    home.take_in(school.export(tmp_path / "a.stalinstudy"))
    assert (len(home.problems), home.log) == (1, before)


def test_an_export_of_200_000_reviews_would_be_small(two, tmp_path):
    school, _ = two
    school.answer(400)
    file = school.export(tmp_path / "a.stalinstudy")
    assert file.stat().st_size / 400 < 75  # bytes a review


@pytest.mark.logs_warnings
@pytest.mark.parametrize("name", [FILE, "recent-answers.jsonl"])
def test_the_progress_itself_is_no_copy_of_it(two, name):
    school, _ = two
    school.answer(1)
    school.look(school.folder / name)
    assert (school.problems, school.previews) == ([ITSELF], [])


def test_a_backup_that_is_being_made_and_a_copy_do_not_spoil_each_other(two, tmp_path):
    school, _ = two
    school.answer(2)
    file = school.export(tmp_path / "a.stalinstudy")
    jobs = ManualJobs()
    new = Pupil(tmp_path / "new", CountingIds(), jobs)
    jobs.drain()
    copy = school.look(file).copy
    new.keeping.back_up(new.told.append, new.problems.append)
    jobs.run_next()
    jobs.run_next()
    draft = new.folder / FOLDER / "backup.new"
    assert draft.exists()
    new.keeping.take_in(copy, new.told.append, new.problems.append)
    jobs.drain()
    assert not draft.exists()
    assert sorted(new.told) == ["2 answers were added.", "A backup is made."]
    made = backups_in(new.folder)
    assert [one.reason for one in made] == ["before-import", "asked"]
    for one in made:
        verify(one.file)
    assert new.problems == []
    new.reviews.close()
    jobs.drain()
