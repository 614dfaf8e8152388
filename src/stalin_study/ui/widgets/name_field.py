"""A name to type, what is wrong with it, and buttons to save it or to leave it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stalin_study.services.profiles import LONGEST_NAME
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.into_view import bring_into_view
from stalin_study.ui.widgets.spoken_line import SpokenLine

_STACKED_FROM = 150  # percent of text, from which on the buttons stand below the field


class NameField(QWidget):
    """`name_submitted(name)` by Enter or the button; `cancelled` by Escape if it can be left."""

    name_submitted = Signal(str)
    cancelled = Signal()

    def __init__(
        self, appearance: Appearance, title: str, save: str, *, can_leave: bool = False
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._can_leave = can_leave
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setAccessibleName(title)
        self._name.setPlaceholderText(title)
        self._problem = SpokenLine()
        self._save = PushButton(appearance, save, "outline")
        self._cancel = PushButton(appearance, "Cancel", "ghost")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setSpacing(8)
        self._line.setContentsMargins(0, 0, 0, 0)
        typed = QVBoxLayout()
        typed.setSpacing(4)
        typed.addWidget(self._name)
        typed.addWidget(self._problem)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self._save)
        self._buttons.addWidget(self._cancel)
        self._line.addLayout(typed, 1)
        self._line.addLayout(self._buttons)
        self._cancel.setVisible(can_leave)
        self.setFocusProxy(self._name)
        self._save.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.cancelled)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_name(self, name: str) -> None:
        """Show a name, all of it marked, to be typed over."""
        self._name.setText(name)
        self._name.selectAll()

    def show_problem(self, problem: str) -> None:
        """Say what is wrong with the name; the keyboard goes back to it."""
        is_new = bool(problem) and problem != self._problem.sentence
        self._problem.say(problem, "bad")
        self._name.setAccessibleDescription(problem)
        if is_new:
            self._name.setFocus(Qt.FocusReason.TabFocusReason)
            self._name.selectAll()
            bring_into_view(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves. Escape leaves the field, and the dialog stays."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif event.key() == Qt.Key.Key_Escape and self._can_leave:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _submit(self) -> None:
        self.name_submitted.emit(self._name.text())

    def _draw(self) -> None:
        ways = QBoxLayout.Direction
        is_stacked = self._appearance.look.text_percent >= _STACKED_FROM
        self._line.setDirection(ways.TopToBottom if is_stacked else ways.LeftToRight)
        top, left = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft
        self._line.setAlignment(self._buttons, left if is_stacked else top)
