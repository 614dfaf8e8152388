"""A search field of a page: Escape empties it, Down and Enter go to what was found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.sidebar import SearchField


class FindField(SearchField):
    """Says what it looks for."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.setToolTip("")

    def show_purpose(self, words: str) -> None:
        """Say what is looked for, such as "Search people"."""
        self.setPlaceholderText(words)
        self.setAccessibleName(words)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window while there is something to empty."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and event.key() == Qt.Key.Key_Escape and self.text():  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
