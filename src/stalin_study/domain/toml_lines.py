"""Where a field stands in the text of a TOML file, for messages: tomllib keeps no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<path>[\w.\-]+)\s*\]")
_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<place>\d+)\])?")

Step = tuple[str, int]


def line_of(text: str, field: str) -> int | None:
    """The line, from 1, of a field such as `section[2].point[1].text`; the nearest table around
    it when the field itself is not written there; None when not even that is found.
    """
    steps = [(step["name"], int(step["place"] or 1)) for step in _STEP.finditer(field)]
    tables = list(_tables(text.splitlines()))
    for depth in range(len(steps), -1, -1):
        for path, start, lines in tables:
            if list(path) != steps[:depth]:
                continue
            if depth == len(steps):
                return start or None
            return _line_of_key(lines, start, steps[depth:]) or start or None
    return None


def _tables(lines: list[str]) -> Iterator[tuple[tuple[Step, ...], int, list[str]]]:
    """Each table: its path with places, the line of its header (0 for the top), its lines."""
    path: tuple[Step, ...] = ()
    places: dict[tuple[Step, ...], dict[str, int]] = {}
    start = 0
    body: list[str] = []
    for number, line in enumerate(lines, 1):
        header = _HEADER.match(line)
        if header is None:
            body.append(line)
            continue
        yield path, start, body
        *parents, last = header["path"].split(".")
        path = ()
        for name in parents:
            path += ((name, places.get(path, {}).get(name, 1)),)
        counts = places.setdefault(path, {})
        counts[last] = counts.get(last, 0) + 1 if header["open"] == "[[" else 1
        path += ((last, counts[last]),)
        start, body = number, []
    yield path, start, body


def _line_of_key(lines: list[str], start: int, steps: list[Step]) -> int | None:
    (key, place), *inner = steps
    pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
    for offset, line in enumerate(lines, 1):
        if not pattern.match(line):
            continue
        if not inner:
            return start + offset
        braces = 0
        for further, inline in enumerate(lines[offset - 1 :], offset):
            braces += inline.count("{")
            if braces >= place:
                return start + further
        return start + offset
    return None
