"""The Self-test page: choosing, the question on show, and the summary."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from stalin_study.presenters.self_test.choices import ChoosingState
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.ui.pages.page import Page
from stalin_study.ui.pages.self_test.choosing import ChoosingView
from stalin_study.ui.pages.self_test.question import QuestionView
from stalin_study.ui.pages.self_test.summary import SummaryView
from stalin_study.ui.theme.appearance import Appearance

MEASURE = 760


class SelfTestPage(Page):
    """Shows a ChoosingState and a SelfTestState; the wishes are signals of its three views.

    `choosing_shown(bool)` when the choices come into view or go.
    """

    choosing_shown = Signal(bool)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.choosing = ChoosingView(appearance)
        self.question = QuestionView(appearance)
        self.summary = SummaryView(appearance)
        self._column = QWidget()
        self._stack = QStackedLayout(self._column)
        for view in (self.choosing, self.question, self.summary):
            self._stack.addWidget(view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        appearance.look_changed.connect(self._measure)
        self._measure()

    def render_choosing(self, state: ChoosingState) -> None:
        """Show what there is to choose."""
        self.choosing.render_state(state)

    def render_state(self, state: SelfTestState) -> None:
        """Show this state; the keyboard goes along when another view comes up."""
        view: QWidget = self.question
        if state.phase == "choosing":
            view = self.choosing
        elif state.phase == "finished":
            view = self.summary
            self.summary.render_state(state)
        else:
            self.question.render_state(state)
        if self._stack.currentWidget() is not view:
            self._stack.setCurrentWidget(view)
            self._tell_choosing()
            if self.isVisible():
                self.focus_start()

    def focus_start(self) -> None:
        """Begin where the view begins."""
        view = self._stack.currentWidget()
        for known in (self.choosing, self.question, self.summary):
            if known is view:
                known.focus_start()

    def showEvent(self, event: QShowEvent) -> None:
        """The choices may have come into view."""
        super().showEvent(event)
        self._tell_choosing()

    def hideEvent(self, event: QHideEvent) -> None:
        """The choices are out of view."""
        super().hideEvent(event)
        self._tell_choosing()

    def _tell_choosing(self) -> None:
        is_shown = self.isVisible() and self._stack.currentWidget() is self.choosing
        self.choosing_shown.emit(is_shown)

    def _measure(self) -> None:
        self._column.setMaximumWidth(self._appearance.look.px(MEASURE))
