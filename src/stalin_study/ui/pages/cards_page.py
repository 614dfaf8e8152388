"""The Cards page: the card with its two sides, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.playlists import card_playlist
from stalin_study.domain.terms import TermFinder
from stalin_study.presenters.cards_state import CardsState
from stalin_study.presenters.listening.state import ListeningState
from stalin_study.ui.pages.card_sides import AnswerSide, PromptSide
from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.flip_card import ROOM, FlipCard
from stalin_study.ui.widgets.places_line import PlacesLine
from stalin_study.ui.widgets.rating_bar import RatingBar

TALLEST = 640  # a taller card only adds empty paper
FOUR_RATINGS = 780  # the narrowest page with four of them in a row, in pixels at 100 %
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
MEASURE = 860  # the widest that text is comfortable to read, in pixels at 100 %


class CardsPage(Page):
    """Shows a CardsState and sends wishes."""

    flip_requested = Signal()
    rating_chosen = Signal(object)
    next_requested = Signal()
    previous_requested = Signal()
    undo_requested = Signal()
    every_point_chosen = Signal(bool)
    note_requested = Signal(str)
    own_note_open_requested = Signal()
    own_note_close_requested = Signal()
    own_note_written = Signal(str, str)
    hard_requested = Signal()
    print_requested = Signal()
    place_step_requested = Signal(int)
    meaning_requested = Signal(str, str)
    listen_requested = Signal()
    listen_approached = Signal()
    word_chosen = Signal(str, int)
    sources_requested = Signal()
    test_requested = Signal()
    hint_requested = Signal()

    def __init__(self, appearance: Appearance, finder: TermFinder) -> None:
        super().__init__()
        self._appearance = appearance
        self._state: CardsState | None = None
        self._listening: ListeningState | None = None
        self._is_compact = False
        self._is_stepping = False
        self._prompt_side = PromptSide(appearance, finder)
        self._answer_side = AnswerSide(appearance, finder)
        self._flip_card = FlipCard(appearance, self._prompt_side, self._answer_side)
        self._places = PlacesLine(appearance)
        self._show_answer = PushButton(appearance, "Show answer", "filled", "rotate-ccw")
        self._show_answer.setToolTip("Press Space")
        self._ratings = RatingBar(appearance)
        self._previous = IconButton(appearance, "arrow-left", "Card before")
        self._previous.set_name("Card before", "Card before (left arrow)")
        self._next = IconButton(appearance, "arrow-right", "Next card")
        self._next.set_name("Next card", "Next card (right arrow)")
        self._undo = PushButton(appearance, "Undo", "ghost", "undo-2")
        self._undo.setToolTip("Take the last rating back (Ctrl+Z)")
        self._message = QLabel()
        self._message.setProperty("tone", "muted")
        self._message.setProperty("type", "caption")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._measure)
        self._measure()

    def render_state(self, state: CardsState) -> None:
        """Show this state; the card turns when it is the same card's other side."""
        before = self._state
        self._answer_side.keep_note(state)
        if self._state is not before:
            return  # what was written has led on from this state, and that is shown
        had_focus = self._has_action_focus()
        self._state = state
        self._prompt_side.render_state(state)
        self._answer_side.render_state(state)
        is_same = before is not None and before.card is state.card
        self._show_answer.setVisible(not state.is_flipped)
        # First, or they would come into view a moment later than their bar, and enlarge it then.
        self._ratings.show_choices(state.ratings, self._rating_columns())
        self._ratings.setVisible(state.is_flipped)
        self._previous.setEnabled(state.has_previous)
        self._next.setEnabled(state.has_next)
        self._undo.setVisible(state.can_undo)
        self._message.setText(state.message)
        self._message.setVisible(bool(state.message))
        self._settle()
        self._flip_card.show_side(is_flipped=state.is_flipped, with_turn=is_same)
        self._show_places(state)
        self._show_listening()
        is_turned = before is not None and before.is_flipped != state.is_flipped
        # Who steps from the search field goes on typing there.
        is_other = is_turned or not is_same
        if is_other and (had_focus or (is_turned and self.isVisible() and not self._is_stepping)):
            self._focus_action()

    def render_listening(self, state: ListeningState) -> None:
        """Light up what is read, if it is this card."""
        self._listening = state
        self._show_listening()

    def set_compact(self, is_compact: bool) -> None:
        """Spend less room on what surrounds the card."""
        self._is_compact = is_compact
        self._undo.setText("" if is_compact else "Undo")
        self._undo.setAccessibleName("Undo the last rating")
        if self._state is not None:
            self._ratings.show_choices(self._state.ratings, self._rating_columns())

    def focus_start(self) -> None:
        """Put the keyboard where a pupil begins."""
        self._focus_action()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns, arrows change cards, 1 to 4 rate, letters do what the buttons name."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        wishes = {
            Qt.Key.Key_Space: self.flip_requested,
            Qt.Key.Key_Left: self.previous_requested,
            Qt.Key.Key_Right: self.next_requested,
            Qt.Key.Key_L: self.listen_requested,
            Qt.Key.Key_T: self.test_requested,
            Qt.Key.Key_S: self.sources_requested,
            Qt.Key.Key_H: self.hint_requested,
            Qt.Key.Key_M: self.hard_requested,
            Qt.Key.Key_N: self.own_note_open_requested,
            Qt.Key.Key_P: self.print_requested,
        }
        key = Qt.Key(event.key())
        if key in wishes:
            wishes[key].emit()
            if key in _SIDEWAYS:
                self._focus_action()  # not on a button that was for the card before
        elif key == Qt.Key.Key_A and self._state is not None and self._state.is_flipped:
            self.every_point_chosen.emit(not self._state.shows_every_point)
        elif not self._ratings.choose(key - Qt.Key.Key_0):
            super().keyPressEvent(event)

    def _step_place(self, step: int) -> None:
        self._is_stepping = True
        self.place_step_requested.emit(step)
        self._is_stepping = False
        # Also where it is the only place, from which the pupil has scrolled away.
        for side in (self._prompt_side, self._answer_side):
            side.text.bring_hit()

    def _show_places(self, state: CardsState) -> None:
        for side in (self._prompt_side, self._answer_side):
            side.show_places(state)
        count = len(state.places)
        self._places.show_places(count, state.place, is_searching=bool(state.words))

    def _show_listening(self) -> None:
        listening, state = self._listening, self._state
        # Read by itself, or as part of a playlist
        names = (state.card.id, card_playlist(state.card.id)) if state is not None else ()
        is_ours = listening is not None and listening.subject in names
        is_read = is_ours and listening is not None and listening.phase != "idle"
        sentence = listening.sentence if is_ours and listening else None
        word = listening.word if is_ours and listening else None
        for side in (self._prompt_side, self._answer_side):
            side.text.set_seekable(is_read)
            side.text.show_reading(sentence, word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four ratings with a month in each need a second row in a narrow window."""
        super().resizeEvent(event)
        if self._state is not None:
            self._ratings.show_choices(self._state.ratings, self._rating_columns())

    def _rating_columns(self) -> int:
        is_narrow = self.width() < self._appearance.look.px(FOUR_RATINGS)
        return 2 if self._is_compact or is_narrow else 4

    def _settle(self) -> None:
        """Have the card as big as it will be: a turn in a card that changes its size is over."""
        for widget in (self._ratings, self._column):  # the inner one asks the outer one for room
            layout = widget.layout()
            if layout is not None and self.isVisible():
                layout.activate()

    def _has_action_focus(self) -> bool:
        actions = (self._show_answer, self._answer_side.text, *self._ratings.buttons)
        return any(widget.hasFocus() for widget in actions)

    def _focus_action(self) -> None:
        """The way to the answer, or the answer: not a rating, which a second key might press."""
        is_flipped = self._state is not None and self._state.is_flipped
        (self._answer_side.text if is_flipped else self._show_answer).setFocus()

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self._previous)
        actions.addStretch(1)
        actions.addWidget(self._show_answer)
        actions.addWidget(self._ratings)
        actions.addStretch(1)
        actions.addWidget(self._undo)
        actions.addWidget(self._next)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._flip_card, 100)
        column.addWidget(self._places)
        column.addLayout(actions)
        column.addWidget(self._message)
        column.addStretch(1)
        self._column = QWidget()
        self._column.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)

    def _connect(self) -> None:
        self._show_answer.clicked.connect(self.flip_requested)
        self._ratings.rating_chosen.connect(self.rating_chosen)
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._undo.clicked.connect(self.undo_requested)
        for side in (self._prompt_side, self._answer_side):
            side.clicked.connect(self.flip_requested)
            side.hard_requested.connect(self.hard_requested)
            side.print_requested.connect(self.print_requested)
            side.listen_requested.connect(self.listen_requested)
            side.listen_approached.connect(self.listen_approached)
            side.text.word_chosen.connect(self.word_chosen)
        self._prompt_side.hint_requested.connect(self.hint_requested)
        self._places.step_requested.connect(self._step_place)
        for key, step in (("F3", 1), ("Shift+F3", -1)):
            # From anywhere in the window, the search field first of all.
            press = QShortcut(QKeySequence(key), self)
            press.activated.connect(lambda by=step: self._step_place(by))
        self._answer_side.note_open_requested.connect(self.own_note_open_requested)
        self._answer_side.note_close_requested.connect(self.own_note_close_requested)
        self._answer_side.note_field.note_written.connect(self.own_note_written)
        self._answer_side.sources_requested.connect(self.sources_requested)
        self._answer_side.every_point_chosen.connect(self.every_point_chosen)
        self._answer_side.text.note_requested.connect(self.note_requested)
        self._answer_side.text.meaning_requested.connect(self.meaning_requested)

    def _measure(self) -> None:
        look = self._appearance.look
        self._column.setMaximumWidth(look.px(MEASURE) + 2 * ROOM)
        self._flip_card.setMaximumHeight(look.px(TALLEST))
