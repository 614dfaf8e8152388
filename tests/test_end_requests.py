"""Signals that end a program are told of, and come back to what they did before."""

from __future__ import annotations

import os
import signal

import pytest

from stalin_study.end_requests import EndRequests

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def requests(qapp):
    made = EndRequests()
    yield made
    made.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_each_is_told(requests, qtbot, number):
    with qtbot.waitSignal(requests.asked):
        signal.raise_signal(number)


def test_what_is_ignored_stays_so_and_all_is_put_back(qapp, qtbot):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    handlers = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    requests = EndRequests()
    with qtbot.assertNotEmitted(requests.asked):
        signal.raise_signal(signal.SIGHUP)
        qapp.processEvents()
    requests.close()
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == handlers
    assert signal.set_wakeup_fd(-1) == -1
    signal.signal(signal.SIGHUP, before)


def test_another_signal_is_none_of_its_business(requests, qapp, qtbot):
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    with qtbot.assertNotEmitted(requests.asked):
        signal.raise_signal(signal.SIGUSR1)
        qapp.processEvents()
    signal.signal(signal.SIGUSR1, before)
