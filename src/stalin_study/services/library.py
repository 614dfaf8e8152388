"""Loads a deck folder. What is wrong in it becomes `Problem`s; the rest of the deck still loads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from stalin_study.domain.card import Card
from stalin_study.domain.deck import Deck, DeckFile, Topic, TopicFile
from stalin_study.domain.problems import Problem
from stalin_study.domain.toml_lines import line_of
from stalin_study.services.deck_cache import DeckCache
from stalin_study.services.deck_files import (
    MISSING,
    ClaimsFile,
    FiguresFile,
    LexiconFile,
    PeopleFile,
    PlainFiles,
    ShapeT,
    SourcesFile,
    TermsFile,
    TimelineFile,
    read_bytes,
)


@dataclass(frozen=True)
class LoadedDeck:
    """A deck as far as it could be read, and every problem met on the way.

    `card_files` holds the file of each card by card id, relative to the deck folder.
    """

    deck: Deck | None
    problems: tuple[Problem, ...] = ()
    card_files: Mapping[str, str] = field(default_factory=dict)


def load_deck(folder: Path, cache: Path | None = None) -> LoadedDeck:
    """Read the deck in `folder`; never raises for what a folder may hold.

    Parsing TOML is slow (`tests/bench/bench_deck.py`), so what was parsed is kept in the folder
    `cache` when one is given; without it, or where it cannot be written, files are parsed every
    time.
    """
    message = "there is no such folder; expected a deck folder with a deck.toml in it"
    try:
        is_folder = folder.is_dir()
    except OSError as error:
        message = f"this folder could not be read ({error.strerror or type(error).__name__})"
        is_folder = False
    if not is_folder:
        return LoadedDeck(None, (Problem(str(folder), None, "", message),))
    if cache is None:
        return _Reading(folder, PlainFiles(folder)).deck()
    kept = DeckCache(cache, folder)
    loaded = _Reading(folder, kept).deck()
    kept.save()
    return loaded


def with_lines(folder: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with their lines, as far as these can be found in the files of `folder`."""
    texts: dict[str, str] = {}
    found = []
    for problem in problems:
        if problem.line is None and problem.field:
            if problem.file not in texts:
                texts[problem.file] = _text(folder / problem.file)
            problem = replace(problem, line=line_of(texts[problem.file], problem.field))
        found.append(problem)
    return tuple(found)


def _text(file: Path) -> str:
    content = read_bytes(file, file.name)
    return "" if isinstance(content, Problem) else content.decode("utf-8-sig", "replace")


class _Files(Protocol):
    def read(self, name: str, shape: type[ShapeT]) -> ShapeT | Problem: ...

    def card(self, name: str, status: os.stat_result | None) -> Card | Problem: ...


class _Reading:
    """One pass over a deck folder."""

    def __init__(self, folder: Path, files: _Files) -> None:
        self._folder = folder
        self._files = files
        self._problems: list[Problem] = []
        self._card_files: dict[str, str] = {}

    def deck(self) -> LoadedDeck:
        about = self._read("deck.toml", DeckFile)
        if about is None:
            return LoadedDeck(None, tuple(self._problems))
        topics = tuple(self._topics(about))
        if not topics:
            self._add("deck.toml", "topics", "expected at least one card that can be read")
            return LoadedDeck(None, tuple(self._problems))
        lexicon = self._read_optional("lexicon.toml", LexiconFile)
        deck = Deck(
            id=about.id,
            title=about.title,
            ages=about.ages,
            licence=about.licence,
            courses=about.courses,
            topics=topics,
            timeline=self._read_optional("timeline.toml", TimelineFile).events,
            people=self._read_optional("people.toml", PeopleFile).people,
            terms=self._read_optional("terms.toml", TermsFile).terms,
            lexicon=lexicon.entries,
            figures=self._read_optional("figures.toml", FiguresFile).figures,
            claims=self._read_optional("claims.toml", ClaimsFile).claims,
            sources=self._read_optional("sources.toml", SourcesFile).sources,
            retired=about.retired,
            spellings=lexicon.spelling.also,
            first_questions=about.first_questions,
        )
        return LoadedDeck(deck, tuple(self._problems), self._card_files)

    def _topics(self, about: DeckFile) -> Iterator[Topic]:
        for place, name in enumerate(about.topics, 1):
            where = f"topics[{place}]"
            if PurePath(name).name != name or name in (".", ".."):
                self._add("deck.toml", where, f"expected the name of a folder, found {name!r}")
            elif name in about.topics[: place - 1]:
                self._add("deck.toml", where, f"expected each topic once, found {name!r} again")
            elif not (self._folder / name).is_dir():
                self._add("deck.toml", where, f"expected a folder named {name!r} in the deck")
            elif topic := self._topic(name):
                yield topic
        for name in sorted(entry.name for entry in _entries(self._folder)):
            unnamed = f"{name}/topic.toml"
            if name not in about.topics and (self._folder / unnamed).exists():
                message = "expected deck.toml to name this folder among its topics"
                self._problems.append(Problem(unnamed, None, "", message))

    def _topic(self, folder: str) -> Topic | None:
        about = self._read(f"{folder}/topic.toml", TopicFile)
        if about is None:
            return None
        cards, unread = self._cards(folder, about)
        for place, card_id in enumerate(about.cards, 1):
            where = f"cards[{place}]"
            if card_id in about.cards[: place - 1]:
                self._add(f"{folder}/topic.toml", where, f"expected {card_id!r} only once")
            elif card_id not in cards and not any(card_id in file for file in unread):
                message = f"expected a card of this topic, but no file here has the id {card_id!r}"
                self._add(f"{folder}/topic.toml", where, message)
        chosen = [cards[card_id] for card_id in dict.fromkeys(about.cards) if card_id in cards]
        if not chosen:
            return None
        return Topic(about.id, about.title, about.summary, tuple(chosen))

    def _cards(self, folder: str, topic: TopicFile) -> tuple[dict[str, Card], list[str]]:
        """The cards of a topic folder by id, and the files there that could not be read."""
        cards: dict[str, Card] = {}
        unread: list[str] = []
        entries = _entries(self._folder / folder)
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.name.endswith(".toml") or entry.name == "topic.toml":
                continue
            file = f"{folder}/{entry.name}"
            card = self._files.card(file, _status(entry))
            if isinstance(card, Problem):
                self._problems.append(card)
                unread.append(file)
            elif card.id in self._card_files:
                message = f"expected an id of its own, but {self._card_files[card.id]} has it too"
                self._add(file, "id", message)
            elif card.id not in topic.cards:
                message = f"expected topic.toml of this folder to name the card {card.id!r}"
                self._add(file, "id", message)
            else:
                self._card_files[card.id] = file
                cards[card.id] = card
        return cards, unread

    def _read(self, name: str, shape: type[ShapeT], *, may_miss: bool = False) -> ShapeT | None:
        found = self._files.read(name, shape)
        if not isinstance(found, Problem):
            return found
        if not (may_miss and found.message == MISSING):
            self._problems.append(found)
        return None

    def _read_optional(self, name: str, shape: type[ShapeT]) -> ShapeT:
        return self._read(name, shape, may_miss=True) or shape()

    def _add(self, file: str, place: str, message: str) -> None:
        [problem] = with_lines(self._folder, [Problem(file, None, place, message)])
        self._problems.append(problem)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What is in a folder; what systems hide there is left out."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return []


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None
