"""Text for the ear: what an engine is given for a shown text, with a map back to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.number_words import digits, number_words
from stalin_study.domain.pronunciations import Dialect, Pronouncer
from stalin_study.domain.roman_numerals import roman_words
from stalin_study.domain.spoken_forms import HYPHENATED, SAYINGS, TOKEN, said


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """Where a word stands in the spoken text, and the shown text that it says; in code points."""

    spoken_start: int
    spoken_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenText:
    """`map` holds every spoken word in order; several of them may say one shown word."""

    text: str
    map: tuple[SpokenWord, ...] = ()


_PAUSES = {**dict.fromkeys("([{)]}…/", ","), **{mark: mark for mark in ",;:.?!"}}
_RANK = ",;:.?!"
_LETTERED = re.compile(
    r"\b(?:Source|Plan|Level|Option|Section|Group|Card|Class|Type|Part|Grade)\s+\Z"
)
_LOOK_BACK = 12
_ABBREVIATION = re.compile(r"[A-Z]{2,6}(?:['’]?s)?(?!\w)")
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060]")  # soft hyphens and zero-width marks
_LIKE_ASCII = str.maketrans("’‐‑", "'--")
# Capitals for weight, as in "Which of these was NOT ...?"
_STRESSED = frozenset(
    "ALL AND ANY BEST BOTH BUT EXCEPT LEAST MOST MUST NEVER NO NOT ONE ONLY OR TWO".split()
)


def spoken_text(text: str, lexicon: Iterable[LexiconEntry], dialect: Dialect) -> SpokenText:
    """What to say for the plain `text` of one sentence, in the engine's dialect.

    Every shown word (letters or digits) is covered by the map; marks that are not said, and the
    control sequences of a terminal, become pauses or nothing. Empty when there is nothing to say.
    """
    return _Speaking(text, Pronouncer(lexicon, dialect)).spoken()


class _Speaking:
    """One pass over a text, gathering spoken words and the pauses between them."""

    def __init__(self, text: str, names: Pronouncer) -> None:
        self._text = text
        self._names = names
        self._parts: list[str] = []
        self._length = 0
        self._pause = ""
        self._map: list[SpokenWord] = []

    def spoken(self) -> SpokenText:
        text, at = self._text, 0
        while at < len(text):
            name = self._names.match(text, at) if text[at].isalnum() else None
            if name is not None:
                end, words = name
                self._say(words, at, end)
                at = end
            else:
                match = None if text[at].isspace() else TOKEN.match(text, at)
                at = at + 1 if match is None else self._take(match)
        if self._map:
            self._rest(".")
            self._parts.append(self._pause if self._pause in ".?!" else ".")
        return SpokenText("".join(self._parts), tuple(self._map))

    def _take(self, match: re.Match[str]) -> int:
        """Say or rest at a token; returns where it ends."""
        kind, start, end = match.lastgroup or "", match.start(), match.end()
        if kind == "control":
            return end
        if kind == "pause":
            self._rest(_PAUSES.get(match.group(), ","))
            return end
        if kind == "word":
            end = self._word_end(match)
            self._say(self._word(self._text[start:end], start).split(), start, end)
            return end
        words = tuple(said(match).split()) if kind in SAYINGS else self._letters(kind, match)
        self._say(words, start, end)
        if not words and start and (match.group() != "-" or self._text[start - 1].isspace()):
            self._rest(",")
        return end

    def _letters(self, kind: str, match: re.Match[str]) -> tuple[str, ...]:
        if kind == "code":
            return self._code(match.group())
        has_s = match.group().endswith("s")
        letters = match.group().removesuffix("s").rstrip("'’").replace(".", "")
        if kind == "capitals" and letters in _STRESSED and not has_s:
            return (letters.lower(),)
        roman = roman_words(self._text, match.start(), match.end())
        return tuple(roman.split()) or self._names.letters(letters, has_s)

    def _code(self, written: str) -> tuple[str, ...]:
        """The N1520 of a shelf, or the T34 of an army: letters, and figures in ones or as one."""
        words: list[str] = []
        for part in re.findall(r"[0-9]+|[A-Z]+", written):
            if part.isalpha():
                words += self._names.letters(part)
            else:
                words += (digits(part) if len(part) > 3 else number_words(part)).split()
        return tuple(words)

    def _word_end(self, match: re.Match[str]) -> int:
        """After all parts of "self-taught", but before the name or abbreviation of "anti-kulak"."""
        end = match.end()
        while following := HYPHENATED.match(self._text, end):
            after = following.start("after")
            if _ABBREVIATION.match(self._text, after) or self._names.match(self._text, after):
                break
            end = following.end()
        return end

    def _word(self, written: str, start: int) -> str:
        if len(written) == 1 and "A" <= written <= "Z":
            roman = roman_words(self._text, start, start + 1)
            if roman:
                return roman
            if _LETTERED.search(self._text, max(0, start - _LOOK_BACK), start):
                return self._names.letters(written)[0]
        return _HIDDEN.sub("", written).translate(_LIKE_ASCII)

    def _say(self, words: Iterable[str], start: int, end: int) -> None:
        for word in words:
            if self._map:
                gap = f"{self._pause} "
                self._parts.append(gap)
                self._length += len(gap)
            self._pause = ""
            self._map.append(SpokenWord(self._length, self._length + len(word), start, end))
            self._parts.append(word)
            self._length += len(word)

    def _rest(self, mark: str) -> None:
        if self._map and (not self._pause or _RANK.index(mark) > _RANK.index(self._pause)):
            self._pause = mark
