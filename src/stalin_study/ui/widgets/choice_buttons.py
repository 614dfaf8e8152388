"""The answers to choose from, each on a button of its own with its number."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import LEAD
from stalin_study.ui.widgets.buttons import PushButton

_MARKS = {"right": ("good", "circle-check"), "wrong": ("bad", "circle-x"), "": ("text", "")}


class ChoiceButton(PushButton):
    """A numbered answer in as many lines as it needs, marked right or wrong afterwards."""

    def __init__(self, appearance: Appearance, number: int, text: str) -> None:
        super().__init__(appearance, "", "choice")
        self.setProperty("rows", "many")
        self._answer = f"{number}   {text}"
        self._mark = ""
        self.setAccessibleName(f"{number}: {text}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_mark(self, mark: str) -> None:
        """Mark the button right, wrong or not at all, by colour and sign."""
        if mark == self._mark:
            return
        self._mark = mark
        kind = {"right": "good", "wrong": "bad"}.get(mark, "choice")
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        said = f", {mark} answer" if mark else ""
        self.setAccessibleDescription(said.strip(", "))
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Room for every line."""
        look = self._appearance.look
        bounds = self._metrics_rect(width)
        return max(look.px(48), bounds + look.space(24))

    def hasHeightForWidth(self) -> bool:
        """Long answers take several lines."""
        return True

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        look = self._appearance.look
        return QSize(look.px(240), self.heightForWidth(max(self.width(), look.px(240))))

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut off."""
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower button may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame by the style, text and sign by hand."""
        super().paintEvent(event)
        look = self._appearance.look
        role, icon = _MARKS[self._mark]
        painter = QPainter(self)
        painter.setFont(look.font(LEAD))
        painter.setPen(look.colour(role))
        edge = look.space(16)
        room = self.rect().adjusted(edge, 0, -edge - look.px(28), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._answer)
        if icon:
            side = look.px(22)
            pixmap = self._appearance.pixmap(icon, role, 22)
            top = (self.height() - side) // 2
            painter.drawPixmap(self.width() - edge - side, top, side, side, pixmap)

    def _metrics_rect(self, width: int) -> int:
        look = self._appearance.look
        room = width - 2 * look.space(16) - look.px(28)
        metrics = QFontMetrics(look.font(LEAD))
        rect = QRect(0, 0, max(room, 40), 10_000)
        return metrics.boundingRect(rect, Qt.TextFlag.TextWordWrap, self._answer).height()


class ChoiceButtons(QWidget):
    """Up to four answers; `choice_chosen(place)` from 0. The arrow keys move between them."""

    choice_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._texts: tuple[str, ...] = ()
        self._buttons: list[ChoiceButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_choices(self, choices: tuple[str, ...], given: str, expected: str) -> None:
        """Offer choices; once `expected` is known, mark it and a wrong `given`."""
        if choices != self._texts:
            self._texts = choices
            for button in self._buttons:
                self._column.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = []
            for place, text in enumerate(choices):
                button = ChoiceButton(self._appearance, place + 1, text)
                button.clicked.connect(lambda _, p=place: self.choice_chosen.emit(p))
                self._column.addWidget(button)
                self._buttons.append(button)
        for text, button in zip(choices, self._buttons, strict=True):
            is_wrong = bool(expected) and text == given != expected
            button.show_mark("right" if text == expected else "wrong" if is_wrong else "")
            is_open = not expected
            policy = Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)

    def focus_start(self) -> None:
        """Put the keyboard on the first answer."""
        if self._buttons:
            self._buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move between the answers."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        place = next((n for n, button in enumerate(self._buttons) if button.hasFocus()), None)
        if step is None or place is None:
            super().keyPressEvent(event)
        else:
            self._buttons[(place + step) % len(self._buttons)].setFocus()
