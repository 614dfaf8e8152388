"""A button of long words is as wide as its room, and as high as its lines."""

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from stalin_study.ui.widgets.wrapping_button import WrappingButton
from study_window import TestApp

WORDS = "Today’s work instead: 28 questions and a match, about 11 minutes"


@pytest.fixture
def study(qtbot, tmp_path):
    made = TestApp(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("kind", ["outline", "filled", "choice"])
def test_the_words_break_only_where_there_is_no_room(study, qtbot, kind):
    button = WrappingButton(study.app.appearance, WORDS, kind, "calendar-check")
    page = QWidget()
    column = QVBoxLayout(page)
    column.addWidget(button)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(1000, 300)
    page.show()
    assert button.lines_in(button.sizeHint().width()) == (WORDS,)
    one_line = button.heightForWidth(1000)
    assert one_line == button.sizeHint().height()
    page.resize(300, 300)
    QApplication.processEvents()
    lines = button.lines_in(button.width())
    assert len(lines) > 1
    assert " ".join(lines) == WORDS
    assert button.height() == one_line + (len(lines) - 1) * button.fontMetrics().lineSpacing()
    assert button.minimumSizeHint().width() < 300
    assert button.text() == WORDS, "as a screen reader says it"
