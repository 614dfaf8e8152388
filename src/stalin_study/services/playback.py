"""Plays the sound of a sentence with QtMultimedia; keeps its time in silence where it must."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QLoggingCategory, QObject, Qt, QUrl

from stalin_study.services.play_clock import PlayClock
from stalin_study.services.player import Player, SilentPlayer, ticking

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

log = logging.getLogger(__name__)

STALLED_AFTER_TICKS = 150
NO_DEVICE = "No sound device was found, so the words light up without sound."
NO_SOUND = "Sound cannot be played on this computer, so the words light up without sound."
NO_PROGRESS = "The sound stopped coming, so the words light up without it."
SOUND_IS_BACK = "A sound device is there again."


class MultimediaPlayer(Player):
    """Plays with QtMultimedia, which is loaded when first needed; without a device, in silence."""

    def __init__(
        self, parent: QObject | None = None, load: Callable[[], Media] | None = None
    ) -> None:
        super().__init__(parent)
        self._load = load or load_media
        self._media: Media | None = None
        self._complaint = ""
        self._file = Path()
        self._duration_ms = 0
        self._start_ms = 0
        self._speed = 1.0
        self._volume = 100
        self._stalled = 0
        self._last_position = -1
        self._has_lost_device = self._has_stalled = False
        self._since_start = QElapsedTimer()
        self._since_start.start()
        self._clock = PlayClock(lambda: self._since_start.nsecsElapsed() / 1e6)
        # One keeps the time of a file that makes no sound, the other that of a rest.
        self._silent, self._resting = SilentPlayer(self), SilentPlayer(self)
        self._timekeeper: SilentPlayer | None = None
        for keeper in (self._silent, self._resting):
            keeper.position_changed.connect(self.position_changed)
            keeper.finished.connect(self.finished)
        self._timer = ticking(self, self.tick)

    def preload(self) -> None:
        """Load QtMultimedia's library. Raises ImportError where it is not whole."""
        load_library()

    def prepare(self) -> None:
        """Load QtMultimedia, once; without it, everything plays in silence.

        A sound server that hung gets another chance.
        """
        self._has_stalled = False
        if self._media is not None or self._complaint:
            return
        try:
            media = self._load()
        except ImportError:
            log.exception("QtMultimedia cannot be loaded")
            self._complaint = NO_SOUND
            return
        self._media = media
        media.player.setPlaybackRate(self._speed)
        media.set_volume(self._volume)
        # Queued: a source must not be changed inside the player's own signals
        queued = Qt.ConnectionType.QueuedConnection
        media.player.mediaStatusChanged.connect(self._take_status, queued)
        media.player.errorOccurred.connect(self._take_error, queued)
        media.devices.audioOutputsChanged.connect(self._take_devices, queued)

    def play(self, file: Path, duration_ms: int, start_ms: int = 0) -> None:
        """Play `file` on the default device, or keep its time if there is none."""
        self.stop()
        if self._media is None:
            self.prepare()
        self._file, self._duration_ms = file, duration_ms
        media = self._media
        if media is not None and self._has_stalled:
            self._keep_time(start_ms, NO_PROGRESS)
            return
        if media is None or not media.has_device():
            self._has_lost_device = media is not None
            self._keep_time(start_ms, self._complaint or NO_DEVICE)
            return
        self._has_lost_device = False
        media.use_default_device()
        self._start_ms = start_ms
        media.player.setSource(QUrl.fromLocalFile(str(file)))
        self._play_on(start_ms)

    def rest(self, duration_ms: int) -> None:
        """Be silent for so long."""
        self.stop()
        self._timekeeper = self._resting
        self._resting.rest(duration_ms)

    def pause(self) -> None:
        """Hold on to the position."""
        self._timer.stop()
        if self._timekeeper is not None:
            self._timekeeper.pause()
        elif self._media is not None and not self._start_ms:
            # QMediaPlayer's own pause plays on for the 100 ms that are in its buffer
            self._start_ms = max(self._clock.read(self._media.player.position()), 1)
            self._media.player.stop()

    def resume(self) -> None:
        """Go on from where it was paused."""
        if self._timekeeper is not None:
            self._timekeeper.resume()
        elif self._media is not None and self._media.has_device():
            self._play_on(self._start_ms)
        elif self._media is not None:
            self._has_lost_device = True
            self._keep_time(self._start_ms, NO_DEVICE)

    def stop(self) -> None:
        """Fall silent and let go of the file."""
        self._timer.stop()
        if self._timekeeper is not None:
            self._timekeeper.stop()
            self._timekeeper = None
        if self._media is not None and not self._media.player.source().isEmpty():
            self._media.player.stop()
            self._media.player.setSource(QUrl())

    def set_speed(self, speed: float) -> None:
        """1 is as in the file; QMediaPlayer keeps the pitch."""
        self._speed = speed
        self._silent.set_speed(speed)
        if self._media is not None:
            self._clock.start(self._media.player.position(), speed)
            self._media.player.setPlaybackRate(speed)

    def set_volume(self, percent: int) -> None:
        """As the ear hears it: half is half as loud."""
        self._volume = percent
        if self._media is not None:
            self._media.set_volume(percent)

    def tick(self) -> None:
        """Report the position; go on in silence when it has stood still for three seconds."""
        if self._media is None or not self._timer.isActive():
            return
        position = self._media.player.position()
        self.position_changed.emit(min(self._clock.read(position), self._duration_ms))
        if position != self._last_position:
            self._last_position, self._stalled = position, 0
            return
        self._stalled += 1
        if self._stalled >= STALLED_AFTER_TICKS:  # a sound server that hangs says nothing
            self._has_stalled = self._has_lost_device = True
            self._keep_time(max(position, self._start_ms), NO_PROGRESS)

    def _play_on(self, position_ms: int) -> None:
        if self._media is not None:
            self._stalled = 0
            self._clock.start(position_ms, self._speed)
            self._last_position = -1
            self._timer.start()
            self._play_when_loaded(self._media.player)

    def _play_when_loaded(self, player: QMediaPlayer) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        if self._start_ms:
            # WORKAROUND: QMediaPlayer 6.11 forgets a position that is set before it has loaded.
            if player.mediaStatus() != QMediaPlayer.MediaStatus.LoadedMedia:
                return
            start_ms, self._start_ms = self._start_ms, 0
            player.setPosition(start_ms)
        player.play()

    def _take_status(self, status: QMediaPlayer.MediaStatus) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        # As it is now: the signal may be of a source that has been replaced since
        media = self._media
        if media is None or not self._timer.isActive() or status != media.player.mediaStatus():
            return
        if status == QMediaPlayer.MediaStatus.EndOfMedia:
            self._timer.stop()
            self.finished.emit()
        elif status == QMediaPlayer.MediaStatus.LoadedMedia and self._start_ms:
            self._play_when_loaded(media.player)

    def _take_error(self, error: object, text: str) -> None:
        log.error("Playing failed: %s %s", error, text)
        if self._timer.isActive():
            self._keep_time(max(self._last_position, self._start_ms), NO_SOUND)

    def _take_devices(self) -> None:
        media = self._media
        if media is None:
            return
        self._has_stalled = False
        if self._timekeeper is self._silent and self._has_lost_device and media.has_device():
            # Played or paused, it goes on from here with sound
            is_playing = self._silent.is_playing
            self.play(self._file, self._duration_ms, self._silent.position_ms)
            if not is_playing:
                self.pause()
            self.notice.emit(SOUND_IS_BACK)
        elif self._timekeeper is None and self._timer.isActive():
            if media.has_device():
                media.use_default_device()
            else:
                self._has_lost_device = True
                self._keep_time(media.player.position(), NO_DEVICE)

    def _keep_time(self, position_ms: int, notice: str) -> None:
        """Go on without a sound from here."""
        self.stop()
        self._timekeeper = self._silent
        self._silent.start_at(position_ms, self._duration_ms)
        self.notice.emit(notice)


class Media:
    """QtMultimedia's player, its output and the devices of the computer."""

    def __init__(self, player: QMediaPlayer, output: QAudioOutput, devices: QMediaDevices) -> None:
        self.player = player
        self.output = output
        self.devices = devices
        player.setAudioOutput(output)

    def has_device(self) -> bool:
        """Whether the computer can make a sound at all."""
        return bool(self.devices.audioOutputs())

    def set_volume(self, percent: int) -> None:
        """0 to 100, as the ear hears it."""
        self.output.setVolume(loudness(percent))

    def use_default_device(self) -> None:
        """Follow the system's choice of headphones or loudspeakers."""
        default = self.devices.defaultAudioOutput()
        if self.output.device() != default:
            self.output.setDevice(default)


def loudness(percent: int) -> float:
    """The factor, 0 to 1, that the ear hears as this percentage."""
    from PySide6.QtMultimedia import QAudio

    scales = QAudio.VolumeScale
    return QAudio.convertVolume(
        percent / 100, scales.LogarithmicVolumeScale, scales.LinearVolumeScale
    )


def load_library() -> None:
    """Load QtMultimedia; ImportError where a library of it is missing (libpulse on Linux)."""
    # FFmpeg tells of every file it opens, and PipeWire may be missing: PulseAudio does as well.
    QLoggingCategory.setFilterRules(
        "qt.multimedia.*.info=false\nqt.multimedia.symbolsresolver.warning=false"
    )
    import_module("PySide6.QtMultimedia")


def load_media() -> Media:
    """Make what plays. Raises ImportError as `load_library` does."""
    load_library()
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

    return Media(QMediaPlayer(), QAudioOutput(), QMediaDevices())
