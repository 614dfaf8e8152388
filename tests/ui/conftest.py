"""What tests of pages and widgets stand on."""

from __future__ import annotations

import pytest

from study_window import TestApp


@pytest.fixture
def study(qtbot, tmp_path):
    """The app with its window shown, past the welcome."""
    made = TestApp(tmp_path)
    made.show()
    yield made
    made.close()
