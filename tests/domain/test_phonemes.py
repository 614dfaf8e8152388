import pytest

from stalin_study.domain.phonemes import (
    UnknownSoundError,
    espeak_sounds,
    espeak_word,
    letters_ipa,
    with_s,
)


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


@pytest.mark.parametrize("ipa", ["", "ˈ", "ˌ.‿"])
def test_a_word_needs_a_sound(ipa):
    with pytest.raises(UnknownSoundError, match="there is no sound in"):
        espeak_word(ipa)


def test_letters_are_stressed_on_the_last():
    assert letters_ipa("") == ()
    assert letters_ipa("K") == ("ˈkeɪ",)
    assert letters_ipa("UK") == ("ˌjuː", "ˈkeɪ")


def test_s_sounds_as_english_does_it():
    assert [with_s(word) for word in ("nɛp", "ˈtrɒtski", "ɛs", "ˈkuːlæk")] == [
        "nɛps",
        "ˈtrɒtskiz",
        "ɛsɪz",
        "ˈkuːlæks",
    ]
