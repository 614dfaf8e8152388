"""Work off the GUI thread: what was handed in is done, what comes after the end is not."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication

from stalin_study.services.jobs import ThreadJobs


def test_what_comes_after_the_end_is_left_undone(qapp, caplog):
    """A window that is closing still hears of answers that were saved last, and plans anew."""
    caplog.set_level(logging.INFO)
    jobs, done, told = ThreadJobs("test"), [], []
    jobs.run(lambda: done.append("before"), told.append, told.append)
    jobs.close()
    jobs.run(lambda: done.append("after"), told.append, told.append)
    jobs.close()
    QCoreApplication.processEvents()
    assert (done, told) == (["before"], [None])
    assert "left undone" in caplog.text
