"""Numbers in words, British style."""

from __future__ import annotations

_ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LARGEST = 10**15 - 1


def cardinal(number: int) -> str:
    """102 -> "one hundred and two". Beyond a quadrillion, digit by digit."""
    if number > LARGEST:
        return digits(str(number))
    for size, name in _SCALES:
        if number >= size:
            rest = number % size
            words = f"{cardinal(number // size)} {name}"
            if not rest:
                return words
            return f"{words} {'and ' if rest < 100 else ''}{cardinal(rest)}"
    if number >= 100:
        rest = number % 100
        words = f"{_ONES[number // 100]} hundred"
        return f"{words} and {cardinal(rest)}" if rest else words
    if number >= 20:
        tens = _TENS[number // 10]
        return f"{tens}-{_ONES[number % 10]}" if number % 10 else tens
    return _ONES[number]


def ordinal(number: int) -> str:
    """13 -> "thirteenth", 21 -> "twenty-first"."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = f"{last[:-1]}ieth"
    else:
        last += "th"
    return words[:cut] + last


def year(number: int) -> str:
    """1937 -> "nineteen thirty-seven", 1905 -> "nineteen oh five"; for 1000 to 2099."""
    century, rest = divmod(number, 100)
    if number % 1000 < 10:
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    if rest < 10:
        return f"{cardinal(century)} oh {cardinal(rest)}"
    return f"{cardinal(century)} {cardinal(rest)}"


def decade(number: int) -> str:
    """1930 -> "nineteen thirties", 30 -> "thirties", 1900 -> "nineteen hundreds"."""
    words = year(number) if number >= 1000 else cardinal(number)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def digits(written: str) -> str:
    """Each ASCII digit by its name: "00447" -> "zero zero four four seven"."""
    return " ".join(_ONES[int(digit)] for digit in written)


def fraction(top: int, bottom: int) -> str:
    """2, 3 -> "two thirds", 1, 4 -> "one quarter"; two numbers for what is no part of one."""
    if not 0 < top < bottom:
        return f"{cardinal(top)} {cardinal(bottom)}"
    part = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom)
    return f"{cardinal(top)} {part}{'s' if top > 1 else ''}"


def number_words(written: str) -> str:
    """What is written with ASCII digits, commas and a point: "21.7", "1,966", "0.05", "00447"."""
    whole, _, decimals = written.replace(",", "").partition(".")
    if len(whole) > 15 or (len(whole) > 1 and whole.startswith("0")):
        words = digits(whole)
    else:
        words = cardinal(int(whole or "0"))
    if not decimals:
        return words
    if words == "zero":
        words = "nought"
    return f"{words} point {digits(decimals).replace('zero', 'nought')}"
