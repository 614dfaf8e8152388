"""Killed processes, full disks, read-only folders: what was told as saved stays saved."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stalin_study.domain.memory import rebuild
from stalin_study.services.store import FILE, look_into_store, open_store
from stalin_study.services.store_problems import StoreProblem

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

START = """
import json, os, sys, uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
import fsrs, sqlite_utils
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services.review_writer import ReviewWriter
from stalin_study.services.store import FILE, open_store

folder, at = Path(sys.argv[1]), datetime.now(UTC)
writer = ReviewWriter(lambda: open_store(folder, lambda: at))

def record(number, answer=""):
    reviewed_at = max(at, datetime.now(UTC)) + timedelta(microseconds=number)
    entry = ReviewEntry(
        str(uuid.uuid4()), f"c{number % 9}", reviewed_at, Way.TYPED, Rating.GOOD, answer
    )
    return writer.work(entry)
"""
RECORD_FOR_EVER = """
print("ready", flush=True)
for number in range(1_000_000):
    for saved in record(number).saved:
        print(saved.entry.uuid, flush=True)
"""
FILL_THE_DISK = """
import resource
reports = [record(0)]
size = os.path.getsize(folder / FILE)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
reports += [record(number, "long " * 1900) for number in (1, 2)]
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
reports.append(record(3))
writer.close()
print(json.dumps([[[s.entry.uuid for s in r.saved], r.problem] for r in reports]))
"""
AS_SOMEBODY_ELSE = """
if os.getuid() == 0:
    os.setuid(65534)
opened = writer.work()
report = record(1)
writer.close()
print(json.dumps([opened.notice, len(opened.opened or ()), opened.problem, report.problem]))
"""


def run(code: str, folder: Path) -> list:
    done = subprocess.run(
        [sys.executable, "-c", START + code, str(folder)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


def logged(folder: Path) -> list[str]:
    """The ids in the log of a file that opens without a word; its states are the log's."""
    opened = open_store(folder, lambda: AT)
    entries = opened.store.entries()
    opened.store.close()
    assert opened.notice == ""
    assert opened.states == rebuild(entries)
    return [entry.uuid for entry in entries]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, unlike those of tmp_path."""
    folder = Path(tempfile.mkdtemp(prefix="stalin-study-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_kill_9_at_any_moment_loses_no_answer_told_as_saved(tmp_path):
    told: list[str] = []
    for lines in (0, 1, 2, 3, 5, 8, 0, 1, 13, 4, 2, 7, 1, 21, 0, 6, 3, 11, 1, 9):
        with subprocess.Popen(
            [sys.executable, "-c", START + RECORD_FOR_EVER, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            told += [child.stdout.readline().strip() for _ in range(lines)]
            child.send_signal(signal.SIGKILL)
            # What it managed to say before it died counts too, but for a line cut short.
            told += [line.strip() for line in child.stdout if line.endswith("\n")]
        assert child.returncode == -signal.SIGKILL
        found = logged(tmp_path)
        assert set(told) <= set(found)
        assert len(found) == len(set(found))
    assert len(told) >= 98


def test_a_full_disk_keeps_the_file_and_the_answers(tmp_path):
    """RLIMIT_FSIZE makes writes fail as a quota does."""
    first, second, third, fourth = run(FILL_THE_DISK, tmp_path)
    assert (len(first[0]), first[1]) == (1, "")
    for saved, problem in (second, third):
        assert saved == []
        assert "not saved yet" in problem
    assert (len(fourth[0]), fourth[1]) == (3, ""), "with space again, those that waited go first"
    assert logged(tmp_path) == first[0] + fourth[0]


def test_a_full_disk_is_named(tmp_path):
    """A limit on pages makes SQLite say SQLITE_FULL, as it does when the disk has no space."""
    run("print(json.dumps(len(record(0).saved))); writer.close()", tmp_path)
    opened = open_store(tmp_path, lambda: AT)
    (entry,) = opened.store.entries()
    connection = opened.store._db.conn
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages}").fetchone()
    big = [
        type(entry)(f"u{number}", "c1", AT, entry.way, entry.rating, "long " * 1900)
        for number in range(2)
    ]
    state = opened.states[entry.subject_id]
    for one in big:
        with pytest.raises(StoreProblem, match="The disk is full"):
            opened.store.append(one, state)
    assert opened.store.entries() == [entry]
    connection.execute(f"pragma max_page_count = {pages + 100}").fetchone()
    for one in big:
        opened.store.append(one, state)
    assert opened.store.entries() == [entry, *big]
    opened.store.close()


@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_a_read_only_folder_still_shows_progress(open_folder, file_mode):
    run("print(json.dumps([len(record(n).saved) for n in range(3)])); writer.close()", open_folder)
    for file in open_folder.iterdir():
        file.chmod(file_mode)
    open_folder.chmod(0o555)
    before = {file.name: file.read_bytes() for file in open_folder.iterdir()}
    if file_mode == 0o666:
        # The file could be written, but not a journal beside it.
        (open_folder / f"{FILE}-journal").unlink(missing_ok=True)
        before.pop(f"{FILE}-journal", None)
    notice, states, problem, saving_problem = run(AS_SOMEBODY_ELSE, open_folder)
    assert notice.startswith("Your progress can be read but not changed")
    assert (states, problem) == (3, "")
    assert saving_problem.startswith("Your progress can be read but not changed")
    assert {file.name: file.read_bytes() for file in open_folder.iterdir()} == before


def test_a_read_only_folder_without_progress_is_one_sentence(open_folder):
    open_folder.chmod(0o555)
    notice, states, problem, saving_problem = run(AS_SOMEBODY_ELSE, open_folder)
    assert (notice, states) == ("", 0)
    assert problem == saving_problem
    assert problem.startswith("Your progress file cannot be opened")
    assert list(open_folder.iterdir()) == []


def test_a_transaction_cut_off_is_rolled_back_on_opening_and_left_alone_by_a_look(tmp_path):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run("print(json.dumps([len(record(n).saved) for n in range(30)])); writer.close()", whole)
    found = logged(whole)
    with closing(sqlite3.connect(whole / FILE, isolation_level=None)) as db:
        db.execute("pragma journal_mode = truncate").fetchone()
        db.execute("pragma cache_size = 1")
        db.execute("begin")
        # Too much for the cache, so that pages reach the file before the transaction ends.
        db.execute(
            "insert into review_log select uuid || '-' || value, subject_id, reviewed_at, way,"
            " rating, hex(zeroblob(500)), verdict, took_ms, session_id, undoes,"
            " checksum from review_log, json_each('[1,2,3,4,5,6,7,8,9]')"
        )
        db.execute("update memory_state set stability = 99")
        shutil.copytree(whole, cut)
        db.execute("rollback")
    before = {file.name: file.read_bytes() for file in cut.iterdir()}
    assert before[FILE] != (whole / FILE).read_bytes()
    with pytest.raises(StoreProblem, match="something to finish there"):
        look_into_store(cut)
    assert {file.name: file.read_bytes() for file in cut.iterdir()} == before
    assert logged(cut) == found
