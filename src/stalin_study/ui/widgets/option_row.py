"""A row of options of which one holds, each with its whole name in view."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

T = TypeVar("T", bound=Hashable)

_LINE = 2  # pixels that the thicker frame of the option that holds takes from its words
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class OptionRow(QWidget, Generic[T]):
    """Radio buttons in a grid of `columns`; `option_chosen(value)` when the pupil picks one.

    Tab comes to the one that holds, and the arrow keys choose the next or the one before. One that
    wraps takes fewer columns where so many have no room.
    """

    option_chosen = Signal(object)

    def __init__(self, options: dict[T, str], columns: int = 0, *, wraps: bool = False) -> None:
        super().__init__()
        self._wraps = wraps
        self._most = self._columns = 0
        self._group = QButtonGroup(self)
        self._buttons: dict[T, QRadioButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for value, title in options.items():
            button = _Option(title)
            button.step_requested.connect(self._step)
            button.setProperty("kind", "option")
            button.clicked.connect(lambda _, v=value: self.option_chosen.emit(v))
            self._group.addButton(button)
            self._buttons[value] = button
        self.set_columns(columns or len(options))

    def show_option(self, value: T) -> None:
        """Mark the option that holds, without choosing it."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)
            self._set_stop()

    def set_columns(self, columns: int) -> None:
        """Set the options out in rows of so many, or of fewer if it wraps."""
        self._most = columns
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One that wraps can be as narrow as its widest option."""
        least = super().minimumSizeHint()
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        return QSize(widest, least.height()) if self._wraps else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more columns, or for fewer."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """The letters may have another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        columns = min(self._most, self.columns_for(self.width())) if self._wraps else self._most
        if columns != self._columns:
            self._columns = columns
            for number, button in enumerate(self._buttons.values()):
                self._grid.addWidget(button, number // columns, number % columns)

    def columns_for(self, width: int) -> int:
        """How many columns, at most, stand side by side in a width with every name whole."""
        widths = [button.sizeHint().width() for button in self._buttons.values()]
        gap = self._grid.horizontalSpacing()
        for columns in range(len(widths), 1, -1):
            widest = (max(widths[place::columns]) for place in range(columns))
            if sum(widest) + gap * (columns - 1) <= width:
                return columns
        return 1

    def rename(self, titles: dict[T, str]) -> None:
        """Change the words of options."""
        for value, title in titles.items():
            self._buttons[value].setText(title)

    def enable(self, value: T, *, is_enabled: bool) -> None:
        """Offer an option or grey it out."""
        self._buttons[value].setEnabled(is_enabled)
        self._set_stop()

    def _step(self, step: int) -> None:
        """Choose the option so many places on, past those that are greyed out."""
        buttons = [button for button in self._buttons.values() if button.isEnabled()]
        at = next((n for n, button in enumerate(buttons) if button.hasFocus()), None)
        if at is not None and len(buttons) > 1:
            button = buttons[(at + step) % len(buttons)]
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()

    def focus(self) -> None:
        """Put the keyboard on the option that holds."""
        self._stop.setFocus()

    @property
    def _stop(self) -> QRadioButton:
        """Where Tab stops: the option that holds, or the first where that is greyed out."""
        buttons = [button for button in self._buttons.values() if button.isEnabled()]
        held = [button for button in buttons if button.isChecked()]
        return [*held, *buttons, *self._buttons.values()][0]

    def _set_stop(self) -> None:
        stop = self._stop
        for button in self._buttons.values():
            is_stop = button is stop
            policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


class _Option(QRadioButton):
    """An option that leaves the arrow keys to its row: Qt's own walk goes by looks, and stops."""

    step_requested = Signal(int)

    def sizeHint(self) -> QSize:
        """Room for the bold letters that the style sheet gives to the option that holds."""
        self.ensurePolished()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        held = QFontMetrics(bold).horizontalAdvance(self.text())
        more = held - self.fontMetrics().horizontalAdvance(self.text())
        hint = super().sizeHint()
        return QSize(hint.width() + max(0, more) + _LINE, hint.height())

    def minimumSizeHint(self) -> QSize:
        """The same: nothing is cut off."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on or back."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.step_requested.emit(step)
