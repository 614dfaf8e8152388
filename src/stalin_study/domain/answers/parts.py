"""Right answers of several required parts, such as "Zinoviev and Kamenev"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import AnswerText, answer_text
from stalin_study.domain.card import Question
from stalin_study.domain.review_log import Verdict

_JOINT = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")
_LIST = 3  # parts from which a list with a comma is one without names


def parts_of(question: Question, names: Names) -> tuple[str, ...]:
    """The parts that an answer must have; empty for an answer of one part.

    Parts are people, single names of the deck, or three and more things with a comma between
    them. Where one of the parts alone is a right answer too, none is required.
    """
    pieces = tuple(_JOINT.split(question.answer))
    if len(pieces) < 2 or not all(pieces):
        return ()
    texts = [answer_text(piece) for piece in pieces]
    is_list = len(pieces) >= _LIST and "," in question.answer
    if not is_list and not all(_is_name(text, names) for text in texts):
        return ()
    alone = {_keys(answer_text(text)) for text in question.accept}
    return () if any(_keys(text) in alone for text in texts) else pieces


def missing_parts(parts: Sequence[tuple[str, Verdict]]) -> str:
    """What was right and what is missing, as a sentence or two; empty when nothing was right."""
    right = [part for part, verdict in parts if verdict is not Verdict.WRONG]
    missing = [part for part, verdict in parts if verdict is Verdict.WRONG]
    if not right:
        return ""
    if not missing:
        return f"{_listed(right)} right, but there is more in your answer that is not."
    return f"{_listed(right)} right. {_listed(missing)} missing."


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return f"{parts[0]} is"
    return f"{', '.join(parts[:-1])} and {parts[-1]} are"


def _is_name(text: AnswerText, names: Names) -> bool:
    keys = [spelling_key(word) for word in text.words]
    if not keys or text.numbers:
        return False
    first = names.first_names.get(keys[-1], frozenset())
    return keys[-1] in names.keys and all(key in first for key in keys[:-1])


def _keys(text: AnswerText) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(map(spelling_key, text.words))), tuple(sorted(text.numbers))
