"""A sentence about what has happened, which a screen reader speaks when it comes up."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel

_BREAKS = re.compile(r"[/\\_.-](?=\S)|[^\s/\\_.-]{20}")


def breakable(words: str) -> str:
    """Names may have no spaces to break a line at: let it break after their parts, or anywhere."""
    return _BREAKS.sub("\\g<0>\u200b", words)


class SpokenLine(QLabel):
    """Takes no room while there is nothing to say. Tones: muted, good, bad, warn."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence = ""
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence

    def say(self, sentence: str, tone: str = "muted") -> None:
        """Show it; it is spoken only if it is another one than before."""
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            self.style().polish(self)
        if sentence == self._sentence:
            return
        self._sentence = sentence
        self.setText(breakable(sentence))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            spoken = QAccessibleAnnouncementEvent(self, sentence)
            if tone == "bad":
                spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(spoken)
