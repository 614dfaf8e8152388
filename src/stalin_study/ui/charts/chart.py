"""What all charts share: the look, and a legend that breaks into lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stalin_study.ui.charts.patterns import Pattern, fill
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION

_SWATCH, _NARROWEST = 14, 160  # pixels at 100 %


@dataclass(frozen=True, slots=True)
class Series:
    """What a colour and a pattern stand for; `role` is a colour of the theme."""

    title: str
    role: str
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """Where a part of a legend stands: its swatch, and its words from `text` on."""

    title: str
    swatch: QRectF
    text: QPointF


class Chart(QWidget):
    """A chart whose height follows from its width; it repaints when the look changes.

    The height is set, not asked for: a layout asks hundreds of times, and each time waits for
    Python while another thread is busy.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.look_changed.connect(self.redraw)

    def height_at(self, width: int) -> int:
        """How high it has to be when it is so wide; heirs say."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Take up as much room as there is need for now, and paint anew."""
        least = self._appearance.look.px(_NARROWEST)
        self.setMinimumWidth(least)
        self.setFixedHeight(self.height_at(max(self.width(), least)))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the new width asks for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.redraw()

    def small(self, weight: int = 400) -> QFont:
        """The font of labels."""
        return self._appearance.look.font(CAPTION, weight)

    def begin(self) -> QPainter:
        """A painter with smooth edges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def legend(self, titles: Iterable[str], width: float) -> list[LegendEntry]:
        """The entries of a legend, set out from the top left in as many lines as they need."""
        return list(self._legend(titles, width))

    def legend_height(self, titles: Iterable[str], width: float) -> float:
        """How high that legend is, with the gap below it."""
        entries = self.legend(titles, width)
        line = self._line_height()
        return entries[-1].swatch.center().y() + line / 2 + self._gap() if entries else 0.0

    def draw_legend(self, painter: QPainter, series: Iterable[Series], width: float) -> None:
        """Say what each colour and pattern stands for."""
        look, shown = self._appearance.look, list(series)
        painter.setFont(self.small())
        entries = self.legend((one.title for one in shown), width)
        for one, entry in zip(shown, entries, strict=True):
            colour = look.colour(one.role)
            fill(painter, entry.swatch, colour, one.pattern, look.px(5), look.px(2))
            painter.setPen(look.colour("text"))
            painter.drawText(entry.text, entry.title)

    def _legend(self, titles: Iterable[str], width: float) -> Iterator[LegendEntry]:
        look = self._appearance.look
        metrics = QFontMetricsF(self.small())
        side, gap, line = float(look.px(_SWATCH)), self._gap(), self._line_height()
        x = y = 0.0
        for title in titles:
            room = side + gap + metrics.horizontalAdvance(title)
            if x and x + room > width:
                x, y = 0.0, y + line
            swatch = QRectF(x, y + (line - side) / 2, side, side)
            base = y + (line + metrics.ascent() - metrics.descent()) / 2
            yield LegendEntry(title, swatch, QPointF(x + side + gap, base))
            x += room + 2 * gap

    def _line_height(self) -> float:
        return max(QFontMetricsF(self.small()).height(), self._appearance.look.px(_SWATCH)) + 4

    def _gap(self) -> float:
        return float(self._appearance.look.space(8))


def draw_in(painter: QPainter, place: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
    """One line of text at one side of a place, or in its middle; it may stand out of it."""
    flags = int(align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
    painter.drawText(place, flags, text)
