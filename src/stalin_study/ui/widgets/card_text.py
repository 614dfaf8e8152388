"""A card's text: selectable, with links to notes and meanings, and the words lit up as read."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit

from stalin_study.domain.card_text import Block, TextSpan
from stalin_study.domain.markup import code_points, utf16_offset
from stalin_study.domain.terms import TermFinder
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.card_document import CardDocument

Light = QTextEdit.ExtraSelection
_PASSED_ON = {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CardText(QTextBrowser):
    """Shows blocks. Links send `note_requested(point)` and `meaning_requested(point, term)`.

    A text that is seekable sends `word_chosen(block key, code point)` at a click or at Enter.
    """

    note_requested = Signal(str)
    meaning_requested = Signal(str, str)
    word_chosen = Signal(str, int)

    def __init__(self, appearance: Appearance, finder: TermFinder, name: str) -> None:
        super().__init__()
        self._appearance = appearance
        self._finder = finder
        self._blocks: tuple[Block, ...] = ()
        self._starts: dict[str, int] = {}
        self._spans: tuple[TextSpan | None, TextSpan | None] = (None, None)
        self._hits: tuple[TextSpan, ...] = ()
        self._hit: TextSpan | None = None
        self._is_seekable = False
        self._prompt_size = 0
        self._pressed_at: QPointF | None = None
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.document().setDocumentMargin(2)
        self.anchorClicked.connect(self._open_link)
        appearance.look_changed.connect(self._write)

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Show these blocks; the place in the text is kept when they grow from the same card."""
        if blocks == self._blocks:
            return
        kept = {block.key for block in self._blocks} & {block.key for block in blocks}
        place = self.verticalScrollBar().value() if kept else 0
        self._blocks = blocks
        self._write()
        self.verticalScrollBar().setValue(place)

    def show_reading(self, sentence: TextSpan | None, word: TextSpan | None) -> None:
        """Light up what is being read; None for nothing."""
        if (sentence, word) == self._spans:
            return
        self._spans = (sentence, word)
        self._light_up()

    def show_hits(self, hits: tuple[TextSpan, ...], current: TextSpan | None) -> None:
        """Mark what a search has found; the current one comes into view."""
        if (hits, current) == (self._hits, self._hit):
            return
        is_new = current != self._hit
        self._hits, self._hit = hits, current
        self._light_up()
        if is_new:
            self.bring_hit()

    def bring_hit(self) -> None:
        """Scroll to the current hit."""
        self._follow(self._cursor_over(self._hit))

    def set_seekable(self, is_seekable: bool) -> None:
        """Let a click on a word, or Enter at the cursor, choose it."""
        if is_seekable == self._is_seekable:
            return
        self._is_seekable = is_seekable
        shape = Qt.CursorShape.PointingHandCursor if is_seekable else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def set_prompt_size(self, size: int) -> None:
        """Show prompts in this size, in pixels at 100 %; 0 for as large as suits a card's front."""
        if size != self._prompt_size:
            self._prompt_size = size
            self._write()

    def text_height(self, width: int) -> int:
        """Height of all the text, laid out in that width."""
        document = self.document().clone()
        document.setTextWidth(width)
        height = round(document.size().height())
        document.deleteLater()
        return height

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the page the keys that turn and change cards; others scroll and follow links."""
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        is_pages = not event.modifiers() or (self._is_seekable and is_control)
        if event.key() in _PASSED_ON and is_pages:
            event.ignore()
        elif self._chooses_word(event):
            self._choose_word(self.textCursor().position())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A plain click may be meant for a word."""
        super().mousePressEvent(event)
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed_at = event.position() if self._is_seekable and is_plain else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the word under a click, which is no drag and meets no link."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is None:
            return
        moved = (event.position() - pressed).manhattanLength()
        if moved < QApplication.startDragDistance() and not self.anchorAt(pressed.toPoint()):
            place = pressed + QPointF(0, self.verticalScrollBar().value())
            layout = self.document().documentLayout()
            self._choose_word(layout.hitTest(place, Qt.HitTestAccuracy.ExactHit))

    def _chooses_word(self, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_link = self.textCursor().hasSelection() and self.textCursor().charFormat().isAnchor()
        return self._is_seekable and is_plain and event.key() in _ENTER and not is_link

    def _choose_word(self, position: int) -> None:
        for block in self._blocks:
            units = position - self._starts.get(block.key, position + 1)
            text = block.text.text
            if 0 <= units < utf16_offset(text, len(text)):
                self.word_chosen.emit(block.key, code_points(text, units))
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A hit that was in view stays in view, also in a text that is only now given its room."""
        super().resizeEvent(event)
        self.bring_hit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Drop the frame around the last link reached by Tab, but keep a selection for copying."""
        super().focusOutEvent(event)
        cursor = self.textCursor()
        if cursor.charFormat().isAnchor():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def _open_link(self, link: QUrl) -> None:
        kind, _, rest = link.toString().partition(":")
        point, _, term = rest.partition("/")
        if kind == "note":
            self.note_requested.emit(point)
        elif kind == "term":
            self.meaning_requested.emit(point, term)

    def _write(self) -> None:
        writer = CardDocument(self._finder, self._appearance.look, self._prompt_size)
        self._starts = {}  # while it is written, a scroll bar may come or go
        self._starts = writer.write(self.document(), self._blocks)
        # Qt leaves the cursor behind what was inserted, and shows it when the text first comes up.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._light_up()

    def _light_up(self) -> None:
        sentence, word = self._spans
        lights = [self._light(sentence, "sentence", "text")]
        # Hits stay lit in a sentence that is read; the word that is heard goes before them.
        for hit in self._hits:
            is_current = hit == self._hit
            lights.append(self._hit_light(hit, is_current=is_current))
        lights.append(self._light(word, "word", "on_word"))
        self.setExtraSelections([light for light in lights if light is not None])
        self._follow(self._cursor_over(word or sentence))

    def _light(self, span: TextSpan | None, back: str, front: str) -> Light | None:
        cursor = self._cursor_over(span)
        if cursor is None:
            return None
        look = self._appearance.look
        light = QTextEdit.ExtraSelection()
        light.cursor = cursor  # type: ignore[attr-defined]
        light.format.setBackground(look.colour(back))  # type: ignore[attr-defined]
        light.format.setForeground(look.colour(front))  # type: ignore[attr-defined]
        return light

    def _hit_light(self, hit: TextSpan, *, is_current: bool) -> Light | None:
        colours = ("primary", "on_primary") if is_current else ("primary_soft", "on_primary_soft")
        light = self._light(hit, *colours)
        if light is not None:
            shape: QTextCharFormat = light.format  # type: ignore[attr-defined]
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            shape.setUnderlineColor(self._appearance.look.colour(colours[1]))
        return light

    def _cursor_over(self, span: TextSpan | None) -> QTextCursor | None:
        if span is None or span.block not in self._starts:
            return None
        block = next(block for block in self._blocks if block.key == span.block)
        if span.end > len(block.text.text):  # of the card before
            return None
        start = self._starts[span.block]
        cursor = QTextCursor(self.document())
        cursor.setPosition(start + utf16_offset(block.text.text, span.start))
        cursor.setPosition(
            start + utf16_offset(block.text.text, span.end), QTextCursor.MoveMode.KeepAnchor
        )
        return cursor

    def _follow(self, cursor: QTextCursor | None) -> None:
        """Bring what is read, or a hit, into view."""
        if cursor is None:
            return
        end = QTextCursor(cursor)
        end.setPosition(cursor.selectionEnd())
        place, height = self.cursorRect(end), self.viewport().height()
        if place.bottom() > height * 0.85 or place.top() < 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - round(height * 0.3))
