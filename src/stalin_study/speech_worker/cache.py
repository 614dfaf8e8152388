"""Rendered sentences kept on disk, so that what was read before is there at once; bounded in size.

Several workers may share a folder: files appear whole, and one that is gone is rendered again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from stalin_study.small_file import read_small
from stalin_study.speech_worker.drivers import Sound

log = logging.getLogger(__name__)

MOST_BYTES = 64_000_000
_MOST_TOLD = 1_000_000  # bytes about one sound
# The newest stay whatever their size: the app may be about to play them.
NEWEST_KEPT = 12
_SWEEP_EVERY = 20
_STALE_S = 600
_DRAFT = ".part"
# Raised when what a driver makes of the same text changes.
_VERSION = 1


class SpeechCache:
    """Sound files by what was said, by whom and how fast, in the first folder that can be written.

    `folders` in order of preference; what is put into any but the first goes when it is closed.
    """

    def __init__(self, folders: tuple[Path, ...], most_bytes: int = MOST_BYTES) -> None:
        self._folders = folders
        self._most_bytes = most_bytes
        self._new = 0
        self._passing: list[Path] = []

    def sound(
        self,
        spoken: str,
        driver: str,
        voice: str,
        rate_wpm: int,
        render: Callable[[Path], Sound],
    ) -> tuple[Path, Sound]:
        """The sound of a spoken text, rendered now unless it is there already.

        Whatever `render` raises is passed on, OSError when no folder takes the file.
        """
        key = _key(spoken, driver, voice, rate_wpm)
        for folder in self._folders:
            found = _found(folder, key)
            if found is not None:
                return folder / f"{key}.wav", found
        problem: OSError = OSError("no folder for sound files")
        # The second time with the room that the cache took.
        for folder in (folder for folder in self._folders for _ in range(2)):
            try:
                return self._add(folder, key, render)
            except OSError as error:
                log.warning("No sound file in %s: %s", folder, error)
                problem = error
                clear(folder)
        raise problem

    def close(self) -> None:
        """Remove what was put elsewhere than where it belongs."""
        for file in self._passing:
            _remove(file)
            _remove(file.with_suffix(".json"))
            with suppress(OSError):
                file.parent.rmdir()

    def _add(self, folder: Path, key: str, render: Callable[[Path], Sound]) -> tuple[Path, Sound]:
        # No more of them: a drive that was pulled out, with all of it, may come back.
        folder.parent.mkdir(exist_ok=True)
        folder.mkdir(exist_ok=True)
        if self._new % _SWEEP_EVERY == 0:
            sweep(folder, self._most_bytes)
        self._new += 1
        descriptor, name = tempfile.mkstemp(prefix=f"{key}-", suffix=_DRAFT, dir=folder)
        os.close(descriptor)
        draft, file = Path(name), folder / f"{key}.wav"
        try:
            sound = render(draft)
            draft.replace(file)
            draft.write_bytes(msgspec.json.encode(sound))
            draft.replace(file.with_suffix(".json"))
        except BaseException:
            _remove(draft)
            raise
        if folder != self._folders[0]:
            self._passing.append(file)
        return file, sound


def sweep(folder: Path, most_bytes: int) -> None:
    """Remove what was used longest ago until the rest is small enough, and old drafts."""
    now = time.time()
    used: list[tuple[float, int, Path]] = []
    for file, status in _files(folder):
        if file.suffix == ".wav":
            used.append((status.st_mtime, status.st_size, file))
        elif file.suffix == _DRAFT and now - status.st_mtime > _STALE_S:
            _remove(file)
    used.sort(reverse=True)
    total = 0
    for place, (_, size, file) in enumerate(used):
        total += size
        if total > most_bytes and place >= NEWEST_KEPT:
            _remove(file)
            _remove(file.with_suffix(".json"))


def clear(folder: Path) -> None:
    """Give back all the room that the folder takes."""
    for file, _ in _files(folder):
        if file.suffix in (".wav", ".json", _DRAFT):
            _remove(file)


def _found(folder: Path, key: str) -> Sound | None:
    file = folder / f"{key}.wav"
    try:
        about = read_small(file.with_suffix(".json"), _MOST_TOLD)
        sound = msgspec.json.decode(about, type=Sound)
        os.utime(file)  # FileNotFoundError where the sound is gone
        is_whole = file.stat().st_size > sound.duration_ms
    except (OSError, msgspec.MsgspecError):
        return None
    return sound if is_whole else None


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        try:
            yield Path(entry.path), entry.stat()
        except OSError:
            continue  # another worker has removed it


def _remove(file: Path) -> None:
    with suppress(OSError):  # Windows keeps a file that is being played
        file.unlink()


def _key(spoken: str, driver: str, voice: str, rate_wpm: int) -> str:
    said = msgspec.json.encode((_VERSION, spoken, driver, voice, rate_wpm))
    return hashlib.sha256(said).hexdigest()[:32]
