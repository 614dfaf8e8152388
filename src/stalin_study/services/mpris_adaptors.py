"""The two interfaces of an MPRIS player on D-Bus. Imports QtDBus: load it when it is needed.

https://specifications.freedesktop.org/mpris-spec/latest/ names every word that is sent here, and
so the methods: a slot whose Python name is another calls itself for ever (PySide6 6.11.3).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeVar

from PySide6.QtCore import ClassInfo, Property, QMetaType, QObject, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusArgument, QDBusMessage, QDBusObjectPath

from stalin_study.services.now_playing import NowPlaying, Remote

T = TypeVar("T", bound=QDBusAbstractAdaptor)

PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
TRACKS = "/io/github/stalin_study/tracks/"
SLOWEST, FASTEST = 0.5, 2.0

_LOOP_OF: dict[Literal["off", "track", "playlist"], str] = {
    "off": "None",
    "track": "Track",
    "playlist": "Playlist",
}
_REPEAT_OF = {loop: repeat for repeat, loop in _LOOP_OF.items()}


def _exported_as(interface: str) -> Callable[[type[T]], type[T]]:
    """Gives an adaptor its name on the bus. PySide's stubs do not know ClassInfo as a decorator."""
    named: Callable[[type[T]], type[T]] = ClassInfo(  # type: ignore[call-arg, assignment]
        {"D-Bus Interface": interface}
    )
    return named


@_exported_as("org.mpris.MediaPlayer2")
class ProgramAdaptor(QDBusAbstractAdaptor):
    """The program: its name, and the wish to see its window. Only the pupil closes it."""

    CanQuit = Property(bool, lambda _: False)
    CanRaise = Property(bool, lambda _: True)
    HasTrackList = Property(bool, lambda _: False)
    Identity = Property(str, lambda _: "Stalin Study")
    DesktopEntry = Property(str, lambda _: "stalin-study")
    SupportedUriSchemes = Property("QStringList", lambda _: [])  # type: ignore[arg-type]
    SupportedMimeTypes = Property("QStringList", lambda _: [])  # type: ignore[arg-type]

    def __init__(self, parent: QObject, raise_window: Callable[[], None]) -> None:
        super().__init__(parent)
        self._raise_window = raise_window

    @Slot()
    def Raise(self) -> None:
        """Bring the window up."""
        self._raise_window()

    @Slot()
    def Quit(self) -> None:
        """Nothing: CanQuit is false, and an answer may be half written."""


@_exported_as(PLAYER)
class PlayerAdaptor(QDBusAbstractAdaptor):
    """The player: what it plays, and its buttons."""

    Seeked = Signal("qlonglong")  # type: ignore[arg-type]

    PlaybackStatus = Property(str, lambda self: self.now.status)
    Metadata = Property("QVariantMap", lambda self: metadata(self.now))  # type: ignore[arg-type]
    Position = Property("qlonglong", lambda self: self.now.position_us)  # type: ignore[arg-type]
    CanGoNext = Property(bool, lambda self: self.now.can_go_next)
    CanGoPrevious = Property(bool, lambda self: self.now.can_go_previous)
    CanPlay = Property(bool, lambda self: self.now.is_something)
    CanPause = Property(bool, lambda self: self.now.is_something)
    CanSeek = Property(bool, lambda self: self.now.can_seek)
    CanControl = Property(bool, lambda _: True)
    MinimumRate = Property(float, lambda _: SLOWEST)
    MaximumRate = Property(float, lambda _: FASTEST)
    Rate = Property(
        float, lambda self: self.now.speed, lambda self, speed: self.remote.set_speed(speed)
    )
    Volume = Property(
        float, lambda self: self.now.volume, lambda self, volume: self.remote.set_volume(volume)
    )
    LoopStatus = Property(
        str, lambda self: _LOOP_OF[self.now.repeat], lambda self, loop: self.set_loop(loop)
    )

    def __init__(self, parent: QObject, remote: Remote, now: NowPlaying) -> None:
        super().__init__(parent)
        self.remote = remote
        self.now = now

    def set_loop(self, loop: str) -> None:
        """Repeat as one of MPRIS's three words says; others mean nothing."""
        if loop in _REPEAT_OF:
            self.remote.set_repeat(_REPEAT_OF[loop])

    @Slot()
    def PlayPause(self) -> None:
        """Pause or go on."""
        self.remote.toggle()

    @Slot()
    def Play(self) -> None:
        """Go on."""
        self.remote.play()

    @Slot()
    def Pause(self) -> None:
        """Hold on to the place."""
        self.remote.pause()

    @Slot()
    def Stop(self) -> None:
        """Fall silent."""
        self.remote.stop()

    @Slot()
    def Next(self) -> None:
        """Skip forward."""
        self.remote.go_next()

    @Slot()
    def Previous(self) -> None:
        """Skip back."""
        self.remote.go_previous()

    @Slot("qlonglong")
    def Seek(self, by_us: int) -> None:
        """Go forward or back."""
        self.remote.seek_by(by_us)

    @Slot(QDBusObjectPath, "qlonglong")
    def SetPosition(self, path: QDBusObjectPath, position_us: int) -> None:
        """Go to a place of the track, unless another one has begun meanwhile."""
        if path.path() == track_path(self.now.track):
            self.remote.seek_to(self.now.track, position_us)

    @Slot(str)
    def OpenUri(self, uri: str) -> None:
        """Nothing: no kind of address is supported, and MPRIS wants the method nevertheless."""


def metadata(now: NowPlaying) -> dict[str, object]:
    """What is played, in MPRIS's words."""
    # WORKAROUND PYSIDE-1904: mpris:length should be an int64, but PySide sends a Python int below
    # 2**31 (35 minutes) as an int32 wherever D-Bus takes any type.
    found: dict[str, object] = {
        "mpris:trackid": QDBusObjectPath(track_path(now.track)),
        "mpris:length": now.length_us,
        "xesam:title": now.title,
    }
    if now.album:
        found["xesam:album"] = now.album
    return found


def track_path(track: str) -> str:
    """A track as a D-Bus object path; different tracks have different paths."""
    if not track:
        return NO_TRACK
    encoded = track.encode()
    return TRACKS + "".join(
        chr(byte) if re.match(rb"[A-Za-z0-9]", bytes([byte])) else f"_{byte:02x}"
        for byte in encoded
    )


def shown(now: NowPlaying) -> dict[str, object]:
    """The properties whose changes are told to the bus; the position is not one of them."""
    return {
        "PlaybackStatus": now.status,
        "Metadata": metadata(now),
        "CanGoNext": now.can_go_next,
        "CanGoPrevious": now.can_go_previous,
        "CanPlay": now.is_something,
        "CanPause": now.is_something,
        "CanSeek": now.can_seek,
        "Rate": now.speed,
        "Volume": now.volume,
        "LoopStatus": _LOOP_OF[now.repeat],
    }


def properties_changed(before: NowPlaying, now: NowPlaying) -> QDBusMessage | None:
    """The signal that tells what is different; None when nothing is."""
    old = shown(before)
    changed = {name: value for name, value in shown(now).items() if value != old[name]}
    if not changed:
        return None
    # An empty Python list would be sent as a list of anything.
    invalidated = QDBusArgument()
    invalidated.beginArray(QMetaType(QMetaType.Type.QString))
    invalidated.endArray()
    message = QDBusMessage.createSignal(PATH, PROPERTIES, "PropertiesChanged")
    message.setArguments([PLAYER, changed, invalidated])
    return message
