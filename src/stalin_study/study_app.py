"""The app as it is when put together."""

from __future__ import annotations

from dataclasses import dataclass

from stalin_study.domain.deck import Deck
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.listening import ListeningPresenter
from stalin_study.presenters.self_test.choosing import ChoosingPresenter
from stalin_study.presenters.self_test.session import SelfTestPresenter
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.jobs import Jobs
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings
from stalin_study.services.speech import SpeechService
from stalin_study.ui.dialogs.desk import DialogDesk
from stalin_study.ui.main_window import MainWindow
from stalin_study.ui.theme.appearance import Appearance


@dataclass
class StudyApp:
    """The app, put together. `close()` finishes what is being saved and stops the voice."""

    window: MainWindow
    appearance: Appearance
    settings: PupilSettings
    reviews: Reviews
    speech: SpeechService
    listening: ListeningPresenter
    dialogs: DialogDesk
    jobs: tuple[Jobs, ...]
    deck: Deck | None = None
    cards: CardsPresenter | None = None
    choosing: ChoosingPresenter | None = None
    self_test: SelfTestPresenter | None = None
    tree: TopicTreePresenter | None = None
    planner: ExamPlanner | None = None
    is_closed: bool = False

    def open_progress(self) -> None:
        """Open the progress file in the background, unless the window is closed already."""
        if not self.is_closed:
            self.reviews.open()

    def close(self) -> None:
        """Finish; a second call does nothing."""
        if not self.is_closed:
            self.is_closed = True
            self.listening.close()
            if self.self_test is not None:
                self.self_test.close()
            self.reviews.close()
            for jobs in self.jobs:
                jobs.close()
