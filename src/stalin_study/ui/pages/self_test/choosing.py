"""Choosing a self-test: on what, how, how long; and what the exam plan says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.self_test.choosing import How
from stalin_study.presenters.self_test.choices import LENGTHS, ChoosingState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.choice_box import ChoiceBox
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.plan_panel import PlanPanel
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.wrapping_button import WrappingButton

HOWS = {
    How.MIXED: "Mixed",
    How.MULTIPLE_CHOICE: "Multiple choice",
    How.TYPED: "Type the answer",
    How.TRUE_FALSE: "True or false",
    How.GAP: "Fill the gap",
    How.ORDER: "Put in order",
    How.MATCH: "Match",
    How.BLURT: "Blurt",
    How.EXAM: "Exam question",
    How.SPEED: "Speed round",
}
TELLS = {
    How.MIXED: "Every kind in turns, harder as you get better.",
    How.MULTIPLE_CHOICE: "Pick the right answer of four.",
    How.TYPED: "Recall it and type it. Slips are forgiven.",
    How.TRUE_FALSE: "True or false, this or that. Watch for common mistakes.",
    How.GAP: "A sentence from a card with its key word missing.",
    How.ORDER: "Put events in the order in which they happened.",
    How.MATCH: "People and roles, terms and meanings, events and dates.",
    How.BLURT: "Write all that you remember of a card, then tick what you had.",
    How.EXAM: "Write against the clock, then mark yourself with the mark scheme.",
    How.SPEED: "A few seconds for each question. How many in a row?",
}
EXTRA_TIMES = {
    "none": "Usual time",
    "quarter": "+25 %",
    "half": "+50 %",
    "untimed": "No limit",
}
_TIMED = frozenset({How.SPEED, How.EXAM})


class ChoosingView(QWidget):
    """Shows what is chosen and sends wishes."""

    scope_chosen = Signal(str)
    how_chosen = Signal(object)
    length_chosen = Signal(object)
    extra_time_chosen = Signal(object)
    start_requested = Signal()
    go_on_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._plan = PlanPanel(appearance)
        self._left = QFrame()
        self._left.setProperty("panel", "surface")
        self._left_words = QLabel()
        self._left_words.setWordWrap(True)
        self._go_on = WrappingButton(appearance, "Go on", "outline", "history")
        self._go_on.setAccessibleName("Go on with the test that you left")
        self._instead = WrappingButton(
            appearance, "Start this one instead", "filled", "arrow-right"
        )
        self._what = ChoiceBox()
        self._how = OptionRow(HOWS, wraps=True)
        self._tell = QLabel()
        self._tell.setProperty("tone", "muted")
        self._length = OptionRow({n: str(n) if n else "All" for n in LENGTHS}, wraps=True)
        self._extra = OptionRow(EXTRA_TIMES, wraps=True)
        self._start = PushButton(appearance, "Start", "filled", "arrow-right")
        self._amount = QLabel()
        self._amount.setProperty("tone", "muted")
        self._headings: dict[QWidget, QLabel] = {}
        self._lay_out()
        self._what.activated.connect(lambda row: self.scope_chosen.emit(self._what.itemData(row)))
        self._how.option_chosen.connect(self.how_chosen)
        self._length.option_chosen.connect(self.length_chosen)
        self._extra.option_chosen.connect(self.extra_time_chosen)
        self._start.clicked.connect(self.start_requested)
        self._go_on.clicked.connect(self.go_on_requested)
        self._instead.clicked.connect(self.start_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: ChoosingState) -> None:
        """Show what there is to choose and what is chosen."""
        titles = [f"{one.title} ({one.count})" for one in state.scopes]
        if titles != [self._what.itemText(row) for row in range(self._what.count())]:
            self._what.clear()
            for title, scope in zip(titles, state.scopes, strict=True):
                self._what.addItem(title, scope.id)
        self._what.setCurrentIndex(self._what.findData(state.scope.id))
        self._how.show_option(state.how)
        self._tell.setText(TELLS[state.how])
        self._length.show_option(state.length)
        is_timed = state.how in _TIMED
        self._extra.show_option(state.extra_time)
        self._extra.setVisible(is_timed)
        self._headings[self._extra].setVisible(is_timed)
        self._start.setEnabled(state.can_start)
        self._amount.setText(
            state.amount if state.can_start else "Nothing here yet. Choose something else above."
        )
        self._left.setVisible(bool(state.left))
        words, go_on = f"You left a test before its end: {state.left}.", "Go on"
        if state.offers:
            words = f"You left a test before its end. “{state.scope.title}” would be another one"
            words += f": {state.amount}" if state.can_start else "."
            go_on = f"Go on with the test you left ({state.to_go} to go)"
        self._left_words.setText(words)
        self._go_on.setText(go_on)
        self._go_on.setAccessibleName(
            go_on if state.offers else "Go on with the test that you left"
        )
        self._instead.setVisible(state.offers)
        self._instead.setEnabled(state.can_start)
        self._instead.setAccessibleName(f"Start this one instead: {state.scope.title}")
        self._stand(is_below=state.offers)
        self._plan.show_plan(state.plan)

    def focus_start(self) -> None:
        """Begin with what was wished for, else with the test that was left, or else at Start."""
        if self._instead.isVisibleTo(self) and self._instead.isEnabled():
            self._instead.setFocus()
        elif self._left.isVisibleTo(self):
            self._go_on.setFocus()
        else:
            (self._start if self._start.isEnabled() else self._what).setFocus()

    def _lay_out(self) -> None:
        self._left_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._left)
        self._left_row.addWidget(self._left_words, 1)
        self._left_buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._left_buttons.setSpacing(12)
        self._left_buttons.addWidget(self._instead)
        self._left_buttons.addWidget(self._go_on)
        self._left_row.addLayout(self._left_buttons)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(8)
        column.addWidget(self._left)
        column.addWidget(self._plan)
        parts: tuple[tuple[str, QWidget], ...] = (
            ("On what", self._what),
            ("How", self._how),
            ("How many", self._length),
            ("Time to answer", self._extra),
        )
        for name, part in parts:
            label = QLabel(name)
            label.setProperty("type", "heading")
            if part is self._what:
                label.setBuddy(part)
            part.setAccessibleName(name)
            self._headings[part] = label
            column.addWidget(label)
            column.addWidget(part)
            if part is self._how:
                self._tell.setWordWrap(True)
                column.addWidget(self._tell)
        column.addStretch(1)
        area = ScrollColumn(inner)
        bottom = QHBoxLayout()
        bottom.setSpacing(16)
        bottom.addWidget(self._start)
        self._amount.setWordWrap(True)
        bottom.addWidget(self._amount, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(area, 1)
        outer.addLayout(bottom)

    def _stand(self, *, is_below: bool) -> None:
        """The buttons of the test that was left: beside its words, or below them."""
        ways = QBoxLayout.Direction
        self._left_row.setDirection(ways.TopToBottom if is_below else ways.LeftToRight)

    def _draw(self) -> None:
        percent = self._appearance.look.text_percent
        ways = QBoxLayout.Direction
        self._left_buttons.setDirection(ways.TopToBottom if percent > 125 else ways.LeftToRight)
        self._how.set_columns(4 if percent <= 100 else 3 if percent <= 125 else 2)
        self._length.set_columns(2 if percent > 150 else 4)
        self._extra.set_columns(2 if percent > 125 else 4)
