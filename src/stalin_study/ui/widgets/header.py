"""The top of the window: where the pupil is, the pages to go to, and the look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.buttons import IconButton
from stalin_study.ui.widgets.elided_label import PathLabel
from stalin_study.ui.widgets.segments import Segment, SegmentedControl
from stalin_study.ui.widgets.title_label import TitleLabel


class Header(QWidget):
    """Breadcrumb, title, segmented control, look button; a menu button when the sidebar is away."""

    page_chosen = Signal(str)
    sidebar_requested = Signal()
    look_requested = Signal()

    def __init__(self, appearance: Appearance, segments: tuple[Segment, ...]) -> None:
        super().__init__()
        self._menu = IconButton(appearance, "menu", "Topics")
        self._menu.set_name("Topics and cards", "Topics and cards (F9)")
        self._where = PathLabel()
        self._where.setProperty("tone", "muted")
        self._where.setProperty("type", "caption")
        self._title = TitleLabel(appearance)
        self.segments = SegmentedControl(appearance, segments)
        self._look = IconButton(appearance, "a-large-small", "Text size and colours")
        self._look.set_name("Text size and colours", "Text size and colours (Ctrl+,)")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._where)
        words.addWidget(self._title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._menu)
        row.addLayout(words, 1)
        row.addWidget(self.segments)
        row.addWidget(self._look)
        self._menu.clicked.connect(self.sidebar_requested)
        self._look.clicked.connect(self.look_requested)
        self.segments.segment_chosen.connect(self.page_chosen)

    def show_place(self, where: tuple[str, ...], title: str) -> None:
        """Say where the pupil is, the widest place first."""
        self._where.show_path(where)
        self._where.setVisible(bool(where) and not self._menu.isVisibleTo(self))
        self._title.setText(title)
        self._title.setToolTip(title)

    def set_compact(self, *, is_narrow: bool, has_sidebar: bool) -> None:
        """Make room: icons alone when narrow, a menu button when there is no sidebar."""
        self.segments.set_compact(is_narrow)
        self._menu.setVisible(not has_sidebar)
        self._where.setVisible(has_sidebar and bool(self._where.text()))
