"""What marking tells the pupil: what was off, what was missing, part by part."""

from __future__ import annotations

from collections.abc import Sequence

from stalin_study.domain.answers.asked import asked
from stalin_study.domain.answers.judge import Judged, fit_part
from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.parts import missing_parts, parts_of
from stalin_study.domain.answers.text import AnswerText, Kind, answer_text
from stalin_study.domain.card import Question
from stalin_study.domain.markup import plain
from stalin_study.domain.review_log import Verdict

Slips = Sequence[tuple[str, str]]
"""Words as given and as right."""


def part_verdicts(
    question: Question, given: AnswerText, judged: Judged, names: Names
) -> list[tuple[str, Verdict]]:
    """Each required part of the right answer with its verdict; empty for one of one part."""
    found: list[tuple[str, Verdict]] = []
    for part in parts_of(question, names):
        text = answer_text(part)
        if judged.is_right:
            slips: Slips | None = [slip for slip in judged.slips if slip[1] in text.words]
        else:
            fit = fit_part(text, given, asked(question), names)
            slips = None if fit is None else fit.slips
        found.append((part, _verdict(slips)))
    return found


def why_close(question: Question, slips: Slips) -> str:
    """How the words that were slips are spelt; empty without any."""
    if not slips:
        return ""
    written = ", ".join(f"“{_as_written(right, question)}”" for _, right in slips)
    return f"Nearly: it is spelt {written}."


def why_wrong(
    question: Question, given: AnswerText, judged: Judged, parts: Sequence[tuple[str, Verdict]]
) -> str:
    """What the right answer is, and what of the answer given was wrong or missing."""
    if missing := missing_parts(parts):
        return missing
    expected = plain(question.answer).text
    if any(token.kind is Kind.OR for token in given.tokens):
        return f"Give one answer, not a choice. The answer is {expected}."
    numbers = answer_text(question.answer).numbers
    if len(numbers) == 1 and len(given.numbers) == 1 and numbers != given.numbers:
        is_year = len(numbers[0]) == 4 and numbers[0][:2] in ("18", "19")
        return f"The {'year' if is_year else 'number'} is {expected}."
    if judged.spoiling:
        return f"The answer is {expected}, without “{judged.spoiling}”."
    return f"The answer is {expected}."


def _verdict(slips: Slips | None) -> Verdict:
    if slips is None:
        return Verdict.WRONG
    return Verdict.CLOSE if slips else Verdict.CORRECT


def _as_written(word: str, question: Question) -> str:
    """A compared word as the right answers write it, with its capitals."""
    for text in question.accepted:
        for written in text.replace("-", " ").split():
            if answer_text(written).words == (word,):
                return written.strip(".,;:()'’")
    return word
