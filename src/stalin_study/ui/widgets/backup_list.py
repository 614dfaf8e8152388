"""The backups of the pupil's progress, each with what it holds and a way back to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from stalin_study.presenters.safekeeping import BackupLine
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.action_row import ActionRow
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.confirm_panel import ConfirmPanel

FEW = 4  # that are in view at first
LOOKING = "Looking for backups…"


class BackupList(QWidget):
    """`going_back_requested(file)`, then `agreed` or `declined` to what that would change."""

    going_back_requested = Signal(object)
    agreed = Signal()
    declined = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._lines: tuple[BackupLine, ...] | None = None
        self._has_all = False
        self._rows: dict[Path, tuple[ActionRow, PushButton, ConfirmPanel]] = {}
        self._asked: Path | None = None
        self._none = QLabel(LOOKING)
        self._none.setWordWrap(True)
        self._none.setProperty("tone", "muted")
        self._older = PushButton(appearance, "", "ghost", "chevron-down")
        self._older.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._none)
        self._column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        self._older.clicked.connect(self._bring_up_all)

    def show_backups(self, lines: tuple[BackupLine, ...] | None, otherwise: str) -> None:
        """Show these, or why there are none; None while they are looked for."""
        if lines != self._lines:
            self._lines = lines
            self._make_rows()
        self._none.setText(LOOKING if lines is None else otherwise)
        self._none.setVisible(not lines)

    def show_question(self, asked: Path | None, question: str, *, can_ask: bool) -> None:
        """Ask below one of them; the keyboard goes there, and comes back when it is over."""
        was, self._asked = self._asked, asked
        for file, (_, button, panel) in self._rows.items():
            if file == asked:
                panel.ask(question, "Go back")
                if was != asked:
                    panel.decline.setFocus(Qt.FocusReason.TabFocusReason)
            button.setEnabled(can_ask and file != asked)
        if was in self._rows and was != asked and was is not None:
            _, button, panel = self._rows[was]
            if panel.isAncestorOf(self.focusWidget()) and button.isEnabled():
                button.setFocus(Qt.FocusReason.TabFocusReason)
            panel.hide()

    def _make_rows(self) -> None:
        for row, _, _ in self._rows.values():
            row.hide()
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        for place, line in enumerate(self._lines or ()):
            self._rows[line.file] = self._row(place, line)
        self._fold()

    def _row(self, place: int, line: BackupLine) -> tuple[ActionRow, PushButton, ConfirmPanel]:
        button = PushButton(self._appearance, "Go back to this one…", "outline", "history")
        button.setAccessibleName(f"Go back to the backup of {line.title}")
        button.clicked.connect(lambda: self.going_back_requested.emit(line.file))
        if line.answers is None:
            button.hide()
        panel = ConfirmPanel(self._appearance)
        panel.agreed.connect(self.agreed)
        panel.declined.connect(self.declined)
        row = ActionRow(self._appearance, line.title, line.words, (button,))
        row.show_below(panel)
        self._column.insertWidget(1 + place, row)
        return row, button, panel

    def _fold(self) -> None:
        older = max(len(self._rows) - FEW, 0)
        for place, (row, _, _) in enumerate(self._rows.values()):
            row.setVisible(self._has_all or place < FEW)
        self._older.setText(f"Older backups ({older})")
        self._older.setVisible(older > 0 and not self._has_all)

    def _bring_up_all(self) -> None:
        self._has_all = True
        self._fold()
        came_up = [button for _, button, _ in self._rows.values()][FEW:]
        for button in came_up:
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                break
