"""Bringing the window that is open to the front, when the program is started once more."""

from __future__ import annotations

import getpass
import hashlib
import logging
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)
PATIENCE_MS = 10_000
_ASKED, _ANSWER = b"show ", b"ok\n"
MOST_BYTES = 1024
# With it, the desktop lets a window come up that is not in front (Wayland's xdg-activation).
TOKEN = "XDG_ACTIVATION_TOKEN"
_IS_ABSTRACT = sys.platform.startswith("linux")


def socket_name(folder: Path) -> str:
    """The name of the local socket of a data folder and user."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    try:
        place = folder.resolve()
    except (OSError, RuntimeError):  # a link to itself
        place = folder.absolute()
    known = f"{user}\0{place}".encode("utf-8", "surrogateescape")
    return f"stalin-study-{hashlib.sha256(known).hexdigest()[:16]}"


class OpenWindow(QObject):
    """Listens for later starts; `show_requested` when there was one. It must hold the claim."""

    show_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = socket_name(folder)
        self._server = QLocalServer(self)
        self._sockets: list[QLocalSocket] = []
        if _IS_ABSTRACT:
            # The kernel removes it with the process: nothing can be left behind.
            self._server.setSocketOptions(QLocalServer.SocketOption.AbstractNamespaceOption)
        else:
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            QLocalServer.removeServer(name)
        self._server.newConnection.connect(self._answer_all)
        if not self._server.listen(name):
            log.warning("Later starts are not heard: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()
        for socket in tuple(self._sockets):
            self._forget(socket)

    def _answer_all(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._sockets.append(socket)
            socket.setReadBufferSize(MOST_BYTES)
            socket.readyRead.connect(partial(self._answer, socket))
            socket.disconnected.connect(partial(self._forget, socket))
            self._answer(socket)

    def _answer(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        line = bytes(socket.readLine().data())
        if line.startswith(_ASKED):
            token = line.removeprefix(_ASKED).decode("utf-8", "replace").strip("\n\0")
            if token:
                os.environ[TOKEN] = token
            self.show_requested.emit()
            socket.write(_ANSWER)
            socket.flush()

    def _forget(self, socket: QLocalSocket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
            socket.deleteLater()


def bring_to_front(folder: Path, patience_ms: int = PATIENCE_MS) -> bool:
    """Ask the window of that folder to come up; False if it does not answer in time."""
    _let_it_come_up()
    asked = _ASKED + os.environ.get(TOKEN, "").encode()[: MOST_BYTES // 2] + b"\n"
    deadline = QDeadlineTimer(patience_ms)
    while True:
        socket = QLocalSocket()
        if _IS_ABSTRACT:
            socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
        socket.connectToServer(socket_name(folder))
        if socket.waitForConnected(max(1, deadline.remainingTime())):
            socket.write(asked)
            socket.flush()
            if socket.waitForReadyRead(max(1, deadline.remainingTime())):
                return bytes(socket.readAll().data()) == _ANSWER
        if deadline.hasExpired():
            return False
        # The other one may hold the claim, and not listen yet: it is starting.
        QThread.msleep(50)


def _let_it_come_up() -> None:
    """Windows lets only the program come to the front that the user has just started."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
