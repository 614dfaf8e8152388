"""Notes to read: every point under its heading, with all notes, in two columns."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from stalin_study.domain.card_text import (
    Block,
    BlockKind,
    Opened,
    answer_blocks,
    own_note_blocks,
    prompt_blocks,
)
from stalin_study.domain.markup import PlainText
from stalin_study.domain.print_layout import PAGE_HEIGHT, PAGE_WIDTH, Spot, Strip, in_columns
from stalin_study.domain.printed_cards import PrintedCard, PrintedPages, PrintPlan
from stalin_study.ui.printing.paper import Paper, PaperLook, Paragraph

_SIDE, _TOP, _BOTTOM, _BETWEEN = 15.0, 20.0, 17.0, 8.0  # millimetres
_COLUMNS = 2
_COLUMN_WIDTH = (PAGE_WIDTH - 2 * _SIDE - _BETWEEN) / _COLUMNS
_COLUMN_HEIGHT = PAGE_HEIGHT - _TOP - _BOTTOM
_KEY, _SPARE, _BAR = "key point", "more to know", "own note"  # what stands before a line


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a block is printed: points, weight, colour, gap above and indent in millimetres."""

    size: float
    weight: int = 400
    role: str = "text"
    gap: float = 0.8
    indent: float = 0.0
    is_kept: bool = False


_TITLE = _Kind(13, 700, "primary", gap=8.0, is_kept=True)
_KINDS = {
    BlockKind.PROMPT: _Kind(9.5, 600, gap=1.0, is_kept=True),
    BlockKind.HEADING: _Kind(9, 700, "primary", gap=2.4, is_kept=True),
    BlockKind.POINT: _Kind(9, gap=0.9, indent=3.5),
    BlockKind.NOTE: _Kind(8, gap=0.5, indent=6.5, role="muted"),
    BlockKind.OWN_NOTE: _Kind(9, gap=2.4, indent=3.5),
}


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of a paragraph with its place in the flow; `mark` is drawn before it."""

    strip: Strip
    paragraph: Paragraph
    line: int
    kind: _Kind
    mark: str = ""


def draw_notes_sheets(
    plan: PrintPlan, look: PaperLook
) -> Generator[tuple[int, int], None, PrintedPages]:
    """Break every card into lines, a card at a time; then draw a page at a time."""
    paper = Paper(look, plan.title)
    lines: list[_Printed] = []
    total = len(plan.cards) + 1  # until the pages are counted
    try:
        for done, card in enumerate(plan.cards, 1):
            lines += _card_lines(paper, card)
            yield done, total
        spots = in_columns([line.strip for line in lines], paper.dots(_COLUMN_HEIGHT))
        pages = (spots[-1].column // _COLUMNS + 1) if spots else 1
        total = len(plan.cards) + pages
        for page in range(pages):
            if page:
                paper.new_page()
            _draw_frame(paper, plan, page + 1, pages)
            for line, spot in zip(lines, spots, strict=True):
                if spot.column // _COLUMNS == page:
                    _draw_line(paper, line, spot)
            yield len(plan.cards) + page + 1, total
    finally:
        content = paper.finish()
    return PrintedPages(content, paper.pages)


def _card_lines(paper: Paper, printed: PrintedCard) -> Iterator[_Printed]:
    card = printed.card
    yield from _lines(paper, PlainText(card.title), _TITLE)
    noted = Opened(notes=frozenset(point.id for point in card.points if point.note))
    blocks = (
        *prompt_blocks(card),
        *answer_blocks(card, opened=noted),
        *own_note_blocks(printed.own_note),
    )
    for block in blocks:
        yield from _lines(paper, block.text, _KINDS[block.kind], _mark(block))


def _mark(block: Block) -> str:
    if block.kind is BlockKind.OWN_NOTE:
        return _BAR
    if block.kind is BlockKind.POINT:
        return _KEY if block.is_key_point else _SPARE
    return ""


def _lines(paper: Paper, text: PlainText, kind: _Kind, mark: str = "") -> Iterator[_Printed]:
    width = paper.dots(_COLUMN_WIDTH - kind.indent)
    paragraph = Paragraph(paper, text, paper.font(kind.size, kind.weight), width)
    last = len(paragraph.lines) - 1
    for number in range(last + 1):
        # A paragraph's first line and its last are not left alone at the edge of a column.
        is_kept = kind.is_kept or (last > 0 and number in (0, last - 1))
        gap = 0.0 if number else paper.dots(kind.gap)
        strip = Strip(paragraph.line_height, gap, is_kept=is_kept)
        shown = mark if number == 0 or mark == _BAR else ""
        yield _Printed(strip, paragraph, number, kind, shown)


def _draw_line(paper: Paper, printed: _Printed, spot: Spot) -> None:
    column = spot.column % _COLUMNS
    left = paper.dots(_SIDE + column * (_COLUMN_WIDTH + _BETWEEN))
    top = paper.dots(_TOP) + spot.top
    painter, kind = paper.painter, printed.kind
    if printed.mark == _BAR:
        painter.setPen(QPen(paper.ink("primary"), paper.dots(0.7)))
        x = left + paper.dots(1)
        painter.drawLine(QLineF(x, top, x, top + printed.paragraph.line_height))
    elif printed.mark:
        is_filled = printed.mark == _KEY
        paper.dot(left + paper.dots(0.5), top, printed.paragraph, is_filled=is_filled)
    painter.setPen(paper.ink(kind.role))
    line = printed.paragraph.lines[printed.line]
    # A line draws itself at its own place in its paragraph.
    start = QPointF(left + paper.dots(kind.indent), top - line.position().y())
    line.draw(painter, start)


def _draw_frame(paper: Paper, plan: PrintPlan, page: int, pages: int) -> None:
    width = paper.dots(PAGE_WIDTH - 2 * _SIDE)
    end = Qt.AlignmentFlag.AlignRight
    head = QRectF(paper.dots(_SIDE), paper.dots(10), width, paper.dots(6))
    title = plan.title if plan.title == plan.deck_title else f"{plan.deck_title}: {plan.title}"
    paper.caption(head.adjusted(0, 0, -paper.dots(52), 0), title, 8.5, weight=600)
    _draw_legend(paper, head)
    foot = QRectF(paper.dots(_SIDE), paper.dots(PAGE_HEIGHT - 11), width, paper.dots(6))
    paper.caption(foot, f"Stalin Study. Cards: {plan.licence}", 7.5)
    paper.caption(foot, f"Page {page} of {pages}", 8, role="text", align=end)


def _draw_legend(paper: Paper, head: QRectF) -> None:
    """What the two dots mean, at the right of the head."""
    left = head.right()
    for mark in (_SPARE, _KEY):
        words = Paragraph(paper, PlainText(mark), paper.font(8), head.width())
        left -= words.lines[0].naturalTextWidth()
        paper.draw(words, left, head.top(), "muted")
        left -= paper.dots(2.5)
        paper.dot(left, head.top(), words, is_filled=mark == _KEY)
        left -= paper.dots(4)
