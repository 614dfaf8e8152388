"""The title of a page has room beside the pages to go to."""

import pytest
from PySide6.QtWidgets import QApplication

from stalin_study.ui.widgets.elided_label import PathLabel
from stalin_study.ui.widgets.title_label import TitleLabel


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(1280, 800, 100), (1100, 700, 100), (1024, 600, 100), (1280, 800, 200), (1024, 600, 200)],
)
def test_every_title_of_a_card_is_whole(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    QApplication.processEvents()
    [title] = study.window.header.findChildren(TitleLabel)
    [where] = study.window.header.findChildren(PathLabel)
    tops, sizes = set(), set()
    for card in study.app.deck.cards:
        study.app.cards.show_card(card.id)
        QApplication.processEvents()
        assert " ".join(title.lines) == card.title
        sizes.add(title.font_drawn().pixelSize())
        assert f"Card {study.app.cards.state.number} of " in where.drawn()
        advance = where.fontMetrics().horizontalAdvance(where.drawn())
        assert advance <= where.width() or not where.isVisible()
        tops.add(study.window.pages["cards"].y())
    assert len(tops) == 1, "the card stays where it is"
    assert len(sizes) == 1, "and so does the size of its title"


def test_where_a_card_is_is_told_in_full_where_there_is_room(study):
    [where] = study.window.header.findChildren(PathLabel)
    card = study.app.deck.cards[-1]
    study.app.cards.show_card(card.id)
    QApplication.processEvents()
    assert where.drawn() == "Card 1 of 1"
    assert where.text() == "Religion and nationalities  ›  Card 1 of 1", "as it is said"
    study.window.resize(1900, 900)
    QApplication.processEvents()
    assert where.drawn() == where.text()


def test_a_title_without_room_ends_in_dots(study):
    [title] = study.window.header.findChildren(TitleLabel)
    title.setText("Collectivisation and what came of it in the end")
    title.resize(90, title.sizeHint().height())
    assert len(title.lines) == 2
    assert title.lines[-1].endswith("…")
    title.setText("")
    assert title.lines == ()
