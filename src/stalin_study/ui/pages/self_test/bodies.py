"""The part of a question where it is answered, one for each kind of body."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from stalin_study.domain.review_log import Verdict, Way
from stalin_study.domain.self_test.tasks import (
    Answer,
    Choosing,
    Matching,
    Ordering,
    Outcome,
    Typing,
)
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.choice_buttons import ChoiceButtons
from stalin_study.ui.widgets.match_board import MatchBoard
from stalin_study.ui.widgets.order_list import OrderList
from stalin_study.ui.widgets.undo_passing import UndoPassing


class Body(QWidget):
    """Shows where to answer, and afterwards what was answered; sends wishes.

    `draft_changed(text)` with what is written, as the answer changes in any way. `completed` when
    nothing is left but to check it.
    """

    answer_submitted = Signal(object)
    draft_changed = Signal(str)
    completed = Signal()
    check_name = "Check"

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def show_state(self, state: SelfTestState, *, is_new: bool) -> None:
        """Show a question; `is_new` when it comes up, so that fields are emptied."""

    def answer(self) -> Answer:
        """What is answered at the moment."""
        return Answer()

    def focus_start(self) -> None:
        """Put the keyboard where the answer is given."""
        self.setFocus()

    def has_check(self, state: SelfTestState) -> bool:
        """Whether the answer is handed in with a button of its own."""
        return not state.has_verdict

    def choose(self, _number: int) -> bool:
        """Take a number key, from 1; False if it means nothing here."""
        return False


class ChoiceBody(Body):
    """Two to four choices with the keys 1 to 4."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._choices = ChoiceButtons(appearance)
        self.column.addWidget(self._choices)
        self._texts: tuple[str, ...] = ()
        self._is_open = False
        self._choices.choice_chosen.connect(self._submit)

    def show_state(self, state: SelfTestState, *, is_new: bool) -> None:
        """Show the choices, and once answered which was right."""
        body = state.task.body if state.task is not None else None
        if isinstance(body, Choosing):
            self._is_open = state.phase == "asking"
            self._texts = body.choices
            right = "" if self._is_open else body.right
            self._choices.show_choices(body.choices, given=state.given, expected=right)

    def focus_start(self) -> None:
        """Begin at the first choice."""
        self._choices.focus_start()

    def has_check(self, state: SelfTestState) -> bool:
        """A choice is handed in by choosing it."""
        return False

    def choose(self, number: int) -> bool:
        """Choose by number."""
        if not (self._is_open and 1 <= number <= len(self._texts)):
            return False
        self._submit(number - 1)
        return True

    def _submit(self, place: int) -> None:
        if self._is_open:
            self.answer_submitted.emit(Answer(text=self._texts[place]))


class TypedBody(Body):
    """A line to type the answer in; after a slip, to type it once more."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._label = QLabel("Type it once more:")
        self._label.setProperty("type", "strong")
        self._line = QLineEdit()
        self._line.setMaxLength(30_000)
        self._label.setBuddy(self._line)
        UndoPassing(self._line)
        self.column.addWidget(self._label)
        self.column.addWidget(self._line)
        self._is_retyping = False
        self._line.returnPressed.connect(self._submit)
        self._line.textEdited.connect(self.draft_changed)

    def show_state(self, state: SelfTestState, *, is_new: bool) -> None:
        """Show an empty line, or the answer that was given."""
        if not (state.task is not None and isinstance(state.task.body, Typing)):
            return
        is_retyping = state.phase == "retyping"
        if is_new or (is_retyping and not self._is_retyping):
            self._line.setText(state.draft if state.phase == "asking" else "")
        self._is_retyping = is_retyping
        is_gap = state.task.way is Way.GAP
        name = "What goes into the gap" if is_gap else "Your answer"
        again = f"It is spelt: {state.outcome.expected}" if state.outcome else ""
        self._line.setAccessibleName(again if is_retyping else name)
        self._line.setPlaceholderText("" if is_retyping else f"{name}…")
        self._label.setVisible(is_retyping)
        self._line.setReadOnly(state.phase == "answered")

    def answer(self) -> Answer:
        """What is typed."""
        return Answer(text=self._line.text())

    def focus_start(self) -> None:
        """Begin to type."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_check(self, state: SelfTestState) -> bool:
        """Enter does the same."""
        return state.phase in ("asking", "retyping")

    def _submit(self) -> None:
        if not self._line.isReadOnly():
            self.answer_submitted.emit(self.answer())


class OrderBody(Body):
    """Events to put in order."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._how = QLabel(
            "Drag them, or use the arrows. With the keyboard: Alt+Up and Alt+Down;"
            " Ctrl+Enter checks."
        )
        self._how.setProperty("tone", "muted")
        self._how.setWordWrap(True)
        self._list = OrderList(appearance)
        self.column.addWidget(self._how)
        self.column.addWidget(self._list)
        self._list.completed.connect(self.completed)

    def show_state(self, state: SelfTestState, *, is_new: bool) -> None:
        """Show the events as they stand, and once answered which are in their place."""
        body = state.task.body if state.task is not None else None
        if not isinstance(body, Ordering):
            return
        texts = tuple(event.text for event in body.events)
        self._how.setVisible(not state.has_verdict)
        if state.outcome is not None:
            dates = tuple(event.when for event in body.events)
            order = state.answer.places or body.shown
            self._list.show_events(texts, order, _marks(state.outcome), dates)
        elif is_new:
            self._list.show_events(texts, body.shown)

    def answer(self) -> Answer:
        """The order as it stands."""
        return Answer(places=self._list.order)

    def focus_start(self) -> None:
        """Begin at the first event."""
        self._list.focus_start()


class MatchBody(Body):
    """Things to match."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._how = QLabel(
            "Click one on the left, then what belongs to it. With the keyboard: its number, then"
            " the letter; Ctrl+Enter checks."
        )
        self._how.setProperty("tone", "muted")
        self._how.setWordWrap(True)
        self._board = MatchBoard(appearance)
        self._shown: tuple[int, ...] = ()
        self.column.addWidget(self._how)
        self.column.addWidget(self._board)
        self._board.chosen_changed.connect(lambda _: self.draft_changed.emit(""))
        self._board.completed.connect(self.completed)

    def show_state(self, state: SelfTestState, *, is_new: bool) -> None:
        """Show both sides, and once answered which pairs were right."""
        body = state.task.body if state.task is not None else None
        if not isinstance(body, Matching):
            return
        self._shown = body.shown
        lefts = tuple(pair.left for pair in body.pairs)
        rights = tuple(body.pairs[n].right for n in body.shown)
        self._how.setVisible(not state.has_verdict)
        if state.outcome is not None:
            places = state.answer.places or (-1,) * len(lefts)
            chosen = tuple(self._shown.index(n) if n >= 0 else -1 for n in places)
            self._board.show_pairs(lefts, rights, chosen, _marks(state.outcome))
        elif is_new:
            self._board.show_pairs(lefts, rights, (-1,) * len(lefts))

    def answer(self) -> Answer:
        """The pairs as they stand."""
        chosen = tuple(self._shown[n] if n >= 0 else -1 for n in self._board.chosen)
        return Answer(places=chosen)

    def choose(self, number: int) -> bool:
        """Pick one on the left by number, also from Check."""
        return self._board.pick_left(number - 1)

    def focus_start(self) -> None:
        """Begin at the first on the left."""
        self._board.focus_start()


def _marks(outcome: Outcome) -> tuple[str, ...]:
    return tuple("wrong" if part.verdict is Verdict.WRONG else "right" for part in outcome.parts)
