from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stalin_study.command_line import main
from stalin_study.paths import find_paths

SUMMARY = (
    "20 cards, 346 points, 205 questions, 98 true/false, 22 order sets, 26 exam questions,"
    " 203 of 203 claims taught: no problems.\n"
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_paths().deck, tmp_path / "deck"))


def test_the_shipped_deck_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deck", "check"]) == 0
    assert capsys.readouterr().out == SUMMARY


def test_a_folder_can_be_named(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deck", "check", str(copy)]) == 0
    assert capsys.readouterr().out == SUMMARY


def test_problems_come_one_a_line_before_the_summary(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = copy / "1-struggle-for-power" / "01-rivals-mistakes.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("aim = 5", "aim = 6"), "utf-8")

    assert main(["deck", "check", str(copy)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "1-struggle-for-power/01-rivals-mistakes.toml:5: aim: expected 6 key points, as many as"
        " the aim, found 5",
        SUMMARY.replace("no problems.\n", "1 problem."),
    ]


def test_a_card_that_cannot_be_read_is_not_counted(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / "1-struggle-for-power" / "01-rivals-mistakes.toml").write_text("=", encoding="utf-8")

    assert main(["deck", "check", str(copy)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1-struggle-for-power/01-rivals-mistakes.toml:1: expected TOML")
    assert lines[-1].startswith("19 cards, 322 points")


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nowhere"

    assert main(["deck", "check", str(missing)]) == 1
    assert capsys.readouterr().out == (
        f"{missing}: there is no such folder; expected a deck folder with a deck.toml in it\n"
    )


def test_a_wrong_command_line_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deck"]) == 2
    assert "ACTION" in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deck", "check", "--help"]) == 0
    assert "FOLDER" in capsys.readouterr().out


def test_no_qt_is_loaded() -> None:
    code = (
        "import json, sys; from stalin_study.__main__ import main;"
        " code = main(['deck', 'check']);"
        " print(json.dumps([code, sorted(m for m in sys.modules if m.startswith('PySide6'))]))"
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )

    summary, loaded = done.stdout.splitlines()
    assert summary + "\n" == SUMMARY
    assert json.loads(loaded) == [0, []]
    assert done.stderr == ""
