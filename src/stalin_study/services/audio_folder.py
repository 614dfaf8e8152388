"""The folder of an export: tracks, playlist and text, each of which appears when it is whole."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stalin_study.domain.audio_names import (
    COVER_FILE,
    AudioFile,
    AudioFormat,
    Cover,
    cover_text,
    playlist_file,
    playlist_text,
    safe_name,
    track_file,
)
from stalin_study.services.audio_files import DRAFT, Tags, TrackFile, read_pcm

ARTIST = "Stalin Study"
DISK_FULL = "The disk is full. Free some space, then export again."
FOLDER_GONE = "The folder is not there any more. Choose a folder, then export again."
NOT_WRITABLE = "Files cannot be saved in this folder. Choose another one, then export again."
IN_THE_WAY = "“{}” cannot be replaced. Close the program that has it open, then export again."
GONE_WRONG = "The export did not work. Choose another folder, then export again."
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_WINDOWS_NO_ROOM = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was made in `folder`: so many whole tracks of `count`.

    `left_out` sentences could not be read; `notice` is a sentence for the pupil, or empty.
    """

    folder: Path
    files: int
    count: int
    left_out: int = 0
    notice: str = ""


class AudioFolder:
    """Writes tracks one after another; to be used on one thread. All but `drop` raise OSError."""

    def __init__(
        self, parent: Path, cover: Cover, titles: tuple[str, ...], audio_format: AudioFormat
    ) -> None:
        self.folder = parent / safe_name(cover.title)
        self._cover = cover
        self._titles = titles
        self._format = audio_format
        self._track: TrackFile | None = None
        self._is_ready = self._is_new = False
        self._files: list[AudioFile] = []

    @property
    def files(self) -> int:
        """How many tracks are whole."""
        return len(self._files)

    def add(self, track: int, rest_ms: int, sound: Path | None) -> None:
        """A rest, then a rendered sentence, of a track counted from 0.

        Without a sound there is the rest alone. SoundError is raised, and nothing added, where the
        sound cannot be read.
        """
        heard = read_pcm(sound) if sound is not None else None
        begun = self._begun(track)
        begun.rest(rest_ms)
        if heard is not None:
            begun.add(heard)

    def finish_track(self, track: int) -> None:
        """The track is whole: give it its name."""
        begun = self._begun(track)
        if begun.finish():
            title = self._titles[track]
            self._files.append(AudioFile(self._name(track), title, begun.duration_ms))
        self._track = None

    def finish(self) -> None:
        """Add the playlist and the text about the files."""
        if self._files:
            title = self._cover.title
            self._write(playlist_file(title), playlist_text(title, self._files))
            self._write(COVER_FILE, cover_text(self._cover, self._files), newline="\r\n")

    def drop(self) -> None:
        """Remove what is not whole, and the folder if it is new and empty."""
        if self._track is not None:
            self._track.drop()
            self._track = None
        if self._is_new:
            with suppress(OSError):
                self.folder.rmdir()

    def _begun(self, track: int) -> TrackFile:
        if not self._is_ready:
            self._is_new = not self.folder.exists()
            self.folder.mkdir(exist_ok=True)
            self._is_ready = True
        if self._track is None:
            title, count = self._titles[track], len(self._titles)
            album = f"{self._cover.deck_title}: {self._cover.title}"
            tags = Tags(title, album, ARTIST, track + 1, count)
            self._track = TrackFile(self.folder / self._name(track), self._format, tags)
        return self._track

    def _name(self, track: int) -> str:
        return track_file(track + 1, len(self._titles), self._titles[track], self._format)

    def _write(self, name: str, text: str, newline: str = "\n") -> None:
        draft = self.folder / f"{name}{DRAFT}"
        try:
            draft.write_text(text, encoding="utf-8", errors="replace", newline=newline)
            draft.replace(self.folder / name)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            raise


def export_problem(error: Exception) -> str:
    """What went wrong as a sentence for the pupil."""
    if not isinstance(error, OSError):
        return GONE_WRONG
    code = error.errno
    if code in _NO_ROOM or getattr(error, "winerror", None) in _WINDOWS_NO_ROOM:
        return DISK_FULL
    blocked = error.filename2 if error.filename2 is not None else ""
    if blocked and Path(blocked).exists():
        return IN_THE_WAY.format(Path(blocked).name)
    if isinstance(error, FileExistsError) and error.filename is not None:
        return IN_THE_WAY.format(Path(error.filename).name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FOLDER_GONE
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NOT_WRITABLE
    return GONE_WRONG
