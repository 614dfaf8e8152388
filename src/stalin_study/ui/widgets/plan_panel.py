"""The exam plan: what will be remembered on the day, and why the app thinks so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from stalin_study.presenters.self_test.plan_view import PlanView, TopicRecall
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton

_WHY, _LESS = "Why these figures?", "Hide the reasons"


class PlanPanel(QFrame):
    """Shows a PlanView; the reasons and the topics open in place."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._view = PlanView()
        self._is_open = False
        self.setProperty("panel", "surface")
        self._headline, self._today = QLabel(), QLabel()
        self._now, self._followed = QLabel(), QLabel()
        self._now_words = QLabel("expected on exam day if you stop now")
        self._followed_words = QLabel("if you keep to the plan")
        self._why = PushButton(appearance, _WHY, "ghost", "info")
        self._reasons = QLabel()
        self._topics = QGridLayout()
        for label in (self._now, self._followed):
            label.setProperty("type", "title")
        for label in (self._now_words, self._followed_words):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
        self._headline.setProperty("type", "heading")
        for label in self._labels:
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._why.clicked.connect(self._toggle)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_plan(self, view: PlanView) -> None:
        """Show the plan."""
        if view != self._view or not self._headline.text():
            self._view = view
            self._fill()

    @property
    def _labels(self) -> tuple[QLabel, ...]:
        words = (self._now_words, self._followed_words)
        return (self._headline, self._today, self._now, self._followed, *words, self._reasons)

    def _fill(self) -> None:
        view = self._view
        self._headline.setText(view.headline)
        self._today.setText(view.today)
        self._now.setText(view.now)
        self._followed.setText(view.if_followed)
        self._reasons.setText("\n".join(view.why))
        has_figures = bool(view.now)
        for widget in (self._now, self._now_words, self._followed, self._followed_words, self._why):
            widget.setVisible(has_figures)
        self.setVisible(bool(view.headline or view.today))
        self._show_topics()

    def _show_topics(self) -> None:
        while (old := self._topics.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        is_open = self._is_open and bool(self._view.now)
        self._reasons.setVisible(is_open)
        self._why.setText(_LESS if self._is_open else _WHY)
        for row, topic in enumerate(self._view.topics if is_open else ()):
            self._add_topic(row, topic)

    def _add_topic(self, row: int, topic: TopicRecall) -> None:
        title, words = QLabel(topic.title), QLabel(topic.words)
        words.setProperty("type", "caption")
        words.setProperty("tone", "muted")
        for label in (title, words):
            label.setWordWrap(True)
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setValue(round(100 * topic.now))
        bar.setTextVisible(False)
        bar.setAccessibleName(f"{topic.title}: {topic.words}")
        self._topics.addWidget(title, 2 * row, 0)
        self._topics.addWidget(words, 2 * row, 1)
        self._topics.addWidget(bar, 2 * row + 1, 0, 1, 2)

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._show_topics()

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(24)
        for figure, words in (
            (self._now, self._now_words),
            (self._followed, self._followed_words),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(figure)
            column.addWidget(words)
            figures.addLayout(column, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._headline)
        self._column.addLayout(figures)
        self._column.addWidget(self._today)
        self._column.addWidget(self._why, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._reasons)
        self._column.addLayout(self._topics)

    def _draw(self) -> None:
        look = self._appearance.look
        self._column.setContentsMargins(*[look.space(16)] * 4)
        self._column.setSpacing(look.space(8))
        self._topics.setHorizontalSpacing(look.space(16))
        self._topics.setColumnStretch(0, 2)
        self._topics.setColumnStretch(1, 3)
