"""A column of widgets that scrolls when it is higher than its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollColumn(QScrollArea):
    """Scrolls up and down only; Tab goes to what is in it, not to the column."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class PartColumn(ScrollColumn):
    """A column that stands in another one: `set_whole(True)` leaves all scrolling to that one."""

    def __init__(self, inner: QWidget) -> None:
        self.is_whole = False
        super().__init__(inner)

    def set_whole(self, is_whole: bool) -> None:
        """Be as high as what is in it, or scroll."""
        if is_whole != self.is_whole:
            self.is_whole = is_whole
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOff if is_whole else policy.ScrollBarAsNeeded
            )
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it may want another height."""
        if event.type() == QEvent.Type.LayoutRequest and self.is_whole:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        layout = self.widget().layout() if self.is_whole else None
        if layout is None:
            self.setMinimumHeight(0)
        elif layout.hasHeightForWidth():
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        else:
            self.setMinimumHeight(layout.totalSizeHint().height())
