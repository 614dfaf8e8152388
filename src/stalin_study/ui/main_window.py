"""The window: sidebar, header, pages and listening bar. It only navigates and makes room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from stalin_study.ui.pages.page import Page
from stalin_study.ui.theme.appearance import Appearance
from stalin_study.ui.widgets.banner import Banner
from stalin_study.ui.widgets.buttons import IconButton, PushButton
from stalin_study.ui.widgets.header import Header
from stalin_study.ui.widgets.listening_bar import ListeningBar
from stalin_study.ui.widgets.segments import Segment
from stalin_study.ui.widgets.sidebar import Sidebar

PAGES = (
    Segment("today", "Today", "calendar-check"),
    Segment("cards", "Cards", "layers"),
    Segment("self_test", "Self-test", "clipboard-check"),
    Segment("listen", "Listen", "headphones"),
    Segment("progress", "Progress", "chart-column"),
    Segment("explore", "Explore", "compass"),
)
# Below these sizes, in pixels at 100 % text, parts give way.
SIDEBAR_WIDTH, LOW_HEIGHT = 940, 560
# What the page's title, its margins and the look button need beside the segments.
LEAST_TITLE = 288
FRAME = (8, 40)  # what a window system adds around a window, at most, in pixels


class MainWindow(QMainWindow):
    """Holds the pages by name; `page_shown(name)` when one comes into view."""

    page_shown = Signal(str)
    first_painted = Signal()
    closing = Signal()
    settings_requested = Signal()
    help_requested = Signal()
    stop_reading_requested = Signal()
    toggle_reading_requested = Signal()
    undo_requested = Signal()

    def __init__(self, appearance: Appearance, pages: dict[str, Page]) -> None:
        super().__init__()
        self._appearance = appearance
        self.pages = pages
        self.may_close: Callable[[], bool] = lambda: True
        self._makers: dict[str, Callable[[], Page]] = {}
        self._is_painted = False
        self.sidebar = Sidebar(appearance)
        self.header = Header(appearance, PAGES)
        self.banner = Banner(appearance)
        self.listening_bar = ListeningBar(appearance)
        self.listening_bar.hide()
        self.setWindowTitle("Stalin Study")
        self._stack = QStackedWidget()
        for page in pages.values():
            self._stack.addWidget(page)
        self._lay_out()
        self._add_keys()
        self.header.page_chosen.connect(self.show_page)
        self.header.sidebar_requested.connect(self.toggle_sidebar)
        self.header.look_requested.connect(self.settings_requested)
        self.sidebar.settings_requested.connect(self.settings_requested)
        self.sidebar.about_requested.connect(self.help_requested)
        self.sidebar.card_chosen.connect(self._card_chosen)
        self.listening_bar.toggle_requested.connect(self.toggle_reading_requested)
        self.listening_bar.stop_requested.connect(self.stop_reading_requested)
        self.listening_bar.keyboard_left.connect(lambda: self.pages[self.page].focus_start())
        appearance.look_changed.connect(self._make_room)
        self.setMinimumSize(640, 480)
        self.fit_to(self.screen().availableSize())

    @property
    def page(self) -> str:
        """Name of the page in view; empty until there is one."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is shown), "")

    @property
    def is_painted(self) -> bool:
        """Whether it has been painted."""
        return self._is_painted

    def fit_to(self, room: QSize) -> None:
        """Be as large as is usual, or as a screen with that much room lets a framed window be."""
        self.resize(QSize(1280, 800).boundedTo(room - QSize(*FRAME)))

    def show_problem(self, page: Page) -> None:
        """Show this page alone: there is nothing to search, and nowhere else to go."""
        self.pages |= {segment.name: page for segment in PAGES}
        self._stack.addWidget(page)
        self.sidebar.show_no_cards()
        self.header.segments.hide()

    def add_page(self, name: str, page: Page) -> None:
        """Add a page that is made already."""
        self.pages[name] = page
        self._stack.addWidget(page)

    def add_page_later(self, name: str, make: Callable[[], Page]) -> None:
        """Have a page made when it is first shown."""
        self._makers[name] = make

    def show_page(self, name: str) -> None:
        """Bring a page into view and the keyboard to it."""
        if name not in self.pages:
            self.pages[name] = self._makers.pop(name)()
            self._stack.addWidget(self.pages[name])
        page = self.pages[name]
        self._stack.setCurrentWidget(page)
        is_welcome = name == "welcome"
        self.header.setVisible(not is_welcome)
        if not is_welcome:
            self.header.segments.show_current(name)
        self._make_room()
        self.page_shown.emit(name)
        page.focus_start()

    def toggle_sidebar(self) -> None:
        """In a narrow window: bring the sidebar over the page, or put it away."""
        if self._has_sidebar_room():
            self.sidebar.search.setFocus()
        elif self.sidebar.isVisible():
            self._close_drawer()
        else:
            self._open_drawer()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for the first paint."""
        super().showEvent(event)
        if not self._is_painted:
            self.centralWidget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell once when the window has been painted."""
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            self.centralWidget().removeEventFilter(self)
            QTimer.singleShot(0, self, self.first_painted.emit)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let parts give way before text is cut off."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the listening bar has no use for, and arrows on a button, are meant for the page."""
        focus = QApplication.focusWidget()
        page = self.pages[self.page]
        is_button = isinstance(focus, PushButton | IconButton) and not page.isAncestorOf(focus)
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        is_in_bar = focus is not None and self.listening_bar.isAncestorOf(focus)
        if is_in_bar or (is_button and is_sideways):
            page.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell those who have work to finish, unless something has to be seen to first."""
        if self.may_close():
            self.closing.emit()
            super().closeEvent(event)
        else:
            event.ignore()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.header)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        right.addWidget(self.listening_bar)
        self._right = right
        self._central = QWidget()
        row = QHBoxLayout(self._central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self._row = row
        self.setCentralWidget(self._central)

    def _add_keys(self) -> None:
        keys = {
            "Ctrl+F": self._search,
            "F9": self.toggle_sidebar,
            "F1": self.help_requested.emit,
            "Ctrl+,": self.settings_requested.emit,
            "Ctrl+P": self.toggle_reading_requested.emit,
            "Ctrl+Z": self.undo_requested.emit,
            "Escape": self._escape,
        }
        keys |= {
            f"Ctrl+{number}": lambda name=segment.name: self._go(name)
            for number, segment in enumerate(PAGES, 1)
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _go(self, name: str) -> None:
        if self.page != "welcome":
            self.show_page(name)

    def _search(self) -> None:
        if self.page == "welcome":
            return
        if not self._has_sidebar_room():
            self._open_drawer()
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    def _escape(self) -> None:
        search = self.sidebar.search
        if search.hasFocus() and search.text():
            search.clear()
        elif not self._has_sidebar_room() and self.sidebar.isVisible():
            self._close_drawer()
        else:
            self.stop_reading_requested.emit()

    def _card_chosen(self) -> None:
        if self.page != "cards":
            self.show_page("cards")
        if not self._has_sidebar_room():
            self._close_drawer()

    def _has_sidebar_room(self) -> bool:
        return self.width() >= self._appearance.look.px(SIDEBAR_WIDTH)

    def _open_drawer(self) -> None:
        self._row.removeWidget(self.sidebar)
        self.sidebar.setParent(self._central)
        self.sidebar.setGeometry(0, 0, self.sidebar.maximumWidth(), self._central.height())
        self.sidebar.show()
        self.sidebar.raise_()
        self.sidebar.search.setFocus()

    def _close_drawer(self) -> None:
        self.sidebar.hide()
        self.pages[self.page].focus_start()

    def _make_room(self) -> None:
        look = self._appearance.look
        has_room, is_welcome = self._has_sidebar_room(), self.page == "welcome"
        is_low = self.height() < look.px(LOW_HEIGHT)
        if has_room and self._row.indexOf(self.sidebar) < 0:
            self._row.insertWidget(0, self.sidebar)
        self.sidebar.setVisible(has_room and not is_welcome)
        beside = self.sidebar.maximumWidth() if has_room else 0
        needed = self.header.segments.full_width + look.px(LEAST_TITLE)
        is_narrow = self.width() - beside < needed
        self.header.set_compact(is_narrow=is_narrow, has_sidebar=has_room)
        self.listening_bar.set_compact(not has_room)
        for page in self.pages.values():
            page.set_compact(not has_room or is_low)
        edge = look.space(12 if is_low or not has_room else 20)
        self._right.setContentsMargins(edge, edge // 2 if is_low else edge, edge, edge // 2)
        self._right.setSpacing(look.space(4 if is_low else 8))
