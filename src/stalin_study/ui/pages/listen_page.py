"""The Listen page: cards read aloud, or a test that needs no hands."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from stalin_study.presenters.listening.hands_free_state import HandsFreeState
from stalin_study.presenters.listening.listen import ListenState
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.asking_choices import AskingChoices
from stalin_study.ui.widgets.asking_view import AskingView
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.playlist_view import PlaylistView
from stalin_study.ui.widgets.scroll_column import ScrollColumn

Mode = Literal["listen", "hands_free"]
MODES: dict[Mode, str] = {"listen": "Listen", "hands_free": "Hands-free test"}
# Below these sizes, in pixels at 100 % text, parts give way.
_NARROW, _LOW, _SHORT = 760, 380, 560
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class ListenPage(Page):
    """Shows a ListenState and a HandsFreeState; most wishes are signals of its three views."""

    export_requested = Signal()
    options_requested = Signal()
    previous_sentence_requested = Signal()
    next_sentence_requested = Signal()
    previous_track_requested = Signal()
    next_track_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._asked = HandsFreeState()
        self._modes = OptionRow(MODES)
        self._modes.setAccessibleName("What to do")
        self._export = PushButton(appearance, "Export…", "ghost", "download")
        self._export.setAccessibleName("Export as audio files")
        self._export.setToolTip("Save what you choose as audio files, for a phone")
        self._options = PushButton(appearance, "Options…", "ghost", "sliders-horizontal")
        self._options.setAccessibleName("Listening options")
        self._options.setToolTip("Voice, speed, pauses and sleep timer")
        self.playlist = PlaylistView(appearance)
        self.choices = AskingChoices(appearance)
        self.asking = AskingView(appearance)
        self._lay_out()
        self._modes.option_chosen.connect(self._choose_mode)
        self._export.clicked.connect(self.export_requested)
        self._options.clicked.connect(self.options_requested)
        self.playlist.room_changed.connect(self._make_room)
        for widget in (*self.findChildren(PushButton), *self.findChildren(ScrollColumn)):
            widget.installEventFilter(self)
        appearance.look_changed.connect(self._make_room)
        self.show_mode("listen")

    @property
    def mode(self) -> Mode:
        """What is on show."""
        return "listen" if self._stack.currentWidget() is self.playlist else "hands_free"

    def show_mode(self, mode: Mode) -> None:
        """Bring listening or the hands-free test into view."""
        self._modes.show_option(mode)
        view: QWidget = self.playlist
        if mode == "hands_free":
            view = self.asking if self._asked.is_going_on else self.choices
        self._stack.setCurrentWidget(view)
        self._make_room()

    def render_state(self, state: ListenState) -> None:
        """Show what there is to listen to."""
        self.playlist.render_state(state)

    def render_hands_free(self, state: HandsFreeState) -> None:
        """Show the test; the keyboard goes along when its questions begin or end."""
        was_going_on, self._asked = self._asked.is_going_on, state
        if state.is_going_on:
            self.asking.render_state(state)
        else:
            self.choices.render_state(state)
        if was_going_on != state.is_going_on:
            has_keyboard = self.isVisible() and self.isAncestorOf(self._keyboard())
            if self.mode == "hands_free" or state.is_going_on:
                self.show_mode("hands_free")
                if has_keyboard:
                    self.focus_start()

    def focus_start(self) -> None:
        """Begin where the view begins."""
        view = self._stack.currentWidget()
        for known in (self.playlist, self.choices, self.asking):
            if known is view:
                known.focus_start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays or pauses, arrows go back and on, with Ctrl by cards; K and N rate."""
        if not self._act(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows are the page's where Qt would go to the next button, or scroll sideways."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if isinstance(watched, PushButton) and event.key() in _UP_AND_DOWN:
            return True  # Qt would go on to the choices and change them
        return event.key() in _ARROWS and self._act(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let parts give way before text is cut off."""
        super().resizeEvent(event)
        self._make_room()

    def _act(self, event: QKeyEvent) -> bool:
        """Do what a key means on this page; False when it means nothing."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        has_control = held == Qt.KeyboardModifier.ControlModifier
        if held and not has_control:
            return False
        view = self._stack.currentWidget()
        wishes = {
            (Qt.Key.Key_Left, False): self.previous_sentence_requested,
            (Qt.Key.Key_Right, False): self.next_sentence_requested,
            (Qt.Key.Key_Left, True): self.previous_track_requested,
            (Qt.Key.Key_Right, True): self.next_track_requested,
            (Qt.Key.Key_Space, False): self.playlist.toggle_requested,
        }
        if view is self.asking:
            wishes |= {
                (Qt.Key.Key_Right, False): self.asking.skip_requested,
                (Qt.Key.Key_Right, True): self.asking.skip_requested,
                (Qt.Key.Key_Space, False): self.asking.toggle_requested,
                (Qt.Key.Key_K, False): self.asking.knew_requested,
                (Qt.Key.Key_N, False): self.asking.not_yet_requested,
            }
        wish = wishes.get((Qt.Key(event.key()), has_control))
        if wish is None or view is self.choices:
            return False
        wish.emit()
        return True

    def _choose_mode(self, mode: Mode) -> None:
        self.show_mode(mode)

    def _keyboard(self) -> QWidget:
        return self.window().focusWidget() or self

    def _make_room(self) -> None:
        look = self._appearance.look
        is_low = self.height() < look.px(_LOW)
        self.playlist.set_room(is_narrow=self.width() < look.px(_NARROW), is_low=is_low)
        self.asking.set_room(is_low=is_low)
        is_short = self.width() < look.px(_SHORT)
        for button, words in ((self._export, "Export…"), (self._options, "Options…")):
            if is_short == bool(button.text()):
                button.setText("" if is_short else words)
        view = self._stack.currentWidget()
        has_all_room = view is self.asking or (view is self.playlist and self.playlist.is_text_only)
        self._top.setVisible(not (is_low and has_all_room))

    def _lay_out(self) -> None:
        self._top = QWidget()
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._modes, 1)
        row.addStretch(1)
        row.addWidget(self._export)
        row.addWidget(self._options)
        shown = QWidget()
        self._stack = QStackedLayout(shown)
        for view in (self.playlist, self.choices, self.asking):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        column.addWidget(self._top)
        column.addWidget(shown, 1)
