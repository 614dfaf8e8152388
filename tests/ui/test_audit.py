"""Every page and dialog: named for a screen reader, reached by Tab, whole at every text size."""

from datetime import date
from random import Random

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtWidgets import QApplication

from pupils import six_weeks
from self_test_kinds import answer, begin, right_answer, to_choosing, wrong_answer
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.review_log import Rating, Way
from stalin_study.domain.self_test.choosing import Asked, How, Picked
from stalin_study.domain.self_test.making import make_task
from stalin_study.domain.self_test.tasks import Answer
from stalin_study.ui.widgets.buttons import PushButton
from stalin_study.ui.widgets.plan_panel import PlanPanel

SOON = date(2026, 12, 18)  # the plan of a far exam takes long to make, at every change
SIZES = [(1280, 800, 100), (1024, 600, 100), (1280, 800, 150), (1024, 600, 200), (1280, 800, 200)]


def to_today(study):
    study.window.show_page("today")


def to_a_kept_day(study):
    study.app.settings.change(exam_date=SOON)
    study.app.reviews.open()
    study.now.advance(days=-4)
    study.app.reviews.record("c01q01", Way.TYPED, Rating.GOOD, took_ms=4000)
    study.now.advance(days=4)
    study.app.reviews.annotate("party-machine", AnnotationKind.HARD, "yes")
    study.window.show_page("today")


def to_a_done_day(study):
    to_a_kept_day(study)
    study.app.settings.change(minutes_a_day=1)
    study.app.reviews.record("c01q02", Way.TYPED, Rating.GOOD, took_ms=90_000)


def to_a_day_with_a_test_left(study):
    to_the_plan(study)
    begin(study, How.MIXED, 20)
    answer(study, right_answer(study.app.self_test.state.task))
    study.app.self_test.stop()
    study.app.self_test.new_session()
    study.window.show_page("today")
    assert study.app.today.state.instead


def to_explore(view):
    def go(study):
        study.app.listening.stop()
        study.window.show_page("explore")
        study.window.pages["explore"].view_chosen.emit(view)

    go.__name__ = f"explore_{view}"
    return go


def to_no_progress(study):
    study.window.show_page("progress")


def to_progress(study):
    study.app.settings.change(exam_date=SOON)
    study.app.reviews.open()
    if len(study.app.reviews.memory_states) < 20:
        entries = six_weeks(study.app.deck, study.now())
        study.app.reviews.run(
            lambda writer: writer.change(lambda store: store.add_entries(entries)),
            lambda _: None,
            pytest.fail,
        )
    study.window.show_page("progress")


def to_tables_of_progress(study):
    to_progress(study)
    for button in study.window.pages["progress"].findChildren(PushButton):
        if button.text() == "Show as a table":
            button.click()


def to_hard_with_note(study):
    # A plan for each of the answers that are to come would take long.
    study.app.settings.change(exam_date=None)
    card = study.app.cards.state.card.id
    study.app.reviews.annotate(card, AnnotationKind.HARD, "yes")
    study.app.reviews.annotate(card, AnnotationKind.NOTE, "Ask about the Troika. " * 4)
    turn_over(study)
    study.app.cards.open_note()


def to_places_of_a_search(study):
    study.app.cards.close_note()
    study.window.sidebar.search.setText("trotsky")
    turn_over(study)


def to_front(study):
    study.window.sidebar.search.clear()
    study.window.show_page("cards")
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


def to_listen(study):
    study.app.listening.stop()
    study.window.show_page("listen")
    study.app.listen.page.show_mode("listen")


def to_a_playlist(study):
    to_listen(study)
    study.app.listen.listen.play_track(1)
    study.speech.answer_all()
    study.player.position_changed.emit(300)


def to_hands_free(study):
    to_listen(study)
    study.app.listen.page.show_mode("hands_free")


def to_thinking(study):
    to_hands_free(study)
    study.app.listen.hands_free.start("deck")
    study.speech.answer_all()
    while study.app.listening.state.phase != "thinking":
        study.player.end()
        study.speech.answer_all()


def to_heard_answer(study):
    to_thinking(study)
    study.app.listen.hands_free.knew()
    study.speech.answer_all()


def to_the_plan(study):
    study.app.settings.change(exam_date=SOON)
    study.app.reviews.open()
    to_choosing(study)
    panel = study.window.pages["self_test"].choosing.findChild(PlanPanel)
    if "Why" in panel.findChild(PushButton).text():
        panel.findChild(PushButton).click()


def to_asking(how):
    def go(study):
        begin(study, how)

    go.__name__ = f"asking_{how.value}"
    return go


def to_right(how):
    def go(study):
        answer(study, right_answer(begin(study, how)))

    go.__name__ = f"right_{how.value}"
    return go


def to_wrong(how):
    def go(study):
        answer(study, wrong_answer(begin(study, how)))

    go.__name__ = f"wrong_{how.value}"
    return go


def to_marking(how):
    def go(study):
        study.app.self_test.submit(right_answer(begin(study, how)))

    go.__name__ = f"marking_{how.value}"
    return go


def to_close(study):
    to_choosing(study)
    card, question = study.app.deck.questions_by_id["c02q09"]
    task = make_task(Asked(card, question), Way.TYPED, Random(1))
    study.app.self_test.begin((task, task))
    answer(study, Answer(text="Bukahrin"))
    assert study.app.self_test.state.phase == "retyping"


def to_claim(study):
    to_wrong(How.TYPED)(study)


def to_summary(study):
    for how in (How.ORDER, How.MATCH, How.BLURT):
        to_wrong(how)(study)
    study.app.self_test.stop()


def to_a_summary_of_nothing(study):
    begin(study, How.TYPED)
    study.app.self_test.stop()


def to_an_offer(study):
    to_left(study)
    study.app.choosing.offer(
        Picked("All on my weakest cards", frozenset(study.app.deck.cards_by_id))
    )
    assert study.app.choosing.state.offers


def to_left(study):
    to_wrong(How.TYPED)(study)
    to_choosing(study)
    assert study.app.choosing.state.left


def to_welcome(study):
    study.window.show_page("welcome")


def to_message(study):
    study.window.banner.add("Your progress cannot be saved here. Free some room on the disk.")


PAGES = [
    to_today,
    to_a_kept_day,
    to_a_day_with_a_test_left,
    to_a_done_day,
    *(to_explore(view) for view in ("timeline", "figures", "people", "terms")),
    to_no_progress,
    to_progress,
    to_tables_of_progress,
    to_hard_with_note,
    to_places_of_a_search,
    to_front,
    to_back,
    to_four_ratings,
    to_reading,
    to_listen,
    to_a_playlist,
    to_hands_free,
    to_thinking,
    to_heard_answer,
    to_choosing,
    to_the_plan,
    *(to(how) for how in How for to in (to_asking, to_right, to_wrong)),
    *(to_marking(how) for how in (How.BLURT, How.EXAM)),
    to_close,
    to_claim,
    to_summary,
    to_a_summary_of_nothing,
    to_left,
    to_an_offer,
    to_welcome,
    to_message,
]


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
        for _ in range(12):  # a scroll bar that comes up makes lines break anew
            QApplication.processEvents()
        if cut := cut_off(study.window):
            found[go.__name__] = cut
    assert found == {}


def open_settings(study):
    study.app.dialogs.open_settings()


def open_help(study):
    study.app.dialogs.open_help(study.app.deck)


def open_licences(study):
    study.app.dialogs.open_licences()


def open_sources(study):
    study.app.dialogs.open_sources(study.app.cards.state.card, study.app.deck)


def open_listening(study):
    study.window.show_page("listen")
    study.app.listen.page.options_requested.emit()


def open_export(study):
    study.window.show_page("listen")
    study.app.dialogs.open_export(study.app.listen.export, "deck")


def open_progress(study):
    study.app.reviews.open()
    study.app.reviews.record("c01q01", Way.TYPED, Rating.GOOD)
    study.app.backing_up.back_up("asked")
    study.app.dialogs.open_settings()
    study.app.dialogs.dialog.progress_requested.emit()


def open_profiles(study):
    study.app.dialogs.open_settings()
    study.app.dialogs.dialog.profiles_requested.emit()


def open_printing(study):
    study.window.pages["cards"].print_requested.emit()


DIALOGS = [
    open_progress,
    open_profiles,
    open_printing,
    open_settings,
    open_help,
    open_licences,
    open_sources,
    open_listening,
    open_export,
]


@pytest.mark.parametrize("go", DIALOGS, ids=lambda go: go.__name__)
@pytest.mark.parametrize("percent", [100, 200])
def test_a_dialog_can_be_heard_reached_and_is_whole(study, go, percent):
    study.app.settings.change(text_percent=percent)
    go(study)
    QApplication.processEvents()
    dialog = study.app.dialogs.dialog
    assert unnamed(dialog) == []
    assert unreached(dialog) == []
    assert cut_off(dialog) == []


@pytest.mark.parametrize("font", ["atkinson", "opendyslexic"])
def test_every_font_fits_as_well(study, font):
    study.app.settings.change(font=font)
    for go in PAGES:
        go(study)
        for _ in range(12):
            QApplication.processEvents()
        assert cut_off(study.window) == [], go.__name__
