"""A box to choose from that ends in … where there is no room; its list shows every row whole."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from stalin_study.ui.widgets.choice_box import ChoiceBox

_LEAST = 12  # letters


class ElidedCombo(ChoiceBox):
    """Rows with an id each."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Offer these (words, id), if they are others than before; choose none of them."""
        wanted = list(rows)
        if wanted == [(self.itemText(n), self.itemData(n)) for n in range(self.count())]:
            return
        with QSignalBlocker(self):
            self.clear()
            for words, row_id in wanted:
                self.addItem(words, row_id)

    def showPopup(self) -> None:
        """Open the list as wide as its rows need."""
        view = self.view()
        needed = view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(min(needed, self.window().width()))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as the style does, with the words cut to their room."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 4
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
