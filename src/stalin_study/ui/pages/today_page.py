"""The Today page: the countdown, one button with today's work, the streak, and ways to go on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.wording import count_of
from stalin_study.presenters.today import TodayState
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.celebration import Celebration
from stalin_study.ui.widgets.recall_bar import RecallBar
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.streak_row import StreakRow

MEASURE = 760  # the widest that the column is, in pixels at 100 %
WAITING = "Looking up today’s work…"
LOOK_FIRST = "Look at the cards first"


class TodayPage(Page):
    """Shows a TodayState and sends wishes."""

    start_requested = Signal()
    listen_requested = Signal()
    card_requested = Signal()
    hard_requested = Signal()
    date_requested = Signal()
    celebrated = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state: TodayState | None = None
        self._headline = _label("prompt")
        self._recall_words = _label("", muted=True)
        self._recall = RecallBar(appearance)
        self._date = PushButton(appearance, "When is your exam?", "outline", "calendar")
        self._about = _label("lead")
        self._start = PushButton(appearance, WAITING, "filled", "play")
        self._extra = PushButton(appearance, "", "outline", "sparkles")
        self._done = QLabel()
        self._away = _label("lead")
        self._week = StreakRow(appearance)
        self._streak = _label("strong")
        self._listen = PushButton(appearance, "", "choice", "headphones")
        self._card = PushButton(appearance, "", "choice", "layers")
        self._hard = PushButton(appearance, "", "choice", "flag")
        self._celebration = Celebration(appearance, self)
        self._lay_out()
        for button in (self._start, self._extra):
            button.clicked.connect(self.start_requested)
        self._listen.clicked.connect(self.listen_requested)
        self._card.clicked.connect(self.card_requested)
        self._hard.clicked.connect(self.hard_requested)
        self._date.clicked.connect(self.date_requested)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: TodayState) -> None:
        """Show this state; what is done is celebrated once."""
        self._state = state
        self._headline.setText(state.headline)
        self._date.setVisible(state.needs_date)
        self._show_recall(state)
        self._show_work(state)
        self._show_days(state)
        self._show_more(state)
        if state.celebrates and self.isVisible():
            self._celebrate(state)

    def focus_start(self) -> None:
        """Put the keyboard on the one button."""
        is_done = self._state is not None and self._state.work == "done"
        (self._extra if is_done else self._start).setFocus()

    def _show_recall(self, state: TodayState) -> None:
        recall = state.recall
        for widget in (self._recall, self._recall_words):
            widget.setVisible(recall is not None)
        if recall is not None:
            self._recall_words.setText(recall.words)
            self._recall.show_recall(recall.now, recall.if_followed, recall.words)

    def _show_work(self, state: TodayState) -> None:
        is_done = state.work == "done"
        had_focus = self._start.hasFocus() or self._extra.hasFocus()
        self._start.setText(state.start or WAITING)
        self._start.setVisible(not is_done)
        self._extra.setText(state.start)
        self._extra.setVisible(is_done)
        self._done.setVisible(is_done)
        # What is only looked up still has its room, so that nothing jumps.
        self._about.setText(state.about or " ")
        if had_focus or (self.isVisible() and self.focusWidget() is None):
            self.focus_start()

    def _show_days(self, state: TodayState) -> None:
        self._away.setText(state.away)
        self._away_panel.setVisible(bool(state.away))
        self._days.setVisible(state.streak is not None)
        if state.streak is not None:
            self._week.show_week(state.streak.week)
            self._streak.setText(state.streak_words)

    def _show_more(self, state: TodayState) -> None:
        self._listen.setText(f"Go on listening: “{_short(state.listening)}”")
        self._listen.setVisible(bool(state.listening))
        card = f"Look at your last card: “{_short(state.card)}”" if state.card else LOOK_FIRST
        self._card.setText(card)
        self._hard.setText(f"Practise {count_of(state.hard, 'card')} that you marked as hard")
        self._hard.setVisible(state.hard > 0)

    def _celebrate(self, state: TodayState) -> None:
        """Off the stack of the one that tells, since it changes a setting."""
        middle = self._done.mapTo(self, self._done.rect().center())
        self._celebration.play(QPointF(middle))
        QAccessible.updateAccessibility(QAccessibleEvent(self._about, QAccessible.Event.Alert))
        QTimer.singleShot(0, self, self.celebrated.emit)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.addWidget(self._headline)
        top.addWidget(self._date, 0, Qt.AlignmentFlag.AlignLeft)
        top.addWidget(self._recall)
        top.addWidget(self._recall_words)
        work = QHBoxLayout()
        told = QVBoxLayout()
        told.addWidget(self._about)
        told.addWidget(self._start, 0, Qt.AlignmentFlag.AlignLeft)
        told.addWidget(self._extra, 0, Qt.AlignmentFlag.AlignLeft)
        work.addWidget(self._done, 0, Qt.AlignmentFlag.AlignTop)
        work.addLayout(told, 1)
        self._away_panel = _panel(self._away, kind="good")
        self._days = _panel(self._week, self._streak)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        for button in (self._listen, self._card, self._hard):
            more.addWidget(button)
        work_panel = QFrame()
        work_panel.setProperty("panel", "surface")
        inner = QVBoxLayout(work_panel)
        inner.addLayout(top)
        inner.addLayout(work)
        self._layouts = [top, work, told, inner, more]
        self._panels = [work_panel, self._away_panel, self._days]
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._away_panel, work_panel, self._days, self._more):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._measured = QWidget()
        row = QHBoxLayout(self._measured)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        self._inner = column
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(self._measured))

    def _draw(self) -> None:
        look = self._appearance.look
        self._inner.setMaximumWidth(look.px(MEASURE))
        self._column.setSpacing(look.space(16))
        for layout in self._layouts:
            layout.setSpacing(look.space(12))
        for panel in self._panels:
            layout = panel.layout()
            if layout is not None:
                layout.setContentsMargins(*[look.space(20)] * 4)
                layout.setSpacing(look.space(12))
        self._done.setPixmap(self._appearance.pixmap("party-popper", "good", 40))
        self._done.setFixedSize(look.px(44), look.px(44))


def _label(kind: str, *, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("type", kind)
    if muted:
        label.setProperty("tone", "muted")
    return label


def _panel(*parts: QWidget, kind: str = "surface") -> QFrame:
    panel = QFrame()
    panel.setProperty("panel", kind)
    column = QVBoxLayout(panel)
    for part in parts:
        column.addWidget(part)
    return panel


def _short(title: str) -> str:
    return title if len(title) <= 48 else title[:47] + "…"
