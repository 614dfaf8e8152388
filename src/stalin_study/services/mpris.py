"""Shows the reading to a Linux desktop as an MPRIS player, so that media keys reach it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stalin_study.services.now_playing import NowPlaying, Remote, has_jumped

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

    from stalin_study.services.mpris_adaptors import PlayerAdaptor

log = logging.getLogger(__name__)

NAME = "org.mpris.MediaPlayer2.stalin_study"


class MprisPlayer(QObject):
    """On the session bus while there is something to play, and on no bus before.

    QtDBus is loaded when the first reading begins. Without a session bus nothing happens.
    """

    def __init__(
        self,
        remote: Remote,
        raise_window: Callable[[], None],
        connect: Callable[[], QDBusConnection | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._remote = remote
        self._raise_window = raise_window
        self._connect = connect or session_bus
        self._bus: QDBusConnection | None = None
        self._player: PlayerAdaptor | None = None
        self._is_out_of_use = False
        self.name = ""

    def show_now(self, now: NowPlaying) -> None:
        """Tell the desktop what is played now; leave the bus when there is nothing to play."""
        if not now.is_something:
            self._leave()
        elif self._player is None:
            self._join(now)
        else:
            self._tell(self._player, now)

    def close(self) -> None:
        """Leave the bus for good."""
        self._leave()
        self._is_out_of_use = True

    def _join(self, now: NowPlaying) -> None:
        if self._is_out_of_use:
            return
        bus = self._connect()
        if bus is None or not bus.isConnected():
            log.info("No session bus, so media keys work in the window only")
            self._is_out_of_use = True
            return
        from PySide6.QtDBus import QDBusConnection

        from stalin_study.services.mpris_adaptors import PATH, PlayerAdaptor, ProgramAdaptor

        root = QObject(self)
        ProgramAdaptor(root, self._raise_window)
        player = PlayerAdaptor(root, self._remote, now)
        exported = QDBusConnection.RegisterOption.ExportAdaptors
        if not bus.registerObject(PATH, root, exported):
            log.info("The session bus has a player of this program already")
            root.deleteLater()
            self._is_out_of_use = True
            return
        self._bus, self._player = bus, player
        names = (NAME, f"{NAME}.instance{os.getpid()}")
        self.name = next((name for name in names if bus.registerService(name)), "")
        if not self.name:
            log.info("The session bus gives no name: %s", bus.lastError().message())
            self._leave()
            self._is_out_of_use = True

    def _tell(self, player: PlayerAdaptor, now: NowPlaying) -> None:
        from stalin_study.services.mpris_adaptors import properties_changed

        before, player.now = player.now, now
        message = properties_changed(before, now)
        if self._bus is None or not self._bus.isConnected():
            return
        if message is not None:
            self._bus.send(message)
        if has_jumped(before, now):
            player.Seeked.emit(now.position_us)

    def _leave(self) -> None:
        if self._bus is None or self._player is None:
            return
        from stalin_study.services.mpris_adaptors import PATH

        if self._bus.isConnected():
            if self.name:
                self._bus.unregisterService(self.name)
            self._bus.unregisterObject(PATH)
        root = self._player.parent()
        self._bus = self._player = None
        self.name = ""
        if root is not None:
            root.deleteLater()


def session_bus() -> QDBusConnection | None:
    """The bus of the pupil's desktop; None where there is none.

    It is Qt's own connection and never closed: closing one has Qt's D-Bus thread call Python, which
    may be waiting for that thread.
    """
    if not (sys.platform == "linux" and has_session_bus(os.environ)):
        return None
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        log.info("QtDBus cannot be loaded")
        return None
    return QDBusConnection.sessionBus()


def has_session_bus(environ: Mapping[str, str]) -> bool:
    """Whether a session bus is said to run: asked without one, libdbus would start one."""
    if environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = environ.get("XDG_RUNTIME_DIR")
    return bool(folder) and Path(str(folder), "bus").exists()
