"""The program with its window: folders, log, screen, and the app until it is closed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from stalin_study.app import build
from stalin_study.paths import find_paths
from stalin_study.startup import catch_errors, start_log

NO_SCREEN = (
    "There is no screen to open the window on. Without one, use a command: stalin-study --help"
)


def run(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    options = _parse(arguments)
    paths = find_paths(options.data_dir)
    if options.deck is not None:
        paths = replace(paths, deck=options.deck)
    start_log(paths.data)
    if not _has_screen(os.environ):
        print(NO_SCREEN, file=sys.stderr)
        return 1
    application = QApplication(["stalin-study"])
    application.setApplicationName("Stalin Study")
    application.setDesktopFileName("stalin-study")
    application.setWindowIcon(QIcon(str(paths.resources / "icons" / "app.svg")))
    if options.smoke:
        from stalin_study.smoke import smoke

        return smoke(application, paths, build)
    app = build(application, paths)
    catch_errors(app.window.banner.add)
    application.commitDataRequest.connect(lambda _: app.close())
    app.window.show()
    code = application.exec()
    app.close()
    return code


def _has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can be opened: Qt ends the program on a Linux without a screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environ.get(name) for name in names)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stalin-study", add_help=False)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--deck", type=Path)
    parser.add_argument("--smoke", action="store_true")
    return parser.parse_args(arguments)
