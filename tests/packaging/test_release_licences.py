"""What others made: each in the list, with an allowed licence and its text."""

import json
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import licences  # noqa: E402
import program_contents  # noqa: E402


@pytest.fixture
def table():
    return tomllib.loads(licences.TABLE.read_text("utf-8"))


@pytest.fixture
def parts(table):
    return licences.read_parts(table)


def test_everything_is_licensed_and_told(table, parts):
    assert list(licences.problems(table, parts)) == []


def test_the_list_holds_what_the_program_cannot_do_without(parts):
    told = {part.name: part for part in parts}
    for name in ("PySide6 and Qt", "FFmpeg", "espeak-ng", "LAME (by lameenc)", "Python", "Lucide"):
        assert told[name].licence
        assert told[name].texts
    assert told["FFmpeg"].version == "7.1.5"
    assert told["PyInstaller’s starter"].version
    assert told["PySide6 and Qt"].version == "6.11.3"


def changed(parts, name, **values):
    return [replace(part, **values) if part.name == name else part for part in parts]


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("fsrs", {"licence": "SSPL-1.0"}, "fsrs: the licence SSPL-1.0 is not on the list"),
        ("fsrs", {"texts": ("none.txt",)}, "fsrs: the text none.txt is missing"),
        ("fsrs", {"texts": ("click.txt",)}, "fsrs: its own licence text is none of click.txt"),
        ("rapidfuzz", {"licence": "ISC"}, "rapidfuzz: says MIT of itself"),
        ("fsrs", {"distribution": "fsrz"}, "fsrs: requirements/run.lock does not list fsrz"),
    ],
)
def test_what_is_wrong_is_told(table, parts, name, values, told):
    found = list(licences.problems(table, changed(parts, name, **values)))
    assert any(problem.startswith(told) for problem in found), found


def test_a_new_requirement_has_to_be_told(table, parts):
    del table["left_out"]["pip"]
    found = list(licences.problems(table, parts))
    assert found == ["pip stands in run.lock and not in third_party.toml: is it in the program?"]


def test_an_empty_text_is_a_missing_one(table, parts, tmp_path):
    (tmp_path / "fsrs.txt").write_text("MIT")
    found = list(licences.problems(table, parts, tmp_path))
    assert "fsrs: the text fsrs.txt is missing in resources/licences." in found
    assert "third-party.json is not up to date; run packaging/licences.py --write." in found


def test_what_a_program_holds_untold_is_found(parts, tmp_path):
    inner = program_contents.inner_folder(tmp_path)
    for name in (
        "libQt6Core.so.6",
        "rapidfuzz/fuzz.cpython-311.so",
        "libnew.so.1",
        "VCRUNTIME140.dll",
    ):
        (inner / name).parent.mkdir(parents=True, exist_ok=True)
        (inner / name).touch()
    (inner / "libavcodec.so.61").write_bytes(b"FFmpeg version 6.0")
    assert list(program_contents.untold_files(inner, parts)) == [
        "The file libnew.so.1 is in the program and belongs to nothing told.",
        "FFmpeg: none of libavcodec.so.61 is of version 7.1.5.",
    ]
    names = {"fsrs", "json", "stalin_study", "pyi_rth_pyside6", "left_pad"}
    assert list(program_contents.untold_modules(names, parts)) == [
        "The module left_pad is in the program and belongs to nothing told."
    ]
    assert list(program_contents.untold_modules(set(), parts)) == [
        "There is no program in that folder."
    ]


def test_the_app_can_read_what_is_listed():
    rows = json.loads(licences.LIST.read_text("utf-8"))
    assert len(rows) > 30
    for row in rows:
        for name in row["texts"]:
            assert (licences.TEXTS / name).read_text("utf-8").strip()
        assert set(row["systems"]) <= set(licences.SYSTEMS)
