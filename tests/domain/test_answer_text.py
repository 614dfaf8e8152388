import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.answers.spelling import spelling_key
from stalin_study.domain.answers.text import answer_text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("forty-six", ("46",)),
        ("a hundred and two", ("102",)),
        ("1,500", ("1500",)),
        ("1.8 million", ("1800000",)),
        ("nineteen thirty-seven", ("1937",)),
        ("1937-38", ("1937", "1938")),
        ("1937–1938", ("1937", "1938")),
        ("5m", ("5000000",)),
        ("fifty or a hundred", ("50", "100")),
        ("the twenty-seventh", ("27",)),
        ("two and three", ("2", "3")),
        ("15/10/1923", ("15", "1923")),
        ("99/99/1923", ("99/99", "1923")),
    ],
)
def test_numbers_in_words_and_figures_are_the_same(text, numbers):
    assert answer_text(text).numbers == numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("yezhov", "ezhov"),
        ("alexei", "aleksey"),
        ("trotsky", "trotzki"),
        ("bukharin", "buharin"),
        ("vyshinsky", "vishinskii"),
        ("kulak", "kulaks"),
        ("beria", "beriya"),
    ],
)
def test_latin_spellings_of_one_name_have_one_key(one, other):
    assert spelling_key(one) == spelling_key(other)


def test_different_names_have_different_keys():
    names = ["yezhov", "yagoda", "beria", "kirov", "rykov", "tomsky", "trotsky", "stalin", "lenin"]
    assert len({spelling_key(name) for name in names}) == len(names)


def test_articles_case_dots_and_accents_go():
    assert answer_text("The N.K.V.D. of Café").words == ("nkvd", "cafe")


@given(st.text())
def test_any_text_can_be_read_and_fillers_never_come_through(text):
    found = answer_text(text)
    assert all(word and not word[0].isdigit() for word in found.words)
    assert found.negations >= 0
