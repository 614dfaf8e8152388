"""A pupil in the list of those who study here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stalin_study.presenters.profiles import ProfileLine, ProfilesState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.action_row import ActionRow
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.confirm_panel import ConfirmPanel
from stalin_study.ui.widgets.name_field import NameField


class ProfileRow(ActionRow):
    """Wishes about one pupil; the new name is typed, and removing is asked, in the row."""

    chosen = Signal(str)
    renaming_requested = Signal(str)
    name_submitted = Signal(str)
    removing_requested = Signal(str)
    removing_agreed = Signal()
    cancelled = Signal()

    def __init__(self, appearance: Appearance, line: ProfileLine) -> None:
        self._line_shown = line
        self._study = PushButton(appearance, "Study", "outline", "user")
        self._study.setAccessibleName(f"Study as {line.name}")
        self._rename = IconButton(appearance, "pencil-line", f"Rename {line.name}")
        self._remove = IconButton(appearance, "trash-2", f"Remove {line.name}")
        buttons = (self._study, self._rename, self._remove)
        mark = "Studying now" if line.is_current else ""
        super().__init__(appearance, line.name, "", buttons, mark)
        self._name = NameField(appearance, f"New name for {line.name}", "Save", can_leave=True)
        self._name.hide()
        self._question = ConfirmPanel(appearance)
        self.show_below(self._name)
        self.show_below(self._question)
        self._study.setVisible(not line.is_current)
        self._remove.setVisible(line.can_remove)
        self._study.clicked.connect(lambda: self.chosen.emit(line.id))
        self._rename.clicked.connect(lambda: self.renaming_requested.emit(line.id))
        self._remove.clicked.connect(lambda: self.removing_requested.emit(line.id))
        self._name.name_submitted.connect(self.name_submitted)
        self._question.agreed.connect(self.removing_agreed)
        for part in (self._name.cancelled, self._question.declined):
            part.connect(self.cancelled)

    def render_state(self, state: ProfilesState) -> None:
        """Show what is asked of this one."""
        is_renaming = state.renaming == self._line_shown.id
        is_removing = state.removing == self._line_shown.id
        is_free = not state.doing
        for button in (self._study, self._rename, self._remove):
            button.setEnabled(is_free and not (is_renaming or is_removing))
        self._name.setEnabled(is_free)
        self._question.setEnabled(is_free)
        self._turn(self._name, self._rename, is_on=is_renaming)
        self._turn(self._question, self._remove, is_on=is_removing)
        if is_removing:
            self._question.ask(state.question, "Put it aside")
        self._name.show_problem(state.problem if is_renaming else "")

    def _turn(self, part: QWidget, button: IconButton, *, is_on: bool) -> None:
        """Bring a part up with the keyboard in it, or put it away, the keyboard on its button."""
        was_on = not part.isHidden()
        if is_on and not was_on:
            if part is self._name:
                self._name.show_name(self._line_shown.name)
                part.show()
                part.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                part.show()
                self._question.decline.setFocus(Qt.FocusReason.TabFocusReason)
        elif was_on and not is_on:
            if part.isAncestorOf(self.focusWidget()):
                button.setFocus(Qt.FocusReason.TabFocusReason)
            part.hide()
