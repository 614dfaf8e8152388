"""What is said of cards, as it holds at once: what is saved, with what is not yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from stalin_study.domain.annotations import NONE, Annotation, CardAnnotations, with_annotation

if TYPE_CHECKING:
    from stalin_study.services.writer_report import WriterReport


class HeldAnnotations:
    """`current` holds it by card id; it is never changed, only exchanged."""

    def __init__(self) -> None:
        self.current: Mapping[str, CardAnnotations] = MappingProxyType({})
        self._waiting: list[Annotation] = []

    @property
    def waiting(self) -> int:
        """How many are not on disk yet."""
        return len(self._waiting)

    def add(self, annotation: Annotation) -> None:
        """One that is to be saved."""
        self._waiting.append(annotation)
        self._hold(self.current)

    def take(self, report: WriterReport) -> None:
        """Take over what is on disk now."""
        if report.opened is not None:
            saved = dict(report.annotations)
            for one in report.annotated:
                saved[one.card_id] = with_annotation(saved.get(one.card_id, NONE), one)
        for one in report.annotated:
            self._waiting.remove(one)
        if report.opened is not None:
            self._hold(saved)

    def _hold(self, saved: Mapping[str, CardAnnotations]) -> None:
        held = dict(saved)
        for one in self._waiting:
            held[one.card_id] = with_annotation(held.get(one.card_id, NONE), one)
        self.current = MappingProxyType(held)
