"""The deck: topics with their cards, and what else the files of a deck folder hold."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from stalin_study.domain.card import (
    Card,
    Question,
    Shape,
    Subject,
)
from stalin_study.domain.lazily import lazily


class Course(Shape, frozen=True):
    """An exam course that the deck serves, and how sure we are of the fit."""

    board: str
    title: str
    fit: str
    confidence: str


class TopicFile(Shape, frozen=True):
    """A chapter of the deck as topic.toml holds it; cards are card ids in teaching order."""

    id: str
    title: str
    summary: str
    cards: tuple[str, ...]


class DeckFile(Shape, frozen=True):
    """What deck.toml holds; topics are folder names in teaching order.

    `first_questions` are ids of the easiest questions, for somebody who has answered none yet.
    """

    id: str
    title: str
    ages: str
    language: str
    licence: str
    topics: tuple[str, ...]
    courses: tuple[Course, ...] = field(name="course", default=())
    retired: tuple[str, ...] = ()
    first_questions: tuple[str, ...] = ()


class Topic(Struct, frozen=True):
    """A chapter of the deck with its cards."""

    id: str
    title: str
    summary: str
    cards: tuple[Card, ...]


class TimelineEvent(Shape, frozen=True):
    """A dated event; `sort` is an ISO date, year-month or year."""

    id: str
    date: str
    sort: str
    text: str
    category: str
    card: str
    sources: tuple[str, ...]


class Person(Shape, frozen=True):
    """Somebody named in the deck."""

    id: str
    name: str
    dates: str
    role: str
    fate: str
    cards: tuple[str, ...]


class Term(Shape, frozen=True):
    """A key term; `also` are other forms in which card texts use it."""

    id: str
    term: str
    meaning: str
    cards: tuple[str, ...]
    also: tuple[str, ...] = ()


class LexiconEntry(Shape, frozen=True):
    """How written forms are said: a respelling for people, IPA for engines."""

    written: tuple[str, ...]
    say: str
    ipa: str


class FigureRow(Shape, frozen=True):
    """One value of a number series."""

    year: int
    value: float
    month: int | None = None


class Figure(Shape, frozen=True):
    """A number series worth plotting, with what to be careful about."""

    id: str
    title: str
    unit: str
    rows: tuple[FigureRow, ...]
    sources: tuple[str, ...]
    caution: str


class Source(Shape, frozen=True):
    """Where a fact was read."""

    title: str
    url: str = ""


class Claim(Shape, frozen=True):
    """A claim of the original pupil-made cards, which some point teaches, corrected."""

    id: str
    said: str


class Deck(Struct, frozen=True, dict=True):
    """Everything for one course, as loaded: cards that could not be read are left out.

    `retired` ids are never used again; `spellings` are right although they resemble a known name.
    `first_questions` are ids of the easiest ones.
    """

    id: str
    title: str
    ages: str
    licence: str
    courses: tuple[Course, ...]
    topics: tuple[Topic, ...]
    timeline: tuple[TimelineEvent, ...] = ()
    people: tuple[Person, ...] = ()
    terms: tuple[Term, ...] = ()
    lexicon: tuple[LexiconEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
    retired: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    first_questions: tuple[str, ...] = ()

    @lazily
    def cards(self) -> tuple[Card, ...]:
        """Every card, in teaching order."""
        return tuple(card for topic in self.topics for card in topic.cards)

    @lazily
    def cards_by_id(self) -> dict[str, Card]:
        """Cards by their id."""
        return {card.id: card for card in self.cards}

    @lazily
    def topics_by_card(self) -> dict[str, Topic]:
        """The topic of each card, by card id."""
        return {card.id: topic for topic in self.topics for card in topic.cards}

    @lazily
    def questions_by_id(self) -> dict[str, tuple[Card, Question]]:
        """Short and either/or questions with their cards, by question id."""
        return {question.id: (card, question) for card in self.cards for question in card.questions}

    @lazily
    def cards_by_subject(self) -> dict[str, Card]:
        """The card of each id of what can have a memory state; no card is unpacked for it."""
        return {one: card for card in self.cards for one in card.subject_ids}

    @lazily
    def subjects_by_id(self) -> dict[str, tuple[Card, Subject]]:
        """All that can have a memory state, with its card, by its id."""
        return {subject.id: (card, subject) for card in self.cards for subject in card.subjects}
