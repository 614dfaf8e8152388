"""Whether what a pupil said of a card is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stalin_study.domain.annotations import AnnotationKind

if TYPE_CHECKING:
    from stalin_study.services.study_store import StudyStore

_NEWEST = (
    "select text from annotation_log where card_id = ? and kind = ?"
    " order by made_at desc, uuid desc limit 1"
)


def saved_text(store: StudyStore, card_id: str, kind: AnnotationKind) -> str | None:
    """The newest text on disk of that kind for the card; None if there never was one.

    Raises StoreProblem.
    """
    rows = store.query(_NEWEST, (card_id, kind.value))
    return str(rows[0]["text"]) if rows else None
