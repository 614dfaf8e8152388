"""The report for a teacher: what stands on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stalin_study.domain.date_words import full_date
from stalin_study.domain.progress_report import ProgressReport
from stalin_study.domain.progress_wording import short_time
from stalin_study.domain.study_figures import WEEK, StudyCalendar, monday_of
from stalin_study.domain.wording import count_of

WEEKS = 12
MEANING = (
    "The shares are estimates of what would be recalled, from the times and results of earlier"
    " answers: “about” means within 10 % or so either way. They are not marks."
)
NOTHING_MET = "No card and no question was met yet."
NO_WEAK = "Nothing looks weak: about 95 % or more of every card that was met is remembered."
GUESSED = "Guessed: from cards alone, no question of the topic was answered yet."
MADE_HERE = (
    "Made by the pupil with Stalin Study, which works offline: nothing left the computer unless the"
    " pupil passed it on."
)


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report with what is printed at its head; without a `pupil` there is a line to sign on."""

    report: ProgressReport
    deck_title: str
    pupil: str
    made_on: date

    @property
    def title(self) -> str:
        """The title of the file."""
        name = f" of {self.pupil}" if self.pupil else ""
        return f"Progress report{name}, {full_date(self.made_on)}"

    @property
    def calendar(self) -> StudyCalendar:
        """The last 12 weeks, this one included."""
        whole = self.report.calendar
        first = monday_of(whole.today) - (WEEKS - 1) * WEEK
        shown = {day: tally for day, tally in whole.days.items() if day >= first}
        ends = first + WEEKS * WEEK - timedelta(days=1)
        exam = whole.exam if whole.exam is not None and whole.exam <= ends else None
        return StudyCalendar(first, WEEKS, whole.today, exam, shown)

    @property
    def weakest_line(self) -> str:
        """What stands in place of the weakest cards when there are none."""
        report = self.report
        return NO_WEAK if report.expected.seen or report.time.reviews else NOTHING_MET

    @property
    def totals(self) -> tuple[tuple[str, str], ...]:
        """Figures of the whole time, each with what it is."""
        time, marked = self.report.time, self.report.answers
        return (
            (count_of(time.days, "day"), "studied"),
            (short_time(time.all_seconds), "spent in all"),
            (f"{time.reviews:,}", "answers and cards"),
            (f"{marked.right:,} of {marked.total:,}", "marked right or close"),
        )
