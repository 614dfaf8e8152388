import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from stalin_study.domain.phonemes import (
    UnknownSoundError,
    espeak_sounds,
    espeak_word,
    letters_ipa,
    with_s,
)
from stalin_study.services.library import load_deck

DECK = Path(__file__).parents[2] / "cards" / "stalin-1924-41"

# Says what espeak-ng itself makes of each text: its phoneme events, in its own mnemonics.
ESPEAK_PHONEMES = """
import ctypes, json, os, sys
from pathlib import Path
import espeakng_loader
from stalin_study.speech_worker.espeak_bundled import _Event, _SynthCallback
library = ctypes.CDLL(espeakng_loader.get_library_path())
data = Path(espeakng_loader.get_data_path())
os.chdir(data.parent)
SYNCHRONOUS, PHONEME_EVENTS, DONT_EXIT = 2, 1, 0x8000
assert library.espeak_Initialize(SYNCHRONOUS, 0, data.name.encode(), PHONEME_EVENTS | DONT_EXIT) > 0
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
library.espeak_Synth.argtypes = [
    ctypes.c_char_p, ctypes.c_size_t, *[ctypes.c_uint] * 4, *[ctypes.c_void_p] * 2
]
told = []
for text in json.load(sys.stdin):
    heard.clear()
    encoded = text.encode()
    library.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, 0x101, None, None)
    told.append([sound for sound in heard if sound and not sound.startswith("_")])
print(json.dumps(told))
"""


def heard_by_espeak(texts, voice):
    done = subprocess.run(
        [sys.executable, "-c", ESPEAK_PHONEMES, voice],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def lexicon_words():
    deck = load_deck(DECK).deck
    assert deck is not None
    assert len(deck.lexicon) == 103
    return [word for entry in deck.lexicon for word in entry.ipa.split()]


def stressed(sounds):
    return [sound for sound in sounds if sound.startswith("'")]


def bare(sounds):
    """Without stress and glides; final schwas are schwas, n before k is as everybody says it."""
    plain = [sound.strip("',").replace("a#", "@") for sound in sounds if sound != ";"]
    for place, (sound, following) in enumerate(pairwise(plain)):
        if sound == "n" and following in ("k", "g"):
            plain[place] = "N"
    return plain


@pytest.mark.parametrize("voice", ["gmw/en", "gmw/en-GB-x-rp"])
def test_espeak_hears_every_lexicon_entry_as_it_is_written(voice):
    words = lexicon_words()
    told = heard_by_espeak([espeak_word(word) for word in words], voice)
    for word, sounds in zip(words, told, strict=True):
        ours = espeak_sounds(word)
        assert bare(sounds) == bare(ours), word
        if "ˈ" in word:
            assert stressed(sounds) == stressed(ours), word


def test_letters_and_possessives_are_heard_too():
    words = [
        *letters_ipa("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        with_s("ɛs"),
        with_s("nɛp"),
        with_s("ˈtrɒtski"),
    ]
    told = heard_by_espeak([espeak_word(word) for word in words], "gmw/en")
    assert [bare(sounds) for sounds in told] == [bare(espeak_sounds(word)) for word in words]


def test_stress_stands_before_its_vowel():
    assert espeak_word("ˈtrɒtski") == "[[tr'0tski]]"
    assert espeak_word("ˌəʊdʒiːpiːˈjuː") == "[[,oUdZi:pi:j'u:]]"
    assert espeak_sounds("zɪˈnɒfjɛf") == ("z", "I", "n", "'0", "f", "j", "E", "f")


def test_the_longest_symbol_wins():
    assert espeak_sounds("tʃɛkə") == ("tS", "E", "k", "@")
    assert espeak_sounds("skaɪə") == ("s", "k", "aI@")


@pytest.mark.parametrize("ipa", ["ˈfrʊ¿zə", "q", "tr tski", "ˈТ"])
def test_an_unknown_symbol_is_named(ipa):
    with pytest.raises(UnknownSoundError, match="no espeak-ng sound is known for"):
        espeak_word(ipa)


def test_s_sounds_as_english_does_it():
    assert [with_s(word) for word in ("nɛp", "ˈtrɒtski", "ɛs", "ˈkuːlæk")] == [
        "nɛps",
        "ˈtrɒtskiz",
        "ɛsɪz",
        "ˈkuːlæks",
    ]
