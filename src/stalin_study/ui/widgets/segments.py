"""A segmented control: the pages to go to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.theme.look import BODY
from stalin_study.ui.widgets.buttons import GAP


@dataclass(frozen=True, slots=True)
class Segment:
    """One page to choose."""

    name: str
    title: str
    icon: str


class SegmentedControl(QFrame):
    """One of several, all in view; in a narrow window the titles give way to their icons."""

    segment_chosen = Signal(str)

    def __init__(self, appearance: Appearance, segments: tuple[Segment, ...]) -> None:
        super().__init__()
        self.setObjectName("segments")
        self._appearance = appearance
        self._segments = segments
        self._is_compact = False
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(4)
        for number, segment in enumerate(segments, 1):
            button = QRadioButton(segment.title)
            button.setAccessibleName(segment.title)
            button.setToolTip(f"{segment.title} (Ctrl+{number})")
            button.clicked.connect(lambda _, name=segment.name: self.segment_chosen.emit(name))
            self._group.addButton(button)
            self._buttons[segment.name] = button
            row.addWidget(button)
        self._group.buttonToggled.connect(lambda *_: self._draw())
        appearance.look_changed.connect(self._draw)
        self._draw()

    def show_current(self, name: str) -> None:
        """Mark the segment that is open, without choosing it."""
        self._buttons[name].setChecked(True)

    def set_compact(self, is_compact: bool) -> None:
        """Show icons alone, or icons and titles."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            for button in self._buttons.values():
                button.setProperty("narrow", is_compact)
                button.style().unpolish(button)
                button.style().polish(button)
            self._draw()

    @property
    def full_width(self) -> int:
        """How wide it is with all its titles."""
        look = self._appearance.look
        metrics = QFontMetrics(look.font(BODY, 600))
        titles = sum(metrics.horizontalAdvance(segment.title) for segment in self._segments)
        # Icon, gap and margins of each, as style.qss has them.
        around = look.px(20 + GAP) + 2 * look.space(12) + 8
        return titles + around * len(self._segments)

    def _draw(self) -> None:
        side = self._appearance.look.px(20)
        for segment in self._segments:
            button = self._buttons[segment.name]
            button.setText("" if self._is_compact else segment.title)
            role = "on_primary_soft" if button.isChecked() else "muted"
            gap = 0 if self._is_compact else GAP
            button.setIcon(self._appearance.icon(segment.icon, role, 20, gap))
            button.setIconSize(QSize(side + self._appearance.look.px(gap), side))
