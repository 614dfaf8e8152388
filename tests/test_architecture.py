"""The rules of the house that import-linter and ruff do not know."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "stalin_study"
MODULES = sorted(PACKAGE.rglob("*.py"))
TOOLS = [ROOT / "dev.py", *sorted((ROOT / "packaging").glob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CEILING = 300
NONE_CALLS = 1000

# What each storey may take of PySide6; everything else takes QtCore.
QT_OF = {
    "domain": set(),
    "speech_worker": set(),
    "commands": set(),
    "command_line": set(),
    "paths": set(),
    "policy_file": set(),
    "__main__": set(),
    "services": {"QtCore", "QtDBus", "QtMultimedia", "QtNetwork"},
    "ui": {"QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets"},
    "app": {"QtCore", "QtGui", "QtWidgets"},
    "program": {"QtCore", "QtGui", "QtWidgets"},
    "smoke": {"QtCore", "QtWidgets"},
}
VAGUE_NAMES = {"manager", "helper", "helpers", "util", "utils", "data", "info", "misc", "common"}

# Spelt in two halves, so that this file does not find itself.
PRIVATE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/wor" r"k/",
            r"(?<![\w.])/roo" r"t/",
            r"(?<![\w.])/hom" r"e/\w+/",
            r"(?<![\w.])/tm" r"p/",
            r"C:\\Use" r"rs\\",
            r"pythonhos" r"ted\.org",
            r"pyp" r"i\.org/simple",
            r"registry\.np" r"mjs",
            r"--(extra-)?index" r"-url",
            r"find-li" r"nks",
        )
    )
)


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported(file: Path) -> set[str]:
    """Dotted names of all that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("file", [*MODULES, *TOOLS], ids=name_of)
def test_a_module_is_short(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= CEILING, f"{lines} lines; split it at a seam"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_storey_takes_of_qt_only_what_is_its_own(file):
    storey = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    taken = {name.split(".")[1] for name in imported(file) if name.startswith("PySide6.")}
    assert taken <= QT_OF.get(storey, {"QtCore"})
    assert "PySide6" not in imported(file)


def test_every_storey_named_here_is_there():
    there = {path.stem for path in PACKAGE.iterdir()}
    assert set(QT_OF) <= there


@pytest.mark.parametrize("file", [*MODULES, *TOOLS], ids=name_of)
def test_a_module_says_what_it_is_for(file):
    vague = VAGUE_NAMES & set(file.stem.split("_"))
    assert not vague, "give it the name of what it holds"
    assert ast.get_docstring(tree_of(file))


def test_the_project_needs_nothing_to_start_but_python():
    names = {name.split(".")[0] for name in imported(ROOT / "dev.py")}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize("file", TESTS, ids=name_of)
def test_no_test_sleeps(file):
    calls = (node.func for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call))
    named = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
    assert not named & {"sleep", "msleep", "usleep", "qSleep", "qWait"}


def own_files() -> list[Path]:
    """Every file that belongs to the project."""
    left_out = {"build", "dist", "__pycache__"}
    found = []
    folders = [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.is_dir():
                hidden = path.name.startswith(".") and path.name != ".ci"
                if not hidden and path.name not in left_out:
                    folders.append(path)
            elif path.suffix not in {".ttf", ".png", ".ico", ".icns", ".pyc"}:
                found.append(path)
    return found


def test_no_file_tells_of_the_machine_it_was_written_on():
    told = []
    for file in own_files():
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if PRIVATE.search(line):
                told.append(f"{name_of(file)}:{number}: {line.strip()[:80]}")
    assert told == []


def test_the_search_for_private_paths_finds_them():
    folder, home, option = "tmp", "home", "index"
    for line in (f"see /{folder}/x", f'open("/{home}/ann/x")', f"--extra-{option}-url=x"):
        assert PRIVATE.search(line)
    assert not PRIVATE.search("resources/work/ and ../tmp/")


def test_qt_keeps_its_references_of_none(qapp):
    """PySide6 6.12.0 on Python 3.11 loses one at every void call (docs/decisions/0002)."""
    from PySide6.QtWidgets import QLabel

    label = QLabel("None")
    before = sys.getrefcount(None)
    for _ in range(NONE_CALLS):
        label.update()
    lost = before - sys.getrefcount(None)
    label.deleteLater()
    assert abs(lost) < NONE_CALLS // 10


def test_the_command_line_starts_without_qt():
    code = (
        "import sys; from stalin_study.__main__ import main; code = main(['deck', 'check']);"
        "print(sorted(name for name in sys.modules if name.startswith('PySide6'))); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (0, "[]", "")
