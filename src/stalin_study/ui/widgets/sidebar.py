"""The left side: search, the topic tree, the exam line and settings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from stalin_study.presenters.topic_tree import TopicTreeState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.pressed import show_pressed
from stalin_study.ui.widgets.topic_tree_view import TopicTreeView

GLASS = 18  # pixels at 100 %


class SearchField(QLineEdit):
    """A line with a magnifying glass, and a button that empties it; Down goes to the tree.

    Qt's own button for that does not grow with the text, and looks through the icons of the system.
    """

    tree_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setPlaceholderText("Search cards")
        self.setAccessibleName("Search cards")
        self.setToolTip("Search cards (Ctrl+F)")
        self.setMaxLength(200)
        self._empty = IconButton(appearance, "x", "Empty the search field", self, kind="inline")
        self._empty.setVisible(False)
        self._empty.clicked.connect(self._clear)
        self.textChanged.connect(self._offer_emptying)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go on to the cards found."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.tree_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glass is painted: the icon of an action does not grow with the text."""
        super().paintEvent(event)
        look = self._appearance.look
        glass = self._appearance.pixmap("search", "muted", GLASS)
        with QPainter(self) as painter:
            painter.drawPixmap(look.space(10), (self.height() - look.px(GLASS)) // 2, glass)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right end."""
        super().resizeEvent(event)
        side = self._empty.sizeHint().height()
        margin = (self.height() - side) // 2
        self._empty.setGeometry(self.width() - side - margin, margin, side, side)

    def _offer_emptying(self, text: str) -> None:
        if not text and self._empty.hasFocus():
            self.setFocus()
        self._empty.setVisible(bool(text))

    def _clear(self) -> None:
        self.clear()
        self.setFocus()

    def _draw(self) -> None:
        look = self._appearance.look
        right = self._empty.sizeHint().width() - look.space(12)
        self.setTextMargins(look.px(GLASS) + look.space(4), 0, right, 0)


class Sidebar(QFrame):
    """Shows a TopicTreeState and the exam line, and sends wishes."""

    query_changed = Signal(str)
    card_chosen = Signal(str)
    only_hard_chosen = Signal(bool)
    settings_requested = Signal()
    about_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setObjectName("sidebar")
        self._badge = QLabel()
        self._title = QLabel("Stalin Study")
        self._title.setProperty("type", "heading")
        self.search = SearchField(appearance)
        self._hard = PushButton(appearance, "", "ghost", "flag")
        self._hard.setCheckable(True)
        self._hard.setToolTip("Show only the cards that you have marked as hard")
        self.tree = TopicTreeView(appearance)
        self._message = QLabel()
        self._message.setProperty("tone", "muted")
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._exam = QLabel()
        self._exam.setProperty("tone", "muted")
        self._exam.setProperty("type", "caption")
        self._exam.setWordWrap(True)
        self._settings = PushButton(appearance, "Settings", "ghost", "settings")
        self._about = PushButton(appearance, "Help", "ghost", "info")
        self._lay_out()
        self.search.textChanged.connect(self.query_changed)
        self._hard.clicked.connect(self.only_hard_chosen)
        self.search.tree_requested.connect(self._enter_tree)
        self.tree.card_chosen.connect(self.card_chosen)
        self._settings.clicked.connect(self.settings_requested)
        self._about.clicked.connect(self.about_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: TopicTreeState) -> None:
        """Show topics and cards, or that a search found none."""
        self.tree.show_state(state)
        self._hard.setText(f"Hard cards ({state.hard})")
        self._hard.setChecked(state.only_hard)
        show_pressed(self._hard, is_pressed=state.only_hard)
        if self._hard.hasFocus() and not (state.hard or state.only_hard):
            self.search.setFocus()
        self._hard.setVisible(bool(state.hard) or state.only_hard)
        self._message.setText(state.message)
        self._message.setVisible(bool(state.message))

    def show_no_cards(self) -> None:
        """There is nothing to search and to choose from."""
        for part in (self.search, self._hard, self._message, self.tree):
            part.hide()
        self._column.insertStretch(1, 1)

    def show_exam(self, line: str) -> None:
        """Say how long it is until the exam; empty for nothing."""
        self._exam.setText(line)
        self._exam.setVisible(bool(line))

    def _enter_tree(self) -> None:
        self.tree.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._badge)
        top.addWidget(self._title, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(4)
        bottom.addWidget(self._settings, 1)
        bottom.addWidget(self._about, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addWidget(self.search)
        self._column.addWidget(self._hard)
        self._column.addWidget(self._message)
        self._column.addWidget(self.tree, 1)
        self._column.addWidget(self._exam)
        self._column.addLayout(bottom)

    def _draw(self) -> None:
        look = self._appearance.look
        self._column.setContentsMargins(*[look.space(12)] * 4)
        self._column.setSpacing(look.space(8))
        self._badge.setPixmap(self._appearance.pixmap("layers", "primary", 26))
        self._badge.setFixedSize(QSize(look.px(26), look.px(26)))
        self._exam.setContentsMargins(look.space(8), 0, 0, 0)
        self.setFixedWidth(look.px(284))
