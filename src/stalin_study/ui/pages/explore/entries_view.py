"""A list of people or key terms, and the selected one in full beside it or below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from stalin_study.presenters.explore.state import VIEWS, ExploreState, View
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.entry_details import EntryDetails
from stalin_study.ui.widgets.entry_list import EntryList
from stalin_study.ui.widgets.scroll_column import PartColumn

_LIST, _NARROW = 300, 640  # pixels at 100 %
_ROWS_ABOVE = 3  # in view when the list stands above
_ANY = 16_777_215
MEASURE = 860  # the widest that the words become, in pixels at 100 %


class EntriesView(QWidget):
    """Shows the entries of an ExploreState and sends wishes."""

    entry_chosen = Signal(str)
    card_requested = Signal(str)
    listen_requested = Signal()

    def __init__(self, appearance: Appearance, view: View) -> None:
        super().__init__()
        self._appearance = appearance
        self._view = view
        self.entries = EntryList(appearance, VIEWS[view])
        self.details = EntryDetails(appearance)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.details)
        column.addStretch(1)
        self._area = PartColumn(inner)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.entries)
        self._row.addWidget(self._area, 1)
        self.entries.entry_chosen.connect(self.entry_chosen)
        self.details.card_requested.connect(self.card_requested)
        self.details.listen_requested.connect(self.listen_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: ExploreState) -> None:
        """Show what was found."""
        if state.view == self._view:
            self.entries.show_entries(state.entries, state.selected)
            self.entries.setVisible(bool(state.entries))
            self.details.render_state(state)

    def set_whole(self, is_whole: bool) -> None:
        """Leave the scrolling to the page, or not."""
        self._area.set_whole(is_whole)
        self._draw()

    def focus_start(self) -> None:
        """Go to the list."""
        self.entries.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list beside the words, or above them."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        look = self._appearance.look
        self.details.setMaximumWidth(look.px(MEASURE))
        is_narrow = self.width() < look.px(_NARROW)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self._row.setSpacing(look.space(12))
        width = look.px(_LIST)
        self.entries.setMinimumWidth(0 if is_narrow else width)
        self.entries.setMaximumWidth(_ANY if is_narrow else width)
        height = self.entries.row_height()
        is_whole = self._area.is_whole
        rows = _ROWS_ABOVE if is_whole else min(_ROWS_ABOVE, max(1, self.height() // (2 * height)))
        self.entries.setMaximumHeight(rows * height if is_narrow else _ANY)
        least = rows if is_whole else min(rows, 2)
        self.entries.setMinimumHeight(least * height if is_narrow or is_whole else 0)
