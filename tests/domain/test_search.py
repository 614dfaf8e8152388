from stalin_study.domain.card import Card, CardFile, Point, Section
from stalin_study.domain.deck import Deck, Topic
from stalin_study.domain.search import CardSearch


def card(card_id, text, note=""):
    point = Point(card_id + "p", text, ("S1",), note=note)
    return Card.of(
        CardFile(card_id, 1, card_id.title(), "Why?", 4, (Section("Heading", (point,)),))
    )


DECK = Deck(
    "d",
    "Deck",
    "14-16",
    "CC BY 4.0",
    (),
    (
        Topic("t1", "Terror", "", (card("one", "The **Great** purge"), card("two", "Café life"))),
        Topic("t2", "Plans", "", (card("three", "Magnitogorsk", note="Disputed figure"),)),
    ),
)
SEARCH = CardSearch(DECK)


def test_every_word_must_be_on_the_card_in_any_order():
    assert SEARCH.card_ids("purge great") == {"one"}
    assert SEARCH.card_ids("purge magnitogorsk") == frozenset()


def test_case_and_accents_do_not_matter():
    assert SEARCH.card_ids("CAFE") == {"two"}


def test_topics_and_notes_are_searched_too():
    assert SEARCH.card_ids("terror") == {"one", "two"}
    assert SEARCH.card_ids("disputed") == {"three"}


def test_an_empty_query_asks_for_nothing():
    assert SEARCH.card_ids("   ") is None


def test_a_very_long_query_is_cut():
    assert SEARCH.card_ids("x" * 1_000_000) == frozenset()


def test_the_pupils_own_notes_are_searched_with_the_card():
    search = CardSearch(DECK)
    search.take_note("two", "Remember the Fünf!")
    search.take_note("gone", "fünf")
    assert search.card_ids("funf") == {"two"}
    assert search.card_ids("funf café") == {"two"}
    assert search.card_ids("funf purge") == frozenset()
    search.take_note("two", "  ")
    assert search.card_ids("funf") == frozenset()
