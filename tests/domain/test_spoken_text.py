import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card_text import Block, BlockKind, answer_blocks, prompt_blocks
from stalin_study.domain.deck import LexiconEntry
from stalin_study.domain.markup import plain
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
        ("£5m, $1, €1.5bn", "five million pounds, one dollar, one point five billion euros."),
        ("b. 1879, d. 1953", "born eighteen seventy-nine, died nineteen fifty-three."),
        (
            "c.1905, c1905, b1870",
            "about nineteen oh five, about nineteen oh five, born eighteen seventy.",
        ),
        ("the 19th-century tsars", "the nineteenth century tsars."),
        ("the 18th-19th centuries", "the eighteenth to nineteenth centuries."),
        ("the 1920s–1930s", "the nineteen twenties to nineteen thirties."),
        ("3 January - 5 February", "the third of January to the fifth of February."),
        ("9 left - 5 May was the day", "nine left, the fifth of May was the day."),
        ("on May 1st, 25 Jan.", "on May the first, the twenty-fifth of January."),
        ("½ of it, 2½ times, ¾", "a half of it, two and a half times, three quarters."),
        ("1/3, 3/4 and 1/2", "one third, three quarters and one half."),
        ("0.05 and 24/7", "nought point nought five and twenty-four seven."),
        (
            "5km, 1 km, 7 MW, 100 km²",
            "five kilometres, one kilometre, seven megawatts, one hundred square kilometres.",
        ),
        ("5 m and 5m people", "five metres and five million people."),
        ("at 10.30 am, 6pm and 14:05", "at ten thirty A M, six P M and fourteen oh five."),
        ("at 9:00 or 9.00 a.m.", "at nine o'clock or nine A M."),
        ("Mr Brown, Dr Ward, St Paul", "Mister Brown, Doctor Ward, Saint Paul."),
        ("no. 5, pp. 5-7, vol. 2", "number five, pages five to seven, volume two."),
        ("bread etc., eg this, ie that", "bread et cetera, for example this, that is that."),
        ("grain and/or coal, Lenin v. Trotsky", "grain and or coal, Lenin versus Trotsky."),
        ("3 × 4 = 12, x2", "three times four equals twelve, times two."),
        ("coal → steel, 20°C, −5%", "coal to steel, twenty degrees Celsius, minus five percent."),
        ("TVs, the USSR's", "T V's, the U S S R's."),
        ("J. V. Stalin, Lenin, V.I.", "J V Stalin, Lenin, V I."),
        (
            "the XVII Congress, Part IV, Henry VIII",
            "the seventeenth Congress, Part four, Henry the eighth.",
        ),
        ("Peter I, and I agree. Mr X", "Peter the first, and I agree. Mister X."),
        ("Which was NOT true?", "Which was not true?"),
        ("Plan A failed, an A-level", "Plan A failed, an A level."),
        ("T34, 4HI1, N1520", "T thirty-four, four H I one, N one five two zero."),
        ("co\u00adoperate, non‑stop", "cooperate, non-stop."),
        ("ex-OGPU men", "ex O G P U men."),
        ("so ... what", "so, what."),
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
        ("Source A says", "Source [['eI]] says."),
        ("A plan", "A plan."),
        ("the UK's", "the [[j,u:]] [[k'eIz]]."),
        ("an anti-kulak law", "an anti [[k'u:lak]] law."),
    ],
)
def test_names_in_phonemes(shown, said):
    assert spoken(shown, Dialect.ESPEAK, LEXICON) == said


@pytest.mark.parametrize("dialect", [Dialect.PLAIN, Dialect.SAPI])
def test_names_respelled(dialect):
    shown = "Trotsky's OGPU, the NEP, Alma-Ata"
    assert spoken(shown, dialect, LEXICON) == "trot-skee's O G P U, the nep, al-muh uh-tah."


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (LexiconEntry(("Frunze",), "FROON-zuh", "ˈfrʊ¿zə"), "froon-zuh."),
        (LexiconEntry(("Frunze",), "FROON-zuh", "ˈ"), "froon-zuh."),
        (LexiconEntry(("Frunze",), "", ""), "Frunze."),
        (LexiconEntry((), "no", "nəʊ"), "Frunze."),
        (LexiconEntry(("", " ", "'s"), "no", "nəʊ"), "Frunze."),
        (LexiconEntry(("Fr.nze", "F*", "(Frunze", "[a-z]+"), "no", "nəʊ"), "Frunze."),
        (LexiconEntry(("Frunze",), "[[h@loU]] <b>_", "¿"), "h lou b."),
    ],
)
def test_a_faulty_entry_of_the_lexicon_does_no_harm(entry, said):
    assert spoken("Frunze", Dialect.ESPEAK, (entry,)) == said


def test_the_first_of_two_entries_for_a_name_counts():
    twice = (LexiconEntry(("Kirov",), "one", "wʌn"), LexiconEntry(("KIROV",), "two", "tuː"))
    assert spoken("Kirov", Dialect.PLAIN, twice) == "one."


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("[[h@loU]] there", "h loU, there."),
        ("<break time='2s'/> there", "break time equals two s, there."),
        ("<PRON SYM='h ah'/> there", "P R O N S Y M equals h ah, there."),
        ("a\x00b \x1b[31mred\x1b[0m", "a b red."),
        ("one \u202eowt\u202c three\ufeff", "one owt three."),
        ("\x00\x07\x1b\u202e\u2066<>[]{}", ""),
        ("Сталин 斯大林 ستالين 🙂", "Сталин 斯大林 ستالين."),
    ],
)
@pytest.mark.parametrize("dialect", [Dialect.PLAIN, Dialect.SAPI])
def test_marks_that_an_engine_might_obey_do_not_reach_it(shown, said, dialect):
    assert spoken(shown, dialect) == said


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
    for control in re.finditer(r"\x1b\[[0-9;?]*[@-~]", shown):
        covered |= set(range(*control.span()))
    assert {place for place, char in enumerate(shown) if char.isalnum()} <= covered
    result.text.encode("utf-8")


PIECES = st.sampled_from(
    "1924-41|16-18|January|57%| |-|–|'|’s|Trotsky|OGPU|NEPs|£|5 million|U.S.|[[|]]|(|1,966|.5|c. "
    "|Dr. |II|War |A|é|٣|\u0301|ſ|½|27/12/1929|1/2|10.30|am|5km|m|x2|→|anti-|Jan.|1st|1920s|4HI1"
    "|\x1b[0;1m|\u00ad|\u202e|\x00|<b>|Ж|斯|🙂|\ud800|MTS's|Peter |I|NOT|...|and/or".split("|")
)


@pytest.mark.parametrize("dialect", list(Dialect))
@given(shown=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_the_map_covers_any_text(dialect, shown):
    assert_sound_map(shown, dialect, LEXICON)


# Letters and digits of any script, accents, and the marks that every engine takes for a pause.
HARMLESS = re.compile(r"(?:[^\W_]|[\u0300-\u036f]|[ ,;:.?!'-])*")
OUR_PHONEMES = re.compile(r"\[\[[a-zA-Z@0-9:',]+\]\]")


@pytest.mark.parametrize("dialect", list(Dialect))
@given(shown=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_only_our_own_phonemes_and_plain_words_reach_an_engine(dialect, shown):
    said = spoken(shown, dialect, LEXICON)
    if dialect is Dialect.ESPEAK:
        said = OUR_PHONEMES.sub("", said)
    assert HARMLESS.fullmatch(said), said


def test_a_long_text_takes_no_long_time():
    shown = "Trotsky said 1,966 - or (1924-41) more. " * 1250
    assert_sound_map(shown, Dialect.ESPEAK, LEXICON)
    assert_sound_map("9" * 5000 + "," * 5000 + "A" * 5000, Dialect.ESPEAK, LEXICON)


def test_every_sentence_of_the_deck_is_sayable():
    deck = load_deck(DECK).deck
    assert deck is not None
    blocks = [
        block for card in deck.cards for block in (*prompt_blocks(card), *answer_blocks(card))
    ]
    others = [
        *(text for event in deck.timeline for text in (event.date, event.text)),
        *(text for one in deck.people for text in (one.name, one.dates, one.role, one.fate)),
        *(text for term in deck.terms for text in (term.term, term.meaning)),
        *(point.note for card in deck.cards for point in card.points),
        *(question.prompt for card in deck.cards for question in card.questions),
        *(question.because for card in deck.cards for question in card.questions),
        *(text for card in deck.cards for exam in card.exam_questions for text in exam.mark_scheme),
    ]
    blocks += [Block(str(n), BlockKind.NOTE, plain(text)) for n, text in enumerate(others)]
    sentences = utterances(blocks)
    assert len(sentences) > 1500
    for sentence in sentences:
        assert_sound_map(sentence.text, Dialect.ESPEAK, deck.lexicon)
        said = spoken(sentence.text, Dialect.ESPEAK, deck.lexicon)
        outside = re.sub(r"\[\[[^]]*\]\]", "", said)
        assert not re.search(r"[0-9\[\]()%£/]|[A-Z]{2}", outside), said
