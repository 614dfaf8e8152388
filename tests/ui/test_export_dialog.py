"""The export dialog: what it sends and shows; named, reached and whole at every text size."""

from dataclasses import replace
from pathlib import Path

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from stalin_study.domain.audio_names import AudioFormat
from stalin_study.domain.playlists import Contents
from stalin_study.presenters.audio_export import AudioExportState, ExportMode
from stalin_study.services.settings import Settings
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.dialogs.export_dialog import GOES_ON, ExportDialog
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FOLDER = Path("Music") / "A folder with quite a long name, as pupils have them" / "History"
CHOICES = (
    ("card:c01", "Card: How did Stalin’s rivals help him to win?"),
    ("deck", "All cards"),
    ("topic:terror", "Terror, purges and the show trials"),
    ("terms", "Key terms"),
)
CHOOSING = AudioExportState(CHOICES, "deck", FOLDER, estimate="20 files, about 55 minutes, 20 MB.")
ASKING = replace(CHOOSING, mode=ExportMode.ASKING)
TERMS = replace(CHOOSING, playlist="terms", can_ask=False, has_points=False)
EXPORTING = replace(
    CHOOSING, phase="exporting", done=120, total=584, title="How did Stalin’s rivals help him?"
)
DONE = replace(
    CHOOSING, phase="done", made_in=FOLDER / "All cards", message="20 files are in “All cards”."
)
CANCELLED = replace(CHOOSING, phase="cancelled", message="Cancelled. No file was made.")
FAILED = replace(
    CHOOSING,
    phase="failed",
    made_in=FOLDER / "All cards",
    message="“02 Terror, purges and the show trials.mp3” cannot be replaced. Close the program that"
    " has it open, then export again.",
)
STATES = {
    "choosing": CHOOSING,
    "asking": ASKING,
    "terms": TERMS,
    "exporting": EXPORTING,
    "done": DONE,
    "cancelled": CANCELLED,
    "failed": FAILED,
}


class Room:
    """A window with the dialog over it; what it sends, in order."""

    def __init__(self, percent: int = 100, width: int = 1024, height: int = 600) -> None:
        shelf = ThemeShelf(RESOURCES / "themes")
        self.appearance = Appearance(
            QApplication.instance(),
            RESOURCES,
            shelf.take,
            Settings(text_percent=percent),
            lambda: False,
        )
        self.window = QWidget()
        self.window.resize(width, height)
        self.window.show()
        self.sent, self.opened, self.asked = [], [], []
        self.picks = ""
        self.dialog: ExportDialog | None = None

    def open(self, state=CHOOSING) -> ExportDialog:
        self.dialog = ExportDialog(
            self.appearance, state, self.window, self.pick, self.opened.append
        )
        for name in (
            "playlist_chosen",
            "mode_chosen",
            "contents_chosen",
            "thinking_chosen",
            "format_chosen",
            "folder_chosen",
        ):
            getattr(self.dialog, name).connect(
                lambda value, name=name: self.sent.append((name, value))
            )
        for name in ("export_requested", "cancel_requested"):
            getattr(self.dialog, name).connect(lambda name=name: self.sent.append((name,)))
        self.dialog.open()
        settle()
        return self.dialog

    def pick(self, parent, folder) -> str:
        self.asked.append(folder)
        return self.picks

    def show(self, state) -> None:
        self.dialog.render_state(state)
        settle()

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
            self.dialog.deleteLater()
        self.window.close()
        self.window.deleteLater()
        self.appearance.deleteLater()


def settle():
    for _ in range(5):
        QApplication.processEvents()


@pytest.fixture
def make_room(qapp):
    made = []

    def make(*size):
        made.append(Room(*size))
        return made[-1]

    yield make
    for room in made:
        room.close()


@pytest.fixture
def room(make_room):
    return make_room()


def button(room, text):
    return next(one for one in room.dialog.findChildren(PushButton) if one.text() == text)


def option(room, text):
    return next(one for one in room.dialog.findChildren(QRadioButton) if one.text() == text)


def shown(room):
    """All words in view."""
    labels = room.dialog.findChildren(QLabel)
    return " / ".join(label.text() for label in labels if label.isVisible())


def shown_buttons(room):
    return [one.text() for one in room.dialog.findChildren(PushButton) if one.isVisible()]


def test_each_choice_is_sent(room):
    dialog = room.open()
    what = dialog.findChild(QComboBox)
    assert [what.itemText(row) for row in range(4)] == [title for _, title in CHOICES]
    assert what.currentText() == "All cards"
    assert QApplication.focusWidget() is what
    QTest.keyClick(what, Qt.Key.Key_Down)
    option(room, "Question, pause, answer").click()
    option(room, "Key points").click()
    option(room, "WAV, for any player").click()
    button(room, "Export").click()
    assert room.sent == [
        ("playlist_chosen", "topic:terror"),
        ("mode_chosen", ExportMode.ASKING),
        ("contents_chosen", Contents.KEY_POINTS),
        ("format_chosen", AudioFormat.WAV),
        ("export_requested",),
    ]


def test_showing_a_state_sends_nothing(room):
    room.open()
    for state in (*STATES.values(), replace(ASKING, thinking_s=9, playlist="terms")):
        room.show(state)
        room.show(state)
    assert room.sent == []


def test_the_time_to_think_is_asked_for_with_questions_only(room):
    room.open()
    seconds = room.dialog.findChild(QSpinBox)
    assert not seconds.isVisible()
    room.show(ASKING)
    assert seconds.isVisible()
    assert seconds.text() == "6 seconds"
    assert not option(room, "Key points").isVisible()
    seconds.stepUp()
    assert room.sent == [("thinking_chosen", 7)]
    room.show(replace(ASKING, thinking_s=1))
    assert seconds.text() == "1 second"


def test_what_has_no_cards_is_only_read(room):
    room.open(TERMS)
    assert not option(room, "Question, pause, answer").isVisible()
    assert not option(room, "Key points").isVisible()
    assert "How much of each card" not in shown(room)
    assert option(room, "WAV, for any player").isVisible()


def test_a_folder_is_picked(room):
    room.open()
    assert str(FOLDER) in shown(room)
    button(room, "Choose another folder").click()
    assert room.asked == [str(FOLDER)]
    assert room.sent == []
    room.picks = "Phone"
    button(room, "Choose another folder").click()
    assert room.sent == [("folder_chosen", "Phone")]


def test_while_it_exports_it_can_be_cancelled_and_nothing_else_chosen(room):
    room.open()
    button(room, "Export").setFocus()
    room.show(EXPORTING)
    assert shown_buttons(room) == ["Choose another folder", "Cancel the export", "Close"]
    bar = room.dialog.findChild(QProgressBar)
    assert (bar.isVisible(), bar.value(), bar.maximum()) == (True, 120, 584)
    assert f"20 % done, now “{EXPORTING.title}”. {GOES_ON}" in shown(room)
    assert not option(room, "Key points").isEnabled()
    assert QApplication.focusWidget() is button(room, "Cancel the export")
    room.show(replace(EXPORTING, done=200))
    assert bar.value() == 200
    button(room, "Cancel the export").click()
    assert room.sent == [("cancel_requested",)]


def test_at_the_end_the_folder_can_be_opened(room):
    room.open(EXPORTING)
    assert QApplication.focusWidget() is button(room, "Cancel the export")
    room.show(DONE)
    assert DONE.message in shown(room)
    assert shown_buttons(room) == ["Choose another folder", "Export", "Open folder", "Close"]
    assert QApplication.focusWidget() is button(room, "Open folder")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [url.toLocalFile() for url in room.opened] == [(FOLDER / "All cards").as_posix()]
    assert room.dialog.isVisible()
    button(room, "Close").click()
    assert not room.dialog.isVisible()


def test_without_files_there_is_no_folder_to_open(room):
    room.open(EXPORTING)
    room.show(CANCELLED)
    assert "Open folder" not in shown_buttons(room)
    assert QApplication.focusWidget() is button(room, "Close")
    assert CANCELLED.message in shown(room)


def test_what_there_is_nothing_of_cannot_be_exported(room):
    room.open(replace(CHOOSING, estimate=""))
    assert not button(room, "Export").isEnabled()


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize(
    "size", [(100, 1024, 600), (200, 1024, 600), (200, 1280, 800)], ids=lambda size: str(size[:2])
)
def test_it_can_be_heard_reached_and_is_whole(make_room, state, size):
    room = make_room(*size)
    dialog = room.open(EXPORTING if state.phase in ("done", "failed", "cancelled") else CHOOSING)
    room.show(state)
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []
    assert dialog.width() <= room.window.width()
    assert dialog.height() <= room.window.height()
