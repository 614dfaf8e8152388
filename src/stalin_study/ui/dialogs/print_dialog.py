"""Printing cards: which ones and what for, then where the PDF goes, and how that went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from stalin_study.domain.printed_cards import PaperUse
from stalin_study.presenters.card_printing import CardPrintingState
from stalin_study.ui.dialogs.save_chooser import AskFile, SaveChooser
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.elided_combo import ElidedCombo
from stalin_study.ui.widgets.option_row import OptionRow
from stalin_study.ui.widgets.scroll_column import ScrollColumn

USES = {PaperUse.TO_CUT: "Cards to cut out", PaperUse.NOTES: "Notes to read"}
_TONES = {"failed": "bad", "done": "good"}


class PrintDialog(QDialog):
    """Shows the choices and the progress, and sends wishes."""

    cards_chosen = Signal(object)
    use_chosen = Signal(object)
    file_chosen = Signal(object)
    cancel_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        state: CardPrintingState,
        parent: QWidget,
        ask_file: AskFile | None = None,
        open_url: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._ask_file = ask_file or SaveChooser(appearance)
        self._open_url = open_url
        self._state = state
        self.setWindowTitle("Print cards")
        self._which = ElidedCombo("Which cards")
        self._use = OptionRow(USES)
        self._use.setAccessibleName("What for")
        self._estimate = QLabel()
        self._estimate.setProperty("tone", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the PDF")
        self._words = QLabel()
        self._save = PushButton(appearance, "Save as PDF…", "filled", "printer")
        self._cancel = PushButton(appearance, "Cancel", "outline", "x")
        self._open = PushButton(appearance, "Open the PDF", "outline", "file-text")
        self._close = PushButton(appearance, "Close", "outline")
        self._choices = QWidget()
        self._lay_out()
        self._connect()
        appearance.look_changed.connect(self._draw)
        self.render_state(state)
        self._draw()
        self._which.setFocus()

    def render_state(self, state: CardPrintingState) -> None:
        """Show what is chosen, how far it is, or how it ended."""
        before, self._state = self._state, state
        self._which.show_rows((title, which) for which, title in state.choices)
        self._which.setCurrentIndex(self._which.findData(state.which))
        self._use.show_option(state.use)
        self._estimate.setText(state.estimate)
        is_turn = before.is_going_on != state.is_going_on
        if is_turn:
            self._close.setFocus()  # before what holds the keyboard is greyed out or hidden
        self._choices.setEnabled(not state.is_going_on)
        self._save.setVisible(not state.is_going_on)
        self._save.setEnabled(state.cards > 0)
        self._cancel.setVisible(state.is_going_on)
        self._cancel.setEnabled(state.phase == "drawing")
        self._open.setVisible(state.made is not None)
        self._bar.setVisible(state.is_going_on)
        self._bar.setRange(0, max(state.total, 1))
        self._bar.setValue(state.done)
        self._show_words(state)
        if is_turn:
            self._focus(state)

    def _show_words(self, state: CardPrintingState) -> None:
        tone = _TONES.get(state.phase, "muted")
        if tone != self._words.property("tone"):
            self._words.setProperty("tone", tone)
            self._words.style().polish(self._words)
        self._words.setText(state.message)
        self._words.setVisible(bool(state.message))

    def _focus(self, state: CardPrintingState) -> None:
        if state.is_going_on:
            self._cancel.setFocus()
        elif state.made is not None:
            self._open.setFocus()
        else:
            self._save.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        parts: tuple[tuple[str, QWidget], ...] = (
            ("Which cards", self._which),
            ("What for", self._use),
        )
        for name, part in parts:
            label = QLabel(name)
            label.setProperty("type", "heading")
            column.addWidget(label)
            column.addWidget(part)
        for label in (self._estimate, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self._estimate)
        column.addStretch(1)
        buttons = QHBoxLayout()
        for button in (self._save, self._cancel, self._open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        outer = QVBoxLayout(self)
        outer.addWidget(ScrollColumn(self._choices), 1)
        outer.addWidget(self._bar)
        outer.addWidget(self._words)
        outer.addLayout(buttons)

    def _connect(self) -> None:
        self._which.activated.connect(lambda row: self.cards_chosen.emit(self._which.itemData(row)))
        self._use.option_chosen.connect(self.use_chosen)
        self._save.clicked.connect(self._choose_file)
        self._cancel.clicked.connect(self.cancel_requested)
        self._open.clicked.connect(self._open_pdf)
        self._close.clicked.connect(self.accept)

    def _choose_file(self) -> None:
        proposed = str(self._state.folder / self._state.file_name)
        file = self._ask_file(self, "Save the PDF", proposed, "PDF (*.pdf)")
        if file:
            self.file_chosen.emit(Path(file))

    def _open_pdf(self) -> None:
        if self._state.made is not None:
            self._open_url(QUrl.fromLocalFile(str(self._state.made)))

    def _draw(self) -> None:
        look = self._appearance.look
        self._use.set_columns(2 if look.text_percent <= 150 else 1)
        room = self.parentWidget().size() if self.parentWidget() else self.size()
        self.resize(min(look.px(600), room.width() - 24), min(look.px(310), room.height() - 24))
