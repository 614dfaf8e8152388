"""Forms of a word in which spellings that differ lawfully are the same."""

from __future__ import annotations

import re
from functools import lru_cache

_Rule = tuple[re.Pattern[str], str]

# American spellings of English.
_ENGLISH: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"(?<=[a-z]{3})iz(?=(?:e|ed|ing|ation)\b)", "is"),
        (r"(?<=[a-z]{2})our(?=\b|ed\b|ing\b)", "or"),
        (r"ence\b", "ense"),
        (r"ll(?=ment|ed\b|ing\b)", "l"),
    )
)
# Latin spellings of the same Russian sounds, so that Ezhov is Yezhov and Aleksei is Alexei.
_RUSSIAN: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\bcz", "ts"), ("kh", "h"), ("ck", "k"), ("x", "ks"), ("ph", "f"), ("ts?ch", "ch"),
        ("sch", "sh"),
        ("tz", "ts"), ("zh", "j"), ("iya", "ia"), ("iu", "yu"), ("ia", "ya"),
        (r"\bye(?=.{3})|(?<=.)[iy]e(?=.)", "e"), ("yi|i[jyi]", "i"), ("([eao])y", r"\1i"),
        (r"(?<=.{4})y\b", "i"), ("(?<=[^aeiou])y(?=[^aeiou])", "i"), (r"eff\b", "ev"),
        (r"off\b", "ov"),
        ("(?<=.{4})w(?=.)|w(?=.{5})", "v"), ("yo", "o"), ("q", "k"),
    )
)  # fmt: skip
_IRREGULAR = {
    "sold": "sell", "fell": "fall", "fallen": "fall", "ate": "eat", "eaten": "eat", "went": "go",
    "gone": "go", "gave": "give", "given": "give", "took": "take", "taken": "take", "made": "make",
    "shot": "shoot", "built": "build", "kept": "keep", "taught": "teach", "rose": "rise",
    "risen": "rise", "beaten": "beat", "hid": "hide", "hidden": "hide", "lost": "lose",
    "safety": "safe", "safer": "safe", "safest": "safe", "further": "far", "farther": "far",
    "furthest": "far", "harder": "hard", "nearer": "near", "slower": "slow",
    "lower": "low", "lowest": "low", "cheaper": "cheap", "cheapest": "cheap", "ruder": "rude",
}  # fmt: skip
# Endings, with the letters that have to be left without them.
_KEPT = frozenset(("engineering",))
_ENDINGS = (("ness", 4), ("ing", 3), ("ed", 3), ("ly", 4), ("e", 4))
_SOUNDS: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"tion|sion|cian|shun|cion|tian", "shn"), (r"que\b", "k"), (r"\bkn", "n"), (r"\bwr", "r"),
        (r"\bgn", "n"), (r"gh", ""), (r"ph", "f"), (r"dg(?=e)", "j"), (r"c(?=[eiy])", "s"),
        (r"ch?", "k"), (r"q", "k"), (r"x", "ks"), (r"z", "s"), (r"v", "f"), (r"th", "t"),
    )
)  # fmt: skip


@lru_cache(maxsize=8192)
def spelling_key(word: str) -> str:
    """The same for all Latin spellings of one Russian name, and for singular and plural."""
    return _with(_RUSSIAN, _english(word))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The same for the forms of one word: heckled, heckling, heckle."""
    root = _IRREGULAR.get(word) or _english(word)
    for ending, least in _ENDINGS:
        if root in _KEPT:
            break
        if root.endswith(ending) and len(root) - len(ending) >= least:
            root = root.removesuffix(ending)
            break
    return root[:-1] if len(root) > 2 and root[-1] == root[-2] else root


def _with(rules: tuple[_Rule, ...], word: str) -> str:
    for pattern, instead in rules:
        word = pattern.sub(instead, word)
    return word


def _english(word: str) -> str:
    """In the singular, with British spelling."""
    if len(word) > 4 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return _with(_ENGLISH, word)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """The consonants as heard, for words written by ear: trotskee sounds like Trotsky."""
    key = _with(_SOUNDS, word)
    first = "a" if key[:1] in "aeiouy" else key[:1]
    rest = re.sub(r"[aeiouyhw]", "", key[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)
