"""What espeak-ng says for the names of the lexicon, by its own account, and how they are spelled.

Three accounts of each name are compared: the respelling for people, the IPA, and the sounds that
the bundled engine makes of the text that the app gives it. They do not share a table.
"""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.phonemes import letters_ipa
from stalin_study.domain.pronunciations import Dialect
from stalin_study.domain.spoken_text import spoken_text
from stalin_study.services.library import load_deck

DECK = Path(__file__).parents[2] / "cards" / "stalin-1924-41"
VOICES = ["gmw/en", RP := "gmw/en-GB-x-rp"]

# Prints the phonemes, in IPA, that espeak-ng makes of each text. In a process of its own: the
# driver changes the working folder, and two voices in one process would disturb each other.
SAY = """
import json, os, sys
from ctypes import CDLL, c_char_p, c_int, c_size_t, c_uint, c_void_p
from pathlib import Path
import espeakng_loader
from stalin_study.speech_worker.espeak_bundled import _Event, _SynthCallback
library = CDLL(espeakng_loader.get_library_path())
data = Path(espeakng_loader.get_data_path())
os.chdir(data.parent)
SYNCHRONOUS, PHONEME_EVENTS, PHONEME_IPA, DONT_EXIT = 2, 1, 2, 0x8000
options = PHONEME_EVENTS | PHONEME_IPA | DONT_EXIT
assert library.espeak_Initialize(SYNCHRONOUS, 0, data.name.encode(), options) > 0
assert library.espeak_SetVoiceByName(sys.argv[1].encode()) == 0
heard = []
@_SynthCallback
def take(samples, count, events):
    place = 0
    while events[place].type:
        if events[place].type == 7:
            heard.append(events[place].id.decode())
        place += 1
    return 0
library.espeak_SetSynthCallback(take)
library.espeak_Synth.argtypes = [c_char_p, c_size_t, *[c_uint] * 4, *[c_void_p] * 2]
told = []
for text in json.load(sys.stdin):
    heard.clear()
    encoded = text.encode()
    library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, 0x101, None, None)
    told.append("".join(heard))
print(json.dumps(told))
"""


def heard(texts, voice):
    done = subprocess.run(
        [sys.executable, "-c", SAY, voice],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


@cache
def lexicon():
    deck = load_deck(DECK).deck
    assert deck is not None
    return deck.lexicon


# One way of writing for sounds that the lexicon and espeak-ng write in two.
SAME = {"æ": "a", "r": "ɹ", "ɪə": "iə", "ɛə": "eə", "ɛː": "eə", "oʊ": "əʊ", "g": "ɡ"}
VOWEL = r"(?:aɪ|aʊ|ɔɪ|eɪ|əʊ|ɪə|iə|eə|ɛə|ʊə|[iuɑɔɜɛ]ː|[iuɪʊɛeæaʌɒəɐ])"


def same_way(ipa):
    for one, other in SAME.items():
        ipa = ipa.replace(one, other)
    return re.sub("ŋ(?=[ˈˌ]?[kɡ])", "n", ipa)


def unstressed(ipa, voice):
    ipa = re.sub("[ˈˌ]", "", same_way(ipa))
    if voice == RP:  # it ends "Trotsky" as "it" begins, opens last schwas, and says "poor" as "paw"
        ipa = re.sub("i(?![ːə])", "ɪ", ipa).replace("ɐ", "ə").replace("ʊə", "ɔː")
    return ipa


def sounds(ipa, voice):
    """Without stress; between words a linking r is no sound of either."""
    return re.compile("ɹ?".join(map(re.escape, unstressed(ipa, voice).split())))


def stressed_vowels(ipa):
    """Which vowels of all have the main stress."""
    places, count = [], 0
    for mark in re.findall(rf"ˈ|{VOWEL}", same_way(ipa).replace(" ", "")):
        if mark == "ˈ":
            places.append(count)
        else:
            count += 1
    return places


def with_s(ipa):
    if ipa[-1] in "szʃʒ":
        return f"{ipa}ɪz"
    return f"{ipa}s" if ipa[-1] in "ptkfx" else f"{ipa}z"


def shown_forms(entry):
    """Pairs of a text that a card may show, and its IPA."""
    for written in entry.written:
        bare = written.removesuffix("'s")
        yield bare, entry.ipa
        yield f"{bare}'s", with_s(entry.ipa)
        yield f"{bare}’s", with_s(entry.ipa)


@pytest.mark.parametrize("voice", VOICES)
def test_espeak_says_every_name_as_the_lexicon_writes_it(voice):
    forms = [form for entry in lexicon() for form in shown_forms(entry)]
    assert len(forms) > 3 * 130
    said = [spoken_text(shown, lexicon(), Dialect.ESPEAK).text for shown, _ in forms]
    for (shown, ipa), told in zip(forms, heard(said, voice), strict=True):
        assert sounds(ipa, voice).fullmatch(unstressed(told, voice)), (shown, ipa, told)
        if "ˈ" in ipa:
            assert stressed_vowels(told) == stressed_vowels(ipa), (shown, ipa, told)


@pytest.mark.parametrize("voice", VOICES)
def test_names_are_said_alike_inside_a_sentence(voice):
    names = ["Trotsky", "Ordzhonikidze", "kolkhozy", "Khalkhin Gol", "Yezhovshchina", "NKVD"]
    said = [spoken_text(f"The {name} did.", lexicon(), Dialect.ESPEAK).text for name in names]
    for name, told in zip(names, heard(said, voice), strict=True):
        ipa = next(entry.ipa for entry in lexicon() if name in entry.written)
        assert sounds(ipa, voice).search(unstressed(told, voice)), (name, ipa, told)


@pytest.mark.parametrize("voice", VOICES)
def test_abbreviations_that_are_no_names_are_spelled_out(voice):
    shown = ["USSR", "UK", "KGB", "USSR's", "ABCDEF", "GHIJKL", "MNOPQR", "STUVWX", "YZ"]
    said = [spoken_text(text, lexicon(), Dialect.ESPEAK).text for text in shown]
    for text, told in zip(shown, heard(said, voice), strict=True):
        ipa = " ".join(letters_ipa(text.removesuffix("'s")))
        ipa = with_s(ipa) if text.endswith("'s") else ipa
        assert sounds(ipa, voice).fullmatch(unstressed(told, voice)), (text, told)
        assert stressed_vowels(told)[-1] == stressed_vowels(ipa)[-1], (text, told)


# The respelling: pieces are syllables, capitals the stressed one.
CONSONANTS = (
    *(("shch", "ʃtʃ"), ("tch", "tʃ"), ("kh", "x"), ("zh", "ʒ"), ("sh", "ʃ"), ("ch", "tʃ")),
    *(("ng", "ŋ"), ("j", "dʒ"), ("g", "ɡ"), ("c", "k"), ("x", "ks")),
    *((letter, letter) for letter in "bdfhklmnprstvwyz"),
)
IPA_CONSONANT = re.compile("tʃ|dʒ|[bdfɡhjklmnprstvwxzʃʒŋθð]")


def respelled_consonants(word):
    """The consonant sounds of a respelled word, as a non-rhotic speaker says it."""
    pieces = word.lower().split("-")
    found = []
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else ""
        found += _consonants(piece, following)
    return same_nasals("".join(found))


def _consonants(piece, following):
    piece = {"gee": "jee"}.get(piece, piece)  # the letter G
    at = 0
    while at < len(piece):
        written, sound = next(
            ((w, s) for w, s in CONSONANTS if piece.startswith(w, at)), (piece[at], "")
        )
        rest = piece[at + len(written) :]
        before_vowel = rest[:1] in tuple("aeiou") or (written == "r" and rest[:1] == "y")
        is_double = at > 0 and piece[at - 1] == written
        at += len(written)
        if written == "r" and not before_vowel and (rest or following[:1] not in tuple("aeiou")):
            continue
        if (written in "yhw" and not before_vowel) or is_double:
            continue
        if written in "ywh" and at > 1 and piece[at - 2] in "aeiou":
            continue  # the vowels of "eye", "oh" and "ow"
        yield "j" if written == "y" else sound


def same_nasals(consonants):
    return re.sub("ŋ(?=[kɡ])", "n", consonants)


def ipa_syllables(word):
    vowel = VOWEL.replace("iə|", "")  # two sounds in "Beria"
    return len(re.findall(vowel, word))


def ipa_stress(word):
    before, mark, _ = word.partition("ˈ")
    return ipa_syllables(before) if mark else None


@pytest.mark.parametrize("entry", lexicon(), ids=lambda entry: entry.written[0])
def test_the_respelling_and_the_ipa_of_a_name_agree(entry):
    said, ipa = entry.say.split(), entry.ipa.split()
    assert len(said) == len(ipa)
    for respelled, word in zip(said, ipa, strict=True):
        pieces = respelled.split("-")
        assert len(pieces) == ipa_syllables(word)
        stressed = [place for place, piece in enumerate(pieces) if piece.isupper()]
        assert stressed == [place for place in [ipa_stress(word)] if place is not None]
        consonants = same_nasals("".join(IPA_CONSONANT.findall(word)))
        assert respelled_consonants(respelled) == consonants


@pytest.mark.parametrize(
    ("say", "ipa"),
    [
        ("trot-SKEE", "ˈtrɒtski"),  # the stress
        ("TROT-uh-skee", "ˈtrɒtski"),  # the syllables
        ("TROD-skee", "ˈtrɒtski"),  # a consonant
        ("TROT-skee", "ˈtrɒtʃki"),
    ],
)
def test_a_disagreement_would_be_found(say, ipa):
    with pytest.raises(AssertionError):
        test_the_respelling_and_the_ipa_of_a_name_agree(LexiconEntry(("Trotsky",), say, ipa))


def test_no_name_is_written_twice():
    written = [form for entry in lexicon() for form in entry.written]
    assert len(written) == len(set(written))
