"""Entries: what they say, how their names are said, how they are found, what is read of them."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes_study import make_deck
from stalin_study.domain.deck import LexiconEntry, Person, Term, TimelineEvent
from stalin_study.domain.explore_entries import (
    EntryShelf,
    entry_blocks,
    event_entries,
    people_entries,
    term_entries,
)
from stalin_study.domain.said_names import SaidNames
from stalin_study.domain.search_hits import query_words

LEXICON = (
    LexiconEntry(("Trotsky", "Trotsky's"), "TROT-skee", "x"),
    LexiconEntry(("Mikhail",), "mi-KHILE", "x"),
    LexiconEntry(("Kalinin",), "kuh-LEE-nin", "x"),
    LexiconEntry(("Bolshevik",), "BOL-shuh-vik", "x"),
    LexiconEntry(("Cheka",), "CHEK-uh", "x"),
    LexiconEntry(("OGPU",), "oh-gee-pee-YOO", "x"),
)
DECK = msgspec.structs.replace(
    make_deck(),
    lexicon=LEXICON,
    people=(
        Person("trotsky", "Leon Trotsky", "1879-1940", "Led the Red Army", "Murdered", ("card-1",)),
        Person("kalinin", "Mikhail Kalinin", "1875-1946", "Head of state", "Died.", ("gone",)),
    ),
    terms=(
        Term(
            "ogpu", "Cheka / OGPU", "Secret police", ("card-2", "card-1"), ("cheka / ogpu", "OGPU")
        ),
        Term("elan", "Élan", "Drive", ()),
    ),
    timeline=(
        TimelineEvent(
            "e1", "March 1921", "1921-03", "NEP begins", "economy", "card-1", ("S1", "S2")
        ),
        TimelineEvent("e2", "May 1921", "1921-05", "More", "power", "card-2", ("S1",)),
    ),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Leon Trotsky", "TROT-skee"),
        ("Mikhail Kalinin", "mi-KHILE kuh-LEE-nin"),
        ("Cheka / OGPU", "CHEK-uh, oh-gee-pee-YOO"),
        ("Old Bolsheviks", "BOL-shuh-viks"),
        ("Trotsky's letter", ""),
        ("Trotskyism", ""),
        ("Nobody", ""),
    ],
)
def test_names_are_said_as_the_lexicon_has_them(text, said):
    assert SaidNames(LEXICON).in_text(text) == said


def test_a_person_in_full():
    trotsky, kalinin = people_entries(DECK)
    assert (trotsky.title, trotsky.note, trotsky.say) == ("Leon Trotsky", "1879-1940", "TROT-skee")
    assert trotsky.lines == ("Led the Red Army.", "Murdered.")
    assert (trotsky.card_ids, trotsky.track) == (("card-1",), "person:trotsky")
    assert (kalinin.card_ids, kalinin.lines[1]) == ((), "Died.")


def test_terms_go_from_a_to_z_with_their_other_forms():
    police, drive = term_entries(DECK)
    assert (police.title, drive.title) == ("Cheka / OGPU", "Élan")
    assert police.lines == ("Secret police.", "Also written: OGPU.")
    assert police.card_ids == ("card-2", "card-1")
    assert drive.lines == ("Drive.",)


def test_an_event_says_its_kind_its_sources_and_its_card():
    first, second = event_entries(DECK)
    assert first.title == "March 1921"
    assert first.note == "Economy · 2 sources · on the card “Card number 1”"
    assert second.note.startswith("Power · 1 source ·")
    assert (first.category, first.sort) == ("economy", "1921-03")


def test_only_the_event_itself_is_read_out_of_its_year():
    _, second = event_entries(DECK)
    assert [block.text.text for block in entry_blocks(DECK, second)] == ["May 1921: More."]


def test_people_and_terms_are_read_as_their_tracks_are():
    trotsky = people_entries(DECK)[0]
    read = [block.text.text for block in entry_blocks(DECK, trotsky)]
    assert read == ["Leon Trotsky", "1879-1940.", "Led the Red Army.", "Murdered."]
    assert entry_blocks(DECK, term_entries(DECK)[1])[0].text.text == "Élan"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ELAN", ["elan"]),
        ("police secret", ["ogpu"]),
        ("number 1", ["ogpu"]),
        ("zzz", []),
        (" ", ["ogpu", "elan"]),
    ],
)
def test_entries_are_found_whatever_the_case_and_accents(query, found):
    shelf = EntryShelf(term_entries(DECK), DECK)
    ids = [entry.id for entry in shelf.find(query_words(query))]
    assert ids == found


@given(st.text(max_size=30))
def test_a_longer_query_finds_no_more(query):
    shelf = EntryShelf(people_entries(DECK), DECK)
    wide, narrow = shelf.find(query_words(query)), shelf.find(query_words(f"{query} trotsky"))
    assert set(narrow) <= set(wide)
