"""Every page and dialog: named for a screen reader, reached by Tab, whole at every text size."""

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtWidgets import QApplication

from stalin_study.domain.self_test import How
from study_window import TestApp

SIZES = [(1280, 800, 100), (1024, 600, 100), (1280, 800, 150), (1024, 600, 200), (1280, 800, 200)]


def to_front(study):
    study.app.cards.show_hint()


def turn_over(study):
    study.window.show_page("cards")
    if not study.app.cards.state.is_flipped:
        study.app.cards.flip()


def to_back(study):
    turn_over(study)
    study.app.cards.toggle_note("c01p12")


def to_four_ratings(study):
    study.app.settings.change(ratings=4)
    turn_over(study)
    study.app.cards.rate(study.app.cards.state.ratings[0].rating)
    turn_over(study)


def to_reading(study):
    study.app.cards.listen()


def to_choosing(study):
    study.window.show_page("self_test")


def to_asking(study):
    study.window.show_page("self_test")
    for settle in (study.app.self_test.stop, study.app.self_test.new_session):
        settle()
    study.app.self_test.start()


def to_typing(study):
    for settle in (study.app.self_test.stop, study.app.self_test.new_session):
        settle()
    study.app.self_test.choose_how(How.TYPED)
    to_asking(study)


def to_wrong(study):
    to_typing(study)
    study.app.self_test.submit("1066 and all that")


def to_summary(study):
    to_wrong(study)
    study.app.self_test.stop()


def to_welcome(study):
    study.window.show_page("welcome")


def to_message(study):
    study.window.banner.add("Your progress cannot be saved here. Free some room on the disk.")


PAGES = [
    to_front,
    to_back,
    to_four_ratings,
    to_reading,
    to_choosing,
    to_asking,
    to_typing,
    to_wrong,
    to_summary,
    to_welcome,
    to_message,
]


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize("go", PAGES, ids=lambda go: go.__name__)
def test_a_page_can_be_heard_and_reached(study, go):
    go(study)
    QApplication.processEvents()
    assert unnamed(study.window) == []
    assert unreached(study.window) == []


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_nothing_is_cut_off(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    found = {}
    for go in PAGES:
        go(study)
        QApplication.processEvents()
        QApplication.processEvents()
        if cut := cut_off(study.window):
            found[go.__name__] = cut
    assert found == {}


def open_settings(study):
    study.app.dialogs.open_settings()


def open_help(study):
    study.app.dialogs.open_help(study.app.deck)


def open_sources(study):
    study.app.dialogs.open_sources(study.app.cards.state.card, study.app.deck)


@pytest.mark.parametrize("go", [open_settings, open_help, open_sources], ids=lambda go: go.__name__)
@pytest.mark.parametrize("percent", [100, 200])
def test_a_dialog_can_be_heard_reached_and_is_whole(study, go, percent):
    study.app.settings.change(text_percent=percent)
    go(study)
    QApplication.processEvents()
    dialog = study.app.dialogs.dialog
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []


def test_every_font_fits_as_well(study):
    for font in ("atkinson", "opendyslexic"):
        study.app.settings.change(font=font)
        for go in PAGES:
            go(study)
            QApplication.processEvents()
            QApplication.processEvents()
            assert cut_off(study.window) == [], (font, go.__name__)
