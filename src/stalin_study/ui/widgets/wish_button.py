"""A button whose wish changes with what goes on: Play, Pause, Go on, Hear the answer."""

from __future__ import annotations

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import PushButton


class WishButton(PushButton):
    """The filled button of a page; words, icon, spoken name and key change together."""

    def __init__(self, appearance: Appearance, words: str, icon: str, key: str = "Space") -> None:
        super().__init__(appearance, words, "filled", icon)
        self._key = key

    def show_wish(self, words: str, icon: str, name: str = "") -> None:
        """Show what a press does now; `name` says it in full where the words are short."""
        name = name or words
        if (words, icon, name) != (self.text(), self._icon_name, self.accessibleName()):
            self._icon_name = icon
            self.setText(words)
            self.setAccessibleName(name)
            self.setToolTip(f"{name} ({self._key})")
