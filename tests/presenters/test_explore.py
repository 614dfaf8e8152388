"""The Explore presenter: views, search, kinds of events, selecting, reading, tests."""

from __future__ import annotations

import msgspec
import pytest

from fakes_study import FakeListening, make_deck, rewritten
from stalin_study.domain.deck import Figure, FigureRow, Person, TimelineEvent
from stalin_study.domain.self_test.choosing import Picked
from stalin_study.presenters.explore.presenter import (
    NOTHING_FOUND,
    NOTHING_PICKED,
    NOTHING_THERE,
    ExplorePresenter,
)


def event(number, category, card, text):
    sort = f"192{number}"
    return TimelineEvent(f"e{number}", sort, sort, text, category, card, ("S1",))


def figure(title):
    rows = tuple(FigureRow(1928 + n, 10.0 + n) for n in range(3))
    return Figure(title.lower(), title, "million tonnes", rows, ("S1",), "")


DECK = msgspec.structs.replace(
    make_deck(),
    timeline=(
        event(1, "power", "card-2", "Stalin rises"),
        event(2, "economy", "card-1", "NEP begins"),
        event(3, "power", "card-3", "Trotsky is expelled"),
    ),
    people=(
        Person("lenin", "Vladimir Lenin", "1870-1924", "Leader", "Died", ("card-3", "card-1")),
        Person("trotsky", "Leon Trotsky", "1879-1940", "Rival", "Murdered", ("card-2",)),
    ),
    figures=(figure("Grain"), figure("Coal")),
)


@pytest.fixture
def explore(qapp):
    return ExplorePresenter(DECK, FakeListening())


def ids(explore):
    return [entry.id for entry in explore.state.entries]


def heard(signal):
    told = []
    signal.connect(lambda *wish: told.append(wish))
    return told


def test_the_timeline_comes_first_with_its_first_event_selected(explore):
    state = explore.state
    assert (state.view, state.counted, ids(explore)) == ("timeline", "3 events", ["e1", "e2", "e3"])
    assert state.selected.id == "e1"
    assert [(card.id, card.title) for card in state.cards] == [("card-2", "Card number 2")]


def test_a_search_narrows_the_view_in_sight_and_goes_along(explore):
    explore.search("TROTSKY")
    assert (ids(explore), explore.state.counted) == (["e3"], "1 of 3 events")
    assert explore.state.selected.id == "e3"
    explore.show_view("people")
    assert (ids(explore), explore.state.counted) == (["trotsky"], "1 of 2 people")
    explore.show_view("figures")
    assert (explore.state.figures, explore.state.message) == ((), NOTHING_FOUND)
    explore.search("coal")
    assert [group.title for group in explore.state.figures] == ["Coal"]
    assert explore.state.counted == "1 of 2 charts"
    assert not explore.state.can_test


def test_kinds_of_events_narrow_when_they_are_picked(explore):
    explore.toggle_category("power")
    assert ids(explore) == ["e1", "e3"]
    assert [(one.title, one.count, one.is_picked) for one in explore.state.categories] == [
        ("Power", 2, True),
        ("Economy", 1, False),
    ]
    explore.search("nep")
    assert (ids(explore), explore.state.message) == ([], NOTHING_PICKED)
    assert explore.state.selected is None
    explore.toggle_category("economy")
    assert ids(explore) == ["e2"]
    explore.toggle_category("economy")
    explore.toggle_category("power")
    explore.search("")
    assert ids(explore) == ["e1", "e2", "e3"]


def test_what_was_selected_in_each_view_is_kept(explore):
    explore.choose("e3")
    explore.show_view("people")
    explore.choose("trotsky")
    explore.show_view("timeline")
    assert explore.state.selected.id == "e3"
    explore.search("nep")
    assert explore.state.selected.id == "e2"
    explore.search("")
    assert explore.state.selected.id == "e3"
    explore.show_view("people")
    assert explore.state.selected.id == "trotsky"


def test_what_is_not_in_sight_cannot_be_selected(explore):
    told = heard(explore.state_changed)
    explore.choose("trotsky")
    assert told == []
    assert explore.state.selected.id == "e1"


def test_only_the_selected_entry_is_read_and_a_second_press_stops(explore):
    listening = explore._listening
    explore.choose("e2")
    explore.listen()
    assert listening.read_blocks == [("event:e2", ("e2",))]
    assert explore.state.is_read
    explore.choose("e3")
    assert not explore.state.is_read
    explore.choose("e2")
    explore.listen()
    assert listening.state.phase == "idle"
    assert not explore.state.is_read
    explore.show_view("people")
    explore.listen()
    assert listening.read_blocks[-1] == ("person:lenin", ("name", "dates", "role", "fate"))


def test_a_test_is_of_the_questions_that_speak_of_what_is_in_sight(qapp):
    first, *others = DECK.cards
    asked = msgspec.structs.replace(
        first.questions[0], prompt="Who led the Bolsheviks?", answer="Lenin", because="Lénin did."
    )
    cards = (rewritten(first, questions=(asked,)), *others)
    topics = (msgspec.structs.replace(DECK.topics[0], cards=cards[:2]), DECK.topics[1])
    explore = ExplorePresenter(msgspec.structs.replace(DECK, topics=topics), FakeListening())
    told = heard(explore.test_requested)
    explore.show_view("people")
    assert explore.state.test == "Test me: 1 question"
    explore.search("lenin")
    explore.test()
    assert told == [(Picked("People: lenin", frozenset({"c01q01"})),)]


def test_without_such_questions_those_on_the_cards_are_asked_and_said_to_be(explore):
    told = heard(explore.test_requested)
    explore.toggle_category("power")
    assert explore.state.test == "Test me: questions on their cards"
    explore.test()
    title = "Timeline: Power: questions on their cards"
    assert told == [(Picked(title, frozenset({"card-2", "card-3"})),)]


def test_without_anything_in_sight_there_is_no_test(explore):
    told = heard(explore.test_requested)
    explore.search("zzz")
    explore.test()
    assert (told, explore.state.can_test) == ([], False)


def test_a_card_is_asked_for(explore):
    told = heard(explore.card_requested)
    explore.show_card("card-2")
    assert told == [("card-2",)]


def test_a_deck_without_a_timeline_says_so(qapp):
    explore = ExplorePresenter(make_deck(), FakeListening())
    assert explore.state.message == NOTHING_THERE
    explore.listen()
    explore.test()
    assert explore.state.selected is None


def test_the_same_wish_twice_changes_nothing(explore):
    told = heard(explore.state_changed)
    explore.search("nep")
    explore.search("nep")
    explore.show_view("timeline")
    assert len(told) == 1
