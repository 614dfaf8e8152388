"""A checksum for each row of the progress file: SQLite itself does not notice a flipped bit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

COLUMN = "checksum"


def checksum_of(row: Mapping[str, Any]) -> int:
    """CRC-32 of a row's values, in the order of their column names; its own column left out."""
    return crc32(repr([(name, row[name]) for name in sorted(row) if name != COLUMN]).encode())


def with_checksum(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row to be saved, with its checksum."""
    return {**row, COLUMN: checksum_of(row)}


def is_sound(row: Mapping[str, Any]) -> bool:
    """Whether a row that was read is the one that was saved; one without a checksum is not."""
    return row.get(COLUMN) == checksum_of(row)


def without_checksum(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values alone."""
    return {name: value for name, value in row.items() if name != COLUMN}


def are_sound(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bool:
    """Whether all rows, with values of these names, are as they were saved: half `is_sound`'s time.

    Without checksums none are.
    """
    if COLUMN not in names:
        return not any(True for _ in rows)
    place = names.index(COLUMN)
    others = [(name, names.index(name)) for name in sorted(names) if name != COLUMN]
    return all(
        row[place] == crc32(repr([(name, row[at]) for name, at in others]).encode()) for row in rows
    )
