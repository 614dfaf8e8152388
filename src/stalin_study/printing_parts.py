"""Makes what prints cards, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer

from stalin_study.domain.appearance import Colours
from stalin_study.domain.deck import Deck
from stalin_study.domain.printed_cards import PaperUse, PrintPlan
from stalin_study.presenters.card_printing import CardPrintingPresenter, Drawing
from stalin_study.presenters.cards import CardsPresenter
from stalin_study.study_app import StudyApp
from stalin_study.ui.dialogs.print_dialog import PrintDialog
from stalin_study.ui.printing.card_sheets import draw_card_sheets
from stalin_study.ui.printing.notes_sheets import draw_notes_sheets
from stalin_study.ui.printing.paper import PaperLook, printable
from stalin_study.ui.theme.fonts import FontShelf


@dataclass(frozen=True, slots=True)
class PrintingParts:
    """What prints cards; `make_dialog()` makes the dialog, connected."""

    printing: CardPrintingPresenter
    make_dialog: Callable[[], PrintDialog]


def make_printing(
    app: StudyApp, deck: Deck, cards: CardsPresenter, colours: Colours, fonts: Path
) -> PrintingParts:
    """The presenter and its dialog. `colours` are those of the light theme; `fonts` its folder."""

    def draw(plan: PrintPlan) -> Drawing:
        look = app.appearance.look
        usual = FontShelf(fonts).take("lexend")
        paper = printable(
            PaperLook(look.font_family, look.font_factor, colours),
            PaperLook(usual.family, usual.factor, colours),
        )
        if plan.use is PaperUse.TO_CUT:
            return draw_card_sheets(plan, paper)
        return draw_notes_sheets(plan, paper)

    printing = CardPrintingPresenter(
        deck,
        app.reviews,
        lambda: cards.state.card,
        draw,
        lambda step: QTimer.singleShot(0, app.window, step),
        app.jobs[-1],
        documents_folder(),
        app.window,
    )

    def make_dialog() -> PrintDialog:
        printing.open()
        dialog = PrintDialog(app.appearance, printing.state, app.window)
        dialog.cards_chosen.connect(printing.choose_cards)
        dialog.use_chosen.connect(printing.choose_use)
        dialog.file_chosen.connect(printing.save)
        dialog.cancel_requested.connect(printing.cancel)
        printing.state_changed.connect(dialog.render_state)
        dialog.finished.connect(lambda: printing.state_changed.disconnect(dialog.render_state))
        dialog.finished.connect(printing.cancel)
        return dialog

    return PrintingParts(printing, make_dialog)


def documents_folder() -> Path:
    """Where PDFs are first offered to go."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()
