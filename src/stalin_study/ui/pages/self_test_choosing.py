"""Choosing a self-test: what, how, how many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from stalin_study.domain.self_test import How
from stalin_study.domain.wording import count_of
from stalin_study.presenters.self_test_state import LENGTHS, SelfTestState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.option_row import OptionRow

HOWS = {
    How.MIXED: "Mixed: easier first",
    How.MULTIPLE_CHOICE: "Multiple choice",
    How.TYPED: "Type the answer",
}


class ChoosingView(QWidget):
    """Shows what is chosen and sends wishes."""

    scope_chosen = Signal(str)
    how_chosen = Signal(object)
    length_chosen = Signal(object)
    start_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._what = QComboBox()
        self._how = OptionRow(HOWS)
        self._length = OptionRow({n: str(n) if n else "All" for n in LENGTHS})
        self._start = PushButton(appearance, "Start", "filled", "arrow-right")
        self._none = QLabel()
        self._none.setProperty("tone", "muted")
        self._none.setWordWrap(True)
        self._lay_out()
        self._what.activated.connect(lambda row: self.scope_chosen.emit(self._what.itemData(row)))
        self._how.option_chosen.connect(self.how_chosen)
        self._length.option_chosen.connect(self.length_chosen)
        self._start.clicked.connect(self.start_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: SelfTestState) -> None:
        """Show what there is to choose and what is chosen."""
        titles = [f"{one.title} ({one.count})" for one in state.scopes]
        if titles != [self._what.itemText(row) for row in range(self._what.count())]:
            self._what.clear()
            for title, scope in zip(titles, state.scopes, strict=True):
                self._what.addItem(title, scope.id)
        self._what.setCurrentIndex(self._what.findData(state.scope.id))
        self._how.show_option(state.how)
        self._length.show_option(state.length)
        self._start.setEnabled(state.can_start)
        asked = min(state.length or state.scope.count, state.scope.count)
        self._none.setText(
            f"{count_of(asked, 'question')}, about {count_of(max(1, round(asked / 3)), 'minute')}."
            if state.can_start
            else "Nothing here yet. Flip some cards or test yourself on everything first."
        )

    def focus_start(self) -> None:
        """Begin at Start."""
        (self._start if self._start.isEnabled() else self._what).setFocus()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        title = QLabel("Test yourself")
        title.setProperty("type", "prompt")
        column.addWidget(title)
        parts = (("On what", self._what), ("How", self._how), ("How many", self._length))
        for name, part in parts:
            label = QLabel(name)
            label.setProperty("type", "heading")
            if part is self._what:
                label.setBuddy(part)
            part.setAccessibleName(name)
            column.addSpacing(8)
            column.addWidget(label)
            column.addWidget(part)
        column.addSpacing(16)
        column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._none)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _draw(self) -> None:
        large = self._appearance.look.text_percent > 150
        self._how.set_columns(1 if large else 3)
        self._length.set_columns(2 if large else 4)
