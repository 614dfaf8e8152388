"""The end of a self-test: the score, and every mistake with its right answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from stalin_study.domain.self_test import Mistake, Summary
from stalin_study.domain.wording import count_of, duration
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton


class SummaryView(QWidget):
    """Shows a Summary and sends wishes."""

    retry_requested = Signal()
    again_requested = Signal()
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
        self._again = PushButton(appearance, "New test", "outline")
        self._mistakes = QVBoxLayout()
        self._mistakes.setSpacing(8)
        self._lay_out()
        self._retry.clicked.connect(self.retry_requested)
        self._again.clicked.connect(self.again_requested)

    def show_summary(self, summary: Summary) -> None:
        """Show the end of a session."""
        if summary == self._summary:
            return
        self._summary = summary
        self._score.setText(f"{summary.right} of {summary.total} right first time")
        close = f", {summary.close} of them nearly" if summary.close else ""
        praise = (
            "Nothing answered yet."
            if not summary.total
            else "Not one mistake. Well done."
            if not summary.mistakes
            else f"{count_of(len(summary.mistakes), 'question')} to look at again."
        )
        self._line.setText(f"{praise} You took {duration(summary.took_ms)}{close}.")
        self._retry.setVisible(bool(summary.mistakes))
        self._fill()

    def focus_start(self) -> None:
        """Begin at what a pupil most likely wants next."""
        (self._retry if self._retry.isVisibleTo(self) else self._again).setFocus()

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
        given = QLabel(f"You answered: {mistake.given or '(nothing)'}")
        given.setProperty("tone", "bad")
        expected = QLabel(f"Right: {mistake.expected}")
        expected.setProperty("tone", "good")
        expected.setProperty("type", "strong")
        point = QLabel(mistake.because)
        point.setProperty("tone", "muted")
        for label in (prompt, given, expected, point):
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
        column.addSpacing(8)
        column.addLayout(self._mistakes)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._retry)
        buttons.addWidget(self._again)
        buttons.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area, 1)
        outer.addLayout(buttons)
