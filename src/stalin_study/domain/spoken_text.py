"""Text for the ear: what an engine is given for a shown text, with a map back to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.number_words import cardinal, decade, number_words, ordinal, year
from stalin_study.domain.pronunciations import Dialect, Pronouncer


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


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_DASH = r"\s?[-–—]\s?"
_CENTURY = r"(?:1[0-9]|20)"
_YEAR = _CENTURY + "[0-9]{2}"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_SCALE = r"thousand|million|billion|trillion"
_RULERS = "Nicholas|Alexander|Peter|Paul|Catherine|Ivan|George|Edward|Henry|Wilhelm|Pope"
_SHORT = {
    "dr": "Doctor",
    "mr": "Mister",
    "mrs": "Missus",
    "ms": "Miz",
    "prof": "Professor",
    "st": "Saint",
    "no": "number",
    "c": "about",
    "ca": "about",
    "vs": "versus",
    "etc": "et cetera",
    "e.g": "for example",
    "i.e": "that is",
    "cf": "compare",
}
_SYMBOLS = {"%": "percent", "&": "and", "+": "plus", "=": "equals", "°": "degrees", "£": "pounds"}
_CURRENCIES = {"£": "pounds", "$": "dollars", "€": "euros"}
_PAUSES = {**dict.fromkeys("([{)]}–—…/", ","), **{mark: mark for mark in ",;:.?!"}}
_RANK = ",;:.?!"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}

_TOKEN = re.compile(
    rf"""
    (?P<day>(?<![\w.,])(?P<day1>[0-9]{{1,2}})(?:{_DASH}(?P<day2>[0-9]{{1,2}}))?(?=\s{_MONTH}))
  | (?P<money>[£$€]\s?(?P<amount>{_NUMBER})(?:\s(?P<amount_scale>{_SCALE})\b)?(?!\w))
  | (?P<years>(?<![\w.,])(?P<year1>{_YEAR}){_DASH}(?P<year2>{_YEAR}|[0-9]{{2}})(?!\w|[.,][0-9]))
  | (?P<decade>(?<!\w)['’]?(?P<decade1>{_CENTURY}[0-9]0|[1-9]0)s(?!\w))
  | (?P<year>(?<![\w.,])(?:{_YEAR})(?!\w|[.,][0-9]|\s?%|\s(?:{_SCALE})))
  | (?P<ordinal>(?<!\w)(?P<ordinal1>[0-9]{{1,9}})(?:st|nd|rd|th)(?!\w))
  | (?P<range>(?P<low>{_NUMBER}){_DASH}(?P<high>{_NUMBER})(?![\w-])(?:\s?(?P<range_unit>%))?)
  | (?P<number>(?P<number1>{_NUMBER})(?:\s?(?P<unit>%))?)
  | (?P<short>(?<!\w)(?:[Dd]r|[Mm]rs?|Ms|[Pp]rof|St|vs|cf|e\.g|i\.e)\.(?=\s?\w)
      |(?<!\w)etc\.|(?<!\w)ca?\.(?=\s?[0-9])|(?<!\w)[Nn]o\.(?=\s?[0-9]))
  | (?P<dotted>(?<!\w)(?:[A-Z]\.){{2,6}})
  | (?P<initial>(?<!\w)[A-Z]\.(?=\s?(?:[A-Z]\.|[A-Z][a-z])))
  | (?P<capitals>(?<!\w)[A-Z]{{2,6}}(?:['’]?s)?(?!\w))
  | (?P<letter>(?<=[a-z]\s)A(?=\s*(?:[,.:;?!)'’]|$)))
  | (?P<word>[^\W_](?:[^\W_]|[\u0300-\u036f]|['’-](?=[^\W\d_]))*)
  | (?P<symbol>[%&+=°£])
  | (?P<pause>[,;:.?!()\[\]{{}}–—…/]|(?<=\s)-+(?=\s))
    """,
    re.VERBOSE,
)


def _money(match: re.Match[str]) -> str:
    scale = f" {match['amount_scale']}" if match["amount_scale"] else ""
    return f"{number_words(match['amount'])}{scale} {_CURRENCIES[match.group()[0]]}"


def _years(match: re.Match[str]) -> str:
    first, second = match["year1"], match["year2"]
    return f"{year(int(first))} to {year(int(first[: 4 - len(second)] + second))}"


def _percent(unit: str | None) -> str:
    return " percent" if unit else ""


_SAYINGS: Mapping[str, Callable[[re.Match[str]], str]] = {
    "money": _money,
    "years": _years,
    "decade": lambda match: decade(int(match["decade1"])),
    "year": lambda match: year(int(match.group())),
    "ordinal": lambda match: ordinal(int(match["ordinal1"])),
    "range": lambda match: (
        f"{number_words(match['low'])} to {number_words(match['high'])}"
        f"{_percent(match['range_unit'])}"
    ),
    "number": lambda match: number_words(match["number1"]) + _percent(match["unit"]),
    "short": lambda match: _SHORT[match.group().lower().rstrip(".")],
    "symbol": lambda match: _SYMBOLS[match.group()],
}

_WORLD_WAR = re.compile(r"War\s+$")
_RULER = re.compile(rf"\b(?:{_RULERS})\s+$")


def spoken_text(text: str, lexicon: Iterable[LexiconEntry], dialect: Dialect) -> SpokenText:
    """What to say for the plain `text` of one sentence, in the engine's dialect.

    Every shown word (letters or digits) is covered by the map; marks that are not said become
    pauses or nothing. Empty when there is nothing to say.
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
                continue
            match = _TOKEN.match(text, at)
            if match is None:
                at += 1
                continue
            kind = match.lastgroup or ""
            if kind == "pause":
                self._rest(_PAUSES.get(match.group(), ","))
            else:
                self._say(self._words(kind, match), at, match.end())
            at = match.end()
        if self._map:
            self._rest(".")
            self._parts.append(self._pause if self._pause in ".?!" else ".")
        return SpokenText("".join(self._parts), tuple(self._map))

    def _words(self, kind: str, match: re.Match[str]) -> tuple[str, ...]:
        if kind == "capitals":
            letters = match.group().removesuffix("s").rstrip("'’")
            roman = self._roman(match)
            return (roman,) if roman else self._names.letters(letters)
        if kind in ("initial", "dotted", "letter"):
            return self._names.letters(match.group().replace(".", ""))
        if kind == "word":
            return (self._roman(match) or match.group().replace("’", "'"),)
        if kind == "day":
            return self._day(match)
        return tuple(_SAYINGS[kind](match).split())

    def _day(self, match: re.Match[str]) -> tuple[str, ...]:
        before = self._text[: match.start()].rstrip().lower()
        words = f"{ordinal(int(match['day1']))} of"
        if match["day2"]:
            words = f"{ordinal(int(match['day1']))} to the {ordinal(int(match['day2']))} of"
        has_article = before.endswith(" the") or before == "the"
        return tuple((words if has_article else f"the {words}").split())

    def _roman(self, match: re.Match[str]) -> str:
        number = _ROMAN.get(match.group())
        before = self._text[max(0, match.start() - 20) : match.start()]
        if number and _WORLD_WAR.search(before):
            return cardinal(number)
        if number and _RULER.search(before):
            return f"the {ordinal(number)}"
        return ""

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
