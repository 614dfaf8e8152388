"""Roman numerals where they are numbers: World War II, Nicholas II, Part IV, the XVII Congress."""

from __future__ import annotations

import re

from stalin_study.domain.number_words import cardinal, ordinal

_NUMERAL = re.compile(r"(?P<tens>X{0,3})(?:(?P<nine>IX)|(?P<four>IV)|(?P<five>V)?(?P<ones>I{0,3}))")
_BEFORE = 24
_COUNTED = re.compile(
    r"\b(?:War|Part|Chapter|Section|Volume|Book|Act|Scene|Stage|Phase|Paper|Unit|Appendix)\s+\Z"
)
_RULER = re.compile(
    r"\b(?:Nicholas|Alexander|Peter|Paul|Catherine|Ivan|Elizabeth|George|Edward|Henry|Charles"
    r"|James|William|Louis|Napoleon|Frederick|Wilhelm|Pius)\s+\Z"
)
_MEETING = re.compile(r"\s+(?:Party\s+)?(?:[Cc]entury|Congress|Conference|Plenum)\b")


def roman_words(text: str, start: int, end: int) -> str:
    """How the numeral at `start` to `end` of `text` is said; "" if it is none there."""
    number = _number(text[start:end])
    if not number:
        return ""
    before = text[max(0, start - _BEFORE) : start]
    if _COUNTED.search(before):
        return cardinal(number)
    if _RULER.search(before):
        return f"the {ordinal(number)}"
    # "I" is a word, and "V" or "X" an initial, unless something before it is counted
    return ordinal(number) if end - start > 1 and _MEETING.match(text, end) else ""


def _number(written: str) -> int:
    """1 to 39; 0 for anything else."""
    match = _NUMERAL.fullmatch(written)
    if match is None:
        return 0
    ones = 9 if match["nine"] else 4 if match["four"] else 5 if match["five"] else 0
    return 10 * len(match["tens"]) + ones + len(match["ones"] or "")
