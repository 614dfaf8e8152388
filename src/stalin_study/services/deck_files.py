"""Reads one file of a deck into its shape, or says what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from stalin_study.domain.card import Card, CardFile, Question, Shape
from stalin_study.domain.deck import (
    Claim,
    Figure,
    LexiconEntry,
    Person,
    Source,
    Term,
    TimelineEvent,
)
from stalin_study.domain.problems import Problem
from stalin_study.domain.toml_lines import line_of
from stalin_study.small_file import read_small

ShapeT = TypeVar("ShapeT", bound=Shape)

MISSING = "expected this file, but it is missing"
MOST_BYTES = 5_000_000

_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_SHAPE_PLACE = re.compile(r" - at `(?:key in )?\$\.?(?P<field>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]+)`")
_ENUM = re.compile(r"Invalid enum value (?P<value>.+)")
_TYPE = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<found>[^`]+)`")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "int | null": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
_KINDS = get_args(get_type_hints(Question)["kind"])


class TimelineFile(Shape, frozen=True):
    """What timeline.toml holds."""

    events: tuple[TimelineEvent, ...] = msgspec.field(name="event", default=())


class PeopleFile(Shape, frozen=True):
    """What people.toml holds."""

    people: tuple[Person, ...] = msgspec.field(name="person", default=())


class TermsFile(Shape, frozen=True):
    """What terms.toml holds."""

    terms: tuple[Term, ...] = msgspec.field(name="term", default=())


class Spelling(Shape, frozen=True):
    """Words that are right although they resemble a known name."""

    also: tuple[str, ...] = ()


class LexiconFile(Shape, frozen=True):
    """What lexicon.toml holds."""

    entries: tuple[LexiconEntry, ...] = msgspec.field(name="name", default=())
    spelling: Spelling = Spelling()


class FiguresFile(Shape, frozen=True):
    """What figures.toml holds."""

    figures: tuple[Figure, ...] = msgspec.field(name="figure", default=())


class ClaimsFile(Shape, frozen=True):
    """What claims.toml holds."""

    claims: tuple[Claim, ...] = msgspec.field(name="claim", default=())


class SourcesFile(Shape, frozen=True):
    """What sources.toml holds."""

    sources: dict[str, Source] = msgspec.field(default_factory=dict)


def read_bytes(path: Path, name: str) -> bytes | Problem:
    """The bytes of a file that messages call `name`."""
    try:
        return read_small(path, MOST_BYTES)
    except FileNotFoundError:
        return Problem(name, None, "", MISSING)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Problem(name, None, "", f"this file could not be read ({reason})")


class PlainFiles:
    """The files of a deck folder, parsed each time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str, shape: type[ShapeT]) -> ShapeT | Problem:
        """A file's shape, or what is wrong with it."""
        content = read_bytes(self._folder / name, name)
        return content if isinstance(content, Problem) else to_shape(content, name, shape)

    def card(self, name: str, _status: object) -> Card | Problem:
        """A card's file."""
        file = self.read(name, CardFile)
        return file if isinstance(file, Problem) else Card.of(file)


def to_shape(content: bytes, name: str, shape: type[ShapeT]) -> ShapeT | Problem:
    """A file's bytes as `shape`; only its first fault is told, as later ones may follow from it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "expected text saved as UTF-8, found a byte that is not"
        return Problem(name, line, "", message)
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _syntax_problem(str(error), text, name)
    except RecursionError:
        return Problem(name, None, "", "expected TOML, found brackets nested too deeply")
    try:
        return msgspec.convert(table, shape)
    except msgspec.ValidationError as error:
        return _shape_problem(str(error), table, text, name)


def _syntax_problem(message: str, text: str, name: str) -> Problem:
    place = _TOML_PLACE.search(message)
    line = text.count("\n") + 1
    if place is not None:
        message = message[: place.start()]
        line = int(place["line"] or line)
    return Problem(name, line, "", f"expected TOML that can be read, but: {message}")


def _shape_problem(message: str, table: dict[str, Any], text: str, name: str) -> Problem:
    place = _SHAPE_PLACE.search(message)
    field = ""
    if place is not None:
        message = message[: place.start()]
        field = _from_one(place["field"])
        if "sources[...]" in field:
            field = field.replace("sources[...]", f"sources.{_bad_source(table)}")
    if match := _MISSING.match(message):
        field = f"{field}.{match['name']}".lstrip(".")
        message = "expected this field, but it is missing"
    elif match := _UNKNOWN.match(message):
        field = f"{field}.{match['name']}".lstrip(".")
        message = "expected only fields of the format; this one is not known"
    elif match := _ENUM.match(message):
        message = f"expected {' or '.join(_KINDS)}, found {match['value']}"
    elif match := _TYPE.match(message):
        wanted, found = (_WORDS.get(match[kind], match[kind]) for kind in ("wanted", "found"))
        message = f"expected {wanted}, found {found}"
    return Problem(name, line_of(text, field), field, message)


def _bad_source(table: dict[str, Any]) -> str:
    """The key of the first source at fault, which msgspec does not tell."""
    for key, source in table["sources"].items():
        try:
            msgspec.convert(source, Source)
        except msgspec.ValidationError:
            return str(key)
    return "?"


def _from_one(field: str) -> str:
    """msgspec counts places from 0; people count from 1."""
    return re.sub(r"\[(\d+)\]", lambda match: f"[{int(match[1]) + 1}]", field)
