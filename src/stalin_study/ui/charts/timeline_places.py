"""Where everything on a timeline is drawn: the years, the labels, and marks without a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTextOption, QTransform

from stalin_study.domain.chart_scale import every
from stalin_study.domain.explore_entries import Entry
from stalin_study.domain.label_lanes import Cluster, Packing, Placed, Room, Wish, pack_labels
from stalin_study.domain.timeline_view import year_of
from stalin_study.ui.theme.look import CAPTION, Look

_MARK, _GAP, _PAD, _EDGE = 6, 6, 5, 18  # pixels at 100 %
_WIDTHS, _LINES = (150, 170, 190, 210, 230), 3  # of a label's words


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an event, set out: its date, and below it what happened in a few lines."""

    date: QStaticText
    text: QStaticText
    date_width: float
    date_height: float
    width: float
    height: float


class WordShelf:
    """Sets out the words of events, each once for a look and a width of the window."""

    def __init__(self, look: Look, room: float, entries: tuple[Entry, ...]) -> None:
        self._bold, self._plain = look.font(CAPTION, 600), look.font(CAPTION)
        self._made: dict[str, Words] = {}
        line = QFontMetricsF(self._plain)
        most = _LINES * line.height() + 1
        longest = sorted((entry.caption for entry in entries), key=len)[-5:]
        self._width = min(float(look.px(_WIDTHS[-1])), room)
        for width in _WIDTHS:
            place = QRectF(0, 0, look.px(width), 10_000)
            wrap = int(Qt.TextFlag.TextWordWrap)
            highest = max(
                (line.boundingRect(place, wrap, one).height() for one in longest), default=0
            )
            if highest <= most:
                self._width = min(place.width(), room)
                break

    def words_of(self, entry: Entry) -> Words:
        """The words of one event."""
        if entry.id not in self._made:
            date, date_size = _laid_out(entry.title, self._bold, self._width)
            text, text_size = _laid_out(entry.caption, self._plain, self._width)
            self._made[entry.id] = Words(
                date,
                text,
                date_size.width(),
                date_size.height(),
                max(date_size.width(), text_size.width()),
                date_size.height() + text_size.height(),
            )
        return self._made[entry.id]


@dataclass(frozen=True)
class Places:
    """Events at a scale: `year` is how many pixels a year takes, `height` that of the whole.

    `span` is the first year and the one after the last.
    """

    look: Look
    entries: tuple[Entry, ...]
    weights: Mapping[str, int]
    span: tuple[int, int]
    year: float
    height: float
    words_of: Callable[[Entry], Words]

    @cached_property
    def width(self) -> float:
        """Of the whole line, with room at both ends."""
        return self.year * (self.span[1] - self.span[0]) + edges(self.look)

    def x_of(self, year: float) -> float:
        """Where a moment is, a decimal year."""
        return self.look.px(_EDGE) + (year - self.span[0]) * self.year

    def year_at(self, x: float) -> float:
        """The moment that is there."""
        return self.span[0] + (x - self.look.px(_EDGE)) / self.year

    @cached_property
    def xs(self) -> tuple[float, ...]:
        """Where each event is."""
        return tuple(self.x_of(year_of(entry.sort)) for entry in self.entries)

    @cached_property
    def axis(self) -> float:
        """The height of the line of years, from the top."""
        return self.height - QFontMetricsF(self.look.font(CAPTION)).height() - self.look.space(6)

    @cached_property
    def marks(self) -> float:
        """The height of the middle of marks without a label."""
        return self.axis - self.pill / 2 - self.look.space(4)

    @cached_property
    def pill(self) -> float:
        """How high a mark that stands for several events is."""
        return QFontMetricsF(self.look.font(CAPTION, 600)).height() + 2

    @cached_property
    def lane(self) -> float:
        """How high a lane of labels is."""
        highest = max((self.words_of(entry).height for entry in self.entries), default=0.0)
        return highest + 2 * self.look.space(_PAD) + self.look.space(4)

    @cached_property
    def lanes(self) -> int:
        """How many lanes there are."""
        return max(1, int(self._lowest // self.lane))

    @property
    def _lowest(self) -> float:
        """The height where the lanes begin, above the marks."""
        return self.marks - self.pill / 2 - self.look.space(4)

    def height_for(self, lanes: int) -> float:
        """How high the whole must be to have so many lanes."""
        return lanes * self.lane + self.height - self._lowest

    @property
    def radius(self) -> float:
        """Of a mark."""
        return float(self.look.px(_MARK))

    @cached_property
    def packing(self) -> Packing:
        """Which events have a label, and which are marks."""
        look = self.look
        wishes = [
            Wish(x, self.words_of(entry).width + look.space(_GAP), self.weights.get(entry.id, 0))
            for x, entry in zip(self.xs, self.entries, strict=True)
        ]
        apart = QFontMetricsF(look.font(CAPTION, 600)).horizontalAdvance("000") + look.space(8)
        return pack_labels(wishes, Room(self.width, self.lanes, self.reach, look.space(6), apart))

    @property
    def reach(self) -> float:
        """From the middle of a mark to the edge of its label."""
        return self.radius * 1.3 + self.look.space(_PAD)

    def label_rect(self, label: Placed) -> QRectF:
        """The frame of a label: its mark and its words."""
        words = self.words_of(self.entries[label.number])
        height = words.height + 2 * self.look.space(_PAD)
        step = max(self.lane, self._lowest / self.lanes)
        bottom = self._lowest - label.lane * step
        return QRectF(label.left, bottom - height, label.right - label.left, height)

    def words_at(self, label: Placed) -> QPointF:
        """The top left corner of a label's words."""
        pad = self.look.space(_PAD)
        behind = self.xs[label.number] + self.reach - pad + self.look.space(_GAP)
        left = label.left + pad if label.is_before else behind
        return QPointF(left, self.label_rect(label).top() + pad)

    def mark_at(self, label: Placed) -> QPointF:
        """The middle of a label's mark: beside the date."""
        words = self.words_of(self.entries[label.number])
        top = self.label_rect(label).top() + self.look.space(_PAD)
        return QPointF(self.xs[label.number], top + words.date_height / 2)

    def cluster_rect(self, cluster: Cluster) -> QRectF:
        """The frame of marks without a label."""
        many = len(cluster.numbers) > 1
        digits = f"{len(cluster.numbers):,}"
        metrics = QFontMetricsF(self.look.font(CAPTION, 600))
        side = self.pill if not many else max(self.pill, metrics.horizontalAdvance(digits) + 10)
        return QRectF(cluster.x - side / 2, self.marks - self.pill / 2, side, self.pill)

    def place_of(self, entry_id: str) -> QRectF:
        """Where an event is drawn; empty if it is not there."""
        for label in self.packing.labels:
            if self.entries[label.number].id == entry_id:
                return self.label_rect(label)
        for cluster in self.packing.clusters:
            if any(self.entries[number].id == entry_id for number in cluster.numbers):
                return self.cluster_rect(cluster)
        return QRectF()

    def events_at(self, point: QPointF) -> tuple[Entry, ...]:
        """The events that are drawn there: of one label, or of one mark."""
        for label in self.packing.labels:
            if self.label_rect(label).contains(point):
                return (self.entries[label.number],)
        for cluster in self.packing.clusters:
            if self.cluster_rect(cluster).adjusted(-4, -4, 4, 4).contains(point):
                return tuple(self.entries[number] for number in cluster.numbers)
        return ()

    def years(self) -> Iterator[tuple[int, bool]]:
        """Every year of the line, and whether it is written."""
        first, last = self.span
        metrics = QFontMetricsF(self.look.font(CAPTION))
        label = metrics.horizontalAdvance("0000") + self.look.space(12)
        step = every(last - first, label, self.year * (last - first))
        for year in range(first, last):
            has_room = self.x_of(year) + label <= self.width
            yield year, year % step == 0 and has_room


def edges(look: Look) -> float:
    """The room at both ends of the line together."""
    return 2.0 * look.px(_EDGE)


def _laid_out(text: str, font: QFont, width: float) -> tuple[QStaticText, QSizeF]:
    """A text in lines, no wider than they are."""
    wrap = int(Qt.TextFlag.TextWrapAnywhere if " " not in text else Qt.TextFlag.TextWordWrap)
    room = QRectF(0, 0, width, 10_000)
    needed = QFontMetricsF(font).boundingRect(room, wrap, text)
    made = QStaticText(text)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextOption(option)
    made.setTextWidth(min(ceil(needed.width()) + 1, width))
    made.prepare(QTransform(), font)
    return made, QSizeF(made.textWidth(), made.size().height())
