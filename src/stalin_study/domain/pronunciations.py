"""Names and abbreviations in the terms of an engine: phonemes or a respelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from enum import StrEnum

from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.phonemes import UnknownSoundError, espeak_word, letters_ipa, with_s

_UNSAYABLE = re.compile(r"[^\w'’-]|_")


class Dialect(StrEnum):
    """How an engine is told a pronunciation: espeak-ng by phonemes, the others by respelling."""

    ESPEAK = "espeak"
    SAPI = "sapi"
    PLAIN = "plain"


class Pronouncer:
    """Knows how the names of a lexicon are said, also with a plural or possessive s."""

    def __init__(self, lexicon: Iterable[LexiconEntry], dialect: Dialect) -> None:
        self._dialect = dialect
        self._entries: dict[str, LexiconEntry] = {}
        for entry in lexicon:
            for written in entry.written:
                bare = _folded(re.sub(r"['’]s$", "", written))
                if bare:
                    self._entries.setdefault(bare, entry)
        forms = sorted(self._entries, key=len, reverse=True)
        names = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms) or "(?!)"
        self._pattern = re.compile(rf"(?<!\w)(?P<name>{names})(?P<s>['’]?s)?(?!\w)", re.IGNORECASE)

    def match(self, text: str, start: int) -> tuple[int, tuple[str, ...]] | None:
        """Where a name that begins at `start` ends, and its spoken words; None without one."""
        match = self._pattern.match(text, start)
        if match is None:
            return None
        entry = self._entries.get(_folded(match["name"]))  # None: a look-alike such as "ſ" for "s"
        if entry is None:
            return None
        if _is_capitals(entry) and match["name"].upper() != match["name"]:
            return None
        words = self._words(entry, match["s"] is not None)
        return (match.end(), words) if words else None

    def letters(self, capitals: str, has_s: bool = False) -> tuple[str, ...]:
        """Spoken words of an abbreviation of ASCII letters that is said letter by letter."""
        if self._dialect is Dialect.ESPEAK:
            return _phonemes(letters_ipa(capitals.upper()), has_s)
        letters = tuple(capitals.upper())
        return (*letters[:-1], f"{letters[-1]}'s") if has_s and letters else letters

    def _words(self, entry: LexiconEntry, has_s: bool) -> tuple[str, ...]:
        if self._dialect is Dialect.ESPEAK:
            with suppress(UnknownSoundError):
                return _phonemes(entry.ipa.split(), has_s)
        # An engine may take brackets and the like in a faulty entry for orders to itself
        said = _UNSAYABLE.sub(" ", entry.say).split()
        if _is_capitals(entry) and len(said) == 1:
            letters = entry.written[0]
            if said[0].count("-") + 1 == len(letters) > 1:
                said = list(letters)
        else:
            said = [word.lower() for word in said]
        if said and has_s:
            said[-1] += "'s"
        return tuple(said)


def _phonemes(ipa: Sequence[str], has_s: bool) -> tuple[str, ...]:
    *rest, last = ipa or ("",)
    return tuple(espeak_word(word) for word in (*rest, with_s(last) if has_s else last))


def _is_capitals(entry: LexiconEntry) -> bool:
    return entry.written[0].isupper() and len(entry.written[0]) > 1


def _folded(name: str) -> str:
    return " ".join(name.split()).lower()
