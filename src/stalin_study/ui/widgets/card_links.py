"""Buttons that lead to cards, in as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from stalin_study.presenters.explore.state import CardChoice
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.flow_row import FlowRow

_PADDING = 76  # pixels at 100 %, of a button beside its words


class CardLinks(FlowRow):
    """A button for each card; `card_requested(id)`."""

    card_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._cards: tuple[CardChoice, ...] = ()
        self._buttons: list[PushButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        appearance.look_changed.connect(self._fit)

    @property
    def buttons(self) -> list[PushButton]:
        """Those that lead somewhere now."""
        return self._buttons[: len(self._cards)]

    def show_cards(self, cards: tuple[CardChoice, ...]) -> None:
        """Lead to these instead."""
        if cards == self._cards:
            return
        self._cards = cards
        while len(self._buttons) < len(cards):
            self._buttons.append(self._make(len(self._buttons)))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(cards))
        for button, card in zip(self._buttons, cards, strict=False):
            button.setAccessibleName(f"Show card: {card.title}")
            button.setToolTip(f"Show card: {card.title}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles may have to give way."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _make(self, place: int) -> PushButton:
        button = PushButton(self._appearance, "", "outline", "book-open")
        button.clicked.connect(lambda: self.card_requested.emit(self._cards[place].id))
        self.flow.addWidget(button)
        return button

    def _fit(self) -> None:
        look = self._appearance.look
        metrics = QFontMetrics(look.font(BODY, 600))
        room = max(self.width() - look.px(_PADDING), look.px(80))
        is_only = len(self._cards) == 1
        for button, card in zip(self._buttons, self._cards, strict=False):
            words = f"Show card: {card.title}" if is_only else card.title
            button.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.updateGeometry()
