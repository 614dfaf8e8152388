from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruins import KINDS, ruin
from stalin_study.domain.appearance import is_built_in, is_readable
from stalin_study.paths import find_paths
from stalin_study.services.themes import THEME_NAMES, ThemeShelf

FOLDER = find_paths().resources / "themes"
LIGHT = (FOLDER / "light.toml").read_bytes()


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_themes_that_come_with_the_program_can_be_used(name):
    theme = ThemeShelf(FOLDER).take(name)
    assert not is_built_in(theme)
    assert is_readable(theme.colours)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["light", "dark", "cream", "contrast"])
def test_where_a_theme_should_be_the_built_in_one_of_its_kind_holds(tmp_path, name, kind):
    (tmp_path / f"{name}.toml").write_bytes((FOLDER / f"{name}.toml").read_bytes())
    ruin(tmp_path / f"{name}.toml", kind)
    theme = ThemeShelf(tmp_path).take(name)
    assert is_built_in(theme)
    assert theme.is_dark == (name in ("dark", "contrast"))


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'bg = "#F3F4FA"', b'bg = "banana"'),
        (b'bg = "#F3F4FA"', b'bg = "#F3F4F"'),
        (b'bg = "#F3F4FA"', b"bg = 7"),
        (b'bg = "#F3F4FA"', b""),
        (b'bg = "#F3F4FA"', b'background = "#F3F4FA"'),
        (b"shadow = 24", b"shadow = 999999"),
        (b"[colours]", b"[colors]"),
    ],
)
def test_a_theme_that_makes_no_sense(tmp_path, old, new):
    assert old in LIGHT
    (tmp_path / "light.toml").write_bytes(LIGHT.replace(old, new))
    assert is_built_in(ThemeShelf(tmp_path).take("light"))


@pytest.mark.logs_warnings
@given(st.integers(0, len(LIGHT)), st.binary(max_size=40))
def test_whatever_is_written_into_a_theme_there_are_colours(place, content):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "light.toml"
        file.write_bytes(LIGHT[:place] + content + LIGHT[place + len(content) :])
        colours = ThemeShelf(Path(folder)).take("light").colours
        assert all(len(getattr(colours, role)) == 7 for role in colours.__struct_fields__)
