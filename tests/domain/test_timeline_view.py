"""Where events stand in time, and which matter most."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes_study import make_deck, rewritten
from stalin_study.domain.card import OrderEvent, OrderSet, TrueFalse
from stalin_study.domain.deck import TimelineEvent
from stalin_study.domain.timeline_view import categories_of, span_of, weights, year_of


def event(number, sort="1929", text="Something", card="card-1", category="power"):
    return TimelineEvent(f"e{number}", sort, sort, text, category, card, ("S1",))


@pytest.mark.parametrize(
    ("sort", "year"),
    [("1929", 1929.0), ("1929-01", 1929.0), ("1929-07-02", 1929 + 182 / 365), ("9999-01", 9999.0)],
)
def test_a_date_is_a_decimal_year(sort, year):
    assert year_of(sort) == pytest.approx(year)


@given(st.lists(st.dates(date(1900, 1, 1), date(1999, 12, 31)), min_size=2, max_size=20))
def test_the_order_of_the_deck_is_the_order_on_the_line(days):
    days = sorted(days)
    sorts = [day.isoformat()[: (4, 7, 10)[day.day % 3]] for day in days]
    years = [year_of(sort) for sort in sorted(sorts)]
    assert years == sorted(years)


def test_the_line_goes_from_the_first_year_past_the_last():
    assert span_of([event(1, "1917-03"), event(2, "1941-06-22")]) == (1917, 1942)
    assert span_of([]) == (0, 1)


def test_categories_are_counted_in_the_order_in_which_they_come():
    events = [event(1, category="terror"), event(2), event(3, category="terror")]
    assert categories_of(events) == {"terror": 2, "power": 1}


def test_what_a_card_speaks_of_matters_more():
    deck = make_deck()
    first, *others = deck.cards
    first = rewritten(
        first,
        true_false=(TrueFalse("t1", "Kirov was murdered.", True, "In Leningrad.", "c01p01"),),
        order_sets=(OrderSet("o1", "Terror", (OrderEvent("Kirov is murdered", "1934"),)),),
    )
    topics = (
        msgspec.structs.replace(deck.topics[0], cards=(first, others[0])),
        deck.topics[1],
    )
    events = (
        event(1, "1934", "Kirov is murdered"),
        event(2, "1935", "Moscow Metro opens"),
        event(3, "1934", "Kirov is murdered", card="card-2"),
        event(4, "1934", "Kirov is murdered", card="gone"),
    )
    weighed = weights(msgspec.structs.replace(deck, topics=topics, timeline=events))
    assert weighed == {"e1": 2, "e2": 0, "e3": 0, "e4": 0}
