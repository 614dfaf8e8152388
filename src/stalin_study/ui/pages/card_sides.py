"""The two sides of a card: the prompt, and the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.terms import TermFinder
from stalin_study.domain.wording import count_of
from stalin_study.presenters.cards_state import CardsState
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import LEAD
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.card_text import CardText
from stalin_study.ui.widgets.flip_card import CardFace
from stalin_study.ui.widgets.note_field import NoteField
from stalin_study.ui.widgets.pressed import show_pressed


class _Side(CardFace):
    """What both sides have: a pill that names the side, a row of small buttons and the text."""

    hard_requested = Signal()
    print_requested = Signal()
    listen_requested = Signal()
    listen_approached = Signal()

    def __init__(
        self, appearance: Appearance, finder: TermFinder, pill: str, tone: str, text_name: str
    ) -> None:
        super().__init__(appearance)
        self._pill = QLabel(pill)
        self._pill.setProperty("pill", tone)
        self._pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hard = PushButton(appearance, "Hard", "ghost", "flag")
        self._hard.setCheckable(True)
        self._hard.clicked.connect(self.hard_requested)
        self._print = IconButton(appearance, "printer", "Print")
        self._print.set_name("Print cards…", "Print cards… (P)")
        self._print.clicked.connect(self.print_requested)
        self._listen = IconButton(appearance, "volume-2", "Listen")
        self._listen.set_name("Read this side aloud", "Read this side aloud (L)")
        self._listen.clicked.connect(self.listen_requested)
        self._listen.approached.connect(self.listen_approached)
        self.text = CardText(appearance, finder, text_name)
        self.top_row = QHBoxLayout()
        self.top_row.addWidget(self._pill)
        self.top_row.addStretch(1)
        self.top_row.setSpacing(4)
        for button in (self._hard, self._print, self._listen):
            self.top_row.addWidget(button)
        self.column = QVBoxLayout(self)
        self.column.addLayout(self.top_row)
        appearance.look_changed.connect(self._draw_side)
        self._draw_side()

    def show_hard(self, is_hard: bool) -> None:
        """Show whether the pupil has marked the card as hard."""
        self._hard.setChecked(is_hard)
        self._hard.setAccessibleName("Marked as hard" if is_hard else "Mark as hard")
        self._hard.setToolTip("No longer mark as hard (M)" if is_hard else "Mark as hard (M)")
        show_pressed(self._hard, is_pressed=is_hard)

    def show_places(self, state: CardsState) -> None:
        """Mark what a search has found; to be called when the side has its room."""
        current = state.current_place
        hits = tuple(place.span for place in state.places)
        self.text.show_hits(hits, current.span if current else None)

    def _draw_side(self) -> None:
        look = self._appearance.look
        self._pill.setFixedHeight(2 * (look.px(26) // 2))
        edge = look.space(24)
        self.column.setContentsMargins(edge, look.space(14), look.space(16), look.space(12))


class PromptSide(_Side):
    """The front: a question to answer from memory, how many points to aim for, and a hint."""

    hint_requested = Signal()

    def __init__(self, appearance: Appearance, finder: TermFinder) -> None:
        super().__init__(appearance, finder, "Question", "primary", "Question")
        self._aim = QLabel()
        self._aim.setProperty("tone", "muted")
        self._aim.setProperty("type", "lead")
        self._aim.setWordWrap(True)
        self._care = QLabel()
        self._care.setProperty("tone", "warn")
        self._care.setProperty("type", "caption")
        self._care.setWordWrap(True)
        self._hint = QLabel("Say or write your answer first. Then press Space to turn the card.")
        self._hint.setProperty("tone", "muted")
        self._hint.setProperty("type", "caption")
        self._hint.setWordWrap(True)
        self.column.addStretch(4)
        self.column.addWidget(self.text)
        self.column.addWidget(self._aim)
        self.column.addWidget(self._care)
        self.column.addStretch(5)
        self._offers_hint = True
        self._hint_button = PushButton(appearance, "Give me a hint", "ghost", "lightbulb")
        self._hint_button.setToolTip("Show the headings of the answer (H)")
        self._hint_button.clicked.connect(self.hint_requested)
        bottom = QHBoxLayout()
        bottom.addWidget(self._hint, 1)
        bottom.addWidget(self._hint_button)
        self.column.addLayout(bottom)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def render_state(self, state: CardsState) -> None:
        """Show the prompt of a card."""
        self.show_hard(state.is_hard)
        self.text.show_blocks(state.prompt)
        self._care.setText(state.card.care)
        self._care.setVisible(bool(state.card.care))
        self._offers_hint = not state.shows_hint
        self._aim.setText(f"Aim for {count_of(state.card.aim, 'point')}.")
        self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the prompt the height that it needs, so that it stands in the middle."""
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        margins = self.column.contentsMargins()
        width = self.width() - margins.left() - margins.right() - 24
        if width > 0:
            wanted = self.text.text_height(width) + 8
            least = min(wanted, self.fontMetrics().height() * 3)
            # What only advises gives way to the question, the last first; then its size.
            hint, aim, button = self._hint, self._aim, self._hint_button
            spared: tuple[QWidget, ...]
            for spared in ((), (hint,), (hint, aim), (hint, aim, button)):
                room = self._room_without(spared)
                if room >= least:
                    break
            hint.setVisible(hint not in spared)
            aim.setVisible(aim not in spared)
            button.setVisible(self._offers_hint and button not in spared)
            self.text.set_prompt_size(0 if room >= least else LEAD)
            self.text.setFixedHeight(max(1, min(wanted, room)))

    def _room_without(self, spared: tuple[QWidget, ...]) -> int:
        """The height that is left for the question."""
        has_button = self._offers_hint and self._hint_button not in spared
        bottom = self._hint_button.sizeHint().height() if has_button else 0
        if self._hint not in spared:
            width = self.width() - self._hint_button.sizeHint().width() - 56
            bottom = max(bottom, self._hint.heightForWidth(max(width, 1)))
        margins = self.column.contentsMargins()
        around = margins.top() + margins.bottom() + 5 * self.column.spacing()
        others = bottom + self._listen.sizeHint().height() + around
        if self._aim not in spared:
            others += self._aim.sizeHint().height()
        if self._care.text():
            others += self._care.sizeHint().height()
        return self.height() - others

    def _draw(self) -> None:
        look = self._appearance.look
        self._aim.setContentsMargins(4, look.space(8), 0, 0)
        self._fit_text()


class AnswerSide(_Side):
    """The back: the key points under their headings, and all the others on request."""

    sources_requested = Signal()
    note_open_requested = Signal()
    note_close_requested = Signal()
    every_point_chosen = Signal(bool)

    def __init__(self, appearance: Appearance, finder: TermFinder) -> None:
        super().__init__(appearance, finder, "Answer", "good", "Answer")
        self._is_every_point = False
        self._has_more = False
        self._every_point = PushButton(appearance, "", "outline", "list-checks")
        self._sources = PushButton(appearance, "Sources", "ghost", "library")
        self._sources.setToolTip("Where these facts come from (S)")
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._count.setProperty("type", "caption")
        self.top_row.insertWidget(1, self._count)
        self._note = IconButton(appearance, "pencil-line", "Your note")
        self._note.set_name("Your note", "Write a note of your own (N)")
        self._note.clicked.connect(self._toggle_note)
        self.top_row.insertWidget(self.top_row.indexOf(self._print), self._note)
        QWidget.setTabOrder(self._hard, self._note)
        QWidget.setTabOrder(self._note, self._print)
        self.note_field = NoteField(appearance)
        self.note_field.hide()
        self.note_field.done_requested.connect(self.note_close_requested)
        bottom = QHBoxLayout()
        bottom.addWidget(self._every_point)
        bottom.addStretch(1)
        bottom.addWidget(self._sources)
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self.note_field)
        self.column.addLayout(bottom)
        self._sources.clicked.connect(self.sources_requested)
        self._every_point.clicked.connect(
            lambda: self.every_point_chosen.emit(not self._is_every_point)
        )

    def render_state(self, state: CardsState) -> None:
        """Show the answer of a card."""
        self.show_hard(state.is_hard)
        self._show_note(state)
        self._is_every_point = state.shows_every_point
        keys, every = len(state.card.key_points), len(state.card.points)
        self.text.show_blocks(state.answer)
        shown = every if state.shows_every_point or not keys else keys
        noun = "key point" if shown == keys else "point"
        self._count.setText(f"  {count_of(shown, noun)}")
        self._every_point.setText(
            f"Only the {keys} key points" if state.shows_every_point else f"Show all {every} points"
        )
        self._every_point.setToolTip("Press A")
        self._has_more = 0 < keys < every
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A note that is being written comes before all else."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the card is low, the answer's text gives way to the note, its buttons before."""
        is_open = self.note_field.isVisibleTo(self)
        margins = self.column.contentsMargins()
        around = margins.top() + margins.bottom() + 3 * self.column.spacing()
        room = self.height() - around - self.top_row.sizeHint().height()
        room -= self.note_field.sizeHint().height() + 4 * self.fontMetrics().height()
        has_buttons = not is_open or room >= self._sources.sizeHint().height()
        self.text.setVisible(not is_open or room >= 0)
        self._sources.setVisible(has_buttons)
        self._every_point.setVisible(has_buttons and self._has_more)

    def keep_note(self, state: CardsState) -> None:
        """Send what is written before the state takes the field away."""
        if not state.is_note_open or state.card.id != self.note_field.card_id:
            self.note_field.flush()

    def _show_note(self, state: CardsState) -> None:
        field = self.note_field
        was_open, had_focus = field.isVisibleTo(self), field.has_keyboard
        field.show_note(state.card.id, state.note, state.note_status)
        field.setVisible(state.is_note_open)
        if state.is_note_open and not was_open:
            field.focus_end()
        elif was_open and not state.is_note_open and had_focus:
            self._note.setFocus()

    def _toggle_note(self) -> None:
        is_open = self.note_field.isVisibleTo(self)
        self.note_field.flush()
        (self.note_close_requested if is_open else self.note_open_requested).emit()
