"""The dialogs about who uses this: what they send and show; named, reached, whole at every size."""

from dataclasses import replace

import pytest
from audit import cut_off, unnamed, unreached
from dialog_room import DialogRoom, plain, settle, wider_than_its_column
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from stalin_study.presenters.profiles import REMOVED, SAVING, ProfileLine, ProfilesState
from stalin_study.services.profiles import LONGEST_NAME, Profile
from stalin_study.ui.dialogs.profile_dialog import ProfileDialog, WhoDialog, choose_profile

SIGNALS = (
    "profile_chosen",
    "adding_requested",
    "renaming_requested",
    "name_submitted",
    "removing_requested",
    "removing_agreed",
    "cancel_requested",
)
LONG = "Wilhelmina" * 4
ALONE = ProfilesState((ProfileLine("first", "Me", is_current=True),))
THREE = ProfilesState(
    (
        ProfileLine("first", "Me", is_current=True),
        ProfileLine("mia", "Mia", can_remove=True),
        ProfileLine("long", LONG, can_remove=True),
    ),
    is_in_use=True,
)
RENAMING = replace(THREE, renaming="mia")
NO_NAME = replace(RENAMING, problem="Type a name first.")
NOT_ADDED = replace(
    THREE, problem="There is a pupil called Mia already. Type another name for this one."
)
REMOVING = replace(
    THREE,
    removing="mia",
    question=f"Remove {LONG}? The progress would be put aside in the folder “profiles”, not"
    " deleted, and could be brought back.",
)
NOT_REMOVED = replace(REMOVING, message="Nothing can be saved there.", is_problem=True)
BUSY = replace(THREE, doing=SAVING)
ADDED = replace(THREE, message="Mia can study here now, with progress of their own.")
PUT_ASIDE = replace(
    THREE,
    message=REMOVED.format(name="Mia", place="profiles/removed-mia-20261125-091500"),
)
STATES = {
    "alone": ALONE,
    "three": THREE,
    "renaming": RENAMING,
    "no name": NO_NAME,
    "not added": NOT_ADDED,
    "removing": REMOVING,
    "not removed": NOT_REMOVED,
    "busy": BUSY,
    "added": ADDED,
    "put aside": PUT_ASIDE,
}
SIZES = pytest.mark.parametrize(
    "size", [(100, 1024, 600), (200, 1024, 600), (200, 1280, 800)], ids=lambda size: str(size[:2])
)


NAMED = [Profile("first", "Me"), Profile("mia", "Mia"), Profile("long", LONG)]


class Room(DialogRoom):
    """The dialog over a window."""

    def open_at(self, state: ProfilesState = THREE) -> ProfileDialog:
        return self.open(lambda: ProfileDialog(self.appearance, state, self.window), SIGNALS)

    def field(self, name: str) -> QLineEdit:
        fields = self.dialog.findChildren(QLineEdit)
        return next(one for one in fields if one.isVisible() and one.accessibleName() == name)


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


def test_alone_it_says_what_another_pupil_means(room):
    room.open_at(ALONE)
    assert "Your progress so far stays yours, under the name “Me”" in room.words()
    assert "Study" not in room.buttons()
    room.show(THREE)
    assert "Your progress so far" not in room.words()


def test_another_pupil_is_added_by_name(room):
    room.open_at(ALONE)
    field = room.field("Name of the new pupil")
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "Mia")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert room.sent == [("adding_requested", "Mia")]
    room.show(replace(ALONE, doing=SAVING))
    assert not field.isEnabled()
    room.show(ADDED)
    assert (field.text(), field.isEnabled()) == ("", True)
    assert ADDED.message in room.words()
    QTest.keyClicks(field, "Ben")
    room.button("Add").click()
    assert room.sent[1:] == [("adding_requested", "Ben")]


def test_a_name_is_no_longer_than_is_shown(room):
    room.open_at()
    field = room.field("Name of the new pupil")
    QTest.keyClicks(field, "x" * 300)
    assert len(field.text()) == LONGEST_NAME


def test_a_name_that_will_not_do_is_told_at_its_field(room):
    room.open_at()
    field = room.field("Name of the new pupil")
    QTest.keyClicks(field, "Mia")
    room.show(replace(THREE, doing=SAVING))
    room.show(NOT_ADDED)
    assert NOT_ADDED.problem in room.words()
    assert field.accessibleDescription() == NOT_ADDED.problem
    assert QApplication.focusWidget() is field
    assert (field.text(), field.selectedText()) == ("Mia", "Mia")
    room.show(THREE)
    assert NOT_ADDED.problem not in room.words()


@pytest.mark.parametrize("state", [NO_NAME, NOT_ADDED])
def test_what_is_wrong_comes_into_view(make_room, state):
    room = make_room(200)
    room.open_at()
    room.show(replace(state, problem=""))
    room.show(state)
    told = next(label for label in room.labels() if plain(label) == state.problem)
    assert told.visibleRegion().boundingRect() == told.rect()


def test_another_pupil_studies(room):
    room.open_at()
    room.button("Study as Mia").click()
    assert room.sent == [("profile_chosen", "mia")]
    assert "Studying now" in room.words()
    assert room.buttons().count("Study") == 2


def test_a_pupil_is_renamed_in_place(room):
    room.open_at()
    room.button("Rename Mia").click()
    assert room.sent == [("renaming_requested", "mia")]
    room.show(RENAMING)
    field = room.field("New name for Mia")
    assert QApplication.focusWidget() is field
    assert field.selectedText() == "Mia"
    QTest.keyClicks(field, "Maya")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert room.sent[1:] == [("name_submitted", "Maya")]
    room.show(NO_NAME)
    assert room.words().count(NO_NAME.problem) == 1
    room.show(replace(RENAMING, doing=SAVING))
    assert not field.isEnabled()


def test_renaming_can_be_left(room):
    dialog = room.open_at()
    room.show(RENAMING)
    QTest.keyClick(room.field("New name for Mia"), Qt.Key.Key_Escape)
    assert (room.sent, dialog.isVisible()) == ([("cancel_requested",)], True)
    room.show(THREE)
    assert QApplication.focusWidget() is room.button("Rename Mia")
    room.show(RENAMING)
    room.button("Cancel").click()
    assert room.sent[1:] == [("cancel_requested",)]


def test_removing_is_asked_in_place(room):
    room.open_at()
    assert len([text for text in ("Remove Mia", f"Remove {LONG}") if room.button(text)]) == 2
    room.button("Remove Mia").click()
    assert room.sent == [("removing_requested", "mia")]
    room.show(REMOVING)
    assert REMOVING.question in room.words()
    assert QApplication.focusWidget().text() == "Cancel"
    room.button("Put it aside").click()
    assert room.sent[1:] == [("removing_agreed",)]
    room.show(NOT_REMOVED)
    assert NOT_REMOVED.message in room.words()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert room.sent[2:] == [("cancel_requested",)]
    room.show(THREE)
    assert REMOVING.question not in room.words()
    assert QApplication.focusWidget() is room.button("Remove Mia")


def test_who_studies_now_cannot_be_removed(room):
    room.open_at()
    with pytest.raises(IndexError):
        room.button("Remove Me")


def test_while_something_goes_on_nothing_else_can_begin(room):
    room.open_at()
    room.show(BUSY)
    assert SAVING in room.words()
    wishes = ("Study as Mia", "Rename Me", "Remove Mia", "Add")
    assert not any(room.button(text).isEnabled() for text in wishes)
    assert QApplication.focusWidget().text() == "Close"
    room.show(THREE)
    assert all(room.button(text).isEnabled() for text in wishes)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@SIZES
def test_it_can_be_heard_reached_and_is_whole(make_room, state, size):
    room = make_room(*size)
    dialog = room.open_at(THREE)
    room.show(state)
    settle()
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []
    assert wider_than_its_column(dialog) == []
    assert dialog.width() <= room.window.width()
    assert dialog.height() <= room.window.height()


@SIZES
def test_who_is_studying_can_be_heard_reached_and_is_whole(make_room, size):
    room = make_room(*size)
    dialog = room.open(lambda: WhoDialog(room.appearance, NAMED, "mia", room.window))
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []
    assert wider_than_its_column(dialog) == []


def test_the_last_pupil_has_the_keyboard_at_the_start(room):
    dialog = room.open(lambda: WhoDialog(room.appearance, NAMED, "mia", room.window))
    assert QApplication.focusWidget().accessibleName() == "Study as Mia"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert (dialog.choice, dialog.isVisible()) == ("mia", False)


@pytest.mark.parametrize("current", ["gone", None])
def test_without_a_last_pupil_the_first_has_it(room, current):
    room.open(lambda: WhoDialog(room.appearance, NAMED, current, room.window))
    assert QApplication.focusWidget().accessibleName() == "Study as Me"


def answer(act):
    """Have something done to the dialog that is about to run."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def test_choosing_waits_for_an_answer(room):
    def press(dialog):
        buttons = dialog.findChildren(type(dialog.focusWidget()))
        next(one for one in buttons if one.accessibleName() == f"Study as {LONG}").click()

    answer(press)
    assert choose_profile(room.appearance, NAMED, "mia", room.window) == "long"


def test_closing_the_question_chooses_nobody(room):
    answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert choose_profile(room.appearance, NAMED, "mia", room.window) is None
