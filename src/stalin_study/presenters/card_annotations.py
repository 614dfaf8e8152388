"""What a pupil adds to a card: in force at once, and told again when it is on disk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.annotations import NONE, AnnotationKind, CardAnnotations
from stalin_study.services.reviews import Reviews
from stalin_study.services.saved_annotations import saved_text


class CardAnnotating(QObject):
    """Marks cards as hard and keeps notes. `annotation_saved(card id, kind, text)`."""

    annotation_saved = Signal(str, object, str)

    def __init__(self, reviews: Reviews, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reviews = reviews

    def of(self, card_id: str) -> CardAnnotations:
        """What holds for a card."""
        return self._reviews.annotations.get(card_id, NONE)

    def mark_hard(self, card_id: str, *, is_hard: bool) -> None:
        """Mark a card as hard, or take the mark back."""
        if is_hard != self.of(card_id).is_hard:
            self._annotate(card_id, AnnotationKind.HARD, "yes" if is_hard else "")

    def write_note(self, card_id: str, text: str) -> None:
        """Keep a note; one of white space alone is removed."""
        text = text if text.strip() else ""
        if text != self.of(card_id).note:
            self._annotate(card_id, AnnotationKind.NOTE, text)

    def _annotate(self, card_id: str, kind: AnnotationKind, text: str) -> None:
        self._reviews.annotate(card_id, kind, text)
        held = self.of(card_id)
        kept = held.note if kind is AnnotationKind.NOTE else text

        def take(found: str | None) -> None:
            if found == kept:
                self.annotation_saved.emit(card_id, kind, kept)

        # A problem is told by the reviews themselves.
        self._reviews.ask(lambda store: saved_text(store, card_id, kind), take)
