"""Work off the GUI thread, with its outcome brought back to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
log = logging.getLogger(__name__)


class Jobs(Protocol):
    """Runs jobs one after another, in the order in which they were handed in."""

    def run(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work` elsewhere, then call one of the others on the calling thread."""
        ...

    def close(self) -> None:
        """Finish what was handed in; what comes later is left undone."""
        ...


class ThreadJobs(QObject):
    """One worker thread: what belongs to a thread (the progress file) always meets the same."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._is_closed = False
        self._finished.connect(lambda deliver: deliver(), Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Queue `work`; an error without `on_error` goes to the log."""
        if self._is_closed:
            log.info("A job is left undone: it came after the end")
            return

        def job() -> None:
            try:
                result = work()
            except Exception as error:
                caught = error
                if on_error is None:
                    log.exception("A job failed")
                else:
                    self._finished.emit(lambda: on_error(caught))
            else:
                if on_result is not None:
                    self._finished.emit(lambda: on_result(result))

        self._executor.submit(job)

    def close(self) -> None:
        """Wait for the queued jobs; their outcomes are still delivered if the event loop runs."""
        self._is_closed = True
        self._executor.shutdown(wait=True)
