"""The study days, read from a real progress file and kept up to date."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from fakes_study import make_deck
from pupils import one_day, six_weeks
from stalin_study.domain.memory import counted
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way
from stalin_study.domain.study_day import study_day
from stalin_study.domain.study_history import DayTally, History
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck
from stalin_study.services.reviews import Reviews
from stalin_study.services.store import open_store
from stalin_study.services.study_history import StudyHistory
from stalin_study.services.study_tallies import tallies

DAY = timedelta(days=1)
SUMMER = datetime(2026, 7, 10, 12, 0, tzinfo=UTC)


class Desk:
    """A history over a progress file; `told` are the histories that were told."""

    def __init__(self, folder, jobs=None, at=None) -> None:
        self.now = FakeClock(at) if at else FakeClock()
        self.jobs = jobs or InlineJobs()
        self.reviews = Reviews(
            lambda **more: open_store(folder, self.now, **more), self.jobs, self.now, CountingIds()
        )
        self.history = StudyHistory(self.reviews, self.now)
        self.told = []
        self.history.history_changed.connect(self.told.append)

    def open(self):
        self.reviews.open()
        self.history.open()
        return self

    def answer(self, verdict=Verdict.CORRECT, rating=Rating.GOOD, way=Way.TYPED, took_ms=30_000):
        return self.reviews.record("c01q01", way, rating, verdict=verdict, took_ms=took_ms)

    def take_in(self, entries):
        self.reviews.run(
            lambda writer: writer.change(lambda store: store.add_entries(entries)),
            lambda _: None,
            pytest.fail,
        )

    @property
    def days(self):
        return dict(self.history.history.days)


@pytest.fixture
def make_desk(qapp, tmp_path):
    made = []

    def make(jobs=None, at=None):
        made.append(Desk(tmp_path, jobs, at))
        return made[-1]

    yield make
    for desk in made:
        desk.reviews.close()
        desk.jobs.close()


@pytest.fixture
def desk(make_desk):
    return make_desk().open()


def entry(uuid, at, rating=Rating.GOOD, verdict=None, way=Way.FLIP, undoes=""):
    if undoes:
        return ReviewEntry(uuid, "card-1", at, way, None, undoes=undoes)
    return ReviewEntry(uuid, "card-1", at, way, rating, "", verdict, 6000)


# What a day is made of


def test_nothing_is_known_until_it_is_opened(make_desk):
    desk = make_desk()
    desk.reviews.open()
    desk.answer()
    assert (desk.history.history, desk.told) == (History(), [])


def test_an_empty_file_is_known_to_be_empty(desk):
    assert desk.history.history == History(is_known=True)
    assert desk.told == [desk.history.history]


def test_verdicts_ratings_and_time_are_counted(desk):
    for verdict, rating in (
        (Verdict.CORRECT, Rating.GOOD),
        (Verdict.CLOSE, Rating.HARD),
        (Verdict.WRONG, Rating.AGAIN),
        (None, Rating.AGAIN),
        (None, Rating.EASY),
        (None, Rating.HARD),
    ):
        desk.answer(verdict, rating, Way.TYPED if verdict else Way.HANDS_FREE)
    assert desk.days == {date(2026, 11, 24): DayTally(6, 180.0, 1, 1, 1, 2, 1)}
    assert len(desk.told) == 7


def test_what_was_taken_back_counts_no_more(desk):
    kept, undone = desk.answer(), desk.answer()
    desk.reviews.undo([undone.uuid])
    assert desk.days == {date(2026, 11, 24): DayTally(1, 30.0, 1)}
    desk.reviews.undo([kept.uuid])
    assert desk.days == {}


def test_the_day_turns_at_four_local_time_in_summer_and_winter(make_desk):
    desk = make_desk(at=SUMMER).open()
    desk.take_in(
        [
            entry("a", datetime(2026, 7, 10, 2, 59, tzinfo=UTC)),  # 03:59 in Britain
            entry("b", datetime(2026, 7, 10, 3, 0, tzinfo=UTC)),
            entry("c", datetime(2026, 1, 10, 3, 59, tzinfo=UTC)),
            entry("d", datetime(2026, 1, 10, 4, 0, tzinfo=UTC)),
        ]
    )
    assert list(desk.days) == [
        date(2026, 1, 9),
        date(2026, 1, 10),
        date(2026, 7, 9),
        date(2026, 7, 10),
    ]


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
RATINGS = st.sampled_from(Rating)
VERDICTS = st.none() | st.sampled_from(Verdict)


@given(
    st.lists(st.tuples(MOMENTS, RATINGS, VERDICTS), max_size=12),
    st.lists(st.integers(0, 11), max_size=5),
)
def test_the_file_counts_what_the_log_counts(tmp_path_factory, answers, undone):
    log = [entry(f"e{n}", *parts) for n, parts in enumerate(answers)]
    log += [
        entry(f"u{n}", log[place].reviewed_at + DAY, undoes=f"e{place}")
        for n, place in enumerate(undone)
        if place < len(answers)
    ]
    opened = open_store(tmp_path_factory.mktemp("log"), FakeClock())
    opened.store.add_entries(log)
    found = tallies(opened.store)
    opened.store.close()
    right = Counter(study_day(one.reviewed_at) for one in counted(log))
    assert {day: tally.reviews for day, tally in found.items()} == dict(right)
    for tally in found.values():
        parts = (tally.correct, tally.close, tally.wrong, tally.recalled, tally.forgotten)
        assert (sum(parts), tally.seconds) == (tally.reviews, 6.0 * tally.reviews)


@pytest.mark.logs_warnings
def test_a_time_that_makes_no_sense_is_left_out(qapp, tmp_path):
    opened = open_store(tmp_path, FakeClock())
    opened.store.add_entries([entry("a", FakeClock()())])
    opened.store._db.execute(
        "insert into review_log select 'b', subject_id, '2026-99-24T09:00', way, rating, answer,"
        " verdict, took_ms, session_id, undoes, checksum from review_log"
    )
    assert list(tallies(opened.store)) == [date(2026, 11, 24)]
    opened.store.close()


# Kept up to date


def test_after_an_answer_only_two_days_are_read(desk, monkeypatch):
    desk.take_in([entry(f"e{n}", desk.now() - n * DAY) for n in range(5)])
    read = []

    def spy(store, since=None):
        read.append(since)
        return tallies(store, since)

    monkeypatch.setattr("stalin_study.services.study_tallies.tallies", spy)
    desk.answer()
    assert read == [datetime(2026, 11, 23, 4, 0, tzinfo=UTC)]
    assert [tally.reviews for tally in desk.days.values()] == [1, 1, 1, 1, 2]
    desk.take_in([entry("older", desk.now() - 9 * DAY)])
    assert read[1:] == [None]
    assert len(desk.days) == 6


def test_an_answer_of_yesterday_that_is_taken_back_after_midnight_goes(desk):
    answer = desk.answer()
    desk.now.advance(days=1)
    desk.reviews.undo([answer.uuid])
    assert desk.days == {}


def test_answers_in_a_row_are_read_once_more_and_not_one_by_one(make_desk, monkeypatch):
    jobs = ManualJobs()
    desk = make_desk(jobs)
    desk.open()
    jobs.drain()
    read = []

    def spy(store, since=None):
        read.append(since)
        return tallies(store, since)

    monkeypatch.setattr("stalin_study.services.study_tallies.tallies", spy)
    for _ in range(5):
        desk.answer()
    jobs.drain()
    assert 1 <= len(read) <= 2
    assert desk.days[date(2026, 11, 24)].reviews == 5


def test_a_second_opening_reads_nothing(desk, monkeypatch):
    monkeypatch.setattr("stalin_study.services.study_tallies.tallies", pytest.fail)
    desk.history.open()
    assert desk.history.history.is_known


@pytest.mark.logs_warnings
def test_what_could_not_be_read_is_read_whole_the_next_time(desk, monkeypatch):
    desk.take_in([entry("old", desk.now() - 40 * DAY)])

    def broken(*_):
        raise OSError("the disk is away")

    monkeypatch.setattr("stalin_study.services.study_tallies.tallies", broken)
    desk.answer()
    assert len(desk.days) == 1
    monkeypatch.setattr("stalin_study.services.study_tallies.tallies", tallies)
    desk.answer()
    assert list(desk.days) == [date(2026, 10, 15), date(2026, 11, 24)]
    assert desk.days[date(2026, 11, 24)].reviews == 2


def test_nothing_new_is_not_told(desk):
    desk.answer()
    told = len(desk.told)
    desk.take_in([])
    assert len(desk.told) == told


# The made-up pupils of other tests


def test_the_pupils_are_always_the_same_and_plausible():
    deck, now = load_deck(find_paths().deck).deck, FakeClock()()
    log = six_weeks(deck, now)
    assert log == six_weeks(deck, now)
    days = Counter(study_day(one.reviewed_at) for one in log)
    assert 25 <= len(days) <= 36
    assert not any(day.weekday() == 6 for day in days)
    assert (now.date() - max(days)).days == 1
    assert {one.verdict for one in log} == {None, *Verdict}

    def share(entries):
        marked = [one for one in entries if one.verdict]
        return sum(one.verdict is not Verdict.WRONG for one in marked) / len(marked)

    assert share(log[-200:]) > share(log[:200])
    first = one_day(make_deck(), now)
    assert (len(first), study_day(first[0].reviewed_at)) == (12, now.date())
