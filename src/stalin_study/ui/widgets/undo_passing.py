"""Lets Ctrl+Z through a text field that has nothing to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class UndoPassing(QObject):
    """Watches a field: without a change of its own to take back, the key is the window's.

    Qt's fields claim the key whether they can undo or not.
    """

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave the key unclaimed."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_claim and event.matches(QKeySequence.StandardKey.Undo) and not self._can_undo():
            event.ignore()
            return True
        return False

    def _can_undo(self) -> bool:
        field = self._field
        if field.isReadOnly():
            return False
        if isinstance(field, QLineEdit):
            return field.isUndoAvailable()
        return field.document().isUndoAvailable()
