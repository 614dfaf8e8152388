"""Blurt: which points of a card a free text mentions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

from stalin_study.domain.answers.text import answer_text
from stalin_study.domain.card import Point
from stalin_study.domain.markup import plain
from stalin_study.domain.self_test.word_forms import TALK, CardWords
from stalin_study.domain.when import parse_when

LONGEST_TEXT = 60_000  # characters that are looked at
LONGEST_STRETCH = 30  # words in which a point is looked for

_CHUNK = 10  # words
_LONGEST_WORD = 40  # characters
_BOLD = 2.0  # times the weight of a word that is not
# A point needs this weight of words, and this share of the weight of its own.
_LEAST, _LEAST_SHARE = 2.3, 0.22
# This many of its words apart from each other, and this share of what is said there.
_FEWEST_APART, _SHARE_OF_SAID = 2, 0.33
# From this share of what is said on, names are what a sentence is about.
_MOST_OF_SAID = 0.6
# Fewer words than so many times those that say something are a list.
_LEAST_TALK = 1.3
_LONGEST_RANGE = 3  # years
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|[\n\r•]+")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_SMALL_NUMBERS = frozenset(("1", "2", "3"))


class _Chunk(NamedTuple):
    """A few words that stand together: those that the card knows, and the numbers."""

    known: frozenset[str]
    numbers: frozenset[str]
    length: int
    said: int
    sentence: int


class _Found(NamedTuple):
    """A point in a stretch of chunks, from the first to the last, with the weight of its words."""

    score: float
    point: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The words and numbers of a point.

    `weights` has both; `least` is the weight that a mention needs. `plain_words` are not names,
    `amounts` are bold numbers other than dates, and words of one bold stretch share their unit.
    """

    weights: Mapping[str, float]
    units: Mapping[str, int]
    plain_words: frozenset[str]
    numbers: frozenset[str]
    amounts: frozenset[str]
    least: float


def recognised(points: tuple[Point, ...], written: str) -> frozenset[int]:
    """The numbers of the points, from 0, that `written` mentions.

    A point is there when enough of its own words stand together: bold words and those of few
    points weigh more, names alone are not enough, and a year or number other than its own is
    against it. Words may be misspelt, in another form, or another word for the same.
    """
    wanted, words = _read(points)
    reading = _Reading(wanted, tuple(_chunks(written[:LONGEST_TEXT], words)))
    return reading.ticked()


class _Reading:
    """A text read for the points of a card.

    Each word there is claimed by the point that is said best, and is then no sign of another. A
    point that is said with a wrong number claims its words too.
    """

    def __init__(self, wanted: Sequence[_Wanted], chunks: Sequence[_Chunk]) -> None:
        self._wanted = wanted
        self._chunks = chunks
        self._claims: dict[tuple[int, str], int] = {}

    def ticked(self) -> frozenset[int]:
        """The points that are said and not contradicted."""
        found = sorted(self._found(), key=lambda one: (-one.score, one.last - one.first))
        ticked: set[int] = set()
        # A number that one point explains is not against another: look twice.
        for one in (*found, *found):
            if one.point in ticked or not self._is_said(one):
                continue
            if not self._is_contradicted(one):
                ticked.add(one.point)
            for place in range(one.first, one.last + 1):
                for key in self._chunks[place].known & self._wanted[one.point].weights.keys():
                    self._claims.setdefault((place, key), one.point)
        return frozenset(ticked)

    def _found(self) -> Iterator[_Found]:
        """Every point in every stretch of one sentence that holds enough of its words."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, point in enumerate(self._wanted):
            for key in point.weights:
                places[key].append(number)
        for first, last in self._stretches():
            scores: dict[int, float] = defaultdict(float)
            for key in self._known(first, last):
                for number in places.get(key, ()):
                    scores[number] += self._wanted[number].weights[key]
            for number, score in scores.items():
                if score >= self._wanted[number].least:
                    yield _Found(score, number, first, last)

    def _stretches(self) -> Iterator[tuple[int, int]]:
        for first, chunk in enumerate(self._chunks):
            length = chunk.length
            yield first, first
            for last in range(first + 1, len(self._chunks)):
                length += self._chunks[last].length
                if self._chunks[last].sentence != chunk.sentence or length > LONGEST_STRETCH:
                    break
                yield first, last

    def _known(self, first: int, last: int) -> frozenset[str]:
        return frozenset().union(*(chunk.known for chunk in self._chunks[first : last + 1]))

    def _is_said(self, one: _Found) -> bool:
        """Whether enough of the words in a stretch are a point's own, and not of others."""
        point, stretch = self._wanted[one.point], self._chunks[one.first : one.last + 1]
        there = self._known(one.first, one.last) & point.weights.keys()
        fresh = {
            key
            for place, chunk in enumerate(stretch, one.first)
            for key in chunk.known & there
            if self._is_free(one, place, key)
        }
        apart = {point.units[key] for key in fresh}
        said = sum(chunk.said for chunk in stretch)
        if len(apart) < _FEWEST_APART or len(there) < _SHARE_OF_SAID * said:
            return False
        is_list = sum(chunk.length for chunk in stretch) < _LEAST_TALK * said
        return bool(point.plain_words & there) or _names_tell(point, there, said, is_list)

    def _is_contradicted(self, one: _Found) -> bool:
        """Whether a year or a number near the words is another than the point's."""
        point, near = self._wanted[one.point], self._numbers_near(one)
        years, own = _years(near), _years(point.numbers)
        if years and own and not any(_is_year_of(year, own) for year in years):
            return True
        amounts = {n for n in near - point.numbers - _SMALL_NUMBERS if not _YEAR.fullmatch(n)}
        return bool(amounts) and not point.amounts <= near

    def _numbers_near(self, one: _Found) -> set[str]:
        """The numbers in a stretch and beside it in its sentence that no other point explains."""
        sentence = self._chunks[one.first].sentence
        return {
            number
            for place in range(max(0, one.first - 1), min(len(self._chunks), one.last + 2))
            if self._chunks[place].sentence == sentence
            for number in self._chunks[place].numbers
            if self._is_free(one, place, number)
        }

    def _is_free(self, one: _Found, place: int, key: str) -> bool:
        return self._claims.get((place, key), one.point) == one.point


def _names_tell(point: _Wanted, there: Set[str], said: int, is_list: bool) -> bool:
    """Whether names and numbers without plain words are what a sentence is about."""
    is_about = len(there) >= _MOST_OF_SAID * said
    if point.numbers & there:
        return is_about or not is_list
    return is_about and not is_list


def _years(numbers: Iterable[str]) -> list[int]:
    return [int(number) for number in numbers if _YEAR.fullmatch(number)]


def _is_year_of(year: int, own: Sequence[int]) -> bool:
    """Whether a year is one of a point's, or within its few years."""
    is_range = max(own) - min(own) <= _LONGEST_RANGE
    return year in own or (is_range and min(own) <= year <= max(own))


def _chunks(written: str, words: CardWords) -> Iterator[_Chunk]:
    found: dict[str, str | None] = {}
    # Signs such as ² and ① are no numbers that an answer has.
    written = "".join(sign for sign in written if sign.isdecimal() or not sign.isdigit())
    for number, sentence in enumerate(_SENTENCE_END.split(written)):
        for chunk in _cut(sentence):
            said = answer_text(" ".join(chunk))
            telling = [word for word in said.words if _tells(word)]
            for word in telling:
                if word not in found:
                    found[word] = words.find(word)
            numbers = frozenset(map(_amount, said.numbers))
            known = frozenset(key for word in telling if (key := found[word]) is not None)
            said_here = len(telling) + len(numbers)
            yield _Chunk(known | numbers, numbers, len(chunk), said_here, number)


def _cut(sentence: str) -> Iterator[list[str]]:
    """The words of a sentence, some ten at a time; a number and its unit stay together."""
    chunk: list[str] = []
    for word in sentence.split():
        is_full = len(chunk) > _CHUNK or (len(chunk) == _CHUNK and not chunk[-1][-1].isdecimal())
        if is_full:
            yield chunk
            chunk = []
        chunk.append(word[:_LONGEST_WORD])
    if chunk:
        yield chunk


@lru_cache(maxsize=8)
def _read(points: tuple[Point, ...]) -> tuple[tuple[_Wanted, ...], CardWords]:
    words = CardWords()
    keys = [_keys(plain(point.text).text, words) for point in points]
    spread = Counter(key for of_point in keys for key in of_point)
    rarity = {key: _rarity(count, len(points)) for key, count in spread.items()}
    return tuple(_wanted(point, rarity, words) for point in points), words


def _keys(text: str, words: CardWords) -> frozenset[str]:
    said = answer_text(text)
    keys = (words.add(word) for word in said.words if _tells(word))
    return frozenset((*keys, *map(_amount, said.numbers)))


def _wanted(point: Point, rarity: Mapping[str, float], words: CardWords) -> _Wanted:
    shown = plain(point.text)
    keys = _keys(shown.text, words)
    texts = [shown.text[run.start : run.end] for run in shown.runs if run.bold]
    runs = [_keys(text, words) & keys for text in texts]
    dates = [run for run, text in zip(runs, texts, strict=True) if parse_when(text) is not None]
    bold, of_dates = frozenset().union(*runs), frozenset().union(*dates)
    units = {key: -number for number, key in enumerate(sorted(keys), 1)}
    units |= {key: number for number, run in enumerate(runs) for key in run}
    lower = re.findall(r"(?<!\w)[a-z]+", shown.text)
    numbers = frozenset(key for key in keys if key[0].isdigit())
    weights = {key: rarity[key] * _emphasis(key, bold) for key in keys}
    return _Wanted(
        weights=weights,
        units=units,
        plain_words=keys & {words.find(word) for word in lower if _tells(word)},
        numbers=numbers,
        amounts=frozenset(n for n in numbers & bold - of_dates if not _YEAR.fullmatch(n)),
        least=max(_LEAST, _LEAST_SHARE * sum(weights.values())),
    )


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in TALK


def _emphasis(key: str, bold: Set[str]) -> float:
    return (_BOLD if key in bold else 1.0) * (0.5 if key in _SMALL_NUMBERS else 1.0)


def _rarity(count: int, of: int) -> float:
    """1 for a word of one point only, less the more of the points have it."""
    return max(0.05, log((of + 1) / count) / log(of + 1))


def _amount(number: str) -> str:
    """A number as pupils give it, without its millions."""
    if not number.replace(".", "", 1).isdecimal():
        return number  # a decade or a fraction
    value = float(number)
    return f"{value / 1e6:.10g}" if value >= 1e6 else number
