"""Buttons with an icon that follows the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from stalin_study.ui.theme.appearance import Appearance

GAP = 6  # between icon and text, in pixels at 100 %
_SIDES = {"round": 40, "inline": 26}  # without the frame, at 100 % text
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ICON_ROLE = {
    "filled": "on_primary",
    "good": "good",
    "bad": "bad",
    "warn": "warn",
}


class PushButton(QPushButton):
    """A button of a kind: filled (one a page), outline, ghost, good, warn, bad or choice."""

    def __init__(
        self, appearance: Appearance, text: str, kind: str = "outline", icon: str = ""
    ) -> None:
        super().__init__(text)
        self._appearance = appearance
        self._icon_name = icon
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.look_changed.connect(self._draw_icon)
        self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does; held down, once."""
        if event.key() in _ARROWS:
            event.ignore()  # Qt would move the keyboard: arrows are the page's
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of a double one is not meant for a button that came up under it."""
        event.accept()

    def setText(self, text: str) -> None:
        """Keep the gap between icon and text in step."""
        super().setText(text)
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon_name:
            role = _ICON_ROLE.get(self.property("kind"), "text")
            gap = GAP if self.text() else 0
            self.setIcon(self._appearance.icon(self._icon_name, role, 18, gap))
            look = self._appearance.look
            self.setIconSize(QSize(look.px(18) + look.px(gap), look.px(18)))


class IconButton(QToolButton):
    """A square button that shows only an icon; its name is spoken and shown as a tip.

    `approached` when the pointer or the keyboard comes to it: a moment to make things ready.
    """

    approached = Signal()

    def __init__(
        self,
        appearance: Appearance,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        kind: str = "",
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon_name = icon
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_name(name)
        appearance.look_changed.connect(self._draw_icon)
        self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, as Space does."""
        if event.key() in _ARROWS:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer has come."""
        super().enterEvent(event)
        self.approached.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come."""
        super().focusInEvent(event)
        self.approached.emit()

    def sizeHint(self) -> QSize:
        """A square of 40 px at 100 % text, of 44 px when round, of 30 px within a line."""
        side = self._appearance.look.px(_SIDES.get(self.property("kind"), 36)) + 4
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """The same: icons are not cut off."""
        return self.sizeHint()

    def set_name(self, name: str, tip: str = "") -> None:
        """Say what the button does; `tip` adds the key that does it."""
        self.setAccessibleName(name)
        self.setToolTip(tip or name)

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        if name != self._icon_name:
            self._icon_name = name
            self._draw_icon()

    def _draw_icon(self) -> None:
        role = "on_primary" if self.property("kind") == "round" else "text"
        size = 20
        self.setIcon(self._appearance.icon(self._icon_name, role, size))
        side = self._appearance.look.px(size)
        self.setIconSize(QSize(side, side))
