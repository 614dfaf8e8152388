"""What came of an answer: the verdict, the right answer, why, and the point it comes from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from stalin_study.domain.markup import PlainText
from stalin_study.domain.review_log import Verdict, Way
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.rating_bar import RatingBar

SETTLE_MS = 400
_TONES = {Verdict.CORRECT: "good", Verdict.CLOSE: "warn", Verdict.WRONG: "bad"}
_ICONS = {
    Verdict.CORRECT: "circle-check",
    Verdict.CLOSE: "circle-alert",
    Verdict.WRONG: "circle-x",
}
_ONE_OF = ("Name one", "Name a ", "Name an ", "Give one")
_SAVING = {
    "": "",
    "saving": "Saving…",
    "saved": "Saved",
    "failed": "Not saved yet",
}


class VerdictPanel(QFrame):
    """Shows the answered part of a SelfTestState; hidden while a question is open."""

    card_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state: SelfTestState | None = None
        self._icon, self._headline, self._saving = QLabel(), QLabel(), QLabel()
        self._headline.setProperty("type", "heading")
        self._saving.setProperty("type", "caption")
        self._lines = {name: QLabel() for name in ("answer", "why", "because", "point")}
        self._open = PushButton(appearance, "Open the card", "ghost", "layers")
        self._returns = QLabel()
        self._returns.setWordWrap(True)
        self._returns.setProperty("type", "caption")
        self.ratings = RatingBar(appearance, is_plain=True)
        self._serial = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(lambda: self.ratings.setEnabled(True))
        top = QHBoxLayout()
        top.addWidget(self._icon)
        top.addWidget(self._headline, 1)
        top.addWidget(self._saving)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        for name, label in self._lines.items():
            is_rich = name in ("answer", "point")
            rich, plain = Qt.TextFormat.RichText, Qt.TextFormat.PlainText
            label.setTextFormat(rich if is_rich else plain)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(self._returns)
        column.addWidget(self.ratings)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self._open.clicked.connect(
            lambda: self.card_requested.emit(
                self._state.task.card_id if self._state and self._state.task else ""
            )
        )
        appearance.look_changed.connect(self._draw)
        self.hide()

    def render_state(self, state: SelfTestState) -> None:
        """Show what came of the answer."""
        self._state = state
        if not state.has_verdict or state.outcome is None or state.task is None:
            self.hide()
            return
        self._headline.setText(state.headline)
        self._saving.setText(_SAVING[state.saving])
        texts = {
            "answer": _answer(state),
            "why": _why(state),
            "because": state.task.because,
            "point": f"From the card: {_html(state.point)}" if state.point else "",
        }
        for name, text in texts.items():
            self._lines[name].setText(text)
            self._lines[name].setVisible(bool(text))
        is_answered = state.phase == "answered"
        chosen = " (you chose so)" if state.is_own_rating else ""
        self._returns.setText(f"Comes back {state.comes_back}{chosen}. Or choose yourself:")
        self._returns.setVisible(is_answered and bool(state.ratings))
        self.ratings.setVisible(is_answered and bool(state.ratings))
        if state.serial != self._serial:
            # A key that was meant for the question must not rate its answer.
            self._serial = state.serial
            self.ratings.setEnabled(False)
            self._settle.start()
        self._draw()
        self.show()

    @property
    def spoken(self) -> str:
        """The verdict in a few words, for a screen reader."""
        state = self._state
        if state is None or state.outcome is None or state.task is None:
            return ""
        outcome = state.outcome
        parts = (state.headline, _why(state), outcome.expected, state.task.because)
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)

    def _draw(self) -> None:
        if self._state is None or self._state.outcome is None:
            return
        columns = 2 if self._appearance.look.text_percent > 150 else 4
        self.ratings.show_choices(self._state.ratings, columns)
        verdict = self._state.outcome.verdict
        tone = _TONES[verdict]
        self._icon.setPixmap(self._appearance.pixmap(_ICONS[verdict], tone, 24))
        for widget, name in ((self, "panel"), (self._headline, "tone")):
            if widget.property(name) != tone:
                widget.setProperty(name, tone)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


def _answer(state: SelfTestState) -> str:
    """What was answered and what is right, as far as it cannot be seen above."""
    task, outcome = state.task, state.outcome
    if task is None or outcome is None or not outcome.expected:
        return ""
    if outcome.verdict is Verdict.CORRECT and not outcome.why and task.way is not Way.ORDER:
        return ""
    if task.way is Way.MATCH:
        wrong = [part.expected for part in outcome.parts if part.verdict is Verdict.WRONG]
        return "<br>".join(f"<b>{escape(line)}</b>" for line in wrong)
    if task.way is Way.ORDER:
        lines = "<br>".join(
            f"{n}.  {escape(part.expected)}" for n, part in enumerate(outcome.parts, 1)
        )
        return f"<b>The right order</b><br>{lines or escape(outcome.expected)}"
    given = f"You answered: {escape(state.given)}<br>" if state.given else ""
    one = "One right answer" if task.prompt.startswith(_ONE_OF) else "The answer"
    return f"{given}{one}: <b>{escape(outcome.expected)}</b>"


def _why(state: SelfTestState) -> str:
    """Why, unless it says only what the answer is, which is told already."""
    outcome = state.outcome
    if outcome is None or outcome.why == f"The answer is {outcome.expected}.":
        return ""
    return outcome.why


def _html(text: PlainText) -> str:
    """Plain text with its bold runs as HTML; everything else is escaped."""
    parts, end = [], 0
    for run in text.runs:
        tag = "b" if run.bold else "i"
        parts += [
            escape(text.text[end : run.start]),
            f"<{tag}>{escape(text.text[run.start : run.end])}</{tag}>",
        ]
        end = run.end
    return "".join([*parts, escape(text.text[end:])])
