"""Files that are always whole: the old one or the new one, whatever happens on the way."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Replace a file in one step, on disk. Raises OSError, and leaves no draft behind then.

    Its folder is not made: one that is gone, such as a drive that was pulled out, may come back.
    """
    draft = draft_of(file)
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise


def named(file: Path, ending: str) -> Path:
    """The file with this ending, whatever was typed: "25.11" is no PDF."""
    return file if file.suffix.lower() == ending else file.with_name(f"{file.name}{ending}")


def draft_of(file: Path) -> Path:
    """Where a file is written before it takes its place."""
    return file.with_name(f"{file.name}.new")
