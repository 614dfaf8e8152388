"""Makes the Self-test page and what belongs to it, when it is first needed.

It takes about 100 ms to load: not before the first paint.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from stalin_study.domain.deck import Deck
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.self_test.choosing import ChoosingPresenter
from stalin_study.presenters.self_test.keeping import Keeping
from stalin_study.presenters.self_test.session import SelfTestPresenter
from stalin_study.presenters.self_test.spoken import spoken_blocks
from stalin_study.presenters.self_test.state import SelfTestState
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.session_file import SessionFile
from stalin_study.study_app import SelfTestParts, StudyApp
from stalin_study.ui.pages.self_test.page import SelfTestPage
from stalin_study.ui.pages.self_test.question import QuestionView
from stalin_study.ui.theme.appearance import Appearance


def make_self_test(
    app: StudyApp,
    deck: Deck,
    cards: CardsPresenter,
    planner: ExamPlanner,
    session_file: SessionFile,
    now: Callable[[], datetime],
    stopwatch: Callable[[], float],
    rng: random.Random,
    make_id: Callable[[], str],
) -> SelfTestParts:
    """The page with its presenters, connected with the rest of the app."""
    reviews, settings = app.reviews, app.settings
    owner = app.window
    keeping = Keeping(deck, session_file, owner)
    choosing = ChoosingPresenter(deck, reviews, settings, planner, keeping, now, rng, owner)
    self_test = SelfTestPresenter(
        deck, reviews, settings, keeping, now, stopwatch, rng, make_id, owner
    )
    page = self_test_page(app.appearance, choosing, self_test, app.listening)

    def open_card(card_id: str) -> None:
        cards.show_card(card_id)
        app.window.show_page("cards")

    for view in (page.question, page.summary):
        view.card_requested.connect(open_card)
    self_test.session_ended.connect(planner.refresh)
    return SelfTestParts(choosing, self_test, page)


def self_test_page(
    appearance: Appearance,
    choosing: ChoosingPresenter,
    self_test: SelfTestPresenter,
    listening: ListeningPresenter,
) -> SelfTestPage:
    """The Self-test page, connected."""
    page = SelfTestPage(appearance)
    choices, question, summary = page.choosing, page.question, page.summary
    page.choosing_shown.connect(choosing.show)
    choices.scope_chosen.connect(choosing.choose_scope)
    choices.how_chosen.connect(choosing.choose_how)
    choices.length_chosen.connect(choosing.choose_length)
    choices.extra_time_chosen.connect(choosing.choose_extra_time)
    choices.start_requested.connect(choosing.start)
    choices.go_on_requested.connect(self_test.go_on)
    choosing.session_requested.connect(self_test.begin)
    question.answer_submitted.connect(self_test.submit)
    question.draft_changed.connect(self_test.save_draft)
    question.rating_chosen.connect(self_test.rate)
    question.give_up_requested.connect(self_test.give_up)
    question.right_requested.connect(self_test.count_as_right)
    question.next_requested.connect(self_test.advance)
    question.undo_requested.connect(self_test.undo)
    question.stop_requested.connect(self_test.stop)
    summary.retry_requested.connect(self_test.retry_mistakes)
    summary.again_requested.connect(self_test.new_session)
    summary.go_on_requested.connect(self_test.go_on)
    self_test.countdown.time_changed.connect(question.time_bar.show_time)
    choosing.state_changed.connect(page.render_choosing)
    self_test.state_changed.connect(page.render_state)
    _connect_reading(question, self_test, listening)
    page.render_choosing(choosing.state)
    page.render_state(self_test.state)
    return page


def _connect_reading(
    question: QuestionView, self_test: SelfTestPresenter, listening: ListeningPresenter
) -> None:
    """Read the question on show aloud; what was read stops when another one comes up."""

    def read() -> None:
        state = self_test.state
        listening.read(f"self-test-{state.serial}", state.card_title, spoken_blocks(state))

    def stop_old(state: SelfTestState) -> None:
        subject = listening.state.subject
        if subject.startswith("self-test-") and subject != f"self-test-{state.serial}":
            listening.stop()

    question.listen_requested.connect(read)
    self_test.state_changed.connect(stop_old)
