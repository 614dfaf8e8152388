"""Imports without Qt's watching them."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it puts an import of its own in place


def import_plainly() -> None:
    """Have Python's own import back.

    PySide's reads the source of every module that is loaded, to see whether it asks for snake_case:
    some 30 ms of a start.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
