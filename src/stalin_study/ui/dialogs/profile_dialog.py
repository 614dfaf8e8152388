"""Who uses this: several pupils at one computer; and at the start, who is studying."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from stalin_study.presenters.profiles import ProfileLine, ProfilesState
from stalin_study.services.profiles import Profile
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.line_button import LineButton
from stalin_study.ui.widgets.name_field import NameField
from stalin_study.ui.widgets.profile_row import ProfileRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.spoken_line import SpokenLine

WHO = "Who is studying?"
TELLS = (
    "Each pupil has progress and settings of their own. Once there are two, Stalin Study asks at"
    " the start who is studying."
)
FIRST = "Your progress so far stays yours, under the name “{}”, which you can change."
_WIDTH, _HEIGHT = 620, 560  # pixels at 100 %


class ProfileDialog(QDialog):
    """Shows who there is and sends wishes; `adding_requested(name)` and `name_submitted(name)`."""

    profile_chosen = Signal(str)
    adding_requested = Signal(str)
    renaming_requested = Signal(str)
    name_submitted = Signal(str)
    removing_requested = Signal(str)
    removing_agreed = Signal()
    cancel_requested = Signal()

    def __init__(self, appearance: Appearance, state: ProfilesState, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._state = state
        self._lines: tuple[ProfileLine, ...] = ()
        self._rows: list[ProfileRow] = []
        self.setWindowTitle("Who uses this")
        self._first = _words("")
        self._rows_column = QVBoxLayout()
        self._rows_column.setSpacing(8)
        self._new = NameField(appearance, "Name of the new pupil", "Add")
        self._message = SpokenLine()
        self._close = PushButton(appearance, "Close", "filled")
        self._close.clicked.connect(self.accept)
        self._new.name_submitted.connect(self.adding_requested)
        self._lay_out()
        appearance.look_changed.connect(self._draw)
        self.render_state(state)
        self._draw()
        self._new.setFocus()

    def render_state(self, state: ProfilesState) -> None:
        """Show who there is, what is asked, and what goes on."""
        was, self._state = self._state, state
        is_busy = bool(state.doing)
        if is_busy and not was.doing:
            self._close.setFocus()  # before what holds the keyboard is greyed out
        self._show_lines(state.lines)
        for row in self._rows:
            row.render_state(state)
        self._first.setText(FIRST.format(state.lines[0].name) if state.lines else "")
        self._first.setVisible(not state.is_in_use and bool(state.lines))
        self._new.setEnabled(not is_busy)
        self._new.show_problem("" if state.renaming is not None else state.problem)
        if was.doing and not is_busy and not state.problem:
            self._new.show_name("")
        # What is wrong with a name stands below its field.
        self._message.say(state.doing or state.message, _tone(state))

    def _show_lines(self, lines: tuple[ProfileLine, ...]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        for row in self._rows:
            row.hide()
            self._rows_column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(line) for line in lines]

    def _row(self, line: ProfileLine) -> ProfileRow:
        row = ProfileRow(self._appearance, line)
        row.chosen.connect(self.profile_chosen)
        row.renaming_requested.connect(self.renaming_requested)
        row.name_submitted.connect(self.name_submitted)
        row.removing_requested.connect(self.removing_requested)
        row.removing_agreed.connect(self.removing_agreed)
        row.cancelled.connect(self.cancel_requested)
        self._rows_column.addWidget(row)
        return row

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(_words(TELLS))
        column.addLayout(self._rows_column)
        column.addSpacing(8)
        column.addWidget(_heading("Add another pupil"))
        column.addWidget(self._first)
        column.addWidget(self._new)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addWidget(ScrollColumn(inner), 1)
        outer.addWidget(self._message)
        outer.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)

    def _draw(self) -> None:
        _resize(self, self._appearance)


class WhoDialog(QDialog):
    """Before the window: who is studying; `choice` is an id, or None if it was closed."""

    def __init__(
        self,
        appearance: Appearance,
        profiles: Sequence[Profile],
        current: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.choice: str | None = None
        self.setWindowTitle("Stalin Study")
        title = _heading(WHO)
        title.setProperty("type", "title")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        buttons = {one.id: _name_button(appearance, one.name) for one in profiles}
        for profile_id, button in buttons.items():
            button.clicked.connect(lambda _=False, chosen=profile_id: self._choose(chosen))
            column.addWidget(button)
        column.addStretch(1)
        close = PushButton(appearance, "Close", "ghost")
        close.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[appearance.look.space(20)] * 4)
        outer.addWidget(title)
        outer.addWidget(ScrollColumn(inner), 1)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        _resize(self, appearance)
        buttons.get(current, [*buttons.values(), close][0]).setFocus()

    def _choose(self, profile_id: str) -> None:
        self.choice = profile_id
        self.accept()


def choose_profile(
    appearance: Appearance,
    profiles: Sequence[Profile],
    current: str = "",
    parent: QWidget | None = None,
) -> str | None:
    """Ask who is studying; the id of a profile, or None if the pupil closed the question."""
    dialog = WhoDialog(appearance, profiles, current, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.choice


class _NameButton(LineButton):
    """A name as a button; a long one takes several lines."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, too."""
        PushButton.keyPressEvent(self, event)


def _name_button(appearance: Appearance, name: str) -> _NameButton:
    button = _NameButton(appearance)
    button.show_words(name, "choice")
    button.setAccessibleName(f"Study as {name}")
    return button


def _tone(state: ProfilesState) -> str:
    return "muted" if state.doing else "bad" if state.is_problem else "good"


def _resize(dialog: QDialog, appearance: Appearance) -> None:
    look, parent = appearance.look, dialog.parentWidget()
    room = parent.size() if parent else dialog.screen().availableSize()
    width, height = look.px(_WIDTH), look.px(_HEIGHT)
    dialog.resize(min(width, room.width() - 24), min(height, room.height() - 24))


def _heading(text: str) -> QLabel:
    label = _words(text)
    label.setProperty("tone", None)
    label.setProperty("type", "heading")
    return label


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "muted")
    return label
