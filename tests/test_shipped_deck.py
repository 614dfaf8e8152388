from __future__ import annotations

import re
from pathlib import Path

import pytest

from stalin_study.domain.deck import Deck
from stalin_study.domain.deck_check import check_deck
from stalin_study.paths import find_paths
from stalin_study.services.library import LoadedDeck, load_deck


@pytest.fixture(scope="module")
def loaded() -> LoadedDeck:
    return load_deck(find_paths().deck)


@pytest.fixture(scope="module")
def deck(loaded: LoadedDeck) -> Deck:
    assert loaded.deck is not None
    return loaded.deck


def test_it_loads_and_keeps_every_rule(loaded: LoadedDeck, deck: Deck) -> None:
    assert loaded.problems == ()
    assert check_deck(deck, loaded.card_files) == ()


def test_it_has_all_that_was_written(deck: Deck) -> None:
    cards = deck.cards

    assert len(deck.topics) == 7
    assert sorted(card.source_card for card in cards) == list(range(1, 21))
    assert sum(len(card.points) for card in cards) == 346
    assert sum(len(card.questions) for card in cards) == 205
    assert sum(len(card.true_false) for card in cards) == 98
    assert sum(len(card.order_sets) for card in cards) == 22
    assert sum(len(card.exam_questions) for card in cards) == 26
    assert (len(deck.timeline), len(deck.people), len(deck.terms)) == (72, 35, 52)
    assert len(deck.figures) == 14


def test_every_claim_is_taught(deck: Deck) -> None:
    taught = {claim for card in deck.cards for point in card.points for claim in point.claims}

    assert len(deck.claims) == 203
    assert {claim.id for claim in deck.claims} == taught


def test_the_key_points_are_as_many_as_the_aim_and_from_several_sections(deck: Deck) -> None:
    for card in deck.cards:
        assert len(card.key_points) == card.aim, card.id
        shown = {section.heading for section in card.sections for p in section.points if p.key}
        assert len(shown) >= 2, card.id


def test_a_key_point_does_not_begin_with_a_word_for_a_point_that_is_not_shown(deck: Deck) -> None:
    """A point that begins with "He" or "It" may be key only right after another of its section."""
    for card in deck.cards:
        for section in card.sections:
            before = False
            for point in section.points:
                dangles = re.match(r"(He|She|It|They|This|These|His|Their|Its) ", point.text)
                assert not (point.key and dangles and not before), point.id
                before = before or point.key


def test_files_are_named_by_their_card(loaded: LoadedDeck, deck: Deck) -> None:
    for card in deck.cards:
        assert Path(loaded.card_files[card.id]).name == f"{card.source_card:02d}-{card.id}.toml"


def test_the_licence_lies_beside_the_cards() -> None:
    text = (find_paths().deck / "LICENSE").read_text(encoding="utf-8")

    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in text
