import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card_text import answer_blocks, prompt_blocks
from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.pronunciations import Dialect
from stalin_study.domain.spoken_text import spoken_text
from stalin_study.domain.utterances import utterances
from stalin_study.services.library import load_deck

DECK = Path(__file__).parents[2] / "cards" / "stalin-1924-41"
LEXICON = (
    LexiconEntry(("Trotsky", "Trotsky's"), "TROT-skee", "ˈtrɒtski"),
    LexiconEntry(("Kirov",), "KEER-off", "ˈkɪərɒf"),
    LexiconEntry(("Sergei Kirov",), "sair-GAY KEER-off", "sɛəˈɡeɪ ˈkɪərɒf"),
    LexiconEntry(("Alma-Ata",), "AL-muh uh-TAH", "ˌælmə əˈtɑː"),
    LexiconEntry(("OGPU",), "oh-gee-pee-YOO", "ˌəʊdʒiːpiːˈjuː"),
    LexiconEntry(("NEP",), "nep", "nɛp"),
    LexiconEntry(("kulak", "Kulak"), "KOO-lak", "ˈkuːlæk"),
)


def spoken(text, dialect=Dialect.PLAIN, lexicon=()):
    return spoken_text(text, lexicon, dialect).text


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("In 1937 he left", "In nineteen thirty-seven he left."),
        (
            "1900, 1905, 1812, 2005",
            "nineteen hundred, nineteen oh five, eighteen twelve, two thousand and five.",
        ),
        ("in 1924-41", "in nineteen twenty-four to nineteen forty-one."),
        ("1922–29", "nineteen twenty-two to nineteen twenty-nine."),
        ("1928 – 1932", "nineteen twenty-eight to nineteen thirty-two."),
        ("by mid-1932", "by mid nineteen thirty-two."),
        ("the 1930s", "the nineteen thirties."),
        ("the '20s", "the twenties."),
        (
            "on 16-18 January 1924.",
            "on the sixteenth to the eighteenth of January nineteen twenty-four.",
        ),
        ("On 3 April 1922", "On the third of April nineteen twenty-two."),
        ("the 15 October plan", "the fifteenth of October plan."),
        ("Sunday 27 January", "Sunday the twenty-seventh of January."),
        ("the 13th Congress, the 21st", "the thirteenth Congress, the twenty-first."),
        ("about 57% of them", "about fifty-seven percent of them."),
        ("2-3% a year", "two to three percent a year."),
        ("7.5 %", "seven point five percent."),
        ("3.5 to 3.9 million", "three point five to three point nine million."),
        (
            "681,692 people",
            "six hundred and eighty-one thousand six hundred and ninety-two people.",
        ),
        ("1,966 delegates", "one thousand nine hundred and sixty-six delegates."),
        ("1,000,005", "one million and five."),
        ("Order 00447", "Order zero zero four four seven."),
        ("£5 million and $3", "five million pounds and three dollars."),
        ("the UK and U.S.S.R. did", "the U K and U S S R did."),
        ("World War II, Nicholas II", "World War two, Nicholas the second."),
        (
            "Dr. Smith, c. 1905, e.g. here",
            "Doctor Smith, about nineteen oh five, for example here.",
        ),
        ("'too rude' (he said) - now", "too rude, he said, now."),
        ("the workers' own “plan”…", "the workers own plan."),
        ("Lenin’s hard-working men", "Lenin's hard-working men."),
        ("Why? Because!", "Why? Because!"),
        ("yes/no & more", "yes, no and more."),
        ("<b>[[x]]</b> `a_b`", "b, x, b a b."),
        ("", ""),
        ("?! … 🙂", ""),
    ],
)
def test_shown_and_said(shown, said):
    assert spoken(shown) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Trotsky's and Trotsky", "[[tr'0tskiz]] and [[tr'0tski]]."),
        ("Trotsky’s", "[[tr'0tskiz]]."),
        ("Sergei Kirov", "[[se@g'eI]] [[k'i@r0f]]."),
        ("KIROV, kulaks", "[[k'i@r0f]], [[k'u:laks]]."),
        ("the NEP, the OGPU", "the [[nEp]], the [[,oUdZi:pi:j'u:]]."),
        ("nep", "nep."),
        ("Kirovsk", "Kirovsk."),
        ("the UK", "the [[j,u:]] [[k'eI]]."),
        ("Source A.", "Source [['eI]]."),
        ("A plan", "A plan."),
    ],
)
def test_names_in_phonemes(shown, said):
    assert spoken(shown, Dialect.ESPEAK, LEXICON) == said


@pytest.mark.parametrize("dialect", [Dialect.PLAIN, Dialect.SAPI])
def test_names_respelled(dialect):
    shown = "Trotsky's OGPU, the NEP, Alma-Ata"
    assert spoken(shown, dialect, LEXICON) == "trot-skee's O G P U, the nep, al-muh uh-tah."


def test_a_lexicon_with_a_sound_nobody_knows_falls_back_to_the_respelling():
    broken = (LexiconEntry(("Frunze",), "FROON-zuh", "ˈfrʊ¿zə"), LexiconEntry((), "", ""))
    assert spoken("Frunze", Dialect.ESPEAK, broken) == "froon-zuh."
    silent = (LexiconEntry(("Frunze",), "", ""),)
    assert spoken("Frunze", Dialect.ESPEAK, silent) == "Frunze."


def test_the_map_leads_from_each_spoken_word_to_what_is_shown():
    shown = "In 1924-41 Sergei Kirov, 'led'."
    result = spoken_text(shown, LEXICON, Dialect.ESPEAK)
    pairs = [
        (result.text[word.spoken_start : word.spoken_end], shown[word.start : word.end])
        for word in result.map
    ]
    assert pairs == [
        ("In", "In"),
        *[(word, "1924-41") for word in ("nineteen", "twenty-four", "to", "nineteen", "forty-one")],
        ("[[se@g'eI]]", "Sergei Kirov"),
        ("[[k'i@r0f]]", "Sergei Kirov"),
        ("led", "led"),
    ]


def assert_sound_map(shown, dialect, lexicon):
    result = spoken_text(shown, lexicon, dialect)
    words = result.map
    for word in words:
        assert 0 <= word.start < word.end <= len(shown)
        assert 0 <= word.spoken_start < word.spoken_end <= len(result.text)
        assert " " not in result.text[word.spoken_start : word.spoken_end]
    for before, after in pairwise(words):
        assert before.spoken_end < after.spoken_start
        assert before.end <= after.start or (before.start, before.end) == (after.start, after.end)
    covered = {place for word in words for place in range(word.start, word.end)}
    assert {place for place, char in enumerate(shown) if char.isalnum()} <= covered
    result.text.encode("utf-8")


PIECES = st.sampled_from(
    [
        "1924-41",
        "16-18 January",
        "57%",
        " ",
        "-",
        "'",
        "’s",
        "Trotsky",
        "OGPU",
        "NEPs",
        "£",
        "5 million",
        "U.S.",
        "[[",
        "]]",
        "(",
        "1,966",
        ".5",
        "c. ",
        "Dr. ",
        "II",
        "War ",
        "A",
        "é",
        "٣",
        "\u0301",
        "ſ",
        "½",
    ]
)


@pytest.mark.parametrize("dialect", list(Dialect))
@given(shown=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_the_map_covers_any_text(dialect, shown):
    assert_sound_map(shown, dialect, LEXICON)


@given(st.text(alphabet=st.characters(), max_size=40))
def test_only_our_own_phonemes_are_phonemes(shown):
    assert "[" not in spoken_text(shown, (), Dialect.PLAIN).text


def test_a_long_text_takes_no_long_time():
    shown = "Trotsky said 1,966 - or (1924-41) more. " * 1250
    assert_sound_map(shown, Dialect.ESPEAK, LEXICON)
    assert_sound_map("9" * 5000 + "," * 5000 + "A" * 5000, Dialect.ESPEAK, LEXICON)


def test_every_sentence_of_the_deck_is_sayable():
    deck = load_deck(DECK).deck
    assert deck is not None
    for card in deck.cards:
        for sentence in utterances((*prompt_blocks(card), *answer_blocks(card))):
            assert_sound_map(sentence.text, Dialect.ESPEAK, deck.lexicon)
            said = spoken(sentence.text, Dialect.ESPEAK, deck.lexicon)
            outside = re.sub(r"\[\[[^]]*\]\]", "", said)
            assert not re.search(r"[0-9\[\]()%£/]|[A-Z]{2}", outside), said
