"""Figures between two marks of docs/reliability.md."""

from __future__ import annotations

import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def written(name: str, lines: list[str]) -> None:
    """Put lines in the place of those between the marks of that name, with date and versions."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    made = (
        f"{datetime.now(UTC):%d %B %Y}, {platform.system()}, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, two shared cores."
    )
    content = "\n".join([begin, made, "", *lines, end])
    PAGE.write_text(before + content + after, encoding="utf-8")
