"""The kinds of events, with the marks that stand for them; pressed, they narrow a timeline."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from stalin_study.presenters.explore.state import CategoryChoice
from stalin_study.ui.charts.marks import Mark, mark_icon, mark_of
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import GAP, PushButton
from stalin_study.ui.widgets.flow_row import FlowRow

_MARK = 16  # pixels at 100 %


class CategoryButton(PushButton):
    """A kind of event with its mark."""

    def __init__(self, appearance: Appearance, text: str, mark: Mark) -> None:
        self._mark = mark
        super().__init__(appearance, text, "tick")
        self.setCheckable(True)

    def _draw_icon(self) -> None:
        look = self._appearance.look
        side, gap = look.px(_MARK), look.px(GAP)
        self.setIcon(mark_icon(self._appearance, self._mark, side, gap))
        self.setIconSize(QSize(side + gap, side))


class CategoryRow(FlowRow):
    """A legend that narrows: `category_toggled(name)`."""

    category_toggled = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(spacing=4)
        self._appearance = appearance
        self._buttons: dict[str, CategoryButton] = {}
        self.setAccessibleName("Kinds of events to show")

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The mark of each kind."""
        return {name: mark_of(number) for number, name in enumerate(self._buttons)}

    def show_categories(self, categories: tuple[CategoryChoice, ...]) -> None:
        """Show which are picked; they are made once, since a deck stays as it is."""
        for choice in categories:
            if choice.name not in self._buttons:
                self._add(choice)
            self._buttons[choice.name].setChecked(choice.is_picked)

    def come_before(self, *others: QWidget) -> None:
        """Have Tab come to the kinds before these, in this order, as they are drawn."""
        if self._buttons:
            chain = (list(self._buttons.values())[-1], *others)
            for one, other in pairwise(chain):
                QWidget.setTabOrder(one, other)

    def _add(self, choice: CategoryChoice) -> None:
        mark = mark_of(len(self._buttons))
        button = CategoryButton(self._appearance, f"{choice.title} ({choice.count})", mark)
        button.setToolTip(f"Show only what you pick: {choice.title.lower()}")
        button.clicked.connect(lambda: self.category_toggled.emit(choice.name))
        self._buttons[choice.name] = button
        self.flow.addWidget(button)
