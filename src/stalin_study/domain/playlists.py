"""What can be listened to in one go: cards, topics, the deck, timeline, people and key terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from stalin_study.domain.card import Card
from stalin_study.domain.card_text import (
    Block,
    BlockKind,
    Opened,
    answer_blocks,
    prompt_blocks,
)
from stalin_study.domain.deck import Deck, Person, Term, TimelineEvent, Topic
from stalin_study.domain.markup import plain


class Contents(StrEnum):
    """How much of a card is read."""

    KEY_POINTS = "key_points"
    EVERY_POINT = "every_point"
    WITH_NOTES = "with_notes"


@dataclass(frozen=True, slots=True)
class Track:
    """A part of a playlist that is shown and read in one go, such as a card.

    `id` is unique in its playlist and stays the same in every run; `group` says what it is part of.
    """

    id: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Playlist:
    """Tracks to be read one after another."""

    id: str
    title: str
    tracks: tuple[Track, ...]


DECK, TIMELINE, PEOPLE, TERMS = "deck", "timeline", "people", "terms"
_TOPIC, _CARD = "topic:", "card:"


def playlists(deck: Deck) -> tuple[Playlist, ...]:
    """All but those of single cards: the deck, each topic, timeline, people, key terms."""
    topics = (_topic_playlist(deck, topic) for topic in deck.topics)
    first, *others = (playlist_of(deck, one) for one in (DECK, TIMELINE, PEOPLE, TERMS))
    return tuple(one for one in (first, *topics, *others) if one is not None and one.tracks)


def topic_playlist(topic_id: str) -> str:
    """The id of a topic's playlist."""
    return f"{_TOPIC}{topic_id}"


def card_playlist(card_id: str) -> str:
    """The id of the playlist of one card, and of its track in any playlist."""
    return f"{_CARD}{card_id}"


def is_of_card(playlist: Playlist) -> bool:
    """Whether it is one of a single card."""
    return playlist.id.startswith(_CARD)


def card_of(deck: Deck, track_id: str) -> Card | None:
    """The card that a track reads, if it reads one that the deck has."""
    is_card = track_id.startswith(_CARD)
    return deck.cards_by_id.get(track_id.removeprefix(_CARD)) if is_card else None


def playlist_of(deck: Deck, playlist_id: str) -> Playlist | None:
    """The playlist with this id; None where the deck has nothing for it."""
    title, tracks = _titled_tracks(deck, playlist_id)
    return Playlist(playlist_id, title, tracks) if tracks else None


def track_blocks(deck: Deck, track_id: str, contents: Contents) -> tuple[Block, ...]:
    """What a track shows and reads; empty for a track that the deck does not have (any more)."""
    card = card_of(deck, track_id)
    if card is not None:
        return card_blocks(deck, card, contents)
    kind, _, rest = track_id.partition(":")
    match kind:
        case "timeline":
            return _timeline_blocks(e for e in deck.timeline if _year(e) == rest)
        case "person":
            return tuple(b for person in deck.people if person.id == rest for b in _person(person))
        case "term":
            return tuple(b for term in deck.terms if term.id == rest for b in _term(term))
    return ()


def track_length(deck: Deck, track_id: str, contents: Contents) -> int:
    """About how many code points a track reads, without making its blocks."""
    card = card_of(deck, track_id)
    if card is None:
        return sum(len(block.text.text) for block in track_blocks(deck, track_id, contents))
    has_every_point = contents is not Contents.KEY_POINTS or not card.key_points
    points = card.points if has_every_point else card.key_points
    length = len(card.prompt) + len(card.care)
    length += sum(len(section.heading) for section in card.sections)
    length += sum(len(point.text) for point in points)
    if contents is Contents.WITH_NOTES:
        length += sum(len(point.note) for point in points)
    return length


def card_blocks(deck: Deck, card: Card, contents: Contents) -> tuple[Block, ...]:
    """A card from its prompt to its last point, with a plain word before a card of suffering."""
    has_every_point = contents is not Contents.KEY_POINTS or not card.key_points
    notes = frozenset(point.id for point in card.points if point.note)
    opened = Opened(notes=notes if contents is Contents.WITH_NOTES else frozenset())
    care = (Block("care", BlockKind.NOTE, plain(card.care)),) if card.care else ()
    return (
        *prompt_blocks(card),
        *care,
        *answer_blocks(card, every_point=has_every_point, opened=opened, terms=deck.terms),
    )


def _titled_tracks(deck: Deck, playlist_id: str) -> tuple[str, tuple[Track, ...]]:
    if playlist_id == DECK:
        return "All cards", tuple(_card_track(deck, card) for card in deck.cards)
    if playlist_id == TIMELINE:
        return "Timeline", tuple(
            Track(f"timeline:{year}", year, "Timeline")
            for year, _ in groupby(deck.timeline, key=_year)
        )
    if playlist_id == PEOPLE:
        return "People", tuple(Track(f"person:{p.id}", p.name, "People") for p in deck.people)
    if playlist_id == TERMS:
        terms = sorted(deck.terms, key=lambda term: term.term.casefold())
        return "Key terms", tuple(Track(f"term:{t.id}", t.term, "Key terms") for t in terms)
    if playlist_id.startswith(_TOPIC):
        for topic in deck.topics:
            if topic_playlist(topic.id) == playlist_id:
                return topic.title, _topic_playlist(deck, topic).tracks
    card = card_of(deck, playlist_id)
    return (card.title, (_card_track(deck, card),)) if card is not None else ("", ())


def _topic_playlist(deck: Deck, topic: Topic) -> Playlist:
    tracks = tuple(_card_track(deck, card) for card in topic.cards)
    return Playlist(topic_playlist(topic.id), topic.title, tracks)


def _card_track(deck: Deck, card: Card) -> Track:
    return Track(card_playlist(card.id), card.title, deck.topics_by_card[card.id].title)


def _year(event: TimelineEvent) -> str:
    return event.sort[:4]


def _timeline_blocks(events: Iterable[TimelineEvent]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for event in events:
        if not blocks:
            blocks.append(Block("year", BlockKind.HEADING, plain(_year(event))))
        blocks.append(Block(event.id, BlockKind.POINT, plain(f"**{event.date}**: {event.text}.")))
    return tuple(blocks)


def _person(person: Person) -> tuple[Block, ...]:
    return (
        Block("name", BlockKind.PROMPT, plain(person.name)),
        Block("dates", BlockKind.POINT, plain(f"{person.dates}.")),
        Block("role", BlockKind.POINT, plain(f"{person.role}.")),
        Block("fate", BlockKind.POINT, plain(f"{person.fate}.")),
    )


def _term(term: Term) -> tuple[Block, ...]:
    return (
        Block("term", BlockKind.PROMPT, plain(term.term)),
        Block("meaning", BlockKind.POINT, plain(f"{term.meaning}.")),
    )
