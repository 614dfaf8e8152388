"""The ratings to give after a flip; each says when the card comes back."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from stalin_study.domain.review_log import Rating
from stalin_study.presenters.rating_choices import RatingChoice
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, CAPTION
from stalin_study.ui.widgets.buttons import PushButton

_KINDS = {Rating.AGAIN: "bad", Rating.HARD: "warn", Rating.GOOD: "good", Rating.EASY: "outline"}
_ROLES = {"bad": "bad", "warn": "warn", "good": "good", "outline": "text"}


class RatingButton(PushButton):
    """Two lines: the rating with its key, and when the card returns."""

    def __init__(
        self, appearance: Appearance, choice: RatingChoice, key: int, *, is_plain: bool = False
    ) -> None:
        super().__init__(appearance, "", "outline" if is_plain else _KINDS[choice.rating])
        self.setProperty("rows", "two")
        self._title = f"{key}   {choice.label}"
        self._returns = choice.returns
        self.setAccessibleName(f"{choice.label}, comes back {choice.returns}")
        self.setToolTip(f"Press {key}. It comes back {choice.returns}.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter rates. Space is the page's: the key that turns a card must not rate it as well."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        look = self._appearance.look
        title = QFontMetrics(look.font(BODY, 600))
        caption = QFontMetrics(look.font(CAPTION))
        width = max(title.horizontalAdvance(self._title), caption.horizontalAdvance(self._returns))
        height = title.height() + caption.height()
        return QSize(width + look.px(48), height + look.space(14))

    def minimumSizeHint(self) -> QSize:
        """The same: nothing is cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame by the style, lines by hand."""
        super().paintEvent(event)
        look = self._appearance.look
        painter = QPainter(self)
        painter.setPen(look.colour(_ROLES[self.property("kind")]))
        title, caption = look.font(BODY, 600), look.font(CAPTION)
        heights = QFontMetrics(title).height(), QFontMetrics(caption).height()
        top = (self.height() - sum(heights)) // 2
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(title)
        painter.drawText(QRect(0, top, self.width(), heights[0]), middle, self._title)
        painter.setFont(caption)
        painter.drawText(
            QRect(0, top + heights[0], self.width(), heights[1]), middle, self._returns
        )


class RatingBar(QWidget):
    """Two or four ratings; `rating_chosen` when one is pressed. Plain ones have no colour."""

    rating_chosen = Signal(object)

    def __init__(self, appearance: Appearance, *, is_plain: bool = False) -> None:
        super().__init__()
        self._appearance = appearance
        self._is_plain = is_plain
        self._choices: tuple[RatingChoice, ...] = ()
        self._columns = 4
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.buttons: list[RatingButton] = []

    def show_choices(self, choices: tuple[RatingChoice, ...], columns: int) -> None:
        """Offer these ratings in rows of `columns`."""
        if (choices, columns) == (self._choices, self._columns):
            return
        focused = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        self._choices, self._columns = choices, columns
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, choice in enumerate(choices):
            button = RatingButton(self._appearance, choice, number + 1, is_plain=self._is_plain)
            button.clicked.connect(lambda _, r=choice.rating: self.rating_chosen.emit(r))
            self._grid.addWidget(button, number // columns, number % columns)
            self.buttons.append(button)
        if focused is not None and focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def choose(self, number: int) -> bool:
        """Give the rating of that number, from 1; False when there is none."""
        if not (self.isEnabled() and 1 <= number <= len(self._choices)):
            return False
        self.rating_chosen.emit(self._choices[number - 1].rating)
        return True
