"""A PDF of A4 pages in memory, and text on it: fonts embedded, black on white with one accent."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from stalin_study.domain.appearance import Colours
from stalin_study.domain.markup import PlainText, utf16_offset
from stalin_study.domain.print_layout import Box

DOTS_AN_INCH = 1200
MM_AN_INCH = 25.4
POINTS_AN_INCH = 72
TIGHT, LOOSE = 1.25, 1.5  # line heights, of the type size


@dataclass(frozen=True, slots=True)
class PaperLook:
    """The pupil's font, and the colours: those of a theme with dark text."""

    font_family: str
    font_factor: float
    colours: Colours


def printable(look: PaperLook, instead: PaperLook) -> PaperLook:
    """`look`, or the other where its font has colours, of which Qt would print huge pictures."""
    font = QFont(look.font_family)
    has_colours = not QRawFont.fromFont(font).fontTable("COLR").isEmpty()
    return instead if has_colours else look


class Paragraph:
    """Text that is broken into lines of a width, in the paper's dots."""

    def __init__(
        self,
        paper: Paper,
        text: PlainText,
        font: QFont,
        width: float,
        *,
        centred: bool = False,
        leading: float = LOOSE,
    ) -> None:
        self.width = width
        self.layout = QTextLayout(text.text, font, paper.writer)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        align = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(align)
        self.layout.setTextOption(option)
        self.layout.setFormats(_formats(text))
        self.layout.beginLayout()
        self.lines: list[QTextLine] = []
        self.line_height = paper.em(font) * leading
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, len(self.lines) * self.line_height))
            self.lines.append(line)
        self.layout.endLayout()

    @property
    def height(self) -> float:
        """The height of all its lines."""
        return len(self.lines) * self.line_height


class Paper:
    """Draws on one page after another; lengths are dots, which `dots` makes of millimetres."""

    def __init__(self, look: PaperLook, title: str) -> None:
        self.look = look
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.writer = QPdfWriter(self._buffer)
        self.writer.setResolution(DOTS_AN_INCH)
        self.writer.setTitle(title)
        self.writer.setCreator("Stalin Study")
        size = QPageSize(QPageSize.PageSizeId.A4)
        upright = QPageLayout.Orientation.Portrait
        self.writer.setPageLayout(QPageLayout(size, upright, QMarginsF(0, 0, 0, 0)))
        self.painter = QPainter(self.writer)
        self.pages = 1

    def new_page(self) -> None:
        """Go on to the next page."""
        self.writer.newPage()
        self.pages += 1

    def finish(self) -> bytes:
        """The whole file; nothing can be drawn after it."""
        self.painter.end()
        self._buffer.close()
        return self._buffer.data().data()

    def dots(self, millimetres: float) -> float:
        """A length on the paper."""
        return millimetres * DOTS_AN_INCH / MM_AN_INCH

    def rect(self, box: Box) -> QRectF:
        """A box on the paper."""
        return QRectF(*map(self.dots, (box.left, box.top, box.width, box.height)))

    def font(self, points: float, weight: int = 400) -> QFont:
        """The pupil's font in a size in points."""
        font = QFont()
        font.setFamilies([self.look.font_family, "DejaVu Sans", "Segoe UI", "Helvetica Neue"])
        font.setPointSizeF(points * self.look.font_factor)
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # With ligatures, text that is copied out of the PDF loses letters.
        font.setFeature(QFont.Tag("liga"), 0)
        return font

    def em(self, font: QFont) -> float:
        """The type size of one of these fonts, before it is evened out among families."""
        return self.dots(font.pointSizeF() / self.look.font_factor * MM_AN_INCH / POINTS_AN_INCH)

    def ink(self, role: str) -> QColor:
        """The colour of a role: "text", "muted" or "primary"."""
        return QColor("black") if role == "text" else QColor(getattr(self.look.colours, role))

    def caption(
        self,
        rect: QRectF,
        text: str,
        points: float,
        *,
        role: str = "muted",
        weight: int = 400,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """One line at the top of a place, ended with … where it is too long."""
        font = self.font(points, weight)
        metrics = QFontMetricsF(font, self.writer)
        self.painter.setFont(font)
        self.painter.setPen(self.ink(role))
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.drawText(rect, align | Qt.AlignmentFlag.AlignTop, elided)

    def draw(self, paragraph: Paragraph, left: float, top: float, role: str = "text") -> None:
        """A paragraph with its first line's top there."""
        self.painter.setPen(self.ink(role))
        paragraph.layout.draw(self.painter, QPointF(left, top))

    def dot(self, left: float, top: float, paragraph: Paragraph, *, is_filled: bool) -> None:
        """The mark of a point, level with the first line of its paragraph."""
        metrics = QFontMetricsF(paragraph.layout.font(), self.writer)
        radius = metrics.xHeight() * 0.3
        middle = top + metrics.ascent() - metrics.xHeight() / 2
        accent = self.ink("primary")
        self.painter.setPen(QPen(accent, radius * 0.45))
        self.painter.setBrush(accent if is_filled else Qt.BrushStyle.NoBrush)
        self.painter.drawEllipse(QPointF(left + 1.3 * radius, middle), radius, radius)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)


def _formats(text: PlainText) -> list[QTextLayout.FormatRange]:
    made = []
    for run in text.runs:
        shape = QTextCharFormat()
        if run.bold:
            shape.setFontWeight(QFont.Weight.Bold)
        else:
            shape.setFontItalic(True)
        part = QTextLayout.FormatRange()
        start = utf16_offset(text.text, run.start)
        part.start = start  # type: ignore[attr-defined]
        part.length = utf16_offset(text.text, run.end) - start  # type: ignore[attr-defined]
        part.format = shape  # type: ignore[attr-defined]
        made.append(part)
    return made
