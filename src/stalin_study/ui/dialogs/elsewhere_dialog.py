"""Before the window: progress is open on another computer, or a window does not answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout

from stalin_study.domain.wording import count_of
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

LOOK, TAKE_OVER, CLOSE = "look", "take_over", "close"
NO_ANSWER = (
    "Stalin Study is open already, but it does not answer. "
    "Close it, or start the computer anew, and try again."
)
STAYS = "It cannot be taken over: close Stalin Study on {host} first."


def elsewhere_words(host: str, seconds: float) -> str:
    """Who has it, and since when nothing was heard of them."""
    when = "just now" if seconds < 10 else f"{count_of(round(seconds), 'second')} ago"
    return f"Your progress is open on the computer {host}, which used it {when}."


class ElsewhereDialog(QDialog):
    """Asks what to do; `choice` is one of LOOK, TAKE_OVER, CLOSE."""

    def __init__(self, appearance: Appearance, words: str, *, asks: bool = True) -> None:
        super().__init__()
        self.choice = CLOSE
        self.setWindowTitle("Stalin Study")
        said = QLabel(words)
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setProperty("type", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[appearance.look.space(24)] * 4)
        column.setSpacing(appearance.look.space(12))
        column.addWidget(said)
        if asks:
            told = QLabel(
                "Only look: what you answer here is kept aside and added later. Use it here:"
                " answers are saved here, and no longer there."
            )
            told.setWordWrap(True)
            told.setProperty("tone", "muted")
            column.addWidget(told)
            look = self._button(appearance, "Only look", "filled", LOOK)
            column.addWidget(look)
            column.addWidget(self._button(appearance, "Use it here", "outline", TAKE_OVER))
            look.setFocus()
        column.addWidget(self._button(appearance, "Close", "ghost" if asks else "filled", CLOSE))
        width = appearance.look.px(460)
        self.resize(width, column.totalHeightForWidth(width))

    def _button(self, appearance: Appearance, text: str, kind: str, choice: str) -> PushButton:
        button = PushButton(appearance, text, kind)
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _choose(self, choice: str) -> None:
        self.choice = choice
        self.accept()
