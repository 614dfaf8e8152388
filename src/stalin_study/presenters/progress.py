"""The Progress page: figures made off the GUI thread, and what is saved of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.deck import Deck
from stalin_study.domain.exam_subjects import ExamSubject, exam_subjects
from stalin_study.domain.printed_report import PrintedReport
from stalin_study.domain.progress_report import ExamOutlook, ProgressReport, make_report
from stalin_study.domain.self_test.choosing import Picked
from stalin_study.domain.study_day import study_day
from stalin_study.domain.wording import count_of
from stalin_study.services.exam_planner import ExamPlanner, Plan
from stalin_study.services.jobs import Jobs
from stalin_study.services.log_csv import CsvProgress, LogCsv
from stalin_study.services.pdf_file import pdf_problem
from stalin_study.services.reviews import Reviews
from stalin_study.services.study_history import StudyHistory
from stalin_study.services.whole_file import named, write_whole

log = logging.getLogger(__name__)
GONE_WRONG = "The report could not be made. Close Stalin Study, open it again and try once more."
SAVING = "Saving…"
WEAKEST = "All on my weakest cards"
# Memories fade: after so long the figures are made anew when the page comes into view.
_OLD_SECONDS = 600

Tone = Literal["muted", "good", "bad"]


@dataclass(frozen=True, slots=True)
class ProgressState:
    """What the page shows; no report until it was made.

    `message` says how saving goes or went, `tone` how well. Names and `folder` are what a chooser
    of files begins with.
    """

    report: ProgressReport | None = None
    folder: Path = Path()
    report_name: str = ""
    answers_name: str = ""
    is_saving: bool = False
    message: str = ""
    tone: Tone = "muted"


class ProgressPresenter(QObject):
    """Makes the report when the page is in view and something has changed.

    `draw` makes a PDF of a printed report, away from the GUI thread. `pupil` is the name to print,
    or empty. `test_requested(Picked)`, `card_requested(card id)`.
    """

    state_changed = Signal(object)
    test_requested = Signal(object)
    card_requested = Signal(str)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        planner: ExamPlanner,
        history: StudyHistory,
        jobs: Jobs,
        now: Callable[[], datetime],
        draw: Callable[[PrintedReport], bytes],
        folder: Path,
        pupil: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._planner = planner
        self._history = history
        self._jobs = jobs
        self._now = now
        self._draw = draw
        self._pupil = pupil
        self._is_shown = self._is_running = False
        self._is_stale = True
        self._made_at: datetime | None = None
        self._csv: LogCsv | None = None
        self.state = ProgressState(folder=folder)
        for changed in (
            reviews.study_changed,
            reviews.annotations_changed,
            reviews.saving_failed,
            planner.plan_changed,
            history.history_changed,
        ):
            changed.connect(self._changed)

    def show(self, is_shown: bool) -> None:
        """The page comes into view, or goes; only in view it is kept up to date."""
        self._is_shown = is_shown
        if is_shown:
            self._history.open()
            self._is_stale = self._is_stale or self._is_old()
            self._refresh()

    def test_weakest(self) -> None:
        """Ask for a test of the weakest cards."""
        report = self.state.report
        if report is not None and report.weakest:
            cards = frozenset(weak.card_id for weak in report.weakest)
            self.test_requested.emit(Picked(WEAKEST, cards, is_weakest_first=True))

    def show_card(self, card_id: str) -> None:
        """Ask for a card to be shown."""
        self.card_requested.emit(card_id)

    def save_report(self, file: Path) -> None:
        """Save the report on paper; its name ends in .pdf, whatever was typed."""
        report = self.state.report
        if report is None or self.state.is_saving:
            return
        file = named(file, ".pdf")
        printed = PrintedReport(report, self._deck.title, self._pupil, self._local_day())

        def fail(error: Exception) -> None:
            is_file = isinstance(error, OSError)
            log.warning("%s could not be saved: %s", file.name, error, exc_info=not is_file)
            self._end_saving(pdf_problem(error, file) if is_file else GONE_WRONG, "bad")

        self._begin_saving(file)
        self._jobs.run(
            lambda: write_whole(file, self._draw(printed)),
            lambda _: self._end_saving(f"Saved as “{file.name}”, ready to print or send.", "good"),
            fail,
        )

    def save_answers(self, file: Path) -> None:
        """Save every answer as a table; its name ends in .csv, whatever was typed."""
        if not self.state.is_saving:
            file = named(file, ".csv")
            self._begin_saving(file)
            self._csv = LogCsv(file, self._deck)
            self._step(self._csv, file)

    def close(self) -> None:
        """Leave no half of a table behind; call it before progress is closed."""
        csv, self._csv = self._csv, None
        if csv is not None:
            self._reviews.ask(lambda _: csv.give_up(), lambda _: None)

    def _step(self, csv: LogCsv, file: Path) -> None:
        def take(progress: CsvProgress) -> None:
            if csv is not self._csv:
                return
            if progress.problem:
                fail(progress.problem)
            elif progress.is_done:
                self._csv = None
                back = progress.rows - progress.answers
                more = f", and {back:,} that you took back," if back else ""
                told = f"Saved {count_of(progress.answers, 'answer')}{more} as “{file.name}”."
                self._end_saving(told, "good")
            else:
                self._step(csv, file)

        def fail(sentence: str) -> None:
            self._csv = None
            self._end_saving(sentence, "bad")

        self._reviews.ask(csv.step, take, fail)

    def _begin_saving(self, file: Path) -> None:
        self._swap(
            replace(self.state, is_saving=True, message=SAVING, tone="muted", folder=file.parent)
        )

    def _end_saving(self, message: str, tone: Tone) -> None:
        self._swap(replace(self.state, is_saving=False, message=message, tone=tone))

    def _changed(self, *_: object) -> None:
        self._is_stale = True
        self._refresh()

    def _is_old(self) -> bool:
        return (
            self._made_at is None
            or abs((self._now() - self._made_at).total_seconds()) > _OLD_SECONDS
            or study_day(self._now()) != study_day(self._made_at)
        )

    def _refresh(self) -> None:
        """Make the report anew if it has to be; while one is being made, once more after it."""
        # Before the study days are read there would be nothing but empty charts to show.
        is_readable = self._history.history.is_known or bool(self._reviews.problem)
        if not (self._is_shown and self._is_stale and is_readable) or self._is_running:
            return
        self._is_running, self._is_stale = True, False
        at = self._made_at = self._now()
        states, history = self._reviews.memory_states, self._history.history
        outlook = _outlook(self._planner.plan)
        hard = {one for one, holds in self._reviews.annotations.items() if holds.is_hard}

        def make() -> ProgressReport:
            subjects = self._subjects
            return make_report(self._deck, subjects, states, history, at, outlook, hard)

        self._jobs.run(make, self._take, self._fail)

    @cached_property
    def _subjects(self) -> tuple[ExamSubject, ...]:
        return exam_subjects(self._deck)

    def _take(self, report: ProgressReport) -> None:
        day = self._local_day().isoformat()
        self._swap(
            replace(
                self.state,
                report=report,
                report_name=f"Stalin Study report {day}.pdf",
                answers_name=f"Stalin Study answers {day}.csv",
            )
        )
        self._end()

    def _fail(self, error: Exception) -> None:
        log.error("The progress report could not be made", exc_info=error)
        self._end()

    def _end(self) -> None:
        self._is_running = False
        self._refresh()

    def _local_day(self) -> date:
        return self._now().astimezone().date()

    def _swap(self, state: ProgressState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _outlook(plan: Plan) -> ExamOutlook | None:
    if plan.exam is None or plan.expectation is None:
        return None
    return ExamOutlook(plan.exam, plan.days, plan.expectation)
