from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import timedelta

import pytest

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.memory import MemoryState, rebuild, review
from stalin_study.domain.review_log import Rating, ReviewEntry, StudyChanges, Verdict, Way
from stalin_study.services.jobs import ThreadJobs
from stalin_study.services.recent_answers import Folders, read_lines
from stalin_study.services.reviews import Reviews
from stalin_study.services.store import OpenedStore, look_into_store, open_store
from stalin_study.services.store_problems import OpenAnew, StoreProblem
from stalin_study.services.writer_report import Unkept

FULL = "The disk is full."


class FakeStore:
    """Keeps entries in a list; `problem` makes it fail."""

    def __init__(self) -> None:
        self.log: list[ReviewEntry] = []
        self.states: dict[str, MemoryState] = {}
        self.problem: Exception | None = None
        self.opening_problem: Exception | None = None
        self.is_read_only = False
        self.recent = None
        self.opened = 0
        self.closed = 0

    def open(self) -> OpenedStore:
        if self.opening_problem is not None:
            raise self.opening_problem
        self.opened += 1
        view = copy(self) if self.is_read_only else self
        view.close = self.close
        return OpenedStore(view, dict(self.states), "Only to be read." * self.is_read_only)

    def append_all(self, reviews: Sequence[tuple[ReviewEntry, MemoryState | None]]) -> None:
        if self.is_read_only:
            raise StoreProblem("Only to be read.")
        if self.problem is not None:
            raise self.problem
        for entry, state in reviews:
            self.log.append(entry)
            self.states[entry.subject_id] = state

    def entries(self, subject_id: str) -> list[ReviewEntry]:
        return [entry for entry in self.log if entry.subject_id == subject_id]

    def close(self) -> None:
        self.closed += 1


class Desk:
    """Reviews over a fake store, and every signal in the order in which it came."""

    def __init__(self, jobs=None) -> None:
        self.now = FakeClock()
        self.store = FakeStore()
        self.jobs = jobs or ManualJobs()
        self.reviews = Reviews(self.store.open, self.jobs, self.now, CountingIds())
        self.told: list[tuple] = []
        for name in ("saved", "saving_failed", "opened"):
            getattr(self.reviews, name).connect(
                lambda text, name=name: self.told.append((name, text))
            )
        self.reviews.study_changed.connect(
            lambda changes, initiator: self.told.append(("changed", changes, initiator))
        )

    def rate(self, subject: str = "c01", rating: Rating = Rating.GOOD, **more) -> ReviewEntry:
        return self.reviews.record(subject, Way.FLIP, rating, **more)


@pytest.fixture
def desk():
    return Desk()


def test_a_review_is_told_as_saved_when_it_is_on_disk(desk):
    desk.reviews.open()
    desk.jobs.drain()
    assert desk.told == [("changed", StudyChanges(everything=True), None), ("opened", "")]
    desk.told.clear()
    page = object()
    entry = desk.rate(initiator=page)
    assert (desk.reviews.pending, desk.told, desk.store.log) == (1, [], [])
    assert dict(desk.reviews.memory_states) == {}
    desk.jobs.drain()
    assert desk.store.log == [entry]
    assert desk.told == [("saved", "id-0001"), ("changed", StudyChanges(frozenset({"c01"})), page)]
    state = review(None, "c01", Rating.GOOD, desk.now())
    assert (desk.reviews.pending, dict(desk.reviews.memory_states)) == (0, {"c01": state})


def test_states_are_exchanged_and_never_changed(desk):
    desk.rate()
    desk.jobs.drain()
    before = desk.reviews.memory_states
    with pytest.raises(TypeError):
        before["c02"] = before["c01"]
    desk.rate()
    desk.jobs.drain()
    assert before["c01"].reviews == 1
    assert desk.reviews.memory_states["c01"].reviews == 2


def test_reviews_may_be_recorded_before_the_file_is_open(desk):
    desk.store.states = {"c01": review(None, "c01", Rating.GOOD, desk.now.advance(days=-3))}
    desk.now.advance(days=3)
    desk.reviews.open()
    desk.rate()
    desk.rate()
    desk.jobs.drain()
    assert desk.store.opened == 1
    assert desk.reviews.memory_states["c01"].reviews == 3


def test_each_state_follows_from_the_one_before(desk):
    for rating in (Rating.GOOD, Rating.AGAIN, Rating.EASY):
        desk.rate(rating=rating)
        desk.now.advance(days=2)
    desk.jobs.drain()
    assert dict(desk.reviews.memory_states) == rebuild(desk.store.log)


def test_what_is_logged_is_kept_in_bounds(desk):
    long = desk.rate(answer="é" * 10_000_000, took_ms=10**9)
    odd = desk.rate(answer="\ud83d 👩\0", took_ms=-5, verdict=Verdict.WRONG, session_id="s")
    assert (long.answer, long.took_ms) == ("é" * 10_000, 3_600_000)
    assert (odd.answer, odd.took_ms) == ("? 👩\0", 0)
    assert (odd.verdict, odd.session_id, odd.way) == (Verdict.WRONG, "s", Way.FLIP)


def test_undo_takes_back_what_it_is_told_to(desk):
    page = object()
    earlier = desk.rate(rating=Rating.GOOD)
    desk.now.advance(minutes=1)
    last = desk.rate(rating=Rating.AGAIN, session_id="s1")
    desk.now.advance(minutes=1)
    desk.jobs.drain()
    desk.told.clear()
    desk.reviews.undo([last.uuid], page)
    desk.jobs.drain()
    undo = desk.store.log[-1]
    assert (undo.undoes, undo.rating, undo.subject_id) == (last.uuid, None, "c01")
    assert (undo.session_id, undo.reviewed_at) == ("s1", desk.now())
    assert desk.told == [
        ("saved", undo.uuid),
        ("changed", StudyChanges(frozenset({"c01"})), page),
    ]
    first = desk.store.log[0].reviewed_at
    assert desk.reviews.memory_states["c01"] == review(None, "c01", Rating.GOOD, first)
    desk.reviews.undo([earlier.uuid])
    desk.jobs.drain()
    assert dict(desk.reviews.memory_states) == {}
    desk.reviews.undo([earlier.uuid, last.uuid, "of an earlier run"])
    assert desk.jobs.waiting == 0, "what is taken back, and reviews of earlier runs, stay so"


def test_the_reviews_of_one_answer_are_saved_together_or_not_at_all(desk):
    ratings = [("c01q01", Rating.HARD), ("c01q02", Rating.AGAIN)]
    entries = desk.reviews.record_answer(ratings, Way.MATCH, took_ms=9000, answer="a: b")
    assert [entry.took_ms for entry in entries] == [4500, 4500]
    desk.jobs.drain()
    assert desk.store.log == list(entries)
    assert set(desk.reviews.memory_states) == {"c01q01", "c01q02"}
    desk.reviews.undo([entry.uuid for entry in entries])
    assert desk.jobs.waiting == 1
    desk.jobs.drain()
    assert dict(desk.reviews.memory_states) == {}


def test_one_subject_reviewed_twice_by_one_answer(desk):
    desk.reviews.record_answer([("q", Rating.GOOD), ("q", Rating.AGAIN)], Way.MATCH)
    desk.jobs.drain()
    assert desk.reviews.memory_states["q"].reviews == 2
    assert dict(desk.reviews.memory_states) == rebuild(desk.store.log)


def test_the_time_spent_counts_from_a_moment_until_now(desk):
    desk.rate(took_ms=4000)
    desk.now.advance(minutes=5)
    start = desk.now()
    desk.rate(took_ms=1500)
    desk.rate(took_ms=500)
    assert desk.reviews.seconds_since(start) == 2
    assert desk.reviews.seconds_since(start - timedelta(hours=1)) == 6
    desk.now.advance(days=-7)
    assert desk.reviews.seconds_since(desk.now()) == 0, "what lies in the future is not spent yet"


def test_undo_before_the_review_was_written(desk):
    entry = desk.rate()
    desk.reviews.undo([entry.uuid])
    desk.jobs.drain()
    assert dict(desk.reviews.memory_states) == {}
    assert rebuild(desk.store.log) == {}


@pytest.mark.logs_warnings
@pytest.mark.parametrize("problem", [StoreProblem(FULL), RuntimeError("a slip in the code")])
def test_what_cannot_be_saved_waits_for_the_next(desk, problem):
    desk.rate("c00")
    desk.jobs.drain()
    desk.store.problem = problem
    desk.told.clear()
    first = desk.rate("c01", initiator="page")
    second = desk.rate("c02", initiator="page")
    desk.jobs.drain()
    sentence = (
        FULL
        if isinstance(problem, StoreProblem)
        else ("Your last answers are not saved yet; they are tried again with the next one.")
    )
    assert desk.told == [("saving_failed", sentence)], "told once, and nothing as saved"
    assert (desk.reviews.problem, desk.reviews.pending) == (sentence, 2)
    assert set(desk.reviews.memory_states) == {"c00"}
    desk.store.problem = None
    third = desk.rate("c01")
    desk.told.clear()
    desk.jobs.drain()
    assert desk.store.log[1:] == [first, second, third]
    assert [text for name, text, *_ in desk.told if name == "saved"] == [
        first.uuid,
        second.uuid,
        third.uuid,
    ]
    assert desk.told[3:] == [
        ("changed", StudyChanges(frozenset({"c01", "c02"})), "page"),
        ("changed", StudyChanges(frozenset({"c01"})), None),
    ]
    assert (desk.reviews.problem, desk.reviews.pending) == ("", 0)
    desk.store.problem = problem
    desk.rate()
    desk.jobs.drain()
    assert desk.told[-1] == ("saving_failed", sentence), "a new failure is told anew"


@pytest.mark.logs_warnings
def test_one_entry_that_cannot_be_saved_does_not_hold_up_the_next(desk):
    desk.now.at = desk.now.at.replace(tzinfo=None)
    desk.rate("c01")
    desk.now.at = FakeClock().at
    good = desk.rate("c02")
    desk.jobs.drain()
    assert desk.store.log == [good]
    assert ("saved", good.uuid) in desk.told


@pytest.mark.logs_warnings
@pytest.mark.parametrize("problem", [StoreProblem("It is in use."), ImportError("no sqlite")])
def test_a_file_that_does_not_open_is_tried_again_with_each_review(desk, problem):
    desk.store.opening_problem = problem
    desk.reviews.open()
    desk.jobs.drain()
    assert [name for name, *_ in desk.told] == ["saving_failed"]
    desk.rate()
    desk.jobs.drain()
    assert (len(desk.told), desk.reviews.pending) == (1, 1)
    desk.store.opening_problem = None
    desk.rate()
    desk.jobs.drain()
    assert [name for name, *_ in desk.told[1:]] == [
        "changed",
        "opened",
        "saved",
        "saved",
        "changed",
    ]
    assert desk.reviews.memory_states["c01"].reviews == 2


@pytest.mark.logs_warnings
def test_a_file_that_can_only_be_read_shows_progress_and_is_tried_again(desk):
    desk.store.states = {"c01": review(None, "c01", Rating.GOOD, desk.now())}
    desk.store.is_read_only = True
    desk.reviews.open()
    desk.jobs.drain()
    assert desk.told[-1] == ("opened", "Only to be read.")
    assert set(desk.reviews.memory_states) == {"c01"}
    desk.rate()
    desk.jobs.drain()
    assert desk.told[-1] == ("saving_failed", "Only to be read.")
    desk.rate()
    desk.jobs.drain()
    assert (desk.store.opened, desk.store.closed) == (3, 2)
    assert [text for name, text, *_ in desk.told if name == "opened"] == ["Only to be read."]
    desk.store.is_read_only = False
    for _ in range(2):
        desk.rate()
        desk.jobs.drain()
    assert (desk.reviews.memory_states["c01"].reviews, desk.reviews.problem) == (5, "")
    assert (desk.store.opened, desk.store.closed) == (4, 3), "what can be written stays open"
    assert [text for name, text, *_ in desk.told if name == "opened"][1:] == [""]


@pytest.mark.logs_warnings
def test_closing_tries_once_more_and_lets_go(desk):
    desk.store.problem = StoreProblem(FULL)
    entry = desk.rate()
    desk.jobs.drain()
    desk.store.problem = None
    desk.reviews.close()
    desk.jobs.close()
    assert (desk.store.log, desk.store.closed) == ([entry], 1)


def test_closing_without_having_opened_opens_nothing(desk):
    desk.reviews.close()
    desk.jobs.close()
    assert desk.store.opened == 0


def test_outcomes_that_come_at_once_are_told_in_the_same_order():
    desk = Desk(InlineJobs())
    desk.rate()
    assert [name for name, *_ in desk.told] == ["changed", "opened", "saved", "changed"]


def test_with_a_real_thread_and_a_real_file(tmp_path, qtbot):
    now, jobs = FakeClock(), ThreadJobs("test-progress")
    reviews = Reviews(lambda: open_store(tmp_path, now), jobs, now, CountingIds())
    saved = []
    reviews.saved.connect(saved.append)
    reviews.open()
    for number in range(5):
        now.at += timedelta(minutes=5)
        last = reviews.record(f"c0{number % 2}", Way.TYPED, Rating.GOOD, answer="Ежов")
    reviews.undo([last.uuid])
    qtbot.waitUntil(lambda: reviews.pending == 0)
    assert saved == [f"id-000{number}" for number in range(1, 7)]
    reviews.close()
    jobs.close()
    looked = look_into_store(tmp_path)
    assert looked is not None
    assert looked.states == dict(reviews.memory_states) == rebuild(looked.store.entries())
    looked.store.close()


@pytest.mark.logs_warnings
def test_a_problem_that_has_passed_is_told(desk):
    passed = []
    desk.reviews.problem_passed.connect(passed.append)
    desk.store.problem = StoreProblem(FULL)
    for _ in range(2):
        desk.rate()
        desk.jobs.drain()
    assert passed == []
    desk.store.problem = StoreProblem("It is in use.")
    desk.rate()
    desk.jobs.drain()
    assert (passed, desk.told[-1]) == ([FULL], ("saving_failed", "It is in use."))
    desk.store.problem = None
    desk.rate()
    desk.jobs.drain()
    assert (passed, desk.reviews.problem) == ([FULL, "It is in use."], "")


@pytest.mark.logs_warnings
def test_what_is_not_saved_stays_a_problem_while_progress_is_only_looked_at(desk):
    desk.store.problem = OpenAnew(FULL)
    desk.rate()
    desk.jobs.drain()
    desk.store.problem = None
    desk.reviews.ask(lambda _: 1, lambda _: None)
    desk.jobs.drain()
    assert (desk.reviews.problem, desk.reviews.is_all_kept) == (FULL, False)


@pytest.mark.logs_warnings
def test_what_cannot_be_saved_is_kept_aside_or_counted(desk, tmp_path):
    (tmp_path / "data").write_text("in the way")
    folders = Folders(tmp_path / "data", (), (tmp_path / "last",))
    desk.reviews = Reviews(desk.store.open, desk.jobs, desk.now, CountingIds(), lambda: folders)
    (tmp_path / "last").write_text("in the way, too")
    desk.store.problem = StoreProblem(FULL)
    desk.reviews.annotate("c01", AnnotationKind.NOTE, "Kirov?")
    for _ in range(2):
        desk.rate()
    found = []
    desk.reviews.keep(found.append)
    desk.jobs.drain()
    assert found == [Unkept(2, 1, FULL)]
    (tmp_path / "last").unlink()
    desk.reviews.keep(found.append)
    desk.jobs.drain()
    assert found[1:] == [Unkept(0, 0, FULL)]
    [kept] = folders.unsaved_files()
    assert read_lines(kept).count == 3
    desk.reviews.close()
    desk.jobs.close()
    assert folders.unsaved_files() == [kept], "once is enough"
