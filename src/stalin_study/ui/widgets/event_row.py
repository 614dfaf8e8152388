"""One event of an order list: a row with its place, a grip, and buttons up and down."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.line_button import BADGE, LineButton

_MARKS = {"right": ("good", "circle-check"), "wrong": ("bad", "circle-x")}
_GRIP = 18
_SIGN = 22


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row stands in the list; `place` from 1. Without a mark it may still be moved."""

    place: int
    count: int
    mark: str = ""
    date: str = ""
    is_lifted: bool = False


class EventLine(LineButton):
    """The words of an event. Tells where the pointer drags it, as heights on the screen."""

    grabbed = Signal(float)
    dragged = Signal(float)
    dropped = Signal()

    def __init__(self, appearance: Appearance, words: str) -> None:
        super().__init__(appearance)
        self._standing = Standing(1, 1)
        self._event = words
        self.room = 0  # kept free on the right for the buttons, in pixels
        self.show_words(words, "choice")

    def show_standing(self, standing: Standing) -> None:
        """Show place, mark and date, and say them."""
        self._standing = standing
        kind, _ = _MARKS.get(standing.mark, ("lifted" if standing.is_lifted else "choice", ""))
        self.show_words(self._event, kind)
        said = f"{standing.place} of {standing.count}: {self._event}"
        if standing.mark:
            said += f", {standing.mark} place"
        if standing.date:
            said += f", {standing.date}"
        if said != self.accessibleName():
            self.setAccessibleName(said)
        self.setAccessibleDescription("" if standing.mark else "Alt+Up and Alt+Down move it")
        shape = Qt.CursorShape
        grip = shape.ClosedHandCursor if standing.is_lifted else shape.OpenHandCursor
        self.setCursor(shape.ArrowCursor if standing.mark else grip)

    def ends(self) -> tuple[int, int]:
        """Grip and place on the left; buttons, or date and sign, on the right."""
        look = self._appearance.look
        gap = look.space(12)
        left = self._badge_left() + look.px(BADGE) + gap
        if not self._standing.mark:
            return left, self.room + gap
        return left, look.space(16) + look.px(_SIGN) + gap + self._date_width()

    def paint_signs(self, painter: QPainter) -> None:
        """Draw grip, place, date and sign."""
        look, standing = self._appearance.look, self._standing
        role, icon = _MARKS.get(standing.mark, ("", ""))
        if icon:
            self.paint_badge(painter, self._badge_left(), str(standing.place), role, "surface")
            left = self.width() - look.space(16) - look.px(_SIGN)
            self.paint_icon(painter, left, icon, role, _SIGN)
            width = self._date_width()
            painter.setPen(look.colour("text"))
            painter.setFont(look.font(CAPTION, 600))
            room = QRectF(left - look.space(12) - width, 0, width, self.height())
            middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, middle, standing.date)
        else:
            self.paint_icon(painter, look.space(10), "grip-vertical", "muted", _GRIP)
            back, front = ("primary", "on_primary") if standing.is_lifted else ("surface2", "text")
            self.paint_badge(painter, self._badge_left(), str(standing.place), back, front)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Perhaps the beginning of a drag."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.grabbed.emit(event.globalPosition().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key presses a row."""
        event.ignore()

    def _badge_left(self) -> int:
        look = self._appearance.look
        return look.space(16) if self._standing.mark else look.space(16) + look.px(_GRIP)

    def _date_width(self) -> int:
        if not self._standing.date:
            return 0
        look = self._appearance.look
        metrics = QFontMetrics(look.font(CAPTION, 600))
        return metrics.horizontalAdvance(self._standing.date) + look.space(12)


class EventRow(QWidget):
    """An event with its buttons; `step_requested(step)` is -1 for up and 1 for down."""

    step_requested = Signal(int)

    def __init__(self, appearance: Appearance, words: str) -> None:
        super().__init__()
        self._appearance = appearance
        self.line = EventLine(appearance, words)
        self._up = IconButton(appearance, "arrow-up", f"Move up: {words}")
        self._down = IconButton(appearance, "arrow-down", f"Move down: {words}")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        for button, step, tip in ((self._up, -1, "Move up"), (self._down, 1, "Move down")):
            # The keyboard moves the row itself; one stop of Tab is enough for it.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.setToolTip(f"{tip} (Alt+{tip.split()[1].title()})")
            button.clicked.connect(lambda _, s=step: self.step_requested.emit(s))
            self._buttons.addWidget(button)
        cell = QGridLayout(self)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.addWidget(self.line, 0, 0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        cell.addLayout(self._buttons, 0, 0, side)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_standing(self, standing: Standing) -> None:
        """Show where the row stands, with buttons for the ways that it can go."""
        self._up.setVisible(not standing.mark and standing.place > 1)
        self._down.setVisible(not standing.mark and standing.place < standing.count)
        self.line.show_standing(standing)

    def _draw(self) -> None:
        edge = self._appearance.look.space(4)
        self._buttons.setContentsMargins(0, 0, edge, 0)
        self.line.room = self._up.sizeHint().width() * 2 + edge
        self.line.updateGeometry()
