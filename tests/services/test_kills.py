"""Killed at any step of what is done with progress: the next start has all that was told as saved.

Python code that is killed does not clean up, so from that step on nothing is done any more.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progress_pupil import Pupil, flip, quick_folder
from stalin_study.services.backups import backups_in
from stalin_study.services.recent_answers import FILE as RECENT
from stalin_study.services.recovery import RECOVERED
from stalin_study.services.store import FILE, open_store
from stalin_study.services.study_store import StudyStore

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
STEPS = (
    (os, "fsync"),
    (os, "truncate"),
    (shutil, "copyfile"),
    (Path, "replace"),
    (Path, "rename"),
    (Path, "unlink"),
    (StudyStore, "_append"),
    (StudyStore, "_insert"),
    (StudyStore, "_replace_states"),
    (StudyStore, "copy_to"),
)


class Killed(BaseException):
    """Not caught by anything that catches errors."""


class Killer:
    """Counts steps, and kills before the one with the number `at`."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.has_killed = False

    @contextmanager
    def watching(self):
        """Whether it was killed shows afterwards."""
        with pytest.MonkeyPatch.context() as patched:
            for place, name in STEPS:
                patched.setattr(place, name, self._watched(getattr(place, name)))
            try:
                yield self
            except Killed:
                assert self.has_killed

    def _watched(self, step: Callable) -> Callable:
        def watched(*arguments, **more):
            self._left -= 1
            if self._left < 0:
                self.has_killed = True
                raise Killed
            return step(*arguments, **more)

        return watched


def killed_at_each_step(prepare, act, check, most: int = 200) -> int:
    """Do it again and again, killed one step later each time, until it gets through: the steps."""
    for at in range(most):
        with quick_folder() as folder:
            pupil = Pupil(folder)
            prepare(pupil)
            killer = Killer(at)
            with killer.watching():
                act(pupil)
            if killer.has_killed:
                pupil.writer._let_go()
            else:
                pupil.leave()
            check(pupil)
            pupil.leave()
        if not killer.has_killed:
            return at
    raise AssertionError("it never gets through")


def cut(pupil: Pupil) -> None:
    file = pupil.folder / FILE
    file.write_bytes(file.read_bytes()[:5000])


def remove(pupil: Pupil) -> None:
    (pupil.folder / FILE).unlink()


@pytest.mark.logs_warnings
@pytest.mark.parametrize("harm", [cut, remove])
def test_a_recovery(harm):
    def prepare(pupil):
        pupil.act(3)
        pupil.back_up()
        pupil.act(3)
        pupil.leave()
        harm(pupil)

    def act(pupil):
        open_store(pupil.folder, pupil.now).store.close()

    def check(pupil):
        pupil.check()
        assert not (pupil.folder / RECOVERED).exists()
        assert pupil.check() == "", "told once"

    assert killed_at_each_step(prepare, act, check) > 10


def test_answers():
    assert killed_at_each_step(nothing, lambda pupil: pupil.act(3), quiet) > 10


@pytest.mark.logs_warnings
def test_a_backup():
    def prepare(pupil):
        for _ in range(7):
            pupil.act(1)
            pupil.back_up("daily")
        pupil.act(2)

    def act(pupil):
        pupil.back_up("daily")

    def check(pupil):
        pupil.leave()
        # Whatever the backup came to, it and the second copy hold everything.
        (pupil.folder / FILE).unlink()
        pupil.check()
        numbers = [backup.number for backup in backups_in(pupil.folder)]
        assert numbers[:5] in ([7, 6, 5, 4, 3], [8, 7, 6, 5, 4])

    assert killed_at_each_step(prepare, act, check) > 5


def test_taking_in():
    def check(pupil):
        # It was killed before it was told as done, or all of it is there.
        pupil.check()
        opened = open_store(pupil.folder, pupil.now)
        assert len(opened.store.entries()) - len(pupil.entries) in (0, 3)
        opened.store.close()

    assert killed_at_each_step(lambda p: p.act(2), Pupil.take_in, check) >= 2


def test_going_back_to_a_backup():
    def prepare(pupil):
        pupil.act(3)
        pupil.back_up()
        pupil.act(3)

    def act(pupil):
        [backup] = backups_in(pupil.folder)
        pupil.writer.restore(backup.file, pupil.now.advance(minutes=1))

    def check(pupil):
        assert pupil.open() == ""
        opened = open_store(pupil.folder, pupil.now)
        found = [entry.uuid for entry in opened.store.entries()]
        opened.store.close()
        uuids = list(pupil.entries)
        assert found in (uuids, uuids[:3]), "as before, or as in the backup"
        if found == uuids[:3]:
            reasons = [backup.reason for backup in backups_in(pupil.folder)]
            assert "before-restore" in reasons
            assert (pupil.folder / RECENT).read_bytes() == b""

    assert killed_at_each_step(prepare, act, check) > 5


def nothing(_: Pupil) -> None:
    pass


def quiet(pupil: Pupil) -> None:
    assert pupil.check() == ""


ACTS = st.lists(
    st.sampled_from(["answer", "answer", "back up", "take in", "restart", "flip", "kill"]),
    min_size=2,
    max_size=9,
)


@pytest.mark.logs_warnings
@settings(max_examples=40)
@given(ACTS, st.integers(0, 2**31), st.integers(0, 7), st.integers(0, 12))
def test_whatever_happens_in_whatever_order(acts, place, bit, kill_at):
    with quick_folder() as folder:
        pupil = Pupil(folder, seed=place)
        pupil.act(1)
        for number, act in enumerate(acts):
            pupil.now.advance(days=number % 3)
            happen(pupil, act, kill_at + number, place + 997 * number, bit)
        pupil.leave()
        pupil.check()
        pupil.leave()


def happen(pupil: Pupil, act: str, kill_at: int, place: int, bit: int) -> None:
    """One thing out of ACTS."""
    if act == "answer":
        pupil.act(2)
    elif act == "back up":
        pupil.back_up()
    elif act == "take in":
        pupil.take_in()
    elif act == "restart":
        pupil.leave()
        pupil.open()
    elif act == "flip":
        pupil.leave()
        flip(pupil.folder / FILE, place, bit)
        pupil.check()
    else:
        killer = Killer(kill_at)
        with killer.watching():
            pupil.act(1)
            pupil.back_up()
            pupil.act(1)
        pupil.writer._let_go()
        pupil.open()
