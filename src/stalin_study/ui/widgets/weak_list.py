"""The cards that are remembered worst, each with a way to look at it, and a test of them all."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.progress_report import MOST_WEAK, ProgressReport, WeakCard
from stalin_study.domain.progress_wording import weak_words, weakest_line
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

BESIDE = 150  # % of text up to which a button stands beside its card


class WeakList(QFrame):
    """Shows the weakest cards and sends wishes."""

    test_requested = Signal()
    card_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._shown: tuple[object, ...] = ()
        # All at once, so that Tab comes to them in the order in which they stand.
        self._rows = [_Row(appearance) for _ in range(MOST_WEAK)]
        self.setProperty("panel", "surface")
        title = QLabel("Weakest cards")
        title.setProperty("type", "heading")
        self._line = QLabel()
        self._line.setProperty("tone", "muted")
        for label in (title, self._line):
            label.setWordWrap(True)
        self._list = QVBoxLayout()
        for row in self._rows:
            row.card_requested.connect(self.card_requested)
            self._list.addWidget(row)
        self._test = PushButton(appearance, "Test these", "filled", "clipboard-check")
        self._test.setAccessibleName("Test these weakest cards")
        self._column = QVBoxLayout(self)
        self._column.addWidget(title)
        self._column.addWidget(self._line)
        self._column.addLayout(self._list)
        self._column.addWidget(self._test, 0, Qt.AlignmentFlag.AlignLeft)
        self._test.clicked.connect(self.test_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_report(self, report: ProgressReport) -> None:
        """Show its weakest cards."""
        shown = (report.weakest, report.today, weakest_line(report))
        if shown == self._shown:
            return
        self._shown = shown
        self._line.setText(weakest_line(report))
        self._test.setVisible(bool(report.weakest))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(report.weakest))
            if place < len(report.weakest):
                row.show_card(report.weakest[place], report.today)

    def _draw(self) -> None:
        look = self._appearance.look
        self._column.setContentsMargins(*[look.space(16)] * 4)
        self._column.setSpacing(look.space(8))
        self._list.setSpacing(look.space(4))


class _Row(QWidget):
    """A card: its title, how well it is remembered, and a button that shows it."""

    card_requested = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._card_id = ""
        self._title, self._words = QLabel(), QLabel()
        self._words.setProperty("type", "caption")
        self._words.setProperty("tone", "muted")
        for label in (self._title, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._show = PushButton(appearance, "Show card", "ghost", "layers")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._show.clicked.connect(lambda: self.card_requested.emit(self._card_id))
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_card(self, weak: WeakCard, today: date) -> None:
        """Show another card."""
        self._card_id = weak.card_id
        self._title.setText(weak.title)
        self._words.setText(weak_words(weak, today))
        self._show.setAccessibleName(f"Show card: {weak.title}")

    def _draw(self) -> None:
        is_beside = self._appearance.look.text_percent <= BESIDE
        for widget in (self._title, self._words, self._show):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self._title, 0, 0)
        self._grid.addWidget(self._words, 1, 0)
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        if is_beside:
            self._grid.addWidget(self._show, 0, 1, 2, 1, middle)
        else:
            self._grid.addWidget(self._show, 2, 0, left)
