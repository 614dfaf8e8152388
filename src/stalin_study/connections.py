"""Connects pages with their presenters, and the window with everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from stalin_study.domain.deck import Deck
from stalin_study.domain.wording import count_of, exam_countdown
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.leaving import LeavingPresenter
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.self_test.plan_view import sidebar_line
from stalin_study.presenters.today import TodayPresenter
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.library import LoadedDeck
from stalin_study.services.settings import PupilSettings, Settings
from stalin_study.study_app import Later, ListenParts, SelfTestParts, StudyApp
from stalin_study.ui.theme.appearance import Appearance

if TYPE_CHECKING:
    from stalin_study.ui.pages.cards_page import CardsPage
    from stalin_study.ui.pages.welcome_page import WelcomePage

Clock = Callable[[], datetime]
NAMES = {
    "today": "Today",
    "self_test": "Self-test",
    "listen": "Listen",
    "progress": "Progress",
    "explore": "Explore",
}


def cards_page(
    appearance: Appearance, deck: Deck, cards: CardsPresenter, listening: ListeningPresenter
) -> CardsPage:
    """The Cards page, connected."""
    from stalin_study.domain.terms import TermFinder
    from stalin_study.ui.pages.cards_page import CardsPage

    page = CardsPage(appearance, TermFinder(deck.terms))
    page.flip_requested.connect(cards.flip)
    page.rating_chosen.connect(cards.rate)
    page.next_requested.connect(cards.next_card)
    page.previous_requested.connect(cards.previous_card)
    page.undo_requested.connect(cards.undo)
    page.every_point_chosen.connect(cards.show_every_point)
    page.note_requested.connect(cards.toggle_note)
    page.meaning_requested.connect(cards.toggle_meaning)
    page.hint_requested.connect(cards.show_hint)
    page.listen_requested.connect(cards.listen)
    page.word_chosen.connect(listening.seek_word)
    page.test_requested.connect(cards.test_me)
    page.hard_requested.connect(cards.toggle_hard)
    page.own_note_open_requested.connect(cards.open_note)
    page.own_note_close_requested.connect(cards.close_note)
    page.own_note_written.connect(cards.write_note)
    page.place_step_requested.connect(cards.step_place)
    cards.state_changed.connect(page.render_state)
    listening.state_changed.connect(page.render_listening)
    page.render_state(cards.state)
    return page


def welcome_page(
    appearance: Appearance, settings: PupilSettings, cards: int, now: Clock
) -> WelcomePage:
    """The welcome, connected."""
    from stalin_study.ui.pages.welcome_page import WelcomePage

    page = WelcomePage(appearance, now().astimezone().date(), cards)
    page.setting_chosen.connect(lambda name, value: settings.change(**{name: value}))
    settings.settings_changed.connect(page.render_settings)
    page.render_settings(settings.settings)
    return page


def connect_window(app: StudyApp, loaded: LoadedDeck, notice: str) -> None:
    """Connect what the window has around its pages."""
    window, listening, dialogs = app.window, app.listening, app.dialogs
    choices = app.reading_choices
    bar, banner = window.listening_bar, window.banner
    bar.next_requested.connect(listening.next_sentence)
    bar.previous_requested.connect(listening.previous_sentence)
    bar.next_track_requested.connect(listening.next_track)
    bar.previous_track_requested.connect(listening.previous_track)
    bar.seek_requested.connect(listening.seek)
    bar.sleep_chosen.connect(listening.set_sleep)
    bar.speed_chosen.connect(choices.choose_speed)
    bar.volume_chosen.connect(choices.choose_volume)
    bar.repeat_chosen.connect(choices.choose_repeat)
    listening.state_changed.connect(bar.render_state)
    bar.render_state(listening.state)
    window.first_painted.connect(lambda: connect_remote(app))
    window.toggle_reading_requested.connect(listening.toggle)
    window.stop_reading_requested.connect(listening.stop)
    window.settings_requested.connect(dialogs.open_settings)
    window.help_requested.connect(lambda: dialogs.open_help(app.deck))
    window.first_painted.connect(app.open_progress)
    window.closing.connect(app.close)

    leaving = app.leaving = LeavingPresenter(app.reviews, window)
    window.may_close = leaving.leave
    leaving.asked.connect(lambda: dialogs.open_leaving(leaving))
    leaving.left.connect(window.close)
    reviews, settings = app.reviews, app.settings
    for told in (reviews.opened, reviews.saving_failed, settings.saving_failed, leaving.told):
        told.connect(banner.add)
    for passed in (reviews.problem_passed, settings.problem_passed):
        passed.connect(banner.remove)
    appearance = app.appearance
    # Not at once: it may be found while something is painted.
    appearance.damage_found.connect(banner.add, Qt.ConnectionType.QueuedConnection)
    window.first_painted.connect(lambda: appearance.look_again(app.jobs[-1]))
    notices = (settings.notice, app.profiles.notice, appearance.notice, _deck_notice(loaded))
    for sentence in (notice, *notices):
        banner.add(sentence)


def connect_remote(app: StudyApp) -> None:
    """Have media keys and the desktop steer the reading; not needed for the first paint."""
    from stalin_study.presenters.listening.remote import ReadingRemote
    from stalin_study.services.mpris import MprisPlayer
    from stalin_study.ui.media_keys import add_media_keys, bring_up

    if app.is_closed:
        return
    window = app.window
    remote = ReadingRemote(app.listening, window)
    add_media_keys(window, remote)
    app.mpris = MprisPlayer(remote, lambda: bring_up(window), parent=window)
    remote.now_playing_changed.connect(app.mpris.show_now)


def connect_study(
    app: StudyApp,
    cards: CardsPresenter,
    parts: Later[SelfTestParts],
    tree: TopicTreePresenter,
) -> None:
    """Connect the pages with each other and with the tree."""
    window, sidebar = app.window, app.window.sidebar
    sidebar.query_changed.connect(tree.search)
    sidebar.query_changed.connect(cards.show_query)
    sidebar.only_hard_chosen.connect(tree.show_only_hard)
    sidebar.card_chosen.connect(tree.choose)
    tree.state_changed.connect(sidebar.render_state)
    tree.card_chosen.connect(cards.show_card)
    cards.card_shown.connect(tree.show_current)

    def show_place() -> None:
        if window.page in NAMES:
            window.header.show_place((), NAMES[window.page])
        else:
            state = cards.state
            where = (state.topic_title, f"Card {state.number} of {state.total}")
            window.header.show_place(where, state.card.title)

    def test_card(card_id: str) -> None:
        made = parts.get()
        if not made.self_test.is_going_on:
            made.self_test.new_session()
        made.choosing.choose_card(card_id)
        window.show_page("self_test")

    def undo() -> None:
        if window.page == "cards":
            cards.undo()
        elif window.page == "self_test":
            parts.get().self_test.undo()
        elif window.page == "listen":
            app.listen.hands_free.undo()

    cards.test_requested.connect(test_card)
    window.undo_requested.connect(undo)
    cards.state_changed.connect(show_place)
    window.page_shown.connect(show_place)
    sidebar.render_state(tree.state)
    tree.show_current(cards.state.card.id)
    show_place()


def connect_listen(app: StudyApp, cards: CardsPresenter, parts: Later[ListenParts]) -> None:
    """Have the voice made ready in time, its options on every page, and the card on show offered.

    A test aloud, a playlist and an export can be of that card alone.
    """

    def page_shown(name: str) -> None:
        if name == "listen":
            app.warm_up_voice()
            parts.get().listen.offer_card(cards.state.card.id)
            parts.get().hands_free.offer_card(cards.state.card.id)

    def open_options() -> None:
        app.dialogs.open_listening(parts.get().voices, app.reading_choices, app.listening)

    app.window.page_shown.connect(page_shown)
    app.window.listening_bar.options_requested.connect(open_options)


def connect_plan(
    app: StudyApp, planner: ExamPlanner, parts: Later[SelfTestParts], now: Clock
) -> None:
    """Keep the exam plan up to date: in the middle of a test, only when it is looked at."""
    sidebar = app.window.sidebar

    def show(*_: object) -> None:
        exam = app.settings.settings.exam_date
        countdown = exam_countdown(exam, now().astimezone().date())
        is_of_now = planner.plan.exam == exam
        sidebar.show_exam((is_of_now and sidebar_line(planner.plan)) or countdown)

    def refresh(*_: object) -> None:
        is_testing = parts.made is not None and parts.made.self_test.is_going_on
        if app.is_closed:
            return
        if is_testing and app.window.page == "self_test":
            planner.refresh_later()
        else:
            planner.refresh()

    def page_shown(_: str) -> None:
        planner.refresh_if_old()
        show()

    app.reviews.study_changed.connect(refresh)
    app.settings.settings_changed.connect(PlanWishes(app.settings.settings, planner.refresh))
    app.settings.settings_changed.connect(show)
    app.reviews.saving_failed.connect(lambda _: planner.refresh_if_old())
    planner.plan_changed.connect(show)
    # Until the first paint there is no plan to be out of date.
    app.window.first_painted.connect(lambda: app.window.page_shown.connect(page_shown))
    show()


def connect_today(app: StudyApp, today: TodayPresenter) -> None:
    """Keep the Today page up to date while it is in view, from the first paint on."""
    window = app.window
    window.page_shown.connect(lambda name: window.is_painted and today.show(name == "today"))
    window.first_painted.connect(lambda: today.show(window.page == "today"))


class PlanWishes:
    """Calls `refresh` when a setting that the exam plan hangs on has changed."""

    def __init__(self, settings: Settings, refresh: Callable[[], None]) -> None:
        self._wishes = (settings.exam_date, settings.minutes_a_day)
        self._refresh = refresh

    def __call__(self, settings: Settings) -> None:
        wishes = (settings.exam_date, settings.minutes_a_day)
        if wishes != self._wishes:
            self._wishes = wishes
            self._refresh()


def _deck_notice(loaded: LoadedDeck) -> str:
    """One sentence when parts of the deck are missing."""
    if loaded.deck is None or not loaded.problems:
        return ""
    files = count_of(len({problem.file for problem in loaded.problems}), "file")
    return (
        f"Part of the deck could not be read ({files}), so some cards may be missing."
        " Ask whoever installed Stalin Study to install it again."
    )
