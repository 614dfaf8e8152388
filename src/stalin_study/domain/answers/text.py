"""Answers brought to a common form, so that only what matters is compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from stalin_study.domain.answers.numbers import with_figures
from stalin_study.domain.answers.words import (
    ABBREVIATIONS,
    IDLE,
    INSTEAD,
    JOINTS,
    LIGHT,
    MONTH_FORMS,
    MONTHS,
    NEGATIONS,
    NOT_BUT,
)


class Kind(Enum):
    """What a token of an answer does there."""

    WORD = "word"
    LIGHT = "light"
    NUMBER = "number"
    NOT = "not"
    OR = "or"
    AND = "and"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark. Numbers are written 1937, 1.5, 2/3 or 1930s.

    `is_owner`: it stood in the possessive. `bound` is > or < for more or less than a number, or
    after or before it. `is_percent` is for numbers.
    """

    text: str
    kind: Kind
    is_owner: bool = False
    bound: str = ""
    is_percent: bool = False


@dataclass(frozen=True)
class AnswerText:
    """An answer as tokens, in order, each as it is compared."""

    tokens: tuple[Token, ...]

    def _of(self, kind: Kind) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens if token.kind is kind)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that say something."""
        return self._of(Kind.WORD)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers, as figures."""
        return self._of(Kind.NUMBER)

    @cached_property
    def negations(self) -> int:
        """How many words negate."""
        return len(self._of(Kind.NOT))

    @cached_property
    def has_content(self) -> bool:
        """Whether anything is said: a word or a number."""
        return bool(self.words or self.numbers)

    @cached_property
    def squashed(self) -> str:
        """All words and numbers without spaces, for those who leave them out."""
        said = (Kind.WORD, Kind.LIGHT, Kind.NUMBER, Kind.NOT)
        return "".join(token.text for token in self.tokens if token.kind in said)


_UNSEEN = re.compile(r"[’‘`´ʼ′＇]")
_FRACTION_SIGN = re.compile(r"(?=[¼½¾⅓⅔⅛])")
_YEAR = r"1[89]\d\d"
_TO = r"(?:-|/|&|\bto\b|\band\b|\bn\b|\btil{1,2}\b|\buntil\b|\bthrough\b|\bthru\b)"
_DATE = r"(?<![\d/.])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?![\d/])"
_DAY_OF_SHORT_YEAR = (
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(MONTH_FORMS)})[a-z]*\.? '?(\d\d)\b(?!\d)"
)
_MARKS = re.compile(
    r"\d+/\d+|\d+(?:\.\d+)?(?:s\b)?|[^\W\d_]+(?:'s\b)?|[,;:.()!?\n…\[\]]|(?<=\s)-(?=\s)|[/&+%<>~]"
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
_DECADES = {
    f"{word[:-1]}ies": f"19{place}0s"
    for place, word in enumerate("twenty thirty forty fifty".split(), 2)
}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_MORE = re.compile(
    r"(?:more|greater|bigger|higher|larger) than|at least|upwards of|above|over|exceeding"
    r"|after|since"
)
_LESS = re.compile(r"(?:less|fewer|lower|smaller) than|below|at most|under|before|up to|until|till")


@lru_cache(maxsize=8192)
def answer_text(text: str) -> AnswerText:
    """The tokens of an answer. Any text at all can be read."""
    plain = _plain(text)
    plain = re.sub(INSTEAD, " or ", plain)
    plain = re.sub(IDLE, " ", plain)
    plain = re.sub(rf"\b(?:{'|'.join(NOT_BUT)})\b", " not ", plain)
    plain = _with_dates(plain)
    raw = _with_roman_numerals(_MARKS.findall(_with_amounts(plain)))
    return AnswerText(_tokens(with_figures(_with_bounds(raw))))


def _plain(text: str) -> str:
    """Small letters without accents and marks that cannot be seen; figures as 0 to 9."""
    text = re.sub("[❌✖✗🚫👎]", " not ", text)
    text = re.sub(r"(?<=\d)\s?½", " and a half", _UNSEEN.sub("'", text))
    text = _FRACTION_SIGN.sub(" ", text)
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = (
        str(unicodedata.decimal(char)) if char.isdecimal() else "" if char.isdigit() else char
        for char in decomposed
        if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )
    plain = re.sub(r"[‐‑‒–—―−]", "-", "".join(letters).replace("⁄", "/"))
    plain = re.sub(r"'(\d\d)(\s?\D{1,5}\s?)'(\d\d)\b", r"19\1\g<2>19\3", plain)
    plain = re.sub(r"(?<!\w)'(\d\d)\b(?!.*')", r"19\1", plain)
    plain = re.sub(r"(?<=\d)'(?=s\b)", "", plain)
    return re.sub(r"'(?!s\b)", "", plain)


def _with_dates(plain: str) -> str:
    """Dates with the month as a word, and both years of a pair in full."""
    plain = re.sub(rf"\b({_YEAR})-(\d\d)-(\d\d)\b", r"\3/\2/\1", plain)
    plain = re.sub(_DATE, _spelt_date, plain)
    plain = re.sub(_DAY_OF_SHORT_YEAR, r"\1 \2 19\3", plain)
    plain = re.sub(rf"\b({_YEAR})\s?/\s?({_YEAR})\b", _neighbours, plain)
    plain = re.sub(rf"\b({_YEAR}) (?:until|till?|through|thru) (?={_YEAR})", r"\1 to ", plain)
    plain = re.sub(r"(?<![\d/])(\d{1,3})\s?/\s?(\d{1,3})(?![\d/])", _day_or_fraction, plain)
    return re.sub(rf"\b({_YEAR})\s*{_TO}\s*(\d{{1,2}})\b(?![\d/%]|\.\d)", _whole_pair, plain)


def _neighbours(match: re.Match[str]) -> str:
    """1927/1928 is a pair of years; 1927/1930 are two answers."""
    first, last = match.groups()
    return f"{first} to {last}" if int(last) == int(first) + 1 else match.group()


def _spelt_date(match: re.Match[str]) -> str:
    day, _, month, year = match.groups()
    if int(month) > 12 >= int(day):
        day, month = month, day
    if not 1 <= int(month) <= 12:
        return match.group()
    return f" {int(day)} {MONTHS[int(month) - 1]} {year if len(year) == 4 else f'19{year}'} "


def _day_or_fraction(match: re.Match[str]) -> str:
    """27/1 is a day, 2/3 a fraction, 32/33 a pair, and 46/102 are two answers."""
    first, last = map(int, match.groups())
    if first < last <= 10:
        return f"{first}/{last}"
    if 12 < first <= 31 and 1 <= last <= 12:
        return f" {first} {MONTHS[last - 1]} "
    return f"{first} to {last}" if 17 < first < last < first + 5 else f"{first} / {last}"


def _whole_pair(match: re.Match[str]) -> str:
    first, last = match.groups()
    whole = first[: 4 - len(last)] + last
    return f"{first} to {whole}" if int(whole) > int(first) else match.group()


def _with_amounts(plain: str) -> str:
    """Figures without separators, and signs as words."""
    plain = re.sub(r"\b(?:[a-z](?:\.\s?|\s))+[a-z]\b(?!')", _joined_letters, plain)
    plain = re.sub(r"\b(?:nearly|almost|virtually|practically) (all|every)", r"nearly\1", plain)
    plain = re.sub(r"\bno\.\s?(?=\d)", "", re.sub(r"\bsaint\b", "st", plain))
    plain = re.sub(r"\b\d{1,3}(?:[, ]\d{3})+\b", lambda m: re.sub(r"\D", "", m.group()), plain)
    plain = re.sub(r"\b(\d{1,3})\.(000)\b", r"\1\2", plain)
    plain = re.sub(r"(\d)\s?(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"(\d)\s?b\.?c\.?(?:e\.?)?(?![a-z])", r"\1 minus", plain.replace("out of", "of"))
    plain = re.sub(r"(\d)\s?ish\b", r"\1", plain)
    plain = re.sub(r"\bpercentages?\b|\bper ?cents?\b|\bpct\b", "%", plain)
    plain = re.sub(r"(\d[\d,.]* ?%?)\+", r" more than \1", plain)
    plain = re.sub(rf"\b({_TENS})({_ONES})\b", r"\1 \2", plain)
    plain = re.sub(rf"\bnineteen(?={_TENS})", "nineteen ", plain)
    plain = re.sub(r"(?:^|(?<=\s))-(?=\d)", " minus ", plain)
    plain = re.sub(r"(\d)\s?-\s?(?=\d)", r"\1 to ", plain)
    return re.sub(r"\b(?:19)?([2-5]0)s\b", r"19\1s", plain)


def _joined_letters(match: re.Match[str]) -> str:
    """U.K. and N K V D without their dots and gaps; a word before them, a or i, stays."""
    written = match.group()
    word = written[:2] if written[:2] in ("a ", "i ") else ""
    rest = written[len(word) :]
    return word + (rest if word and "." not in rest else re.sub(r"[.\s]", "", rest))


def _with_roman_numerals(raw: list[str]) -> list[str]:
    """Peter II is Peter 2. A last I after a word is a number too."""
    out = [_ROMAN.get(word, word) if place else word for place, word in enumerate(raw)]
    if len(out) > 1 and out[-1] == "i" and out[-2].isalpha():
        out[-1] = "1"
    return out


def _with_bounds(raw: list[str]) -> list[str]:
    """More than, over, after: >. Less than, under, before: <. Only before a number."""
    line = " ".join(_DECADES.get(word, word) for word in raw)
    ahead = r"(?= (?:just |about |a |an |the |year |summer |end of |early |late )*(?:{})\b)".format(
        r"\d[\w./]*|half|all|hundred|(?:thirt|fort|fift|sixt|sevent|eight|ninet)\w*"
    )
    line = re.sub(rf"\b(?:{_MORE.pattern}){ahead}", ">", line)
    line = re.sub(rf"\b(?:{_LESS.pattern}){ahead}", "<", line)
    line = re.sub(rf"\b(?:nearly|almost) (?=(?:in )?{_YEAR}\b)", "< ", line)
    return line.split()


def _tokens(raw: list[str]) -> tuple[Token, ...]:
    out: list[Token] = []
    bound = ""
    for text in raw:
        if text in "<>":
            bound = text
        elif text == "%" and out and out[-1].kind is Kind.NUMBER:
            out[-1] = Token(out[-1].text, Kind.NUMBER, bound=out[-1].bound, is_percent=True)
        elif text[0].isdigit():
            out.append(Token(text, Kind.NUMBER, bound=bound))
            bound = ""
        elif text not in "%~":
            out.append(_token(text))
    return tuple(out)


def _token(text: str) -> Token:
    owner = text.removesuffix("'s")
    if owner in NEGATIONS:
        return Token(owner, Kind.NOT)
    if text in ("or", "/", "either"):
        return Token(text, Kind.LIGHT if text == "either" else Kind.OR)
    if text in JOINTS:
        return Token("and", Kind.AND)
    if not text[0].isalpha() or text == "but":
        return Token(text, Kind.STOP)
    if owner in LIGHT:
        return Token(owner, Kind.LIGHT)
    whole = MONTH_FORMS.get(owner) or ABBREVIATIONS.get(owner, owner)
    return Token(whole, Kind.WORD, is_owner=owner != text)
