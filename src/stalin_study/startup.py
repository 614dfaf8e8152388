"""What must stand before the window: the log, and nets under errors that nobody caught."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from stalin_study.small_file import is_ordinary

log = logging.getLogger("stalin_study")
LOG_FILE = "stalin-study.log"
MOST_BYTES, OLDER_FILES = 256_000, 2
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class LogFile(logging.FileHandler):
    """Begins anew when it has grown too big; what it held is kept as .1, that as .2.

    Python's own such handler loads the network (10 ms of a start), and would leave the report of a
    crash going to a file that is closed.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8")
        faulthandler.enable(self.stream)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        try:
            if self.stream is not None and self.stream.tell() >= MOST_BYTES:
                self._begin_anew()
        except (OSError, ValueError):
            self.handleError(record)
        super().emit(record)

    def _begin_anew(self) -> None:
        faulthandler.disable()
        self.stream.close()
        file = Path(self.baseFilename)
        kept = [file, *(file.with_name(f"{file.name}.{n + 1}") for n in range(OLDER_FILES))]
        with suppress(OSError):  # another program reads one: it grows on
            for newer, older in reversed(list(pairwise(kept))):
                if newer.exists():
                    newer.replace(older)
        self.stream = self._open()
        faulthandler.enable(self.stream)


def start_log(*folders: Path) -> Path | None:
    """Log to a file of at most 3 x 256 KB in the first folder that takes it; None if none does."""
    # A full disk must not write tracebacks to the console for every line of the log.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / LOG_FILE
            if not is_ordinary(file):
                continue
            handler = LogFile(file)
        except OSError:
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
        return file
    root.addHandler(logging.NullHandler())
    return None


def catch_errors(tell: Callable[[str], None]) -> None:
    """Log every error that nobody caught, Qt's messages too, and tell the pupil in a sentence."""

    def on_error(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("An error that nobody caught", exc_info=(kind, error, trace))
        tell("Something went wrong, but your progress is safe. Please start Stalin Study again.")

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        value = args.exc_value or args.exc_type()
        log.critical("A thread failed", exc_info=(args.exc_type, value, args.exc_traceback))

    said: Counter[str] = Counter()

    def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        # A lost sound server makes Qt say the same many times a second.
        said[message] += 1
        times = said[message]
        if times <= 3 or times in (10, 100, 1000, 10_000):
            told = message if times <= 3 else f"{message} (for the {times}th time)"
            logging.getLogger("qt").log(_LEVELS.get(kind, logging.INFO), told)
        if len(said) > 1000:
            said.clear()

    sys.excepthook = on_error
    threading.excepthook = on_thread_error
    qInstallMessageHandler(on_qt_message)


def log_tail(*folders: Path, lines: int = 60) -> str:
    """The last lines of the newest log in these folders, or a word that there is none."""
    files = [folder / LOG_FILE for folder in folders]
    try:
        newest = max(
            (file for file in files if file.is_file()), key=lambda one: one.stat().st_mtime
        )
        text = newest.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return "(no log)"
    return "\n".join(text.splitlines()[-lines:])
