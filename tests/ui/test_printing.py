"""PDFs of cards and notes, and the dialog that asks for them."""

from dataclasses import replace
from pathlib import Path

import pytest
from audit import cut_off, unnamed, unreached
from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QApplication, QProgressBar

from fakes_study import make_card, make_deck, rewritten
from stalin_study.domain.annotations import CardAnnotations
from stalin_study.domain.card import Card, CardFile, Point, Section
from stalin_study.domain.markup import plain
from stalin_study.domain.printed_cards import (
    LEAST_POINTS,
    PaperUse,
    PrintedCard,
    PrintPlan,
    Which,
    print_plan,
)
from stalin_study.paths import find_paths
from stalin_study.presenters.card_printing import CardPrintingState
from stalin_study.printing_parts import make_printing
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.dialogs.print_dialog import PrintDialog
from stalin_study.ui.printing.card_sheets import draw_card_sheets, fitted
from stalin_study.ui.printing.notes_sheets import draw_notes_sheets
from stalin_study.ui.printing.paper import Paper, PaperLook, printable
from stalin_study.ui.theme.fonts import FONTS, FontShelf
from study_window import TestApp

SIZES = (11.0, 9.0, LEAST_POINTS)
RESOURCES = find_paths().resources


def paper_look(name="lexend"):
    font = FontShelf(RESOURCES / "fonts").take(name)
    colours = ThemeShelf(RESOURCES / "themes").take("light").colours
    return PaperLook(font.family, font.factor, colours)


@pytest.fixture
def look(qapp):
    return paper_look()


@pytest.fixture
def make_paper(qapp):
    """Makes papers that are finished, whatever happens: Qt falls over one that is not."""
    made = []

    def make(name="lexend"):
        made.append(Paper(paper_look(name), ""))
        return made[-1]

    yield make
    for paper in made:
        paper.finish()


def drawn(drawing):
    """The steps of a drawing, and its pages."""
    steps = []
    while True:
        try:
            steps.append(next(drawing))
        except StopIteration as stop:
            return steps, stop.value


def plan(cards, use=PaperUse.TO_CUT):
    printed = tuple(PrintedCard(card, "Topic", "My own note\nin two lines") for card in cards)
    return PrintPlan("A title", use, printed, "A deck", "CC BY 4.0")


def pages_in(content):
    return content.count(b"/Type /Page\n") + content.count(b"/Type /Page ")


def wordy(points, words):
    text = " ".join(["collectivisation"] * words)
    made = tuple(Point(f"p{n}", text, ("S",), key=True) for n in range(points))
    return Card.of(CardFile("wordy", 1, "Wordy", "Why?", 4, (Section("All", made),)))


@pytest.mark.parametrize(("cards", "pages"), [(1, 2), (8, 2), (9, 4)])
def test_cards_to_cut_out_have_two_pages_a_sheet(look, cards, pages):
    steps, made = drawn(draw_card_sheets(plan([make_card(n) for n in range(cards)]), look))
    assert steps == [(done, 2 * cards) for done in range(1, 2 * cards + 1)]
    assert (made.pages, pages_in(made.content), made.cut_short) == (pages, pages, 0)
    assert made.content.startswith(b"%PDF")


def test_the_fonts_are_in_the_file(look):
    _, made = drawn(draw_card_sheets(plan([make_card(1)]), look))
    for weight in (b"StudyLexend-Regular", b"StudyLexend-SemiBold", b"StudyLexend-Bold"):
        assert weight in made.content
    assert made.content.count(b"/FontFile2") == 3
    assert len(made.content) < 100_000


def test_a_card_with_more_than_fits_is_counted(look):
    cards = [make_card(1), wordy(12, 30), make_card(2)]
    _, made = drawn(draw_card_sheets(plan(cards), look))
    assert (made.pages, made.cut_short) == (2, 1)


@pytest.mark.parametrize("name", ["lexend", "atkinson"])
@pytest.mark.parametrize("points", [1, 3, 6, 12, 40])
@pytest.mark.parametrize("words", [1, 8, 60])
def test_what_is_printed_on_a_card_never_leaves_it(make_paper, name, points, words):
    paper = make_paper(name)
    room = QRectF(0, 0, paper.dots(86), paper.dots(52))
    texts = tuple(plain(point.text) for point in wordy(points, words).points)
    made = fitted(paper, texts, room, SIZES, indent=1.0)
    assert made.height <= room.height()
    assert made.is_short == (len(made.paragraphs) < len(texts))
    for paragraph in made.paragraphs:
        size = paragraph.layout.font().pointSizeF() / paper.look.font_factor
        assert size >= LEAST_POINTS - 0.01
        assert all(line.naturalTextWidth() <= paragraph.width + 1 for line in paragraph.lines)


def test_type_is_as_large_as_fits(make_paper):
    paper = make_paper()
    room = QRectF(0, 0, paper.dots(86), paper.dots(52))

    def size(points, words):
        texts = tuple(plain(point.text) for point in wordy(points, words).points)
        return fitted(paper, texts, room, SIZES).paragraphs[0].layout.font().pointSizeF()

    assert [size(3, 5), size(4, 9), size(6, 9)] == list(SIZES)


def test_a_word_that_is_wider_than_the_card_is_broken(make_paper):
    paper = make_paper()
    room = QRectF(0, 0, paper.dots(40), paper.dots(52))
    made = fitted(paper, (plain("x" * 150),), room, SIZES)
    assert len(made.paragraphs[0].lines) > 1
    assert not made.is_short


def test_notes_say_everything_on_every_card(look, monkeypatch):
    said = []

    class Heard(QTextLayout):
        def __init__(self, text, *more):
            said.append(text)
            super().__init__(text, *more)

    monkeypatch.setattr("stalin_study.ui.printing.paper.QTextLayout", Heard)
    cards = make_deck().cards
    steps, made = drawn(draw_notes_sheets(plan(cards, PaperUse.NOTES), look))
    assert steps[-1][0] == steps[-1][1] == 3 + made.pages
    for card in cards:
        assert {card.title, card.prompt} <= set(said)
        assert {section.heading for section in card.sections} <= set(said)
        assert {plain(point.text).text for point in card.points} <= set(said)
    assert said.count("Note: The figure is disputed.") == 3
    assert said.count("Your note: My own note\u2028in two lines") == 3


def test_notes_take_as_many_pages_as_they_need(look):
    cards = [rewritten(make_card(n), id=f"c{n}") for n in range(20)]
    _, made = drawn(draw_notes_sheets(plan(cards, PaperUse.NOTES), look))
    assert made.pages == pages_in(made.content) > 2


def test_a_drawing_that_is_dropped_half_way_lets_go_of_its_paper(look):
    for draw, use in ((draw_card_sheets, PaperUse.TO_CUT), (draw_notes_sheets, PaperUse.NOTES)):
        drawing = draw(plan(make_deck().cards, use), look)
        assert next(drawing)[0] == 1
        drawing.close()
        with pytest.raises(StopIteration):
            next(drawing)


def test_every_shipped_card_is_printed_in_every_font_that_can_be(qapp, tmp_path):
    study = TestApp(tmp_path)
    deck = study.app.deck
    for name in FONTS:
        paper = printable(paper_look(name), paper_look())
        for use, draw in (
            (PaperUse.TO_CUT, draw_card_sheets),
            (PaperUse.NOTES, draw_notes_sheets),
        ):
            said = {deck.cards[0].id: CardAnnotations("Mine")}
            whole = print_plan(deck, Which.ALL, use, deck.cards[0], said)
            _, made = drawn(draw(whole, paper))
            assert len(made.content) < 500_000  # text, not pictures of it
    study.close()


class Window:
    """The dialog over a window, with what it asks for."""

    def __init__(self, study, state):
        self.asked, self.opened, self.wishes = [], [], []
        self.answer = ""
        self.dialog = PrintDialog(
            study.app.appearance, state, study.window, self.ask, self.opened.append
        )
        self.dialog.file_chosen.connect(self.wishes.append)
        self.dialog.cards_chosen.connect(self.wishes.append)
        self.dialog.use_chosen.connect(self.wishes.append)
        self.dialog.show()
        QApplication.processEvents()

    def ask(self, _parent, _title, suggested, _kinds):
        self.asked.append(suggested)
        return self.answer


STATE = CardPrintingState(
    ((Which.CARD, "This card"), (Which.ALL, "All cards (20)")),
    "All.pdf",
    Path("somewhere"),
    which=Which.ALL,
    cards=20,
    estimate="20 cards on 3 sheets of A4 paper. Print on both sides, turned on the long edge.",
)
DRAWING = replace(STATE, phase="drawing", done=3, total=40)
DONE = replace(
    STATE,
    phase="done",
    message="Saved as “All.pdf”, 6 pages. 2 cards have more in the app than fits on the paper.",
    made=Path("somewhere/All.pdf"),
)


def test_the_dialog_asks_where_to_and_sends_the_file(study):
    window = Window(study, STATE)
    window.dialog._save.click()
    assert window.asked == [str(Path("somewhere") / "All.pdf")]
    assert window.wishes == []
    window.answer = "there/My.pdf"
    window.dialog._save.click()
    assert window.wishes == [Path("there/My.pdf")]
    window.dialog.reject()


def test_the_dialog_sends_what_is_chosen(study):
    window = Window(study, STATE)
    window.dialog._which.activated.emit(0)
    window.dialog._use.option_chosen.emit(PaperUse.NOTES)
    assert window.wishes == [Which.CARD, PaperUse.NOTES]
    window.dialog.reject()


def test_the_dialog_shows_how_far_it_is_and_what_was_made(study):
    window = Window(study, STATE)
    dialog = window.dialog
    dialog.render_state(DRAWING)
    bar = dialog.findChild(QProgressBar)
    assert (bar.isVisible(), bar.value(), bar.maximum()) == (True, 3, 40)
    assert dialog._cancel.hasFocus()
    assert not dialog._save.isVisible()
    dialog.render_state(replace(DRAWING, phase="saving"))
    assert not dialog._cancel.isEnabled()
    dialog.render_state(DONE)
    assert dialog._open.hasFocus()
    dialog._open.click()
    assert [Path(url.toLocalFile()) for url in window.opened] == [Path("somewhere/All.pdf")]
    dialog.reject()


@pytest.mark.parametrize(("width", "height", "percent"), [(1280, 800, 100), (1024, 600, 200)])
@pytest.mark.parametrize("state", [STATE, DRAWING, DONE], ids=lambda state: state.phase)
def test_the_dialog_can_be_heard_reached_and_is_whole(study, width, height, percent, state):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    window = Window(study, STATE)
    window.dialog.render_state(state)
    for _ in range(3):
        QApplication.processEvents()
    assert cut_off(window.dialog) == []
    assert unnamed(window.dialog) == []
    assert unreached(window.dialog) == []
    window.dialog.reject()


def test_all_parts_together_make_a_pdf(study, qtbot, tmp_path):
    colours = ThemeShelf(RESOURCES / "themes").take("light").colours
    parts = make_printing(study.app, study.app.deck, study.app.cards, colours, RESOURCES / "fonts")
    dialog = parts.make_dialog()
    dialog.cards_chosen.emit(Which.CARD)
    dialog.use_chosen.emit(PaperUse.NOTES)
    target = tmp_path / "Card.pdf"
    dialog.file_chosen.emit(target)
    qtbot.waitUntil(lambda: not parts.printing.state.is_going_on)
    assert parts.printing.state.made == target
    assert target.read_bytes().startswith(b"%PDF")
    dialog.use_chosen.emit(PaperUse.TO_CUT)
    dialog.file_chosen.emit(tmp_path / "Cut.pdf")
    dialog.reject()
    assert parts.printing.state.phase == "cancelled"
    assert not (tmp_path / "Cut.pdf").exists()
