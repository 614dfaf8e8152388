"""The system asks the program to end: at log-off, at shutdown, or from a terminal."""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# Not every system has each of them. Windows sends the last one as well when a console closes.
_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


class EndRequests(QObject):
    """`asked` when the program is to end; from now until `close`, no such signal ends it by itself.

    A signal may come at any moment, so that nothing is done in its handler: Python writes its
    number into a socket, which the event loop reads.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._earlier_socket = signal.set_wakeup_fd(
            self._writing.fileno(), warn_on_full_buffer=False
        )
        numbers = (getattr(signal, name, None) for name in _NAMES)
        # What is ignored stays so: nohup, and a shell for what runs in its background.
        self._earlier = {
            number: signal.signal(number, _wait_for_the_event_loop)
            for number in numbers
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None)
        }
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Let signals do what they did before."""
        self._notifier.setEnabled(False)
        for number, handler in self._earlier.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._earlier_socket)
        self._reading.close()
        self._writing.close()

    def _read(self, *_: object) -> None:
        if not self._earlier.keys().isdisjoint(self._reading.recv(4096)):
            self.asked.emit()


def _wait_for_the_event_loop(_: int, __: FrameType | None) -> None:
    """Only so that the signal does not end the program."""
