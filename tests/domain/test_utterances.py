from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card_text import Block, BlockKind, TextSpan
from stalin_study.domain.markup import plain
from stalin_study.domain.utterances import LONGEST, Utterance, sentence_spans, utterances


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


def test_one_utterance_a_sentence_with_its_place_in_the_block():
    blocks = (
        Block("heading-0", BlockKind.HEADING, plain("They feared **Trotsky** more")),
        Block("p1", BlockKind.POINT, plain("Stalin worried them *less*. He seemed dull.")),
    )
    assert utterances(blocks) == (
        Utterance("heading-0:0", TextSpan("heading-0", 0, 24), "They feared Trotsky more"),
        Utterance("p1:0", TextSpan("p1", 0, 25), "Stalin worried them less."),
        Utterance("p1:1", TextSpan("p1", 26, 41), "He seemed dull."),
    )


def test_full_stops_inside_a_sentence_do_not_end_it():
    for text in (
        "J. V. Stalin met Dr. Smith and Mr. Brown.",
        "It began c. 1928, e.g. in Ukraine.",
        "Output rose 2.5 times to 21.4 million.",
        "See No. 5 of Pravda... and more.",
        "Stalin asked 'What is to be done?' and left.",
        "He (b. 1879, d. 1953) met Lenin.",
        "Read pp. 5-7 of vol. 2 and ch. 3.",
        "Growth was approx. 10 % a year.",
        "It rose...  and fell.",
    ):
        assert sentences(text) == [text]


def test_ends_with_quotes_brackets_and_other_marks():
    assert sentences(
        "He said 'no.' Then he left. “Who?” asked Lenin! (He was ill.) So what? 5 left."
    ) == [
        "He said 'no.'",
        "Then he left.",
        "“Who?” asked Lenin!",
        "(He was ill.)",
        "So what?",
        "5 left.",
    ]
    assert sentences("One line\nanother line\r\n\r\nlast") == ["One line", "another line", "last"]


def test_what_cannot_be_said_is_left_out():
    blank = [Block("p", BlockKind.POINT, plain(text)) for text in ("", " \n ", "...", "?! —", "🙂")]
    assert utterances(blank) == ()


@pytest.mark.parametrize(
    "text",
    ["Он жил. Потом умер.", "斯大林 是 人。", "قال ستالين.", "🙂 \x00 a \u202e.", "\ud800 b"],
)
def test_text_that_is_not_english_is_read_too(text):
    assert " ".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("." * 50_000, 0),
        (" " * 50_000, 0),
        (". " * 25_000, 0),
        ("\n" * 50_000, 0),
        ("'\"" * 25_000, 0),
        ("." * 25_000 + '"' * 25_000 + "a", 1),
        ("x" * 50_000, 125),
        ("e.g. " * 10_000, 125),
        ("Yes! " * 10_000, 10_000),
    ],
)
def test_no_text_is_too_long(text, count):
    found = sentences(text)
    assert len(found) == count
    assert max(map(len, found), default=0) <= LONGEST


def test_a_point_of_5000_words_comes_in_short_pieces():
    text = "and so, on it went " * 1250
    pieces = sentences(text)
    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces).split() == text.split()
    unbroken = sentences("x" * 1000)
    assert [len(piece) for piece in unbroken] == [400, 400, 200]


@given(st.text(max_size=1500))
def test_pieces_ascend_and_hold_every_letter(text):
    spans = list(sentence_spans(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert {place for place, char in enumerate(text) if char.isalnum()} <= covered
