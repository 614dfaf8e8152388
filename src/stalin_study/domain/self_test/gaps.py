"""Gaps: a short question put as its own point with the answer left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import answer_text
from stalin_study.domain.card import Card, Question
from stalin_study.domain.markup import plain

GAP = "______"

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_GLUE_BEFORE = re.compile(r"\w[-–—/.,'’]$")
_GLUE_AFTER = re.compile(r"[-–—/.,]\w")
_YEAR = re.compile(r"[12]\d{3}")
_SENTENCE_END = re.compile(r"[.!?]['’”]?\s")
_SEVERAL_ANSWERS = re.compile(r"name (?:one|an?|any)\b", re.IGNORECASE)
# Who or what is meant stands in the point before.
_POINTS_BACK = re.compile(r"(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
_SHORTEST_STEM = 5


class _Form(NamedTuple):
    """Words and numbers of a text, each as it is compared, whatever their order."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    negations: int

    @property
    def parts(self) -> frozenset[str]:
        """Words and numbers together."""
        return frozenset((*self.words, *self.numbers))


class _Place(NamedTuple):
    """Where an answer stands in a point's plain text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]

    def holds(self, other: _Place) -> bool:
        """Whether the other is part of this one."""
        return self.start <= other.start and other.end <= self.end


def gap_question(card: Card, question: Question) -> Question | None:
    """A short question as a gap in its own point; None where that would not be fair.

    The answer, or an accepted one, has to stand in bold in the point. It is left out wherever it
    stands there; where that does not hide it, or several answers would fit, there is no gap. What
    is typed is marked against the question given back.
    """
    if question.kind != "short":
        return None
    points = (point for point in card.points if point.id == question.point)
    return next((_gap(point.text, question) for point in points), None)


@lru_cache(maxsize=4096)
def _gap(markdown: str, question: Question) -> Question | None:
    text = plain(markdown).text
    asked = _asked_place(markdown, question)
    if asked is None or _points_back(text, asked):
        return None
    place = _with_its_name(text, asked, question)
    answer, wanted = place.of(text), _form(asked.of(text))
    prompt = _without(text, [place])
    rest = _form(prompt)
    if wanted.parts & rest.parts:
        prompt = _without(text, [place, *_other_places(text, place, (wanted, _form(answer)))])
        rest = _form(prompt)
    if _is_given_away(wanted, rest) or _is_second_name(question, wanted, rest):
        return None
    accept = tuple(_still_right(question, answer, wanted, rest))
    if _SEVERAL_ANSWERS.match(question.prompt) and not _are_one(wanted, accept):
        return None
    return replace(question, prompt=prompt, answer=answer, accept=accept)


def _asked_place(markdown: str, question: Question) -> _Place | None:
    """Where the first accepted answer, in the deck's order, stands in bold.

    Of a date or an amount in bold that is only the part that is asked for.
    """
    text, runs = plain(markdown).text, plain(markdown).runs
    for accepted in question.accepted:
        form = _form(accepted)
        for run in runs:
            places = _places(text, form, run.start, run.end) if run.bold else ()
            place = min(places, key=lambda place: place.end - place.start, default=None)
            if place is not None:
                return place
    return None


def _places(text: str, form: _Form, start: int, end: int) -> Iterator[_Place]:
    """Every stretch of whole words between two places that says the same as `form`."""
    wanted, has_numbers = frozenset(form.words), bool(form.numbers)
    bounds: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, end):
        word = _form(match.group())
        if (has_numbers and word.numbers) or not wanted.isdisjoint(word.words):
            bounds.append(match.span())
    for number, first in enumerate(bounds):
        for last in bounds[number:]:
            place = _Place(first[0], last[1])
            if _form(place.of(text)) == form and not _is_glued(text, place):
                yield place


def _is_glued(text: str, place: _Place) -> bool:
    """Whether a stretch is half of something: 1934 of 1934-36, 27 of 27.6."""
    before = text[max(0, place.start - 2) : place.start]
    return bool(_GLUE_BEFORE.search(before) or _GLUE_AFTER.match(text, place.end))


def _with_its_name(text: str, asked: _Place, question: Question) -> _Place:
    """The place with the capitalised words beside it that an accepted answer has too."""
    widest = asked
    for accepted in question.accepted:
        form = _form(accepted)
        if form.numbers or not accepted[:1].isupper():
            continue
        reach = len(accepted) + 2
        for wider in _places(text, form, max(0, asked.start - reach), asked.end + reach):
            added = text[wider.start : asked.start] + text[asked.end : wider.end]
            if wider.holds(widest) and all(word[0].isupper() for word in _WORD.findall(added)):
                widest = wider
    return widest


def _points_back(text: str, place: _Place) -> bool:
    """Whether the sentence with the gap begins by pointing back to another point."""
    is_first = _SENTENCE_END.search(text, 0, place.start) is None
    return is_first and _POINTS_BACK.match(text) is not None


def _other_places(text: str, taken: _Place, forms: Iterable[_Form]) -> Iterator[_Place]:
    """Where else the answer stands, in full or by surname."""
    end = 0
    for place in sorted({place for form in forms for place in _places(text, form, 0, len(text))}):
        is_free = place.start >= end and not taken.holds(place)
        if is_free and (place.end <= taken.start or place.start >= taken.end):
            end = place.end
            yield place


def _without(text: str, places: Iterable[_Place]) -> str:
    for place in sorted(places, reverse=True):
        text = text[: place.start] + GAP + text[place.end :]
    return text


def _is_given_away(answer: _Form, rest: _Form) -> bool:
    """Whether a word of an answer, half of a date, or all in other forms can still be read."""
    same = answer.parts & rest.parts
    if same and (not answer.numbers or len(same) * 2 >= len(answer.parts)):
        return True
    return all(_is_derived(part, rest.words) for part in answer.parts)


def _is_derived(part: str, words: Iterable[str]) -> bool:
    """Whether a word is the stem of one of these, or the other way round."""
    return len(part) >= _SHORTEST_STEM and any(
        len(word) >= _SHORTEST_STEM and (word.startswith(part) or part.startswith(word))
        for word in words
    )


def _is_second_name(question: Question, wanted: _Form, rest: _Form) -> bool:
    """Whether the gap would ask for another name of an answer that stands beside it."""
    first = _form(question.answer)
    return first != wanted and bool(first.parts) and first.parts <= rest.parts


def _still_right(question: Question, answer: str, wanted: _Form, rest: _Form) -> Iterator[str]:
    """The accepted answers that are right in the gap: not those that stand beside it.

    Where the point gives another date than the question's answer, only that date is right.
    """
    years = () if wanted == _form(question.answer) else _years(wanted)
    for accepted in dict.fromkeys(question.accepted):
        form = _form(accepted)
        if accepted == answer or form.parts <= rest.parts:
            continue
        if not years or form.numbers == wanted.numbers:
            yield accepted


def _years(form: _Form) -> tuple[str, ...]:
    return tuple(number for number in form.numbers if _YEAR.fullmatch(number))


def _are_one(wanted: _Form, accept: Iterable[str]) -> bool:
    """Whether all accepted answers are names for the same thing."""
    return all(wanted.parts & _form(accepted).parts for accepted in accept)


@lru_cache(maxsize=8192)
def _form(text: str) -> _Form:
    of = answer_text(text)
    words = sorted(map(spelling_key, of.words))
    return _Form(tuple(words), tuple(sorted(of.numbers)), of.negations)
