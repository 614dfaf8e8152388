"""Numbers of an answer, in words or figures, as figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_CARDINALS = {word: value for value, word in enumerate(_ONES)}
_CARDINALS |= {word: 10 * place for place, word in enumerate(_TENS, 2)}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
}
_ORDINALS |= {f"{word}th": value for word, value in _CARDINALS.items() if not word.endswith("y")}
_ORDINALS |= {f"{w[:-1]}ieth": value for w, value in _CARDINALS.items() if w.endswith("y")}
_MISSPELT = {
    "fourty": 40, "ninty": 90, "fivety": 50, "eigth": 8, "eigt": 8, "twelv": 12, "thre": 3,
    "sevn": 7, "fith": 5, "fiveth": 5, "fivth": 5, "nineth": 9, "twelth": 12, "twelveth": 12,
    "fivteen": 15, "fiveteen": 15, "tweny": 20, "sixt": 6, "fiften": 15, "twentie": 20,
}  # fmt: skip
_VALUES = _CARDINALS | _ORDINALS | _MISSPELT
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_SCALE_FORMS = _SCALES | {f"{word}s": value for word, value in _SCALES.items()}
_SCALE_FORMS |= {
    "k": 1000,
    "thou": 1000,
    "m": 10**6,
    "mil": 10**6,
    "mill": 10**6,
    "mn": 10**6,
    "mio": 10**6,
}
_SCALE_FORMS |= {"bn": 10**9, "hundered": 100, "hunderd": 100, "mn": 10**6, "mln": 10**6}
_FRACTIONS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "quater": 4}
_FRACTIONS |= {
    form: value
    for word, value in _ORDINALS.items()
    if 3 <= value <= 10
    for form in (word, f"{word}s")
}
_WHOLE_WORDS = ("half", "quarter", "quater")  # a fraction also without a number before it
_NO_NUMBERS = frozenset(
    """thirsty nicety weighty eighties sixties seventies nineties
    there these threw threes fists forth
    forts forte sever severn steven seventh eights elven sixth fifth""".split()
)
_BETWEEN = ("to", "and", "or")
_LONGEST = 15  # digits of a number that can be reckoned with
_FUZZY_ORDINAL = 7
_FUZZY = 5  # letters from which a number word may have a slip


def with_figures(words: Sequence[str]) -> list[str]:
    """The words with every number as figures: forty six -> 46, 5 to 7 million -> both in full.

    Fractions are written 2/3. What begins with a digit is a number.
    """
    out: list[str] = []
    place = 0
    while place < len(words):
        found = _fraction(words, place) or _cardinal(words, place)
        if found is None:
            out.append(words[place])
            place += 1
            continue
        written, after = found
        scale = _scale(words[after - 1]) if after - place > 1 else 1
        if scale > 100 and out[-1:] and out[-1] in _BETWEEN and _is_below(_at(out, -2), scale):
            out[-2] = _written(float(out[-2]) * scale)
        out.append(written)
        place = after
    return out


def _is_below(word: str, scale: int) -> bool:
    return _is_reckoned(word) and float(word) < min(scale, 1000)


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if -len(words) <= place < len(words) else ""


def _is_figure(word: str) -> bool:
    return word[:1].isdigit()


def _is_reckoned(word: str) -> bool:
    return _is_figure(word) and word.replace(".", "", 1).isdigit() and len(word) <= _LONGEST


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.10g}"


def _fraction(words: Sequence[str], place: int) -> tuple[str, int] | None:
    """Two thirds, a half, half a million, a quarter of a million."""
    top, after = 1.0, place
    first, following = _at(words, place), _at(words, place + 1)
    if following in _FRACTIONS and first in ("a", "an"):
        after += 1
    elif following in _FRACTIONS and (_VALUES.get(first, 0) or _digit(first)) in range(1, 10):
        if first in _ORDINALS:
            return None
        top, after = float(_VALUES.get(first, 0) or _digit(first)), after + 1
    elif first not in _WHOLE_WORDS:
        return None
    under = _FRACTIONS[_at(words, after)]
    after += 1
    scale, end = _scale_of(words, after)
    if scale:
        return _written(top / under * scale), end
    return f"{int(top)}/{under}", after


def _digit(word: str) -> int:
    return int(word) if len(word) == 1 and word in "123456789" else 0


def _scale_of(words: Sequence[str], place: int) -> tuple[int, int]:
    """A scale after a fraction: "of a million", "a million", "million"; 0 for none."""
    for before in (("of", "a"), ("of", "one"), ("a",), ()):
        end = place + len(before)
        if tuple(words[place:end]) == before and _at(words, end) in _SCALES:
            return _SCALES[words[end]], end + 1
    return 0, place


def _cardinal(words: Sequence[str], start: int) -> tuple[str, int] | None:
    """The number that begins at a place, and the place after it."""
    if _is_figure(words[start]) and not _is_reckoned(words[start]):
        return words[start], start + 1
    total, place, smallest = 0.0, start, 0
    while True:
        found = _group(words, place, is_first=place == start)
        if found is None:
            break
        value, scale, after = found
        if smallest and scale >= smallest:
            break
        total, place, smallest = total + value * scale, after, scale
        if scale == 1:
            break
        if _at(words, place) == "and" and _is_word_number(_at(words, place + 1)):
            place += 1
    if place == start:
        return None
    return _written(total), place


def _group(words: Sequence[str], place: int, *, is_first: bool) -> tuple[float, int, int] | None:
    """A number below a thousand or in figures, its scale, and the place after both."""
    small = _small(words, place)
    if small is None:
        if not is_first or _at(words, place) not in _SCALES:
            return None
        small = (1.0, place)
    value, after = small
    if _scale(_at(words, after)) == 100:
        value, after = _with_rest(words, value * 100, after + 1)
    value, after = _with_decimals(words, value, after)
    if words[after : after + 3] == ["and", "a", "half"]:
        value, after = value + 0.5, after + 3
    scale = _scale(_at(words, after))
    if scale > 100:
        return value, scale, after + 1
    return (value, 1, after) if after > place else None


def _small(words: Sequence[str], place: int) -> tuple[float, int] | None:
    """A number in figures, or below a hundred in words, or a year said in pairs."""
    word = _at(words, place)
    if _is_figure(word):
        return (float(word), place + 1) if _is_reckoned(word) else None
    value = value_of(word)
    if value is None:
        return None
    following = value_of(_at(words, place + 1))
    if value in (18, 19, 20) and _at(words, place + 1) in ("oh", "o"):
        last = value_of(_at(words, place + 2))
        if last is not None and 0 < last < 10:
            return value * 100.0 + last, place + 3
    if value in (18, 19, 20) and following is not None and 10 <= following < 100:
        rest, end = _small(words, place + 1) or (0.0, place + 1)
        return value * 100.0 + rest, end
    if value >= 20 and value % 10 == 0 and following is not None and 0 < following < 10:
        return float(value + following), place + 2
    return float(value), place + 1


def _with_rest(words: Sequence[str], value: float, place: int) -> tuple[float, int]:
    """What comes after a hundred: "and two", "forty six"."""
    at = place + 1 if _at(words, place) == "and" else place
    if not _is_word_number(_at(words, at)):
        return value, place
    rest, end = _small(words, at) or (0.0, place)
    return value + rest, end


def _with_decimals(words: Sequence[str], value: float, place: int) -> tuple[float, int]:
    """What comes after a point in words: "one point eight"."""
    digit = value_of(_at(words, place + 1)) if _at(words, place) == "point" else None
    if digit is None or digit > 9:
        return value, place
    return value + digit / 10, place + 2


def _is_word_number(word: str) -> bool:
    return not _is_figure(word) and value_of(word) is not None


@lru_cache(maxsize=4096)
def _scale(word: str) -> int:
    """What a word after a number multiplies it by, one slip forgiven; 1 for other words."""
    if word in _SCALE_FORMS or len(word) < _FUZZY:
        return _SCALE_FORMS.get(word, 1)
    return next((v for known, v in _SCALES.items() if _is_near(word, known)), 1)


def _is_near(word: str, known: str) -> bool:
    from rapidfuzz.distance import OSA

    is_long = len(known) >= _FUZZY and known[0] == word[0]
    return is_long and OSA.distance(known, word, score_cutoff=1) <= 1


@lru_cache(maxsize=4096)
def value_of(word: str) -> int | None:
    """What a cardinal or ordinal below a hundred comes to, one slip forgiven in a long one."""
    if word.endswith("th") and word[:-2] in _CARDINALS:
        return _CARDINALS[word[:-2]]
    if word in _VALUES or len(word) < _FUZZY:
        return _VALUES.get(word)
    if word in _SCALE_FORMS or word in _FRACTIONS or word in _NO_NUMBERS:
        return None
    near = {
        value
        for known, value in _VALUES.items()
        if (known in _CARDINALS or len(known) >= _FUZZY_ORDINAL) and _is_near(word, known)
    }
    return near.pop() if len(near) == 1 else None
