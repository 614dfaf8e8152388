"""Log entries, annotations, memory states as rows of the progress file. Times are UTC ISO text."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from stalin_study.domain.annotations import Annotation, AnnotationKind
from stalin_study.domain.memory import PHASES, MemoryState
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way

log = logging.getLogger(__name__)
# Which rows of the review log are answers: as `memory.counted` has it.
COUNTS = (
    "undoes = '' and rating is not null"
    " and uuid not in (select undoes from review_log where undoes <> '')"
)


def entry_row(entry: ReviewEntry) -> dict[str, Any]:
    """A review as the log holds it; times have microseconds, so that they sort as text."""
    return asdict(entry) | {
        "reviewed_at": time_text(entry.reviewed_at),
        "way": entry.way.value,
        "rating": None if entry.rating is None else entry.rating.value,
        "verdict": None if entry.verdict is None else entry.verdict.value,
    }


def annotation_row(annotation: Annotation) -> dict[str, Any]:
    """An annotation as its log holds it."""
    return asdict(annotation) | {
        "kind": annotation.kind.value,
        "made_at": time_text(annotation.made_at),
    }


def annotation_of(row: dict[str, Any]) -> Annotation | None:
    """An annotation read from its log; None if it makes no sense."""
    try:
        return Annotation(
            **row | {"kind": AnnotationKind(row["kind"]), "made_at": time_of(row["made_at"])}
        )
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        log.warning("Annotation %s makes no sense: %s", row.get("uuid"), error)
        return None


def time_text(at: datetime) -> str:
    """A time as the file holds it; texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """A time read from the file. Raises ValueError if it makes no sense."""
    return datetime.fromisoformat(text).astimezone(UTC)


def entry_of(row: dict[str, Any]) -> ReviewEntry | None:
    """A review read from the log; None if it makes no sense."""
    try:
        return ReviewEntry(
            **row
            | {
                "reviewed_at": time_of(row["reviewed_at"]),
                "way": Way(row["way"]),
                "rating": None if row["rating"] is None else Rating(row["rating"]),
                "verdict": None if row["verdict"] is None else Verdict(row["verdict"]),
            }
        )
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        log.warning("Review %s makes no sense: %s", row.get("uuid"), error)
        return None


def state_row(state: MemoryState) -> dict[str, Any]:
    """A memory state as the file holds it."""
    return asdict(state) | {
        "due_at": time_text(state.due_at),
        "last_reviewed_at": time_text(state.last_reviewed_at),
    }


def state_of(row: dict[str, Any]) -> MemoryState:
    """A memory state read from the file. Raises ValueError or TypeError if it makes no sense."""
    state = MemoryState(
        **row
        | {"due_at": time_of(row["due_at"]), "last_reviewed_at": time_of(row["last_reviewed_at"])}
    )
    if not (
        state.phase in PHASES
        and (state.step is None) == (state.phase == "review")
        and state.stability > 0
        and 1 <= state.difficulty <= 10
    ):
        raise ValueError(f"bad memory state of {state.subject_id}")
    return state


def storable(text: str, longest: int) -> str:
    """A text as the file can hold it."""
    # Half of a surrogate pair, which a text field can hold, has no place in UTF-8.
    return text[:longest].encode("utf-8", "replace").decode("utf-8")
