"""A sentence as sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stalin_study.domain.word_times import WordTime


@dataclass(frozen=True, slots=True)
class Rendering:
    """A sentence as a sound file.

    `words` are stretches of its shown text in the order in which they sound; `is_exact` is False
    where their times are estimated. `speed` is how fast it is spoken in the file, 1 being normal.
    `notice` is a sentence for the pupil, or empty.
    """

    utterance_id: str
    file: Path
    words: tuple[WordTime, ...]
    duration_ms: int
    is_exact: bool
    speed: float = 1.0
    notice: str = ""
