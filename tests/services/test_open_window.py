"""A later start brings the open window to the front."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalSocket

from stalin_study.services.open_window import TOKEN, OpenWindow, bring_to_front, socket_name

ASK = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from stalin_study.services.open_window import bring_to_front
application = QCoreApplication([])
print(bring_to_front(Path(sys.argv[1]), int(sys.argv[2])))
"""
LISTEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from stalin_study.services.open_window import OpenWindow
application = QCoreApplication([])
window = OpenWindow(Path(sys.argv[1]))
print("listens", flush=True)
application.exec()
"""


def started(code: str, *arguments: object, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **more},
    )


def connected_to(folder) -> QLocalSocket:
    """A socket of some program that is not ours."""
    socket = QLocalSocket()
    if sys.platform.startswith("linux"):
        socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
    socket.connectToServer(socket_name(folder))
    assert socket.waitForConnected(5000)
    return socket


@pytest.fixture
def window(tmp_path, qapp):
    """Listens for later starts."""
    made = OpenWindow(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("token", ["", "kwin-12 ünïcode"])
def test_a_later_start_brings_the_window_to_the_front(tmp_path, qtbot, window, token, monkeypatch):
    monkeypatch.setenv(TOKEN, "")
    with qtbot.waitSignal(window.show_requested):
        later = started(ASK, tmp_path, 5000, **{TOKEN: token})
    assert os.environ[TOKEN] == token
    qtbot.waitUntil(lambda: later.poll() is not None)
    assert later.communicate()[0] == "True\n"


def test_two_later_starts_are_both_answered(tmp_path, qtbot, window):
    later = [started(ASK, tmp_path, 5000) for _ in range(2)]
    qtbot.waitUntil(lambda: all(start.poll() is not None for start in later))
    assert [start.communicate()[0] for start in later] == ["True\n", "True\n"]


def test_a_start_that_comes_before_the_window_listens_waits_for_it(tmp_path, qtbot):
    later = started(ASK, tmp_path, 10_000)
    window = OpenWindow(tmp_path)
    with qtbot.waitSignal(window.show_requested):
        pass
    qtbot.waitUntil(lambda: later.poll() is not None)
    assert later.communicate()[0] == "True\n"
    window.close()


def test_nobody_answers(tmp_path, qapp):
    assert not bring_to_front(tmp_path, patience_ms=1)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_window_that_hangs_does_not_answer(tmp_path, qapp):
    hung = started(LISTEN, tmp_path)
    assert hung.stdout is not None
    assert hung.stdout.readline() == "listens\n"
    hung.send_signal(signal.SIGSTOP)
    assert not bring_to_front(tmp_path, patience_ms=200)
    hung.kill()
    hung.communicate()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_killed_window_leaves_no_socket_in_the_way(tmp_path, qtbot):
    killed = started(LISTEN, tmp_path)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "listens\n"
    killed.kill()
    killed.communicate()
    window = OpenWindow(tmp_path)  # it would log a warning
    connected_to(tmp_path).abort()
    window.close()


def test_what_another_program_says_is_not_heeded(tmp_path, qapp, window):
    asked: list[bool] = []
    window.show_requested.connect(lambda: asked.append(True))
    stranger = connected_to(tmp_path)
    stranger.write(b"hide\nshow\n" + b"x" * 10_000)
    stranger.flush()
    assert not stranger.waitForReadyRead(1)
    for _ in range(5):
        QCoreApplication.processEvents()
    assert asked == []
    stranger.abort()
    for _ in range(5):
        QCoreApplication.processEvents()


def test_folders_have_sockets_of_their_own(tmp_path):
    assert socket_name(tmp_path / "a") != socket_name(tmp_path / "b")
    assert socket_name(tmp_path / "a") == socket_name(tmp_path / "c" / ".." / "a")
