"""The media keys of a keyboard or headset, inside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stalin_study.presenters.listening.remote import ReadingRemote

Key = Qt.Key


def media_key_actions(remote: ReadingRemote) -> dict[Qt.Key, Callable[[], None]]:
    """What each media key does. Keyboards with one key for play and pause may send either."""
    return {
        Key.Key_MediaTogglePlayPause: remote.toggle,
        Key.Key_MediaPlay: remote.toggle,
        Key.Key_MediaPause: remote.pause,
        Key.Key_MediaStop: remote.stop,
        Key.Key_MediaNext: remote.go_next,
        Key.Key_MediaPrevious: remote.go_previous,
        Key.Key_AudioForward: remote.next_sentence,
        Key.Key_AudioRewind: remote.previous_sentence,
    }


def add_media_keys(window: QWidget, remote: ReadingRemote) -> None:
    """Have the media keys work wherever in the window the keyboard is."""
    for key, act in media_key_actions(remote).items():
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)


def bring_up(window: QWidget) -> None:
    """Show a window that is minimised or behind others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
