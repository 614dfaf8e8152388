"""A card as blocks of text, in the order in which it is shown and read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stalin_study.domain.card import Card, Point
from stalin_study.domain.deck import Term
from stalin_study.domain.markup import PlainText, Run, plain


class BlockKind(StrEnum):
    """What a block is on its card."""

    PROMPT = "prompt"
    HEADING = "heading"
    POINT = "point"
    NOTE = "note"
    MEANING = "meaning"
    HINT = "hint"
    OWN_NOTE = "own note"


OWN_NOTE_KEY = "own-note"
LINE_BREAK = "\u2028"  # within a block
NOTE_SAYS, OWN_NOTE_SAYS = "Note", "Your note"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a card. `key` is unique on its card; a point's key is the point's id."""

    key: str
    kind: BlockKind
    text: PlainText
    is_key_point: bool = False
    has_note: bool = False


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of one block's plain text, in code points."""

    block: str
    start: int
    end: int


def prompt_blocks(card: Card, *, with_hint: bool = False) -> tuple[Block, ...]:
    """The front: the prompt, and as a hint the headings of the answer."""
    prompt = Block("prompt", BlockKind.PROMPT, plain(card.prompt))
    if not with_hint:
        return (prompt,)
    hints = (
        Block(f"hint-{number}", BlockKind.HINT, plain(section.heading))
        for number, section in enumerate(card.sections)
    )
    return (prompt, *hints)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a pupil has opened in place on an answer: notes by point, meanings by point and term."""

    notes: frozenset[str] = frozenset()
    meanings: frozenset[tuple[str, str]] = frozenset()


def answer_blocks(
    card: Card,
    *,
    every_point: bool = True,
    opened: Opened = Opened(),
    terms: Iterable[Term] = (),
) -> tuple[Block, ...]:
    """The back: headings with their points (only the key points unless `every_point`).

    Headings without a shown point are left out; opened notes and meanings follow their point.
    """
    blocks: list[Block] = []
    for number, section in enumerate(card.sections):
        shown = [point for point in section.points if every_point or point.key]
        if not shown:
            continue
        blocks.append(Block(f"heading-{number}", BlockKind.HEADING, plain(section.heading)))
        for point in shown:
            blocks.append(
                Block(point.id, BlockKind.POINT, plain(point.text), point.key, bool(point.note))
            )
            blocks.extend(_opened_blocks(point, opened, terms))
    return tuple(blocks)


def own_note_blocks(note: str) -> tuple[Block, ...]:
    """The pupil's own note, plain text with its line breaks; none for an empty one."""
    lines = [line for line in note.splitlines() if line.strip()]
    if not lines:
        return ()
    head = f"{OWN_NOTE_SAYS}: "
    bold = Run(0, len(head) - 2, bold=True)
    text = PlainText(head + LINE_BREAK.join(lines), (bold,))
    return (Block(OWN_NOTE_KEY, BlockKind.OWN_NOTE, text),)


def _opened_blocks(point: Point, opened: Opened, terms: Iterable[Term]) -> Iterator[Block]:
    for term in terms:
        if (point.id, term.id) in opened.meanings:
            text = plain(f"**{term.term}**: {term.meaning}.")
            yield Block(f"{point.id}-{term.id}", BlockKind.MEANING, text)
    if point.note and point.id in opened.notes:
        yield Block(f"{point.id}-note", BlockKind.NOTE, plain(f"**{NOTE_SAYS}**: {point.note}"))
