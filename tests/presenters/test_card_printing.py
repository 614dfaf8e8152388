import errno

import pytest

from fakes import FakeClock, ManualJobs
from fakes_study import FakeReviews, make_deck
from stalin_study.domain.annotations import AnnotationKind
from stalin_study.domain.printed_cards import PaperUse, PrintedPages, Which
from stalin_study.presenters.card_printing import CANCELLED, GONE_WRONG, CardPrintingPresenter
from stalin_study.services import pdf_file


class Desk:
    """The presenter with a drawing of three steps, which are taken one at a time."""

    def __init__(self, folder):
        self.deck = make_deck()
        self.reviews = FakeReviews(FakeClock())
        self.jobs = ManualJobs()
        self.card = self.deck.cards[0]
        self.steps = []
        self.plans = []
        self.pages = PrintedPages(b"%PDF", 2)
        self.is_closed = False
        self.error = None
        self.printing = CardPrintingPresenter(
            self.deck,
            self.reviews,
            lambda: self.card,
            self.draw,
            self.steps.append,
            self.jobs,
            folder,
        )
        self.states = []
        self.printing.state_changed.connect(self.states.append)

    @property
    def state(self):
        return self.printing.state

    def draw(self, plan):
        self.plans.append(plan)
        return self._drawing()

    def _drawing(self):
        try:
            for done in (1, 2, 3):
                if self.error:
                    raise self.error
                yield done, 3
        finally:
            self.is_closed = True
        return self.pages

    def run(self):
        while self.steps:
            self.steps.pop(0)()
        self.jobs.drain()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_the_choices_say_what_there_is_to_print(desk):
    assert desk.state.choices == (
        (Which.CARD, "This card: Card number 1"),
        (Which.TOPIC, "This topic: First topic (2)"),
        (Which.ALL, "All cards (3)"),
    )
    assert desk.state.estimate.startswith("2 cards on 1 sheet of A4 paper.")
    assert desk.state.file_name == "First topic - cards to cut out.pdf"
    desk.printing.choose_use(PaperUse.NOTES)
    desk.printing.choose_cards(Which.CARD)
    assert desk.state.estimate.startswith("1 card with every point")


def test_hard_cards_can_be_chosen_while_there_are_some(desk):
    desk.reviews.annotate("card-3", AnnotationKind.HARD, "yes")
    desk.printing.open()
    assert (Which.HARD, "The cards that I marked as hard (1)") in desk.state.choices
    desk.printing.choose_cards(Which.HARD)
    assert desk.state.cards == 1
    desk.reviews.annotate("card-3", AnnotationKind.HARD, "")
    desk.printing.open()
    assert desk.state.which is Which.TOPIC


def test_the_card_is_the_one_on_show_when_the_dialog_opens(desk):
    desk.card = desk.deck.cards[2]
    desk.printing.open()
    assert desk.state.choices[1] == (Which.TOPIC, "This topic: Second topic (1)")


def test_a_pdf_is_drawn_step_by_step_and_saved_whole(desk, tmp_path):
    desk.printing.save(tmp_path / "My cards.v2")
    assert (desk.state.phase, desk.state.is_going_on) == ("drawing", True)
    desk.run()
    assert [(one.done, one.total) for one in desk.states[1:4]] == [(1, 3), (2, 3), (3, 3)]
    assert desk.state.phase == "done"
    assert desk.state.made == tmp_path / "My cards.v2.pdf"
    assert desk.state.message == "Saved as “My cards.v2.pdf”, 2 pages."
    assert [file.name for file in tmp_path.iterdir()] == ["My cards.v2.pdf"]
    assert desk.state.made.read_bytes() == b"%PDF"
    assert [card.card.id for card in desk.plans[0].cards] == ["card-1", "card-2"]


def test_cards_that_say_more_in_the_app_are_told(desk, tmp_path):
    desk.pages = PrintedPages(b"%PDF", 2, cut_short=1)
    desk.printing.save(tmp_path / "a.pdf")
    desk.run()
    assert desk.state.message.endswith("1 card has more in the app than fits on the paper.")


def test_a_drawing_that_is_cancelled_leaves_nothing(desk, tmp_path):
    desk.printing.save(tmp_path / "a.pdf")
    desk.steps.pop(0)()
    desk.printing.cancel()
    assert desk.is_closed
    desk.run()
    assert (desk.state.phase, desk.state.message) == ("cancelled", CANCELLED)
    assert list(tmp_path.iterdir()) == []
    desk.printing.open()
    assert (desk.state.phase, desk.state.message) == ("choosing", "")


def test_while_one_is_made_nothing_else_begins_or_changes(desk, tmp_path):
    desk.printing.save(tmp_path / "a.pdf")
    desk.printing.save(tmp_path / "b.pdf")
    desk.printing.choose_cards(Which.ALL)
    desk.printing.open()
    assert (len(desk.plans), desk.state.which) == (1, Which.TOPIC)


@pytest.mark.logs_warnings
def test_a_drawing_that_fails_says_what_to_do(desk, tmp_path):
    desk.error = ValueError("no ink")
    desk.printing.save(tmp_path / "a.pdf")
    desk.run()
    assert (desk.state.phase, desk.state.message) == ("failed", GONE_WRONG)


@pytest.mark.logs_warnings
def test_a_folder_that_is_gone_is_told_and_another_try_is_free(desk, tmp_path):
    desk.printing.save(tmp_path / "gone" / "a.pdf")
    desk.run()
    assert (desk.state.phase, desk.state.message) == ("failed", pdf_file.FOLDER_GONE)
    desk.printing.save(tmp_path / "a.pdf")
    desk.run()
    assert desk.state.phase == "done"


@pytest.mark.logs_warnings
def test_a_full_disk_leaves_nothing_behind(desk, tmp_path, monkeypatch):
    def fail(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("stalin_study.services.whole_file.os.fsync", fail)
    desk.printing.save(tmp_path / "a.pdf")
    desk.run()
    assert desk.state.message == pdf_file.DISK_FULL
    assert list(tmp_path.iterdir()) == []
