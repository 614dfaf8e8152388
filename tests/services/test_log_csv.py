"""The log as a table for a spreadsheet: whole, safe to open, or not there at all."""

from __future__ import annotations

import csv
import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import FakeClock
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way
from stalin_study.paths import find_paths
from stalin_study.services import log_csv
from stalin_study.services.library import load_deck
from stalin_study.services.log_csv import HEADINGS, LogCsv, safe_cell
from stalin_study.services.store import open_store
from stalin_study.services.store_problems import StoreProblem
from stalin_study.services.whole_file import draft_of

DECK = load_deck(find_paths().deck).deck
CARD = DECK.cards[0]
FULL = Path("/dev/full")
SUMMER = datetime(2026, 7, 10, 12, 0, 5, tzinfo=UTC)


def entry(uuid, at=SUMMER, subject=CARD.questions[0].id, **more):
    given = {"way": Way.TYPED, "rating": Rating.GOOD, "verdict": Verdict.CORRECT, "took_ms": 4210}
    return ReviewEntry(uuid, subject, at, **{**given, **more})


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "data", FakeClock())
    yield opened.store
    opened.store.close()


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder / "answers.csv"


def write(store, file):
    """Write it all; how it ended, and in how many steps."""
    table, steps = LogCsv(file, DECK), 1
    while not (progress := table.step(store)).is_done and not progress.problem:
        steps += 1
    return progress, steps


def rows_of(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_row_says_what_was_asked_when_and_how_it_went(store, file):
    store.add_entries([entry("a", answer="Kamenev, and\n“Zinoviev”")])
    progress, _ = write(store, file)
    assert (progress.rows, progress.problem) == (1, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfLocal time,UTC time,")
    assert rows_of(file) == [
        {
            "Local time": "2026-07-10 13:00:05",
            "UTC time": "2026-07-10 12:00:05",
            "Topic": DECK.topics[0].title,
            "Card": CARD.title,
            "Question": CARD.questions[0].prompt,
            "Way": "Typed",
            "Rating": "Got it",
            "Verdict": "correct",
            "Answer": "Kamenev, and\n“Zinoviev”",
            "Seconds": "4.2",
            "Taken back": "",
        }
    ]
    assert list(file.parent.iterdir()) == [file]


def test_rows_stand_by_time_and_what_was_taken_back_is_marked(store, file):
    undo = ReviewEntry("u", CARD.id, SUMMER, Way.FLIP, None, undoes="b")
    later = SUMMER + timedelta(days=40)
    store.add_entries(
        [
            entry("c", later, "an-old-id"),
            entry("b", SUMMER - timedelta(days=1), CARD.id, way=Way.FLIP, verdict=None),
            undo,
            entry("a"),
        ]
    )
    progress, steps = write(store, file)
    assert (progress.rows, progress.answers, steps) == (3, 2, 1 + 2 + 1)
    rows = rows_of(file)
    assert [row["Taken back"] for row in rows] == ["yes", "", ""]
    assert rows[0]["Question"] == f"(the whole card) {CARD.prompt}"
    assert (rows[0]["Verdict"], rows[0]["Way"]) == ("", "Turned a card over")
    assert (rows[2]["Card"], rows[2]["Question"]) == ("no longer in the deck", "an-old-id")


def test_every_kind_of_subject_and_way_has_words(store, file):
    subjects = [
        next(one for card in DECK.cards for one in getattr(card, kind))
        for kind in ("questions", "true_false", "order_sets", "exam_questions")
    ]
    store.add_entries(
        entry(f"{way}-{one.id}", subject=one.id, way=way) for one in subjects for way in Way
    )
    write(store, file)
    rows = rows_of(file)
    assert len({row["Way"] for row in rows}) == len(Way)
    assert all(row["Question"] and row["Card"] and row["Topic"] for row in rows)
    assert set(log_csv.WAYS) == set(Way)


def test_an_empty_log_is_a_table_with_headings(store, file):
    progress, _ = write(store, file)
    assert progress.rows == 0
    assert file.read_text(encoding="utf-8-sig").strip() == ",".join(HEADINGS)


def test_answers_come_in_between_the_steps(store, file):
    store.add_entries([entry("a")])
    table = LogCsv(file, DECK)
    table.step(store)
    store.add_entries([entry("b", SUMMER + timedelta(seconds=9))])
    while not table.step(store).is_done:
        pass
    assert len(rows_of(file)) == 2


# What a spreadsheet makes of it


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@x", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_formulas_are_disarmed(text, store, file):
    assert safe_cell(text) == f"'{text}"
    store.add_entries([entry("a", answer=text)])
    write(store, file)
    assert rows_of(file)[0]["Answer"] == f"'{text}"


@given(st.text())
def test_no_cell_begins_a_formula_and_all_others_stay(text):
    cell = safe_cell(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.replace("\0", "").removeprefix("'")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=6))
def test_any_answer_can_be_read_back(tmp_path_factory, answers):
    folder = tmp_path_factory.mktemp("table")
    opened = open_store(folder, FakeClock())
    opened.store.add_entries(
        entry(f"e{n}", SUMMER + timedelta(seconds=n), answer=text) for n, text in enumerate(answers)
    )
    write(opened.store, folder / "a.csv")
    opened.store.close()
    assert [row["Answer"] for row in rows_of(folder / "a.csv")] == [safe_cell(a) for a in answers]


# What goes wrong


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.logs_warnings
def test_a_full_disk_is_told_and_leaves_nothing(store, file):
    store.add_entries([entry("a")])
    draft_of(file).symlink_to(FULL)
    progress, _ = write(store, file)
    assert progress.problem == log_csv.DISK_FULL
    assert list(file.parent.iterdir()) == []


@pytest.mark.logs_warnings
def test_a_folder_that_is_gone(store, tmp_path):
    progress, _ = write(store, tmp_path / "gone" / "a.csv")
    assert progress.problem == log_csv.FOLDER_GONE
    assert not (tmp_path / "gone").exists()


@pytest.mark.logs_warnings
def test_what_cannot_be_replaced_stays_and_no_draft_is_left(store, file):
    file.mkdir()
    progress, _ = write(store, file)
    assert progress.problem == log_csv.IN_THE_WAY.format("answers.csv")
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
@pytest.mark.logs_warnings
def test_a_folder_that_cannot_be_written(store, file):
    file.parent.chmod(0o500)
    progress, _ = write(store, file)
    file.parent.chmod(0o700)
    assert progress.problem == log_csv.NOT_WRITABLE


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.EDQUOT, "quota"), log_csv.DISK_FULL),
        (OSError(errno.EFBIG, "too big"), log_csv.DISK_FULL),
        (PermissionError(errno.EACCES, "no"), log_csv.NOT_WRITABLE),
        (OSError(errno.EROFS, "read only"), log_csv.NOT_WRITABLE),
        (NotADirectoryError(errno.ENOTDIR, "no"), log_csv.FOLDER_GONE),
    ],
)
@pytest.mark.logs_warnings
def test_each_problem_is_one_sentence(error, sentence, file):
    class Unreadable:
        def query(self, *_):
            raise error

    assert LogCsv(file, DECK).step(Unreadable()).problem == sentence


def test_when_progress_cannot_be_read_on_nothing_is_left(store, file):
    store.add_entries([entry("a")])
    table = LogCsv(file, DECK)
    table.step(store)

    class Lost:
        def query(self, *_):
            raise StoreProblem("It is gone.")

    with pytest.raises(StoreProblem, match="It is gone"):
        table.step(Lost())
    assert list(file.parent.iterdir()) == []


def test_giving_up_leaves_the_older_table_alone(store, file):
    file.write_text("older")
    table = LogCsv(file, DECK)
    table.step(store)
    table.give_up()
    table.give_up()
    assert (file.read_text(), list(file.parent.iterdir())) == ("older", [file])
