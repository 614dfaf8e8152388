"""Scrolls to what has just come up, once it has its place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from stalin_study.ui.widgets.line_button import area_around

_ROUNDS = 3  # a scroll bar that comes up makes lines break anew, and those move what is below
_EDGE = 12


def bring_into_view(widget: QWidget, rounds: int = _ROUNDS) -> None:
    """Scroll the column around a widget so far that it is seen, after the layout has settled."""
    QTimer.singleShot(0, widget, lambda: _scroll(widget, rounds - 1))


def bring_to_top(widget: QWidget) -> None:
    """Scroll so far that a widget begins where the column begins, after the layout has settled."""
    QTimer.singleShot(0, widget, lambda: _to_top(widget))


def first_in_view(area: QScrollArea, after: QWidget) -> QWidget | None:
    """The first stop of Tab after a widget that stands in an area, not scrolled away above."""
    inner, top = area.widget(), area.verticalScrollBar().value()
    widget = after.nextInFocusChain()
    while widget is not after:
        is_stop = widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        is_seen = inner.isAncestorOf(widget) and widget.isVisible()
        if is_stop and is_seen and widget.mapTo(inner, QPoint()).y() >= top:
            return widget
        widget = widget.nextInFocusChain()
    return None


def whole_from(inner: QWidget, y: int) -> int:
    """The next height in a column, from `y` on, that cuts through no line of words or button."""
    for widget in inner.findChildren(QWidget):
        is_words = isinstance(widget, QLabel | QAbstractButton) and widget.isVisible()
        top = widget.mapTo(inner, QPoint()).y()
        if not is_words or not top < y < top + widget.height():
            continue
        below = top + widget.height()
        if isinstance(widget, QLabel):
            step = widget.fontMetrics().lineSpacing()
            y = min(top + -(-(y - top) // step) * step, below)
        else:
            y = below
    return y


def _to_top(widget: QWidget) -> None:
    area = area_around(widget)
    if area is not None and widget.isVisible():
        area.verticalScrollBar().setValue(widget.mapTo(area.widget(), QPoint()).y())


def _scroll(widget: QWidget, rounds: int) -> None:
    area = area_around(widget)
    if area is not None and widget.isVisible():
        area.ensureWidgetVisible(widget, 0, _EDGE)
        if rounds:
            bring_into_view(widget, rounds)
