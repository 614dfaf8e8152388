"""Every test runs offscreen, on bundled fonts, and fails on any warning in the log."""

from __future__ import annotations

import logging
import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("STALIN_STUDY_TEST_PLATFORM", "offscreen")
os.environ["QT_FONT_DPI"] = "96"
os.environ["QT_SCALE_FACTOR"] = "1"

import pytest


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def warnings_fail(request):
    """A warning in the log fails the test, unless it is marked `logs_warnings`."""
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    yield
    root.removeHandler(listener)
    if request.node.get_closest_marker("logs_warnings") is None:
        assert [record.getMessage() for record in listener.records] == []


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "logs_warnings: the test means the program to log a warning or an error"
    )
