"""What is being read aloud, and everything to steer it; stays while pages change."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stalin_study.presenters.listening.state import ListeningState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.choice_box import ChoiceBox
from stalin_study.ui.widgets.elided_label import ElidedLabel
from stalin_study.ui.widgets.listening_buttons import (
    PlayButton,
    RepeatButton,
    SleepButton,
    VolumeButton,
)
from stalin_study.ui.widgets.reading_place import ReadingPlace, place_forms
from stalin_study.ui.widgets.seek_bar import SeekBar

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
WORDS_WIDTH = 150  # pixels at 100 % that title and place keep when lesser controls come up
_PLAY_LOOKS = {
    "preparing": ("pause", "Pause"),
    "playing": ("pause", "Pause"),
    "thinking": ("ear", "Hear the answer"),
}


class ListeningBar(QFrame):
    """Shows a ListeningState and sends wishes. What finds no room is among the options."""

    toggle_requested = Signal()
    stop_requested = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    next_track_requested = Signal()
    previous_track_requested = Signal()
    seek_requested = Signal(int)
    speed_chosen = Signal(float)
    volume_chosen = Signal(int)
    repeat_chosen = Signal(str)
    sleep_chosen = Signal(int)
    options_requested = Signal()
    keyboard_left = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state = ListeningState()
        self._shown: dict[str, object] = {}
        self._is_compact = False
        self.setProperty("panel", "surface")
        self._track_back = IconButton(appearance, "chevrons-left", "Card before")
        self._back = IconButton(appearance, "skip-back", "Sentence before")
        self._play = PlayButton(appearance)
        self._forward = IconButton(appearance, "skip-forward", "Next sentence")
        self._track_forward = IconButton(appearance, "chevrons-right", "Next card")
        self._title = ElidedLabel()
        self._title.setProperty("type", "strong")
        self._place = ReadingPlace(appearance)
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.hide()
        self._seek = SeekBar(appearance)
        self._speed = ChoiceBox()
        self._speed.setAccessibleName("Speed")
        self._speed.setToolTip("Speed")
        for speed in SPEEDS:
            self._speed.addItem(f"{speed:g}×", speed)
        self._volume = VolumeButton(appearance)
        self._repeat = RepeatButton(appearance)
        self._sleep = SleepButton(appearance)
        self._options = IconButton(appearance, "sliders-horizontal", "Listening options")
        self._stop = IconButton(appearance, "x", "Stop reading")
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._make_room)
        self._make_room()
        self.render_state(self._state)

    def render_state(self, state: ListeningState) -> None:
        """Show what is read and how far it has come; hidden when nothing is."""
        self._state = state
        if self._is_new("play", _PLAY_LOOKS.get(state.phase, ("play", "Play"))):
            icon, name = _PLAY_LOOKS.get(state.phase, ("play", "Play"))
            self._play.set_icon(icon)
            self._play.set_name(name)
        self._show_words(state)
        self._seek.show_place(state.heard, state.length, state.speed)
        if self._is_new("speed", state.speed):
            self._show_speed(state.speed)
        if self._is_new("volume", state.volume):
            self._volume.show_volume(state.volume)
        if self._is_new("repeat", state.repeat):
            self._repeat.show_repeat(state.repeat)
        if self._is_new("sleep", state.sleep_minutes):
            self._sleep.show_minutes(state.sleep_minutes)
        if self._is_new("room", (state.track_count > 1, len(self._sleep.text()))):
            self._make_room()
        is_visible = state.phase != "idle" or bool(state.message)
        if self._is_new("visible", is_visible):
            focus = QApplication.focusWidget()
            has_keyboard = focus is not None and self.isAncestorOf(focus)
            self.setVisible(is_visible)
            if has_keyboard and not is_visible:
                self.keyboard_left.emit()

    def set_compact(self, is_compact: bool) -> None:
        """In a narrow window the place in words stands above the slider, without the title."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self._title.setVisible(not is_compact)
            if is_compact:
                self._words.insertWidget(3, self._seek)
            else:
                self._column.insertWidget(1, self._seek)
        self._make_room()

    def toggle_mute(self) -> None:
        """Be silent, or as loud as before."""
        self._volume.toggle_mute()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M mutes."""
        is_plain = not (event.modifiers() or event.isAutoRepeat())
        if event.key() == Qt.Key.Key_M and is_plain:
            self.toggle_mute()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Come up under the pointer without taking the second click of a double one."""
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        patience_ms = QApplication.doubleClickInterval()
        QTimer.singleShot(patience_ms, self, self._take_clicks)

    def _take_clicks(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let lesser controls come and go."""
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Without the lesser controls, so that they never keep the window wide."""
        hint = super().minimumSizeHint()
        return QSize(self._width_of(self._needed) + self._appearance.look.px(60), hint.height())

    @property
    def _needed(self) -> list[QWidget]:
        return [self._back, self._play, self._forward, self._options, self._stop]

    def _show_words(self, state: ListeningState) -> None:
        if self._is_new("title", state.title):
            self._title.setText(state.title)
        forms = place_forms(state)
        if self._is_new("place", (forms, state.phase == "thinking")):
            self._place.show_forms(forms, is_strong=state.phase == "thinking")
        # A notice is about all that is read: it stays through rests and while more is prepared.
        told_at = self._shown.get("told at")
        is_between = state.word is None and state.phase in ("preparing", "playing", "thinking")
        if not state.message and is_between and told_at == (state.subject, "playing"):
            return
        phase = "playing" if state.is_sounding else state.phase
        self._shown["told at"] = (state.subject, phase) if state.message else None
        if self._is_new("message", state.message):
            self._message.setText(state.message)
            self._message.setVisible(bool(state.message))

    def _show_speed(self, speed: float) -> None:
        if self._speed.findData(speed) < 0:
            self._speed.addItem(f"{speed:g}×", speed)
        self._speed.setCurrentIndex(self._speed.findData(speed))

    def _is_new(self, part: str, value: object) -> bool:
        """Whether it is not what is shown of this part; from now on it is."""
        if part in self._shown and self._shown[part] == value:
            return False
        self._shown[part] = value
        return True

    def _make_room(self) -> None:
        """Bring up as many of the lesser controls as leave room for the words."""
        look = self._appearance.look
        self._column.setContentsMargins(*(look.space(edge) for edge in (12, 5, 12, 5)))
        self._row.setSpacing(look.space(8))
        shown, is_asleep = list(self._needed), bool(self._sleep.text())
        tracks = (self._track_back, self._track_forward)
        lesser: list[tuple[IconButton | ChoiceBox, ...]] = [(self._speed,), (self._volume,)]
        lesser += [(self._repeat,), (self._sleep,)]
        if is_asleep:
            lesser.insert(0, lesser.pop())
        if self._state.track_count > 1:
            lesser.insert(0, tracks)
        for group in lesser:
            if self._width_of([*shown, *group]) + look.px(WORDS_WIDTH) <= self.width():
                shown += group
        for widget in (*tracks, self._volume, self._speed, self._repeat, self._sleep):
            widget.setVisible(widget in shown)

    def _width_of(self, widgets: list[QWidget]) -> int:
        """Of the row with these and no words."""
        look = self._appearance.look
        widths = sum(widget.sizeHint().width() + look.space(8) for widget in widgets)
        return widths + 2 * look.space(12) + 2

    def _lay_out(self) -> None:
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addStretch(1)
        self._words.addWidget(self._title)
        self._words.addWidget(self._place)
        self._words.addStretch(1)
        self._row = QHBoxLayout()
        middle = Qt.AlignmentFlag.AlignVCenter
        for widget in (
            self._track_back,
            self._back,
            self._play,
            self._forward,
            self._track_forward,
        ):
            self._row.addWidget(widget, 0, middle)
        self._row.addLayout(self._words, 1)
        for side in (
            self._speed,
            self._volume,
            self._repeat,
            self._sleep,
            self._options,
            self._stop,
        ):
            self._row.addWidget(side, 0, middle)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._column.addWidget(self._message)
        self._column.addWidget(self._seek)
        self._column.addLayout(self._row)
        self.setTabOrder(self._track_forward, self._seek)

    def _connect(self) -> None:
        self._track_back.clicked.connect(self.previous_track_requested)
        self._back.clicked.connect(self.previous_requested)
        self._play.clicked.connect(self.toggle_requested)
        self._forward.clicked.connect(self.next_requested)
        self._track_forward.clicked.connect(self.next_track_requested)
        self._seek.seek_requested.connect(self._ask_for_place)
        self._speed.activated.connect(lambda row: self.speed_chosen.emit(self._speed.itemData(row)))
        self._volume.volume_chosen.connect(self.volume_chosen)
        self._repeat.repeat_chosen.connect(self.repeat_chosen)
        self._sleep.sleep_chosen.connect(self.sleep_chosen)
        self._options.clicked.connect(self.options_requested)
        self._stop.clicked.connect(self.stop_requested)

    def _ask_for_place(self, heard: int) -> None:
        self.seek_requested.emit(heard)
        # Where the wish came to nothing, the handle goes back.
        self._seek.show_place(self._state.heard, self._state.length, self._state.speed)
