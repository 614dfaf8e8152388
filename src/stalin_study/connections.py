"""Connects pages with their presenters, and the window with everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from stalin_study.domain.deck import Deck
from stalin_study.domain.terms import TermFinder
from stalin_study.domain.wording import count_of, exam_countdown
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.listening import ListeningPresenter
from stalin_study.presenters.self_test import SelfTestPresenter
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.library import LoadedDeck
from stalin_study.services.settings import PupilSettings, Settings
from stalin_study.study_app import StudyApp
from stalin_study.ui.pages.cards_page import CardsPage
from stalin_study.ui.pages.self_test_page import SelfTestPage
from stalin_study.ui.pages.welcome_page import WelcomePage
from stalin_study.ui.theme.appearance import Appearance

Clock = Callable[[], datetime]


def cards_page(
    appearance: Appearance, deck: Deck, cards: CardsPresenter, listening: ListeningPresenter
) -> CardsPage:
    """The Cards page, connected."""
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
    page.test_requested.connect(cards.test_me)
    cards.state_changed.connect(page.render_state)
    listening.state_changed.connect(page.render_listening)
    page.render_state(cards.state)
    return page


def self_test_page(
    appearance: Appearance,
    self_test: SelfTestPresenter,
    listening: ListeningPresenter,
) -> SelfTestPage:
    """The Self-test page, connected."""
    page = SelfTestPage(appearance)
    page.scope_chosen.connect(self_test.choose_scope)
    page.how_chosen.connect(self_test.choose_how)
    page.length_chosen.connect(self_test.choose_length)
    page.start_requested.connect(self_test.start)
    page.answer_submitted.connect(self_test.submit)
    page.choice_chosen.connect(self_test.choose)
    page.give_up_requested.connect(self_test.give_up)
    page.right_requested.connect(self_test.count_as_right)
    page.next_requested.connect(self_test.advance)
    page.next_requested.connect(listening.stop)
    page.stop_requested.connect(self_test.stop)
    page.retry_requested.connect(self_test.retry_mistakes)
    page.again_requested.connect(self_test.new_session)
    self_test.state_changed.connect(page.render_state)
    page.listen_requested.connect(
        lambda: listening.read(
            self_test.state.question_id, self_test.state.card_title, self_test.spoken_blocks
        )
    )
    page.render_state(self_test.state)
    return page


def welcome_page(
    appearance: Appearance, settings: PupilSettings, cards: int, now: Clock
) -> WelcomePage:
    """The welcome, connected."""
    page = WelcomePage(appearance, now().astimezone().date(), cards)
    page.setting_chosen.connect(lambda name, value: settings.change(**{name: value}))
    settings.settings_changed.connect(page.render_settings)
    page.render_settings(settings.settings)
    return page


def connect_window(app: StudyApp, loaded: LoadedDeck, notice: str, now: Clock) -> None:
    """Connect what the window has around its pages."""
    window, listening, dialogs = app.window, app.listening, app.dialogs
    bar, banner = window.listening_bar, window.banner
    bar.toggle_requested.connect(listening.toggle)
    bar.next_requested.connect(listening.next_sentence)
    bar.previous_requested.connect(listening.previous_sentence)
    bar.speed_chosen.connect(listening.set_speed)
    bar.speed_chosen.connect(lambda speed: app.settings.change(speech_speed=speed))
    listening.state_changed.connect(bar.render_state)
    window.toggle_reading_requested.connect(listening.toggle)
    window.stop_reading_requested.connect(listening.stop)
    window.settings_requested.connect(dialogs.open_settings)
    window.help_requested.connect(lambda: dialogs.open_help(app.deck))
    window.first_painted.connect(app.open_progress)
    window.closing.connect(app.close)

    def show_exam(settings: Settings) -> None:
        today = now().astimezone().date()
        window.sidebar.show_exam(exam_countdown(settings.exam_date, today))

    app.settings.settings_changed.connect(show_exam)
    show_exam(app.settings.settings)
    for told in (app.reviews.opened, app.reviews.saving_failed, app.settings.saving_failed):
        told.connect(banner.add)
    for sentence in (notice, app.settings.notice, _deck_notice(loaded)):
        banner.add(sentence)


def connect_study(
    app: StudyApp,
    deck: Deck,
    cards: CardsPresenter,
    self_test: SelfTestPresenter,
    tree: TopicTreePresenter,
) -> None:
    """Connect the pages with each other and with the tree."""
    window, sidebar = app.window, app.window.sidebar
    sidebar.query_changed.connect(tree.search)
    sidebar.card_chosen.connect(tree.choose)
    tree.state_changed.connect(sidebar.render_state)
    tree.card_chosen.connect(cards.show_card)
    cards.card_shown.connect(tree.show_current)
    window.undo_requested.connect(lambda: cards.undo() if window.page == "cards" else None)
    page, test_page, welcome = (window.pages[name] for name in ("cards", "self_test", "welcome"))
    page.sources_requested.connect(lambda: app.dialogs.open_sources(cards.state.card, deck))

    def show_place() -> None:
        if window.page == "self_test":
            window.header.show_place("", "Self-test")
        else:
            state = cards.state
            where = f"{state.topic_title}  ›  Card {state.number} of {state.total}"
            window.header.show_place(where, state.card.title)

    def start() -> None:
        app.settings.change(is_welcomed=True)
        window.show_page("cards")

    def test_card(card_id: str) -> None:
        self_test.choose_card(card_id)
        window.show_page("self_test")

    def open_card(card_id: str) -> None:
        cards.show_card(card_id)
        window.show_page("cards")

    welcome.start_requested.connect(start)
    cards.test_requested.connect(test_card)
    test_page.card_requested.connect(open_card)
    cards.state_changed.connect(show_place)
    window.page_shown.connect(show_place)
    sidebar.render_state(tree.state)
    tree.show_current(cards.state.card.id)
    show_place()


def _deck_notice(loaded: LoadedDeck) -> str:
    """One sentence when parts of the deck are missing."""
    if loaded.deck is None or not loaded.problems:
        return ""
    files = count_of(len({problem.file for problem in loaded.problems}), "file")
    return (
        f"Part of the deck could not be read ({files}), so some cards may be missing."
        " Ask whoever installed Stalin Study to install it again."
    )
