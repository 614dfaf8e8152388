"""`stalin-study progress`: how far the pupil has come. Looks only; makes and changes no file.

Its own commands `export` and `import` are in `progress_copy_command`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from stalin_study.domain.deck import Deck
    from stalin_study.domain.memory import Mark
    from stalin_study.services.store import OpenedStore


class Tally(TypedDict):
    """How many of a kind have which mark, and how many are due."""

    new: int
    learning: int
    secure: int
    due: int


class Report(TypedDict):
    """What the command prints as JSON; `last_review` is ISO in UTC, None before the first.

    `reviews` are the answers: see `memory.counted`.

    `questions` are all that a self-test asks: questions, statements, order sets, exam questions.
    """

    cards: Tally
    questions: Tally
    reviews: int
    last_review: str | None


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `progress`; the parsed command has `run(options) -> exit code`."""
    from stalin_study.commands.progress_copy_command import add_to as add_copying_to

    parser = subparsers.add_parser("progress", help="show how far you have come, or copy it")
    parser.add_argument(
        "--data-dir", type=Path, metavar="FOLDER", help="the folder where progress is kept"
    )
    parser.add_argument("--deck", type=Path, metavar="FOLDER", help="the deck to count")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=_run)
    add_copying_to(parser.add_subparsers(metavar="COMMAND"))


def _run(options: argparse.Namespace) -> int:
    from stalin_study.paths import find_paths
    from stalin_study.services.library import load_deck
    from stalin_study.services.store import look_into_store
    from stalin_study.services.store_problems import StoreProblem

    paths = find_paths(options.data_dir)
    loaded = load_deck(options.deck or paths.deck)
    if loaded.deck is None:
        for problem in loaded.problems:
            print(problem, file=sys.stderr)
        return 1
    try:
        opened = look_into_store(paths.data)
        try:
            report = _report(loaded.deck, opened, datetime.now(UTC))
        finally:
            if opened is not None:
                opened.store.close()
    except StoreProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.json:
        import json

        print(json.dumps(report))
    else:
        print("\n".join(_lines(report)))
    return 0


def _report(deck: Deck, opened: OpenedStore | None, at: datetime) -> Report:
    from stalin_study.domain.memory import counted, is_due, mark_of
    from stalin_study.domain.progress import card_progress

    states = opened.states if opened else {}
    reviews = counted(opened.store.entries()) if opened else []
    due = {subject for subject, state in states.items() if is_due(state, at)}
    cards = [card.id for card in deck.cards]
    questions = [one.id for card in deck.cards for one in card.subjects if one is not card]
    return Report(
        cards=_tally(
            (card_progress(card, states, at).mark for card in deck.cards), due.intersection(cards)
        ),
        questions=_tally(
            (mark_of(states.get(question), at) for question in questions),
            due.intersection(questions),
        ),
        reviews=len(reviews),
        last_review=reviews[-1].reviewed_at.isoformat() if reviews else None,
    )


def _tally(marks: Iterable[Mark], due: set[str]) -> Tally:
    counts = Counter(mark.value for mark in marks)
    return Tally(
        new=counts["new"], learning=counts["learning"], secure=counts["secure"], due=len(due)
    )


def _lines(report: Report) -> list[str]:
    from stalin_study.domain.date_words import full_date
    from stalin_study.domain.wording import count_of

    lines = []
    for noun, tally in (("card", report["cards"]), ("question", report["questions"])):
        total = tally["new"] + tally["learning"] + tally["secure"]
        lines.append(
            f"{count_of(total, noun)}: {tally['secure']:,} secure, {tally['learning']:,} learning,"
            f" {tally['new']:,} new, {tally['due']:,} due"
        )
    last = report["last_review"]
    if last is None:
        lines.append("No answers yet.")
    else:
        local = datetime.fromisoformat(last).astimezone()
        when = f"{full_date(local)} at {local:%H:%M}"
        lines.append(f"{count_of(report['reviews'], 'answer')}, the last on {when}.")
    return lines
