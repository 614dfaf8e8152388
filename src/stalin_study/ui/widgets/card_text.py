"""A card's text: selectable, with links to notes and meanings, and the words lit up as read."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit

from stalin_study.domain.card_text import Block, BlockKind, TextSpan
from stalin_study.domain.markup import code_points, utf16_offset
from stalin_study.domain.terms import TermFinder, TermUse
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION, CARD, LEAD, PROMPT

_BULLETED = (BlockKind.POINT, BlockKind.HINT)
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
        self.anchorClicked.connect(self._follow)
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

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Drop the frame around the last link reached by Tab, but keep a selection for copying."""
        super().focusOutEvent(event)
        cursor = self.textCursor()
        if cursor.charFormat().isAnchor():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def _follow(self, link: QUrl) -> None:
        kind, _, rest = link.toString().partition(":")
        point, _, term = rest.partition("/")
        if kind == "note":
            self.note_requested.emit(point)
        elif kind == "term":
            self.meaning_requested.emit(point, term)

    def _write(self) -> None:
        document = self.document()
        document.setDefaultFont(self._appearance.look.font(LEAD))
        document.clear()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._starts.clear()
        linked: set[str] = set()
        for number, block in enumerate(self._blocks):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(self._block_format(block, is_first=number == 0))
            if block.kind in _BULLETED:
                bullet = self._char_format(block)
                bullet.setForeground(self._appearance.look.colour("primary"))
                cursor.insertText("•\u2002", bullet)
            self._starts[block.key] = cursor.position()
            uses = self._finder.uses(block.text.text, linked) if _has_links(block) else ()
            linked.update(use.term_id for use in uses)
            self._insert(cursor, block, uses)
            if block.has_note:
                self._insert_note_mark(cursor, block)
        cursor.endEditBlock()
        # Qt leaves the cursor behind what was inserted, and shows it when the text first comes up.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._light_up()

    def _insert(self, cursor: QTextCursor, block: Block, uses: tuple[TermUse, ...]) -> None:
        text, runs = block.text.text, block.text.runs
        edges = {0, len(text)}
        for part in (*runs, *uses):
            edges |= {part.start, part.end}
        ordered = sorted(edges)
        for start, end in pairwise(ordered):
            shape = self._char_format(block)
            for run in runs:
                if run.start <= start < run.end:
                    if run.bold:
                        shape.setFontWeight(700)
                    else:
                        shape.setFontItalic(True)
            for use in uses:
                if use.start <= start < use.end:
                    shape.setAnchor(True)
                    shape.setAnchorHref(f"term:{block.key}/{use.term_id}")
                    shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                    shape.setUnderlineColor(self._appearance.look.colour("primary"))
            cursor.insertText(text[start:end], shape)

    def _insert_note_mark(self, cursor: QTextCursor, block: Block) -> None:
        look = self._appearance.look
        shape = QTextCharFormat()
        shape.setFont(look.font(CAPTION, 600))
        cursor.insertText("\u2002", shape)
        shape.setAnchor(True)
        shape.setAnchorHref(f"note:{block.key}")
        shape.setForeground(look.colour("warn"))
        shape.setBackground(look.colour("warn_soft"))
        cursor.insertText("\u00a0note\u00a0", shape)

    def _block_format(self, block: Block, *, is_first: bool) -> QTextBlockFormat:
        look = self._appearance.look
        shape = QTextBlockFormat()
        is_text = block.kind not in (BlockKind.PROMPT, BlockKind.HEADING)
        percent = 140 if is_text else 125
        shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if block.kind is BlockKind.HEADING:
            shape.setTopMargin(0 if is_first else look.px(16))
            shape.setBottomMargin(look.px(4))
        elif is_text:
            shape.setBottomMargin(look.px(6))
            indent = look.px(20)
            shape.setLeftMargin(indent)
            if block.kind in _BULLETED:
                shape.setTextIndent(-indent + look.px(4))
            else:
                shape.setBackground(self._soft(block))
        return shape

    def _soft(self, block: Block) -> QColor:
        role = "warn_soft" if block.kind is BlockKind.NOTE else "primary_soft"
        return self._appearance.look.colour(role)

    def _char_format(self, block: Block) -> QTextCharFormat:
        look = self._appearance.look
        shape = QTextCharFormat()
        if block.kind is BlockKind.PROMPT:
            size = PROMPT if len(block.text.text) < 70 else 28
            shape.setFont(look.font(self._prompt_size or size, 700))
        elif block.kind is BlockKind.HEADING:
            shape.setFont(look.font(LEAD, 700))
        elif block.kind in _BULLETED:
            shape.setFont(look.font(CARD - 2))
        else:
            shape.setFont(look.font(15))
        is_heading = block.kind is BlockKind.HEADING
        shape.setForeground(look.colour("primary" if is_heading else "text"))
        return shape

    def _light_up(self) -> None:
        sentence, word = self._spans
        look = self._appearance.look
        lights = []
        for span, back, front in (
            (sentence, "sentence", "text"),
            (word, "word", "on_word"),
        ):
            cursor = self._cursor_over(span)
            if cursor is not None:
                light = QTextEdit.ExtraSelection()
                light.cursor = cursor  # type: ignore[attr-defined]
                light.format.setBackground(look.colour(back))  # type: ignore[attr-defined]
                light.format.setForeground(look.colour(front))  # type: ignore[attr-defined]
                lights.append(light)
                if span is (word or sentence):
                    self._scroll_to(cursor)
        self.setExtraSelections(lights)

    def _cursor_over(self, span: TextSpan | None) -> QTextCursor | None:
        if span is None or span.block not in self._starts:
            return None
        block = next(block for block in self._blocks if block.key == span.block)
        start = self._starts[span.block]
        cursor = QTextCursor(self.document())
        cursor.setPosition(start + utf16_offset(block.text.text, span.start))
        cursor.setPosition(
            start + utf16_offset(block.text.text, span.end), QTextCursor.MoveMode.KeepAnchor
        )
        return cursor

    def _scroll_to(self, cursor: QTextCursor) -> None:
        end = QTextCursor(cursor)
        end.setPosition(cursor.selectionEnd())
        place, height = self.cursorRect(end), self.viewport().height()
        if place.bottom() > height * 0.85 or place.top() < 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - round(height * 0.3))


def _has_links(block: Block) -> bool:
    return block.kind is BlockKind.POINT
