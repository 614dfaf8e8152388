"""What the desktop is told of the reading, and what it may ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

# Longer than any word takes: a step forward of more is a jump.
LONGEST_STEP_US = 2_000_000

Status = Literal["Playing", "Paused", "Stopped"]


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What is read now. Times are microseconds at normal speed; `speed` is 0.5 to 2.

    `track` is unique in its playlist, empty when there is nothing to play. `sentence` counts from
    1, 0 at rest; `volume` is 0 to 1.
    """

    status: Status = "Stopped"
    track: str = ""
    title: str = ""
    album: str = ""
    sentence: int = 0
    position_us: int = 0
    length_us: int = 0
    speed: float = 1.0
    volume: float = 1.0
    repeat: Literal["off", "track", "playlist"] = "off"
    can_go_next: bool = False
    can_go_previous: bool = False
    can_seek: bool = False

    @property
    def is_something(self) -> bool:
        """Whether play and pause would do anything."""
        return bool(self.track)


class Remote(Protocol):
    """Does what a media key or the desktop asks for."""

    def toggle(self) -> None:
        """Pause or go on."""

    def play(self) -> None:
        """Go on; while it plays, nothing."""

    def pause(self) -> None:
        """Hold on to the place."""

    def stop(self) -> None:
        """Fall silent."""

    def go_next(self) -> None:
        """Skip forward."""

    def go_previous(self) -> None:
        """Skip back."""

    def seek_by(self, by_us: int) -> None:
        """Go so many microseconds forward, or back when negative."""

    def seek_to(self, track: str, position_us: int) -> None:
        """Go to a place of this track, if it is still the one that is read."""

    def set_volume(self, volume: float) -> None:
        """0 to 1."""

    def set_speed(self, speed: float) -> None:
        """1 is normal; 0 pauses."""

    def set_repeat(self, repeat: Literal["off", "track", "playlist"]) -> None:
        """Repeat nothing, the track or the playlist."""


def has_jumped(before: NowPlaying, now: NowPlaying) -> bool:
    """Whether the position is another than one who counts on from `before` would expect.

    Each sentence counts as a jump, since the times are estimated and each one begins at a known
    place.
    """
    if now.track != before.track or not now.is_something:
        return False
    step_us = now.position_us - before.position_us
    return now.sentence != before.sentence or not 0 <= step_us <= LONGEST_STEP_US
