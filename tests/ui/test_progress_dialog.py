"""The dialog “Your progress”: what it sends and shows; named, reached and whole at every size."""

from dataclasses import replace
from pathlib import Path

import pytest
from audit import cut_off, unnamed, unreached
from dialog_room import DialogRoom, plain, settle, wider_than_its_column
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stalin_study.presenters.safekeeping import (
    BACKING_UP,
    READING,
    BackupLine,
    CopyLine,
    CopyPreview,
    SafekeepingState,
)
from stalin_study.ui.dialogs.progress_dialog import ProgressDialog

FOLDER = (
    Path("home") / "Mia" / ".local" / "share" / "a-rather-long-name-without-any-space" / "study"
)
SIGNALS = (
    "backup_requested",
    "going_back_requested",
    "going_back_agreed",
    "save_chosen",
    "file_chosen",
    "adding_agreed",
    "cancel_requested",
)
GO_BACK = "Go back to this one…"


def backup(number: int, answers: int | None = 1204) -> BackupLine:
    words = "Made by itself · 1,204 answers until Tuesday 17 November at 08:12"
    if answers is None:
        words = "This backup cannot be read."
    return BackupLine(
        FOLDER / f"backup-{number}", f"Tuesday {number} November at 16:40", words, answers
    )


LISTED = SafekeepingState(
    FOLDER,
    "Stalin Study progress 2026-11-25.stalinstudy",
    (backup(24), backup(23, None), backup(22)),
    (),
    "Last backup: yesterday at 16:40.",
)
LONG_NAME = replace(
    LISTED,
    message="A copy with 1,204 answers is saved as"
    " my-own-history-progress-of-the-last-two-years_and-before.of-class-10b.stalinstudy.",
)
MANY = replace(LISTED, backups=tuple(backup(number) for number in range(28, 8, -1)))
EMPTY = replace(LISTED, backups=())
ASKED = replace(
    LISTED,
    asked=backup(24).file,
    question="You would go back from 1,250 answers to 1,204. What you have now is kept as a"
    " backup.",
)
PREVIEW = replace(
    LISTED,
    preview=CopyPreview(
        "Stalin Study progress 2026-11-24.stalinstudy",
        (
            "This copy would add 37 new answers and 2 notes and marks, from Tuesday 17 November at"
            " 08:12 to today at 09:01.",
            "412 answers in it are here already.",
        ),
        "Add them",
        is_found=False,
    ),
)
NOTHING_NEW = replace(
    LISTED,
    preview=CopyPreview(
        "a.stalinstudy", ("Everything in this copy is here already.",), "", is_found=False
    ),
)
FOUND = replace(
    LISTED,
    copies=(
        CopyLine(
            FOLDER / "copy",
            f"progress (MIAS-{'VERY' * 30}-OLD-LAPTOP's conflicted copy 2026-11-24).sqlite3",
            "Changed yesterday at 17:20",
        ),
        CopyLine(FOLDER / "other", "progress-PC12.sqlite3", "Changed today at 08:02 · 34 MB"),
    ),
)
FOUND_PREVIEW = replace(
    FOUND, preview=replace(PREVIEW.preview, title="progress-PC12.sqlite3", is_found=True)
)
BUSY = replace(FOUND, doing=READING)
DONE = replace(LISTED, message="37 answers and 2 notes were added; 412 had been here already.")
FAILED = replace(
    LISTED,
    message="This is no copy of Stalin Study progress. Choose a file that Stalin Study has made.",
    is_problem=True,
)
STATES = {
    "looking": SafekeepingState(FOLDER),
    "empty": EMPTY,
    "listed": LISTED,
    "many": MANY,
    "asked": ASKED,
    "preview": PREVIEW,
    "nothing new": NOTHING_NEW,
    "found": FOUND,
    "found preview": FOUND_PREVIEW,
    "busy": BUSY,
    "done": DONE,
    "failed": FAILED,
    "long name": LONG_NAME,
}


class Room(DialogRoom):
    """The dialog over a window; files are picked as the test says."""

    def __init__(self, *size: int) -> None:
        super().__init__(*size)
        self.picks, self.asked, self.opened = "", [], []

    def open_at(self, state: SafekeepingState = LISTED) -> ProgressDialog:
        def pick(_, *asked):
            self.asked.append(asked)
            return self.picks

        return self.open(
            lambda: ProgressDialog(
                self.appearance, state, self.window, pick, pick, self.opened.append
            ),
            SIGNALS,
        )


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


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.text()


def test_it_says_where_progress_is_kept(room):
    room.open_at()
    assert str(FOLDER) in room.words()
    room.button("Open folder").click()
    assert room.opened == [QUrl.fromLocalFile(str(FOLDER))]
    room.button("Copy its name").click()
    assert QGuiApplication.clipboard().text() == str(FOLDER)
    assert "The name of the folder is copied." in room.words()


def test_a_backup_is_asked_for(room):
    room.open_at()
    room.button("Back up now").click()
    assert room.sent == [("backup_requested",)]


def test_backups_are_listed_with_what_they_hold(room):
    room.open_at()
    for line in LISTED.backups:
        assert line.title in room.words()
        assert line.words in room.words()
    # One that cannot be read offers nothing.
    assert room.buttons().count(GO_BACK) == 2


def test_older_backups_come_up_on_demand(room):
    room.open_at(MANY)
    assert room.buttons().count(GO_BACK) == 4
    older = room.button("Older backups (16)")
    older.setFocus()
    QTest.keyClick(older, Qt.Key.Key_Return)
    assert room.buttons().count(GO_BACK) == 20
    assert QApplication.focusWidget() is room.button(GO_BACK, 4)
    assert not older.isVisible()
    room.show(replace(MANY, backups=MANY.backups[:6]))
    assert room.buttons().count(GO_BACK) == 6


def test_going_back_is_asked_below_the_backup_and_can_be_left(room):
    room.open_at()
    room.button(f"Go back to the backup of {LISTED.backups[0].title}").click()
    assert room.sent == [("going_back_requested", LISTED.backups[0].file)]
    room.show(ASKED)
    assert ASKED.question in room.words()
    assert focused() == "Cancel"  # nothing is done by pressing Enter once more
    assert QApplication.focusWidget().accessibleDescription() == ASKED.question
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert room.sent[1:] == [("cancel_requested",)]
    assert room.dialog.isVisible()
    room.show(LISTED)
    assert ASKED.question not in room.words()
    assert focused() == GO_BACK
    room.show(ASKED)
    room.button("Go back").click()
    assert room.sent[-1] == ("going_back_agreed",)


def test_a_question_about_another_backup_takes_the_place_of_the_first(room):
    room.open_at(ASKED)
    room.show(replace(ASKED, asked=backup(22).file, question="You would go back to 2."))
    assert "You would go back to 2." in room.words()
    assert ASKED.question not in room.words()
    assert focused() == "Cancel"


def test_a_copy_is_saved_where_the_pupil_says(room):
    room.open_at()
    room.button("Save a copy…").click()
    [(title, proposed, kinds)] = room.asked
    assert (title, kinds) == ("Save a copy of your progress", "Copies of progress (*.stalinstudy)")
    assert (Path(proposed).name, room.sent) == (LISTED.offered_name, [])
    room.picks = "stick/mine.stalinstudy"
    room.button("Save a copy…").click()
    assert room.sent == [("save_chosen", "stick/mine.stalinstudy")]


def test_a_copy_is_looked_into_before_it_is_added(room):
    room.open_at()
    room.button("Add a copy…").click()
    assert room.sent == []
    room.picks = "stick/mine.stalinstudy"
    room.button("Add a copy…").click()
    assert room.sent == [("file_chosen", "stick/mine.stalinstudy")]
    room.show(PREVIEW)
    for line in PREVIEW.preview.lines:
        assert line in room.words()
    assert focused() == "Add them"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    room.button("Cancel").click()
    assert room.sent[1:] == [("adding_agreed",), ("cancel_requested",)]
    room.show(LISTED)
    assert PREVIEW.preview.title not in room.words()
    assert focused() == "Add a copy…"


def test_a_copy_with_nothing_new_can_only_be_put_away(room):
    room.open_at()
    room.show(NOTHING_NEW)
    assert "Add them" not in room.buttons()
    assert focused() == "Close this"
    room.button("Close this").click()
    assert room.sent == [("cancel_requested",)]


def test_copies_beside_the_progress_are_offered(room):
    room.open_at()
    assert "Copies found here" not in room.words()
    room.show(FOUND)
    for copy in FOUND.copies:
        assert copy.name in room.words()
        assert copy.words in room.words()
    room.button("Look at progress-PC12.sqlite3").click()
    assert room.sent == [("file_chosen", str(FOUND.copies[1].file))]
    room.show(FOUND_PREVIEW)
    assert room.buttons().count("Add them") == 1
    room.button("Add them").click()
    assert room.sent[1:] == [("adding_agreed",)]
    room.show(LISTED)
    assert "Copies found here" not in room.words()


@pytest.mark.parametrize("state", [PREVIEW, FOUND_PREVIEW, NOTHING_NEW])
def test_a_question_comes_into_view(make_room, state):
    room = make_room(200)
    room.open_at()
    room.show(state)
    button = room.button(state.preview.agree or "Close this")
    assert button.visibleRegion().boundingRect() == button.rect()


def test_while_something_goes_on_nothing_else_can_begin(room):
    room.open_at(FOUND)
    room.button("Back up now").setFocus()
    room.show(replace(FOUND, doing=BACKING_UP))
    assert BACKING_UP in room.words()
    wishes = ["Back up now", "Save a copy…", "Add a copy…", "Look at it", GO_BACK]
    assert not any(room.button(text).isEnabled() for text in wishes)
    assert focused() == "Close"
    room.show(replace(FOUND, message="A backup is made."))
    assert all(room.button(text).isEnabled() for text in wishes)
    assert "A backup is made." in room.words()
    assert BACKING_UP not in room.words()
    assert focused() == "Back up now"


def test_the_keyboard_stays_where_the_pupil_has_put_it_meanwhile(room):
    room.open_at()
    room.button("Back up now").setFocus()
    room.show(replace(LISTED, doing=BACKING_UP))
    room.button("Open folder").setFocus()
    room.show(DONE)
    assert focused() == "Open folder"


def test_a_problem_is_told_in_its_colour(room):
    room.open_at()
    room.show(FAILED)
    assert FAILED.message in room.words()
    tones = {plain(one): one.property("tone") for one in room.labels()}
    assert tones[FAILED.message] == "bad"
    room.show(DONE)
    tones = {plain(one): one.property("tone") for one in room.labels()}
    assert tones[DONE.message] == "good"


def test_close_and_escape_close_it(room):
    dialog = room.open_at()
    room.button("Close").click()
    assert not dialog.isVisible()
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert room.sent == []


def test_showing_the_same_again_changes_nothing(room):
    dialog = room.open_at(FOUND)
    before = dialog.findChildren(QWidget)
    room.show(replace(FOUND))
    assert dialog.findChildren(QWidget) == before != []


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize(
    "size", [(100, 1024, 600), (200, 1024, 600), (200, 1280, 800)], ids=lambda size: str(size[:2])
)
def test_it_can_be_heard_reached_and_is_whole(make_room, state, size):
    room = make_room(*size)
    dialog = room.open_at(LISTED)
    room.show(state)
    settle()
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []
    assert wider_than_its_column(dialog) == []
    assert dialog.width() <= room.window.width()
    assert dialog.height() <= room.window.height()
