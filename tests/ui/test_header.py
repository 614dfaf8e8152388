"""The title of a page has room beside the pages to go to."""

import pytest
from PySide6.QtWidgets import QApplication

from stalin_study.ui.widgets.title_label import TitleLabel
from study_window import TestApp


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(1280, 800, 100), (1100, 700, 100), (1024, 600, 100), (1280, 800, 200), (1024, 600, 200)],
)
def test_every_title_of_a_card_is_whole(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    QApplication.processEvents()
    [title] = study.window.header.findChildren(TitleLabel)
    tops = set()
    for card in study.app.deck.cards:
        study.app.cards.show_card(card.id)
        QApplication.processEvents()
        assert " ".join(title.lines) == card.title
        tops.add(study.window.pages["cards"].y())
    assert len(tops) == 1, "the card stays where it is"


def test_a_title_without_room_ends_in_dots(study):
    [title] = study.window.header.findChildren(TitleLabel)
    title.setText("Collectivisation and what came of it in the end")
    title.resize(90, title.sizeHint().height())
    assert len(title.lines) == 2
    assert title.lines[-1].endswith("…")
    title.setText("")
    assert title.lines == ()
