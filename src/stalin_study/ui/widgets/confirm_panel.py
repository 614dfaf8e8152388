"""What a step would change, asked in place: to be agreed to, or left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.into_view import bring_into_view
from stalin_study.ui.widgets.spoken_line import breakable


class ConfirmPanel(QFrame):
    """`agreed` and `declined`, which Escape sends as well; hidden until there is a question."""

    agreed = Signal()
    declined = Signal()

    def __init__(self, appearance: Appearance, panel: str = "warn") -> None:
        super().__init__()
        self.setProperty("panel", panel)
        self._title, self._words = QLabel(), QLabel()
        self._title.setProperty("type", "strong")
        for label in (self._title, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.agree = PushButton(appearance, "", "filled")
        self.decline = PushButton(appearance, "", "outline")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.agree)
        buttons.addWidget(self.decline)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addLayout(buttons)
        self.agree.clicked.connect(self.agreed)
        self.decline.clicked.connect(self.declined)
        self.hide()

    def ask(self, words: str, agree: str, decline: str = "Cancel", title: str = "") -> None:
        """Show a question; without words for `agree` it can only be put away."""
        is_other = breakable(words) != self._words.text() or self.isHidden()
        for label, text in ((self._title, title), (self._words, words)):
            label.setText(breakable(text))
            label.setAccessibleName(text)
            label.setVisible(bool(text))
        for button, text in ((self.agree, agree), (self.decline, decline)):
            button.setText(text)
            button.setAccessibleDescription(words)
        self.agree.setVisible(bool(agree))
        self.show()
        if is_other:
            bring_into_view(self)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question, and the dialog stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.declined.emit()
        else:
            super().keyPressEvent(event)
