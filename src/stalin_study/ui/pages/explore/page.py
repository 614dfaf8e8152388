"""The Explore page: timeline, figures, people and key terms, with a search above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from stalin_study.domain.deck import Source
from stalin_study.domain.figure_groups import FigureGroup
from stalin_study.presenters.explore.state import VIEWS, ExploreState, View
from stalin_study.ui.pages.explore.entries_view import EntriesView
from stalin_study.ui.pages.explore.figures_view import FiguresView
from stalin_study.ui.pages.explore.timeline_view import TimelineView
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.find_field import FindField
from stalin_study.ui.widgets.flow_row import FlowRow
from stalin_study.ui.widgets.into_view import bring_into_view, bring_to_top
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.spoken_line import SpokenLine

# Below these sizes, in pixels at 100 % text, parts give way.
_NARROW, _TIGHT, _LOW = 680, 460, 400
AnyView = TimelineView | FiguresView | EntriesView


class ExplorePage(Page):
    """Shows an ExploreState and sends wishes. A view is made when it is first in sight."""

    view_chosen = Signal(str)
    query_changed = Signal(str)
    category_toggled = Signal(str)
    entry_chosen = Signal(str)
    card_requested = Signal(str)
    listen_requested = Signal()
    test_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        span: tuple[int, int],
        weights: Mapping[str, int],
        groups: tuple[FigureGroup, ...],
        sources: Mapping[str, Source],
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._state = ExploreState()
        self._is_low = False
        self.views: dict[View, AnyView] = {}
        self._makers: dict[View, Callable[[], AnyView]] = {
            "timeline": lambda: TimelineView(appearance, span, weights),
            "figures": lambda: FiguresView(appearance, groups, sources),
            "people": lambda: EntriesView(appearance, "people"),
            "terms": lambda: EntriesView(appearance, "terms"),
        }
        self.choices: OptionRow[View] = OptionRow(VIEWS)
        self.choices.setAccessibleName("What to explore")
        self.search = FindField(appearance)
        self.counted = QLabel()
        self.counted.setProperty("tone", "muted")
        self.test = PushButton(appearance, "Test me on these", "filled", "clipboard-check")
        self.message = SpokenLine()
        self._tools = FlowRow(self.counted, self.test)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._make_room)
        self._make_room()

    def render_state(self, state: ExploreState) -> None:
        """Show the view in sight and what was found in it."""
        was, self._state = self._state, state
        # Chosen by the pupil among the same ones: not the first that a view or a search brings.
        is_same = (was.view, was.entries) == (state.view, state.entries)
        is_other = is_same and was.selected not in (None, state.selected)
        view = self._view(state.view)
        view.render_state(state)
        self.choices.show_option(state.view)
        self.search.show_purpose(f"Search {VIEWS[state.view].lower()}")
        if self.search.text() != state.query:
            self.search.setText(state.query)
        self._stack.setCurrentWidget(view)
        self.counted.setText(state.counted)
        self.test.setVisible(state.view != "figures")
        self.test.setEnabled(state.can_test)
        self.test.setText(state.test)
        self.message.say(state.message)
        self._show_tools()
        self._make_room()
        if is_other and self._is_low:
            self._bring_chosen(view)

    def focus_start(self) -> None:
        """Go to the row of views: from there Tab goes through the page."""
        self.choices.focus()

    def set_compact(self, is_compact: bool) -> None:
        """Less room between the parts."""
        self._column.setSpacing(self._appearance.look.space(6 if is_compact else 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Parts move below each other."""
        super().resizeEvent(event)
        self._make_room()

    def _view(self, name: View) -> AnyView:
        if name not in self.views:
            view = self._makers[name]()
            if isinstance(view, TimelineView | EntriesView):
                view.entry_chosen.connect(self.entry_chosen)
                view.card_requested.connect(self.card_requested)
                view.listen_requested.connect(self.listen_requested)
            if isinstance(view, TimelineView):
                view.category_toggled.connect(self.category_toggled)
                self._tools.flow.addWidget(view.switch)
                self._tools.flow.addWidget(view.zooms)
            self.views[name] = view
            self._stack.addWidget(view)
        return self.views[name]

    def _bring_chosen(self, view: AnyView) -> None:
        """Show what is said of an entry that was just chosen: below its list, or below the line."""
        if isinstance(view, TimelineView) and not view.is_list:
            bring_into_view(view.details)
        else:
            bring_to_top(self._stack)

    def _show_tools(self) -> None:
        timeline = self.views.get("timeline")
        if isinstance(timeline, TimelineView):
            is_shown = self._state.view == "timeline"
            timeline.switch.setVisible(is_shown)
            timeline.zooms.setVisible(is_shown and not timeline.is_list)

    def _connect(self) -> None:
        self.choices.option_chosen.connect(self.view_chosen.emit)
        self.search.textChanged.connect(self.query_changed)
        self.search.tree_requested.connect(lambda: self._view(self._state.view).focus_start())
        self.test.clicked.connect(self.test_requested)

    def _lay_out(self) -> None:
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.choices)
        self._top.addWidget(self.search, 1)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)
        self._column.addWidget(self._tools)
        self._column.addWidget(self.message)
        self._column.addWidget(self._stack, 1)
        self._area = ScrollColumn(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _make_room(self) -> None:
        look = self._appearance.look
        is_narrow = self.width() < look.px(_NARROW)
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        self._top.setSpacing(look.space(8))
        self.choices.set_columns(2 if self.width() < look.px(_TIGHT) else len(VIEWS))
        # The frame of the option that holds is thicker, of which the layout hears nothing.
        self.choices.setMinimumHeight(self.choices.sizeHint().height())
        # In a low window the page scrolls as one, and the view is as high as it likes.
        self._is_low = self.height() < look.px(_LOW)
        for name, view in self.views.items():
            view.set_whole(self._is_low and name == self._state.view)
        self.counted.setMinimumHeight(self.test.sizeHint().height())
        self.counted.setAlignment(Qt.AlignmentFlag.AlignVCenter)
