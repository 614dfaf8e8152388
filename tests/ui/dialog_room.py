"""A window to open dialogs over, and what they send."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QScrollArea, QWidget

from stalin_study.services.settings import Settings
from stalin_study.services.themes import ThemeShelf
from stalin_study.ui.theme.appearance import Appearance

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class DialogRoom:
    """A window of a size; the dialog over it; the signals that it sent, in order."""

    def __init__(self, percent: int = 100, width: int = 1024, height: int = 600, **look) -> None:
        self.appearance = Appearance(
            QApplication.instance(),
            RESOURCES,
            ThemeShelf(RESOURCES / "themes").take,
            Settings(text_percent=percent, **look),
            lambda: False,
        )
        self.window = QWidget()
        self.window.resize(width, height)
        self.window.show()
        self.sent: list[tuple] = []
        self.dialog: QDialog | None = None

    def open(self, make: Callable[[], QDialog], signals: tuple[str, ...] = ()) -> QDialog:
        """Open what `make` makes, and note its signals by their names."""
        self.dialog = make()
        for name in signals:
            getattr(self.dialog, name).connect(
                lambda *told, name=name: self.sent.append((name, *told))
            )
        self.dialog.open()
        settle()
        return self.dialog

    def show(self, state) -> None:
        """Have the dialog show a state."""
        self.dialog.render_state(state)
        settle()

    def button(self, text: str, place: int = 0) -> QAbstractButton:
        """A button in view, by its words or its spoken name."""
        found = [
            one
            for one in self.dialog.findChildren(QAbstractButton)
            if one.isVisible() and text in (one.text(), one.accessibleName())
        ]
        return found[place]

    def buttons(self) -> list[str]:
        """The words of all buttons in view."""
        buttons = self.dialog.findChildren(QAbstractButton)
        return [one.text() for one in buttons if one.isVisible() and one.text()]

    def words(self) -> str:
        """All words in view."""
        return " / ".join(plain(label) for label in self.labels())

    def labels(self) -> list[QLabel]:
        """All labels in view that say something."""
        labels = self.dialog.findChildren(QLabel)
        return [label for label in labels if label.isVisible() and label.text()]

    def close(self) -> None:
        """Put all away."""
        if self.dialog is not None:
            self.dialog.reject()
            self.dialog.deleteLater()
        self.window.close()
        self.window.deleteLater()
        self.appearance.deleteLater()


def plain(label: QLabel) -> str:
    """What a label says, without the places where a long name may break."""
    return label.text().replace("\u200b", "")


def wider_than_its_column(dialog: QDialog) -> list[str]:
    """What a column that scrolls up and down only cuts off at its right end."""
    return [
        f"{type(widget).__name__} “{getattr(widget, 'text', str)()}”"
        for area in dialog.findChildren(QScrollArea)
        for widget in area.widget().findChildren(QWidget)
        if widget.isVisible()
        and widget.mapTo(area.viewport(), widget.rect().bottomRight()).x() > area.viewport().width()
    ]


def settle() -> None:
    """Let Qt lay out and paint."""
    for _ in range(5):
        QApplication.processEvents()
