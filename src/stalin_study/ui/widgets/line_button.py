"""The button of several lines that the lists of a self-test are made of, and their keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QStaticText,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, LEAD
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.scroll_column import PartColumn

BADGE = 28
_LISTS_OWN = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
}


class LineButton(PushButton):
    """A button of as many lines as its words need; heirs draw signs in the room beside them.

    It leaves arrows and Enter to the list that it stands in.
    """

    def __init__(self, appearance: Appearance, kind: str = "choice") -> None:
        super().__init__(appearance, "", kind)
        self.setProperty("rows", "many")
        self._words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        appearance.look_changed.connect(self.updateGeometry)

    def show_words(self, words: str, kind: str) -> None:
        """Show these words in a frame of that kind of the style sheet."""
        if kind != self.property("kind"):
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
        if words != self._words:
            self._words = words
            self.updateGeometry()
        self.update()

    def bring_into_view(self) -> None:
        """Scroll the page so far that the whole button is seen."""
        area = area_around(self)
        if area is not None:
            area.ensureWidgetVisible(self, 0, self._appearance.look.space(12))

    def ends(self) -> tuple[int, int]:
        """The room left of the words and right of them, in pixels."""
        edge = self._appearance.look.space(16)
        return edge, edge

    def paint_signs(self, painter: QPainter) -> None:
        """Draw what stands beside the words."""

    def paint_badge(self, painter: QPainter, left: int, sign: str, back: str, front: str) -> None:
        """Draw a sign on a small tile that begins at `left`, in two colours by role."""
        look = self._appearance.look
        side = look.px(BADGE)
        tile = QRectF(left, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(back))
        painter.drawRoundedRect(tile, side / 3.5, side / 3.5)
        painter.setPen(look.colour(front))
        painter.setFont(look.font(BODY, 600))
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, sign)

    def paint_icon(self, painter: QPainter, left: int, icon: str, role: str, size: int) -> None:
        """Draw an icon `size` pixels wide at 100 %, that begins at `left`."""
        side = self._appearance.look.px(size)
        pixmap = self._appearance.pixmap(icon, role, size)
        painter.drawPixmap(left, (self.height() - side) // 2, side, side, pixmap)

    def heightForWidth(self, width: int) -> int:
        """Room for every line."""
        look = self._appearance.look
        lines = self._laid_out(width).size().height()
        return max(look.px(44) + 4, round(lines + 0.5) + look.space(24))

    def hasHeightForWidth(self) -> bool:
        """Long words take several lines."""
        return True

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        width = max(self.width(), self._appearance.look.px(240))
        return QSize(self._appearance.look.px(240), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut off."""
        least = sum(self.ends()) + self._appearance.look.px(60)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower button may need another line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into view with the keyboard. A click must not move what it clicks on."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.bring_into_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on the keys that mean something to the list."""
        if event.key() in _LISTS_OWN:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame by the style, words and signs by hand."""
        super().paintEvent(event)
        look = self._appearance.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._laid_out(self.width())
        painter.setFont(look.font(LEAD))
        painter.setPen(look.colour("text" if self.isEnabled() else "muted"))
        top = (self.height() - words.size().height()) / 2
        painter.drawStaticText(QPointF(self.ends()[0], top), words)
        self.paint_signs(painter)
        painter.end()

    def _laid_out(self, width: int) -> QStaticText:
        words = QStaticText(self._words)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextOption(_wrapped())
        words.setTextWidth(max(width - sum(self.ends()), 40))
        words.prepare(QTransform(), self._appearance.look.font(LEAD))
        return words


def show_height(widget: QWidget, y: int, margin: int) -> None:
    """Scroll the page so that `y` in a widget is seen, with `margin` pixels above and below."""
    area = area_around(widget)
    page = area.widget() if area is not None else None
    if area is not None and page is not None:
        area.ensureVisible(0, widget.mapTo(page, QPoint(0, y)).y(), 0, margin)


def area_around(widget: QWidget) -> QScrollArea | None:
    """The scroll area that a widget stands in, if it does; not one that leaves it to another."""
    parent = widget.parentWidget()
    while parent is not None:
        is_whole = isinstance(parent, PartColumn) and parent.is_whole
        if isinstance(parent, QScrollArea) and not is_whole:
            return parent
        parent = parent.parentWidget()
    return None


def place_after(key: int, place: int, count: int) -> int | None:
    """The place that Up, Down, Home or End leads to among `count`; None for another key."""
    places = {
        Qt.Key.Key_Up: max(place - 1, 0),
        Qt.Key.Key_Down: min(place + 1, count - 1),
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: count - 1,
    }
    return places.get(Qt.Key(key))


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
