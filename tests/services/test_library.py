from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from stalin_study.domain.deck_check import check_deck
from stalin_study.domain.problems import Problem
from stalin_study.services import deck_cache
from stalin_study.services.library import load_deck, with_lines
from stalin_study.small_file import read_small

DECK = """\
id = "small"
title = "A small deck"
ages = "14-16"
language = "en-GB"
licence = "CC BY 4.0"
topics = ["1-power"]
retired = ["c01q09"]
"""
TOPIC = """\
id = "power"
title = "Power"
summary = "Who led the country after Lenin."
cards = ["rivals", "strengths"]
"""
CARD = """\
id = "rivals"
source_card = 1
title = "His rivals"
prompt = "How did his rivals help Stalin?"
aim = 4

[[section]]
heading = "Allies"

[[section.point]]
id = "c01p01"
text = "Stalin joined **Zinoviev** and Kamenev in the Troika."
claims = ["1.1"]
sources = ["S1"]
key = true
note = "Some books say triumvirate."

[[section.point]]
id = "c01p02"
text = "Trotsky was feared."
sources = ["S1"]
key = true

[[section]]
heading = "Mistakes"

[[section.point]]
id = "c01p03"
text = "Trotsky missed the funeral."
sources = ["S1"]
key = true

[[section.point]]
id = "c01p04"
text = "Trotsky joined late."
sources = ["S1"]
key = true

[[question]]
id = "c01q01"
kind = "short"
prompt = "What was the alliance called?"
answer = "Troika"
accept = ["triumvirate"]
distractors = ["Politburo", "Comintern", "Gosplan"]
point = "c01p01"
because = "Troika means a group of three."

[[question]]
id = "c01q02"
kind = "either_or"
prompt = "Who was feared: Trotsky or Rykov?"
answer = "Trotsky"
distractors = ["Rykov"]
point = "c01p02"
because = "He had led the army."

[[true_false]]
id = "c01t01"
statement = "Trotsky came to the funeral."
answer = false
because = "He was away."
point = "c01p03"

[[true_false]]
id = "c01t02"
statement = "Trotsky joined in 1917."
answer = true
because = "He joined that summer."
point = "c01p04"

[[true_false]]
id = "c01t03"
statement = "Kamenev was in the Troika."
answer = true
because = "He was one of the three."
point = "c01p01"

[[order]]
id = "c01o1"
title = "The fall of Trotsky"
events = [
  { text = "Loses his post", when = "January 1925" },
  { text = "Leaves the Politburo", when = "October 1926" },
  { text = "Is expelled", when = "November 1927" },
  { text = "Goes to Turkey", when = "early 1929" },
]

[[exam]]
id = "c01e1"
style = "Explain why"
marks = 12
prompt = "Explain why Trotsky lost."
mark_scheme = ["One", "Two", "Three", "Four"]
model = ["One", "Two", "Three"]
"""
TIMELINE = """\
[[event]]
id = "e-1924-lenin-dies"
date = "January 1924"
sort = "1924-01"
text = "Lenin dies"
category = "power"
card = "rivals"
sources = ["S1"]

[[event]]
id = "e-1927-trotsky-expelled"
date = "November 1927"
sort = "1927-11"
text = "Trotsky is expelled"
category = "power"
card = "strengths"
sources = ["S1"]
"""
FIGURES = """\
[[figure]]
id = "steel"
title = "Steel"
unit = "million tonnes"
rows = [ { year = 1928, value = 4.3 }, { year = 1932, value = 5.9 } ]
sources = ["S1"]
caution = "Not the same as good steel."
"""
FILES = {
    "deck.toml": DECK,
    "1-power/topic.toml": TOPIC,
    "1-power/01-rivals.toml": CARD,
    "1-power/02-strengths.toml": CARD.replace('"rivals"', '"strengths"')
    .replace("source_card = 1", "source_card = 2")
    .replace("c01", "c02")
    .replace('"1.1"', '"2.1"'),
    "timeline.toml": TIMELINE,
    "people.toml": '[[person]]\nid = "trotsky"\nname = "Leon Trotsky"\ndates = "1879-1940"\n'
    'role = "Led the army"\nfate = "Murdered"\ncards = ["rivals"]\n',
    "terms.toml": '[[term]]\nid = "troika"\nterm = "Troika"\nmeaning = "A group of three"\n'
    'cards = ["rivals", "strengths"]\n',
    "lexicon.toml": '[[name]]\nwritten = ["Zinoviev"]\nsay = "zin-OFF-yeff"\nipa = "zɪˈnɒfjɛf"\n\n'
    '[spelling]\nalso = ["Zinovieva"]\n',
    "figures.toml": FIGURES,
    "claims.toml": '[[claim]]\nid = "1.1"\nsaid = "A"\n\n[[claim]]\nid = "2.1"\nsaid = "B"\n',
    "sources.toml": '[sources.S1]\ntitle = "A book"\nurl = ""\n',
}
RIVALS = "1-power/01-rivals.toml"
STRENGTHS = "1-power/02-strengths.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deck = tmp_path / "small"
    for name, text in FILES.items():
        file = deck / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return deck


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(folder: Path) -> tuple[Problem, ...]:
    loaded = load_deck(folder)
    checked = check_deck(loaded.deck, loaded.card_files) if loaded.deck else ()
    return loaded.problems + with_lines(folder, checked)


def test_a_good_deck_loads_whole(folder: Path) -> None:
    loaded = load_deck(folder)

    assert problems_of(folder) == ()
    assert loaded.deck is not None
    assert [card.id for card in loaded.deck.cards] == ["rivals", "strengths"]
    assert loaded.card_files == {"rivals": RIVALS, "strengths": STRENGTHS}
    assert loaded.deck.topics_by_card["strengths"].title == "Power"
    assert loaded.deck.sources["S1"].title == "A book"
    assert loaded.deck.retired == ("c01q09",)
    assert loaded.deck.lexicon[0].written == ("Zinoviev",)
    assert loaded.deck.timeline[1].card == "strengths"


BROKEN = [
    # A value of the wrong kind, a missing field, an unknown one, a syntax error.
    (RIVALS, "aim = 4", 'aim = "4"', f"{RIVALS}:5: aim: expected a whole number, found text"),
    (
        RIVALS,
        'text = "Trotsky was feared."\n',
        "",
        f"{RIVALS}:18: section[1].point[2].text: expected this field, but it is missing",
    ),
    (
        RIVALS,
        'note = "Some',
        'nota = "Some',
        f"{RIVALS}:16: section[1].point[1].nota: expected only fields of the format; this one is"
        " not known",
    ),
    (
        RIVALS,
        'kind = "either_or"',
        'kind = "both"',
        f"{RIVALS}:51: question[2].kind: expected short or either_or, found 'both'",
    ),
    (
        RIVALS,
        "aim = 4",
        "aim = ",
        f"{RIVALS}:5: expected TOML that can be read, but: Invalid value",
    ),
    (
        RIVALS,
        'when = "October 1926"',
        "when = 1926",
        f"{RIVALS}:84: order[1].events[2].when: expected text, found a whole number",
    ),
    (
        "sources.toml",
        'title = "A book"',
        "title = 1",
        "sources.toml:2: sources.S1.title: expected text, found a whole number",
    ),
    # Files that do not fit together.
    (
        "deck.toml",
        '["1-power"]',
        '["1-power", "2-terror"]',
        "deck.toml:6: topics[2]: expected a folder named '2-terror' in the deck",
    ),
    (
        "deck.toml",
        '["1-power"]',
        '["1-power", "../small"]',
        "deck.toml:6: topics[2]: expected the name of a folder, found '../small'",
    ),
    (
        "1-power/topic.toml",
        '"strengths"]',
        '"strengths", "machine"]',
        "1-power/topic.toml:4: cards[3]: expected a card of this topic, but no file here has the"
        " id 'machine'",
    ),
    (
        STRENGTHS,
        'id = "strengths"',
        'id = "rivals"',
        f"{STRENGTHS}:1: id: expected an id of its own, but {RIVALS} has it too",
    ),
    # Rules: ids.
    (RIVALS, '"c01p02"', '"c01p05"', f"{RIVALS}:28: section[2].point[1].id: expected points"
     " numbered in order, found 'c01p03' after 5"),
    (RIVALS, '"c01q02"', '"c02q01"', f"{RIVALS}:50: question[2].id: expected c01q and a number,"
     " found 'c02q01'"),
    (RIVALS, '"c01q02"', '"c01q01"', f"{RIVALS}:50: question[2].id: expected an id of its own, but"
     f" 'c01q01' is question[1].id of {RIVALS} too"),
    (RIVALS, '"c01q02"', '"c01q09"', f"{RIVALS}:50: question[2].id: expected an id that is not"
     " retired, found 'c01q09'"),
    # Rules: links.
    (RIVALS, 'point = "c01p02"', 'point = "c01p20"', f"{RIVALS}:55: question[2].point: expected a"
     " point of this card, found 'c01p20'"),
    (RIVALS, 'sources = ["S1"]', 'sources = ["S2"]', f"{RIVALS}:14: section[1].point[1].sources[1]:"
     " expected a source of sources.toml, found 'S2'"),
    (RIVALS, 'claims = ["1.1"]', 'claims = ["1.1", "1.2"]', f"{RIVALS}:13:"
     " section[1].point[1].claims[2]: expected a claim of claims.toml, found '1.2'"),
    ("claims.toml", 'said = "B"\n', 'said = "B"\n\n[[claim]]\nid = "2.2"\nsaid = "C"\n',
     "claims.toml:10: claim[3].id: expected a point that teaches claim '2.2'"),
    ("people.toml", '["rivals"]', '["rival"]', "people.toml:7: person[1].cards: expected the id of"
     " a card of this deck, found 'rival'"),
    # Rules: how much and how long.
    (RIVALS, "aim = 4", "aim = 5", f"{RIVALS}:5: aim: expected 5 key points, as many as the aim,"
     " found 4"),
    (RIVALS, "aim = 4", "aim = 8", f"{RIVALS}:5: aim: expected 4 to 7 points to aim for, found 8"),
    (RIVALS, "His rivals", "R" * 46, f"{RIVALS}:3: title: expected 45 characters at most, found"
     " 46"),
    (RIVALS, "Trotsky was feared.", "word " * 31, f"{RIVALS}:20: section[1].point[2].text: expected"
     " 30 words at most, found 31"),
    (RIVALS, "answer = false", "answer = true", f"{RIVALS}:58: true_false: expected both true and"
     " false ones, but all are true"),
    (RIVALS, ', "Gosplan"]', "]", f"{RIVALS}:45: question[1].distractors: expected 3 for short,"
     " found 2"),
    (RIVALS, '"Gosplan"', '"The Triumvirate!"', f"{RIVALS}:45: question[1].distractors[3]: expected"
     " a wrong answer, but 'The Triumvirate!' would be marked as right"),
    # Rules: order, text, names, dates, numbers.
    (RIVALS, "October 1926", "December 1924", f"{RIVALS}:84: order[1].events[2].when: expected a"
     " date after 'January 1925', found 'December 1924'"),
    (RIVALS, "early 1929", "soon", f"{RIVALS}:86: order[1].events[4].when: expected a date such as"
     " 'March 1930' or 'late 1929', found 'soon'"),
    (RIVALS, "**Zinoviev**", "**Zinoviev", f"{RIVALS}:12: section[1].point[1].text: expected every"
     " ** and * to have its partner"),
    (RIVALS, "**Zinoviev**", "<b>Zinoviev</b>", f"{RIVALS}:12: section[1].point[1].text: expected"
     " no HTML, found '<b>'"),
    (RIVALS, "**Zinoviev**", "[Zinoviev](z.html)", f"{RIVALS}:12: section[1].point[1].text:"
     " expected no web address or link, found 'v]('"),
    (RIVALS, "**Zinoviev**", "Zinovyev", f"{RIVALS}:12: section[1].point[1].text: expected names"
     " spelled as in the lexicon: 'Zinovyev', did you mean 'Zinoviev'?"),
    ("timeline.toml", 'sort = "1927-11"', 'sort = "1927-13"', "timeline.toml:13: event[2].sort:"
     " expected a year, year-month or ISO date, found '1927-13'"),
    ("timeline.toml", 'sort = "1927-11"', 'sort = "1923"', "timeline.toml:13: event[2].sort:"
     " expected events in order, found '1923' after '1924-01'"),
    ("figures.toml", "year = 1932", "year = 1928", "figures.toml:5: figure[1].rows[2]: expected"
     " rows in order of time, found 1928 after 1928"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), BROKEN, ids=count(1))
def test_a_broken_deck_says_where_and_what(
    folder: Path, name: str, old: str, new: str, expected: str
) -> None:
    edit(folder, name, old, new)

    assert expected in [str(problem) for problem in problems_of(folder)]


def test_a_bad_card_leaves_the_others(folder: Path) -> None:
    edit(folder, RIVALS, "aim = 4", "aim = ")

    loaded = load_deck(folder)

    assert [problem.file for problem in loaded.problems] == [RIVALS]
    assert loaded.deck is not None
    assert [card.id for card in loaded.deck.cards] == ["strengths"]


def test_a_bad_file_beside_the_cards_leaves_the_cards(folder: Path) -> None:
    edit(folder, "timeline.toml", "[[event]]", "[[event")

    loaded = load_deck(folder)

    assert [(problem.file, problem.line) for problem in loaded.problems] == [("timeline.toml", 1)]
    assert loaded.deck is not None
    assert len(loaded.deck.cards) == 2
    assert loaded.deck.timeline == ()


def test_a_card_that_no_topic_names(folder: Path) -> None:
    edit(folder, "1-power/topic.toml", ', "strengths"', "")

    loaded = load_deck(folder)

    expected = "expected topic.toml of this folder to name the card 'strengths'"
    assert loaded.problems == (Problem(STRENGTHS, 1, "id", expected),)


def test_a_folder_that_the_deck_does_not_name(folder: Path) -> None:
    extra = folder / "2-terror"
    extra.mkdir()
    (extra / "topic.toml").write_text(TOPIC, encoding="utf-8")

    expected = "expected deck.toml to name this folder among its topics"
    assert load_deck(folder).problems == (Problem("2-terror/topic.toml", None, "", expected),)


def test_a_topic_without_its_file(folder: Path) -> None:
    (folder / "1-power/topic.toml").unlink()

    loaded = load_deck(folder)

    assert loaded.deck is None
    assert [str(problem) for problem in loaded.problems] == [
        "1-power/topic.toml: expected this file, but it is missing",
        "deck.toml:6: topics: expected at least one card that can be read",
    ]


def remove_folder(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def empty_folder(folder: Path) -> None:
    remove_folder(folder)
    folder.mkdir()


def file_for_folder(folder: Path) -> None:
    remove_folder(folder)
    folder.write_text("id = 1", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (remove_folder, "there is no such folder; expected a deck folder with a deck.toml in it"),
        (file_for_folder, "there is no such folder; expected a deck folder with a deck.toml in it"),
        (empty_folder, "deck.toml: expected this file, but it is missing"),
    ],
)
def test_no_deck_at_all(folder: Path, spoil: Callable[[Path], None], expected: str) -> None:
    spoil(folder)

    loaded = load_deck(folder)

    assert loaded.deck is None
    [problem] = loaded.problems
    assert str(problem).endswith(expected)


def test_text_that_is_not_utf8(folder: Path) -> None:
    content = (folder / RIVALS).read_bytes()
    (folder / RIVALS).write_bytes(content.replace(b"feared", b"f\xe9ared"))

    expected = "expected text saved as UTF-8, found a byte that is not"
    assert load_deck(folder).problems == (Problem(RIVALS, 20, "", expected),)


def test_files_as_windows_editors_save_them(folder: Path) -> None:
    for name, text in FILES.items():
        content = text.replace("\n", "\r\n").encode("utf-8-sig")
        (folder / name).write_bytes(content)
    (folder / "1-power/._01-rivals.toml").write_bytes(b"\x00\x05\x16\x07")

    assert problems_of(folder) == ()


def test_brackets_without_end(folder: Path) -> None:
    (folder / RIVALS).write_text("a = " + "[" * 10 * sys.getrecursionlimit(), encoding="utf-8")

    [problem] = load_deck(folder).problems
    assert str(problem) == f"{RIVALS}: expected TOML, found brackets nested too deeply"


def test_a_file_that_may_not_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path, most_bytes: int) -> bytes:
        if file.name == "01-rivals.toml":
            raise PermissionError(13, "Permission denied")
        return read_small(file, most_bytes)

    monkeypatch.setattr("stalin_study.services.deck_files.read_small", refuse)

    expected = "this file could not be read (Permission denied)"
    assert load_deck(folder).problems == (Problem(RIVALS, None, "", expected),)


def test_a_folder_that_may_not_be_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)

    loaded = load_deck(folder)

    expected = "this folder could not be read (Permission denied)"
    assert loaded.deck is None
    assert loaded.problems == (Problem(str(folder), None, "", expected),)


def test_only_the_cards_are_needed(folder: Path) -> None:
    for name in ("timeline", "people", "terms", "lexicon", "figures", "claims", "sources"):
        (folder / f"{name}.toml").unlink()

    loaded = load_deck(folder)

    assert loaded.problems == ()
    assert loaded.deck is not None
    assert loaded.deck.people == ()


def test_the_cache_gives_the_same_deck(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_deck(folder, tmp_path / "cache")

    def parse(content: bytes, name: str, shape: object) -> Problem:
        return Problem(name, None, "", "parsed again")

    monkeypatch.setattr(deck_cache, "to_shape", parse)
    second = load_deck(folder, tmp_path / "cache")

    assert second == first == load_deck(folder)
    assert [file.suffix for file in (tmp_path / "cache").iterdir()] == [".msgpack"]


def test_the_cache_never_hides_a_change(folder: Path, tmp_path: Path) -> None:
    load_deck(folder, tmp_path / "cache")
    edit(folder, RIVALS, "His rivals", "Their wars")

    deck = load_deck(folder, tmp_path / "cache").deck

    assert deck is not None
    assert deck.cards[0].title == "Their wars"


def make_old(folder: Path, seconds: float = 3600) -> None:
    for file in folder.rglob("*.toml"):
        os.utime(file, (file.stat().st_atime, file.stat().st_mtime - seconds))


def test_a_file_that_is_unchanged_is_not_even_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(folder)
    first = load_deck(folder, tmp_path / "cache")

    def read(path: Path, name: str) -> Problem:
        return Problem(name, None, "", "read again")

    monkeypatch.setattr(deck_cache, "read_bytes", read)
    assert load_deck(folder, tmp_path / "cache") == first
    assert first.problems == ()


def test_a_change_of_an_old_file_is_seen(folder: Path, tmp_path: Path) -> None:
    make_old(folder)
    load_deck(folder, tmp_path / "cache")
    edit(folder, RIVALS, "His rivals", "Their wars")

    deck = load_deck(folder, tmp_path / "cache").deck

    assert deck is not None
    assert deck.cards[0].title == "Their wars"


def test_a_file_with_another_time_is_read_but_not_parsed_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_deck(folder, tmp_path / "cache")
    make_old(folder)
    monkeypatch.setattr(deck_cache, "to_shape", None)
    assert load_deck(folder, tmp_path / "cache") == first
    monkeypatch.setattr(deck_cache, "read_bytes", None)
    assert load_deck(folder, tmp_path / "cache") == first, "its time was kept"


@pytest.mark.parametrize("damage", [b"", b"\x00", b"no msgpack", b"\x92\xc4\x00\x80"])
def test_a_damaged_cache_is_the_same_as_none(folder: Path, tmp_path: Path, damage: bytes) -> None:
    whole = load_deck(folder, tmp_path / "cache")
    [file] = (tmp_path / "cache").iterdir()
    good = file.read_bytes()
    file.write_bytes(damage)

    assert load_deck(folder, tmp_path / "cache") == whole
    assert file.read_bytes() == good


@pytest.mark.parametrize("hours", [0, 1])
def test_a_cache_whose_cards_are_spoiled(folder: Path, tmp_path: Path, hours: int) -> None:
    make_old(folder, 3600 * hours)
    whole = load_deck(folder, tmp_path / "cache")
    [file] = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes().replace(b"source_card", b"source_cart"))

    assert load_deck(folder, tmp_path / "cache") == whole


def test_a_cache_that_goes_while_the_deck_is_open(folder: Path, tmp_path: Path) -> None:
    make_old(folder)
    whole = load_deck(folder, tmp_path / "cache")
    kept = load_deck(folder, tmp_path / "cache")
    shutil.rmtree(tmp_path / "cache")

    assert kept == whole


@pytest.mark.logs_warnings
def test_a_deck_that_goes_with_its_cache_while_it_is_open(folder: Path, tmp_path: Path) -> None:
    make_old(folder)
    load_deck(folder, tmp_path / "cache")
    deck = load_deck(folder, tmp_path / "cache").deck
    shutil.rmtree(tmp_path / "cache")
    shutil.rmtree(folder)

    assert deck is not None
    first = deck.cards[0]
    assert (first.id, first.title) == (first.subject_ids[0], first.file.title)
    assert first.prompt == deck_cache.UNREAD
    assert first.sections == ()


def test_a_card_that_changes_leaves_the_others_as_they_were(folder: Path, tmp_path: Path) -> None:
    make_old(folder)
    load_deck(folder, tmp_path / "cache")
    edit(folder, RIVALS, "His rivals", "His many rivals")
    load_deck(folder, tmp_path / "cache")

    assert load_deck(folder, tmp_path / "cache") == load_deck(folder)


def test_a_cache_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")

    loaded = load_deck(folder, tmp_path / "cache")

    assert loaded.problems == ()
    assert loaded.deck is not None


def test_problems_are_not_cached(folder: Path, tmp_path: Path) -> None:
    edit(folder, RIVALS, "aim = 4", "aim = ")

    first, second = (load_deck(folder, tmp_path / "cache") for _ in range(2))

    assert first.problems == second.problems
    assert len(second.problems) == 1
