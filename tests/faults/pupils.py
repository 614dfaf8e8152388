"""Automated pupils: they answer, undo, annotate, back up and merge until something happens to them.

What is acknowledged goes to a pipe as a line "uuid checksum", as the page would say "Saved".
"""

from __future__ import annotations

import os
import random
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes import FakeClock
from stalin_study.domain.annotations import Annotation, AnnotationKind
from stalin_study.domain.memory import rebuild
from stalin_study.domain.review_log import Rating, ReviewEntry, Way
from stalin_study.services.recent_answers import Folders
from stalin_study.services.review_writer import ReviewWriter
from stalin_study.services.row_checks import checksum_of
from stalin_study.services.store import open_store
from stalin_study.services.store_problems import StoreProblem
from stalin_study.services.store_rows import annotation_row, entry_row

START = datetime(2026, 9, 1, 15, 0, tzinfo=UTC)
LONGEST = timedelta(days=36_501)  # fsrs puts nothing off for longer than 36,500 days
Acknowledged = dict[str, int]


@dataclass(slots=True)
class Tried:
    """What a trial found: what is wrong, how much had been told as saved, and what was told."""

    faults: list[str] = field(default_factory=list)
    saved: int = 0
    notice: str = ""


class AutomaticPupil:
    """Acts on the progress in a folder as the app does; the same seed, the same pupil."""

    def __init__(self, folder: Path, seed: int, told: int | None = None) -> None:
        self.rng = random.Random(seed)
        self.now = FakeClock(START)
        self.now.advance(days=self.rng.randrange(60))
        self.acknowledged: Acknowledged = {}
        self.unsaved: Acknowledged = {}
        self.problems = 0
        self._told = told
        self._mine: list[ReviewEntry] = []
        folders = Folders(folder, (folder.with_name("spare"),))
        self.writer = ReviewWriter(lambda **more: open_store(folder, self.now, **more), folders)
        self.report = self.writer.work()

    def act(self, *, jumps: bool = False) -> None:
        """Do one thing."""
        span = 5_000_000 if jumps else 900
        self.now.advance(minutes=self.rng.randrange(-span if jumps else 1, span))
        act = self.rng.choices(
            (self._answer, self._undo, self._annotate, self._back_up, self._take_in),
            (70, 10, 10, 7, 3),
        )[0]
        try:
            act()
        except StoreProblem:
            self.problems += 1

    def leave(self) -> None:
        """Close the app. What it could not save is kept aside, and so as good as saved."""
        self._tell(self.writer.close(f"{self.rng.randrange(10**9)}"))
        self._acknowledge(self.unsaved)

    def _entry(self, **more) -> ReviewEntry:
        subject, rating = f"c{self.rng.randrange(30):02d}", Rating(self.rng.randint(1, 4))
        new_id = str(uuid.UUID(int=self.rng.getrandbits(128)))
        text = "Каменев 🎓 " * self.rng.randrange(20)
        entry = ReviewEntry(new_id, subject, self.now(), Way.TYPED, rating, text)
        return replace(entry, **more)

    def _answer(self) -> None:
        self._save(self._entry())

    def _undo(self) -> None:
        if self._mine:
            undone = self.rng.choice(self._mine)
            self._save(self._entry(rating=None, undoes=undone.uuid, subject_id=undone.subject_id))

    def _annotate(self) -> None:
        entry = self._entry()
        kind = self.rng.choice(list(AnnotationKind))
        note = Annotation(entry.uuid, entry.subject_id, kind, entry.answer, self.now())
        self.unsaved[note.uuid] = note_sum(note)
        self._tell(self.writer.work(note))

    def _save(self, entry: ReviewEntry) -> None:
        self._mine.append(entry)
        self.unsaved[entry.uuid] = entry_sum(entry)
        self._tell(self.writer.work(entry))

    def _back_up(self) -> None:
        if self.writer.back_up(self.now(), self.rng.choice(["daily", ""])):
            while self.writer.back_up_further():
                pass

    def _take_in(self) -> None:
        entries = [self._entry() for _ in range(self.rng.randrange(1, 6))]
        self.writer.change(lambda store: store.add_entries(entries))
        self._acknowledge({entry.uuid: entry_sum(entry) for entry in entries})

    def _tell(self, report) -> None:
        self.problems += bool(report.problem)
        sums = {saved.entry.uuid: entry_sum(saved.entry) for saved in report.saved}
        self._acknowledge(sums | {note.uuid: note_sum(note) for note in report.annotated})

    def _acknowledge(self, sums: Acknowledged) -> None:
        self.acknowledged |= sums
        self.unsaved = {one: sum_ for one, sum_ in self.unsaved.items() if one not in sums}
        if self._told is not None:
            lines = "".join(f"{one} {checksum}\n" for one, checksum in sums.items())
            os.write(self._told, lines.encode())


def entry_sum(entry: ReviewEntry) -> int:
    """What an entry must still be."""
    return checksum_of(entry_row(entry))


def note_sum(note: Annotation) -> int:
    """What an annotation must still be."""
    return checksum_of(annotation_row(note))


def faults_of(folder: Path, acknowledged: Acknowledged) -> tuple[list[str], str]:
    """Open the progress as the next start does: what is wrong with it, and what it tells."""
    try:
        opened = open_store(folder, lambda: START)
    except Exception as error:  # an unreadable start is the fault that is looked for
        return [f"unreadable: {error!r}"], ""
    try:
        entries, notes = opened.store.entries(), opened.store.annotations()
        found = {one.uuid: entry_sum(one) for one in entries}
        found |= {one.uuid: note_sum(one) for one in notes}
        lost = [one for one, checksum in acknowledged.items() if found.get(one) != checksum]
        faults = [f"lost: {one}" for one in lost]
        if opened.store.is_read_only:
            faults.append("read-only")
        if set(opened.states) != set(rebuild(entries)):
            faults.append("states that do not follow from the log")
        faults += [
            f"due at {state.due_at}: {state.subject_id}"
            for state in opened.states.values()
            if not timedelta(0) <= state.due_at - state.last_reviewed_at <= LONGEST
        ]
        return faults, opened.notice
    finally:
        opened.store.close()


def is_one_sentence(notice: str) -> bool:
    """Whether a notice is exactly one sentence."""
    ends = sum(part.endswith((".", "!", "?")) for part in notice.split(" "))
    return notice.endswith(".") and ends == 1
