"""Fonts, icons and the style sheet, whatever lies where their files should be."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontDatabase

from fakes import InlineJobs
from ruins import KINDS, ruin
from stalin_study.paths import find_paths
from stalin_study.services.settings import Settings
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.theme.appearance import DAMAGED, Appearance
from stalin_study.ui.theme.fonts import INSTEAD, FontShelf
from stalin_study.ui.theme.icons import IconShelf
from stalin_study.ui.theme.style_sheet import END, read_template

RESOURCES = find_paths().resources
STYLE = (RESOURCES / "themes" / "style.qss").read_bytes()
BLUE = QColor("#0000FF")
LIGHT = Settings(theme="light")


@pytest.fixture
def resources(tmp_path) -> Path:
    for name in ("fonts", "icons", "themes"):
        shutil.copytree(RESOURCES / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def make(qapp, resources):
    made = []

    def appearance(settings: Settings = LIGHT) -> Appearance:
        shelf = ThemeShelf(resources / "themes")
        made.append(Appearance(qapp, resources, shelf.take, settings, lambda: False))
        return made[-1]

    yield appearance
    for one in made:
        one.deleteLater()


def rings(shelf: IconShelf) -> bytes:
    """What is drawn for an icon that is not there."""
    return pixels(shelf, "no such icon")


def pixels(shelf: IconShelf, name: str) -> bytes:
    return bytes(shelf.pixmap(name, BLUE, 20).toImage().constBits())


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
def test_an_icon_that_cannot_be_used_is_a_ring(qapp, resources, kind):
    told = []
    shelf = IconShelf(resources / "icons", lambda: told.append(kind))
    ruin(resources / "icons" / "x.svg", kind)
    assert pixels(shelf, "x") == rings(shelf)
    assert told
    assert pixels(shelf, "check") != rings(shelf)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
def test_a_font_that_cannot_be_used_gives_way(qapp, resources, kind):
    told = []
    shelf = FontShelf(resources / "fonts", lambda: told.append(kind))
    for file in (resources / "fonts").glob("dys-*.ttf"):
        ruin(file, kind)
    assert shelf.take("opendyslexic").family == INSTEAD
    assert told == [kind, kind]
    assert shelf.files == []
    assert shelf.take("lexend").family == "Study Lexend"


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", KINDS)
def test_a_style_sheet_that_cannot_be_used_is_none(resources, kind):
    file = resources / "themes" / "style.qss"
    ruin(file, kind)
    assert read_template(file) == ""


@pytest.mark.logs_warnings
def test_one_that_lost_a_block_on_the_way_to_the_disk(tmp_path):
    (tmp_path / "style.qss").write_bytes(STYLE[:4096] + bytes(4096) + STYLE[8192:])
    assert read_template(tmp_path / "style.qss") == ""
    (tmp_path / "style.qss").write_bytes(STYLE)
    assert read_template(tmp_path / "style.qss").rstrip().endswith(END)


@pytest.mark.logs_warnings
def test_one_that_cannot_be_filled_in(resources, make):
    file = resources / "themes" / "style.qss"
    file.write_text(f"QLabel {{ color: ${{no_such_role}}; }}\n{END}", encoding="utf-8")
    assert make().notice == DAMAGED


@pytest.mark.logs_warnings
@given(st.integers(0, len(STYLE)), st.binary(max_size=40))
def test_whatever_is_written_into_it_it_can_be_read(place, content):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "style.qss"
        file.write_bytes(STYLE[:place] + content + STYLE[place + len(content) :])
        template = read_template(file)
        assert template == "" or END in template


@pytest.mark.logs_warnings
def test_damage_that_loads_is_found_after_the_first_paint(resources, make):
    was_there = "Study Dys" in QFontDatabase.families()
    regular = resources / "fonts" / "dys-regular.ttf"
    content = bytearray(regular.read_bytes())
    content[-60_000:-58_000] = bytes(2000)
    regular.write_bytes(content)
    appearance = make(Settings(theme="light", font="opendyslexic"))
    assert (appearance.notice, appearance.look.font_family) == ("", "Study Dys")
    changes, told = [], []
    appearance.look_changed.connect(lambda: changes.append(appearance.look.font_family))
    appearance.damage_found.connect(told.append)
    appearance.look_again(InlineJobs())
    assert (changes, told) == ([INSTEAD], [DAMAGED])
    assert appearance.notice == DAMAGED
    assert "Study Dys" not in QFontDatabase.families() or was_there, "an earlier test's"


@pytest.mark.logs_warnings
def test_colours_that_cannot_be_told_apart_give_way(resources, make):
    file = resources / "themes" / "light.toml"
    file.write_text(file.read_text("utf-8").replace("#1A1D33", "#FFFFFF"), encoding="utf-8")
    appearance = make()
    assert appearance.notice == ""
    appearance.look_again(InlineJobs())
    assert appearance.notice == DAMAGED
    assert appearance.look.colour("text").name() == "#000000"


def test_nothing_is_found_where_all_is_well(make):
    appearance = make()
    look = appearance.look
    appearance.look_again(InlineJobs())
    assert (appearance.notice, appearance.look) == ("", look)


@pytest.mark.logs_warnings
@pytest.mark.parametrize("name", ["chevron-dark", "chevron-light", "check-dark", "check-light"])
def test_pictures_of_the_style_sheet_are_done_without(qapp, resources, make, name):
    ruin(resources / "icons" / f"{name}.svg", "folder")
    themes = ("light", "dark")
    notices = {make(Settings(theme=theme)).notice for theme in themes}
    assert notices == {"", DAMAGED}
