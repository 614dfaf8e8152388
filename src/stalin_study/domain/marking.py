"""Marks a typed answer: forgives how it is written, never what it says.

What it takes is imported when it is first needed, so that starting does not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stalin_study.domain.card import Question
from stalin_study.domain.deck import Deck
from stalin_study.domain.review_log import Verdict

if TYPE_CHECKING:
    from stalin_study.domain.answers.names import Names

EMPTY = "Type an answer, or choose “I don’t know”."
VERY_LONG = "That is very long. A few words are enough."
TOO_LONG = 400  # characters: nobody's short answer


@dataclass(frozen=True, slots=True)
class PartMarking:
    """What marking says of one required part of a right answer."""

    expected: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Marking:
    """What marking says: `why` is a sentence for the pupil, empty when simply correct.

    `parts` are the required parts of the right answer, empty when it is of one part.
    """

    verdict: Verdict
    expected: str
    why: str = ""
    parts: tuple[PartMarking, ...] = ()


def names_of(deck: Deck) -> Names:
    """Every name in the deck: people, terms, lexicon, and proper answers and distractors."""
    from stalin_study.domain.answers.names import collect_names

    return collect_names(deck)


def mark(question: Question, answer: str, names: Names) -> Marking:
    """Mark `answer` against the right answers of `question`.

    Correct: the same words and numbers in any order, whatever the case, punctuation, accents,
    articles, plural, tense, number words, date form or Latin spelling. Close: the same but for
    slips of the pen in proportion to the length of each word. Wrong: another name, year, number or
    unit, a denial, an answer of a distractor, right and wrong together, or too little.
    """
    if not answer.strip():
        return Marking(Verdict.WRONG, question.answer, EMPTY)
    if len(answer) > TOO_LONG:
        return Marking(Verdict.WRONG, question.answer, VERY_LONG)
    from stalin_study.domain.answers.judge import judge
    from stalin_study.domain.answers.reasons import part_verdicts, why_close, why_wrong
    from stalin_study.domain.answers.text import answer_text

    given = answer_text(answer)
    if not given.squashed:
        return Marking(Verdict.WRONG, question.answer, EMPTY)
    judged = judge(question, given, names)
    parts = tuple(
        PartMarking(part, verdict)
        for part, verdict in part_verdicts(question, given, judged, names)
    )
    if not judged.is_right:
        why = why_wrong(question, given, judged, [(p.expected, p.verdict) for p in parts])
        return Marking(Verdict.WRONG, question.answer, why, parts)
    verdict = Verdict.CLOSE if judged.slips else Verdict.CORRECT
    return Marking(verdict, question.answer, why_close(question, judged.slips), parts)
