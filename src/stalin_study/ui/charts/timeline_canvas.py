"""Paints a timeline: years, events with their labels, and marks where labels have no room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from stalin_study.domain.explore_entries import Entry
from stalin_study.domain.label_lanes import Cluster, Placed
from stalin_study.ui.charts.marks import MARKS, Mark, draw_mark
from stalin_study.ui.charts.timeline_places import Places
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import CAPTION

_MOST_TOLD = 6  # events in the tip of a mark
_FAINT = 0.35
_MONTHS_FROM = 140  # pixels a year, from which on its months are marked


class TimelineCanvas(QWidget):
    """Draws Places; `has_keyboard` is told, since the keyboard is with the frame around it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.places: Places | None = None
        self.marks: Mapping[str, Mark] = {}
        self._selected = ""
        self._pointed: tuple[Entry, ...] = ()
        self.has_keyboard = False
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_places(self, places: Places, marks: Mapping[str, Mark]) -> None:
        """Draw these; `marks` by category."""
        self.places, self.marks, self._pointed = places, marks, ()
        self.resize(round(places.width), round(places.height))
        self.update()

    def show_selected(self, entry_id: str, *, has_keyboard: bool) -> None:
        """Mark the selected event."""
        self._selected, self.has_keyboard = entry_id, has_keyboard
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what the pointer is on, and say what a mark stands for."""
        super().mouseMoveEvent(event)
        pointed = self.places.events_at(event.position()) if self.places else ()
        if pointed != self._pointed:
            self._pointed = pointed
            shapes = Qt.CursorShape
            self.setCursor(shapes.PointingHandCursor if pointed else shapes.ArrowCursor)
            self.setToolTip(_tip(pointed))
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone."""
        super().leaveEvent(event)
        self._pointed = ()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that is in view."""
        painter = QPainter(self)
        look, places = self._appearance.look, self.places
        painter.fillRect(event.rect(), look.colour("surface"))
        if places is None:
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = QRectF(event.rect()).adjusted(-2, -2, 2, 2)
        labels = [one for one in places.packing.labels if _is_seen(places, one, shown)]
        self._draw_years(painter, places, shown)
        painter.setPen(QPen(look.colour("control"), 1))
        for label in labels:
            at = places.mark_at(label)
            painter.drawLine(QLineF(at.x(), at.y(), at.x(), places.axis))
        for cluster in places.packing.clusters:
            if places.cluster_rect(cluster).intersects(shown):
                self._draw_cluster(painter, places, cluster)
        for label in labels:
            self._draw_label(painter, places, label)
        painter.end()

    def _draw_years(self, painter: QPainter, places: Places, shown: QRectF) -> None:
        look = self._appearance.look
        painter.setFont(look.font(CAPTION))
        grid = look.colour("border")
        grid.setAlphaF(_FAINT if look.theme_name == "contrast" else 1.0)  # else white on black
        faint, strong = QPen(grid, 1), QPen(look.colour("control"), 1)
        for year, is_written in places.years():
            x = places.x_of(year)
            if not shown.left() - places.year <= x <= shown.right():
                continue
            if is_written:
                painter.setPen(faint)
                painter.drawLine(QLineF(x, 0, x, places.axis))
            painter.setPen(strong)
            painter.drawLine(
                QLineF(x, places.axis, x, places.height if is_written else places.axis + 4)
            )
            if places.year >= look.px(_MONTHS_FROM):
                for month in range(1, 12):
                    at = places.x_of(year + month / 12)
                    painter.drawLine(QLineF(at, places.axis, at, places.axis + 4))
            if is_written:
                painter.setPen(look.colour("muted"))
                place = QRectF(x + 5, places.axis, places.year + 80, places.height - places.axis)
                flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
                painter.drawText(place, flags, str(year))
        painter.setPen(strong)
        painter.drawLine(QLineF(shown.left(), places.axis, shown.right(), places.axis))

    def _draw_label(self, painter: QPainter, places: Places, label: Placed) -> None:
        look, entry = self._appearance.look, places.entries[label.number]
        rect = places.label_rect(label)
        is_selected = entry.id == self._selected
        is_pointed = self._pointed == (entry,)
        back = "primary_soft" if is_selected else "surface2" if is_pointed else "surface"
        painter.setPen(self._ring() if is_selected else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(back))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        words, at = places.words_of(entry), places.words_at(label)
        painter.setPen(look.colour("on_primary_soft" if is_selected else "text"))
        painter.setFont(look.font(CAPTION, 600))
        # Beside its mark: the date is the shorter, and flush left it would stand away from it.
        aside = words.width - words.date_width if label.is_before else 0.0
        painter.drawStaticText(at + QPointF(aside, 0), words.date)
        painter.setFont(look.font(CAPTION))
        painter.drawStaticText(at + QPointF(0, words.date_height), words.text)
        mark = self.marks.get(entry.category, MARKS[0])
        draw_mark(painter, self._appearance, mark, places.mark_at(label), places.radius)

    def _draw_cluster(self, painter: QPainter, places: Places, cluster: Cluster) -> None:
        look = self._appearance.look
        entries = [places.entries[number] for number in cluster.numbers]
        rect = places.cluster_rect(cluster)
        is_selected = any(entry.id == self._selected for entry in entries)
        is_pointed = self._pointed == tuple(entries)
        if is_selected or is_pointed or len(entries) > 1:
            back = "primary_soft" if is_selected else "surface2"
            painter.setPen(self._ring() if is_selected else QPen(look.colour("control"), 1))
            painter.setBrush(look.colour(back))
            painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        if len(entries) == 1:
            mark = self.marks.get(entries[0].category, MARKS[0])
            draw_mark(painter, self._appearance, mark, rect.center(), places.radius)
            return
        painter.setPen(look.colour("on_primary_soft" if is_selected else "text"))
        painter.setFont(look.font(CAPTION, 600))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{len(entries):,}")

    def _ring(self) -> QPen:
        look = self._appearance.look
        return (
            QPen(look.colour("focus"), 3) if self.has_keyboard else QPen(look.colour("primary"), 1)
        )


def _is_seen(places: Places, label: Placed, shown: QRectF) -> bool:
    return label.left <= shown.right() and shown.left() <= label.right


def _tip(entries: tuple[Entry, ...]) -> str:
    if len(entries) < 2:
        return entries[0].caption if entries else ""
    told = [f"{entry.title}: {entry.caption}" for entry in entries[:_MOST_TOLD]]
    if len(entries) > _MOST_TOLD:
        told.append(f"and {len(entries) - _MOST_TOLD} more")
    return "\n".join(told)
