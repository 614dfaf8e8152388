import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.card_text import BlockKind, own_note_blocks
from stalin_study.domain.search_hits import block_hits, folded, hits_in, query_words

ODD = st.text(st.sampled_from("aAeéE\u0301\u0308ßﬁİıσςΣ½…Ⅷ\u2028 ’한각🚂"), max_size=12)
TEXTS = st.one_of(st.text(max_size=30), ODD)


def found(text, query):
    return [text[start:end] for start, end in hits_in(text, query_words(query))]


def test_case_and_accents_do_not_matter_and_the_text_is_marked_as_it_is_written():
    assert found("The Café, a CAFE and a cafe\u0301.", "cafe") == ["Café", "CAFE", "cafe\u0301"]
    assert found("Straße", "strasse") == ["Straße"]
    assert found("the ﬁrst plan", "first") == ["ﬁrst"]


def test_words_that_overlap_or_touch_are_one_place():
    assert found("the purges began", "purge purges") == ["purges"]
    assert found("sss", "s") == ["sss"]
    assert found("half of a letter: ß", "s") == ["ß"]


def test_an_empty_query_marks_nothing():
    assert query_words("  ") == ()
    assert hits_in("anything", ()) == ()


@given(TEXTS)
def test_a_text_is_folded_letter_by_letter(text):
    assert folded(text) == "".join(folded(char) for char in text)


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_hits_are_in_order_apart_and_whole_letters(text, queries):
    hits = hits_in(text, query_words(" ".join(queries)))
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(one[1] < other[0] for one, other in pairwise(hits))
    for _, end in hits:
        assert end == len(text) or not (unicodedata.combining(text[end]) and not folded(text[end]))


@given(TEXTS, TEXTS)
def test_there_is_a_hit_just_where_the_search_finds_the_word(text, query):
    words = query_words(query)
    expected = {word for word in words if word in folded(text)}
    assert {word for word in words if hits_in(text, (word,))} == expected
    for word in expected:
        assert all(word in folded(text[start:end]) for start, end in hits_in(text, (word,)))


@given(st.text(max_size=60))
def test_a_note_is_one_block_whose_lines_are_those_with_words(note):
    blocks = own_note_blocks(note)
    lines = [line for line in note.splitlines() if line.strip()]
    assert len(blocks) == bool(lines)
    for block in blocks:
        assert block.kind is BlockKind.OWN_NOTE
        assert block.text.text.removeprefix("Your note: ").split("\u2028") == lines


def test_hits_know_their_block():
    [block] = own_note_blocks("Trotsky\ntrotsky")
    spans = block_hits((block,), ("trotsky",))
    assert [(span.block, block.text.text[span.start : span.end]) for span in spans] == [
        ("own-note", "Trotsky"),
        ("own-note", "trotsky"),
    ]
