"""How cards are read aloud. Each choice holds at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.presenters.listening.hands_free_state import THINKING_TIMES
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.presenters.listening.voices import VoicesState
from stalin_study.services.settings import Settings
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.listening_bar import SPEEDS
from stalin_study.ui.widgets.listening_buttons import REPEATS, SLEEPS
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.slider import Slider
from stalin_study.ui.widgets.voice_list import VoiceList

GAPS = {0: "None", 400: "Short", 1000: "1 second", 2000: "2 seconds"}  # by milliseconds
THINKING = {
    seconds: f"{seconds} seconds" if seconds else "Until I press Space"
    for seconds in THINKING_TIMES
}
LOOKING = "Looking for voices…"
_WIDTH, _HEIGHT = 740, 760  # pixels at 100 %
# How many options stand side by side at text sizes up to 110 %, up to 150 % and above.
_COLUMNS = {
    "speed": (7, 4, 4),
    "repeat": (3, 3, 2),
    "sleep": (3, 3, 3),
    "gap": (4, 4, 2),
    "thinking": (3, 3, 2),
}


class ListeningDialog(QDialog):
    """Shows how it reads, and sends wishes; `setting_chosen(name, value)` is a wish as well."""

    speed_chosen = Signal(float)
    volume_chosen = Signal(int)
    repeat_chosen = Signal(str)
    sleep_chosen = Signal(int)
    voice_chosen = Signal(str)
    sample_requested = Signal(str)
    setting_chosen = Signal(str, object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: tuple[object, ...] = ()
        self.setWindowTitle("Listening options")
        self._rows: dict[str, OptionRow] = {
            "speed": OptionRow({speed: f"{speed:g}×" for speed in SPEEDS}),
            "repeat": OptionRow(REPEATS),
            "sleep": OptionRow(SLEEPS),
            "gap": OptionRow(GAPS),
            "thinking": OptionRow(THINKING),
        }
        self._volume = Slider(appearance, "Volume", step=5, page=20)
        self._volume.setMaximum(100)
        self._percent = QLabel()
        self._asleep = _words()
        self._usual, self._message = _words(), QLabel()
        self._message.setWordWrap(True)
        self._voices = VoiceList(appearance)
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._draw)
        self._draw()

    def focus_start(self) -> None:
        """Put the keyboard on the first choice."""
        self._rows["speed"].focus()

    def render_listening(self, state: ListeningState) -> None:
        """Show what holds for the reading."""
        shown = (state.speed, state.volume, state.repeat, state.sleep_minutes)
        if shown == self._shown:
            return
        self._shown = shown
        self._rows["speed"].show_option(state.speed)
        self._rows["repeat"].show_option(state.repeat)
        self._rows["sleep"].show_option(state.sleep_minutes)
        self._volume.show_value(state.volume)
        self._percent.setText(f"{state.volume} %")
        minutes = state.sleep_minutes
        self._asleep.setText(f"Pauses in {minutes} min." if minutes else "")
        self._asleep.setVisible(bool(minutes))

    def render_settings(self, settings: Settings) -> None:
        """Show what holds for every reading."""
        self._rows["gap"].show_option(settings.reading_gap_ms)
        self._rows["thinking"].show_option(settings.thinking_s)

    def render_voices(self, state: VoicesState) -> None:
        """Show the voices."""
        self._voices.show_choices(state.choices)
        is_looking = state.is_listing and not state.choices
        message = LOOKING if is_looking else state.message
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._usual.setText(f"The best one here is: {state.usual}." if state.usual else "")
        self._usual.setVisible(bool(state.usual))

    def _lay_out(self) -> None:
        volume = QWidget()
        line = QHBoxLayout(volume)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._volume, 1)
        line.addWidget(self._percent)
        rows = self._rows
        parts: dict[str, tuple[QWidget, ...]] = {
            "Speed": (rows["speed"],),
            "Volume": (volume,),
            "Repeat": (rows["repeat"],),
            "Sleep timer": (self._asleep, rows["sleep"]),
            "Pause between points": (rows["gap"],),
            "Time to think before an answer": (rows["thinking"],),
            "Voice": (self._usual, self._message, self._voices),
        }
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        for title, widgets in parts.items():
            label = QLabel(title)
            label.setProperty("type", "heading")
            column.addWidget(label)
            for widget in widgets:
                column.addWidget(widget)
                if isinstance(widget, OptionRow):
                    widget.setAccessibleName(title)
            column.addSpacing(8)
        column.addStretch(1)
        close = PushButton(self._appearance, "Close", "filled")
        close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.addWidget(ScrollColumn(inner), 1)
        outer.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _connect(self) -> None:
        rows = self._rows
        rows["speed"].option_chosen.connect(self.speed_chosen.emit)
        rows["repeat"].option_chosen.connect(self.repeat_chosen.emit)
        rows["sleep"].option_chosen.connect(self.sleep_chosen.emit)
        rows["gap"].option_chosen.connect(lambda ms: self.setting_chosen.emit("reading_gap_ms", ms))
        rows["thinking"].option_chosen.connect(
            lambda seconds: self.setting_chosen.emit("thinking_s", seconds)
        )
        self._volume.value_chosen.connect(self.volume_chosen)
        self._voices.voice_chosen.connect(self.voice_chosen)
        self._voices.sample_requested.connect(self.sample_requested)

    def _draw(self) -> None:
        look = self._appearance.look
        size = 0 if look.text_percent <= 110 else 1 if look.text_percent <= 150 else 2
        for name, row in self._rows.items():
            row.set_columns(_COLUMNS[name][size])
        room = self.parentWidget().size()
        width, height = look.px(_WIDTH), look.px(_HEIGHT)
        self.resize(min(width, room.width() - 24), min(height, room.height() - 24))


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "muted")
    return label
