"""What the listening bar and the pages show of the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stalin_study.domain.card_text import Block, TextSpan

SLOWEST = 0.5
FASTEST = 2.0

Phase = Literal["idle", "preparing", "playing", "paused", "thinking"]
Repeat = Literal["off", "track", "playlist"]


@dataclass(frozen=True, slots=True)
class ListeningState:
    """What is read aloud now.

    `subject` is the id of the track, card or question whose text it is, `blocks` that text.
    `number` counts sentences from 1 (0 when idle) of `count`, `track_number` tracks of
    `track_count`. `heard` and `length` are code points of the track. `speed` is 0.5 to 2, `volume`
    0 to 100. `thinking_left_s` is None while the app waits for the pupil. `sleep_minutes` are left
    until it pauses by itself, 0 without a sleep timer. `message` is one sentence for the pupil.
    """

    phase: Phase = "idle"
    title: str = ""
    subject: str = ""
    playlist: str = ""
    playlist_title: str = ""
    blocks: tuple[Block, ...] = ()
    sentence: TextSpan | None = None
    word: TextSpan | None = None
    number: int = 0
    count: int = 0
    track_number: int = 0
    track_count: int = 0
    heard: int = 0
    length: int = 0
    speed: float = 1.0
    volume: int = 100
    repeat: Repeat = "off"
    thinking_left_s: int | None = 0
    sleep_minutes: int = 0
    message: str = ""

    @property
    def is_sounding(self) -> bool:
        """Whether it goes on by itself."""
        return self.phase in ("preparing", "playing", "thinking")
