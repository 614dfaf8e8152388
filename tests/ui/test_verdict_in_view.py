"""Once an answer is marked, the page scrolls to the verdict and cuts through nothing at the top."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from self_test_kinds import answer, begin, wrong_answer
from stalin_study.domain.self_test.choosing import How

HOWS = [How.MULTIPLE_CHOICE, How.TRUE_FALSE, How.TYPED, How.ORDER, How.MATCH, How.SPEED]


def settle():
    for _ in range(8):
        QApplication.processEvents()


def cut_at_the_top(area):
    inner, top = area.widget(), area.verticalScrollBar().value()
    found = []
    for widget in inner.findChildren(QLabel) + inner.findChildren(QAbstractButton):
        begin_y = widget.mapTo(inner, QPoint()).y()
        if not widget.isVisible() or not begin_y < top < begin_y + widget.height():
            continue
        is_label = isinstance(widget, QLabel)
        if not is_label or (top - begin_y) % widget.fontMetrics().lineSpacing():
            found.append(widget.text() or widget.accessibleName())
    return found


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1280, 800, 100), (1024, 600, 100), (1024, 600, 200)]
)
def test_no_line_is_cut_through_above_the_verdict(study, width, height, percent):
    study.app.settings.change(text_percent=percent)
    study.window.resize(width, height)
    for how in HOWS:
        task = begin(study, how)
        area = study.window.pages["self_test"].question._area
        for _ in range(3):
            settle()
            assert area.verticalScrollBar().value() == 0
            answer(study, wrong_answer(task))
            settle()
            assert cut_at_the_top(area) == []
            study.app.self_test.advance()
            task = study.app.self_test.state.task
