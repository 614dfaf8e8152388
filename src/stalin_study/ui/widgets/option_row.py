"""A row of options of which one holds, each with its whole name in view."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

T = TypeVar("T", bound=Hashable)


class OptionRow(QWidget, Generic[T]):
    """Radio buttons in a grid of `columns`; `option_chosen(value)` when the pupil picks one."""

    option_chosen = Signal(object)

    def __init__(self, options: dict[T, str], columns: int = 0) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons: dict[T, QRadioButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for value, title in options.items():
            button = QRadioButton(title)
            button.setProperty("kind", "option")
            button.clicked.connect(lambda _, v=value: self.option_chosen.emit(v))
            self._group.addButton(button)
            self._buttons[value] = button
        self.set_columns(columns or len(options))

    def show_option(self, value: T) -> None:
        """Mark the option that holds, without choosing it."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)

    def set_columns(self, columns: int) -> None:
        """Set the options out in rows of so many."""
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, number // columns, number % columns)

    def rename(self, titles: dict[T, str]) -> None:
        """Change the words of options."""
        for value, title in titles.items():
            self._buttons[value].setText(title)

    def enable(self, value: T, *, is_enabled: bool) -> None:
        """Offer an option or grey it out."""
        self._buttons[value].setEnabled(is_enabled)

    def focus(self) -> None:
        """Put the keyboard on the option that holds."""
        button = self._group.checkedButton() or self._group.buttons()[0]
        button.setFocus()
