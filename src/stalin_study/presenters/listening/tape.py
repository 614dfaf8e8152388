"""A reading as a tape of steps: where sentences, tracks and words are on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from stalin_study.domain.card_text import Block
from stalin_study.domain.playlists import Track
from stalin_study.domain.reading_steps import Say, Step
from stalin_study.domain.utterances import Utterance
from stalin_study.presenters.listening.state import Repeat

_LOADED_KEPT = 4


@dataclass(frozen=True, slots=True)
class LoadedTrack:
    """What a track shows, and what is done to read it."""

    blocks: tuple[Block, ...]
    steps: tuple[Step, ...]

    @property
    def sentences(self) -> tuple[int, ...]:
        """The places of the steps that say something."""
        return tuple(n for n, step in enumerate(self.steps) if isinstance(step, Say))


@dataclass(frozen=True, slots=True)
class Reading:
    """Tracks to be read one after another; each is loaded when its turn comes.

    `id` is the playlist's, empty for a reading whose place is not remembered.
    """

    id: str
    title: str
    tracks: tuple[Track, ...]
    load: Callable[[Track], LoadedTrack]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A step of a reading."""

    track: int
    step: int


class Tape:
    """Finds places on a reading. Tracks that say nothing are passed over."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._loaded: dict[int, LoadedTrack] = {}

    def loaded(self, track: int) -> LoadedTrack:
        """A track with its steps."""
        if track not in self._loaded:
            while len(self._loaded) >= _LOADED_KEPT:
                del self._loaded[next(iter(self._loaded))]
            self._loaded[track] = self.reading.load(self.reading.tracks[track])
        return self._loaded[track]

    def step(self, place: Place) -> Step:
        """What is done at a place."""
        return self.loaded(place.track).steps[place.step]

    def utterance(self, place: Place) -> Utterance | None:
        """What is said there; None at a rest."""
        step = self.step(place)
        return step.utterance if isinstance(step, Say) else None

    def start_of(self, track: int, by: int = 1) -> Place | None:
        """The first sentence of a track or, where it has none, of the next one in direction."""
        while 0 <= track < len(self.reading.tracks):
            sentences = self.loaded(track).sentences
            if sentences:
                return Place(track, sentences[0])
            track += by
        return None

    def after(self, place: Place, repeat: Repeat = "off") -> Place | None:
        """The step that follows; None at the end."""
        if place.step + 1 < len(self.loaded(place.track).steps):
            return Place(place.track, place.step + 1)
        if repeat == "track":
            return self.start_of(place.track)
        following = self.start_of(place.track + 1)
        return following or (self.start_of(0) if repeat == "playlist" else None)

    def sentence_after(self, place: Place, by: int) -> Place | None:
        """The next sentence or (`by` -1) the one before, also across tracks."""
        sentences = self.loaded(place.track).sentences
        if by > 0:
            later = [step for step in sentences if step > place.step]
            return Place(place.track, later[0]) if later else self.start_of(place.track + 1)
        earlier = [step for step in sentences if step < place.step]
        if earlier:
            return Place(place.track, earlier[-1])
        before = self.start_of(place.track - 1, -1)
        return Place(before.track, self.loaded(before.track).sentences[-1]) if before else None

    def coming(self, place: Place, count: int, repeat: Repeat) -> tuple[Place, ...]:
        """The next `count` sentences, the one at `place` first; rests are passed over."""
        return tuple(islice(self._walk(place, repeat), count))

    def sentence_number(self, place: Place) -> int:
        """Which sentence of its track it is, from 1; a rest counts as the one before."""
        return sum(step <= place.step for step in self.loaded(place.track).sentences)

    def length(self, track: int) -> int:
        """Code points that a track says."""
        return sum(len(utterance.text) for _, utterance in self._said(track))

    def heard(self, place: Place, offset: int = 0) -> int:
        """Code points of its track that are said before a place."""
        before = (u for step, u in self._said(place.track) if step < place.step)
        return sum(len(utterance.text) for utterance in before) + offset

    def at_heard(self, track: int, heard: int) -> tuple[Place, int] | None:
        """The sentence and the offset in it after so many code points of a track."""
        found = None
        for step, utterance in self._said(track):
            found = Place(track, step), min(max(heard, 0), len(utterance.text) - 1)
            heard -= len(utterance.text)
            if heard < 0:
                break
        return found

    def at_word(self, track: int, block: str, offset: int) -> tuple[Place, int] | None:
        """The sentence that says a place of a shown block, and the offset in it."""
        for step, utterance in self._said(track):
            span = utterance.span
            if span.block == block and offset < span.end:
                return Place(track, step), max(offset - span.start, 0)
        return None

    def _walk(self, place: Place, repeat: Repeat) -> Iterator[Place]:
        following: Place | None = place
        while following is not None:
            if self.utterance(following) is not None:
                yield following
            following = self.after(following, repeat)

    def _said(self, track: int) -> Iterator[tuple[int, Utterance]]:
        for number, step in enumerate(self.loaded(track).steps):
            if isinstance(step, Say):
                yield number, step.utterance
