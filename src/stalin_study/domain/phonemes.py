"""IPA as the lexicon writes it, in the phoneme mnemonics of espeak-ng's British English.

The mnemonics are those of espeak-ng's phoneme table `en` and of `en-rp`, which is made from it.
"""

from __future__ import annotations

import re

_TABLE = {
    "tʃ": "tS",
    "dʒ": "dZ",
    "aɪə": "aI@",
    "aʊə": "aU@",
    "ɪə": "i@",
    "iə": "i@",
    "ɛə": "e@",
    "eə": "e@",
    "ɛː": "e@",
    "ʊə": "U@",
    "eɪ": "eI",
    "aɪ": "aI",
    "ɔɪ": "OI",
    "aʊ": "aU",
    "əʊ": "oU",
    "oʊ": "oU",
    "iː": "i:",
    "uː": "u:",
    "ɑː": "A:",
    "ɔː": "O:",
    "ɜː": "3:",
    "i": "i",
    "u": "u",
    "ɪ": "I",
    "ʊ": "U",
    "ɛ": "E",
    "e": "E",
    "æ": "a",
    "a": "a",
    "ʌ": "V",
    "ɒ": "0",
    "ə": "@",
    "ɡ": "g",
    "g": "g",
    "ʃ": "S",
    "ʒ": "Z",
    "θ": "T",
    "ð": "D",
    "ŋ": "N",
    "ɹ": "r",
    **{letter: letter for letter in "bdfhjklmnprstvwxz"},
}
_STRESS = {"ˈ": "'", "ˌ": ","}
_SYMBOL = re.compile("|".join(sorted(_TABLE, key=len, reverse=True)) + "|[ˈˌ.‿]")
_VOWELS = frozenset("iuɪʊɛeæaʌɒəɑɔɜo")
_SIBILANT = ("s", "z", "ʃ", "ʒ")
_VOICELESS = ("p", "t", "k", "f", "θ", "x")
_LETTERS = {
    "A": "eɪ",
    "B": "biː",
    "C": "siː",
    "D": "diː",
    "E": "iː",
    "F": "ɛf",
    "G": "dʒiː",
    "H": "eɪtʃ",
    "I": "aɪ",
    "J": "dʒeɪ",
    "K": "keɪ",
    "L": "ɛl",
    "M": "ɛm",
    "N": "ɛn",
    "O": "əʊ",
    "P": "piː",
    "Q": "kjuː",
    "R": "ɑː",
    "S": "ɛs",
    "T": "tiː",
    "U": "juː",
    "V": "viː",
    "W": "dʌbəljuː",
    "X": "ɛks",
    "Y": "waɪ",
    "Z": "zɛd",
}


class UnknownSoundError(ValueError):
    """IPA holds a symbol that has no espeak-ng mnemonic here."""


def espeak_sounds(ipa: str) -> tuple[str, ...]:
    """The mnemonics of one word of IPA, one a sound, stress marks put before their vowel.

    UnknownSoundError is raised for a symbol that is not in the table.
    """
    sounds: list[str] = []
    stress = ""
    end = 0
    for match in _SYMBOL.finditer(ipa):
        if match.start() != end:
            break
        end = match.end()
        symbol = match.group()
        if symbol in _STRESS:
            stress = _STRESS[symbol]
        elif symbol in _TABLE:
            if symbol[0] in _VOWELS:
                sounds.append(stress + _TABLE[symbol])
                stress = ""
            else:
                sounds.append(_TABLE[symbol])
    if end != len(ipa):
        raise UnknownSoundError(f"no espeak-ng sound is known for {ipa[end]!r} in {ipa!r}")
    return tuple(sounds)


def espeak_word(ipa: str) -> str:
    """One word of IPA as espeak-ng takes it inside a text: `[[tr'0tski]]`.

    UnknownSoundError is raised for a symbol that is not in the table, and for a word without sound.
    """
    sounds = "".join(espeak_sounds(ipa))
    if not sounds:
        raise UnknownSoundError(f"there is no sound in {ipa!r}")
    return f"[[{sounds}]]"


def with_s(ipa: str) -> str:
    """The word with a plural or possessive s, voiced as the sound before it asks."""
    if ipa.endswith(_SIBILANT):
        return f"{ipa}ɪz"
    return f"{ipa}s" if ipa.endswith(_VOICELESS) else f"{ipa}z"


def letters_ipa(letters: str) -> tuple[str, ...]:
    """The names of the letters A to Z, the last one stressed."""
    names = [_LETTERS[letter] for letter in letters]
    return (*(f"ˌ{name}" for name in names[:-1]), *(f"ˈ{name}" for name in names[-1:]))
