"""`stalin-study deck check`: tells what is wrong with a deck."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stalin_study.domain.card import Question
    from stalin_study.domain.deck import Deck


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `deck` with what it can do; a parsed command has `run(options) -> exit code`."""
    parser = subparsers.add_parser("deck", help="work on a deck of cards")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    check = actions.add_parser("check", help="check every file of a deck")
    check.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder with deck.toml in it (default: the deck that comes with the program)",
    )
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from stalin_study.domain.deck_check import check_deck
    from stalin_study.domain.marking import mark, names_of
    from stalin_study.domain.review_log import Verdict
    from stalin_study.domain.wording import count_of
    from stalin_study.paths import find_paths
    from stalin_study.services.library import load_deck, with_lines

    folder: Path = options.folder or find_paths().deck
    loaded = load_deck(folder)
    problems = loaded.problems
    if loaded.deck is not None:
        names = names_of(loaded.deck)

        def accepts(question: Question, answer: str) -> bool:
            return mark(question, answer, names).verdict is not Verdict.WRONG

        problems += with_lines(folder, check_deck(loaded.deck, loaded.card_files, accepts))
    for problem in problems:
        print(problem)
    found = count_of(len(problems), "problem") if problems else "no problems"
    if loaded.deck is not None:
        print(f"{_summary(loaded.deck)}: {found}.")
    return 1 if problems else 0


def _summary(deck: Deck) -> str:
    from stalin_study.domain.wording import count_of

    cards = deck.cards
    taught = {claim for card in cards for point in card.points for claim in point.claims}
    known = {claim.id for claim in deck.claims}
    return ", ".join(
        (
            count_of(len(cards), "card"),
            count_of(sum(len(card.points) for card in cards), "point"),
            count_of(sum(len(card.questions) for card in cards), "question"),
            f"{sum(len(card.true_false) for card in cards):,} true/false",
            count_of(sum(len(card.order_sets) for card in cards), "order set"),
            count_of(sum(len(card.exam_questions) for card in cards), "exam question"),
            f"{len(taught & known):,} of {len(known):,} claims taught",
        )
    )
