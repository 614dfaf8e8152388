"""Where the pupil left each playlist, kept beside the progress."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from stalin_study.services.jobs import Jobs
from stalin_study.services.whole_file import write_whole
from stalin_study.small_file import read_small

log = logging.getLogger(__name__)
FILE = "listening.json"
VERSION = 1
MOST_PLACES = 100
_MOST_BYTES = 1_000_000


class KeptPlace(msgspec.Struct, frozen=True):
    """A sentence of a track, by the block that holds it and its code point there."""

    track: str
    block: str
    offset: int


class KeptPlaces(msgspec.Struct, frozen=True):
    """What the file holds: places by playlist, the latest last."""

    version: int
    places: dict[str, KeptPlace]


class ListeningPlaces:
    """Keeps places in the background. What cannot be saved or read is only a convenience lost."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        self._file = folder / FILE
        self._jobs = jobs
        self._places: dict[str, KeptPlace] | None = None
        self._is_waiting = False

    @property
    def latest(self) -> tuple[str, KeptPlace] | None:
        """The playlist that was heard last and not to its end, with its place."""
        places = self._known()
        return next(reversed(places.items())) if places else None

    def place(self, playlist: str) -> KeptPlace | None:
        """Where this playlist was left; None if it was not, or was heard to its end."""
        return self._known().get(playlist)

    def keep(self, playlist: str, place: KeptPlace | None) -> None:
        """Remember a place, or forget it with None."""
        places = self._known()
        if places.get(playlist) == place and next(reversed(places), "") == playlist:
            return
        places.pop(playlist, None)
        if place is not None:
            places[playlist] = place
        while len(places) > MOST_PLACES:
            del places[next(iter(places))]
        # What still waits takes this along.
        if not self._is_waiting:
            self._is_waiting = True
            self._jobs.run(self._write, None, self._failed)

    def _known(self) -> dict[str, KeptPlace]:
        if self._places is None:
            self._places = self._read()
        return self._places

    def _read(self) -> dict[str, KeptPlace]:
        try:
            kept = msgspec.json.decode(read_small(self._file, _MOST_BYTES), type=KeptPlaces)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            log.info("The places of the playlists could not be read: %s", error)
            return {}
        return dict(kept.places) if kept.version == VERSION else {}

    def _write(self) -> None:
        self._is_waiting = False
        kept = KeptPlaces(VERSION, dict(self._places or {}))
        write_whole(self._file, msgspec.json.encode(kept))

    @staticmethod
    def _failed(error: Exception) -> None:
        log.info("The places of the playlists could not be saved: %s", error)
