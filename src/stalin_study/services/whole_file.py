"""Files that are always whole: the old one or the new one, whatever happens on the way."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Replace a file in one step, on disk; its folder is made. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(file)
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def draft_of(file: Path) -> Path:
    """Where a file is written before it takes its place."""
    return file.with_name(f"{file.name}.new")
