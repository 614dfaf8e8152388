"""Settings: the look, ratings, the exam, and where progress is kept. Each choice holds at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stalin_study.services.settings import Settings
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.choices_of_look import LookChoices
from stalin_study.ui.widgets.exam_date import ExamDateField
from stalin_study.ui.widgets.minutes_field import MinutesField
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn

RATINGS = {2: "Two: Not yet, Got it", 4: "Four: Not yet, Hard, Got it, Easy"}


class SettingsDialog(QDialog):
    """Shows settings and sends `setting_chosen(name, value)`."""

    setting_chosen = Signal(str, object)

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        today: date,
        progress_folder: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setWindowTitle("Settings")
        self._look = LookChoices(appearance)
        self._ratings = OptionRow(RATINGS, columns=1)
        self._ratings.setAccessibleName("Ratings after a flip")
        self._exam = ExamDateField(today)
        self._minutes = MinutesField()
        self._folder = QLabel(
            f"Your progress is kept on this computer, in {progress_folder}."
            " It is never sent anywhere."
        )
        self._folder.setWordWrap(True)
        self._folder.setTextFormat(Qt.TextFormat.PlainText)
        self._folder.setProperty("tone", "muted")
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._titles = [
            QLabel("Ratings after a flip"),
            QLabel("Your exam"),
            QLabel("Your progress"),
        ]
        for title in self._titles:
            title.setProperty("type", "heading")
        self._lay_out()
        self._look.setting_chosen.connect(self.setting_chosen)
        self._ratings.option_chosen.connect(lambda n: self.setting_chosen.emit("ratings", n))
        self._exam.date_chosen.connect(lambda day: self.setting_chosen.emit("exam_date", day))
        self._minutes.minutes_chosen.connect(
            lambda minutes: self.setting_chosen.emit("minutes_a_day", minutes)
        )
        appearance.look_changed.connect(self._draw)
        self.render_settings(settings)
        self._draw()
        self._look.focus()

    def render_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._look.show_settings(settings)
        self._ratings.show_option(settings.ratings)
        self._exam.show_date(settings.exam_date)
        self._minutes.show_minutes(settings.minutes_a_day)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        column.addWidget(self._look)
        for title, part in zip(
            self._titles, (self._ratings, self._exam, self._folder), strict=True
        ):
            column.addWidget(title)
            column.addWidget(part)
            if part is self._exam:
                column.addWidget(self._minutes)
            column.addSpacing(8)
        column.addStretch(1)
        area = ScrollColumn(inner)
        close = PushButton(self._appearance, "Close", "filled")
        close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.addWidget(area, 1)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _draw(self) -> None:
        look = self._appearance.look
        room = self.parentWidget().size() if self.parentWidget() else self.size()
        self.resize(min(look.px(740), room.width() - 24), min(look.px(760), room.height() - 24))
