from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruins import KINDS, ruin
from stalin_study.paths import find_paths
from stalin_study.services.font_check import damaged_fonts, is_sound_font

FONTS = sorted((find_paths().resources / "fonts").glob("*.ttf"))
SOUND = FONTS[0].read_bytes()
TABLES = 12 + 16 * int.from_bytes(SOUND[4:6], "big")


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
    head = SOUND.index(b"head", 0, TABLES) + 8
    adjusted = int.from_bytes(SOUND[head : head + 4], "big") + 8
    if not adjusted <= place < adjusted + 4:  # which no table's checksum counts
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
