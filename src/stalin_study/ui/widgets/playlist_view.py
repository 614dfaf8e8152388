"""Listening: what to play on one side, its text with the words lit up on the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.playlists import Contents
from stalin_study.domain.terms import TermFinder
from stalin_study.domain.wording import count_of
from stalin_study.presenters.listening.listen import ListenState, PlaylistChoice
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY, TITLE
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.card_text import CardText
from stalin_study.ui.widgets.elided_combo import ElidedCombo
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn
from stalin_study.ui.widgets.track_list import TrackList
from stalin_study.ui.widgets.wish_button import WishButton

CONTENTS = {
    Contents.KEY_POINTS: "Key points",
    Contents.EVERY_POINT: "Every point",
    Contents.WITH_NOTES: "With notes",
}
FIRST_STEP = "Press Play, or click a word to begin there."
PRESS_PLAY = "Press Play to listen."
CHOOSE, SHOW_TEXT = "Choose", "Text"
_LIST_WIDTH = 280
_ANY = 16_777_215  # QWIDGETSIZE_MAX
_TITLE_WIDTH = 230  # of a title within a button


class PlaylistView(QWidget):
    """Shows a ListenState and sends wishes; in a low window the choices or the text, not both."""

    playlist_chosen = Signal(str)
    track_chosen = Signal(int)
    contents_chosen = Signal(object)
    word_chosen = Signal(str, int)
    toggle_requested = Signal()
    from_start_requested = Signal()
    room_changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._state = ListenState()
        self._is_narrow = self._is_low = self._shows_choices = False
        self._playlists = ElidedCombo("What to listen to")
        self._track_choice = ElidedCombo("Where to begin")
        self._tracks = TrackList(appearance)
        self._contents = OptionRow(CONTENTS)
        self._contents.setAccessibleName("How much of a card")
        self._panel = QFrame()
        self._panel.setProperty("panel", "surface")
        self._title = QLabel()
        self._title.setProperty("tone", "muted")
        self._title.setProperty("type", "strong")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._text = CardText(appearance, TermFinder(()), "Text that is read")
        self._text.set_seekable(True)
        self._text.set_prompt_size(TITLE)
        self._play = WishButton(appearance, "Play", "play")
        self._from_start = PushButton(appearance, "From the start", "outline", "rotate-ccw")
        self._switch = PushButton(appearance, CHOOSE, "ghost", "list-music")
        self._hint = QLabel()
        self._hint.setProperty("tone", "muted")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._draw)
        self._draw()

    @property
    def is_text_only(self) -> bool:
        """Whether the text has all the room of a low window."""
        return self._is_low and not self._has_choices

    def render_state(self, state: ListenState) -> None:
        """Show what there is to listen to, and what is read."""
        before, self._state = self._state, state
        if before.is_read != state.is_read:
            self._shows_choices = False
        if before.playlists != state.playlists:
            self._playlists.show_rows((_told(one), one.id) for one in state.playlists)
        self._playlists.setCurrentIndex(self._playlists.findData(state.playlist))
        self._show_tracks(before)
        self._contents.show_option(state.contents)
        self._contents.setVisible(state.has_contents)
        self._show_text(before)
        self._show_play()
        if _parts(before) != _parts(state):
            self._make_room()

    def set_room(self, *, is_narrow: bool, is_low: bool) -> None:
        """Make do with less: no list of tracks when narrow, one thing at a time when low."""
        if (is_narrow, is_low) != (self._is_narrow, self._is_low):
            self._is_narrow, self._is_low = is_narrow, is_low
            self._draw()
            self._show_play()
            self._make_room()

    def focus_start(self) -> None:
        """Begin at Play."""
        self._play.setFocus()

    @property
    def _has_choices(self) -> bool:
        return not self._is_low or self._shows_choices != (not self._state.is_read)

    def _show_tracks(self, before: ListenState) -> None:
        state = self._state
        self._tracks.show_tracks(state.tracks, state.phase)
        if before.tracks != state.tracks:
            self._track_choice.show_rows((track.title, track.id) for track in state.tracks)
        at = next((n for n, track in enumerate(state.tracks) if track.is_current), -1)
        self._track_choice.setCurrentIndex(at)

    def _show_text(self, before: ListenState) -> None:
        state = self._state
        is_other = (before.playlist, before.title) != (state.playlist, state.title)
        if is_other:
            self._text.show_blocks(())  # another text begins at its top
        self._text.show_blocks(state.blocks)
        self._text.show_reading(state.sentence, state.word)
        group = next((one.group for one in state.tracks if one.is_current), "")
        parts = (group, state.title) if group != state.title else (state.title,)
        self._title.setText("  ›  ".join(part for part in parts if part))

    def _show_play(self) -> None:
        state = self._state
        is_going = state.phase in ("preparing", "playing", "thinking")
        has_short = self._is_narrow or self._is_low
        words, name = ("Pause", "Pause") if is_going else ("Go on", "Go on")
        if state.phase == "idle":
            words = name = "Play"
            if state.left_title:
                name = f"Go on from “{state.left_title}”"
                words = "Go on" if has_short else f"Go on from “{self._short(state.left_title)}”"
        self._play.show_wish(words, "pause" if is_going else "play", name)
        self._from_start.setVisible(state.is_read or bool(state.left_title))
        hint = state.left_at if has_short else ""
        if not (hint or state.is_read or state.left_at):
            minutes = next((one.minutes for one in state.playlists if one.id == state.playlist), 1)
            step = PRESS_PLAY if self._is_low else FIRST_STEP
            hint = f"About {count_of(minutes, 'minute')}. {step}"
        self._hint.setText(hint)

    def _make_room(self) -> None:
        focused = QApplication.focusWidget()
        has_choices = self._has_choices
        self._choices.setVisible(has_choices)
        self._panel.setVisible(not self._is_low or not has_choices)
        self._switch.setVisible(self._is_low)
        self._switch.setText(SHOW_TEXT if has_choices else CHOOSE)
        self._tracks.setVisible(not self._is_narrow)
        self._track_choice.setVisible(self._is_narrow and len(self._state.tracks) > 1)
        # What is put away must not leave the keyboard to whatever comes next.
        if focused is not None and self.isAncestorOf(focused) and not focused.isVisibleTo(self):
            self._play.setFocus()
        self._fit_choices()
        self.room_changed.emit()

    def _toggle_choices(self) -> None:
        self._shows_choices = not self._shows_choices
        self._make_room()

    def _short(self, title: str) -> str:
        look = self._appearance.look
        metrics = QFontMetrics(look.font(BODY, 600))
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, look.px(_TITLE_WIDTH))

    def _lay_out(self) -> None:
        self._inner = QWidget()
        self._left = QVBoxLayout(self._inner)
        self._left.setContentsMargins(2, 2, 2, 2)
        self._left.setSpacing(8)
        self._combos = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._combos.setSpacing(8)
        self._combos.addWidget(self._playlists)
        self._combos.addWidget(self._track_choice)
        self._left.addLayout(self._combos)
        self._left.addWidget(self._tracks, 1)
        self._left.addStretch()
        self._choices = ScrollColumn(self._inner)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(16, 12, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        self._right = QVBoxLayout()
        self._right.setSpacing(8)
        self._right.addWidget(self._panel, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(16)
        self._body.addWidget(self._choices)
        self._body.addLayout(self._right, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(12)
        bottom.addWidget(self._play)
        bottom.addWidget(self._from_start)
        bottom.addWidget(self._hint, 1)
        bottom.addWidget(self._switch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(self._body, 1)
        outer.addLayout(bottom)

    def _connect(self) -> None:
        self._playlists.activated.connect(
            lambda row: self.playlist_chosen.emit(self._playlists.itemData(row))
        )
        self._track_choice.activated.connect(self.track_chosen)
        self._tracks.track_chosen.connect(self.track_chosen)
        self._contents.option_chosen.connect(self.contents_chosen)
        self._text.word_chosen.connect(self.word_chosen)
        self._play.clicked.connect(self.toggle_requested)
        self._from_start.clicked.connect(self.from_start_requested)
        self._switch.clicked.connect(self._toggle_choices)

    def _draw(self) -> None:
        look = self._appearance.look
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.TopToBottom if self._is_narrow else direction.LeftToRight)
        is_row = self._is_narrow and look.text_percent <= 125
        self._combos.setDirection(direction.LeftToRight if is_row else direction.TopToBottom)
        if self._is_narrow:
            self._left.insertWidget(1, self._contents)
        else:
            self._right.insertWidget(0, self._contents)
        self._title.setVisible(not self._is_narrow)
        self._fit_choices()

    def _fit_choices(self) -> None:
        """Beside the text the choices have a width; above it, the height that they need."""
        width = self._appearance.look.px(_LIST_WIDTH)
        least, most = (0, _ANY) if self._is_narrow else (width, width)
        self._choices.setMinimumWidth(least)
        self._choices.setMaximumWidth(most)
        least, most = 0, _ANY
        if self._is_narrow and not self._is_low:
            self._left.activate()
            least = most = self._inner.sizeHint().height()
        self._choices.setMinimumHeight(least)
        self._choices.setMaximumHeight(most)


def _parts(state: ListenState) -> tuple[bool, bool, int]:
    """What decides which parts of the view are there."""
    return state.is_read, state.has_contents, len(state.tracks)


def _told(choice: PlaylistChoice) -> str:
    return f"{choice.title} · about {choice.minutes} min"
