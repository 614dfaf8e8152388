"""A bar for each topic: what is expected now, and what the plan adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent

from stalin_study.domain.progress_report import TopicFigure
from stalin_study.domain.progress_wording import topic_words
from stalin_study.ui.charts.chart import Chart, Series
from stalin_study.ui.charts.patterns import Pattern, fill
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY

NOW = Series("If you stop now", "primary")
PLAN = Series("With the plan", "primary", Pattern.STRIPES)
_BAR, _STEP = 12, 6  # pixels at 100 %


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a topic stands: its title, its words, and its bar."""

    topic: TopicFigure
    title: QRectF
    words: QRectF
    is_beside: bool
    bar: QRectF


class RecallBars(Chart):
    """Shows topics; the words stand above the bars, never on them."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._topics: tuple[TopicFigure, ...] = ()
        self.redraw()

    def show_topics(self, topics: tuple[TopicFigure, ...]) -> None:
        """Show these instead."""
        if topics != self._topics:
            self._topics = topics
            self.redraw()

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to compare with."""
        return any(topic.followed is not None for topic in self._topics)

    def height_at(self, width: int) -> int:
        """The legend, and each topic with its bar."""
        rows = list(self._rows(width))
        return round(rows[-1].bar.bottom()) + self._appearance.look.space(6) if rows else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the legend and the topics."""
        painter = self.begin()
        if self.has_plan:
            self.draw_legend(painter, (NOW, PLAN), self.width())
        for row in self._rows(self.width()):
            self._draw_row(painter, row)
        painter.end()

    def _draw_row(self, painter: QPainter, row: _Row) -> None:
        look = self._appearance.look
        wrap = int(Qt.TextFlag.TextWordWrap)
        painter.setFont(look.font(BODY))
        painter.setPen(look.colour("text"))
        painter.drawText(row.title, wrap, row.topic.title)
        painter.setFont(self.small())
        painter.setPen(look.colour("muted"))
        side = Qt.AlignmentFlag.AlignRight if row.is_beside else Qt.AlignmentFlag.AlignLeft
        painter.drawText(row.words, wrap | int(side), topic_words(row.topic))
        bar, radius = row.bar, row.bar.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface2"))
        painter.drawRoundedRect(bar, radius, radius)
        followed = row.topic.followed
        if followed is not None and followed > row.topic.now:
            painter.save()
            beyond = bar.left() + bar.width() * row.topic.now - (radius if row.topic.now else 0)
            painter.setClipRect(bar.adjusted(beyond - bar.left(), 0, 0, 0))
            self._draw_part(painter, bar, followed, PLAN)
            painter.restore()
        if row.topic.now > 0:
            self._draw_part(painter, bar, row.topic.now, NOW)

    def _draw_part(self, painter: QPainter, bar: QRectF, share: float, series: Series) -> None:
        look = self._appearance.look
        part = QRectF(bar)
        part.setWidth(max(bar.width() * min(share, 1.0), bar.height()))
        colour = look.colour(series.role)
        fill(painter, part, colour, series.pattern, look.px(_STEP), bar.height() / 2)

    def _rows(self, width: int) -> Iterator[_Row]:
        look = self._appearance.look
        titles, small = QFontMetricsF(look.font(BODY)), QFontMetricsF(self.small())
        gap, y = float(look.space(4)), 0.0
        if self.has_plan:
            y = self.legend_height((NOW.title, PLAN.title), width)
        for topic in self._topics:
            words = topic_words(topic)
            beside = width - small.horizontalAdvance(words) - 3 * gap
            is_beside = titles.horizontalAdvance(topic.title) <= beside
            room = QRectF(0, 0, beside if is_beside else width, 10_000)
            wrap = Qt.TextFlag.TextWordWrap
            high = titles.boundingRect(room, int(wrap), topic.title).height()
            title = QRectF(0, y, room.width(), high)
            if is_beside:
                base = titles.ascent() - small.ascent()
                place = QRectF(beside, y + base, width - beside, small.height())
            else:
                least = small.boundingRect(QRectF(0, 0, width, 10_000), int(wrap), words).height()
                place = QRectF(0, title.bottom(), width, least)
            top = max(title.bottom(), place.bottom()) + gap
            bar = QRectF(QPointF(0, top), QPointF(width, top + look.px(_BAR)))
            yield _Row(topic, title, place, is_beside, bar)
            y = bar.bottom() + look.space(14)
