"""What is being read aloud, with play, pause, stop and sentence keys; stays while pages change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from stalin_study.presenters.listening import ListeningState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.elided_label import ElidedLabel

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class ListeningBar(QFrame):
    """Shows a ListeningState and sends wishes."""

    toggle_requested = Signal()
    stop_requested = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    speed_chosen = Signal(float)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("panel", "surface")
        self._back = IconButton(appearance, "skip-back", "Sentence before")
        self._play = IconButton(appearance, "pause", "Pause", kind="round")
        self._forward = IconButton(appearance, "skip-forward", "Next sentence")
        self._stop = IconButton(appearance, "x", "Stop reading")
        self._title = ElidedLabel()
        self._place = ElidedLabel()
        self._place.setProperty("tone", "muted")
        self._place.setProperty("type", "caption")
        self._speed = QComboBox()
        self._speed_label = QLabel("Speed")
        self._speed_label.setBuddy(self._speed)
        self._speed_label.setProperty("tone", "muted")
        for speed in SPEEDS:
            self._speed.addItem(f"{speed:g}×", speed)
        self._lay_out()
        self._back.clicked.connect(self.previous_requested)
        self._play.clicked.connect(self.toggle_requested)
        self._forward.clicked.connect(self.next_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._speed.activated.connect(lambda row: self.speed_chosen.emit(self._speed.itemData(row)))

    def render_state(self, state: ListeningState) -> None:
        """Show what is read and how far it has come; hidden when nothing is."""
        is_playing = state.phase in ("playing", "preparing")
        self._play.set_icon("pause" if is_playing else "play")
        self._play.set_name("Pause" if is_playing else "Play")
        self._title.setText(state.title)
        place = f"Sentence {state.number} of {state.count}" if state.count else ""
        self._place.setText(state.message or place)
        self._place.setToolTip(state.message)
        row = self._speed.findData(state.speed)
        if row >= 0:
            self._speed.setCurrentIndex(row)
        self.setVisible(state.phase != "idle" or bool(state.message))

    def set_compact(self, is_compact: bool) -> None:
        """In a narrow window only the buttons and the sentence number stay."""
        self._speed_label.setVisible(not is_compact)
        self._title.setVisible(not is_compact)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(self._place)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for widget in (self._back, self._play, self._forward):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for side in (self._speed_label, self._speed, self._stop):
            row.addWidget(side, 0, Qt.AlignmentFlag.AlignVCenter)
