"""Paths of the building machine in what is shipped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import CodeType

SHORTEST = 7  # shorter ones stand in too many files by chance


def absolute_names(code: CodeType) -> Iterator[str]:
    """Absolute file names in code, which tracebacks would show."""
    name = code.co_filename
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        yield f"code of {name}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from absolute_names(constant)


def told_paths(content: bytes, private: Iterable[str]) -> Iterator[str]:
    """Paths of the building machine in a file, in either way of writing slashes and letters."""
    for path in private:
        for written in {path, path.replace("\\", "/"), path.replace("/", "\\")}:
            if len(path) >= SHORTEST and any(
                written.encode(encoding) in content for encoding in ("utf-8", "utf-16-le")
            ):
                yield written
