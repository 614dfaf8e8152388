"""When each shown word of a sentence sounds: from the engine's events, or estimated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stalin_study.domain.spoken_text import SpokenText, SpokenWord


@dataclass(frozen=True, slots=True)
class WordTime:
    """A stretch of the shown text, in code points, and when it begins to sound."""

    start_ms: int
    start: int
    end: int


_VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_PAUSE_WEIGHT = {",": 1.5, ";": 2.0, ":": 2.0, ".": 3.0, "?": 3.0, "!": 3.0}


def word_times(
    spoken: SpokenText, events: Iterable[tuple[int, int]], duration_ms: int
) -> tuple[WordTime, ...]:
    """The shown words in order, each with the time of the first spoken word that says it.

    `events` are (milliseconds, code point of the spoken text), as an engine reports the words that
    it begins. Words that it passes over (espeak-ng joins "was the" to one) get a time between
    their neighbours, by syllables; so do all words when there are no events.
    """
    words = spoken.map
    known = _known(words, events)
    weights = [_weight(spoken.text, word) for word in words]
    times = _filled(known, weights, duration_ms)
    return tuple(_shown(words, times))


def _known(words: Sequence[SpokenWord], events: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Times by place among the words, ascending in both; the first event of a word counts."""
    known: dict[int, int] = {}
    latest = place = 0
    for start_ms, location in sorted(events):
        found = next((n for n in range(place, len(words)) if words[n].spoken_end > location), None)
        if found is None or words[place].spoken_start > location:
            continue
        place = found
        if place not in known:
            latest = max(latest, start_ms)
            known[place] = latest
    return known


def _filled(known: dict[int, int], weights: Sequence[float], duration_ms: int) -> list[int]:
    anchors = sorted({0: 0, **known}.items())
    last = anchors[-1][1]
    anchors.append((len(weights), max(duration_ms, last)))
    times: list[int] = []
    for (place, begin), (following, end) in pairwise(anchors):
        between = weights[place:following]
        whole = sum(between) or 1.0
        passed = 0.0
        for weight in between:
            times.append(round(begin + (end - begin) * passed / whole))
            passed += weight
    return times


def _shown(words: Sequence[SpokenWord], times: Sequence[int]) -> Iterator[WordTime]:
    before: tuple[int, int] | None = None
    for word, start_ms in zip(words, times, strict=True):
        if (word.start, word.end) != before:
            before = (word.start, word.end)
            yield WordTime(start_ms, word.start, word.end)


def _weight(text: str, word: SpokenWord) -> float:
    said = text[word.spoken_start : word.spoken_end]
    syllables = max(1, len(_VOWELS.findall(said)))
    following = text[word.spoken_end : word.spoken_end + 1]
    return syllables + len(said) / 10 + _PAUSE_WEIGHT.get(following, 0.0)
