"""Where the reading is, in words, as long as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent

from stalin_study.presenters.listening.state import ListeningState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION
from stalin_study.ui.widgets.elided_label import ElidedLabel


class ReadingPlace(ElidedLabel):
    """Draws the longest of several forms that fits; a screen reader gets the first."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._forms: tuple[str, ...] = ()
        self._is_strong = False
        self.setProperty("type", "caption")

    @property
    def drawn(self) -> str:
        """The form that fits."""
        metrics = QFontMetrics(self._font())
        fitting = (form for form in self._forms if metrics.horizontalAdvance(form) <= self.width())
        return next(fitting, self._forms[-1] if self._forms else "")

    def show_forms(self, forms: tuple[str, ...], *, is_strong: bool) -> None:
        """Show one of these, the longest one first; a strong one asks the pupil for something."""
        self._forms, self._is_strong = forms, is_strong
        self.setText(forms[0])
        self.setToolTip(forms[0])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(self._appearance.look.colour("primary" if self._is_strong else "muted"))
        elide = Qt.TextElideMode.ElideRight
        text = QFontMetrics(self._font()).elidedText(self.drawn, elide, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)

    def _font(self) -> QFont:
        look = self._appearance.look
        return look.font(CAPTION, 600 if self._is_strong else 400)


def place_forms(state: ListeningState) -> tuple[str, ...]:
    """What to say of the place, the longest form first."""
    if state.phase == "thinking":
        if state.thinking_left_s is None:
            return "Your turn: press Space to go on", "Your turn: press Space", "Your turn"
        return (f"Your turn: {state.thinking_left_s} s",)
    if not state.number:
        return ("",)
    sentence = f"sentence {state.number} of {state.count}"
    if state.track_count <= 1:
        return f"S{sentence[1:]}", f"{state.number} of {state.count}"
    card = f"{state.track_number} of {state.track_count}"
    named = (f"{state.playlist_title} · {card} · {sentence}",) * bool(state.playlist_title)
    return (*named, f"{card} · {sentence}", f"S{sentence[1:]}", f"{state.number} of {state.count}")
