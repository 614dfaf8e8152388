"""An entry in full: what it is, how it is said, its cards, and a button that reads it aloud."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from stalin_study.domain.explore_entries import Entry
from stalin_study.presenters.explore.state import CardChoice, ExploreState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import LEAD
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.card_links import CardLinks

LISTEN, STOP = "Listen", "Stop reading"
_EDGE = 16  # pixels at 100 %, beside the words


class ListenButton(PushButton):
    """Reads an entry aloud, or stops."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, LISTEN, "outline", "volume-2")

    def show_reading(self, title: str, *, is_read: bool) -> None:
        """Show what a press does now."""
        self._icon_name = "square" if is_read else "volume-2"
        self.setText(STOP if is_read else LISTEN)
        self.setAccessibleName(f"{self.text()}: {title}")


class EntryDetails(QFrame):
    """Shows the selected entry of an ExploreState; nothing where there is none.

    `is_low`: its one card is a short button beside Listen, to save height.
    """

    card_requested = Signal(str)
    listen_requested = Signal()

    def __init__(self, appearance: Appearance, *, is_low: bool = False) -> None:
        super().__init__()
        self._appearance = appearance
        self._is_low = is_low
        self._cards: tuple[CardChoice, ...] = ()
        self._kept: tuple[str, ...] = ()
        self._entry: Entry | None = None
        self.setProperty("panel", "surface")
        self._title, self._note, self._say = QLabel(), QLabel(), QLabel()
        self._lines, self._cards_heading = QLabel(), QLabel("On these cards")
        self._title.setProperty("type", "heading")
        self._lines.setProperty("type", "lead")
        self._cards_heading.setProperty("type", "strong")
        for label in (self._note, self._say):
            label.setProperty("tone", "muted")
        for label in (self._title, self._note, self._say, self._lines, self._cards_heading):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.links = CardLinks(appearance)
        self.listen = ListenButton(appearance)
        self.card = PushButton(appearance, "Show card", "outline", "book-open")
        self._lay_out()
        self.card.clicked.connect(lambda: self.card_requested.emit(self._cards[0].id))
        self.links.card_requested.connect(self.card_requested)
        self.listen.clicked.connect(self.listen_requested)
        appearance.look_changed.connect(self._draw)
        self.hide()
        self._draw()

    @property
    def words(self) -> str:
        """All that it says of the entry."""
        labels = (self._title, self._note, self._say, self._lines)
        return "\n".join(label.text() for label in labels if label.text())

    def render_state(self, state: ExploreState) -> None:
        """Show the selected entry."""
        entry = state.selected
        self.setVisible(entry is not None)
        if entry is None:
            return
        if entry != self._entry:
            self._entry = entry
            for label, words in (
                (self._title, entry.title),
                (self._note, entry.note),
                (self._say, f"Say: {entry.say}" if entry.say else ""),
                (self._lines, "\n".join(entry.lines)),
            ):
                label.setText(words)
                label.setVisible(bool(words))
        self._show_cards(state.cards)
        self.listen.show_reading(entry.title, is_read=state.is_read)

    def _show_cards(self, cards: tuple[CardChoice, ...]) -> None:
        self._cards = cards
        is_short = self._is_low and len(cards) == 1
        self.card.setVisible(is_short)
        if is_short:
            self.card.setAccessibleName(f"Show card: {cards[0].title}")
            self.card.setToolTip(f"Show card: {cards[0].title}")
        self.links.show_cards(() if is_short else cards)
        self.links.setVisible(bool(cards) and not is_short)
        self._cards_heading.setVisible(len(cards) > 1)

    def keep_lines(self, entries: tuple[Entry, ...]) -> None:
        """Keep room for the longest of these, so that nothing moves from one to the next."""
        self._kept = tuple(sorted(("\n".join(one.lines) for one in entries), key=len)[-3:])
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep()

    def _keep(self) -> None:
        look = self._appearance.look
        metrics = QFontMetrics(look.font(LEAD))
        room = QRect(0, 0, max(self.width() - 2 * look.space(_EDGE) - 2, 1), 10_000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        heights = [metrics.boundingRect(room, wrap, words).height() for words in self._kept]
        self._lines.setMinimumHeight(max(heights, default=0))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._note)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.listen, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        for widget in (self._say, self._lines, self._cards_heading, self.links):
            self._column.addWidget(widget)
        self._column.addStretch(1)

    def _draw(self) -> None:
        look = self._appearance.look
        edge, high = look.space(_EDGE), look.space(8 if self._is_low else 12)
        self._column.setContentsMargins(edge, high, edge, high)
        self._column.setSpacing(look.space(4 if self._is_low else 6))
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._keep()
