"""The Today page: the countdown, one button with today's work, the streak, and ways to go on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.wording import count_of
from stalin_study.presenters.today import TodayState
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.celebration import Celebration
from stalin_study.ui.widgets.recall_bar import RecallBar
from stalin_study.ui.widgets.reserved_label import ReservedLabel
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.streak_row import StreakRow
from stalin_study.ui.widgets.wrapping_button import WrappingButton

MEASURE = 760  # the widest that the column is, in pixels at 100 %
WAITING = "Looking up today’s work…"
LOOK_FIRST = "Or look at a card first"
# What stands there most days: its room is kept until it is known what does today.
_RECALL = "About 55 % expected on the day if you stop now, about 80 % if you keep to the plan."
_ABOUT = "Your work for today is ready."
_STREAK = "Your streak: 12 days."
_MORE = "One answer today makes it 13 days. You can miss one day and keep it."


class TodayPage(Page):
    """Shows a TodayState and sends wishes.

    `returned` when the pupil comes back to the window, perhaps on another day.
    """

    start_requested = Signal()
    instead_requested = Signal()
    due_requested = Signal()
    listen_requested = Signal()
    card_requested = Signal()
    hard_requested = Signal()
    date_requested = Signal()
    celebrated = Signal()
    returned = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state: TodayState | None = None
        self._is_compact = False
        self._headline = QLabel()
        self._headline.setProperty("type", "prompt")
        self._headline.setWordWrap(True)
        self._headline.setTextFormat(Qt.TextFormat.PlainText)
        self._recall = RecallBar(appearance)
        self._recall_words = ReservedLabel(_RECALL, tone="muted")
        self._date = WrappingButton(appearance, "", "outline", "calendar")
        self._about = ReservedLabel(_ABOUT, "lead")
        self._start = WrappingButton(appearance, WAITING, "filled", "play")
        self._extra = WrappingButton(appearance, "", "outline", "sparkles")
        self._due = WrappingButton(
            appearance, "A little more: what is due", "outline", "refresh-cw"
        )
        self._instead = WrappingButton(appearance, "", "outline", "calendar-check")
        self._done = QLabel()
        self._week = StreakRow(appearance)
        self._streak = ReservedLabel(_STREAK, "strong")
        self._streak_more = ReservedLabel(_MORE, tone="muted")
        self._card = WrappingButton(appearance, "", "choice", "layers")
        self._listen = WrappingButton(appearance, "", "choice", "headphones")
        self._hard = WrappingButton(appearance, "", "choice", "flag")
        self._celebration = Celebration(appearance, self)
        self._lay_out()
        wishes = {
            self._start: self.start_requested,
            self._extra: self.start_requested,
            self._due: self.due_requested,
            self._instead: self.instead_requested,
            self._listen: self.listen_requested,
            self._card: self.card_requested,
            self._hard: self.hard_requested,
            self._date: self.date_requested,
        }
        for button, wish in wishes.items():
            button.clicked.connect(wish)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: TodayState) -> None:
        """Show this state; what is done is celebrated once."""
        self._state = state
        self._headline.setText(state.headline)
        self._date.setText(state.date_question)
        if not state.needs_date and self.window().focusWidget() is self._date:
            self.focus_start()  # the date was given, and the button goes
        self._date.setVisible(state.needs_date)
        self._show_recall(state)
        self._show_work(state)
        self._week.show_week(state.streak.week)
        self._streak.show_words(state.streak_words)
        self._streak_more.show_words(state.streak_more)
        self._show_more(state)
        if state.celebrates and self.isVisible():
            self._celebrate()

    def focus_start(self) -> None:
        """Put the keyboard on the one button."""
        is_done = self._state is not None and self._state.work == "done"
        (self._extra if is_done else self._start).setFocus()

    def set_compact(self, is_compact: bool) -> None:
        """Margins give way first, so that the button stays in first sight."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self._draw()

    def event(self, event: QEvent) -> bool:
        """Tell when the window is come back to."""
        if event.type() == QEvent.Type.WindowActivate:
            self.returned.emit()
        return super().event(event)

    def _show_recall(self, state: TodayState) -> None:
        self._exam.setVisible(state.has_recall)
        self._recall_words.show_words(state.recall_words)
        recall = state.recall
        now, followed = (recall.now, recall.if_followed) if recall else (0.0, 0.0)
        self._recall.show_recall(now, followed, state.recall_words)

    def _show_work(self, state: TodayState) -> None:
        is_done = state.work == "done"
        had_focus = self._start.hasFocus() or self._extra.hasFocus()
        self._start.setText(state.start or WAITING)
        self._extra.setText(state.start)
        new, old = (self._extra, self._start) if is_done else (self._start, self._extra)
        new.show()
        if had_focus:
            new.setFocus()  # before the other goes: else the keyboard, and the page, run ahead
        old.hide()
        self._due.setVisible(is_done and state.has_due)
        self._instead.setText(state.instead)
        self._instead.setVisible(bool(state.instead))
        self._done.setVisible(is_done)
        self._about.show_words(state.about)
        if self.isVisible() and self.focusWidget() is None:
            self.focus_start()

    def _show_more(self, state: TodayState) -> None:
        card = f"Look at your last card: “{_short(state.card)}”" if state.card else LOOK_FIRST
        self._card.setText(card)
        self._listen.setText(f"Go on listening: “{_short(state.listening)}”")
        self._listen.setVisible(bool(state.listening))
        self._hard.setText(f"Practise {count_of(state.hard, 'card')} that you marked as hard")
        self._hard.setVisible(state.hard > 0)

    def _celebrate(self) -> None:
        """Off the stack of the one that tells, since it changes a setting."""
        middle = self._done.mapTo(self, self._done.rect().center())
        self._celebration.play(QPointF(middle))
        spoken = QAccessibleAnnouncementEvent(self._about, self._about.text())
        QAccessible.updateAccessibility(spoken)
        QTimer.singleShot(0, self, self.celebrated.emit)

    def _lay_out(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        self._exam = QWidget()
        exam = QVBoxLayout(self._exam)
        exam.setContentsMargins(0, 0, 0, 0)
        exam.addWidget(self._recall)
        exam.addWidget(self._recall_words)
        told = QVBoxLayout()
        told.addWidget(self._about)
        for button in (self._start, self._extra, self._due, self._instead, self._date):
            told.addWidget(button, 0, left)
        work = QHBoxLayout()
        work.addWidget(self._done, 0, Qt.AlignmentFlag.AlignTop)
        work.addLayout(told, 1)
        work_panel = _panel(self._headline, self._exam)
        _column_of(work_panel).addLayout(work)
        days = _panel(self._week, self._streak, self._streak_more)
        self._panels = [work_panel, days]
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        # What comes up later stands last, so that nothing has to move for it.
        for part in (work_panel, days, self._card, self._listen, self._hard):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._rows = [exam, told, work]
        measured = QWidget()
        row = QHBoxLayout(measured)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        self._inner = column
        self._outer = QVBoxLayout(self)
        area = ScrollColumn(measured)
        self._outer.addWidget(area)
        self._bar = area.verticalScrollBar()
        self._bar.rangeChanged.connect(self._keep_bar_room)
        self._keep_bar_room()

    def _keep_bar_room(self, *_: int) -> None:
        """A scroll bar that comes up must not push the column aside."""
        room = 0 if self._bar.maximum() else self._bar.sizeHint().width()
        self._outer.setContentsMargins(0, 0, room, 0)

    def _draw(self) -> None:
        look = self._appearance.look
        self._inner.setMaximumWidth(look.px(MEASURE))
        gap = look.space(8 if self._is_compact else 12)
        self._column.setSpacing(gap)
        for row in self._rows:
            row.setSpacing(gap)
        for panel in self._panels:
            column = _column_of(panel)
            column.setContentsMargins(*[look.space(12 if self._is_compact else 20)] * 4)
            column.setSpacing(gap)
        self._done.setPixmap(self._appearance.pixmap("party-popper", "good", 40))
        self._done.setFixedSize(look.px(44), look.px(44))


def _panel(*parts: QWidget) -> QFrame:
    panel = QFrame()
    panel.setProperty("panel", "surface")
    column = QVBoxLayout(panel)
    for part in parts:
        column.addWidget(part)
    return panel


def _column_of(panel: QFrame) -> QVBoxLayout:
    column = panel.layout()
    assert isinstance(column, QVBoxLayout)
    return column


def _short(title: str) -> str:
    return title if len(title) <= 48 else title[:47] + "…"
