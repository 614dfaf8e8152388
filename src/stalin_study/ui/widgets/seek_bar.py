"""The place in the card that is read, and how long it still takes."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent

from stalin_study.domain.reading_steps import MS_A_CODE_POINT
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION
from stalin_study.ui.widgets.slider import Slider

SENTENCE, PAGE = 50, 300  # code points
WITH_WORDS = 300  # pixels at 100 %; a shorter bar shows no words
_LONGEST = "about 88 min 88 s left"


class SeekBar(Slider):
    """`seek_requested(code points)` once for a click, a drag or a key.

    What a screen reader hears of it changes by about a sentence at a time.
    """

    seek_requested = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, "Place in this card", SENTENCE, PAGE)
        self._heard = 0
        self._speed = 1.0
        self._is_key_held = False
        self.sliderReleased.connect(self._ask)

    @property
    def words(self) -> str:
        """What it says: "about 2 min 10 s left"."""
        return time_left(self.maximum() - self._shown_value(), self._speed)

    def show_place(self, heard: int, length: int, speed: float) -> None:
        """Show code points heard of all; while the pupil drags, the handle stays in the hand."""
        shown = (heard, length, speed)
        if self._is_held or shown == (self._heard, self.maximum(), self._speed):
            return
        is_far = length != self.maximum() or not 0 <= heard - self.value() < SENTENCE
        self._heard, self._speed = heard, speed
        if is_far:
            self._set(heard, length)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From where it is now; a key held down asks when it is let go."""
        if not self._is_held:
            self._set(self._heard, self.maximum())
        self._is_key_held = event.isAutoRepeat()
        super().keyPressEvent(event)
        self._is_key_held = self._is_key_held and event.isAccepted()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ask for the place that a held key has come to."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self._let_go_of_key()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The key is let go elsewhere."""
        super().focusOutEvent(event)
        self._let_go_of_key()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slider, and the words where there is room for them."""
        super().paintEvent(event)
        room = self._right_room()
        if room:
            look = self._appearance.look
            painter = QPainter(self)
            painter.setFont(look.font(CAPTION))
            painter.setPen(look.colour("muted"))
            place = QRectF(self.width() - room, 0, room - look.space(4), self.height())
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.words
            )

    @property
    def _is_held(self) -> bool:
        return self.isSliderDown() or self._is_key_held

    def _shown_value(self) -> int:
        return self.value() if self._is_held else self._heard

    def _right_room(self) -> int:
        look = self._appearance.look
        if self.width() < look.px(WITH_WORDS):
            return 0
        return QFontMetrics(look.font(CAPTION)).horizontalAdvance(_LONGEST) + look.space(4)

    def _set(self, heard: int, length: int) -> None:
        blocker = QSignalBlocker(self)
        self.setRange(0, length)
        self.setValue(heard)
        blocker.unblock()
        self.setAccessibleDescription(self.words)

    def _take_value(self, value: int) -> None:
        if not self._is_held:
            self._ask()

    def _let_go_of_key(self) -> None:
        if self._is_key_held:
            self._is_key_held = False
            self._ask()

    def _ask(self) -> None:
        self._heard = self.value()
        self.setAccessibleDescription(self.words)
        self.seek_requested.emit(self._heard)


def time_left(code_points: int, speed: float) -> str:
    """How long so many code points take, in words; nothing left is nothing said."""
    seconds = code_points * MS_A_CODE_POINT / (1000 * speed)
    if seconds <= 0:
        return ""
    step = 5 if seconds <= 55 else 10 if seconds <= 590 else 60
    minutes, rest = divmod(math.ceil(seconds / step) * step, 60)
    parts = [f"{minutes} min"] * (minutes > 0) + [f"{rest} s"] * (rest > 0)
    return f"about {' '.join(parts)} left"
