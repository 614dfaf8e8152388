"""Plots of number series: where values and names stand, and what is said of them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from stalin_study.domain.deck import Figure, FigureRow
from stalin_study.domain.figure_groups import figure_groups
from stalin_study.services.library import load_deck
from stalin_study.services.settings import Settings
from stalin_study.services.themes import THEME_NAMES, ThemeShelf
from stalin_study.ui.charts.figure_plot import FigurePlot
from stalin_study.ui.charts.marks import mark_of
from stalin_study.ui.theme.appearance import Appearance

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"


def figure(title, *values):
    rows = tuple(FigureRow(year, value) for year, value in values)
    return Figure(title.lower(), title, "million tonnes", rows, ("S1",), "")


GRAIN = figure_groups(
    [
        figure("Grain, revised Soviet figures", (1913, 76.5), (1928, 73), (1929, 72), (1930, 84)),
        figure("Grain, low Western estimate", (1928, 63), (1929, 62), (1930, 83)),
    ]
)[0]


@pytest.fixture(scope="module")
def shipped():
    [deck] = (path for path in (ROOT / "cards").iterdir() if (path / "deck.toml").exists())
    loaded = load_deck(deck)
    assert loaded.deck is not None
    return figure_groups(loaded.deck.figures)


@pytest.fixture
def put(qapp):
    shelf = ThemeShelf(RESOURCES / "themes")
    appearance = Appearance(qapp, RESOURCES, shelf.take, Settings(theme="light"), lambda: False)
    windows = []

    def place(group, width=800, **look):
        appearance.apply(Settings(**{"theme": "light", **look}))
        window = QWidget()
        windows.append(window)
        plot = FigurePlot(appearance, group)
        plot.setParent(window)
        plot.resize(width, plot.height_at(width))
        window.resize(width, plot.height())
        window.show()
        QApplication.processEvents()
        return plot

    yield place
    for window in windows:
        window.close()
        window.deleteLater()
    appearance.deleteLater()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [300, 560, 828])
def test_values_years_and_names_stay_inside_and_apart(put, shipped, width, percent):
    for group in shipped:
        plot = put(group, width, text_percent=percent)
        inside, area = QRectF(plot.rect()), plot._plot()
        assert area.height() > 100
        for _, _, _, at in plot.points():
            assert area.adjusted(-0.5, -0.5, 0.5, 0.5).contains(at)
        names = plot.name_places()
        assert len(names) in (0, len(group.series))
        for one, other in combinations(names, 2):
            assert not one.intersects(other)
        for name in names:
            assert inside.contains(name)
        years = plot._years()
        metrics = QFontMetricsF(plot.small())
        step = area.width() / (len(years) - 1)
        assert step > metrics.horizontalAdvance("0000")
        assert area.right() + metrics.horizontalAdvance("0000") / 2 <= plot.width() + 1


def test_names_stand_beside_the_lines_or_above_a_narrow_plot(put):
    assert len(put(GRAIN, 800).name_places()) == 2
    narrow = put(GRAIN, 320)
    assert narrow.name_places() == ()
    assert narrow.height_at(320) > narrow.height_at(800)


def test_the_scale_begins_at_nothing_and_holds_every_value(put):
    ticks = put(GRAIN)._ticks()
    assert ticks[0] == 0
    assert ticks[-1] >= 84


def test_a_value_is_told_under_the_pointer_and_nothing_far_away(put):
    plot = put(GRAIN)
    _, _, _, at = next(plot.points())
    near = QPointF(at.x() + 3, at.y() - 3)
    assert plot.tip_at(near) == "Revised Soviet figures, 1913: 76.5 million tonnes"
    assert plot.tip_at(QPointF(at.x() + 80, at.y() + 60)) == ""


def test_no_line_crosses_the_missing_years(put):
    plot = put(GRAIN)
    image = plot.grab().toImage()
    (_, _, _, lone), (_, _, _, first) = list(plot.points())[:2]
    middle = (lone.x() + first.x()) / 2
    colour = plot._appearance.look.colour("primary").name()
    low, high = sorted((lone.y(), first.y()))
    column = {image.pixelColor(round(middle), y).name() for y in range(int(low) - 4, int(high) + 5)}
    assert colour not in column


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_each_series_has_its_colour_and_shape(put, theme):
    plot = put(GRAIN, theme=theme)
    image = plot.grab().toImage()
    seen = {number: at for number, _, row, at in plot.points() if row.year == 1929}
    for number, at in seen.items():
        wanted = plot._appearance.look.colour(mark_of(number).role).name()
        assert image.pixelColor(round(at.x()), round(at.y())).name() == wanted
    assert mark_of(0).shape != mark_of(1).shape
