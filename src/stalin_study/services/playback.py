"""Plays the sound of a sentence with QtMultimedia; keeps its time in silence where it must."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl

from stalin_study.services.player import Player, SilentPlayer, ticking

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

log = logging.getLogger(__name__)

STALLED_AFTER_TICKS = 150
NO_DEVICE = "No sound device was found, so the words light up without sound."
NO_SOUND = "Sound cannot be played on this computer, so the words light up without sound."
NO_PROGRESS = "The sound stopped coming, so the words light up without it."


class MultimediaPlayer(Player):
    """Plays with QtMultimedia, which is loaded when first needed; without a device, in silence."""

    def __init__(
        self, parent: QObject | None = None, load: Callable[[], Media] | None = None
    ) -> None:
        super().__init__(parent)
        self._load = load or load_media
        self._media: Media | None = None
        self._complaint = ""
        self._duration_ms = 0
        self._speed = 1.0
        self._stalled = 0
        self._last_position = -1
        self._is_silent = False
        self._silent = SilentPlayer(self)
        self._silent.position_changed.connect(self.position_changed)
        self._silent.finished.connect(self.finished)
        self._timer = ticking(self, self.tick)

    def prepare(self) -> None:
        """Load QtMultimedia, once; without it, everything plays in silence."""
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
        # Queued: a source must not be changed inside the player's own signals
        queued = Qt.ConnectionType.QueuedConnection
        media.player.mediaStatusChanged.connect(self._take_status, queued)
        media.player.errorOccurred.connect(self._take_error, queued)
        media.devices.audioOutputsChanged.connect(self._take_devices, queued)

    def play(self, file: Path, duration_ms: int) -> None:
        """Play `file` on the default device, or keep its time if there is none."""
        self.stop()
        self.prepare()
        self._duration_ms = duration_ms
        media = self._media
        if media is None or not media.has_device():
            self._fall_silent(0, self._complaint or NO_DEVICE)
            return
        self._is_silent = False
        media.use_default_device()
        media.player.setSource(QUrl.fromLocalFile(str(file)))
        self._play_on()

    def pause(self) -> None:
        """Hold on to the position."""
        self._timer.stop()
        if self._is_silent:
            self._silent.pause()
        elif self._media is not None:
            self._media.player.pause()

    def resume(self) -> None:
        """Go on from where it was paused."""
        if self._is_silent:
            self._silent.resume()
        elif self._media is not None:
            self._play_on()

    def stop(self) -> None:
        """Fall silent and let go of the file."""
        self._timer.stop()
        self._silent.stop()
        self._is_silent = False
        if self._media is not None and not self._media.player.source().isEmpty():
            self._media.player.stop()
            self._media.player.setSource(QUrl())

    def set_speed(self, speed: float) -> None:
        """1 is normal; QMediaPlayer keeps the pitch."""
        self._speed = speed
        self._silent.set_speed(speed)
        if self._media is not None:
            self._media.player.setPlaybackRate(speed)

    def tick(self) -> None:
        """Report the position; go on in silence when it has stood still for three seconds."""
        if self._media is None or not self._timer.isActive():
            return
        position = self._media.player.position()
        if position != self._last_position:
            self._last_position, self._stalled = position, 0
            self.position_changed.emit(position)
            return
        self._stalled += 1
        if self._stalled >= STALLED_AFTER_TICKS:  # a sound server that hangs says nothing
            self._fall_silent(position, NO_PROGRESS)

    def _play_on(self) -> None:
        if self._media is not None:
            self._stalled = 0
            self._last_position = -1
            self._media.player.play()
            self._timer.start()

    def _take_status(self, status: QMediaPlayer.MediaStatus) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        if self._media is None or not self._timer.isActive():
            return
        # As it is now: the signal may be of a source that has been replaced since
        if (
            status == QMediaPlayer.MediaStatus.EndOfMedia
            and self._media.player.mediaStatus() == QMediaPlayer.MediaStatus.EndOfMedia
        ):
            self._timer.stop()
            self.finished.emit()

    def _take_error(self, error: object, text: str) -> None:
        log.error("Playing failed: %s %s", error, text)
        if self._timer.isActive():
            self._fall_silent(max(self._last_position, 0), NO_SOUND)

    def _take_devices(self) -> None:
        if self._media is None or not self._timer.isActive():
            return
        if self._media.has_device():
            self._media.use_default_device()
        else:
            self._fall_silent(self._media.player.position(), NO_DEVICE)

    def _fall_silent(self, position_ms: int, notice: str) -> None:
        self.stop()
        self._is_silent = True
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

    def use_default_device(self) -> None:
        """Follow the system's choice of headphones or loudspeakers."""
        default = self.devices.defaultAudioOutput()
        if self.output.device() != default:
            self.output.setDevice(default)


def load_media() -> Media:
    """Load QtMultimedia; ImportError where a library of it is missing (libpulse on Linux)."""
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

    return Media(QMediaPlayer(), QAudioOutput(), QMediaDevices())
