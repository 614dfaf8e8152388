"""A timeline to move along and to zoom into, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy

from stalin_study.domain.explore_entries import Entry
from stalin_study.domain.timeline_view import year_of
from stalin_study.ui.charts.marks import Mark
from stalin_study.ui.charts.timeline_canvas import TimelineCanvas
from stalin_study.ui.charts.timeline_places import Places, WordShelf, edges
from stalin_study.ui.theme.appearance import Appearance

NAME = "Timeline, {} to {}, go from event to event with the arrow keys"
ZOOMS = (1.0, 1.8, 3.2, 5.6, 10.0)  # times as wide as the window
_LEAST_LANES, _LARGE = 2, 150  # of lanes, with text up to so many percent; else one
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ZOOM_KEYS = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_Underscore: -1,
}
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Timeline(QScrollArea):
    """Shows events of which one is selected; `zoom` is 1, the whole line, to 5.

    `event_chosen(id)`, `card_requested` at Enter, `zoom_changed(zoom)`.
    """

    event_chosen = Signal(str)
    card_requested = Signal()
    zoom_changed = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._entries: tuple[Entry, ...] = ()
        self._selected: Entry | None = None
        self._weights: Mapping[str, int] = {}
        self._marks: Mapping[str, Mark] = {}
        self._span = (0, 1)
        self._shelf: tuple[object, WordShelf] | None = None
        self._held: QPointF | None = None
        self._is_dragged = False
        self._chose: str | None = None
        self._room = 0  # the width that was drawn for
        self.zoom = 1
        self.canvas = TimelineCanvas(appearance)
        self.canvas.installEventFilter(self)
        self.setWidget(self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.look_changed.connect(self._redraw)

    def show_line(
        self, span: tuple[int, int], weights: Mapping[str, int], marks: Mapping[str, Mark]
    ) -> None:
        """Say how long the line is, which events matter, and the marks of their categories."""
        self._span, self._weights, self._marks = span, weights, marks
        self.setAccessibleName(NAME.format(span[0], span[1] - 1))

    def show_events(self, entries: tuple[Entry, ...], selected: Entry | None) -> None:
        """Show these, one of them selected."""
        is_other = selected != self._selected
        self._selected = selected
        if entries != self._entries:
            is_narrower = set(entries) < set(self._entries)
            self._entries = entries
            self._redraw()
            if is_narrower and entries:
                self._fit()
        if is_other:
            self._tell()
        self._mark()
        # What was just clicked on is in view, and must not move under the pointer.
        if selected is not None and is_other and self._chose != selected.id:
            self.bring_into_view()

    def set_zoom(self, zoom: int, anchor: float | None = None) -> None:
        """Show more or less of the line; what stands at `anchor`, in pixels of the view, stays.

        Without an anchor: the selected event if it is in view, else the middle.
        """
        zoom = min(max(zoom, 1), len(ZOOMS))
        places = self.canvas.places
        if zoom == self.zoom or places is None:
            return
        selected = self._selected_at()
        at = self.viewport().width() / 2 if selected is None else selected
        at = at if anchor is None else anchor
        year = places.year_at(self.horizontalScrollBar().value() + at)
        self.zoom = zoom
        self._draw(year, at)
        if anchor is None and selected is not None:
            self.bring_into_view()  # its label may stand on the other side now
        self.zoom_changed.emit(zoom)

    def bring_into_view(self) -> None:
        """Move so far that the selected event is seen whole."""
        places = self.canvas.places
        if places is None or self._selected is None:
            return
        rect, bar = places.place_of(self._selected.id), self.horizontalScrollBar()
        edge, room = self._appearance.look.space(24), self.viewport().width()
        low, high = rect.right() + edge - room, rect.left() - edge
        if low > high:
            low = high
        bar.setValue(round(min(max(bar.value(), low), high)))

    def sizeHint(self) -> QSize:
        """Room for two lanes; it takes what it is given."""
        return QSize(self._appearance.look.px(400), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(self._appearance.look.px(160), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle where it was."""
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End select, Page keys move, + and - zoom, Enter shows the card."""
        key = Qt.Key(event.key())
        if event.modifiers() & _MODIFIERS:
            event.ignore()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._select(0 if key == Qt.Key.Key_Home else len(self._entries) - 1)
        elif key in _ZOOM_KEYS:
            self.set_zoom(self.zoom + _ZOOM_KEYS[key])
        elif key in _PAGES:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + _PAGES[key] * self.viewport().width() * 3 // 4)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.card_requested.emit()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms at the pointer; Shift, or a wheel that turns sideways, moves along."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned.y():
                step = 1 if turned.y() > 0 else -1
                self.set_zoom(self.zoom + step, event.position().x())
            event.accept()
        elif turned.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.x() or turned.y()))
            event.accept()
        else:
            event.ignore()  # the page scrolls

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drag the line, or choose what is clicked on."""
        if watched is self.canvas and isinstance(event, QMouseEvent):
            kind, kinds = event.type(), QEvent.Type
            if kind == kinds.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self._held, self._is_dragged = event.globalPosition(), False
            elif kind == kinds.MouseMove and self._held is not None:
                return self._drag(event)
            elif kind == kinds.MouseButtonRelease and self._held is not None:
                self._let_go(event)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.bring_into_view()
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone."""
        super().focusOutEvent(event)
        self._mark()

    def _fit(self) -> None:
        """Zoom out until all the events can be seen at once, and move there."""
        room, bar = self.viewport().width(), self.horizontalScrollBar()
        while self.canvas.places is not None:
            rects = [self.canvas.places.place_of(entry.id) for entry in self._entries]
            left = min(rect.left() for rect in rects)
            right = max(rect.right() for rect in rects)
            if right - left <= room or self.zoom == 1:
                middle = (left + right) / 2
                is_whole = bar.value() <= left and right <= bar.value() + room
                bar.setValue(bar.value() if is_whole else round(middle - room / 2))
                return
            self.set_zoom(self.zoom - 1)

    def _drag(self, event: QMouseEvent) -> bool:
        assert self._held is not None
        moved = event.globalPosition() - self._held
        if not self._is_dragged and abs(moved.x()) < QApplication.startDragDistance():
            return False
        self._is_dragged = True
        self.canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        bar = self.horizontalScrollBar()
        bar.setValue(round(bar.value() - moved.x()))
        self._held = event.globalPosition()
        return True

    def _let_go(self, event: QMouseEvent) -> None:
        self._held = None
        self.canvas.setCursor(Qt.CursorShape.ArrowCursor)
        if self._is_dragged or self.canvas.places is None:
            return
        found = self.canvas.places.events_at(event.position())
        if found:
            ids = [entry.id for entry in found]
            now = self._selected.id if self._selected is not None else ""
            again = ids.index(now) + 1 if now in ids else 0
            self._choose(ids[again % len(ids)], is_in_view=True)

    def _step(self, step: int) -> None:
        ids = [entry.id for entry in self._entries]
        now = self._selected.id if self._selected is not None else ""
        self._select(ids.index(now) + step if now in ids else 0)

    def _select(self, number: int) -> None:
        if self._entries:
            number = min(max(number, 0), len(self._entries) - 1)
            self._choose(self._entries[number].id)
            self.bring_into_view()

    def _choose(self, entry_id: str, *, is_in_view: bool = False) -> None:
        self._chose = entry_id if is_in_view else None
        self.event_chosen.emit(entry_id)
        self._chose = None

    def _tell(self) -> None:
        entry = self._selected
        words = f"{entry.title}: {entry.caption}. {entry.note}" if entry is not None else ""
        self.setAccessibleDescription(words)
        if words and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _mark(self) -> None:
        chosen = self._selected.id if self._selected is not None else ""
        self.canvas.show_selected(chosen, has_keyboard=self.hasFocus())

    def _selected_at(self) -> float | None:
        """Where in the view the selected event is, if it is there."""
        if self._selected is None or self.canvas.places is None:
            return None
        left = self.horizontalScrollBar().value()
        x = self.canvas.places.x_of(year_of(self._selected.sort)) - left
        return x if 0 <= x <= self.viewport().width() else None

    def _redraw(self) -> None:
        places, year = self.canvas.places, float(self._span[0])
        if places is not None:
            year = places.year_at(self.horizontalScrollBar().value() + self._room / 2)
        self._draw(year, self.viewport().width() / 2)

    def _draw(self, year: float, at: float) -> None:
        """Draw anew, so that `year` stands at `at`."""
        look, room = self._appearance.look, max(self.viewport().width(), 100)
        self._room = self.viewport().width()
        key = look, room
        if self._shelf is None or self._shelf[0] != key:
            self._shelf = key, WordShelf(look, room * 0.7, self._entries)
        years = self._span[1] - self._span[0]
        scale = max(room - edges(look), 50) / years * ZOOMS[self.zoom - 1]
        height = float(max(self.viewport().height(), 1))
        more = (self._weights, self._span, scale, height, self._shelf[1].words_of)
        places = Places(look, self._entries, *more)
        least = (
            round(places.height_for(_LEAST_LANES)) + self.horizontalScrollBar().sizeHint().height()
        )
        if self.minimumHeight() != least:
            self.setMinimumHeight(least)
        self.canvas.show_places(places, self._marks)
        self.horizontalScrollBar().setValue(round(places.x_of(year) - at))
