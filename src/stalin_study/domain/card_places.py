"""The places on a card that a search has found, and what has to be opened to see each."""

from __future__ import annotations

from dataclasses import dataclass

from stalin_study.domain.card import Card
from stalin_study.domain.card_text import (
    NOTE_SAYS,
    OWN_NOTE_SAYS,
    Block,
    BlockKind,
    Opened,
    TextSpan,
    answer_blocks,
    own_note_blocks,
    prompt_blocks,
)
from stalin_study.domain.search_hits import block_hits

_SAYS = {BlockKind.NOTE: f"{NOTE_SAYS}:", BlockKind.OWN_NOTE: f"{OWN_NOTE_SAYS}:"}


@dataclass(frozen=True, slots=True)
class Place:
    """A hit on a card. `note_of` is the point whose editor's note holds it, or empty.

    `is_spare` when it stands only among every point, not among the key points.
    """

    span: TextSpan
    is_on_front: bool = False
    is_spare: bool = False
    note_of: str = ""


def places_on(card: Card, words: tuple[str, ...], own_note: str = "") -> tuple[Place, ...]:
    """Every place where one of the words stands: prompt, answer with its notes, own note."""
    if not words:
        return ()
    front = prompt_blocks(card)
    noted = {point.id: point for point in card.points if point.note}
    back = answer_blocks(card, opened=Opened(notes=frozenset(noted)))
    shown = {block.key for block in (answer_blocks(card, every_point=not card.key_points))}
    note_of = {f"{point_id}-note": point_id for point_id in noted}
    places = [Place(span, is_on_front=True) for span in _hits(front, words)]
    for span in _hits(back, words):
        note = note_of.get(span.block, "")
        places.append(Place(span, is_spare=(note or span.block) not in shown, note_of=note))
    places += (Place(span) for span in _hits(own_note_blocks(own_note), words))
    return tuple(places)


def _hits(blocks: tuple[Block, ...], words: tuple[str, ...]) -> tuple[TextSpan, ...]:
    """Without those in the words that only say whose note it is."""
    said = {block.key: _said(block) for block in blocks}
    return tuple(span for span in block_hits(blocks, words) if span.start >= said[span.block])


def _said(block: Block) -> int:
    return len(_SAYS.get(block.kind, ""))
