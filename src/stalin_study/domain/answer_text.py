"""Answers brought to a common form, so that only what matters is compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 400  # characters of a typed answer that are looked at

_ONES = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen""".split()
)
_TENS = tuple("""twenty thirty forty fifty sixty seventy eighty ninety""".split())
_NUMBERS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * place for place, word in enumerate(_TENS, 2)
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
} | {f"{word}th": value for word, value in _NUMBERS.items() if not word.endswith("y")}
_ORDINALS |= {f"{word[:-1]}ieth": value for word, value in _NUMBERS.items() if word.endswith("y")}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_MONTHS = tuple(
    """january february march april may june july august september october november december
    """.split()
)
_MONTH_FORMS = {month: month for month in _MONTHS} | {month[:3]: month for month in _MONTHS}
_MONTH_FORMS["sept"] = "september"
NEGATIONS = frozenset(
    """not no never nobody none isnt wasnt werent didnt dont arent neither nor""".split()
)
FILLERS = frozenset(
    """a an the it its was were is are be been he she they his her their him them that this these
    those there in on at by of to from for with as and or i think believe maybe probably about
    around roughly approximately circa c ca called named known answer year date because so very
    just um er who which what when where comrade mr mrs do did does had has have would could all
    during between than more percent""".split()
)
# Latin spellings of the same Russian sounds, so that Ezhov is Yezhov and Aleksei is Alexei.
_SPELLINGS = (
    (r"\bkh", "h"), ("kh", "h"), ("ck", "k"), ("x", "ks"), ("ph", "f"), ("tch", "ch"),
    ("tsch", "ch"),
    ("iya", "ia"), ("ts", "c"), ("tz", "c"), ("zh", "j"), ("iu", "yu"), ("ia", "ya"),
    ("ie", "e"), ("ye", "e"), ("je", "e"), ("yi", "i"), ("ij", "i"), ("iy", "i"), ("ii", "i"),
    ("ey", "ei"), ("ay", "ai"), ("oy", "oi"), (r"y\b", "i"), (r"(?<=[^aeiou])y(?=[^aeiou])", "i"),
    (r"eff\b", "ev"), (r"off\b", "ov"),
    ("w", "v"), ("yo", "o"), ("q", "k"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerText:
    """An answer as words and numbers. Numbers are decimal strings; fillers are left out.

    `owners` are the words that stood in the possessive.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    negations: int
    owners: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def answer_text(text: str) -> AnswerText:
    """The words and numbers of an answer, in order, each as it is compared."""
    plain = _plain(text[:LONGEST])
    owners = frozenset(re.findall(r"(\w+)'s\b", plain))
    tokens = _joined_numbers(_tokens(plain))
    words, numbers, negations = [], [], 0
    for token in tokens:
        if token[0].isdigit():
            numbers.append(token)
        elif token in NEGATIONS:
            negations += 1
        elif token not in FILLERS:
            words.append(_MONTH_FORMS.get(token, token))
    return AnswerText(tuple(words), tuple(numbers), negations, owners)


@lru_cache(maxsize=8192)
def spelling_key(word: str) -> str:
    """The same for all Latin spellings of one Russian name, and for singular and plural."""
    key = word
    for pattern, instead in _SPELLINGS:
        key = re.sub(pattern, instead, key)
    return key[:-1] if len(key) > 3 and key.endswith("s") else key


def is_month(word: str) -> bool:
    """Whether a compared word is the name of a month."""
    return word in _MONTHS


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[’`]", "'", plain)


def _tokens(plain: str) -> list[str]:
    plain = re.sub(r"'s\b", "", plain)
    plain = plain.replace("'", "")
    plain = re.sub(r"\b(?:[a-z][. ]){1,}[a-z]\b", _joined_letters, plain)
    plain = re.sub(r"\bsaint\b", "st", plain)
    plain = re.sub(r"(?<=\d)[, ](?=\d{3}\b)", "", plain)
    plain = re.sub(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b", _spelt_date, plain)
    plain = re.sub(r"\b(1[89]\d\d)\s*(?:-|–|—|/|to|and)\s*(\d\d)\b(?!\d)", _whole_range, plain)
    plain = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", plain)
    plain = plain.replace("%", " percent ").replace("per cent", "percent").replace("&", " and ")
    plain = re.sub(r"(?<=\d)(m|mn|million)\b", " million", plain)
    plain = re.sub(r"(?<=\d)(k)\b", " thousand", plain)
    return re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", plain)


def _joined_letters(match: re.Match[str]) -> str:
    """U.K. and N K V D without their dots and gaps; "a b" stays, for a is a word."""
    letters = re.sub(r"[. ]", "", match.group())
    return match.group() if letters[0] == "a" and "." not in match.group() else letters


def _spelt_date(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{day} {_MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else match.group()


def _whole_range(match: re.Match[str]) -> str:
    first, last = match.groups()
    return f"{first} {first[:2]}{last}"


def _joined_numbers(tokens: list[str]) -> list[str]:
    """Number words as digits: forty six -> 46, 1.8 million -> 1800000."""
    out: list[str] = []
    place = 0
    while place < len(tokens):
        value, taken = _number_at(tokens, place)
        if taken:
            out.append(f"{value:.10g}" if value < 10**9 else str(int(value)))
            place += taken
        else:
            out.append(tokens[place])
            place += 1
    return out


def _number_at(tokens: list[str], start: int) -> tuple[float, int]:
    """The number that begins at a token, and how many tokens it takes; 0 for none."""
    total = part = 0.0
    place, is_number, last_small = start, False, 0.0
    while place < len(tokens):
        token = tokens[place]
        if token[0].isdigit():
            if is_number:
                break
            part, is_number, last_small = float(token), True, 1
        elif token in _NUMBERS or token in _ORDINALS:
            value = _NUMBERS.get(token, _ORDINALS.get(token, 0))
            follows = last_small >= 20 and last_small % 10 == 0 and 0 < value < 10
            if is_number and not (follows or (part % 100 == 0 and part > 0)):
                if 10 <= part <= 99 and 10 <= value <= 99 and total == 0:  # nineteen thirty
                    part, last_small, place = part * 100 + value, value, place + 1
                    continue
                break
            part, is_number, last_small = part + value, True, value
        elif token in _SCALES and (is_number or place == start):
            part, is_number = (part if is_number else 1.0), True
            scale = _SCALES[token]
            if scale == 100:
                part *= 100
            else:
                total, part = total + part * scale, 0.0
            last_small = 0
        elif token == "and" and is_number and _goes_on(tokens, place):
            pass
        else:
            break
        place += 1
    return total + part, place - start if is_number else 0


def _goes_on(tokens: list[str], place: int) -> bool:
    """Whether "and" joins a number: "a hundred and two", not "two and three"."""
    before = tokens[place - 1] in _SCALES
    return before and place + 1 < len(tokens) and tokens[place + 1] in _NUMBERS
