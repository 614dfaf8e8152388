"""Makes the Progress page and what belongs to it, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from stalin_study.domain.appearance import Colours
from stalin_study.domain.deck import Deck
from stalin_study.domain.printed_report import PrintedReport
from stalin_study.presenters.progress import ProgressPresenter
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.jobs import Jobs
from stalin_study.services.study_history import StudyHistory
from stalin_study.study_app import StudyApp
from stalin_study.ui.dialogs.save_chooser import AskFile
from stalin_study.ui.pages.progress_page import ProgressPage
from stalin_study.ui.printing.paper import PaperLook, printable
from stalin_study.ui.printing.report import draw_report
from stalin_study.ui.theme.fonts import FONTS, FontShelf


@dataclass(frozen=True, slots=True)
class ProgressParts:
    """The Progress page and its presenter."""

    progress: ProgressPresenter
    page: ProgressPage


def make_progress(
    app: StudyApp,
    deck: Deck,
    planner: ExamPlanner,
    history: StudyHistory,
    colours: Colours,
    fonts: Path,
    planning_jobs: Jobs,
    now: Callable[[], datetime],
    pupil: str = "",
    ask_file: AskFile | None = None,
) -> ProgressParts:
    """The page with its presenter. `colours` are those of the light theme; `fonts` its folder.

    `pupil` is the name on the report, or empty for a line to write it on.
    """
    usual = FONTS["lexend"]
    if app.appearance.look.font_family != usual.family:
        FontShelf(fonts).take("lexend")  # else it is loaded already
    plain = PaperLook(usual.family, usual.factor, colours)

    def draw(printed: PrintedReport) -> bytes:
        look = app.appearance.look
        return draw_report(
            printed, printable(PaperLook(look.font_family, look.font_factor, colours), plain)
        )

    progress = ProgressPresenter(
        deck,
        app.reviews,
        planner,
        history,
        planning_jobs,
        now,
        draw,
        documents_folder(),
        pupil,
        app.window,
    )
    page = ProgressPage(app.appearance, ask_file)
    page.shown_changed.connect(progress.show)
    page.test_requested.connect(progress.test_weakest)
    page.card_requested.connect(progress.show_card)
    page.report_requested.connect(lambda file: progress.save_report(Path(file)))
    page.answers_requested.connect(lambda file: progress.save_answers(Path(file)))
    progress.state_changed.connect(page.render_state)
    page.render_state(progress.state)
    return ProgressParts(progress, page)


def documents_folder() -> Path:
    """Where the report and the table are first offered to go."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()
