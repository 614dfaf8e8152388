"""Adds the pages that are made when they are first shown, and connects them with the others."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from stalin_study.connections import (
    cards_page,
    connect_listen,
    connect_plan,
    connect_study,
    connect_today,
    welcome_page,
)
from stalin_study.domain.deck import Deck
from stalin_study.paths import AppPaths
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.jobs import Jobs, ThreadJobs
from stalin_study.services.listening_places import ListeningPlaces
from stalin_study.services.session_file import SessionFile
from stalin_study.services.speech import SpeechService
from stalin_study.services.study_history import StudyHistory
from stalin_study.services.themes import ThemeShelf
from stalin_study.study_app import Later, ListenParts, SelfTestParts, StudyApp
from stalin_study.today_parts import make_today, test_picked

COPIES_FOUND = (
    "There is a second copy of your progress in its folder: open Settings, then Back up, restore,"
    " move, to add what is in it."
)

if TYPE_CHECKING:
    from stalin_study.explore_parts import ExploreParts
    from stalin_study.presenters.profiles import ProfilesPresenter
    from stalin_study.presenters.safekeeping import SafekeepingPresenter
    from stalin_study.printing_parts import PrintingParts
    from stalin_study.progress_parts import ProgressParts
    from stalin_study.services.found_copies import FoundCopy
    from stalin_study.services.study_store import StudyStore
    from stalin_study.ui.pages.cards_page import CardsPage
    from stalin_study.ui.pages.welcome_page import WelcomePage


@dataclass(frozen=True, slots=True)
class Tools:
    """What pages are handed: clocks, chance, ids, a voice of their own for exports."""

    now: Callable[[], datetime]
    stopwatch: Callable[[], float]
    rng: random.Random
    new_id: Callable[[], str]
    make_speech: Callable[[], SpeechService]
    planning_jobs: Jobs


def add_pages(
    app: StudyApp,
    paths: AppPaths,
    deck: Deck,
    cards: CardsPresenter,
    tree: TopicTreePresenter,
    planner: ExamPlanner,
    tools: Tools,
) -> None:
    """Add every page; all but Today are made when they are first shown."""
    session_file = SessionFile(paths.data, tools.planning_jobs, app.window.banner.add)
    places = ListeningPlaces(paths.data, tools.planning_jobs)

    def self_test() -> SelfTestParts:
        from stalin_study.self_test_parts import make_self_test

        more = (session_file, tools.now, tools.stopwatch, tools.rng, tools.new_id)
        return make_self_test(app, deck, cards, planner, *more)

    def listen() -> ListenParts:
        from stalin_study.listen_parts import make_listen

        def jobs() -> Jobs:
            return ThreadJobs("export")

        return make_listen(app, deck, places, tools.make_speech, jobs, tools.now)

    history = StudyHistory(app.reviews, tools.now, app.window)
    app.window.first_painted.connect(history.open)
    today = make_today(app, deck, planner, history, session_file, places, tools.now)
    app.today = today.today
    app.window.add_page("today", today.page)

    def printing() -> PrintingParts:
        from stalin_study.printing_parts import make_printing

        made = make_printing(app, deck, cards, light.get(), paths.resources / "fonts")
        app.printing = made.printing
        return made

    printing_parts = Later(printing)

    def card_page() -> CardsPage:
        page = cards_page(app.appearance, deck, cards, app.listening)
        page.listen_approached.connect(app.warm_up_voice)
        page.sources_requested.connect(lambda: app.dialogs.open_sources(cards.state.card, deck))
        page.print_requested.connect(lambda: app.dialogs.show(printing_parts.get().make_dialog()))
        return page

    def welcome() -> WelcomePage:
        page = welcome_page(app.appearance, app.settings, len(deck.cards), tools.now)
        page.start_requested.connect(partial(end_welcome, app))
        return page

    app.window.add_page_later("cards", card_page)
    app.window.add_page_later("welcome", welcome)
    listen_parts = app.listen_parts = Later(listen)
    app.window.add_page_later("listen", lambda: listen_parts.get().page)
    connect_listen(app, cards, listen_parts)
    parts = app.self_test_parts = Later(self_test)
    app.window.add_page_later("self_test", lambda: parts.get().page)
    light = Later(lambda: ThemeShelf(paths.resources / "themes").take("light").colours)

    def progress() -> ProgressParts:
        from stalin_study.progress_parts import make_progress

        fonts, name = paths.resources / "fonts", app.pupil_name
        more = (light.get(), fonts, tools.planning_jobs, tools.now, name)
        made = make_progress(app, deck, planner, history, *more)
        app.progress = made.progress
        made.progress.test_requested.connect(partial(test_picked, app))
        made.progress.card_requested.connect(lambda card_id: show_card(app, cards, card_id))
        return made

    progress_parts = Later(progress)
    app.window.add_page_later("progress", lambda: progress_parts.get().page)

    def explore() -> ExploreParts:
        from stalin_study.explore_parts import make_explore

        made = make_explore(app, deck)
        made.explore.test_requested.connect(partial(test_picked, app))
        made.explore.card_requested.connect(lambda card_id: show_card(app, cards, card_id))
        return made

    explore_parts = Later(explore)
    app.window.add_page_later("explore", lambda: explore_parts.get().page)
    connect_study(app, cards, parts, tree)
    connect_plan(app, planner, parts, tools.now)
    connect_today(app, today.today)
    offer_safekeeping(app, paths, deck, tools.now)


def end_welcome(app: StudyApp) -> None:
    """The pupil has begun: the day's work is next, now and at every later start."""
    app.settings.change(is_welcomed=True)
    app.window.show_page("today")


def show_card(app: StudyApp, cards: CardsPresenter, card_id: str) -> None:
    """Bring a card into view."""
    cards.show_card(card_id)
    app.window.show_page("cards")


def offer_safekeeping(
    app: StudyApp, paths: AppPaths, deck: Deck, now: Callable[[], datetime]
) -> None:
    """Have the settings lead to backups and profiles, and tell of copies that were found."""

    def safekeeping() -> SafekeepingPresenter:
        from stalin_study.safekeeping_parts import make_safekeeping

        return make_safekeeping(app, deck, paths.data, now)

    def profiles() -> ProfilesPresenter:
        from stalin_study.safekeeping_parts import make_profiles

        return make_profiles(app, app.profiles)

    def find(_: StudyStore) -> tuple[FoundCopy, ...]:
        # Loaded on the progress thread: nothing of it is needed for the first paint.
        from stalin_study.services.found_copies import found_copies

        return found_copies(paths.data)

    def tell(found: tuple[FoundCopy, ...]) -> None:
        if found:
            app.window.banner.add(COPIES_FOUND)

    app.dialogs.offer_safekeeping(Later(safekeeping).get)
    app.dialogs.offer_profiles(Later(profiles).get)
    app.reviews.opened.connect(lambda _: app.reviews.ask(find, tell))
