"""A question as marking reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import AnswerText, Kind, Token, answer_text
from stalin_study.domain.answers.words import MONTHS, unit_of
from stalin_study.domain.card import Question

_IN_MILLIONS = re.compile(r"\bhow many million|\bin millions\b", re.IGNORECASE)
_PERCENT = re.compile(r"\bper ?cent|%|\bwhat (?:share|proportion)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's right and wrong answers, and what its prompt and explanation speak of.

    Words are by spelling key. `is_in_millions`: 5 and 5 million are one answer.
    """

    right: tuple[AnswerText, ...]
    wrong: tuple[AnswerText, ...]
    right_keys: frozenset[str]
    right_numbers: frozenset[tuple[str, str]]
    wrong_numbers: frozenset[str]
    prompt_keys: frozenset[str]
    prompt_owners: frozenset[str]
    prompt_numbers: frozenset[str]
    because_keys: frozenset[str]
    because_numbers: frozenset[str]
    months: frozenset[int]
    units: frozenset[str]
    prompt_places: frozenset[str]
    is_choice: bool
    has_or: bool
    is_in_millions: bool
    is_percent: bool


@lru_cache(maxsize=512)
def asked(question: Question) -> Asked:
    """Read a question, once."""
    right = tuple(map(answer_text, question.accepted))
    wrong = tuple(map(answer_text, question.distractors))
    prompt = answer_text(question.prompt)
    because = answer_text(question.because)
    return Asked(
        right=right,
        wrong=wrong,
        right_keys=frozenset(key for text in right for key in keys_of(text)),
        right_numbers=frozenset((t.text, t.bound) for text in right for t in numbers_of(text)),
        wrong_numbers=frozenset(number for text in wrong for number in text.numbers),
        prompt_keys=keys_of(prompt),
        prompt_owners=frozenset(spelling_key(t.text) for t in prompt.tokens if t.is_owner),
        prompt_numbers=frozenset(prompt.numbers),
        because_keys=keys_of(because),
        because_numbers=frozenset(because.numbers),
        months=frozenset(
            MONTHS.index(word) + 1 for text in right for word in text.words if word in MONTHS
        ),
        units=frozenset(unit_of(word) for text in (prompt, *right) for word in text.words),
        prompt_places=frozenset(
            spelling_key(token.text)
            for before, token in pairwise(prompt.tokens)
            if before.text in ("in", "of")
        ),
        has_or=any(token.kind is Kind.OR for text in right for token in text.tokens),
        is_choice=question.kind == "either_or",
        is_in_millions=bool(_IN_MILLIONS.search(question.prompt)),
        is_percent=bool(_PERCENT.search(question.prompt)),
    )


def keys_of(text: AnswerText) -> frozenset[str]:
    """The spelling keys of the words that say something."""
    return frozenset(map(spelling_key, text.words))


def numbers_of(text: AnswerText) -> tuple[Token, ...]:
    """The numbers, with what bounds them."""
    return tuple(token for token in text.tokens if token.kind is Kind.NUMBER)
