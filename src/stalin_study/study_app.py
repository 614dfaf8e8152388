"""The app as it is when put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar

from stalin_study.domain.deck import Deck
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.presenters.listening.presenter import ListeningPresenter
from stalin_study.presenters.listening.reading_choices import ReadingChoices
from stalin_study.presenters.topic_tree import TopicTreePresenter
from stalin_study.services.backing_up import BackingUp
from stalin_study.services.exam_planner import ExamPlanner
from stalin_study.services.jobs import Jobs
from stalin_study.services.profiles import Profiles
from stalin_study.services.reviews import Reviews
from stalin_study.services.settings import PupilSettings
from stalin_study.services.speech import SpeechService
from stalin_study.ui.dialogs.desk import DialogDesk
from stalin_study.ui.main_window import MainWindow
from stalin_study.ui.theme.appearance import Appearance

if TYPE_CHECKING:
    from stalin_study.presenters.audio_export import AudioExportPresenter
    from stalin_study.presenters.card_printing import CardPrintingPresenter
    from stalin_study.presenters.leaving import LeavingPresenter
    from stalin_study.presenters.listening.hands_free import HandsFreePresenter
    from stalin_study.presenters.listening.listen import ListenPresenter
    from stalin_study.presenters.listening.voices import VoicesPresenter
    from stalin_study.presenters.progress import ProgressPresenter
    from stalin_study.presenters.self_test.choosing import ChoosingPresenter
    from stalin_study.presenters.self_test.session import SelfTestPresenter
    from stalin_study.presenters.today import TodayPresenter
    from stalin_study.services.mpris import MprisPlayer
    from stalin_study.ui.pages.listen_page import ListenPage
    from stalin_study.ui.pages.self_test.page import SelfTestPage

T = TypeVar("T")
PAGE_MODULES = (
    "ui.pages.cards_page",
    "self_test_parts",
    "listen_parts",
    "progress_parts",
    "explore_parts",
)


class Later(Generic[T]):
    """Something that is made when it is first needed; `made` is None until then."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self.made: T | None = None

    def get(self) -> T:
        """The thing, made now if need be."""
        if self.made is None:
            self.made = self._make()
        return self.made


@dataclass(frozen=True, slots=True)
class SelfTestParts:
    """The Self-test page and its presenters."""

    choosing: ChoosingPresenter
    self_test: SelfTestPresenter
    page: SelfTestPage


@dataclass(frozen=True, slots=True)
class ListenParts:
    """The Listen page and its presenters."""

    listen: ListenPresenter
    hands_free: HandsFreePresenter
    voices: VoicesPresenter
    export: AudioExportPresenter
    page: ListenPage


@dataclass
class StudyApp:
    """The app, put together. `close()` finishes what is being saved and stops the voice.

    `profile_chosen(id)` is called when another pupil is to study; it is handed in by the program.
    """

    window: MainWindow
    appearance: Appearance
    settings: PupilSettings
    reviews: Reviews
    backing_up: BackingUp
    speech: SpeechService
    listening: ListeningPresenter
    reading_choices: ReadingChoices
    dialogs: DialogDesk
    profiles: Profiles
    jobs: tuple[Jobs, ...]
    deck: Deck | None = None
    cards: CardsPresenter | None = None
    tree: TopicTreePresenter | None = None
    planner: ExamPlanner | None = None
    today: TodayPresenter | None = None
    self_test_parts: Later[SelfTestParts] | None = None
    listen_parts: Later[ListenParts] | None = None
    printing: CardPrintingPresenter | None = None
    progress: ProgressPresenter | None = None
    leaving: LeavingPresenter | None = None
    mpris: MprisPlayer | None = None
    profile_chosen: Callable[[str], None] = lambda _: None
    is_voice_warm: bool = False
    is_closed: bool = False

    @property
    def pupil_name(self) -> str:
        """Who is studying; empty while there is only one pupil."""
        if not self.profiles.is_in_use:
            return ""
        current = self.profiles.current
        return next((one.name for one in self.profiles.all if one.id == current), "")

    @property
    def choosing(self) -> ChoosingPresenter:
        """What is chosen for a self-test. Raises LookupError without a deck."""
        return self._parts.choosing

    @property
    def self_test(self) -> SelfTestPresenter:
        """The self-test that goes on. Raises LookupError without a deck."""
        return self._parts.self_test

    @property
    def listen(self) -> ListenParts:
        """What belongs to the Listen page. Raises LookupError without a deck."""
        if self.listen_parts is None:
            raise LookupError("there is nothing to listen to")
        return self.listen_parts.get()

    @property
    def _parts(self) -> SelfTestParts:
        if self.self_test_parts is None:
            raise LookupError("there is nothing to be tested on")
        return self.self_test_parts.get()

    def open_progress(self) -> None:
        """Open the progress file in the background, unless the window is closed already."""
        if not self.is_closed:
            if self.tree is not None:
                self.tree.prepare_search(self.jobs[-1])  # before the plan, which may take longer
            self.reviews.open()
            if self.self_test_parts is not None:
                # So that the pages come up at once when they are first wanted.
                for name in PAGE_MODULES:
                    self.jobs[-1].run(partial(import_module, f"stalin_study.{name}"))

    def warm_up_voice(self) -> None:
        """Load what makes sound, since it may be wanted soon; what can be, off the GUI thread."""
        if not (self.is_closed or self.is_voice_warm):
            self.is_voice_warm = True

            def make(*_: object) -> None:
                if not self.is_closed:
                    self.listening.warm_up()

            self.jobs[-1].run(self.listening.preload, make, make)

    def close(self) -> None:
        """Finish; a second call does nothing."""
        if not self.is_closed:
            self.is_closed = True
            if self.listen_parts is not None and self.listen_parts.made is not None:
                self.listen_parts.made.export.close()
            for page in (self.printing, self.progress):
                if page is not None:
                    page.close()
            if self.mpris is not None:
                self.mpris.close()
            self.listening.close()
            if self.self_test_parts is not None and self.self_test_parts.made is not None:
                self.self_test_parts.made.self_test.close()
            self.backing_up.close()
            self.reviews.close()
            for jobs in self.jobs:
                jobs.close()
