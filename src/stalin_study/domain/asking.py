"""A question and its answer as blocks, for asking aloud: what is read, in what order."""

from __future__ import annotations

import re

from stalin_study.domain.card import Card, Question, TrueFalse
from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain

# A point of which this share has been said already adds nothing to the answer.
_MOSTLY_SAID = 0.7
_WORDS = re.compile(r"[^\W_]+")
_SHORTEST = 4  # letters; shorter words carry little, but numbers always do


def question_blocks(card: Card, subject: Question | TrueFalse) -> tuple[Block, ...]:
    """What is read as the question.

    An either/or question whose prompt does not name its choices has them read after it, in the
    order of the alphabet, which tells nothing.
    """
    if isinstance(subject, TrueFalse):
        return (_asked("question", f"True or false? {_sentence(subject.statement)}"),)
    asked = _asked("question", subject.prompt)
    if subject.kind != "either_or" or _names(subject.prompt, _choices(subject)):
        return (asked,)
    return (asked, _asked("choices", f"{_capital(', or '.join(_choices(subject)))}?"))


def answer_blocks_of(card: Card, subject: Question | TrueFalse) -> tuple[Block, ...]:
    """What is read as the answer: the answer, why, and the card's point if it adds something."""
    if isinstance(subject, TrueFalse):
        asked, answer = subject.statement, "True" if subject.answer else "False"
    else:
        asked, answer = subject.prompt, subject.answer
    blocks = [_told("answer", answer, BlockKind.HEADING)]
    if subject.because:
        blocks.append(_told("because", subject.because))
    point = next((point for point in card.points if point.id == subject.point), None)
    said = f"{asked} {answer} {subject.because}"
    if point is not None and _adds(plain(point.text).text, plain(said).text):
        blocks.append(_told("point", point.text))
    return tuple(blocks)


def _asked(key: str, text: str) -> Block:
    return Block(key, BlockKind.PROMPT, plain(text))


def _told(key: str, text: str, kind: BlockKind = BlockKind.POINT) -> Block:
    return Block(key, kind, plain(_sentence(_capital(text))))


def _sentence(text: str) -> str:
    """With a mark at its end, so that the voice falls there."""
    text = text.rstrip()
    return text if text.rstrip("'\"”’)*").endswith((".", "!", "?", "…")) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _choices(question: Question) -> tuple[str, ...]:
    return tuple(sorted((question.answer, *question.distractors), key=str.casefold))


def _names(prompt: str, choices: tuple[str, ...]) -> bool:
    """Whether the prompt has each of the choices in it, as whole words."""
    words = _spaced(prompt)
    return all(_spaced(choice) in words for choice in choices)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORDS.findall(plain(text).text.casefold()))} "


def _adds(point: str, said: str) -> bool:
    """Whether a point says more than has been said already."""
    heard = set(_telling(said))
    words = _telling(point)
    return sum(word not in heard for word in words) > (1 - _MOSTLY_SAID) * len(words)


def _telling(text: str) -> list[str]:
    words = _WORDS.findall(text.casefold())
    return [word for word in words if len(word) >= _SHORTEST or word[0].isdigit()]
