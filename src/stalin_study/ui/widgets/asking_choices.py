"""Before and after a hands-free test: about what, how long to think, and how it went."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.wording import count_of
from stalin_study.presenters.listening.hands_free_state import THINKING_TIMES, HandsFreeState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.elided_combo import ElidedCombo
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.wish_button import WishButton

TELLS = (
    "You hear a question, think of your answer, then hear the right one. You do not need to look"
    " at the screen."
)
NOTHING_DUE = "Nothing to ask here yet. Choose something else above."
KEYS = "Press K if you knew it, N if not yet. What you do not mark does not count."
THINKING = {
    seconds: f"{seconds} s" if seconds else "Until I press a key" for seconds in THINKING_TIMES
}


class AskingChoices(QWidget):
    """Shows what a HandsFreeState says while no question is on show; sends wishes."""

    scope_chosen = Signal(str)
    thinking_chosen = Signal(object)
    start_requested = Signal()
    undo_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._result = QFrame()
        self._result.setProperty("panel", "good")
        self._result_head = QLabel("That was your hands-free test")
        self._result_head.setProperty("type", "heading")
        self._result_words = QLabel()
        self._undo = PushButton(appearance, "Undo", "ghost", "undo-2")
        self._undo.setAccessibleName("Undo the last rating")
        self._undo.setToolTip("Take the last rating back (Ctrl+Z)")
        self._tells = QLabel(TELLS)
        self._tells.setProperty("type", "lead")
        self._keys = QLabel(KEYS)
        self._keys.setProperty("tone", "muted")
        self._what = ElidedCombo("Ask me about")
        self._thinking = OptionRow(THINKING, wraps=True)
        self._thinking.setAccessibleName("Time to think")
        self._start = WishButton(appearance, "Start", "ear", "Enter")
        self._amount = QLabel()
        self._amount.setProperty("tone", "muted")
        for label in (self._result_head, self._result_words, self._tells, self._keys, self._amount):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._what.activated.connect(lambda row: self.scope_chosen.emit(self._what.itemData(row)))
        self._thinking.option_chosen.connect(self.thinking_chosen)
        self._start.clicked.connect(self.start_requested)
        self._undo.clicked.connect(self.undo_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: HandsFreeState) -> None:
        """Show what there is to choose, and after a test how it went."""
        self._what.show_rows((f"{one.title} ({one.count})", one.id) for one in state.scopes)
        self._what.setCurrentIndex(self._what.findData(state.scope))
        self._thinking.show_option(state.chosen_thinking_s)
        is_over = state.stage == "finished"
        self._result.setVisible(is_over)
        self._tells.setVisible(not is_over)
        self._result_words.setText(state.message)
        had_focus = self._undo.hasFocus()
        self._undo.setVisible(state.may_undo)
        self._start.setEnabled(state.may_start)
        self._start.show_wish("Start again" if is_over else "Start", "ear")
        count = next((one.count for one in state.scopes if one.id == state.scope), 0)
        told = f"{count_of(count, 'question')}. Stop whenever you like."
        self._amount.setText(told if state.may_start else NOTHING_DUE)
        if had_focus and not state.may_undo:
            self.focus_start()

    def focus_start(self) -> None:
        """Begin at Start."""
        (self._start if self._start.isEnabled() else self._what).setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._result)
        row.setContentsMargins(16, 12, 12, 12)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._result_head)
        words.addWidget(self._result_words)
        row.addLayout(words, 1)
        row.addWidget(self._undo)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(8)
        column.addWidget(self._result)
        column.addWidget(self._tells)
        for title, part in (("Ask me about", self._what), ("Time to think", self._thinking)):
            label = QLabel(title)
            label.setProperty("type", "heading")
            if part is self._what:
                label.setBuddy(part)
            column.addSpacing(8)
            column.addWidget(label)
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self._keys)
        column.addStretch(1)
        bottom = QHBoxLayout()
        bottom.setSpacing(16)
        bottom.addWidget(self._start)
        bottom.addWidget(self._amount, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(ScrollColumn(inner), 1)
        outer.addLayout(bottom)

    def _draw(self) -> None:
        self._thinking.set_columns(3 if self._appearance.look.text_percent <= 150 else 2)
