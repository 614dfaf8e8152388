"""Figures, dates, units, signs and short forms as a British reader says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stalin_study.domain.number_words import (
    cardinal,
    decade,
    fraction,
    number_words,
    ordinal,
    year,
)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_BY_SHORT = {"Sept": "September", **{name[:3]: name for name in _MONTHS}}
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b(?!['’-])"
_FULL_MONTH = rf"(?:{'|'.join(_MONTHS)})\b"
_MONTH = rf"(?:{_FULL_MONTH}|{_SHORT_MONTH})"
_ANY_DASH = r"-‐-―"
_DASH = rf"\s?[{_ANY_DASH}]\s?"
_TIGHT = rf"[{_ANY_DASH}/]"
_CENTURY = r"(?:1[0-9]|20)"
_YEAR = _CENTURY + "[0-9]{2}"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_TH = r"(?:st|nd|rd|th)"
_SCALE = r"(?:thousand|million|billion|trillion)"
_SHORT_SCALE = r"(?:k|K|m|M|mn|bn|tn)"
_SCALES = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
# Not inside a number or a word; the marks of "c.1905" and "b1879" may stand right before a year.
_FREE = r"(?<![\w.,])"
_FREE_YEAR = r"(?:(?<![\w.,])|(?<=\b[bcd]\.)|(?<=\b[bcd])|(?<=\bca\.))"
_YEAR_ENDS = r"(?!\w|[.,][0-9])"

_SHORT = {
    "dr": "Doctor",
    "mr": "Mister",
    "mrs": "Missus",
    "ms": "Miz",
    "prof": "Professor",
    "st": "Saint",
    "no": "number",
    "nos": "numbers",
    "p": "page",
    "pp": "pages",
    "vol": "volume",
    "ch": "chapter",
    "b": "born",
    "d": "died",
    "c": "about",
    "ca": "about",
    "approx": "approximately",
    "vs": "versus",
    "v": "versus",
    "etc": "et cetera",
    "eg": "for example",
    "ie": "that is",
    "cf": "compare",
    "and/or": "and or",
}
_SYMBOLS = {
    "%": "percent",
    "&": "and",
    "+": "plus",
    "=": "equals",
    "°C": "degrees Celsius",
    "°": "degrees",
    "£": "pounds",
    "×": "times",
    "x": "times",
    "÷": "divided by",
    "−": "minus",
    "≈": "about",
    "~": "about",
}
_CURRENCIES = {"£": "pound", "$": "dollar", "€": "euro"}
_UNITS = {  # of one, of many
    "mm": ("millimetre", "millimetres"),
    "cm": ("centimetre", "centimetres"),
    "m": ("metre", "metres"),
    "km": ("kilometre", "kilometres"),
    "km²": ("square kilometre", "square kilometres"),
    "km/h": ("kilometre an hour", "kilometres an hour"),
    "mph": ("mile an hour", "miles an hour"),
    "ha": ("hectare", "hectares"),
    "kg": ("kilogram", "kilograms"),
    "t": ("tonne", "tonnes"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "MW": ("megawatt", "megawatts"),
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
# Combining accents, soft hyphens and zero-width marks stand inside words.
_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060]|['’](?=[^\W\d_]))*"
_VULGAR = {
    "½": "a half",
    "⅓": "a third",
    "⅔": "two thirds",
    "¼": "a quarter",
    "¾": "three quarters",
}

HYPHENATED = re.compile(rf"[‐‑-](?=[^\W\d_])(?P<after>{_WORD})")
TOKEN = re.compile(
    rf"""
    (?P<control>\x1b\[[0-9;?]*[@-~])
  | (?P<date>{_FREE}(?P<date_day>{_DAY})/(?P<date_month>0?[1-9]|1[0-2])/(?P<date_year>{_YEAR})
      (?!\w))
  | (?P<day>{_FREE}(?P<day1>{_DAY}){_TH}?(?:{_DASH}(?P<day2>{_DAY}){_TH}?)?(?=\s{_MONTH}))
  | (?P<money>[£$€]\s?(?P<amount>{_NUMBER})
      (?:\s?(?P<amount_scale>{_SCALE}|{_SHORT_SCALE})\b)?(?!\w))
  | (?P<years>{_FREE_YEAR}(?P<year1>{_YEAR})
      (?:{_TIGHT}(?P<ending>[0-9]{{1,2}})|(?:{_DASH}|/)(?P<year2>{_YEAR})){_YEAR_ENDS})
  | (?P<decade>(?<!\w)['’]?(?P<decade1>{_CENTURY}[0-9]0|[1-9]0)s(?!\w))
  | (?P<year>{_FREE_YEAR}{_YEAR}(?!\w|[.,][0-9]|\s?%|\s{_SCALE}))
  | (?P<ordinal>(?<!\w)(?P<ordinal1>[0-9]{{1,9}}){_TH}(?!\w))
  | (?P<fraction>(?<![\w.,/])(?P<top>[0-9]{{1,2}})/(?P<bottom>[0-9]{{1,2}})(?![\w/]|[.,][0-9]))
  | (?P<clock>{_FREE}(?P<hour>[01]?[0-9]|2[0-3])
      (?::(?P<minute>[0-5][0-9])(?![\w:])|\.(?P<minute2>[0-5][0-9])(?=\s?[ap]\.?m\b)))
  | (?P<code>(?<!\w)(?![0-9]+(?:[KM]|MW)\b)(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{{2,8}}(?!\w))
  | (?P<range>(?P<low>{_NUMBER})\s?%?{_DASH}(?P<high>{_NUMBER})(?!-|(?!{_SHORT_SCALE}\b)\w)
      (?:\s?(?P<range_unit>%))?)
  | (?P<number>(?P<number1>{_NUMBER})(?:\s?(?P<unit>%))?)
  | (?P<half_day>(?:(?<=[0-9])|(?<=[0-9]\s))[ap]\.?m\b\.?)
  | (?P<scale>(?<=[0-9]){_SHORT_SCALE}(?!\w))
  | (?P<measure>(?:(?<=[0-9])|(?<=[0-9]\s)|(?<=illion\s)|(?<=thousand\s))(?:{_UNIT})(?!\w|²))
  | (?P<until>[{_ANY_DASH}](?=\s?{_DAY}\s{_MONTH}|\s?['’]?[0-9]+s\b|\s?[0-9]+{_TH}\b))
  | (?P<vulgar>[{"".join(_VULGAR)}])
  | (?P<months>(?<!\w)(?P<month1>{_MONTH}){_DASH}(?P<month2>{_MONTH}))
  | (?P<month>(?<!\w){_SHORT_MONTH}\.?(?=\s?[0-9])|(?<=[0-9]\s){_SHORT_MONTH}\.?)
  | (?P<symbol>°C(?!\w)|[%&+=°£×÷≈]|[−~](?=\s?[0-9])
      |(?:(?<=[0-9])|(?<=[0-9]\s)|(?<=\s)|\A)x(?=\s?[0-9]))
  | (?P<short>(?<!\w)(?:
        (?:[Dd]r|[Mm]rs?|Ms|[Pp]rof|St)(?:\.(?=\s?\w)|(?=\s[A-Z]))
      | (?:[Vv]s|[Ee]tc|[Aa]pprox|[Ee]g|[Ii]e|[Ee]\.g|[Ii]\.e)\b\.?
      | cf\.(?=\s?\w) | v\.?(?=\s[A-Z]) | and/or\b
      | ca?\.?(?=\s?{_YEAR}) | ca?\.(?=\s?[0-9]) | [bd]\.?(?=\s?{_YEAR})
      | (?:[Nn]os?|pp?|[Vv]ol|[Cc]h)\.(?=\s?[0-9])))
  | (?P<dotted>(?<!\w)(?:[A-Z]\.){{2,6}}(?:['’]s(?!\w))?)
  | (?P<initial>(?<!\w)[A-Z]\.(?=\s?(?:[A-Z]\.|[A-Z][a-z])))
  | (?P<capitals>(?<!\w)[A-Z]{{2,6}}(?:['’]?s)?(?!\w))
  | (?P<letter>(?<=[a-z]\s)A(?=\s*(?:[,.:;?!)'’]|$))|(?<!\w)A(?=[-\s][Ll]evels?\b))
  | (?P<word>{_WORD})
  | (?P<arrow>→|(?<=\s)[-=]+>(?=\s))
  | (?P<pause>\.{{2,}}|[,;:.?!()\[\]{{}}‒-―…/]|(?<=\s)-+(?=\s))
    """,
    re.VERBOSE,
)
_AFTER_DATE = re.compile(rf"(?:{_MONTH}|[0-9]|[0-9]s|[0-9]{_TH})\s?\Z")
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s\Z")
_AFTER_THE = re.compile(r"(?:^|\W)the\s+\Z", re.IGNORECASE)
_LOOK_BACK = 12


def said(match: re.Match[str]) -> str:
    """What to say for a match of `TOKEN` of one of the kinds in `SAYINGS`."""
    return SAYINGS[match.lastgroup or ""](match)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _LOOK_BACK) : match.start()]


def _date(match: re.Match[str]) -> str:
    month = _MONTHS[int(match["date_month"]) - 1]
    return f"the {ordinal(int(match['date_day']))} of {month} {year(int(match['date_year']))}"


def _day(match: re.Match[str]) -> str:
    words = ordinal(int(match["day1"]))
    if match["day2"]:
        words += f" to the {ordinal(int(match['day2']))}"
    return f"{words} of" if _AFTER_THE.search(_before(match)) else f"the {words} of"


def _ordinal(match: re.Match[str]) -> str:
    words = ordinal(int(match["ordinal1"]))
    return f"the {words}" if _AFTER_MONTH.search(_before(match)) else words


def _money(match: re.Match[str]) -> str:
    scale = match["amount_scale"] or ""
    scale = f" {_SCALES.get(scale.lower(), scale)}" if scale else ""
    is_one = match["amount"] == "1" and not scale
    return (
        f"{number_words(match['amount'])}{scale}"
        f" {_CURRENCIES[match.group()[0]]}{'' if is_one else 's'}"
    )


def _years(match: re.Match[str]) -> str:
    first, ending = match["year1"], match["ending"]
    second = match["year2"] or first[: 4 - len(ending)] + ending
    return f"{year(int(first))} to {year(int(second))}"


def _percent(unit: str | None) -> str:
    return " percent" if unit else ""


def _range(match: re.Match[str]) -> str:
    words = f"{number_words(match['low'])} to {number_words(match['high'])}"
    return words + _percent(match["range_unit"])


def _clock(match: re.Match[str]) -> str:
    hour, minute = cardinal(int(match["hour"])), match["minute"] or match["minute2"]
    if minute == "00":
        return f"{hour} o'clock" if match["minute"] else hour
    return f"{hour} {'oh ' if minute[0] == '0' else ''}{cardinal(int(minute))}"


def _measure(match: re.Match[str]) -> str:
    is_one = re.search(r"(?<![\w.,])1\s?\Z", _before(match)) is not None
    return _UNITS[match.group()][0 if is_one else 1]


def _vulgar(match: re.Match[str]) -> str:
    and_ = "and " if re.search(r"[0-9]\s?\Z", _before(match)) else ""
    return and_ + _VULGAR[match.group()]


def _month(written: str) -> str:
    return _MONTH_BY_SHORT.get(written.rstrip("."), written)


SAYINGS: Mapping[str, Callable[[re.Match[str]], str]] = {
    "date": _date,
    "day": _day,
    "money": _money,
    "years": _years,
    "decade": lambda match: decade(int(match["decade1"])),
    "year": lambda match: year(int(match.group())),
    "ordinal": _ordinal,
    "fraction": lambda match: fraction(int(match["top"]), int(match["bottom"])),
    "clock": _clock,
    "range": _range,
    "number": lambda match: number_words(match["number1"]) + _percent(match["unit"]),
    "scale": lambda match: _SCALES[match.group().lower()],
    "measure": _measure,
    "until": lambda match: "to" if _AFTER_DATE.search(_before(match)) else "",
    "vulgar": _vulgar,
    "months": lambda match: f"{_month(match['month1'])} to {_month(match['month2'])}",
    "month": lambda match: _month(match.group()),
    "short": lambda match: _SHORT[match.group().lower().rstrip(".").replace(".", "")],
    "arrow": lambda match: "to",
    "symbol": lambda match: _SYMBOLS[match.group()],
}
