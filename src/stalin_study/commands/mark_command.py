"""`stalin-study mark`: marks an answer as the self-test does."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from stalin_study.domain.marking import TOO_LONG, mark, names_of
from stalin_study.paths import find_paths
from stalin_study.services.library import load_deck

_MOST = TOO_LONG + 1  # characters read from standard input: enough to say that it is too long


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("mark", help="mark an answer to a question")
    parser.add_argument("question", help="the question's id, such as c01q01")
    parser.add_argument("answer", help="the answer as typed; - reads it from standard input")
    parser.add_argument("--deck", type=Path, help="the deck's folder (default: the shipped deck)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the verdict, the right answer and why. Returns 1 without a deck, 2 for a wrong id."""
    paths = find_paths()
    deck = load_deck(options.deck or paths.deck).deck
    if deck is None:
        print("The deck could not be read. Check it with: stalin-study deck check", file=sys.stderr)
        return 1
    found = deck.questions_by_id.get(options.question)
    if found is None:
        print(_unknown(options.question, tuple(deck.questions_by_id)), file=sys.stderr)
        return 2
    answer = sys.stdin.read(_MOST) if options.answer == "-" else options.answer
    marking = mark(found[1], answer, names_of(deck))
    if options.json:
        told = {
            "question": options.question,
            "answer": answer,
            "verdict": marking.verdict,
            "expected": marking.expected,
            "why": marking.why,
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{marking.verdict}. {marking.why or marking.expected}")
    return 0


def _unknown(question_id: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import process

    near = [match[0] for match in process.extract(question_id[:50], known, limit=3)]
    return f"There is no question “{question_id[:50]}” in this deck. Near it: {', '.join(near)}."
