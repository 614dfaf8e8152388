"""A page that is scrolled with the wheel changes nothing that passes below the pointer."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar

from self_test_kinds import to_choosing
from stalin_study.ui.widgets.number_field import NumberField


def wheel(widget, by=-120):
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def to_settings(study):
    study.app.dialogs.open_settings()
    return study.app.dialogs.dialog


def to_export(study):
    study.app.dialogs.open_export(study.app.listen.export, "deck")
    return study.app.dialogs.dialog


def to_listen(study):
    study.window.show_page("listen")
    study.app.listen.listen.play_track(2)
    return study.window


def to_self_test(study):
    to_choosing(study)
    return study.window


def value_of(widget):
    return widget.currentIndex() if isinstance(widget, QComboBox) else widget.value()


@pytest.mark.parametrize("to_place", [to_settings, to_export, to_listen, to_self_test])
def test_the_wheel_changes_nothing_and_takes_no_keyboard(study, to_place):
    place = to_place(study)
    QApplication.processEvents()
    kinds = (QAbstractSpinBox, QComboBox, QAbstractSlider)
    found = [
        one
        for kind in kinds
        for one in place.findChildren(kind)
        if not isinstance(one, QScrollBar) and not one.objectName().startswith("qt_")
    ]
    assert found
    for one in found:
        one.clearFocus()
        before = value_of(one)
        for by in (-120, 120):
            assert not wheel(one, by)
            assert value_of(one) == before
        policy = one.focusPolicy()
        assert policy & Qt.FocusPolicy.WheelFocus != Qt.FocusPolicy.WheelFocus


def test_the_minutes_follow_the_wheel_while_the_keyboard_is_there(study):
    [minutes] = to_settings(study).findChildren(NumberField)
    before = minutes.value()
    QApplication.processEvents()
    minutes.setFocus()
    assert wheel(minutes, 120)
    assert minutes.value() == before + 5
