"""Settings: the look, ratings, the exam, and where progress is kept. Each choice holds at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from stalin_study.presenters.profiles import ProfilesState
from stalin_study.presenters.safekeeping import SafekeepingState
from stalin_study.services.settings import Settings
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.choices_of_look import LookChoices
from stalin_study.ui.widgets.exam_date import ExamDateField
from stalin_study.ui.widgets.into_view import bring_into_view
from stalin_study.ui.widgets.minutes_field import MinutesField
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn

ALONE = "Do several pupils use this computer? Each can have progress and settings of their own."
RATINGS = {2: "Two: Not yet, Got it", 4: "Four: Not yet, Hard, Got it, Easy"}


class SettingsDialog(QDialog):
    """Shows settings and sends `setting_chosen(name, value)`.

    `progress_requested` and `profiles_requested` for the dialogs of those, once they are rendered.
    """

    setting_chosen = Signal(str, object)
    progress_requested = Signal()
    profiles_requested = Signal()

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
        self._exam = ExamDateField(appearance, today)
        self._minutes = MinutesField()
        self._told_of: str | None = None
        self._folder = _words(
            f"Your progress is kept on this computer, in {progress_folder}."
            " It is never sent anywhere."
        )
        self._folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._backup = _words()
        self._progress = PushButton(
            appearance, "Back up, restore, move…", "outline", "database-backup"
        )
        self._who = _words()
        self._profiles = PushButton(appearance, "", "outline", "users")
        self._who_title = _heading("Who uses this")
        self._lay_out()
        self._look.setting_chosen.connect(self.setting_chosen)
        self._progress.clicked.connect(lambda: self._go_on_to(self.progress_requested))
        self._profiles.clicked.connect(lambda: self._go_on_to(self.profiles_requested))
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

    def render_safekeeping(self, state: SafekeepingState) -> None:
        """Show when the last backup was made, and the way to all of them."""
        self._backup.setText(state.last_backup)
        self._backup.setVisible(bool(state.last_backup))
        self._progress.show()

    def render_profiles(self, state: ProfilesState) -> None:
        """Show who is studying, and the way to the others."""
        name = state.current_name
        self._who.setText(f"{name} is studying now." if name else ALONE)
        self._profiles.setText(
            "Change pupil, or add one…" if state.is_in_use else "Add another pupil…"
        )
        for part in (self._who_title, self._who, self._profiles):
            part.show()

    def focus_exam(self) -> None:
        """Put the keyboard on the exam date, in view."""
        self._exam.setFocus()
        bring_into_view(self._exam)

    def focus_progress(self) -> None:
        """Put the keyboard on the way to the backups, in view."""
        self._progress.setFocus()
        bring_into_view(self._progress)

    def focus_profiles(self) -> None:
        """Put the keyboard on the way to those who study here, in view."""
        self._profiles.setFocus()
        bring_into_view(self._profiles)

    def reject(self) -> None:
        """Close; with a date typed that is none, only when that was told."""
        if self._may_leave():
            super().reject()

    def _go_on_to(self, requested: SignalInstance) -> None:
        if self._may_leave():
            requested.emit()

    def _may_leave(self) -> bool:
        typed = self._exam.line.text()
        was_told, self._told_of = typed == self._told_of, typed
        return was_told or self._exam.check(may_leave=True)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        column.addWidget(self._look)
        sections: tuple[tuple[QLabel, tuple[QWidget, ...]], ...] = (
            (_heading("Ratings after a flip"), (self._ratings,)),
            (_heading("Your exam"), (self._exam, self._minutes)),
            (_heading("Your progress"), (self._folder, self._backup, self._progress)),
            (self._who_title, (self._who, self._profiles)),
        )
        for title, parts in sections:
            column.addWidget(title)
            for part in parts:
                is_button = isinstance(part, PushButton)
                left = Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0)
                column.addWidget(part, 0, left)
            column.addSpacing(8)
        for later in (self._backup, self._progress, self._who_title, self._who, self._profiles):
            later.hide()  # until it is rendered
        column.addStretch(1)
        area = ScrollColumn(inner)
        close = PushButton(self._appearance, "Close", "filled")
        close.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.addWidget(area, 1)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _draw(self) -> None:
        look = self._appearance.look
        room = self.parentWidget().size() if self.parentWidget() else self.size()
        self.resize(min(look.px(740), room.width() - 24), min(look.px(760), room.height() - 24))


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("type", "heading")
    return label


def _words(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "muted")
    return label
