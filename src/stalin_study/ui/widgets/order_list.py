"""Events to put in order: each on a row that is dragged, or moved by its buttons or by keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.event_row import EventLine, EventRow, Standing
from stalin_study.ui.widgets.line_button import place_after, show_height

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class _Drag:
    """A row held by the pointer; heights in pixels, `order` as it would be if put down now."""

    number: int
    start: float
    held_at: float
    order: tuple[int, ...]
    is_lifted: bool = False


class OrderList(QWidget):
    """Two to eight events; `order_changed(tuple)` with the numbers of the events by place.

    `completed` on Enter: they are to stand as they do.
    """

    order_changed = Signal(object)
    completed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._texts: tuple[str, ...] = ()
        self._order: tuple[int, ...] = ()
        self._marks: tuple[str, ...] = ()
        self._dates: tuple[str, ...] = ()
        self._rows: list[EventRow] = []
        self._drag: _Drag | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        appearance.look_changed.connect(self._draw)
        self._draw()

    @property
    def order(self) -> tuple[int, ...]:
        """The numbers of the events by place."""
        return self._order

    def show_events(
        self,
        texts: tuple[str, ...],
        order: tuple[int, ...],
        marks: tuple[str, ...] = (),
        dates: tuple[str, ...] = (),
    ) -> None:
        """Show events in an order; `marks` go by place, `dates` by number. Marked ones stay put."""
        if (texts, order, marks, dates) == (self._texts, self._order, self._marks, self._dates):
            return
        self._drag = None
        if texts != self._texts:
            self._texts = texts
            self._build()
        self._order, self._marks, self._dates = order, marks, dates
        self._show(order)

    def focus_start(self) -> None:
        """Put the keyboard on the first row."""
        if self._order:
            self._line_at(0).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move the keyboard, with Alt the row. Escape ends a drag."""
        place = next((p for p in range(len(self._order)) if self._line_at(p).hasFocus()), None)
        to = None if place is None else place_after(event.key(), place, len(self._order))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._drag is not None and event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif held == _NONE and event.key() in _ENTER and not self._marks:
            self.completed.emit()
        elif place is None or to is None or held not in (_NONE, _ALT):
            super().keyPressEvent(event)
        elif held == _ALT:
            self._move(self._order[place], to)
            self._line_at(to).bring_into_view()
        else:
            self._line_at(to).setFocus()

    def _line_at(self, place: int) -> EventLine:
        return self._rows[self._order[place]].line

    def _build(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, words in enumerate(self._texts):
            row = EventRow(self._appearance, words)
            row.step_requested.connect(lambda step, n=number: self._step(n, step))
            row.line.grabbed.connect(lambda y, n=number: self._grab(n, y))
            row.line.dragged.connect(self._drag_to)
            row.line.dropped.connect(self._drop)
            self._rows.append(row)

    def _show(self, order: tuple[int, ...]) -> None:
        """Set the rows out in an order, which a drag may not have decided yet."""
        rows = [self._rows[number] for number in order]
        lifted = self._drag.number if self._drag is not None else None
        for place, (number, row) in enumerate(zip(order, rows, strict=True)):
            self._column.removeWidget(row)
            self._column.insertWidget(place, row)
            row.show()  # or a screen reader would find the keyboard on a hidden row
            mark = self._marks[place] if self._marks else ""
            date = self._dates[number] if self._marks and self._dates else ""
            row.show_standing(Standing(place + 1, len(order), mark, date, number == lifted))
        for one, other in pairwise(rows):
            QWidget.setTabOrder(one.line, other.line)
        self._column.activate()

    def _step(self, number: int, step: int) -> None:
        self._move(number, self._order.index(number) + step)
        self._rows[number].line.setFocus(Qt.FocusReason.MouseFocusReason)

    def _move(self, number: int, to: int) -> None:
        if not self._marks:
            self._take_up(_moved(self._order, number, to))

    def _take_up(self, order: tuple[int, ...]) -> None:
        is_other = order != self._order
        self._order = order
        self._show(order)
        if is_other:
            self.order_changed.emit(order)

    def _grab(self, number: int, y: float) -> None:
        if not self._marks:
            top = self._rows[number].mapToGlobal(QPoint(0, 0)).y()
            self._drag = _Drag(number, y, y - top, self._order)

    def _drag_to(self, y: float) -> None:
        drag = self._drag
        if drag is None:
            return
        if not drag.is_lifted and abs(y - drag.start) < QApplication.startDragDistance():
            return
        row = self._rows[drag.number]
        top = self.mapFromGlobal(QPoint(0, round(y - drag.held_at))).y()
        top = max(0, min(top, self.height() - row.height()))
        order = _moved(self._order, drag.number, self._place_at(drag.number, top))
        self._drag = replace(drag, order=order, is_lifted=True)
        if order != drag.order or not drag.is_lifted:
            self._show(order)
        row.raise_()
        row.move(row.x(), top)
        pointer = self.mapFromGlobal(QPoint(0, round(y)))
        show_height(self, pointer.y(), self._appearance.look.px(40))

    def _place_at(self, number: int, top: int) -> int:
        """The place whose top is nearest to `top`, were the row to stand there."""
        tops = [0]
        for other in self._order:
            if other != number:
                tops.append(tops[-1] + self._rows[other].height() + self._column.spacing())
        return min(range(len(tops)), key=lambda place: abs(tops[place] - top))

    def _drop(self) -> None:
        drag, self._drag = self._drag, None
        if drag is not None and drag.is_lifted:
            self._take_up(drag.order)

    def _cancel(self) -> None:
        self._drag = None
        self._show(self._order)

    def _draw(self) -> None:
        self._column.setSpacing(self._appearance.look.space(8))


def _moved(order: tuple[int, ...], number: int, to: int) -> tuple[int, ...]:
    """The order with one number taken out and put in at place `to`."""
    left = [other for other in order if other != number]
    return (*left[:to], number, *left[to:])
