"""A question of the hands-free test: what is asked, the time to think, and did you know it?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.terms import TermFinder
from stalin_study.presenters.listening.hands_free_state import HandsFreeState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CARD
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.card_text import CardText
from stalin_study.ui.widgets.elided_label import ElidedLabel
from stalin_study.ui.widgets.time_bar import TimeBar
from stalin_study.ui.widgets.wish_button import WishButton

LISTEN = "Listen to the question."
YOUR_TURN = "Your turn: say your answer, or think it."
WAITS = "Your turn. Press Space when you want to hear the answer."
KNEW_IT = "Did you know it?"
PAUSED = "Paused."
# From these widths on, in pixels at 100 % text, there is room for longer words, and for all.
_MIDDLE, _WIDE = 690, 820


class AskingView(QWidget):
    """Shows a HandsFreeState while a question is on show; sends wishes."""

    knew_requested = Signal()
    not_yet_requested = Signal()
    toggle_requested = Signal()
    skip_requested = Signal()
    undo_requested = Signal()
    stop_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state = HandsFreeState()
        self._is_low = False
        self._place = ElidedLabel()
        self._counts = QLabel()
        for label in (self._place, self._counts):
            label.setProperty("tone", "muted")
            label.setProperty("type", "caption")
        self._panel = QFrame()
        self._panel.setProperty("panel", "surface")
        self._text = CardText(appearance, TermFinder(()), "Question that is asked")
        self._prompting = QLabel()
        self._prompting.setProperty("type", "strong")
        self._prompting.setWordWrap(True)
        self.time_bar = TimeBar(appearance)
        self._knew = PushButton(appearance, "I knew it (K)", "good", "check")
        self._not_yet = PushButton(appearance, "Not yet (N)", "bad", "rotate-ccw")
        self._hear = WishButton(appearance, "Pause", "pause")
        self._skip = PushButton(appearance, "Skip", "ghost", "skip-forward")
        self._skip.setToolTip("Next question (right arrow)")
        self._undo = PushButton(appearance, "Undo", "ghost", "undo-2")
        self._undo.setAccessibleName("Undo the last rating")
        self._undo.setToolTip("Take the last rating back (Ctrl+Z)")
        self._stop = PushButton(appearance, "Stop", "ghost", "square")
        self._stop.setAccessibleName("Stop the test")
        self._stop.setToolTip("Stop the test; what you marked stays counted")
        self._lay_out()
        self._knew.clicked.connect(self.knew_requested)
        self._not_yet.clicked.connect(self.not_yet_requested)
        self._hear.clicked.connect(self.toggle_requested)
        self._skip.clicked.connect(self.skip_requested)
        self._undo.clicked.connect(self.undo_requested)
        self._stop.clicked.connect(self.stop_requested)
        appearance.look_changed.connect(self._arrange)
        self._arrange()

    def render_state(self, state: HandsFreeState) -> None:
        """Show the question, what the pupil is to do, and how many were known."""
        before, self._state = self._state, state
        if state.number != before.number:
            self._text.show_blocks(())  # another question begins at its top
        self._place.setText(f"Question {state.number} of {state.total}  ·  {state.title}")
        self._counts.setText(f"{state.known} known  ·  {state.not_yet} not yet")
        self._text.show_blocks(state.blocks)
        self._text.show_reading(state.sentence, state.word)
        self._prompting.setText(_prompting(state))
        left_s = state.thinking_left_s if state.stage == "thinking" else None
        self.time_bar.show_time(left_s or 0, state.thinking_s if left_s is not None else 0)
        self._show_prompting()
        self._show_wishes(state)
        if state.blocks != before.blocks:
            self._fit_text()

    def focus_start(self) -> None:
        """Begin at the button that goes on."""
        self._hear.setFocus()

    def set_room(self, *, is_low: bool) -> None:
        """In a low window the question has the room that words about it would take."""
        self._is_low = is_low
        self._text.set_prompt_size(CARD if is_low else 0)
        self._show_prompting()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lesser buttons have words when there is room for them."""
        super().resizeEvent(event)
        self._arrange()
        self._fit_text()

    def _show_wishes(self, state: HandsFreeState) -> None:
        passing = (self._knew, self._not_yet, self._undo)
        had_focus = any(one.hasFocus() for one in passing)
        if state.is_paused:
            self._hear.show_wish("Go on", "play")
        elif state.stage == "thinking":
            words = "Hear the answer" if self._has_room else "Answer"
            self._hear.show_wish(words, "ear", "Hear the answer")
        else:
            self._hear.show_wish("Pause", "pause")
        self._knew.setEnabled(state.may_rate)
        self._not_yet.setEnabled(state.may_rate)
        self._undo.setVisible(state.may_undo)
        # Qt would hand the keyboard to whatever comes next.
        if had_focus and not any(one.hasFocus() for one in passing):
            self._hear.setFocus()

    def _show_prompting(self) -> None:
        """With the time running, its bar says enough where there is little room."""
        is_told = self._is_low and not self.time_bar.isHidden()
        self._prompting.setVisible(not is_told and bool(self._prompting.text()))

    def _fit_text(self) -> None:
        """As high as the text, so that a short question stands in the middle."""
        frame = 2 * self._text.frameWidth() + 4
        wanted = self._text.text_height(max(self._text.viewport().width(), 1)) + frame
        self._text.setMaximumHeight(wanted)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._place, 1)
        top.addWidget(self._counts)
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(16, 12, 8, 8)
        inner.addStretch(2)
        inner.addWidget(self._text, 100)
        inner.addStretch(3)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._panel, 1)
        column.addWidget(self._prompting)
        column.addWidget(self.time_bar)
        column.addLayout(self._buttons)

    @property
    def _has_room(self) -> bool:
        return self.width() >= self._appearance.look.px(_MIDDLE)

    def _arrange(self) -> None:
        """The ratings first, at the size of what is left; the lesser wishes lose their words."""
        is_wide = self.width() >= self._appearance.look.px(_WIDE)
        main = (self._knew, self._not_yet, self._hear)
        lesser = {self._skip: "Skip", self._undo: "Undo", self._stop: "Stop"}
        for number, button in enumerate((*main, *lesser)):
            self._buttons.addWidget(button, 0, number)
            self._buttons.setColumnStretch(number, 1 if button in main else 0)
        for button, words in lesser.items():
            button.setText(words if is_wide else "")
        # Where there is none, the listening bar's own button ends the test.
        self._stop.setVisible(self._has_room)
        self._knew.setText("I knew it (K)" if self._has_room else "Knew it")
        self._not_yet.setText("Not yet (N)" if self._has_room else "Not yet")


def _prompting(state: HandsFreeState) -> str:
    """What the pupil is to do now, or what has just been counted."""
    if state.is_paused:
        return state.message or PAUSED
    if state.stage == "thinking":
        return YOUR_TURN if state.thinking_left_s is not None else WAITS
    if state.message:
        return state.message
    if state.stage == "answering":
        return "" if state.rating else KNEW_IT
    return LISTEN
