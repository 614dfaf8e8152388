"""Help leads to what others made, and to each licence in full."""

import json
import shutil

import pytest
from dialog_room import RESOURCES, DialogRoom, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from stalin_study.services.third_party import LIST, ThirdPartyShelf
from stalin_study.ui.dialogs.licences_dialog import NONE, LicencesDialog
from stalin_study.ui.widgets.buttons import PushButton
from study_window import TestApp

FOLDER = RESOURCES / "licences"


@pytest.fixture
def room(qapp):
    made = DialogRoom()
    yield made
    made.close()


def opened(room, folder=FOLDER, platform="linux"):
    shelf = ThirdPartyShelf(folder, platform)
    return room.open(
        lambda: LicencesDialog(room.appearance, shelf.parts(), shelf.text, room.window)
    )


def test_help_leads_to_the_licences(qapp, tmp_path):
    study = TestApp(tmp_path)
    study.show(1024, 600)
    study.app.dialogs.open_help(study.app.deck)
    buttons = study.app.dialogs.dialog.findChildren(PushButton)
    next(one for one in buttons if one.text() == "Licences").click()
    QApplication.processEvents()
    assert isinstance(study.app.dialogs.dialog, LicencesDialog)
    study.close()


def test_the_arrow_keys_show_each_licence_in_full(room):
    dialog = opened(room)
    parts = dialog.findChild(QListWidget)
    assert parts.hasFocus()
    seen = []
    for _ in range(parts.count()):
        seen.append(dialog.plain_text)
        QTest.keyClick(parts, Qt.Key.Key_Down)
    assert len(set(seen)) == parts.count() > 25
    qt = next(text for text in seen if text.startswith("PySide6 and Qt 6."))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt
    assert "Licence: LGPL-3.0-only" in qt
    QTest.keyClick(parts, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(("platform", "own"), [("win32", "pywin32"), ("darwin", "PyObjC")])
def test_each_system_names_its_own(platform, own):
    names = {part.name for part in ThirdPartyShelf(FOLDER, platform).parts()}
    assert own in names
    assert own not in {part.name for part in ThirdPartyShelf(FOLDER, "linux").parts()}


def test_a_narrow_window_has_the_text_below(qapp):
    room = DialogRoom(200)
    dialog = opened(room)
    parts = dialog.findChild(QListWidget)
    assert parts.geometry().bottom() < dialog.height() / 2
    dialog.resize(1400, 900)
    settle()
    assert parts.geometry().bottom() > 600
    room.close()


@pytest.mark.parametrize("content", [None, b"", b"[", b'[{"name": 1}]', b"\xff"])
def test_a_list_that_cannot_be_read_is_told(room, tmp_path, content):
    if content is not None:
        (tmp_path / LIST).write_bytes(content)
    opened(room, tmp_path)
    assert NONE in room.words()
    assert room.buttons() == ["Close"]


def test_a_text_that_is_missing_says_where_it_is(room, tmp_path):
    shutil.copy(FOLDER / LIST, tmp_path / LIST)
    shelf = ThirdPartyShelf(tmp_path)
    part = shelf.parts()[0]
    assert part.source in shelf.text(part)
    assert len(json.loads((tmp_path / LIST).read_text("utf-8"))) >= len(shelf.parts())
