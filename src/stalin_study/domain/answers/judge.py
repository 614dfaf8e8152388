"""Whether an answer is right: each right answer tried, choices and denials taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from stalin_study.domain.answers.asked import Asked, asked
from stalin_study.domain.answers.denials import (
    is_right_yes_or_no,
    says_yes_or_no,
    without_denials,
)
from stalin_study.domain.answers.extra import spoiling
from stalin_study.domain.answers.match import Match, match
from stalin_study.domain.answers.names import Names
from stalin_study.domain.answers.slips import distance, nearest
from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import AnswerText, Kind
from stalin_study.domain.card import Question

_MOST_CHOICES = 4  # answers joined by "or" that are looked at


@dataclass(frozen=True, slots=True)
class Judged:
    """Slips of an answer that is right; or, of one that is not, the word that spoils it."""

    is_right: bool
    slips: tuple[tuple[str, str], ...] = ()
    spoiling: str = ""


def judge(question: Question, given: AnswerText, names: Names) -> Judged:
    """Judge a whole answer."""
    if says_yes_or_no(question) and is_right_yes_or_no(question, given):
        return Judged(True)
    about = asked(question)
    if _is_distractor(given, about):
        return Judged(False)
    whole = _best(given, about, names)
    if whole.is_right:
        return whole
    if given.negations:
        kept = without_denials(given, about, names)
        return whole if kept is None else _judge_choices(kept, about, names)
    return _judge_choices(given, about, names)


def fit_part(part: AnswerText, given: AnswerText, about: Asked, names: Names) -> Match | None:
    """How one required part fits, whatever else the answer says; None when it is missing."""
    if given.negations:
        return None
    found = match(given, part, about, names)
    return None if found is None or _is_nearer_to_another(found, about, names) else found


def _judge_choices(given: AnswerText, about: Asked, names: Names) -> Judged:
    """An answer that says "or" is right when each of its answers is."""
    is_or = (token.kind is Kind.OR for token in given.tokens)
    runs = groupby(zip(is_or, given.tokens, strict=True), key=lambda pair: pair[0])
    choices = [AnswerText(tuple(t for _, t in run)) for joint, run in runs if not joint]
    choices = [choice for choice in choices if choice.has_content]
    if not 0 < len(choices) <= _MOST_CHOICES:
        return Judged(False)
    judged = [_best(choice, about, names) for choice in choices]
    wrong = next((each for each in judged if not each.is_right), None)
    return wrong or max(judged, key=lambda each: len(each.slips))


def _best(given: AnswerText, about: Asked, names: Names) -> Judged:
    """The best fit with one of the right answers."""
    best = Judged(False)
    for right in about.right:
        found = match(given, right, about, names)
        if found is None:
            continue
        spoilt = spoiling(given, right, found, about, names)
        if spoilt is not None:
            best = best if best.is_right else Judged(False, spoiling=spoilt)
        elif not found.slips:
            return Judged(True)
        elif not _is_nearer_to_another(found, about, names) and (
            not best.is_right or len(found.slips) < len(best.slips)
        ):
            best = Judged(True, found.slips)
    return best


def _is_distractor(given: AnswerText, about: Asked) -> bool:
    """Whether the answer is a distractor, word for word, or has one that denies."""
    said = _said(given)
    if any(wrong.negations and set(wrong.words) <= set(given.words) for wrong in about.wrong):
        return True
    return any(said == _said(wrong) for wrong in about.wrong) and not any(
        said == _said(right) for right in about.right
    )


def _said(text: AnswerText) -> tuple[list[str], list[str], int]:
    return sorted(map(spelling_key, text.words)), sorted(text.numbers), text.negations


def _is_nearer_to_another(found: Match, about: Asked, names: Names) -> bool:
    """Whether the slips would make a distractor as soon, or another name sooner."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    keys = about.right_keys
    wrong = [w for text in about.wrong for w in text.words if spelling_key(w) not in keys]
    for slip, word in found.slips:
        far = distance(slip, word)
        if nearest(slip, wrong) <= far:
            return True
        nearer = process.extract(
            spelling_key(slip), names.keys, scorer=OSA.distance, score_cutoff=far - 1, limit=None
        )
        if any(key not in keys for key, _, _ in nearer):
            return True
    return False
