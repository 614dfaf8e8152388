"""The timeline with its legend, the selected event below it; or the same events as a list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from stalin_study.presenters.explore.state import ExploreState
from stalin_study.ui.charts.timeline import ZOOMS, Timeline
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.category_row import CategoryRow
from stalin_study.ui.widgets.entry_details import EntryDetails
from stalin_study.ui.widgets.entry_list import EntryList
from stalin_study.ui.widgets.scroll_column import PartColumn

AS_LIST, AS_LINE = "Show as a list", "Show as a timeline"
ZOOM_KEYS = "on the timeline: + and - keys, or the mouse wheel with Ctrl held"
_ROWS = 4  # at least, of the list


class TimelineView(QWidget):
    """Shows the events of an ExploreState and sends wishes.

    `switch` and `zooms` are for the row above: the way to the list and back, and zoom.
    """

    entry_chosen = Signal(str)
    card_requested = Signal(str)
    category_toggled = Signal(str)
    listen_requested = Signal()

    def __init__(
        self, appearance: Appearance, span: tuple[int, int], weights: Mapping[str, int]
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._span, self._weights = span, weights
        self._state = ExploreState()
        self.legend = CategoryRow(appearance)
        self.line = Timeline(appearance)
        self.rows = EntryList(appearance, "Events")
        self.details = EntryDetails(appearance, is_low=True)
        self.zoom_out = IconButton(appearance, "zoom-out", "Zoom out")
        self.zoom_in = IconButton(appearance, "zoom-in", "Zoom in")
        self.switch = PushButton(appearance, AS_LIST, "ghost", "list-checks")
        self.zooms = QWidget()
        self._lay_out()
        self._connect()
        self._show_zoom(1)
        appearance.look_changed.connect(self._draw)
        self._draw()

    @property
    def is_list(self) -> bool:
        """Whether the list is in view."""
        return self._stack.currentWidget() is self.rows

    def render_state(self, state: ExploreState) -> None:
        """Show what was found."""
        if state.view != "timeline":
            return
        self._state = state
        is_first = not self.legend.marks
        self.legend.show_categories(state.categories)
        if is_first:
            self.legend.come_before(self.line, self.rows, self.details.card, self.details.listen)
        self.line.show_line(self._span, self._weights, self.legend.marks)
        self._show_events()
        self._panel.setVisible(bool(state.entries))
        self.details.render_state(state)
        self.details.keep_lines(state.entries)

    def set_whole(self, is_whole: bool) -> None:
        """Leave the scrolling to the page, or not."""
        self._area.set_whole(is_whole)

    def focus_start(self) -> None:
        """Go to the line, or to the list."""
        (self.rows if self.is_list else self.line).setFocus()

    def show_list(self, is_list: bool) -> None:
        """Show the events as a list, or on the line."""
        self._stack.setCurrentWidget(self.rows if is_list else self.line)
        self.switch.setText(AS_LINE if is_list else AS_LIST)
        self.zooms.setVisible(not is_list)
        self._show_events()
        self._draw()

    def _show_events(self) -> None:
        shown = self.rows if self.is_list else self.line
        if shown is self.rows:
            self.rows.show_entries(self._state.entries, self._state.selected)
        else:
            self.line.show_events(self._state.entries, self._state.selected)

    def _show_zoom(self, zoom: int) -> None:
        self.zoom_in.setEnabled(zoom < len(ZOOMS))
        self.zoom_out.setEnabled(zoom > 1)
        for button, name in ((self.zoom_in, "Zoom in"), (self.zoom_out, "Zoom out")):
            button.set_name(f"{name}, now {zoom} of {len(ZOOMS)}", f"{name} ({ZOOM_KEYS})")

    def _zoom(self, step: int) -> None:
        button = self.zoom_in if step > 0 else self.zoom_out
        had_keyboard = button.hasFocus()
        self.line.set_zoom(self.line.zoom + step)
        if had_keyboard and not button.isEnabled():
            (self.zoom_out if step > 0 else self.zoom_in).setFocus()

    def _lay_out(self) -> None:
        pair = QHBoxLayout(self.zooms)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(4)
        pair.addWidget(self.zoom_out)
        pair.addWidget(self.zoom_in)
        self._stack = QStackedWidget()
        for widget in (self.line, self.rows):
            self._stack.addWidget(widget)
        self._panel = QFrame()
        self._panel.setProperty("panel", "surface")
        self._frame = QVBoxLayout(self._panel)
        self._frame.addWidget(self._stack)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.legend)
        self._column.addWidget(self._panel, 1)
        self._column.addWidget(self.details)
        self._area = PartColumn(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _connect(self) -> None:
        self.legend.category_toggled.connect(self.category_toggled)
        self.line.event_chosen.connect(self.entry_chosen)
        self.rows.entry_chosen.connect(self.entry_chosen)
        self.line.card_requested.connect(self._show_card)
        self.line.zoom_changed.connect(self._show_zoom)
        self.zoom_in.clicked.connect(lambda: self._zoom(1))
        self.zoom_out.clicked.connect(lambda: self._zoom(-1))
        self.switch.clicked.connect(lambda: self.show_list(not self.is_list))
        self.details.card_requested.connect(self.card_requested)
        self.details.listen_requested.connect(self.listen_requested)

    def _show_card(self) -> None:
        if self._state.cards:
            self.card_requested.emit(self._state.cards[0].id)

    def _draw(self) -> None:
        look = self._appearance.look
        self._column.setSpacing(look.space(6))
        edge = look.space(4)
        self._frame.setContentsMargins(edge, edge, edge, edge)
        self.rows.setMinimumHeight(_ROWS * self.rows.row_height() if self.is_list else 0)
