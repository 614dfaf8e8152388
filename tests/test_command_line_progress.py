from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fakes import CountingIds
from stalin_study.command_line import main
from stalin_study.domain.memory import review
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck
from stalin_study.services.store import FILE, open_store


@pytest.fixture(scope="module")
def deck():
    loaded = load_deck(find_paths().deck)
    assert loaded.deck is not None
    return loaded.deck


def progress(folder: Path, capsys, *more: str) -> tuple[int, str, str]:
    code = main(["progress", "--data-dir", str(folder), *more])
    return code, *capsys.readouterr()


def record(folder: Path, reviews: list[tuple[str, Rating, datetime]], undo_last: bool) -> None:
    opened, new_id = open_store(folder, lambda: datetime.now(UTC)), CountingIds()
    for subject, rating, at in reviews:
        entry = ReviewEntry(new_id(), subject, at, Way.FLIP, rating)
        opened.store.append(entry, review(None, subject, rating, at))
    if undo_last:
        undo = ReviewEntry(new_id(), subject, at, Way.FLIP, None, undoes=entry.uuid)
        opened.store.append(undo, None)
    opened.store.close()


def test_without_progress_all_is_new_and_nothing_is_made(tmp_path, capsys, deck):
    folder = tmp_path / "not there"
    code, out, err = progress(folder, capsys, "--json")
    questions = len(deck.subjects_by_id) - len(deck.cards)
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "cards": {"new": len(deck.cards), "learning": 0, "secure": 0, "due": 0},
        "questions": {"new": questions, "learning": 0, "secure": 0, "due": 0},
        "reviews": 0,
        "last_review": None,
    }
    assert not folder.exists()
    code, out, err = progress(folder, capsys)
    assert "No answers yet." in out


def test_progress_is_counted_by_mark(tmp_path, capsys, deck):
    now = datetime.now(UTC)
    hour, month = now - timedelta(hours=1), now - timedelta(days=30)
    first, second, third = (card.id for card in deck.cards[:3])
    one = list(deck.questions_by_id)[-1]
    record(
        tmp_path,
        [
            (first, Rating.EASY, hour),
            (second, Rating.EASY, month),
            (one, Rating.GOOD, hour - timedelta(hours=1)),
            (third, Rating.GOOD, now),
        ],
        undo_last=True,
    )
    before = (tmp_path / FILE).read_bytes()
    code, out, _ = progress(tmp_path, capsys, "--json")
    found = json.loads(out)
    card_of_one = deck.questions_by_id[one][0].id
    assert card_of_one not in (first, second, third)
    assert code == 0
    assert found["cards"] == {"new": len(deck.cards) - 3, "learning": 2, "secure": 1, "due": 1}
    assert found["questions"] == {
        "new": len(deck.subjects_by_id) - len(deck.cards) - 1,
        "learning": 1,
        "secure": 0,
        "due": 1,
    }
    assert (found["reviews"], found["last_review"]) == (3, hour.isoformat())
    code, out, _ = progress(tmp_path, capsys)
    assert "20 cards: 1 secure, 2 learning, 17 new, 1 due" in out
    assert "3 answers, the last on " in out
    assert (tmp_path / FILE).read_bytes() == before
    found = {path.name for path in tmp_path.iterdir()}
    assert found <= {FILE, f"{FILE}-journal", "recent-answers.jsonl"}


def test_a_damaged_file_is_one_sentence_and_left_alone(tmp_path, capsys):
    (tmp_path / FILE).write_text("not progress")
    code, out, err = progress(tmp_path, capsys, "--json")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "damaged; nothing was changed" in err
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_missing_deck_is_one_sentence(tmp_path, capsys):
    code, out, err = progress(tmp_path, capsys, "--deck", str(tmp_path / "nowhere"))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "nowhere" in err


def test_it_needs_no_qt(tmp_path):
    code = (
        "import sys; from stalin_study.__main__ import main;"
        f"main(['progress', '--json', '--data-dir', {str(tmp_path)!r}]);"
        "sys.exit('PySide6' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
