"""The first start: what the app does, how it should look, when the exam is; all can be skipped."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.services.settings import Settings
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.choices_of_look import LookChoices
from stalin_study.ui.widgets.exam_date import ExamDateField
from stalin_study.ui.widgets.minutes_field import MinutesField
from stalin_study.ui.widgets.scroll_column import ScrollColumn

_WAYS = (
    ("layers", "Flip cards", "Answer in your head first, then turn the card with Space."),
    ("clipboard-check", "Test yourself", "Spelling slips are forgiven. Wrong years are not."),
    ("headphones", "Listen", "Any card is read aloud, and each word lights up as you hear it."),
)


class WelcomePage(Page):
    """Shows settings and sends wishes."""

    start_requested = Signal()
    setting_chosen = Signal(str, object)

    def __init__(self, appearance: Appearance, today: date, card_count: int) -> None:
        super().__init__()
        self._appearance = appearance
        self._title = QLabel("Welcome to Stalin Study")
        self._title.setWordWrap(True)
        self._lead = QLabel(
            f"{card_count} revision cards on Stalin’s dictatorship, 1924-41. They work without the"
            " internet, and what you learn stays on this computer."
        )
        self._lead.setWordWrap(True)
        self._lead.setProperty("tone", "muted")
        self._look = LookChoices(appearance, with_motion=False)
        self._exam_title = QLabel("Your exam")
        self._exam = ExamDateField(appearance, today)
        self._minutes = MinutesField()
        self._start = PushButton(appearance, "Start", "filled", "arrow-right")
        self._later = QLabel("You can change all of this later in Settings.")
        self._later.setProperty("tone", "muted")
        self._later.setWordWrap(True)
        self._title.setProperty("type", "prompt")
        self._lead.setProperty("type", "lead")
        self._exam_title.setProperty("type", "heading")
        self._ways: list[tuple[QLabel, str]] = []
        self._lay_out()
        self._look.setting_chosen.connect(self.setting_chosen)
        self._exam.date_chosen.connect(lambda day: self.setting_chosen.emit("exam_date", day))
        self._minutes.minutes_chosen.connect(
            lambda minutes: self.setting_chosen.emit("minutes_a_day", minutes)
        )
        self._start.clicked.connect(self._begin)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._look.show_settings(settings)
        self._exam.show_date(settings.exam_date)
        self._minutes.show_minutes(settings.minutes_a_day)

    def focus_start(self) -> None:
        """Begin at Start: everything else can be skipped."""
        self._start.setFocus()

    def _begin(self) -> None:
        """Go on, but not with a date that was never given."""
        if self._exam.check():
            self.start_requested.emit()

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.addWidget(self._title)
        self._column.addWidget(self._lead)
        for icon, title, text in _WAYS:
            self._column.addWidget(self._way(icon, title, text))
        self._column.addSpacing(8)
        self._column.addWidget(self._look)
        self._column.addWidget(self._exam_title)
        self._column.addWidget(self._exam)
        self._column.addWidget(self._minutes)
        self._column.addStretch(1)
        area = ScrollColumn(inner)
        bottom = QHBoxLayout()
        bottom.addWidget(self._start)
        bottom.addSpacing(12)
        bottom.addWidget(self._later, 1)
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.addWidget(area, 1)
        column.addLayout(bottom)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(self._middle, 100)
        row.addStretch(1)

    def _way(self, icon: str, title: str, text: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        picture = QLabel()
        self._ways.append((picture, icon))
        words = QLabel(f"<b>{title}.</b> {text}")
        words.setWordWrap(True)
        row.addWidget(picture)
        row.addWidget(words, 1)
        return line

    def _draw(self) -> None:
        look = self._appearance.look
        self._column.setSpacing(look.space(8))
        self._middle.setMaximumWidth(look.px(760))
        for picture, icon in self._ways:
            picture.setPixmap(self._appearance.pixmap(icon, "primary", 24))
            picture.setFixedWidth(look.px(24))
