from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruins import KINDS, ruin
from stalin_study.paths import find_paths
from stalin_study.services.font_check import damaged_fonts, is_sound_font

FONTS = sorted((find_paths().resources / "fonts").glob("*.ttf"))
SOUND = FONTS[0].read_bytes()
TABLES = 12 + 16 * int.from_bytes(SOUND[4:6], "big")
LIST = [struct.unpack_from(">4sIII", SOUND, place) for place in range(12, TABLES, 16)]
# The filling between tables is in no checksum, nor is that of the whole file, in "head".
ADJUSTED = {at + 8 + n for tag, _, at, _ in LIST if tag == b"head" for n in range(4)}
COUNTED = {place for _, _, at, length in LIST for place in range(at, at + length)} - ADJUSTED


def test_the_fonts_that_come_with_the_program_are_sound():
    assert len(FONTS) == 8
    assert damaged_fonts(FONTS) == []


@given(st.integers(0, len(SOUND) - 4))
def test_one_that_was_cut_short_is_not(length):
    assert not is_sound_font(SOUND[:length])


@given(st.integers(TABLES, len(SOUND) - 4), st.integers(1, 255))
def test_one_with_a_changed_byte_is_not(place, change):
    spoilt = bytearray(SOUND)
    spoilt[place] ^= change
    if place in COUNTED:
        assert not is_sound_font(bytes(spoilt))


@given(st.binary(max_size=400))
def test_random_bytes_are_none(content):
    assert not is_sound_font(content)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_lies_there_is_no_sound_font(tmp_path, kind):
    file = tmp_path / "font.ttf"
    file.write_bytes(SOUND)
    ruin(file, kind)
    assert damaged_fonts([file]) == [file]
