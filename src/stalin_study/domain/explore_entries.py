"""Events, people and key terms as entries of one shape: to list, to search and to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stalin_study.domain.card_text import Block
from stalin_study.domain.deck import Deck, Person, Term, TimelineEvent
from stalin_study.domain.playlists import Contents, track_blocks
from stalin_study.domain.said_names import SaidNames
from stalin_study.domain.search_hits import folded
from stalin_study.domain.wording import count_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, person or term.

    `title` and `caption` are its row in a list, `lines` its sentences, `say` how its name is said,
    `note` a few words beside it. `track` is what reads it; `category` and `sort` are an event's.
    """

    id: str
    title: str
    caption: str
    lines: tuple[str, ...]
    card_ids: tuple[str, ...]
    track: str
    say: str = ""
    note: str = ""
    category: str = ""
    sort: str = ""


class EntryShelf:
    """Entries in order, found by the words in them; case and accents do not count."""

    def __init__(self, entries: Iterable[Entry], deck: Deck) -> None:
        self.entries = tuple(entries)
        self._texts = [_searched(entry, deck) for entry in self.entries]

    def find(self, words: tuple[str, ...]) -> tuple[Entry, ...]:
        """Those that hold every word; `words` are folded. All of them without words."""
        if not words:
            return self.entries
        found = zip(self.entries, self._texts, strict=True)
        return tuple(entry for entry, text in found if all(word in text for word in words))


def event_entries(deck: Deck) -> tuple[Entry, ...]:
    """The timeline, in its order."""
    return tuple(_event(event, deck) for event in deck.timeline)


def people_entries(deck: Deck) -> tuple[Entry, ...]:
    """The people, in the order of the deck."""
    names = SaidNames(deck.lexicon)
    return tuple(_person(person, deck, names) for person in deck.people)


def term_entries(deck: Deck) -> tuple[Entry, ...]:
    """The key terms, from A to Z."""
    names = SaidNames(deck.lexicon)
    terms = sorted(deck.terms, key=lambda term: folded(term.term))
    return tuple(_term(term, deck, names) for term in terms)


def entry_blocks(deck: Deck, entry: Entry) -> tuple[Block, ...]:
    """What is read of an entry: of an event, only itself out of its year."""
    blocks = track_blocks(deck, entry.track, Contents.EVERY_POINT)
    if not entry.category:
        return blocks
    return tuple(block for block in blocks if block.key == entry.id)


def _event(event: TimelineEvent, deck: Deck) -> Entry:
    sources = count_of(len(event.sources), "source")
    card = deck.cards_by_id.get(event.card)
    on_card = f" · on the card “{card.title}”" if card is not None else ""
    return Entry(
        event.id,
        event.date,
        event.text,
        (_sentence(event.text),),
        _known((event.card,), deck),
        f"timeline:{event.sort[:4]}",
        note=f"{event.category.capitalize()} · {sources}{on_card}",
        category=event.category,
        sort=event.sort,
    )


def _person(person: Person, deck: Deck, names: SaidNames) -> Entry:
    return Entry(
        person.id,
        person.name,
        person.role,
        (_sentence(person.role), _sentence(person.fate)),
        _known(person.cards, deck),
        f"person:{person.id}",
        say=names.in_text(person.name),
        note=person.dates,
    )


def _term(term: Term, deck: Deck, names: SaidNames) -> Entry:
    known = {folded(term.term)}
    others = []
    for form in term.also:
        if folded(form) not in known:
            known.add(folded(form))
            others.append(form)
    also = (f"Also written: {', '.join(others)}.",) if others else ()
    return Entry(
        term.id,
        term.term,
        term.meaning,
        (_sentence(term.meaning), *also),
        _known(term.cards, deck),
        f"term:{term.id}",
        say=names.in_text(term.term),
    )


def _known(card_ids: Iterable[str], deck: Deck) -> tuple[str, ...]:
    return tuple(card_id for card_id in card_ids if card_id in deck.cards_by_id)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _searched(entry: Entry, deck: Deck) -> str:
    cards = (deck.cards_by_id[card_id].title for card_id in entry.card_ids)
    return folded("\n".join((entry.title, entry.caption, entry.note, *entry.lines, *cards)))
