"""The Self-test page: choosing, the question on show, and the summary."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from stalin_study.presenters.self_test_state import SelfTestState
from stalin_study.ui.pages.page import Page
from stalin_study.ui.pages.self_test_choosing import ChoosingView
from stalin_study.ui.pages.self_test_question import QuestionView
from stalin_study.ui.pages.self_test_summary import SummaryView
from stalin_study.ui.theme.appearance import Appearance

MEASURE = 760


class SelfTestPage(Page):
    """Shows a SelfTestState and sends wishes."""

    scope_chosen = Signal(str)
    how_chosen = Signal(object)
    length_chosen = Signal(object)
    start_requested = Signal()
    answer_submitted = Signal(str)
    choice_chosen = Signal(int)
    give_up_requested = Signal()
    right_requested = Signal()
    next_requested = Signal()
    stop_requested = Signal()
    retry_requested = Signal()
    again_requested = Signal()
    card_requested = Signal(str)
    listen_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._choosing = ChoosingView(appearance)
        self._question = QuestionView(appearance)
        self._summary = SummaryView(appearance)
        self._views = {
            "choosing": self._choosing,
            "asking": self._question,
            "answered": self._question,
            "finished": self._summary,
        }
        self._column = QWidget()
        self._stack = QStackedLayout(self._column)
        for view in (self._choosing, self._question, self._summary):
            self._stack.addWidget(view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        self._connect()
        appearance.look_changed.connect(self._measure)
        self._measure()

    def render_state(self, state: SelfTestState) -> None:
        """Show this state; the keyboard goes along when another view comes up."""
        view = self._views[state.phase]
        is_other = self._stack.currentWidget() is not view
        if state.phase == "choosing":
            self._choosing.render_state(state)
        elif state.summary is not None:
            self._summary.show_summary(state.summary)
        else:
            self._question.render_state(state)
        self._stack.setCurrentWidget(view)
        if is_other and self.isVisible():
            view.focus_start()

    def focus_start(self) -> None:
        """Begin where the view begins."""
        view = self._stack.currentWidget()
        for known in (self._choosing, self._question, self._summary):
            if known is view:
                known.focus_start()

    def _connect(self) -> None:
        self._choosing.scope_chosen.connect(self.scope_chosen)
        self._choosing.how_chosen.connect(self.how_chosen)
        self._choosing.length_chosen.connect(self.length_chosen)
        self._choosing.start_requested.connect(self.start_requested)
        for name in (
            "answer_submitted",
            "choice_chosen",
            "give_up_requested",
            "right_requested",
            "next_requested",
            "stop_requested",
            "card_requested",
            "listen_requested",
        ):
            getattr(self._question, name).connect(getattr(self, name))
        self._summary.retry_requested.connect(self.retry_requested)
        self._summary.again_requested.connect(self.again_requested)
        self._summary.card_requested.connect(self.card_requested)

    def _measure(self) -> None:
        self._column.setMaximumWidth(self._appearance.look.px(MEASURE))
