"""The Progress page's presenter: made when it is wanted, kept up to date in view, and saved."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from fakes import CountingIds, FakeClock, InlineJobs, ManualJobs
from fakes_study import FakeSettings, make_deck
from pupils import one_day
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.progress_report import ProgressReport
from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test.choosing import Picked
from stalin_study.presenters import progress
from stalin_study.presenters.progress import ProgressPresenter
from stalin_study.services import log_csv, pdf_file
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.reviews import Reviews
from stalin_study.services.store import open_store
from stalin_study.services.study_history import StudyHistory

DECK = make_deck()


class Desk:
    """A presenter over a progress file; `states` are those that were told."""

    def __init__(self, folder, *, jobs=None, planning=None, pupil="", **settings) -> None:
        self.now, self.folder = FakeClock(), folder
        self.jobs = jobs or InlineJobs()
        self.planning = planning or InlineJobs()
        self.reviews = Reviews(
            lambda **more: open_store(folder / "data", self.now, **more),
            self.jobs,
            self.now,
            CountingIds(),
        )
        self.settings = FakeSettings(**settings)
        self.planner = ExamPlanner(DECK, self.reviews, self.settings, self.planning, self.now)
        self.history = StudyHistory(self.reviews, self.now)
        self.drawn, self.error = [], None
        self.progress = ProgressPresenter(
            DECK,
            self.reviews,
            self.planner,
            self.history,
            self.planning,
            self.now,
            self.draw,
            folder,
            pupil,
        )
        self.states, self.tests, self.cards = [], [], []
        self.progress.state_changed.connect(self.states.append)
        self.progress.test_requested.connect(lambda *wish: self.tests.append(wish))
        self.progress.card_requested.connect(self.cards.append)

    def draw(self, printed):
        if self.error is not None:
            raise self.error
        self.drawn.append(printed)
        return b"%PDF"

    def open(self):
        self.reviews.open()
        self.progress.show(True)
        return self

    def answer(self, subject="c01q01", rating=Rating.AGAIN, **days_ago):
        self.now.advance(**{part: -count for part, count in days_ago.items()})
        self.reviews.record(subject, Way.TYPED, rating, verdict=Verdict.WRONG, took_ms=9000)
        self.now.advance(**days_ago)
        if days_ago:  # the page, made then, has to be looked at again
            self.progress.show(False)
            self.progress.show(True)

    @property
    def state(self):
        return self.progress.state

    @property
    def report(self) -> ProgressReport:
        return self.progress.state.report

    def files(self):
        return sorted(path.name for path in self.folder.iterdir() if path.is_file())


@pytest.fixture
def make_desk(qapp, tmp_path):
    made = []

    def make(**more):
        made.append(Desk(tmp_path, **more))
        return made[-1]

    yield make
    for desk in made:
        desk.progress.close()
        desk.reviews.close()
        desk.jobs.close()
        desk.planning.close()


@pytest.fixture
def desk(make_desk):
    return make_desk().open()


# Made when it is wanted


def test_nothing_is_made_before_the_page_is_shown(make_desk):
    desk = make_desk()
    desk.reviews.open()
    desk.answer()
    assert (desk.report, desk.states, desk.history.history.is_known) == (None, [], False)


def test_the_first_report_waits_for_the_study_days(make_desk):
    jobs = ManualJobs()
    desk = make_desk(jobs=jobs)
    desk.open()
    assert desk.states == []
    jobs.drain()
    assert desk.report.time.reviews == 0
    assert desk.state.report_name == "Stalin Study report 2026-11-24.pdf"


def test_in_view_it_follows_each_answer(desk):
    desk.answer()
    assert (desk.report.time.reviews, desk.report.answers.wrong) == (1, 1)
    assert desk.report.coming[0] == 1
    desk.answer("c02q01")
    assert desk.report.time.reviews == 2


def test_out_of_view_it_rests_and_shows_the_old_report_until_the_new_one_is_there(make_desk):
    planning = ManualJobs()
    desk = make_desk(planning=planning).open()
    planning.drain()
    old = desk.report
    desk.progress.show(False)
    desk.answer()
    planning.drain()
    assert desk.report is old
    desk.progress.show(True)
    assert desk.report is old
    planning.drain()
    assert desk.report.time.reviews == 1


def test_many_changes_while_it_is_made_are_one_more_report(make_desk):
    planning = ManualJobs()
    desk = make_desk(planning=planning).open()
    assert planning.waiting == 1
    for _ in range(5):
        desk.answer()
    assert planning.waiting == 1
    planning.run_next()
    assert planning.waiting == 1
    planning.run_next()
    assert (planning.waiting, desk.report.time.reviews) == (0, 5)


def test_coming_back_soon_makes_nothing_anew_and_later_it_does(make_desk):
    planning = ManualJobs()
    desk = make_desk(planning=planning).open()
    planning.drain()
    desk.progress.show(False)
    desk.now.advance(minutes=5)
    desk.progress.show(True)
    assert planning.waiting == 0
    desk.progress.show(False)
    desk.now.advance(minutes=6)
    desk.progress.show(True)
    assert planning.waiting == 1


def test_a_new_study_day_makes_it_anew_within_minutes(make_desk):
    desk = make_desk()
    desk.now.advance(hours=18, minutes=58)  # 03:58
    desk.open()
    assert desk.report.today == date(2026, 11, 24)
    desk.progress.show(False)
    desk.now.advance(minutes=3)
    desk.progress.show(True)
    assert desk.report.today == date(2026, 11, 25)


def test_the_plan_and_hard_cards_are_in_it(make_desk):
    desk = make_desk(exam_date=date(2026, 12, 4)).open()
    desk.answer(days=20)
    desk.planner.refresh()
    assert desk.report.expected.exam == date(2026, 12, 4)
    assert desk.report.expected.followed is not None
    desk.reviews.annotate("card-1", AnnotationKind.HARD, "yes")
    assert [weak.is_hard for weak in desk.report.weakest] == [True]


def test_progress_that_cannot_be_read_still_gives_a_page(make_desk, monkeypatch):
    desk = make_desk()
    monkeypatch.setattr(desk.reviews, "_problem", "It is damaged.")
    desk.progress.show(True)
    assert desk.report.time.reviews == 0


@pytest.mark.logs_warnings
def test_a_report_that_cannot_be_made_is_tried_with_the_next_change(desk, monkeypatch):
    def broken(*_):
        raise ValueError("a fault of ours")

    monkeypatch.setattr(progress, "make_report", broken)
    old = desk.report
    desk.answer()
    assert desk.report is old
    monkeypatch.undo()
    desk.answer()
    assert desk.report.time.reviews == 2


# Wishes


def test_the_weakest_cards_can_be_tested_and_shown(desk):
    desk.progress.test_weakest()
    assert desk.tests == []
    desk.answer("c02q01", days=30)
    desk.answer("c01q01", days=9)
    desk.progress.test_weakest()
    picked = Picked(
        "All on my weakest cards", frozenset({"card-2", "card-1"}), is_weakest_first=True
    )
    assert desk.tests == [(picked,)]
    desk.progress.show_card("card-2")
    assert desk.cards == ["card-2"]


# Saving


def test_the_report_is_saved_under_a_name_that_ends_in_pdf(make_desk, tmp_path):
    desk = make_desk(pupil="Ada").open()
    desk.progress.save_report(tmp_path / "for miss.v2")
    assert desk.files() == ["for miss.v2.pdf"]
    assert (desk.state.message, desk.state.tone) == (
        "Saved as “for miss.v2.pdf”, ready to print or send.",
        "good",
    )
    [printed] = desk.drawn
    assert (printed.pupil, printed.deck_title, printed.report) == ("Ada", DECK.title, desk.report)
    assert desk.state.folder == tmp_path


def test_one_thing_is_saved_at_a_time(make_desk, tmp_path):
    planning = ManualJobs()
    desk = make_desk(planning=planning).open()
    desk.progress.save_report(tmp_path / "early.pdf")  # there is no report yet
    planning.drain()
    desk.progress.save_report(tmp_path / "a.pdf")
    assert (desk.state.is_saving, desk.state.message) == (True, progress.SAVING)
    desk.progress.save_report(tmp_path / "b.pdf")
    desk.progress.save_answers(tmp_path / "c.csv")
    planning.drain()
    assert desk.files() == ["a.pdf"]
    assert not desk.state.is_saving


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    ("error", "sentence"),
    [(None, pdf_file.FOLDER_GONE), (ValueError("a fault of ours"), progress.GONE_WRONG)],
)
def test_a_report_that_cannot_be_saved_is_told_in_one_sentence(desk, error, sentence, tmp_path):
    desk.error = error
    desk.progress.save_report(tmp_path / "gone" / "a.pdf")
    assert (desk.state.message, desk.state.tone, desk.state.is_saving) == (sentence, "bad", False)
    assert desk.files() == []


def test_the_answers_are_saved_as_a_table(desk, tmp_path):
    for entry in one_day(DECK, desk.now()):
        desk.reviews.record(entry.subject_id, entry.way, entry.rating, verdict=entry.verdict)
    desk.progress.save_answers(tmp_path / "mine")
    assert desk.state.message == "Saved 12 answers as “mine.csv”."
    with (tmp_path / "mine.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.reader(stream))) == 13


def test_answers_go_on_being_saved_between_the_parts_of_a_table(make_desk, tmp_path):
    jobs = ManualJobs()
    desk = make_desk(jobs=jobs)
    desk.open()
    desk.answer()
    jobs.drain()
    desk.progress.save_answers(tmp_path / "a.csv")
    desk.answer()
    jobs.run_next()  # the first part
    jobs.run_next()  # the answer, before the next part
    assert desk.reviews.pending == 0
    assert desk.state.is_saving
    jobs.drain()
    assert desk.state.message == "Saved 2 answers as “a.csv”."
    assert not desk.state.is_saving


@pytest.mark.logs_warnings
def test_a_table_that_cannot_be_saved_is_told_in_one_sentence(desk, tmp_path):
    desk.progress.save_answers(tmp_path / "gone" / "a.csv")
    assert (desk.state.message, desk.state.tone) == (log_csv.FOLDER_GONE, "bad")


def test_closing_in_the_middle_leaves_no_half_table(make_desk, tmp_path):
    jobs = ManualJobs()
    desk = make_desk(jobs=jobs)
    desk.open()
    desk.answer()
    jobs.drain()
    desk.progress.save_answers(tmp_path / "a.csv")
    jobs.run_next()
    assert desk.files() == ["a.csv.new"]
    desk.progress.close()
    jobs.drain()
    assert desk.files() == []


def test_a_state_is_told_only_when_it_is_another(desk):
    told = len(desk.states)
    desk.planner.plan_changed.emit(desk.planner.plan)
    desk.history.history_changed.emit(desk.history.history)
    assert len(desk.states) == told
