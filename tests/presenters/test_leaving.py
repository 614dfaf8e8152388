"""Closing the window: nothing that was answered is lost without a question."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from stalin_study.presenters.leaving import NO_ROOM, NOWHERE, WAIT, LeavingPresenter
from stalin_study.services.store_problems import NO_SPACE
from stalin_study.services.writer_report import Unkept


class Desk:
    """A window that is to be closed; keeping ends when the test says so."""

    def __init__(self) -> None:
        self.reviews = SimpleNamespace(is_all_kept=False, keep=self.keep)
        self.leaving = LeavingPresenter(self.reviews)
        self.heard: list[str] = []
        self.waiting: list = []
        self.at_once: Unkept | None = None
        for name in ("left", "stayed", "asked"):
            getattr(self.leaving, name).connect(lambda name=name: self.heard.append(name))
        self.leaving.told.connect(self.heard.append)

    def keep(self, on_kept) -> None:
        if self.at_once is not None:
            on_kept(self.at_once)
        else:
            self.waiting.append(on_kept)

    def end(self, *unkept) -> None:
        self.waiting.pop()(Unkept(*unkept))


@pytest.fixture
def desk(qapp):
    return Desk()


def test_with_everything_on_disk_the_window_closes_at_once(desk):
    desk.reviews.is_all_kept = True
    assert desk.leaving.leave()
    assert (desk.waiting, desk.heard) == ([], [])


def test_what_can_be_kept_aside_needs_no_question(desk):
    assert not desk.leaving.leave()
    desk.end(0, 0, NO_SPACE)
    assert desk.heard == ["left"]
    assert desk.leaving.leave()


def test_what_is_kept_before_the_window_knows_is_not_told_twice(desk):
    desk.at_once = Unkept(0, 0)
    assert desk.leaving.leave()
    assert desk.heard == []


def test_a_window_that_is_closed_again_meanwhile_says_that_it_saves(desk):
    desk.leaving.leave()
    assert not desk.leaving.leave()
    assert (desk.heard, len(desk.waiting)) == ([WAIT], 1)


@pytest.mark.parametrize(
    ("unkept", "question"),
    [
        ((10, 0, NO_SPACE), NO_ROOM.format("10 answers are", "them")),
        ((1, 0, NO_SPACE), NO_ROOM.format("1 answer is", "it")),
        ((1, 1, ""), NOWHERE.format("1 answer and 1 note are", "them")),
    ],
)
def test_what_can_be_kept_nowhere_is_asked_about(desk, unkept, question):
    desk.leaving.leave()
    desk.end(*unkept)
    assert desk.leaving.state.question == question
    assert desk.heard == ["asked"]
    assert not desk.leaving.leave(), "the window stays until something is chosen"


def test_trying_again_asks_once_more_or_closes(desk):
    desk.leaving.leave()
    desk.end(3, 0, NO_SPACE)
    desk.leaving.try_again()
    assert desk.leaving.state.is_trying
    desk.leaving.try_again()
    desk.end(2, 0, NO_SPACE)
    assert desk.leaving.state.question == NO_ROOM.format("2 answers are", "them")
    assert desk.heard == ["asked"], "in the same dialog"
    desk.leaving.try_again()
    desk.end(0, 0)
    assert desk.heard == ["asked", "left"]
    assert desk.leaving.state.question == ""


def test_closing_anyway_and_staying(desk):
    desk.leaving.leave()
    desk.end(3, 0, NO_SPACE)
    desk.leaving.stay()
    assert desk.heard == ["asked", "stayed"]
    desk.leaving.leave()
    desk.end(3, 0, NO_SPACE)
    desk.leaving.leave_anyway()
    assert desk.heard == ["asked", "stayed", "asked", "left"]
    assert desk.leaving.leave()
