"""Printing cards to a PDF: which, how, where to, how far it is and how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck
from stalin_study.domain.print_layout import sheets_for
from stalin_study.domain.printed_cards import (
    PaperUse,
    PrintedPages,
    PrintPlan,
    Which,
    pdf_name,
    print_plan,
)
from stalin_study.domain.wording import count_of
from stalin_study.services.jobs import Jobs
from stalin_study.services.pdf_file import pdf_problem
from stalin_study.services.reviews import Reviews
from stalin_study.services.whole_file import named, write_whole

log = logging.getLogger(__name__)
GONE_WRONG = "The PDF could not be made. Close Stalin Study, open it again and try once more."
CANCELLED = "Cancelled. No file was made."
TURN = "Print on both sides, turned on the long edge. Then cut along the dashed lines."

# Yields (done, total) after each short step, and returns the pages.
Drawing = Generator[tuple[int, int], None, PrintedPages]
Phase = Literal["choosing", "drawing", "saving", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class CardPrintingState:
    """What is chosen and how it goes. `choices` are what can be printed, with its words.

    `estimate` says how much it will be, `message` how it went. `done` of `total` steps are drawn.
    `made` is the finished file.
    """

    choices: tuple[tuple[Which, str], ...]
    file_name: str
    folder: Path
    which: Which = Which.TOPIC
    use: PaperUse = PaperUse.TO_CUT
    cards: int = 0
    estimate: str = ""
    phase: Phase = "choosing"
    done: int = 0
    total: int = 0
    message: str = ""
    made: Path | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether a file is being made."""
        return self.phase in ("drawing", "saving")


class CardPrintingPresenter(QObject):
    """Makes one PDF at a time, a short step at a time; `later` calls when there is time again."""

    state_changed = Signal(object)

    def __init__(
        self,
        deck: Deck,
        reviews: Reviews,
        card: Callable[[], Card],
        draw: Callable[[PrintPlan], Drawing],
        later: Callable[[Callable[[], None]], None],
        jobs: Jobs,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._deck = deck
        self._reviews = reviews
        self._card = card
        self._draw = draw
        self._later = later
        self._jobs = jobs
        self._drawing: Drawing | None = None
        self.state = self._with_words(CardPrintingState((), "", folder))

    def open(self) -> None:
        """The choices come into view, for the card that is on show now."""
        if not self.state.is_going_on:
            self._choose()

    def choose_cards(self, which: Which) -> None:
        """Print these."""
        self._choose(which=which)

    def choose_use(self, use: PaperUse) -> None:
        """Print cards to cut out, or notes."""
        self._choose(use=use)

    def save(self, file: Path) -> None:
        """Make the PDF; its name ends in .pdf, whatever was typed."""
        if self.state.is_going_on or not self.state.cards:
            return
        file = named(file, ".pdf")
        drawing = self._drawing = self._draw(self._plan(self.state))
        self._swap(
            replace(self.state, phase="drawing", done=0, total=0, message="", folder=file.parent)
        )
        self._later(lambda: self._step(drawing, file))

    def cancel(self) -> None:
        """Stop drawing; what is being saved is nearly there already."""
        if self.state.phase == "drawing":
            self._end(replace(self.state, phase="cancelled", message=CANCELLED))

    def close(self) -> None:
        """Let go of what is being drawn."""
        self.cancel()

    def _step(self, drawing: Drawing, file: Path) -> None:
        if drawing is not self._drawing:
            return
        try:
            done, total = next(drawing)
        except StopIteration as stop:
            self._save(stop.value, file)
        except Exception:
            log.exception("Cards could not be drawn")
            self._end(replace(self.state, phase="failed", message=GONE_WRONG))
        else:
            self._swap(replace(self.state, done=done, total=total))
            self._later(lambda: self._step(drawing, file))

    def _save(self, pages: PrintedPages, file: Path) -> None:
        self._swap(replace(self.state, phase="saving", done=self.state.total))

        def fail(error: Exception) -> None:
            log.warning("%s could not be saved: %s", file.name, error)
            self._end(replace(self.state, phase="failed", message=pdf_problem(error, file)))

        def finish(_: None) -> None:
            said = _said(pages, file, self.state.use)
            self._end(replace(self.state, phase="done", message=said, made=file))

        self._jobs.run(lambda: write_whole(file, pages.content), finish, fail)

    def _end(self, state: CardPrintingState) -> None:
        drawing, self._drawing = self._drawing, None
        if drawing is not None:
            drawing.close()
        self._swap(state)

    def _choose(self, **changes: Any) -> None:
        if not self.state.is_going_on:
            state = replace(self.state, phase="choosing", message="", made=None, **changes)
            self._swap(self._with_words(state))

    def _plan(self, state: CardPrintingState) -> PrintPlan:
        annotations = self._reviews.annotations
        return print_plan(self._deck, state.which, state.use, self._card(), annotations)

    def _with_words(self, state: CardPrintingState) -> CardPrintingState:
        choices: list[tuple[Which, str]] = []
        for which in Which:
            plan = self._plan(replace(state, which=which))
            count = len(plan.cards)
            if which is Which.CARD:
                choices.append((which, f"This card: {plan.title}"))
            elif which is Which.TOPIC:
                choices.append((which, f"This topic: {plan.title} ({count})"))
            elif which is Which.HARD and count:
                choices.append((which, f"The cards that I marked as hard ({count})"))
            elif which is Which.ALL:
                choices.append((which, f"All cards ({count})"))
        if state.which not in dict(choices):
            state = replace(state, which=Which.TOPIC)
        plan = self._plan(state)
        count = len(plan.cards)
        words = count_of(count, "card")
        if state.use is PaperUse.TO_CUT:
            words += f" on {count_of(sheets_for(count), 'sheet')} of A4 paper. {TURN}"
        else:
            words += " with every point and all notes, in two columns on A4 paper."
        return replace(
            state, choices=tuple(choices), cards=count, estimate=words, file_name=pdf_name(plan)
        )

    def _swap(self, state: CardPrintingState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _said(pages: PrintedPages, file: Path, use: PaperUse) -> str:
    said = f"Saved as “{file.name}”, {count_of(pages.pages, 'page')}."
    if use is PaperUse.TO_CUT and pages.cut_short:
        has = "has" if pages.cut_short == 1 else "have"
        said += (
            f" {count_of(pages.cut_short, 'card')} {has} more in the app than fits on the paper."
        )
    return said
