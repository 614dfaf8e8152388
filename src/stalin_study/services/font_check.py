"""Whether font files are whole: each table of a TrueType font has its checksum."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

from stalin_study.small_file import read_small

MOST_BYTES = 5_000_000
_HEADER, _ENTRY = 12, struct.Struct(">4sIII")


def damaged_fonts(files: Iterable[Path]) -> list[Path]:
    """Those that are not as they were made."""
    return [file for file in files if not _is_sound_file(file)]


def is_sound_font(content: bytes) -> bool:
    """Whether every table is there, and is what its checksum says."""
    tables = int.from_bytes(content[4:6], "big")
    if not tables or len(content) < _HEADER + tables * _ENTRY.size:
        return False
    return all(
        _is_sound_table(content, *_ENTRY.unpack_from(content, _HEADER + place * _ENTRY.size))
        for place in range(tables)
    )


def _is_sound_file(file: Path) -> bool:
    try:
        return is_sound_font(read_small(file, MOST_BYTES))
    except OSError:
        return False


def _is_sound_table(content: bytes, tag: bytes, checksum: int, offset: int, length: int) -> bool:
    table = content[offset : offset + length]
    if len(table) < length:
        return False
    if tag == b"head":  # its third word is of the whole file, and counts as 0
        table = table[:8] + bytes(4) + table[12:]
    table += bytes(-len(table) % 4)
    words = struct.unpack(f">{len(table) // 4}I", table)
    total: int = sum(words)
    return total & 0xFFFFFFFF == checksum
