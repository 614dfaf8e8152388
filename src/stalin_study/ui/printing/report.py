"""The report for a teacher: one A4 page, black on white with one accent."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from stalin_study.domain.date_words import MONTHS, WEEKDAYS, date_of, full_date
from stalin_study.domain.exam_wording import about
from stalin_study.domain.markup import PlainText
from stalin_study.domain.print_layout import PAGE_WIDTH
from stalin_study.domain.printed_report import GUESSED, MADE_HERE, MEANING, PrintedReport
from stalin_study.domain.progress_report import TopicFigure
from stalin_study.domain.progress_wording import headline, now_words, weak_words
from stalin_study.domain.study_figures import level_of, month_columns
from stalin_study.domain.wording import count_of
from stalin_study.ui.charts.heat_map import draw_level
from stalin_study.ui.charts.patterns import Pattern, fill
from stalin_study.ui.printing.paper import TIGHT, Paper, PaperLook, Paragraph

_SIDE, _WIDE = 18.0, PAGE_WIDTH - 2 * 18.0  # millimetres, like all lengths here
_FOOT, _MOST_TOPICS = 268.0, 10
_BAR, _NOW, _PLAN = 79.0, 117.0, 154.0  # from the left edge of the text
_EMPTY = "#ECECEC"
_VERDICTS = (
    ("correct", Pattern.PLAIN),
    ("close", Pattern.STRIPES),
    ("wrong", Pattern.DOTS),
)
_RIGHT = Qt.AlignmentFlag.AlignRight


def draw_report(printed: PrintedReport, look: PaperLook) -> bytes:
    """The PDF; can be made on any thread."""
    paper = Paper(look, printed.title)
    try:
        sheet = _Sheet(paper, printed)
        sheet.draw()
    finally:
        content = paper.finish()
    return content


class _Sheet:
    """Draws from the top down; `_y` is how far it has come."""

    def __init__(self, paper: Paper, printed: PrintedReport) -> None:
        self._paper = paper
        self._printed = printed
        self._report = printed.report
        self._y = 16.0

    def draw(self) -> None:
        """Draw the page."""
        self._draw_head()
        self._draw_totals()
        self._draw_expected()
        self._draw_days_and_answers()
        self._draw_weakest()
        self._draw_foot()

    def _text(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        points: float,
        role: str = "text",
        weight: int = 400,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """One line from there, ended with … where it is too long."""
        dots = self._paper.dots
        place = QRectF(dots(x), dots(y), dots(width), dots(points * 0.6))
        self._paper.caption(place, text, points, role=role, weight=weight, align=align)

    def _wrapped(self, text: str, points: float, role: str = "muted", weight: int = 400) -> None:
        """Lines as wide as the page, going on below them."""
        font = self._paper.font(points, weight)
        width = self._paper.dots(_WIDE)
        paragraph = Paragraph(self._paper, PlainText(text), font, width, leading=TIGHT)
        self._paper.draw(paragraph, self._paper.dots(_SIDE), self._paper.dots(self._y), role)
        self._y += paragraph.height / self._paper.dots(1)

    def _rule(self, y: float, x: float = _SIDE, width: float = _WIDE) -> None:
        painter, dots = self._paper.painter, self._paper.dots
        painter.setPen(QPen(self._paper.ink("muted"), dots(0.2)))
        painter.drawLine(QLineF(dots(x), dots(y), dots(x + width), dots(y)))

    def _heading(self, title: str, x: float = _SIDE, width: float = _WIDE) -> None:
        self._text(x, self._y, width, title, 11.5, "primary", 600)

    def _draw_head(self) -> None:
        printed, expected = self._printed, self._report.expected
        self._text(_SIDE, self._y, _WIDE, "Progress report", 20, weight=700)
        self._text(_SIDE, self._y + 3, _WIDE, "Stalin Study", 9, "muted", align=_RIGHT)
        self._y += 12.5
        self._text(_SIDE, self._y, 16, "Name", 10, "muted")
        if printed.pupil:
            self._text(_SIDE + 16, self._y, 78, printed.pupil, 10, weight=600)
        else:
            self._rule(self._y + 4.6, _SIDE + 16, 78)
        made = f"Made on {full_date(printed.made_on)}"
        self._text(_SIDE, self._y, _WIDE, made, 10, align=_RIGHT)
        self._y += 7
        self._text(_SIDE, self._y, _WIDE - 75, printed.deck_title, 10)
        exam = "No exam date given"
        if expected.exam is not None:
            left = {0: "today", 1: "tomorrow"}.get(expected.days, f"in {expected.days} days")
            exam = f"Exam on {full_date(expected.exam)}, {left}"
        self._text(_SIDE, self._y, _WIDE, exam, 10, align=_RIGHT)
        self._y += 7.5
        self._rule(self._y)
        self._y += 4

    def _draw_totals(self) -> None:
        totals = self._printed.totals
        each = _WIDE / len(totals)
        for number, (figure, caption) in enumerate(totals):
            x = _SIDE + number * each
            self._text(x, self._y, each - 3, figure, 13, weight=700)
            self._text(x, self._y + 6.2, each - 3, caption, 8.5, "muted")
        self._y += 15

    def _draw_expected(self) -> None:
        expected = self._report.expected
        is_ahead = expected.exam is not None
        title = "Expected recall on exam day" if is_ahead else "Expected recall today"
        self._heading(title)
        figures = headline(expected)
        told = "; ".join(f"{one.words} {one.caption}" for one in figures)
        met = f"{count_of(expected.seen, 'question')} of {expected.total:,} met"
        self._y += 6
        self._wrapped(f"{told or 'Nothing was asked yet'}; {met}", 9)
        self._y += 2.5
        self._draw_topic_headings()
        for topic in expected.topics[:_MOST_TOPICS]:
            self._draw_topic(topic)
        left = len(expected.topics) - _MOST_TOPICS
        if left > 0:
            self._text(_SIDE, self._y, _WIDE, f"and {count_of(left, 'topic')} more", 8.5, "muted")
            self._y += 5
        if any(topic.guessed and not topic.seen for topic in expected.topics[:_MOST_TOPICS]):
            self._text(_SIDE, self._y, _WIDE, GUESSED, 8.5, "muted")
            self._y += 5
        self._y += 4

    def _draw_topic(self, topic: TopicFigure) -> None:
        paper, dots = self._paper, self._paper.dots
        self._text(_SIDE, self._y, _BAR - 2, topic.title, 9)
        bar = QRectF(dots(_SIDE + _BAR), dots(self._y + 0.7), dots(_NOW - _BAR - 4), dots(3))
        paper.painter.setBrush(QColor(_EMPTY))
        paper.painter.setPen(Qt.PenStyle.NoPen)
        paper.painter.drawRect(bar)
        now, followed = min(topic.now, 1.0), min(topic.followed or 0.0, 1.0)
        for start, end, pattern in (
            (0.0, now, Pattern.PLAIN),
            (now, followed, Pattern.STRIPES),
        ):
            if end > start:
                part = QRectF(bar)
                part.setLeft(bar.left() + bar.width() * start)
                part.setRight(bar.left() + bar.width() * end)
                fill(paper.painter, part, paper.ink("primary"), pattern, dots(1.1))
        self._text(_SIDE + _NOW, self._y, _PLAN - _NOW, now_words(topic), 9)
        if topic.followed is not None:
            self._text(_SIDE + _PLAN, self._y, _WIDE - _PLAN, about(topic.followed), 9)
        self._y += 6

    def _draw_topic_headings(self) -> None:
        paper, dots = self._paper, self._paper.dots
        columns = [(_NOW, "Now", Pattern.PLAIN)]
        if self._report.expected.followed is not None:
            columns.append((_PLAN, "With the plan", Pattern.STRIPES))
        for x, title, pattern in columns:
            swatch = QRectF(dots(_SIDE + x), dots(self._y + 0.5), dots(2.6), dots(2.6))
            fill(paper.painter, swatch, paper.ink("primary"), pattern, dots(1.1))
            self._text(_SIDE + x + 4, self._y, 30, title, 8.5, "muted")
        self._y += 5.5

    def _draw_days_and_answers(self) -> None:
        self._heading("Study days, the last 12 weeks", width=80)
        self._heading("Marked answers", _SIDE + 92, 80)
        self._y += 7
        end = self._draw_days()
        self._draw_answers(_SIDE + 92, _WIDE - 92)
        self._y = end + 7

    def _draw_days(self) -> float:
        """The calendar; where it ends."""
        calendar, paper, dots = self._printed.calendar, self._paper, self._paper.dots
        left, cell, top = _SIDE + 10, 5.6, self._y + 4.4
        for column, day in month_columns(calendar.first, calendar.weeks):
            if column < calendar.weeks - 1:
                self._text(
                    left + column * cell, self._y, 15, MONTHS[day.month - 1][:3], 7.5, "muted"
                )
        for weekday in range(0, 7, 2):
            self._text(_SIDE, top + weekday * cell + 0.8, 10, WEEKDAYS[weekday][:3], 7.5, "muted")
        for number in range(7 * calendar.weeks):
            day = calendar.first + timedelta(days=number)
            if day > calendar.today:
                continue
            x, y = left + number // 7 * cell, top + number % 7 * cell
            place = QRectF(dots(x), dots(y), dots(cell - 0.7), dots(cell - 0.7))
            paper.painter.setPen(Qt.PenStyle.NoPen)
            paper.painter.setBrush(QColor(_EMPTY))
            paper.painter.drawRect(place)
            level = level_of(calendar.tally(day).reviews)
            if level:
                draw_level(paper.painter, place, level, paper.ink("primary"))
        end = top + 7 * cell + 0.8
        self._text(_SIDE, end, 82, "Fuller squares: more answers, up to 50 or more", 7.5, "muted")
        return end

    def _draw_answers(self, x: float, width: float) -> None:
        """All marked answers as one bar, with their numbers, and the last weeks in words."""
        answers, paper, dots = self._report.answers, self._paper, self._paper.dots
        counts = (answers.correct, answers.close, answers.wrong)
        y = self._y + 1
        bar = QRectF(dots(x), dots(y), dots(width), dots(6))
        if not answers.total:
            self._text(x, y, width, "None yet.", 9)
            return
        for (_, pattern), count in zip(_VERDICTS, counts, strict=True):
            part = QRectF(bar)
            part.setWidth(dots(width) * count / answers.total)
            if count:
                fill(paper.painter, part, paper.ink("primary"), pattern, dots(1.3))
            bar.moveLeft(part.right())
        y += 9
        for (verdict, pattern), count in zip(_VERDICTS, counts, strict=True):
            swatch = QRectF(QPointF(dots(x), dots(y + 0.4)), QPointF(dots(x + 3.4), dots(y + 3.8)))
            fill(paper.painter, swatch, paper.ink("primary"), pattern, dots(1.3))
            share = f", {about(count / answers.total)}" if count else ""
            told = f"{count:,} {verdict}{share}"
            self._text(x + 5.5, y, width - 5.5, told, 9)
            y += 5.4
        y += 2
        for week in [week for week in self._report.weeks if week.total][-3:]:
            told = (
                f"Week from {date_of(week.since)}: {week.right:,} of {week.total:,} right or close"
            )
            self._text(x, y, width, told, 8.5, "muted")
            y += 4.8

    def _draw_weakest(self) -> None:
        weakest = self._report.weakest
        self._heading("Weakest cards")
        self._y += 6.5
        if not weakest:
            self._text(_SIDE, self._y, _WIDE, self._printed.weakest_line, 9, "muted")
            return
        rows = (len(weakest) + 1) // 2
        for number, weak in enumerate(weakest):
            x, y = _SIDE + (number // rows) * 92, self._y + (number % rows) * 10
            self._text(x, y, 84, weak.title, 9)
            self._text(x, y + 4, 84, weak_words(weak, self._report.today), 8, "muted")
        self._y += rows * 10

    def _draw_foot(self) -> None:
        self._y = max(self._y + 3, _FOOT)
        self._rule(self._y)
        self._y += 2
        self._wrapped(MEANING, 8)
        self._y += 0.8
        self._wrapped(MADE_HERE, 8)
