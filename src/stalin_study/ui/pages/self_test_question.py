"""One question of a self-test: asked, answered, and what the answer was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.review_log import Verdict, Way
from stalin_study.presenters.self_test_state import SelfTestState
from stalin_study.ui.pages.self_test_verdict import VerdictPanel
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.choice_buttons import ChoiceButtons
from stalin_study.ui.widgets.elided_label import ElidedLabel


class QuestionView(QWidget):
    """Shows a question and sends wishes. Choices have the keys 1 to 4; Enter goes on."""

    answer_submitted = Signal(str)
    choice_chosen = Signal(int)
    give_up_requested = Signal()
    right_requested = Signal()
    next_requested = Signal()
    stop_requested = Signal()
    card_requested = Signal(str)
    listen_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state: SelfTestState | None = None
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Questions answered")
        self._place = ElidedLabel()
        self._place.setProperty("tone", "muted")
        self._place.setProperty("type", "caption")
        self._listen = IconButton(appearance, "volume-2", "Listen")
        self._listen.set_name("Read this aloud", "Read this aloud (Ctrl+L)")
        self._prompt = QLabel()
        self._prompt.setTextFormat(Qt.TextFormat.PlainText)
        self._prompt.setProperty("type", "title")
        self._prompt.setWordWrap(True)
        self._answer = QLineEdit()
        self._answer.setPlaceholderText("Type your answer")
        self._answer.setAccessibleName("Your answer")
        self._choices = ChoiceButtons(appearance)
        self._hint = QLabel()
        self._hint.setProperty("tone", "warn")
        self._verdict = VerdictPanel(appearance)
        self._check = PushButton(appearance, "Check", "filled", "check")
        self._give_up = PushButton(appearance, "I don’t know", "outline")
        self._next = PushButton(appearance, "Next", "filled", "arrow-right")
        self._right = PushButton(appearance, "My answer was right", "ghost")
        self._stop = PushButton(appearance, "Stop", "ghost", "flag")
        self._stop.setToolTip("End the test here. What you answered counts.")
        self._lay_out()
        self._connect()

    def render_state(self, state: SelfTestState) -> None:
        """Show a question, or what came of its answer."""
        before, self._state = self._state, state
        is_new = before is None or (before.question_id, before.number) != (
            state.question_id,
            state.number,
        )
        is_asking = state.phase == "asking"
        if is_asking and (is_new or before is None or before.phase != "asking"):
            self._answer.clear()
        repeat = ", once more" if state.is_repeat else ""
        self._place.setText(
            f"Question {state.number} of {state.total}{repeat}  ·  {state.card_title}"
        )
        self._progress.setRange(0, max(1, state.total))
        self._progress.setValue(state.number - (1 if is_asking else 0))
        self._prompt.setText(state.prompt)
        is_typed = state.way is Way.TYPED
        self._answer.setVisible(is_typed)
        self._answer.setReadOnly(not is_asking)
        self._choices.setVisible(not is_typed)
        self._choices.show_choices(
            state.choices,
            given="" if is_asking else state.given,
            expected="" if is_asking else state.expected,
        )
        self._hint.setText(state.why if is_asking else "")
        self._hint.setVisible(bool(self._hint.text()))
        self._verdict.render_state(state)
        self._check.setVisible(is_asking and is_typed)
        self._give_up.setVisible(is_asking)
        self._next.setVisible(not is_asking)
        self._right.setVisible(not is_asking and self._may_claim(state))
        if before is None or is_new or before.phase != state.phase:
            self.focus_start()

    def focus_start(self) -> None:
        """Put the keyboard where the pupil goes on."""
        state = self._state
        if state is None:
            return
        if state.phase == "answered":
            self._next.setFocus()
        elif state.way is Way.TYPED:
            self._answer.setFocus()
        else:
            self._choices.focus_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose."""
        state = self._state
        number = event.key() - Qt.Key.Key_0
        is_choice = state is not None and state.phase == "asking" and bool(state.choices)
        if is_choice and 1 <= number <= len(state.choices if state else ()):
            self.choice_chosen.emit(number - 1)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _may_claim(state: SelfTestState) -> bool:
        is_wrong = state.verdict is Verdict.WRONG
        return is_wrong and state.way is Way.TYPED and bool(state.given)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._place, 1)
        top.addWidget(self._stop)
        top.addWidget(self._listen)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(12)
        column.addWidget(self._prompt)
        column.addWidget(self._answer)
        column.addWidget(self._choices)
        column.addWidget(self._hint)
        column.addWidget(self._verdict)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        actions = QHBoxLayout()
        actions.setSpacing(12)
        for button in (self._check, self._next, self._give_up, self._right):
            actions.addWidget(button)
        actions.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(top)
        outer.addWidget(self._progress)
        outer.addWidget(area, 1)
        outer.addLayout(actions)

    def _connect(self) -> None:
        self._answer.returnPressed.connect(self._submit)
        self._check.clicked.connect(self._submit)
        self._choices.choice_chosen.connect(self.choice_chosen)
        self._give_up.clicked.connect(self.give_up_requested)
        self._next.clicked.connect(self.next_requested)
        self._right.clicked.connect(self.right_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._listen.clicked.connect(self.listen_requested)
        self._verdict.card_requested.connect(self.card_requested)

    def _submit(self) -> None:
        if self._state is not None and self._state.phase == "asking":
            self.answer_submitted.emit(self._answer.text())
