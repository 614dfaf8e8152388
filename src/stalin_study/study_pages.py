"""Adds the pages that are made when they are first shown, and connects them with the others."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from stalin_study.connections import connect_listen, connect_plan, connect_study
from stalin_study.domain.deck import Deck
from stalin_study.paths import AppPaths
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.jobs import Jobs, ThreadJobs
from stalin_study.services.listening_places import ListeningPlaces
from stalin_study.services.session_file import SessionFile
from stalin_study.services.speech import SpeechService
from stalin_study.study_app import Later, ListenParts, SelfTestParts, StudyApp


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
    """Add every page but Cards and the welcome."""
    session_file = SessionFile(paths.data, tools.planning_jobs)
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

    listen_parts = app.listen_parts = Later(listen)
    app.window.add_page_later("listen", lambda: listen_parts.get().page)
    connect_listen(app, cards, listen_parts)
    parts = app.self_test_parts = Later(self_test)
    app.window.add_page_later("self_test", lambda: parts.get().page)
    connect_study(app, deck, cards, parts, tree)
    connect_plan(app, planner, parts, tools.now)
