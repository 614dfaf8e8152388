"""What journeys stand on."""

from __future__ import annotations

import logging

import pytest


@pytest.fixture
def own_log(monkeypatch):
    """A log that the test may begin: it ends with it, and crashes are not reported there."""
    monkeypatch.setattr("faulthandler.enable", lambda _: None)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.raiseExceptions = True
