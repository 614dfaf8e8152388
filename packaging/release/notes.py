"""Prints the changelog of one version; fails if the tag, the program and the changelog differ.

python packaging/release/notes.py v0.1.0
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Unready(Exception):
    """Why this tag cannot be released, in a sentence."""


def main() -> int:
    """Print the notes; 1 when the tag cannot be released."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    start = (ROOT / "src" / "stalin_study" / "__init__.py").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    try:
        print(notes(sys.argv[1], start, project, changes))
    except Unready as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def notes(tag: str, start: str, project: str, changes: str) -> str:
    """The section of the changelog for a tag."""
    version = tag.removeprefix("v")
    for name, text, pattern in (
        ("src/stalin_study/__init__.py", start, r'^__version__ = "(.+)"$'),
        ("pyproject.toml", project, r'^version = "(.+)"$'),
    ):
        found = re.search(pattern, text, re.MULTILINE)
        if found is None or found[1] != version:
            told = found[1] if found else "no version"
            raise Unready(f"The tag is {tag}, and {name} says {told}.")
    pattern = rf"^## {re.escape(version)}\b([^\n]*)\n(.*?)(?=^## |\Z)"
    section = re.search(pattern, changes, re.MULTILINE | re.DOTALL)
    if section is None or not section[2].strip():
        raise Unready(f"CHANGELOG.md tells nothing of {version}.")
    if not re.search(r"\d{4}-\d\d-\d\d", section[1]):
        raise Unready(f"CHANGELOG.md gives {version} no date: “## {version}, 2026-12-01”.")
    return section[2].strip()


if __name__ == "__main__":
    sys.exit(main())
