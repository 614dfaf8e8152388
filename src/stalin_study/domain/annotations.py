"""What a pupil adds to a card: a note of their own, or the word that it is hard.

Kept as an append-only log like the reviews, so that two copies of it merge by union.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

LONGEST_NOTE = 2_000


class AnnotationKind(StrEnum):
    """What is said of the card."""

    NOTE = "note"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One line of the annotation log; the latest of a card and kind holds.

    `text` is the note, or "yes" for a hard card; empty takes either back.
    """

    uuid: str
    card_id: str
    kind: AnnotationKind
    text: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CardAnnotations:
    """What holds for a card."""

    note: str = ""
    is_hard: bool = False


NONE = CardAnnotations()


def current(annotations: Iterable[Annotation]) -> dict[str, CardAnnotations]:
    """What holds, by card id, for a log in any order; cards without anything are absent."""
    found: dict[str, CardAnnotations] = {}
    for one in sorted(annotations, key=lambda one: (one.made_at, one.uuid)):
        found[one.card_id] = with_annotation(found.get(one.card_id, NONE), one)
    return {card_id: holds for card_id, holds in found.items() if holds != NONE}


def with_annotation(holds: CardAnnotations, annotation: Annotation) -> CardAnnotations:
    """What holds after a later annotation of the same card."""
    if annotation.kind is AnnotationKind.NOTE:
        return replace(holds, note=annotation.text)
    return replace(holds, is_hard=bool(annotation.text))
