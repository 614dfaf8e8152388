"""What every test stands on: a made-up home, no network, and nothing left behind."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="stalin-study-tests-"))
RUNTIME = HOME / "runtime"
RUNTIME.mkdir(mode=0o700)

# Qt reads these when it is imported or makes its application.
os.environ.update(
    HOME=str(HOME),
    USERPROFILE=str(HOME),
    XDG_DATA_HOME=str(HOME / "data"),
    XDG_CACHE_HOME=str(HOME / "cache"),
    XDG_CONFIG_HOME=str(HOME / "config"),
    XDG_RUNTIME_DIR=str(RUNTIME),
    LC_ALL="C.UTF-8",
    TZ="GMT0BST,M3.5.0/1,M10.5.0",  # Britain, spelt out: needs no time zone files
    QT_QPA_PLATFORM="offscreen",
    QT_FONT_DPI="96",
    STALIN_STUDY_POLICY=os.devnull,  # not that of this computer
)
for name in (
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "QT_QPA_PLATFORMTHEME",
    "QT_LOGGING_RULES",
    "DBUS_SESSION_BUS_ADDRESS",
    "STALIN_STUDY_DATA",
):
    os.environ.pop(name, None)
if hasattr(time, "tzset"):
    time.tzset()

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

JOIN_SECONDS = 5

# The same examples every time, so that a failure is everybody's; no limit on wall time. To look
# for new ones: pytest --hypothesis-profile=default
settings.register_profile("stalin-study", derandomize=True, deadline=None, database=None)
settings.load_profile("stalin-study")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker that lets a test log, and bar the network."""
    config.addinivalue_line(
        "markers", "logs_warnings: the test makes the app log a warning or an error, and must"
    )
    sys.addaudithook(_bar_network)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep those with the real program together: they mostly wait, and two would be in a rush."""
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.xdist_group("e2e"))


def pytest_collection_finish() -> None:
    """Spare every later look for what is left behind the modules and tests, which all stay."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Remove the made-up home."""
    shutil.rmtree(HOME, ignore_errors=True)


def _bar_network(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        raise AssertionError(f"Stalin Study never opens a network connection: {arguments[1]}")


class WarningList(logging.Handler):
    """Keeps every warning and error that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.lines.append(f"{record.levelname} {record.name}: {self.format(record)}")


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest):
    """Fail the test that logs warnings, or leaves threads, processes or windows."""
    warnings = WarningList()
    logging.getLogger().addHandler(warnings)
    threads = set(threading.enumerate())
    processes = child_processes()
    yield
    logging.getLogger().removeHandler(warnings)
    may_log = request.node.get_closest_marker("logs_warnings") is not None
    delete_later()
    left = [
        *_threads_left(threads),
        *(f"process {pid}" for pid in sorted(child_processes() - processes)),
        *_windows_left(),
    ]
    if warnings.lines and not may_log:
        pytest.fail("Logged:\n" + "\n".join(warnings.lines), pytrace=False)
    if may_log and not warnings.lines:
        pytest.fail("Marked logs_warnings, but logged none.", pytrace=False)
    if left:
        pytest.fail("Left behind: " + ", ".join(left), pytrace=False)


def delete_later() -> None:
    """Do what Qt's deleteLater put off."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


def child_processes() -> set[int]:
    """Ids of the processes that this one started and that are still there (Linux; else none)."""
    found: set[int] = set()
    for thread in Path("/proc/self/task").glob("*"):
        with suppress(OSError):  # the thread has ended meanwhile
            found.update(map(int, (thread / "children").read_text().split()))
    return found


def _threads_left(before: set[threading.Thread]) -> list[str]:
    left = []
    for thread in set(threading.enumerate()) - before:
        # Python's name for a thread that Qt made: Qt ends it, and Python cannot wait for it.
        if thread.name.startswith("Dummy-"):
            continue
        thread.join(JOIN_SECONDS)
        if thread.is_alive():
            left.append(f"thread {thread.name}")
    return left


def _windows_left() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    if not widgets.QApplication.topLevelWidgets():
        return []
    gc.collect()
    delete_later()
    # A window that stays alive is styled again by every later test, and slows it.
    left = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
        window.deleteLater()
    delete_later()
    return [f"window {window!r}" for window in left]
