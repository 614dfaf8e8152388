"""A pupil whose progress has bad things happen to it, and who knows what was told as saved."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from fakes import CountingIds, FakeClock
from stalin_study.domain.annotations import Annotation, AnnotationKind, current
from stalin_study.domain.memory import rebuild
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services.recent_answers import Folders
from stalin_study.services.review_writer import ReviewWriter
from stalin_study.services.store import open_store
from stalin_study.services.writer_report import WriterReport

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Pupil:
    """Answers, undoes and annotates through the writer; knows what was acknowledged."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder
        self.now, self._new_id = FakeClock(AT), CountingIds()
        self._rng = random.Random(seed)
        self.entries: dict[str, ReviewEntry] = {}
        self.notes: dict[str, Annotation] = {}
        self.open()

    def open(self) -> str:
        """Open (again); the notice."""
        self.writer = ReviewWriter(
            lambda **more: open_store(self.folder, self.now, **more), Folders(self.folder)
        )
        report = self.writer.work()
        assert report.problem == ""
        return report.notice

    def act(self, count: int = 1) -> None:
        """Do something, a little later."""
        for _ in range(count):
            at = self.now.advance(minutes=self._rng.randrange(1, 900))
            subject, rating = f"c{self._rng.randrange(5):02d}", Rating(self._rng.randint(1, 4))
            entry = ReviewEntry(self._new_id(), subject, at, Way.TYPED, rating, "Ежов 🎓")
            if self.entries and self._rng.random() < 0.2:
                undone = self._rng.choice(list(self.entries.values()))
                entry = replace(
                    entry, rating=None, undoes=undone.uuid, subject_id=undone.subject_id
                )
            note = Annotation(self._new_id(), subject, AnnotationKind.NOTE, "Kirov?", at)
            for line in (entry, note):
                report = self.writer.work(line)
                assert report.problem == ""
                self.heed(report)

    def heed(self, report: WriterReport) -> None:
        """Remember what is told as saved."""
        self.entries |= {saved.entry.uuid: saved.entry for saved in report.saved}
        self.notes |= {saved.uuid: saved for saved in report.annotated}

    def take_in(self, count: int = 3) -> None:
        """Add answers from elsewhere."""
        at = self.now.advance(minutes=1)
        entries = [
            ReviewEntry(self._new_id(), "c01", at - timedelta(days=day), Way.FLIP, Rating.GOOD)
            for day in range(count)
        ]
        self.writer.change(lambda store: store.add_entries(entries))
        self.entries |= {entry.uuid: entry for entry in entries}

    def back_up(self, reason: str = "asked") -> None:
        """Make a backup."""
        assert self.writer.back_up(self.now(), reason)
        while self.writer.back_up_further():
            pass

    def leave(self) -> None:
        """Close, or be killed: nothing more is written."""
        self.writer.close()

    def check(self) -> str:
        """Open and see that nothing that was acknowledged is lost or changed; the notice."""
        notice = self.open()
        opened = open_store(self.folder, self.now)
        found = {entry.uuid: entry for entry in opened.store.entries()}
        notes = {one.uuid: one for one in opened.store.annotations()}
        opened.store.close()
        assert {uuid: found.get(uuid) for uuid in self.entries} == self.entries
        assert {uuid: notes.get(uuid) for uuid in self.notes} == self.notes
        assert opened.states == rebuild(found.values())
        assert opened.annotations == current(notes.values())
        return notice


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory, where there is one: hundreds of trials wait for no disk."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with TemporaryDirectory(prefix="stalin-study-", dir=place) as folder:
        yield Path(folder)


def flip(file: Path, place: int, bit: int = 0) -> None:
    """Change one bit of a file."""
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 1 << bit
    file.write_bytes(content)
