"""What a screen reader and a keyboard find in a window, and what is cut off in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QWidget,
)

from stalin_study.ui.widgets.scroll_column import ScrollColumn

_ROLE = QAccessible.Role
NEED_NAMES = {
    _ROLE.PushButton,
    _ROLE.CheckBox,
    _ROLE.RadioButton,
    _ROLE.ComboBox,
    _ROLE.EditableText,
    _ROLE.SpinBox,
    _ROLE.Slider,
    _ROLE.Tree,
    _ROLE.TreeItem,
    _ROLE.List,
    _ROLE.ProgressBar,
    _ROLE.ButtonMenu,
    _ROLE.ButtonDropDown,
}


def unnamed(window: QWidget) -> list[str]:
    """Controls in view that a screen reader has no word for."""
    found = []
    for thing in _walk(QAccessible.queryAccessibleInterface(window)):
        state = thing.state()
        if state.invisible:
            continue
        wants = thing.role() in NEED_NAMES or state.focusable
        if wants and not thing.text(QAccessible.Text.Name).strip() and not _has_label(thing):
            widget = thing.object()
            found.append(f"{thing.role().name} {type(widget).__name__}")
    return found


def unreached(window: QWidget) -> list[str]:
    """Widgets in view that Tab should reach and does not. Radio groups count as one stop."""
    wanted = {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is window
    }
    reached: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 10):
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
            reached |= set(_group_of(focused))
        QTest.keyClick(focused or window, Qt.Key.Key_Tab)
    return sorted(
        f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}"
        for widget in wanted - reached
        if not _is_inner(widget)
    )


def cut_off(window: QWidget) -> list[str]:
    """Labels and buttons that are smaller than their text, or stand outside the window."""
    found = []
    for widget in window.findChildren(QWidget):
        is_text = isinstance(widget, QAbstractButton | QLabel | QComboBox)
        if not widget.isVisible() or widget.window() is not window or not is_text:
            continue
        if _is_inner(widget):
            continue
        name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        told = f"{type(widget).__name__} “{name[:40]}”"
        least = widget.minimumSizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.height() + 2 < widget.heightForWidth(widget.width()):
                found.append(f"{told}: {widget.height()} px high")
        elif widget.width() + 1 < least.width() or widget.height() + 3 < least.height():
            found.append(f"{told}: {widget.size().toTuple()} for {least.toTuple()}")
        if over := _over_the_column(widget):
            found.append(f"{told}: {over} px beyond its column")
        if not _is_scrolled(widget):
            place = widget.mapTo(window, QPoint(0, 0))
            inside = window.rect().adjusted(-1, -1, 1, 1)
            if not inside.contains(widget.rect().translated(place)):
                found.append(f"{told}: outside the window at {place.toTuple()}")
    return found


def _walk(thing: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if thing is None or not thing.isValid():
        return
    yield thing
    for place in range(thing.childCount()):
        yield from _walk(thing.child(place))


def _has_label(thing: QAccessibleInterface) -> bool:
    return any(relation & QAccessible.RelationFlag.Label for _, relation in thing.relations())


def _group_of(widget: QWidget) -> list[QWidget]:
    is_button = isinstance(widget, QAbstractButton) and widget.group() is not None
    return list(widget.group().buttons()) if is_button else []


def _is_inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside its own controls."""
    name = widget.objectName()
    return name.startswith("qt_") or type(widget).__name__ in ("QLineEditIconButton",)


def _over_the_column(widget: QWidget) -> int:
    """How far a widget stands out of a column that scrolls up and down only."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, ScrollColumn):
        parent = parent.parentWidget()
    if parent is None or not parent.isAncestorOf(widget):
        return 0
    room = parent.viewport()
    right = widget.mapTo(parent, QPoint(widget.width(), 0)).x() - room.x()
    return max(0, right - room.width() - 1)


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea | QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False
