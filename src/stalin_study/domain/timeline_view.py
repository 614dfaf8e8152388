"""Where events stand on a timeline, and which of them matter most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from stalin_study.domain.card import Card, OrderSet, Question, TrueFalse
from stalin_study.domain.deck import Deck, TimelineEvent
from stalin_study.domain.markup import plain

_WORD = re.compile(r"\w{4,}")


def year_of(sort: str) -> float:
    """An ISO date, month or year as a decimal year: that of its first day.

    The first day, not the middle: so the order on the line is the order of the deck.
    """
    year, month, day = (*map(int, sort.split("-")), 1, 1)[:3]
    start = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - start).days if year < date.max.year else 365
    return year + (date(year, month, day) - start).days / days


def span_of(events: Iterable[TimelineEvent]) -> tuple[int, int]:
    """The first year and the one after the last; 0 and 1 without events."""
    years = [int(event.sort[:4]) for event in events]
    return (min(years), max(years) + 1) if years else (0, 1)


def weights(deck: Deck) -> dict[str, int]:
    """How much each event matters, by its id: how much of its card speaks of it.

    Key points, questions, statements and order sets that hold half of its words or more.
    """
    dated = {event.card for event in deck.timeline}
    said = {
        card.id: [_words(text) for text in _texts(card)] for card in deck.cards if card.id in dated
    }
    found = {}
    for event in deck.timeline:
        words = _words(f"{event.text} {event.date}")
        texts = said.get(event.card, [])
        found[event.id] = sum(2 * len(words & text) >= len(words) for text in texts)
    return found


def categories_of(events: Iterable[TimelineEvent]) -> dict[str, int]:
    """How many events each category has, in the order in which they first come up."""
    counted: dict[str, int] = {}
    for event in events:
        counted[event.category] = counted.get(event.category, 0) + 1
    return counted


def _texts(card: Card) -> Iterator[str]:
    for point in card.key_points:
        yield plain(point.text).text
    for subject in card.subjects:
        if isinstance(subject, Question):
            yield " ".join((subject.prompt, *subject.accepted, subject.because))
        elif isinstance(subject, TrueFalse):
            yield f"{subject.statement} {subject.because}"
        elif isinstance(subject, OrderSet):
            yield from (f"{one.text} {one.when}" for one in subject.events)


def _words(text: str) -> frozenset[str]:
    """Words and years; shorter ones say little."""
    return frozenset(_WORD.findall(text.casefold()))
