"""What saving came to, told from its thread to the window's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stalin_study.domain.annotations import Annotation, CardAnnotations
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import ReviewEntry


@dataclass(frozen=True, slots=True)
class SavedReview:
    """An entry that is on disk, and its subject's state from then on."""

    entry: ReviewEntry
    state: MemoryState | None


@dataclass(slots=True)
class WriterReport:
    """What one job came to. `opened` holds all states if the file was opened just now."""

    opened: Mapping[str, MemoryState] | None = None
    annotations: Mapping[str, CardAnnotations] = field(default_factory=dict)
    notice: str = ""
    times: tuple[tuple[datetime, int], ...] = ()
    saved: list[SavedReview] = field(default_factory=list)
    annotated: list[Annotation] = field(default_factory=list)
    problem: str = ""
    wants_backup: bool = False

    def states_after(self, before: Mapping[str, MemoryState]) -> dict[str, MemoryState]:
        """All states, which were these before."""
        states = dict(before if self.opened is None else self.opened)
        for saved in self.saved:
            if saved.state is None:
                states.pop(saved.entry.subject_id, None)
            else:
                states[saved.entry.subject_id] = saved.state
        return states


@dataclass(frozen=True, slots=True)
class Unkept:
    """How many answers and notes could be kept nowhere; `problem` says why not in their file."""

    answers: int
    notes: int
    problem: str = ""
