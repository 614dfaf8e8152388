"""What came of an answer: the verdict, the right answer, why, and the point it comes from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from stalin_study.domain.markup import PlainText
from stalin_study.domain.review_log import Verdict
from stalin_study.presenters.self_test_state import SelfTestState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

_TONES = {Verdict.CORRECT: "good", Verdict.CLOSE: "warn", Verdict.WRONG: "bad"}
_ICONS = {
    Verdict.CORRECT: "circle-check",
    Verdict.CLOSE: "circle-alert",
    Verdict.WRONG: "circle-x",
}
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
        top = QHBoxLayout()
        top.addWidget(self._icon)
        top.addWidget(self._headline, 1)
        top.addWidget(self._saving)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        for label in self._lines.values():
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self._open.clicked.connect(
            lambda: self.card_requested.emit(self._state.card_id if self._state else "")
        )
        appearance.look_changed.connect(self._draw)
        self.hide()

    def render_state(self, state: SelfTestState) -> None:
        """Show what came of the answer."""
        self._state = state
        if state.phase != "answered" or state.verdict is None:
            self.hide()
            return
        self._headline.setText(state.headline)
        self._saving.setText(_SAVING[state.saving])
        given = f"You answered: {escape(state.given)}<br>" if state.given else ""
        is_exact = state.verdict is Verdict.CORRECT and not state.why
        answer = "" if is_exact else f"{given}The answer: <b>{escape(state.expected)}</b>"
        texts = {
            "answer": answer,
            "why": escape(state.why) if state.verdict is Verdict.CLOSE else "",
            "because": escape(state.because),
            "point": f"From the card: {_html(state.point)}" if state.point else "",
        }
        for name, text in texts.items():
            self._lines[name].setText(text)
            self._lines[name].setVisible(bool(text))
        self._draw()
        self.show()

    def _draw(self) -> None:
        verdict = self._state.verdict if self._state else None
        if verdict is None:
            return
        tone = _TONES[verdict]
        self._icon.setPixmap(self._appearance.pixmap(_ICONS[verdict], tone, 24))
        for widget, name in ((self, "panel"), (self._headline, "tone")):
            if widget.property(name) != tone:
                widget.setProperty(name, tone)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


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
