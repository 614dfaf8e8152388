"""One question of a self-test: asked, answered, and what the answer was."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.review_log import Way
from stalin_study.presenters.self_test.state import WAY_NAMES, SelfTestState
from stalin_study.ui.pages.self_test.bodies import (
    Body,
    ChoiceBody,
    MatchBody,
    OrderBody,
    TypedBody,
)
from stalin_study.ui.pages.self_test.verdict import VerdictPanel
from stalin_study.ui.pages.self_test.written_body import WrittenBody
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.elided_label import ElidedLabel
from stalin_study.ui.widgets.into_view import whole_from
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.time_bar import TimeBar

_ROUNDS = 3  # the height that it takes to scroll so far comes with the next layout
_CHECK_NAMES = {
    ("asking", Way.BLURT): "Show the points",
    ("asking", Way.EXAM): "Show the mark scheme",
    ("self_marking", Way.BLURT): "Those are my points",
    ("self_marking", Way.EXAM): "Those are my marks",
}


class QuestionView(QWidget):
    """Shows a question and sends wishes. Choices have the keys 1 to 4; Enter goes on."""

    answer_submitted = Signal(object)
    draft_changed = Signal(str)
    rating_chosen = Signal(object)
    give_up_requested = Signal()
    right_requested = Signal()
    next_requested = Signal()
    undo_requested = Signal()
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
        self.time_bar = TimeBar(appearance)
        self._place = ElidedLabel()
        self._place.setProperty("tone", "muted")
        self._place.setProperty("type", "caption")
        self._undo = IconButton(appearance, "undo-2", "Undo")
        self._undo.set_name("Take the last answer back", "Take the last answer back (Ctrl+Z)")
        self._listen = IconButton(appearance, "volume-2", "Listen")
        self._listen.set_name("Read this aloud", "Read this aloud (Ctrl+L)")
        self._prompt = QLabel()
        self._prompt.setTextFormat(Qt.TextFormat.PlainText)
        self._prompt.setProperty("type", "title")
        self._prompt.setWordWrap(True)
        choice, typed = ChoiceBody(appearance), TypedBody(appearance)
        order, match = OrderBody(appearance), MatchBody(appearance)
        written = WrittenBody(appearance)
        self._bodies: dict[Way, Body] = {
            **dict.fromkeys(
                (Way.MULTIPLE_CHOICE, Way.EITHER_OR, Way.TRUE_FALSE, Way.SPEED), choice
            ),
            **dict.fromkeys((Way.TYPED, Way.GAP), typed),
            **dict.fromkeys((Way.BLURT, Way.EXAM), written),
            Way.ORDER: order,
            Way.MATCH: match,
        }
        self._body: Body = choice
        self._hint = QLabel()
        self._hint.setProperty("tone", "warn")
        self._hint.setWordWrap(True)
        self._verdict = VerdictPanel(appearance)
        self._check = PushButton(appearance, "Check", "filled", "check")
        self._give_up = PushButton(appearance, "I don’t know", "outline")
        self._next = PushButton(appearance, "Next", "filled", "arrow-right")
        self._right = PushButton(appearance, "My answer was right", "ghost")
        self._stop = PushButton(appearance, "Stop", "ghost", "flag")
        self._stop.setToolTip(
            "End the test here (Ctrl+T). What you answered counts, and you can go on later."
        )
        self._lay_out()
        self._connect()

    def render_state(self, state: SelfTestState) -> None:
        """Show a question, or what came of its answer."""
        before, self._state = self._state, state
        if state.task is None:
            return
        is_new = before is None or before.serial != state.serial
        is_turn = is_new or before is None or before.phase != state.phase
        self._body = self._bodies[state.task.way]
        for body in self._bodies.values():
            body.setVisible(body is self._body)
        self._show_place(state)
        self._prompt.setText(state.task.prompt)
        self._body.show_state(state, is_new=is_new)
        hint = state.hint or ("The time is up. Finish your sentence." if state.time_up else "")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._verdict.render_state(state)
        self._show_actions(state)
        if is_turn:
            self.focus_start()
            self._scroll(state)

    def focus_start(self) -> None:
        """Put the keyboard where the pupil goes on."""
        if self._state is not None and self._state.phase == "answered":
            self._next.setFocus()
        else:
            self._body.focus_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose, or rate once the answer is marked."""
        number = event.key() - Qt.Key.Key_0
        is_held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._state is None or is_held or not 1 <= number <= 9:
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            event.accept()
        elif self._state.phase == "answered":
            if not self._verdict.ratings.choose(number):
                super().keyPressEvent(event)
        elif not self._body.choose(number):
            super().keyPressEvent(event)

    def _show_place(self, state: SelfTestState) -> None:
        repeat = ", once more" if state.task is not None and state.task.is_repeat else ""
        way = WAY_NAMES[state.way] if state.way is not None else ""
        streak = f"  ·  {state.streak} right in a row" if state.streak > 1 else ""
        self._place.setText(
            f"{state.number} of {state.total}{repeat}  ·  {way}  ·  {state.card_title}{streak}"
        )
        self._progress.setRange(0, max(1, state.total))
        self._progress.setValue(state.number - (0 if state.has_verdict else 1))

    def _show_actions(self, state: SelfTestState) -> None:
        is_asking = state.phase == "asking"
        key = (state.phase, state.way)
        self._check.setText(_CHECK_NAMES.get(key, "Check"))
        self._check.setVisible(self._body.has_check(state))
        self._give_up.setVisible(is_asking and state.way not in (Way.BLURT, Way.EXAM))
        is_retyping = state.phase == "retyping"
        self._next.setVisible(state.has_verdict)
        self._next.setText("Leave it for later" if is_retyping else "Next")
        kind = "outline" if is_retyping else "filled"
        if self._next.property("kind") != kind:
            self._next.setProperty("kind", kind)
            self._next.style().unpolish(self._next)
            self._next.style().polish(self._next)
            self._next.setText(self._next.text())
        self._next.setAccessibleDescription(self._verdict.spoken)
        self._right.setVisible(state.may_claim and state.has_verdict)
        self._undo.setVisible(state.can_undo)

    def _scroll(self, state: SelfTestState) -> None:
        """Bring the verdict into view, or the top of a new question."""
        if state.has_verdict:
            # Only once the layout has given the verdict its place.
            QTimer.singleShot(0, self._verdict, lambda: self._show_verdict(_ROUNDS))
        else:
            self._area.widget().setMinimumHeight(0)
            self._area.verticalScrollBar().setValue(0)

    def _show_verdict(self, rounds: int) -> None:
        """All of it where there is room, else its top; after a slip, the line to type in too."""
        is_retyping = self._state is not None and self._state.phase == "retyping"
        top = (self._body if is_retyping else self._verdict).geometry().top()
        bottom = self._verdict.geometry().bottom() + self._appearance.look.space(8)
        inner, room = self._area.widget(), self._area.viewport().height()
        value = whole_from(inner, max(0, min(top, bottom - room)))
        inner.setMinimumHeight(value + room if value else 0)  # else it could not scroll so far
        self._area.verticalScrollBar().setValue(value)
        if rounds > 1:
            QTimer.singleShot(0, self._verdict, lambda: self._show_verdict(rounds - 1))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._place, 1)
        for widget in (self._undo, self._stop, self._listen):
            top.addWidget(widget)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(12)
        column.addWidget(self._prompt)
        for body in dict.fromkeys(self._bodies.values()):
            column.addWidget(body)
        column.addWidget(self._hint)
        column.addWidget(self._verdict)
        column.addStretch(1)
        self._area = ScrollColumn(inner)
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
        outer.addWidget(self.time_bar)
        outer.addWidget(self._area, 1)
        outer.addLayout(actions)

    def _connect(self) -> None:
        for body in dict.fromkeys(self._bodies.values()):
            body.answer_submitted.connect(self.answer_submitted)
            body.draft_changed.connect(self.draft_changed)
            body.completed.connect(self._check.setFocus)
        self._check.clicked.connect(self._hand_in)
        self._give_up.clicked.connect(self.give_up_requested)
        self._next.clicked.connect(self.next_requested)
        self._right.clicked.connect(self.right_requested)
        self._undo.clicked.connect(self.undo_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._listen.clicked.connect(self.listen_requested)
        self._verdict.card_requested.connect(self.card_requested)
        self._verdict.ratings.rating_chosen.connect(self.rating_chosen)
        keys = {
            "Ctrl+L": self.listen_requested.emit,
            "Ctrl+T": self.stop_requested.emit,
            "Ctrl+Return": self._go_on,
            "Ctrl+Enter": self._go_on,
        }
        for key, act in keys.items():
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            shortcut = QShortcut(QKeySequence(key), self, context=within)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _hand_in(self) -> None:
        self.answer_submitted.emit(self._body.answer())
        if self._state is not None and self._state.phase == "asking" and self._state.hint:
            self._body.focus_start()  # there is more to answer

    def _go_on(self) -> None:
        """Hand in the answer, or go to the next question."""
        button = self._check if self._check.isVisible() else self._next
        if button.isVisible():
            button.click()
