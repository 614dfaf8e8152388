"""The composition root: makes every part of the app and connects them."""

from __future__ import annotations

import logging
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion
from PySide6.QtWidgets import QApplication

from stalin_study.connections import connect_window
from stalin_study.domain.deck import Deck
from stalin_study.paths import AppPaths
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.reading_choices import ReadingChoices
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.backing_up import BackingUp
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.jobs import Jobs, ThreadJobs
from stalin_study.services.library import load_deck
from stalin_study.services.narration import Narration
from stalin_study.services.playback import MultimediaPlayer
from stalin_study.services.player import Player
from stalin_study.services.profiles import Profiles
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings, Settings
from stalin_study.services.settings_file import usual_settings
from stalin_study.services.speech import SpeechService
from stalin_study.services.themes import ThemeShelf
from stalin_study.speech_worker.protocol import worker_command
from stalin_study.startup import log_tail
from stalin_study.study_app import StudyApp
from stalin_study.study_pages import Tools, add_pages
from stalin_study.ui.dialogs.desk import DialogDesk
from stalin_study.ui.main_window import MainWindow
from stalin_study.ui.pages.problem_page import ProblemPage
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.motion import system_wants_motion

if TYPE_CHECKING:
    from stalin_study.services.recent_answers import Folders
    from stalin_study.services.store import OpenedStore

NO_DECK = (
    "The cards that belong to Stalin Study could not be read. Ask whoever installed it to install"
    " it again. Your progress is safe."
)
NO_OTHER_DECK = (
    "There are no cards that can be read in {folder}. To see why, use the command:"
    " stalin-study deck check FOLDER. Your progress is safe."
)
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the real app."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id that no other copy of the pupil's progress will give out."""
    from uuid import uuid4  # not for a start: it loads what knows every system

    return str(uuid4())


def build(
    application: QApplication,
    paths: AppPaths,
    *,
    now: Clock = utc_now,
    stopwatch: Callable[[], float] = time.monotonic,
    jobs: Jobs | None = None,
    planning_jobs: Jobs | None = None,
    speech: SpeechService | None = None,
    player: Player | None = None,
    rng: random.Random | None = None,
    make_id: Callable[[], str] = new_id,
    system_motion: Callable[[], bool] = system_wants_motion,
    may_write: Callable[[], bool] = lambda: True,
    is_read_only: bool = False,
    profiles: Profiles | None = None,
) -> StudyApp:
    """Make the whole app. The defaults are the real things; tests hand in others.

    `may_write` is asked before anything is saved; `is_read_only` opens progress to look at it.
    """
    jobs = jobs or ThreadJobs("progress", application)
    planning_jobs = planning_jobs or ThreadJobs("planning", application)
    loaded = load_deck(paths.deck, paths.cache)
    for problem in loaded.problems:
        log.error("Deck: %s", problem)
    settings = PupilSettings(paths.data, jobs, usual_settings(paths.policy))

    # Both on the progress thread.
    def open_progress(*, is_damaged: bool = False) -> OpenedStore:
        from stalin_study.services.store import open_store

        return open_store(
            paths.data,
            now,
            may_write=may_write,
            is_read_only=is_read_only,
            is_damaged=is_damaged,
        )

    def find_folders() -> Folders:
        from stalin_study.services.last_resorts import last_resorts
        from stalin_study.services.recent_answers import Folders

        return Folders(paths.data, (paths.cache,), last_resorts())

    reviews = Reviews(open_progress, jobs, now, make_id, find_folders)
    backing_up = BackingUp(reviews, now)
    appearance = make_appearance(application, paths, settings.settings, system_motion)
    settings.settings_changed.connect(appearance.apply)
    deck = loaded.deck
    narration = Narration(paths.resources / "narration")
    speech = speech or _live_voice(paths, deck, narration)
    player = player or MultimediaPlayer()
    listening = ListeningPresenter(speech, player, now)
    reading_choices = ReadingChoices(listening, settings)
    reading_choices.restore()

    cards = tree = planner = None
    window = MainWindow(appearance, {})
    if deck is None:
        why = NO_DECK if paths.is_own_deck else NO_OTHER_DECK.format(folder=paths.deck)
        window.show_problem(ProblemPage("There is no deck to study", why))
    else:
        cards = CardsPresenter(deck, reviews, settings, listening, now)
        planner = ExamPlanner(deck, reviews, settings, planning_jobs, now)
        tree = TopicTreePresenter(deck, reviews, now)
    services = (jobs, planning_jobs, settings, reviews, backing_up, appearance, speech, player)
    for part in (*services, listening, cards, tree, planner):
        if isinstance(part, QObject):
            part.setParent(window)  # and goes with it
    dialogs = DialogDesk(
        appearance,
        window,
        settings,
        paths,
        lambda: now().astimezone().date(),
        lambda: _problem_report(paths),
    )
    app = StudyApp(
        window,
        appearance,
        settings,
        reviews,
        backing_up,
        speech,
        listening,
        reading_choices,
        dialogs,
        profiles or Profiles(paths.data),
        (jobs, planning_jobs),
        deck,
        cards,
        tree,
        planner,
    )
    connect_window(app, loaded, paths.notice)
    if deck and cards and tree and planner:
        tools = Tools(
            now,
            stopwatch,
            rng or random.Random(),
            make_id,
            lambda: _live_voice(paths, deck),
            planning_jobs,
        )
        add_pages(app, paths, deck, cards, tree, planner, tools)
    window.show_page(_first_page(app))
    return app


def make_appearance(
    application: QApplication,
    paths: AppPaths,
    settings: Settings,
    system_motion: Callable[[], bool] = system_wants_motion,
) -> Appearance:
    """The look that the pupil has chosen, in force."""
    themes = ThemeShelf(paths.resources / "themes")
    return Appearance(application, paths.resources, themes.take, settings, system_motion)


def _first_page(app: StudyApp) -> str:
    is_new = app.deck is not None and not app.settings.settings.is_welcomed
    if app.deck is None:
        return "cards"
    return "welcome" if is_new else "today"


def _live_voice(
    paths: AppPaths, deck: Deck | None, narration: Narration | None = None
) -> SpeechService:
    program, arguments = worker_command(sys.executable, is_frozen=getattr(sys, "frozen", False))
    lexicon = deck.lexicon if deck else ()
    return SpeechService(program, arguments, paths.cache / "speech", lexicon, narration)


def _problem_report(paths: AppPaths) -> str:
    import platform

    from stalin_study.ui.dialogs.help_dialog import problem_report

    system = f"{platform.platform()}, Python {platform.python_version()}, Qt {qVersion()}"
    folders = (
        f"program {paths.program}\ndata {paths.data} ({paths.data_by})\ncache {paths.cache}"
        f"\npolicy: {paths.policy_file or 'none'}"
    )
    return problem_report(folders, log_tail(paths.data, paths.cache), system)
