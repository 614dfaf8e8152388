"""Answers that deny something: "Kirov, not Trotsky", "not Kirov", and yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from stalin_study.domain.answers.asked import Asked
from stalin_study.domain.answers.match import may_be_slip, same_number, same_word
from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import AnswerText, Kind, Token
from stalin_study.domain.answers.words import AUXILIARIES, DENYING, HARMLESS, NO, YES
from stalin_study.domain.card import Question

_SPOKEN = (Kind.WORD, Kind.NUMBER)


def without_denials(given: AnswerText, asked: Asked, names: Names) -> AnswerText | None:
    """The answer without what it denies besides: of "Kirov, not Trotsky", Kirov.

    None when it denies the right answer, or nothing that can be told.
    """
    kept: list[Token] = []
    place = 0
    while place < len(given.tokens):
        token = given.tokens[place]
        if token.kind is not Kind.NOT:
            kept.append(token)
            place += 1
            continue
        end = _end_of_scope(given.tokens, place + 1)
        denied = [t for t in given.tokens[place + 1 : end] if t.kind in _SPOKEN]
        if not _is_another_answer(denied, _is_sentence(kept, token), asked, names):
            return None
        place = end
    return AnswerText(tuple(kept))


def _end_of_scope(tokens: Sequence[Token], start: int) -> int:
    ends = (Kind.STOP, Kind.NOT)
    return next((p for p in range(start, len(tokens)) if tokens[p].kind in ends), len(tokens))


def _is_sentence(before: Sequence[Token], negation: Token) -> bool:
    """Whether a sentence is denied ("it wasn't"), not just the word after the negation."""
    return negation.text in DENYING or bool(before and before[-1].text in AUXILIARIES)


def _is_another_answer(
    denied: Sequence[Token], is_sentence: bool, asked: Asked, names: Names
) -> bool:
    """Whether what is denied is a wrong answer, so that denying it does no harm."""
    if any(_is_right(token, asked, names) for token in denied):
        return False
    wrong = {spelling_key(word) for text in asked.wrong for word in (*text.words, *text.numbers)}
    keys = [(spelling_key(token.text), token.text) for token in denied]
    strange = [
        key
        for key, word in keys
        if key in wrong or not (key in asked.prompt_keys or word in HARMLESS)
    ]
    if is_sentence:
        return any(key in wrong or key in names.keys for key in strange)
    return bool(strange)


def _is_right(token: Token, asked: Asked, names: Names) -> bool:
    rights = [t for text in asked.right for t in text.tokens if t.kind is token.kind]
    if token.kind is Kind.NUMBER:
        return any(same_number(token, right, asked) for right in rights)
    return any(
        same_word(token.text, right.text, names)
        or may_be_slip(token.text, right.text, asked, names)
        for right in rights
    )


def says_yes_or_no(question: Question) -> bool:
    """Whether the right answer is a plain yes or no."""
    return question.answer.casefold() in ("yes", "no")


def is_right_yes_or_no(question: Question, given: AnswerText) -> bool:
    """Whether an answer to a yes or no question says the right one, and only that one.

    The first yes or no counts, with what follows as its reason: "no, it wasn't".
    """
    said = [
        (place, "yes" if token.text in YES else "no")
        for place, token in enumerate(given.tokens)
        if token.text in YES or token.text in NO
    ]
    if not said or {word for _, word in said} != {question.answer.casefold()}:
        return False
    first = said[0][0]
    before = given.tokens[:first]
    if any(token.kind in (Kind.NOT, Kind.NUMBER, Kind.OR) for token in before):
        return False
    after = given.tokens[first + 1 :]
    if any(token.kind is Kind.OR for token in after) or (after[:1] and after[0].kind is Kind.AND):
        return False
    denials = sum(token.kind is Kind.NOT for token in after)
    return denials == 0 or question.answer.casefold() == "no"
