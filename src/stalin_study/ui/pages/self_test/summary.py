"""The end of a self-test: the score, and every mistake with its right answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.self_test.summary import Mistake, Moves, Summary
from stalin_study.domain.wording import count_of, duration
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.flow_row import FlowRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn


class SummaryView(QWidget):
    """Shows the end of a session and sends wishes."""

    retry_requested = Signal()
    again_requested = Signal()
    go_on_requested = Signal()
    card_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._summary: Summary | None = None
        self._score, self._line = QLabel(), QLabel()
        self._line.setWordWrap(True)
        self._line.setProperty("tone", "muted")
        self._line.setProperty("type", "lead")
        self._score.setProperty("type", "title")
        self._score.setWordWrap(True)
        self._retry = PushButton(appearance, "Try the mistakes again", "filled", "rotate-ccw")
        self._go_on = PushButton(appearance, "Go on with this test", "outline", "arrow-right")
        self._again = PushButton(appearance, "New test", "outline")
        self._moved = QLabel()
        self._moved.setWordWrap(True)
        self._mistakes = QVBoxLayout()
        self._mistakes.setSpacing(8)
        self._lay_out()
        self._retry.clicked.connect(self.retry_requested)
        self._again.clicked.connect(self.again_requested)
        self._go_on.clicked.connect(self.go_on_requested)

    def render_state(self, state: SelfTestState) -> None:
        """Show the end of a session."""
        summary = state.summary
        if summary is None:
            return
        score, line = _told(summary)
        self._score.setText(score)
        self._line.setText(line)
        self._moved.setText(_moved(state.moves, has_match=summary.matches > 0))
        self._moved.setVisible(bool(self._moved.text()))
        self._retry.setVisible(bool(summary.mistakes))
        self._go_on.setVisible(state.can_go_on)
        if summary != self._summary:
            self._summary = summary
            self._fill()

    def focus_start(self) -> None:
        """Begin at what a pupil most likely wants next."""
        buttons = (self._go_on, self._retry, self._again)
        next(button for button in buttons if button.isVisibleTo(self)).setFocus()

    def _fill(self) -> None:
        while self._mistakes.count():
            widget = self._mistakes.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for mistake in self._summary.mistakes if self._summary else ():
            self._mistakes.addWidget(self._panel(mistake))

    def _panel(self, mistake: Mistake) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "surface")
        column = QVBoxLayout(panel)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        prompt = QLabel(mistake.prompt)
        prompt.setProperty("type", "strong")
        given = QLabel(f"You answered: {_lines(mistake.given) or '(nothing)'}")
        given.setProperty("tone", "bad")
        expected = QLabel(f"Right: {_lines(mistake.expected)}")
        if mistake.is_written:
            expected.setText(mistake.expected)
        expected.setProperty("tone", "good")
        expected.setProperty("type", "strong")
        point = QLabel(mistake.because)
        point.setProperty("tone", "muted")
        settled = QLabel("Right later in this test." if mistake.is_settled else "")
        shown = {
            prompt: True,
            given: not mistake.is_written,
            expected: True,
            point: bool(mistake.because),
            settled: mistake.is_settled,
        }
        for label in (label for label, is_shown in shown.items() if is_shown):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        button = PushButton(self._appearance, "Open the card", "ghost", "layers")
        button.setAccessibleName(f"Open the card of: {mistake.prompt}")
        button.clicked.connect(lambda: self.card_requested.emit(mistake.card_id))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self._score)
        column.addWidget(self._line)
        column.addWidget(self._moved)
        column.addSpacing(8)
        column.addLayout(self._mistakes)
        column.addStretch(1)
        area = ScrollColumn(inner)
        buttons = FlowRow(self._retry, self._go_on, self._again, spacing=12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area, 1)
        outer.addWidget(buttons)


def _told(summary: Summary) -> tuple[str, str]:
    """The score, and what there is to say of it."""
    if not summary.total:
        return "Nothing was answered", "That is fine. Go on with this test, or choose another one."
    close = f", {summary.close} of them nearly" if summary.close else ""
    praise = (
        f"{count_of(len(summary.mistakes), 'question')} to look at again."
        if summary.mistakes
        else "Not one mistake. Well done."
    )
    score = f"{summary.right} of {summary.total} right first time"
    return score, f"{praise} You took {duration(summary.took_ms)}{close}."


def _lines(text: str) -> str:
    """The pairs of a match below one another."""
    pairs = text.split("; ")
    return "\n".join(["", *pairs]) if len(pairs) > 1 else text


def _moved(moves: Moves, *, has_match: bool) -> str:
    """What moved, in a sentence."""
    parts = [
        f"{count_of(moves.met, 'question')} met for the first time" if moves.met else "",
        f"{count_of(moves.secured, 'question')} now secure" if moves.secured else "",
        f"{count_of(moves.fell, 'question')} will come back sooner" if moves.fell else "",
    ]
    told = ", ".join(part for part in parts if part)
    each = " Each pair of a match counts as a question here." if has_match else ""
    return f"What moved: {told}.{each}" if told else ""
