"""Makes the Today page: the first one that a pupil sees, so it loads nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stalin_study.domain.deck import Deck
from stalin_study.domain.playlists import playlist_of
from stalin_study.presenters.today import FIRST_LENGTH, LeftWork, TodayPresenter
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.listening_places import ListeningPlaces
from stalin_study.services.session_file import SessionFile
from stalin_study.services.study_history import StudyHistory
from stalin_study.study_app import StudyApp
from stalin_study.ui.pages.today_page import TodayPage

if TYPE_CHECKING:
    from stalin_study.domain.self_test.choosing import Picked

MORE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class TodayParts:
    """The Today page and its presenter."""

    today: TodayPresenter
    page: TodayPage


def make_today(
    app: StudyApp,
    deck: Deck,
    planner: ExamPlanner,
    history: StudyHistory,
    session_file: SessionFile,
    places: ListeningPlaces,
    now: Callable[[], datetime],
) -> TodayParts:
    """The page with its presenter, connected with the rest of the app."""

    def find_left() -> LeftWork:
        done, to_go = _left_session(deck, session_file)
        return LeftWork(done, to_go, _left_reading(deck, places))

    def come_back() -> None:
        # It is also told when the window first comes up, and nothing is known yet.
        if today.is_progress_known and not app.is_closed:
            planner.refresh_if_old()
            today.refresh()

    today = TodayPresenter(
        deck, app.reviews, app.settings, planner, history, find_left, now, app.window
    )
    page = TodayPage(app.appearance)
    parts = TodayParts(today, page)
    page.start_requested.connect(lambda: start_work(app, today))
    page.instead_requested.connect(lambda: ask(app, "today"))
    page.due_requested.connect(lambda: ask(app, "due", MORE_LENGTH))
    page.returned.connect(come_back)
    page.listen_requested.connect(lambda: go_on_listening(app, places))
    page.card_requested.connect(lambda: app.window.show_page("cards"))
    page.hard_requested.connect(lambda: test_hard(app, today.hard_cards()))
    page.date_requested.connect(app.dialogs.open_exam_settings)
    page.celebrated.connect(today.celebrated)
    today.state_changed.connect(page.render_state)
    page.render_state(today.state)
    return parts


def start_work(app: StudyApp, today: TodayPresenter) -> None:
    """Do what the one button says."""
    work = today.state.work
    if work == "go_on":
        app.window.show_page("self_test")
        go_on(app)
    elif work == "first":
        start_first(app)
    elif work == "start":
        ask(app, "today")
    elif work == "done":
        ask(app, "weakest", MORE_LENGTH)


def ask(app: StudyApp, scope: str, length: int = 0) -> None:
    """Begin a mixed self-test of a scope; of all of it with length 0."""
    from stalin_study.domain.self_test.choosing import How

    app.window.show_page("self_test")
    app.self_test.new_session()
    app.choosing.start_with(scope, How.MIXED, length)


def start_first(app: StudyApp) -> None:
    """Begin with the easiest questions of the deck."""
    from stalin_study.domain.self_test.choosing import first_questions

    app.window.show_page("self_test")
    app.self_test.new_session()
    if app.deck is not None:
        app.choosing.start_first(first_questions(app.deck, FIRST_LENGTH))


def go_on(app: StudyApp) -> None:
    """Take up the session that was left, in this run or an earlier one."""
    self_test = app.self_test
    if not self_test.is_going_on:
        self_test.go_on()
    if not self_test.is_going_on:
        # Another one has ended since: its summary makes room.
        self_test.new_session()
        self_test.go_on()


def go_on_listening(app: StudyApp, places: ListeningPlaces) -> None:
    """Play on where the last reading was left."""
    latest = places.latest
    app.window.show_page("listen")
    if latest is not None:
        app.listen.listen.choose_playlist(latest[0])
        app.listen.listen.play()


def test_hard(app: StudyApp, card_ids: tuple[str, ...]) -> None:
    """Test the cards that the pupil has marked as hard."""
    from stalin_study.domain.self_test.choosing import Picked

    test_picked(app, Picked("My hard cards", frozenset(card_ids)))


def test_picked(app: StudyApp, picked: Picked) -> None:
    """Test what a page has picked: at once, or when a test is open or left, as the pupil says."""
    app.self_test.stop()  # its place is kept
    app.self_test.new_session()
    app.choosing.offer(picked)
    app.window.show_page("self_test")


def _left_session(deck: Deck, session_file: SessionFile) -> tuple[int, tuple[str, ...]]:
    """How many were answered, and the subjects that are to go."""
    saved = session_file.load()
    if saved is None:
        return 0, ()
    from stalin_study.domain.self_test.session import only_of

    session = only_of(saved.session, deck)
    return len(session.done), tuple(task.subject_id for task in session.queue)


def _left_reading(deck: Deck, places: ListeningPlaces) -> str:
    latest = places.latest
    if latest is None:
        return ""
    playlist_id, place = latest
    playlist = playlist_of(deck, playlist_id)
    tracks = playlist.tracks if playlist is not None else ()
    return next((track.title for track in tracks if track.id == place.track), "")
