"""A field to write paragraphs in, with a count of the words."""

from __future__ import annotations

import math

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from stalin_study.domain.wording import count_of
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import LEAD
from stalin_study.ui.widgets.line_button import show_height
from stalin_study.ui.widgets.undo_passing import UndoPassing

LONGEST = 50_000  # UTF-16 units, as Qt counts
COUNT_MS = 200
FEWEST_LINES, MOST_LINES = 6, 16
_MARGIN = 8


class WritingField(QWidget):
    """Plain text, its words counted; `text_changed(str)`, and `submitted(str)` on Ctrl+Enter."""

    text_changed = Signal(str)
    submitted = Signal(str)

    def __init__(self, appearance: Appearance, name: str = "Your answer") -> None:
        super().__init__()
        self._sheet = _Sheet(appearance)
        self._told = ""  # the text as last shown or sent
        self._words = QLabel()
        self._full = QLabel("That is as long as an answer can be.")
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COUNT_MS)
        self._lay_out()
        self.set_name(name)
        self.setFocusProxy(self._sheet)
        self._sheet.textChanged.connect(self._changed)
        self._sheet.submit_requested.connect(lambda: self.submitted.emit(self.text))
        self._count.timeout.connect(self._show_count)
        self._show_count()

    @property
    def text(self) -> str:
        """All that is written."""
        return self._sheet.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text, cut to the longest that fits; the same one leaves the cursor."""
        text = _cut(text, LONGEST)
        if text == self.text:
            return
        self._told = text
        self._sheet.setPlainText(text)
        self._sheet.moveCursor(QTextCursor.MoveOperation.End)
        self._show_count()

    def set_name(self, name: str) -> None:
        """What a screen reader calls the field."""
        self._sheet.setAccessibleName(name)

    def set_placeholder(self, words: str) -> None:
        """What stands in the empty field."""
        self._sheet.setPlaceholderText(words)

    def set_fewest_lines(self, lines: int) -> None:
        """Be at least so many lines high."""
        self._sheet.fewest_lines = lines
        self._sheet.grow()

    def set_read_only(self, *, is_read_only: bool) -> None:
        """Let the text be read and copied alone, or changed."""
        self._sheet.set_read_only(is_read_only=is_read_only)

    def focus_start(self) -> None:
        """Put the keyboard into the field."""
        self._sheet.setFocus()

    def _changed(self) -> None:
        text = self.text
        if text == self._told:
            return
        self._told = text
        if not self._count.isActive():
            self._count.start()
        self.text_changed.emit(text)

    def _show_count(self) -> None:
        self._count.stop()
        self._words.setText(count_of(len(self.text.split()), "word"))
        self._full.setVisible(self._sheet.left == 0)

    def _lay_out(self) -> None:
        for label, tone in ((self._words, "muted"), (self._full, "warn")):
            label.setProperty("type", "caption")
            label.setProperty("tone", tone)
        self._full.setWordWrap(True)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 4, 0)
        below.setSpacing(12)
        below.addWidget(self._words, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._full, 1)
        below.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._sheet)
        column.addLayout(below)


class _Sheet(QPlainTextEdit):
    """As high as its text, between the fewest and the most lines; takes plain text alone."""

    submit_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.fewest_lines = FEWEST_LINES
        self._lines = FEWEST_LINES
        self.setTabChangesFocus(True)
        UndoPassing(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().contentsChanged.connect(self.grow)
        self.cursorPositionChanged.connect(self._follow_cursor)
        appearance.look_changed.connect(self._draw)
        self._draw()

    @property
    def left(self) -> int:
        """How many more characters fit."""
        return LONGEST - (self.document().characterCount() - 1)

    def set_read_only(self, *, is_read_only: bool) -> None:
        if is_read_only != self.isReadOnly():
            self.setReadOnly(is_read_only)
            self.style().unpolish(self)
            self.style().polish(self)
        if is_read_only:
            reading = Qt.TextInteractionFlag
            self.setTextInteractionFlags(
                reading.TextSelectableByMouse | reading.TextSelectableByKeyboard
            )

    def sizeHint(self) -> QSize:
        look = self._appearance.look
        line = math.ceil(QFontMetricsF(self.font()).lineSpacing())  # as Qt lays lines out
        # A border of 2, and 1 more: Qt scrolls a text that fits to the very pixel.
        edges = 2 * (look.space(_MARGIN) + math.ceil(self.document().documentMargin()) + 3)
        return QSize(look.px(240), self._lines * line + edges)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.look.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not self.isReadOnly():
                self.submit_requested.emit()
            return
        added = "\n" if is_enter else event.text()
        if (is_enter or added.isprintable()) and _cut(added, self._room()) != added:
            event.accept()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        event.setCommitString(
            _cut(event.commitString(), self._room() + event.replacementLength()),
            event.replacementStart(),
            event.replacementLength(),
        )
        super().inputMethodEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.grow()
        self._follow_cursor()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(_cut(source.text(), self._room()))
        self.ensureCursorVisible()

    def _room(self) -> int:
        """How much may take the place of what is selected."""
        cursor = self.textCursor()
        return self.left + cursor.selectionEnd() - cursor.selectionStart()

    def grow(self) -> None:
        """Be as high as the text. Qt lays a block out only when it is asked for its size."""
        lines, block = 0, self.document().begin()
        while block.isValid() and lines < MOST_LINES:
            self.document().documentLayout().blockBoundingRect(block)
            lines += block.lineCount()
            block = block.next()
        lines = max(self.fewest_lines, min(lines, MOST_LINES))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _follow_cursor(self) -> None:
        if self.hasFocus():
            place = self.viewport().mapTo(self, self.cursorRect().center())
            show_height(self, place.y(), self._appearance.look.px(40))

    def _draw(self) -> None:
        self.setFont(self._appearance.look.font(LEAD))
        self.grow()
        self.updateGeometry()


def _cut(text: str, room: int) -> str:
    """As much of a text as fits into `room` UTF-16 units, no character halved."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * max(room, 0)]
    return units.decode("utf-16-le", "ignore")
