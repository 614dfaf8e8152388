"""Writes the blocks of a card into a text document, in the look in force."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.terms import TermFinder, TermUse
from stalin_study.ui.theme.look import CAPTION, CARD, LEAD, PROMPT, Look

_BULLETED = (BlockKind.POINT, BlockKind.HINT)


class CardDocument:
    """Writes blocks; key terms and notes become links `term:point/term` and `note:point`."""

    def __init__(self, finder: TermFinder, look: Look, prompt_size: int = 0) -> None:
        self._finder = finder
        self._look = look
        self._prompt_size = prompt_size

    def write(self, document: QTextDocument, blocks: tuple[Block, ...]) -> dict[str, int]:
        """Fill the document anew; where each block's text starts, in Qt's units, by its key."""
        document.setDefaultFont(self._look.font(LEAD))
        document.clear()
        starts: dict[str, int] = {}
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        linked: set[str] = set()
        for number, block in enumerate(blocks):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(self._block_format(block, is_first=number == 0))
            if block.kind in _BULLETED:
                bullet = self._char_format(block)
                bullet.setForeground(self._look.colour("primary"))
                cursor.insertText("•\u2002", bullet)
            starts[block.key] = cursor.position()
            has_links = block.kind is BlockKind.POINT
            uses = self._finder.uses(block.text.text, linked) if has_links else ()
            linked.update(use.term_id for use in uses)
            self._insert(cursor, block, uses)
            if block.has_note:
                self._insert_note_mark(cursor, block)
        cursor.endEditBlock()
        return starts

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
                    shape.setUnderlineColor(self._look.colour("primary"))
            cursor.insertText(text[start:end], shape)

    def _insert_note_mark(self, cursor: QTextCursor, block: Block) -> None:
        look = self._look
        shape = QTextCharFormat()
        shape.setFont(look.font(CAPTION, 600))
        cursor.insertText("\u2002", shape)
        shape.setAnchor(True)
        shape.setAnchorHref(f"note:{block.key}")
        shape.setForeground(look.colour("warn"))
        shape.setBackground(look.colour("warn_soft"))
        cursor.insertText("\u00a0note\u00a0", shape)

    def _block_format(self, block: Block, *, is_first: bool) -> QTextBlockFormat:
        look = self._look
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
        soft = {BlockKind.NOTE: "warn_soft", BlockKind.OWN_NOTE: "good_soft"}
        return self._look.colour(soft.get(block.kind, "primary_soft"))

    def _char_format(self, block: Block) -> QTextCharFormat:
        look = self._look
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
