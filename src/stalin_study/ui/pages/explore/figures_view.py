"""The number series of the deck: plots, what to be careful about, and where they were read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.deck import Source
from stalin_study.domain.figure_groups import FigureGroup
from stalin_study.domain.figure_words import (
    cautions,
    headings,
    source_titles,
    summary,
    table_rows,
)
from stalin_study.presenters.explore.state import ExploreState
from stalin_study.ui.charts.figure_plot import FigurePlot
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.chart_panel import ChartPanel
from stalin_study.ui.widgets.scroll_column import PartColumn

MEASURE = 860  # the widest that the column becomes, in pixels at 100 %


class FigureBlock(QWidget):
    """A plot with its table, the cautions about it and its sources."""

    def __init__(
        self, appearance: Appearance, group: FigureGroup, sources: Mapping[str, Source]
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self.plot = FigurePlot(appearance, group)
        self.panel = ChartPanel(appearance, self.plot)
        self.panel.show_chart(group.title, summary(group), headings(group), table_rows(group))
        self._words = QVBoxLayout()
        told = cautions(group)
        if told:
            self._words.addWidget(_label("Take care with these figures", "strong", "text"))
        for caution in told:
            self._words.addWidget(_label(caution, "body", "text"))
        titles = source_titles(group, sources)
        if titles:
            self._words.addWidget(_label(f"Read in: {'; '.join(titles)}.", "body", "muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        column.addLayout(self._words)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        look = self._appearance.look
        edge = look.space(16)
        self._words.setContentsMargins(edge, 0, edge, look.space(12))
        self._words.setSpacing(look.space(4))


class FiguresView(QWidget):
    """Shows the plots of an ExploreState.

    The first is made at once, the others one by one as soon as nothing else is to be done.
    """

    def __init__(
        self,
        appearance: Appearance,
        groups: tuple[FigureGroup, ...],
        sources: Mapping[str, Source],
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._groups, self._sources = groups, sources
        self._wanted: tuple[FigureGroup, ...] = ()
        self.blocks: dict[str, FigureBlock] = {}
        inner, self._middle = QWidget(), QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addStretch(1)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._middle)
        self.area = PartColumn(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: ExploreState) -> None:
        """Show the plots that were found."""
        if state.view != "figures":
            return
        self._wanted = state.figures
        self._make_next()

    def set_whole(self, is_whole: bool) -> None:
        """Leave the scrolling to the page, or not."""
        self.area.set_whole(is_whole)

    def focus_start(self) -> None:
        """Begin at the first plot."""
        block = next((one for one in self.blocks.values() if one.isVisibleTo(self)), None)
        if block is not None:
            block.panel.setFocus()
            block.panel.focusNextChild()

    def _make_next(self) -> None:
        """Make one plot, and the next one later; those that are made come into view or go."""
        missing = [group for group in self._wanted if group.id not in self.blocks]
        if missing:
            block = FigureBlock(self._appearance, missing[0], self._sources)
            self.blocks[missing[0].id] = block
            self._column.insertWidget(self._place_of(missing[0]), block)
        wanted = {group.id for group in self._wanted}
        for group_id, block in self.blocks.items():
            block.setVisible(group_id in wanted)
        if len(missing) > 1:
            QTimer.singleShot(0, self, self._make_next)

    def _draw(self) -> None:
        self._middle.setMaximumWidth(self._appearance.look.px(MEASURE))

    def _place_of(self, group: FigureGroup) -> int:
        """Behind those that come before it in the deck; a search may have made later ones first."""
        order = {one.id: place for place, one in enumerate(self._groups)}
        return sum(order[made] < order[group.id] for made in self.blocks)


def _label(text: str, kind: str, tone: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("type", kind)
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
