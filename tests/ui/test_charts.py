"""The charts: what they write, where, and what is pointed at; and their panel with its table."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from stalin_study.domain.progress_report import TopicFigure
from stalin_study.domain.progress_wording import day_words
from stalin_study.domain.study_figures import StudyCalendar, calendar_of
from stalin_study.domain.study_history import DayTally, History
from stalin_study.services.settings import Settings
from stalin_study.services.themes import THEME_NAMES, ThemeShelf
from stalin_study.ui.charts.calendar_chart import HINT, CalendarChart
from stalin_study.ui.charts.chart import Series
from stalin_study.ui.charts.columns import Column, Columns
from stalin_study.ui.charts.patterns import Pattern, fill
from stalin_study.ui.charts.recall_bars import RecallBars
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.chart_panel import AS_CHART, AS_TABLE, ChartPanel

KEY = Qt.Key
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
EXAM = TODAY + 40 * DAY
HISTORY = History(
    {TODAY - n * DAY: DayTally(4 * n + 1, 60.0 * n) for n in range(0, 40, 2)}, is_known=True
)
CALENDAR = calendar_of(HISTORY, TODAY, EXAM)
VERDICTS = (
    Series("Correct", "good"),
    Series("Close", "warn", Pattern.STRIPES),
    Series("Wrong", "bad", Pattern.DOTS),
)
TOPICS = (
    TopicFigure("A topic with quite a long title, as topics have them", 0.6, 0.9, 3, 9),
    TopicFigure("Short", 0.0, 0.8, 0, 4),
)


@pytest.fixture
def holder(qapp):
    """A window to put a chart in; `look` changes its theme and text."""
    made = QWidget()
    made.column = QVBoxLayout(made)
    made.column.setContentsMargins(0, 0, 0, 0)
    shelf = ThemeShelf(RESOURCES / "themes")
    appearance = Appearance(qapp, RESOURCES, shelf.take, Settings(theme="light"), lambda: False)
    made.appearance = appearance
    made.look = lambda **wishes: appearance.apply(Settings(**{"theme": "light", **wishes}))

    def put(chart, width=700):
        made.column.addWidget(chart)
        made.resize(width, 400)
        made.show()
        made.activateWindow()
        QApplication.processEvents()
        return chart

    made.put = put
    yield made
    made.close()
    made.deleteLater()
    appearance.deleteLater()


def colours_in(image: QImage, rect: QRectF):
    step = 2
    points = (
        (x, y)
        for x in range(round(rect.left()) + 2, round(rect.right()) - 2, step)
        for y in range(round(rect.top()) + 2, round(rect.bottom()) - 2, step)
    )
    return {image.pixelColor(*point).name() for point in points}


# Columns


def columns_of(*values, labels=None):
    return tuple(
        Column(labels[n] if labels else f"{n + 1} Nov", (value,), f"{value}", f"tip {n}")
        for n, value in enumerate(values)
    )


def test_columns_without_any_take_no_room(holder):
    chart = holder.put(Columns(holder.appearance, VERDICTS))
    assert (chart.height_at(700), chart.tip_at(50)) == (0, "")
    chart.show_columns((Column("a", (1, 0, 2)),))
    assert chart.height_at(700) > 150


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("width", [260, 480, 860])
def test_names_below_columns_do_not_run_into_each_other(holder, percent, width):
    holder.look(text_percent=percent)
    labels = [f"{n} Sept" for n in range(1, 27)]
    chart = Columns(holder.appearance, (Series("All", "primary"),))
    chart.show_columns(columns_of(*range(26), labels=labels))
    holder.put(chart, width)
    metrics = QFontMetricsF(chart.small(600))
    written, step = chart.written, chart._step()
    slot = chart._slot(chart._plot())
    assert written[0] == labels[0]
    if len(written) > 1:
        assert max(map(metrics.horizontalAdvance, written)) < slot * step


def test_a_wide_chart_names_every_column_and_a_narrow_one_some(holder):
    chart = Columns(holder.appearance, (Series("All", "primary"),))
    chart.show_columns(columns_of(*range(14)))
    holder.put(chart, 860)
    assert len(chart.written) == 14
    holder.resize(300, 300)
    QApplication.processEvents()
    assert 1 <= len(chart.written) < 14


def test_the_words_on_top_stand_above_the_column_and_below_the_legend(holder):
    chart = Columns(holder.appearance, VERDICTS)
    chart.show_columns((Column("a", (50, 20, 30), "70 %"), Column("b", (1, 0, 0), "over 95 %")))
    holder.put(chart)
    line = QFontMetricsF(chart.small(600)).height()
    plot = chart._plot()
    assert chart._ticks()[-1] >= 100
    assert plot.top() - line >= chart._legend_room(chart.width())


def test_words_on_top_are_left_out_where_they_have_no_room(holder):
    chart = Columns(holder.appearance, (Series("All", "primary"),))
    chart.show_columns(tuple(Column("x", (n,), "over 95 %") for n in range(1, 27)))
    holder.put(chart, 400)
    assert not chart._has_tops(chart._slot(chart._plot()))
    holder.resize(3000, 300)
    QApplication.processEvents()
    assert chart._has_tops(chart._slot(chart._plot()))


def test_the_pointer_hears_of_its_column(holder):
    chart = Columns(holder.appearance, (Series("All", "primary"),), least=8)
    chart.show_columns(columns_of(3, 4))
    holder.put(chart)
    plot = chart._plot()
    slot = chart._slot(plot)
    assert [chart.tip_at(plot.left() + slot * (n + 0.5)) for n in range(3)] == [
        "tip 0",
        "tip 1",
        "",
    ]
    assert chart.tip_at(1) == ""


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_verdicts_differ_without_colour(holder, theme):
    """Plain, striped and dotted: a part that is not plain shows what is behind it."""
    holder.look(theme=theme)
    chart = Columns(holder.appearance, VERDICTS)
    chart.show_columns((Column("a", (10, 10, 10)),))
    holder.put(chart)
    image = chart.grab().toImage()
    plot = chart._plot()
    part = plot.height() * 10 / chart._ticks()[-1]
    middle = plot.left() + chart._slot(plot) / 2
    behind = holder.appearance.look.colour("bg").name()
    shown = []
    for number, series in enumerate(VERDICTS):
        top = plot.bottom() - (number + 1) * part
        seen = colours_in(image, QRectF(middle - 12, top, 24, part).adjusted(0, 3, 0, -1))
        assert holder.appearance.look.colour(series.role).name() in seen
        shown.append(behind in seen)
    assert shown == [False, True, True]


# Recall by topic


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("width", [300, 520, 860])
def test_words_of_topics_stand_above_their_bars_and_beside_each_other(holder, percent, width):
    holder.look(text_percent=percent)
    chart = RecallBars(holder.appearance)
    chart.show_topics(TOPICS)
    rows = list(chart._rows(width))
    for row in rows:
        places = (row.title, row.words, row.bar)
        assert not any(one.intersects(other) for one, other in combinations(places, 2))
        assert max(row.title.bottom(), row.words.bottom()) <= row.bar.top()
        assert row.bar.right() <= width
    assert all(before.bar.bottom() < after.title.top() for before, after in pairwise(rows))
    assert chart.height_at(width) >= rows[-1].bar.bottom()


def test_bars_have_a_legend_only_with_a_plan(holder):
    chart = RecallBars(holder.appearance)
    assert chart.height_at(500) == 0
    chart.show_topics(TOPICS)
    with_plan = chart.height_at(860)
    chart.show_topics(tuple(TopicFigure(one.title, one.now, None, 1, 4) for one in TOPICS))
    assert not chart.has_plan
    assert chart.height_at(860) < with_plan


def test_a_bar_is_as_long_as_its_share_and_the_plan_goes_on_from_there(holder):
    chart = RecallBars(holder.appearance)
    chart.show_topics((TopicFigure("T", 0.5, 0.9, 1, 1),))
    holder.put(chart, 800)
    image = chart.grab().toImage()
    [row] = chart._rows(chart.width())
    look, bar = holder.appearance.look, row.bar

    def seen(start, end):
        left, width = bar.left() + bar.width() * start, bar.width() * (end - start)
        return colours_in(image, QRectF(left, bar.top(), width, bar.height()))

    assert seen(0.05, 0.45) == {look.colour("primary").name()}
    striped = seen(0.55, 0.85)
    assert look.colour("surface2").name() in striped
    assert len(striped) > 1
    assert seen(0.93, 0.98) == {look.colour("surface2").name()}


# The calendar


@pytest.fixture
def calendar(holder):
    chart = CalendarChart(holder.appearance)
    chart.show_calendar(CALENDAR)
    return holder.put(chart)


def press(chart, key, times=1):
    for _ in range(times):
        QTest.keyClick(chart.map, key)
    return chart.map.pointed


def test_arrows_go_from_day_to_day_and_the_line_says_what_was_done(calendar):
    calendar.map.setFocus()
    assert calendar.map.pointed == TODAY
    assert press(calendar, KEY.Key_Up) == TODAY - DAY
    assert press(calendar, KEY.Key_Left) == TODAY - 8 * DAY
    assert calendar.line == "Tuesday 17 November: 33 answers, 8 minutes"
    assert calendar.map.accessibleDescription() == calendar.line
    assert press(calendar, KEY.Key_Right) == TODAY - DAY
    assert press(calendar, KEY.Key_Down, 2) == TODAY + DAY
    assert press(calendar, KEY.Key_Home) == CALENDAR.first
    assert press(calendar, KEY.Key_Up) == CALENDAR.first
    assert press(calendar, KEY.Key_Left) == CALENDAR.first
    assert press(calendar, KEY.Key_End) == TODAY
    assert press(calendar, KEY.Key_Down, 300) == CALENDAR.last


def test_the_line_goes_back_to_its_hint_when_the_keyboard_leaves(calendar):
    calendar.map.setFocus()
    calendar.map.clearFocus()
    assert (calendar.map.pointed, calendar.line) == (None, HINT)


def test_keys_that_it_has_no_use_for_are_left_to_the_page(calendar):
    calendar.map.setFocus()
    QTest.keyClick(calendar.map, KEY.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(calendar.map, KEY.Key_PageDown)
    assert calendar.map.pointed == TODAY


def test_the_pointer_comes_to_a_day_and_goes(calendar):
    place = calendar.map.place_of(EXAM).center().toPoint()
    QTest.mouseMove(calendar.map, place)
    assert calendar.line == day_words(CALENDAR, EXAM)
    assert "your exam" in calendar.line
    QTest.mouseMove(calendar, QPoint(1, calendar.height() - 2))
    QApplication.processEvents()
    assert calendar.map.day_at(QPointF(0, 0)) is None


def test_each_day_is_found_where_it_is_drawn(calendar):
    day = CALENDAR.first
    while day <= CALENDAR.last:
        assert calendar.map.day_at(calendar.map.place_of(day).center()) == day
        day += DAY


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [240, 420, 860])
def test_in_a_narrow_window_the_oldest_weeks_give_way_and_today_stays(holder, percent, width):
    holder.look(text_percent=percent)
    long_ago = History({TODAY - 400 * DAY: DayTally(3, 9.0), **HISTORY.days})
    whole = calendar_of(long_ago, TODAY, TODAY + 150 * DAY)
    chart = CalendarChart(holder.appearance)
    chart.show_calendar(whole)
    holder.put(chart, width)
    this = (TODAY - whole.first) // (7 * DAY)
    assert this in chart.map.weeks_shown
    last = whole.first + (7 * chart.map.weeks_shown.stop - 1) * DAY
    assert chart.map.place_of(last).right() <= chart.map.width() + 1
    if len(chart.map.weeks_shown) < whole.weeks:
        assert chart.map.place_of(whole.first).isEmpty() or chart.map.weeks_shown.start == 0


def test_a_day_that_is_gone_is_no_longer_pointed_at(calendar):
    calendar.map.setFocus()
    press(calendar, KEY.Key_Home)
    calendar.show_calendar(StudyCalendar(TODAY - TODAY.weekday() * DAY, 16, TODAY))
    assert (calendar.map.pointed, calendar.line) == (None, HINT)


def test_busier_days_are_fuller_as_well_as_stronger(calendar):
    image = calendar.map.grab().toImage()
    filled = []
    for reviews in (1, 9, 25, 57):
        day = next(day for day, tally in HISTORY.days.items() if tally.reviews == reviews)
        place = calendar.map.place_of(day)
        empty = calendar.map._appearance.look.colour("surface2").name()
        points = [
            image.pixelColor(x, y).name()
            for x in range(round(place.left()) + 3, round(place.right()) - 3)
            for y in range(round(place.top()) + 3, round(place.bottom()) - 3)
        ]
        filled.append(sum(colour != empty for colour in points) / len(points))
    assert filled == sorted(filled)
    assert filled[0] < filled[-1]


# The panel


@pytest.fixture
def panel(holder):
    chart = Columns(holder.appearance, (Series("All", "primary"),))
    chart.show_columns(columns_of(3, 4))
    made = ChartPanel(holder.appearance, chart)
    rows = (("1 Nov", "3"), ("2 Nov", "4"))
    made.show_chart("Answers", "Seven in all.", ("Day", "Answers"), rows)
    return holder.put(made)


def button_of(panel):
    [button] = panel.findChildren(PushButton)
    return button


def test_a_panel_says_what_its_chart_shows(panel):
    assert panel.chart.accessibleName() == "Answers"
    assert panel.chart.accessibleDescription() == "Seven in all."
    assert [label.text() for label in panel.findChildren(QLabel)] == ["Answers", "Seven in all."]
    assert button_of(panel).accessibleName() == f"{AS_TABLE}: Answers"


def test_the_table_takes_the_place_of_the_chart_and_back(panel):
    button = button_of(panel)
    assert (panel.chart.isVisible(), panel.table.isVisible()) == (True, False)
    button.click()
    assert (panel.chart.isVisible(), panel.table.isVisible()) == (False, True)
    assert button.text() == AS_CHART
    assert [panel.table.item(1, n).text() for n in (0, 1)] == ["2 Nov", "4"]
    assert panel.table.accessibleName() == "Answers, as a table"
    button.click()
    assert (panel.chart.isVisible(), button.text()) == (True, AS_TABLE)


def test_the_table_follows_new_figures_while_it_is_in_view(panel):
    button_of(panel).click()
    panel.show_chart("Answers", "Five.", ("Day", "Answers"), (("3 Nov", "5"),))
    assert (panel.table.rowCount(), panel.table.item(0, 1).text()) == (1, "5")
    panel.show_chart("Answers", "None yet.", ("Day", "Answers"), ())
    assert not panel.table.isVisible()
    assert not button_of(panel).isVisible()


def test_the_keyboard_walks_through_the_table_and_tab_leaves_it(panel):
    button_of(panel).click()
    panel.table.setFocus()
    assert panel.table.currentRow() == 0
    QTest.keyClick(panel.table, KEY.Key_Down)
    assert panel.table.currentRow() == 1
    QTest.keyClick(panel.table, KEY.Key_Tab)
    assert not panel.table.hasFocus()


@pytest.mark.parametrize("percent", [100, 200])
def test_a_table_has_room_for_its_words(holder, panel, percent):
    holder.look(text_percent=percent)
    rows = tuple((f"A rather long name of a topic number {n}", "about 80 %") for n in range(30))
    panel.show_chart("Topics", "Thirty.", ("Topic", "Now"), rows)
    button_of(panel).click()
    holder.resize(500, 900)
    QApplication.processEvents()
    table = panel.table
    widths = [table.columnWidth(column) for column in (0, 1)]
    assert sum(widths) <= table.viewport().width()
    for row in range(3):
        text = table.item(row, 0).text()
        room = QRectF(0, 0, widths[0] - 8, 10_000)
        wanted = QFontMetricsF(table.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        assert table.rowHeight(row) >= wanted.height()


# Patterns


@pytest.mark.parametrize("pattern", list(Pattern))
def test_a_fill_stays_in_its_rectangle(qapp, pattern):
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    fill(painter, QRectF(20, 20, 20, 20), QColor("black"), pattern, 6, 3)
    painter.end()
    dark = [
        (x, y) for x in range(60) for y in range(60) if image.pixelColor(x, y) != QColor("white")
    ]
    assert dark
    assert all(20 <= x < 40 and 20 <= y < 40 for x, y in dark)
    is_solid = image.pixelColor(30, 30) == QColor("black") and len(dark) > 380
    assert is_solid is (pattern is Pattern.PLAIN)
