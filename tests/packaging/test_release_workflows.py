"""The workflows: pinned, with the least rights, and naming only what is there; release notes."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "release"))
import notes  # noqa: E402

WORKFLOWS = {file.name: file.read_text("utf-8") for file in ROOT.glob(".github/workflows/*.yml")}
START = '__version__ = "1.2.0"\n'
PROJECT = '[project]\nname = "x"\nversion = "1.2.0"\n'
CHANGES = "# Changelog\n\n## 1.2.0, 2026-12-01\n\n- New.\n\n## 1.1.0, 2026-01-01\n\n- Old.\n"


def test_both_workflows_are_there():
    assert set(WORKFLOWS) == {"ci.yml", "release.yml"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_to_a_commit(name):
    used = re.findall(r"uses: (.+)", WORKFLOWS[name])
    assert used
    for one in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_has_the_least_rights(name):
    text = WORKFLOWS[name]
    assert re.search(r"^permissions:\n  contents: read\n", text, re.MULTILINE)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert text.count("contents: write") == (name == "release.yml")
    jobs = text.partition("\njobs:\n")[2]
    assert len(re.findall(r"^  \w+:$", jobs, re.MULTILINE)) == jobs.count("timeout-minutes:")
    assert "concurrency:" in text


def test_secrets_reach_only_the_environment_of_steps_that_ask_for_them():
    text = WORKFLOWS["release.yml"]
    for line in text.splitlines():
        if "secrets." in line:
            assert re.fullmatch(r"\s+[A-Z_]+: \$\{\{ secrets\.[A-Z_]+( != '')? \}\}", line), line
    for name in ("Sign", "Notarise", "Certificate", "Sign the programs, and make the signed"):
        assert re.search(rf"name: {name}.*\n\s+if: env\.HAS_", text)


def test_what_the_workflows_run_is_there():
    guarded = set(re.findall(r"hashFiles\('([^']+)'\)", WORKFLOWS["release.yml"]))
    others = re.compile(r"packaging/(windows|linux)/")  # each has tests of its own
    for text in WORKFLOWS.values():
        for path in re.findall(r"packaging[\\/][\w\\/]+\.(?:py|sh|ps1)", text):
            name = path.replace("\\", "/")
            assert name in guarded or others.match(name) or (ROOT / name).is_file(), name


def test_the_notes_are_the_section_of_the_version():
    assert notes.notes("v1.2.0", START, PROJECT, CHANGES) == "- New."


@pytest.mark.parametrize(
    ("tag", "project", "changes", "told"),
    [
        ("v1.3.0", PROJECT, CHANGES, "says 1.2.0"),
        ("v1.2.0", PROJECT.replace("1.2.0", "1.1.9"), CHANGES, "pyproject.toml says 1.1.9"),
        ("v1.2.0", PROJECT, "# Changelog\n", "tells nothing of 1.2.0"),
        ("v1.2.0", PROJECT, "## 1.2.0, 2026-12-01\n\n## 1.1.0\n- Old.\n", "tells nothing of 1.2.0"),
        ("v1.2.0", PROJECT, CHANGES.replace(", 2026-12-01", ", not yet"), "no date"),
    ],
)
def test_a_tag_that_fits_nothing_is_refused(tag, project, changes, told):
    with pytest.raises(notes.Unready, match=re.escape(told)):
        notes.notes(tag, START, project, changes)
