"""The pupil's own note on a card: a small field that never loses what is written in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QInputMethodEvent,
    QKeyEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout

from stalin_study.domain.annotations import LONGEST_NOTE
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.undo_passing import UndoPassing

PAUSE_MS = 1_500
_LINES = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteField(QFrame):
    """`note_written(card id, text)` after a pause, and when the field, card or window is left.

    `done_requested` on Escape, Ctrl+Enter or the button.
    """

    note_written = Signal(str, str)
    done_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._card_id = ""
        self._written = ""  # the text as last shown or sent
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self.flush)
        self._sheet = _Sheet(appearance)
        self._status = QLabel()
        self._done = PushButton(appearance, "Done", "ghost", "check")
        self._done.setToolTip("Close your note (Escape)")
        self._lay_out()
        self._sheet.textChanged.connect(self._changed)
        self._sheet.left.connect(self.flush)
        self._sheet.done_requested.connect(self._finish)
        self._done.clicked.connect(self._finish)

    @property
    def text(self) -> str:
        """All that is written."""
        return self._sheet.toPlainText()

    def show_note(self, card_id: str, text: str, status: str) -> None:
        """Show the note of a card; what is being written on the same card stays as it is."""
        if card_id != self._card_id:
            self.flush()
            self._card_id = card_id
            self._show_text(text)
        elif text != self._written and not self.pause.isActive():
            self._show_text(text)
        self._status.setText(self._told(status))

    def flush(self) -> None:
        """Send what was written since it was last sent."""
        self.pause.stop()
        text = self.text
        if text != self._written:
            self._written = text
            self.note_written.emit(self._card_id, text)

    @property
    def has_keyboard(self) -> bool:
        """Whether the pupil is in the field or at its button."""
        return self._sheet.hasFocus() or self._done.hasFocus()

    @property
    def card_id(self) -> str:
        """The card that the note belongs to."""
        return self._card_id

    def focus_end(self) -> None:
        """Put the keyboard behind what is written."""
        self._sheet.moveCursor(QTextCursor.MoveOperation.End)
        self._sheet.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for the window to be closed: what is written goes out before all else ends."""
        super().showEvent(event)
        self.window().installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing waits in a field that is out of sight."""
        super().hideEvent(event)
        self.window().removeEventFilter(self)
        self.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send what is written before the window hears that it is to close."""
        if event.type() == QEvent.Type.Close:
            self.flush()
        return False

    def _finish(self) -> None:
        self.flush()
        self.done_requested.emit()

    def _show_text(self, text: str) -> None:
        if text == self.text:
            self._written = text
            return
        self._written = text
        self._sheet.setPlainText(text)
        self._written = self.text  # as the field holds it

    def _changed(self) -> None:
        if self.text != self._written:
            self.pause.start()
        self._status.setText(self._told(""))

    def _told(self, status: str) -> str:
        left = LONGEST_NOTE - len(self.text)
        if left <= 0:
            return "That is as long as a note can be."
        return "" if self.pause.isActive() else status

    def _lay_out(self) -> None:
        name = QLabel("Your note")
        name.setProperty("type", "strong")
        self._status.setProperty("type", "caption")
        self._status.setProperty("tone", "muted")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(name)
        top.addWidget(self._status, 1)
        top.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._sheet)


class _Sheet(QPlainTextEdit):
    """Three lines of plain text; the keys that are its own do nothing to the card."""

    left = Signal()
    done_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setAccessibleName("Your note")
        self.setPlaceholderText("What helps you to remember this card?")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        UndoPassing(self)
        appearance.look_changed.connect(self._draw)
        self._draw()

    def sizeHint(self) -> QSize:
        look = self._appearance.look
        return QSize(look.px(200), self._height(_LINES))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.look.px(120), self._height(1))

    def event(self, event: QEvent) -> bool:
        """Escape is the field's own, not the window's."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_claim and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (is_control and event.key() in _ENTER):
            self.done_requested.emit()
            return
        added = "\n" if event.key() in _ENTER else event.text()
        is_text = added == "\n" or (added != "" and added.isprintable())
        if not (is_text and len(added) > self._room()):
            super().keyPressEvent(event)
        if not is_control:
            event.accept()  # an arrow at the edge of the text changes no card

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        room = self._room() + event.replacementLength()
        event.setCommitString(
            event.commitString()[: max(room, 0)],
            event.replacementStart(),
            event.replacementLength(),
        )
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(source.text()[: self._room()])
        self.ensureCursorVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _room(self) -> int:
        """How much may take the place of what is selected, in code points."""
        chosen = self.textCursor().selectedText()
        return max(0, LONGEST_NOTE - len(self.toPlainText()) + len(chosen))

    def _height(self, lines: int) -> int:
        line = QFontMetrics(self.font()).lineSpacing()
        edges = 2 * (self._appearance.look.space(8) + round(self.document().documentMargin()) + 2)
        return lines * line + edges

    def _draw(self) -> None:
        self.setFont(self._appearance.look.font(BODY))
        self.updateGeometry()
