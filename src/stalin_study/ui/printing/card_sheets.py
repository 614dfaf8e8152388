"""Cards to cut out: eight a sheet, questions on the front and key points on the back."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPen

from stalin_study.domain.markup import PlainText, plain
from stalin_study.domain.print_layout import (
    CARDS_A_SHEET,
    GRID_LEFT,
    GRID_TOP,
    PAGE_WIDTH,
    back_box,
    cut_lines,
    front_box,
)
from stalin_study.domain.printed_cards import LEAST_POINTS, PrintedCard, PrintedPages, PrintPlan
from stalin_study.domain.wording import count_of
from stalin_study.ui.printing.paper import TIGHT, Paper, PaperLook, Paragraph

MORE = "More in the app"
_PADDING, _BACK_PADDING = 6.0, 4.5  # millimetres
_PROMPT_SIZES = tuple(size / 2 for size in range(30, int(2 * LEAST_POINTS) - 1, -1))
_POINT_SIZES = tuple(size / 2 for size in range(22, int(2 * LEAST_POINTS) - 1, -1))
_INDENT = 1.0  # of a point, in type sizes
_CAPTION, _TITLE = 6.5, 8.5


@dataclass(frozen=True, slots=True)
class FittedText:
    """Paragraphs that fit into a room; `is_short` if there was more than that."""

    paragraphs: tuple[Paragraph, ...]
    gap: float
    is_short: bool

    @property
    def height(self) -> float:
        """The height of all, in dots."""
        return _stacked(self.paragraphs, self.gap)


def draw_card_sheets(
    plan: PrintPlan, look: PaperLook
) -> Generator[tuple[int, int], None, PrintedPages]:
    """Draw the sheets, a card's side at a time: all fronts of a sheet, then its backs."""
    paper = Paper(look, plan.title)
    total = 2 * len(plan.cards)
    done = cut_short = 0
    try:
        for first in range(0, len(plan.cards), CARDS_A_SHEET):
            cards = plan.cards[first : first + CARDS_A_SHEET]
            sheet = first // CARDS_A_SHEET + 1
            if first:
                paper.new_page()
            _draw_cut_lines(paper)
            _label(paper, f"{plan.title}: front {sheet}", "Cut along the dashed lines.")
            for place, card in enumerate(cards):
                _draw_front(paper, paper.rect(front_box(place).shrunk(_PADDING)), card)
                done += 1
                yield done, total
            paper.new_page()
            _label(paper, f"{plan.title}: back {sheet}", f"Belongs behind front {sheet}.")
            for place, card in enumerate(cards):
                box = paper.rect(back_box(place).shrunk(_BACK_PADDING))
                cut_short += _draw_back(paper, box, card)
                done += 1
                yield done, total
    finally:
        content = paper.finish()
    return PrintedPages(content, paper.pages, cut_short)


def fitted(
    paper: Paper,
    texts: tuple[PlainText, ...],
    room: QRectF,
    sizes: tuple[float, ...],
    *,
    weight: int = 400,
    centred: bool = False,
    indent: float = 0.0,
) -> FittedText:
    """The texts in the largest size that fits; in the last one, as many as fit.

    Sizes are points, the largest first; `indent` is a share of the type size.
    """
    for points in sizes:
        made = _set(paper, texts, room, points, weight, centred, indent)
        if made.height <= room.height():
            return made
    kept = list(made.paragraphs)
    line = made.paragraphs[0].line_height  # for the word that there is more
    while kept and _stacked(kept, made.gap) + line > room.height():
        kept.pop()
    return FittedText(tuple(kept), made.gap, is_short=True)


def _set(
    paper: Paper,
    texts: tuple[PlainText, ...],
    room: QRectF,
    points: float,
    weight: int,
    centred: bool,
    indent: float,
) -> FittedText:
    font = paper.font(points, weight)
    em = paper.em(font)
    width = room.width() - indent * em
    paragraphs = tuple(
        Paragraph(paper, text, font, width, centred=centred, leading=TIGHT) for text in texts
    )
    return FittedText(paragraphs, 0.3 * em, is_short=False)


def _stacked(paragraphs: tuple[Paragraph, ...] | list[Paragraph], gap: float) -> float:
    return sum(one.height for one in paragraphs) + gap * max(0, len(paragraphs) - 1)


def _draw_front(paper: Paper, box: QRectF, printed: PrintedCard) -> None:
    card = printed.card
    _draw_title(paper, box, card.title)
    _draw_foot(paper, box, printed.topic_title, f"Aim for {count_of(card.aim, 'point')}")
    room = box.adjusted(0, paper.dots(7), 0, -paper.dots(6))
    made = fitted(paper, (plain(card.prompt),), room, _PROMPT_SIZES, weight=600, centred=True)
    # Text stands in the middle for the eye when it is a little above it.
    top = room.top() + (room.height() - made.height) * 0.45
    for paragraph in made.paragraphs:
        paper.draw(paragraph, room.left(), top)
        top += paragraph.height + made.gap
    if made.is_short:
        _draw_more(paper, room)


def _draw_back(paper: Paper, box: QRectF, printed: PrintedCard) -> bool:
    """The key points; whether some had to be left out."""
    card = printed.card
    _draw_title(paper, box, card.title)
    room = box.adjusted(0, paper.dots(5.5), 0, 0)
    points = card.key_points or card.points
    texts = tuple(plain(point.text) for point in points)
    made = fitted(paper, texts, room, _POINT_SIZES, indent=_INDENT)
    top = room.top()
    for paragraph in made.paragraphs:
        paper.dot(room.left(), top, paragraph, is_filled=True)
        paper.draw(paragraph, room.right() - paragraph.width, top)
        top += paragraph.height + made.gap
    if made.is_short:
        _draw_more(paper, room)
    return made.is_short


def _draw_title(paper: Paper, box: QRectF, title: str) -> None:
    paper.caption(box, title, _TITLE, role="primary", weight=600)


def _draw_foot(paper: Paper, box: QRectF, left: str, right: str) -> None:
    height = paper.dots(2.6)
    foot = QRectF(box.left(), box.bottom() - height + paper.dots(2), box.width(), 2 * height)
    paper.caption(foot.adjusted(0, 0, -paper.dots(26), 0), left, _CAPTION)
    paper.caption(foot, right, _CAPTION, align=Qt.AlignmentFlag.AlignRight)


def _draw_more(paper: Paper, room: QRectF) -> None:
    line = room.adjusted(0, room.height() - paper.dots(3), 0, paper.dots(4))
    end = Qt.AlignmentFlag.AlignRight
    paper.caption(line, MORE, LEAST_POINTS, role="primary", weight=600, align=end)


def _draw_cut_lines(paper: Paper) -> None:
    pen = QPen(paper.ink("muted"), paper.dots(0.15))
    pen.setStyle(Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([10, 10])  # in widths of the line
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    paper.painter.setPen(pen)
    for line in cut_lines():
        ends = map(paper.dots, (line.x1, line.y1, line.x2, line.y2))
        paper.painter.drawLine(QLineF(*ends))


def _label(paper: Paper, left: str, right: str) -> None:
    edge = paper.dots(GRID_LEFT)
    width = paper.dots(PAGE_WIDTH) - 2 * edge
    place = QRectF(edge, paper.dots(GRID_TOP - 9.5), width, paper.dots(5))
    paper.caption(place.adjusted(0, 0, -paper.dots(50), 0), left, 8)
    paper.caption(place, right, 8, align=Qt.AlignmentFlag.AlignRight)
