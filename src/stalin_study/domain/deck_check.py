"""Rules over a whole deck beyond the shapes of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from stalin_study.domain.card import Card
from stalin_study.domain.card_rules import (
    KEBAB,
    Accepts,
    Fault,
    card_faults,
    ids_of,
    point_places,
    same_answer,
    texts_of,
)
from stalin_study.domain.deck import Deck, Figure, FigureRow
from stalin_study.domain.problems import Problem
from stalin_study.domain.spelling import NameSpellings

_SORT = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def check_deck(
    deck: Deck,
    card_files: Mapping[str, str] | None = None,
    accepts: Accepts = same_answer,
) -> tuple[Problem, ...]:
    """Every rule that the deck breaks, card by card, then the other files.

    `card_files` names the file of each card by card id; `accepts` says whether an answer would be
    marked as right, and no distractor may be.
    """
    checked = _DeckCheck(deck)
    files = card_files or {}
    problems: list[Problem] = []
    for card in deck.cards:
        file = files.get(card.id, f"{card.id}.toml")
        faults = (*card_faults(card, accepts), *checked.card_faults(card, file))
        problems += (Problem(file, None, field, message) for field, message in faults)
    for file, found in checked.other_faults():
        problems += (Problem(file, None, field, message) for field, message in found)
    return tuple(problems)


class _DeckCheck:
    """What the rules must know of the whole deck while they look at its parts."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._names = NameSpellings(deck)
        self._claims = {claim.id for claim in deck.claims}
        self._owners: dict[str, str] = {}

    def card_faults(self, card: Card, file: str) -> Iterator[Fault]:
        for field, found in (("id", card.id), *((field, id_) for field, id_, _ in ids_of(card))):
            owner = self._owners.setdefault(found, f"{field} of {file}")
            if owner != f"{field} of {file}":
                yield field, f"expected an id of its own, but {found!r} is {owner} too"
            if found in self._deck.retired:
                yield field, f"expected an id that is not retired, found {found!r}"
        for field, point in zip(point_places(card), card.points, strict=True):
            yield from self._source_faults(field, point.sources)
            for place, claim in enumerate(point.claims, 1):
                if claim not in self._claims:
                    message = f"expected a claim of claims.toml, found {claim!r}"
                    yield f"{field}.claims[{place}]", message
        yield from self._name_faults(texts_of(card))

    def other_faults(self) -> Iterator[tuple[str, Iterator[Fault]]]:
        yield "deck.toml", self._topic_faults()
        yield "sources.toml", self._no_sources_faults()
        yield "claims.toml", self._claim_faults()
        yield "timeline.toml", self._timeline_faults()
        yield "people.toml", self._people_faults()
        yield "terms.toml", self._term_faults()
        yield "figures.toml", self._figures_faults()

    def _no_sources_faults(self) -> Iterator[Fault]:
        """One problem instead of one for each point."""
        if not self._deck.sources:
            yield "", "expected a table [sources.ID] with a title for every source that is named"

    def _topic_faults(self) -> Iterator[Fault]:
        ids = [topic.id for topic in self._deck.topics]
        yield from _repeated((f"topics[{place}]", id_) for place, id_ in enumerate(ids, 1))
        for place, topic in enumerate(self._deck.topics, 1):
            yield from self._name_faults(
                ((f"topics[{place}]", topic.title), (f"topics[{place}]", topic.summary))
            )
        for place, question in enumerate(self._deck.first_questions, 1):
            if question not in self._deck.questions_by_id:
                message = f"expected the id of a question of this deck, found {question!r}"
                yield f"first_questions[{place}]", message

    def _claim_faults(self) -> Iterator[Fault]:
        taught = {claim for card in self._deck.cards for p in card.points for claim in p.claims}
        yield from _repeated(
            (f"claim[{place}].id", claim.id) for place, claim in enumerate(self._deck.claims, 1)
        )
        for place, claim in enumerate(self._deck.claims, 1):
            if claim.id not in taught:
                yield f"claim[{place}].id", f"expected a point that teaches claim {claim.id!r}"

    def _timeline_faults(self) -> Iterator[Fault]:
        events = list(enumerate(self._deck.timeline, 1))
        yield from _repeated((f"event[{place}].id", event.id) for place, event in events)
        for place, event in events:
            field = f"event[{place}]"
            if not KEBAB.fullmatch(event.id):
                message = f"expected small letters, digits and single hyphens, found {event.id!r}"
                yield f"{field}.id", message
            if event.id in self._deck.retired:
                yield f"{field}.id", f"expected an id that is not retired, found {event.id!r}"
            if not _is_date(event.sort):
                message = f"expected a year, year-month or ISO date, found {event.sort!r}"
                yield f"{field}.sort", message
            yield from self._card_faults(f"{field}.card", [event.card])
            yield from self._source_faults(field, event.sources)
            yield from self._name_faults([(f"{field}.text", event.text)])
        for (_, earlier), (place, later) in pairwise(events):
            if later.sort < earlier.sort:
                message = f"expected events in order, found {later.sort!r} after {earlier.sort!r}"
                yield f"event[{place}].sort", message

    def _people_faults(self) -> Iterator[Fault]:
        people = list(enumerate(self._deck.people, 1))
        yield from _repeated((f"person[{place}].id", person.id) for place, person in people)
        for place, person in people:
            field = f"person[{place}]"
            yield from self._card_faults(f"{field}.cards", person.cards)
            yield from self._name_faults(
                ((f"{field}.role", person.role), (f"{field}.fate", person.fate))
            )

    def _term_faults(self) -> Iterator[Fault]:
        terms = list(enumerate(self._deck.terms, 1))
        yield from _repeated((f"term[{place}].id", term.id) for place, term in terms)
        for place, term in terms:
            yield from self._card_faults(f"term[{place}].cards", term.cards)
            yield from self._name_faults([(f"term[{place}].meaning", term.meaning)])

    def _figures_faults(self) -> Iterator[Fault]:
        figures = list(enumerate(self._deck.figures, 1))
        yield from _repeated((f"figure[{place}].id", figure.id) for place, figure in figures)
        for place, figure in figures:
            field = f"figure[{place}]"
            yield from self._source_faults(field, figure.sources)
            yield from _row_faults(field, figure)
            yield from self._name_faults(
                ((f"{field}.title", figure.title), (f"{field}.caution", figure.caution))
            )

    def _source_faults(self, field: str, sources: Iterable[str]) -> Iterator[Fault]:
        for place, source in enumerate(sources, 1):
            if self._deck.sources and source not in self._deck.sources:
                message = f"expected a source of sources.toml, found {source!r}"
                yield f"{field}.sources[{place}]", message

    def _card_faults(self, field: str, cards: Iterable[str]) -> Iterator[Fault]:
        for card in cards:
            if card not in self._deck.cards_by_id:
                yield field, f"expected the id of a card of this deck, found {card!r}"

    def _name_faults(self, texts: Iterable[tuple[str, str]]) -> Iterator[Fault]:
        for field, text in texts:
            for word, name in self._names.near_misses(text):
                message = f"expected names spelled as in the lexicon: {word!r}, did you mean"
                yield field, f"{message} {name!r}?"


def _repeated(ids: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for field, found in ids:
        if found in seen:
            yield field, f"expected an id of its own, found {found!r} again"
        seen.add(found)


def _row_faults(field: str, figure: Figure) -> Iterator[Fault]:
    for place, row in enumerate(figure.rows, 1):
        if row.month is not None and not 1 <= row.month <= 12:
            yield f"{field}.rows[{place}]", f"expected a month from 1 to 12, found {row.month}"
    for place, (earlier, later) in enumerate(pairwise(figure.rows), 2):
        if _moment(later) <= _moment(earlier):
            message = f"expected rows in order of time, found {later.year} after {earlier.year}"
            yield f"{field}.rows[{place}]", message


def _moment(row: FigureRow) -> tuple[int, int]:
    return row.year, row.month or 0


def _is_date(text: str) -> bool:
    if not _SORT.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
