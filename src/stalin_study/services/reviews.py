"""Records and takes back reviews: each is on disk before it is told as saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import Rating, ReviewEntry, StudyChanges, Verdict, Way
from stalin_study.services.jobs import Jobs
from stalin_study.services.review_writer import ReviewWriter, WriterReport
from stalin_study.services.store import OpenedStore

LONGEST_ANSWER = 10_000
LONGEST_MS = 3_600_000


class Reviews(QObject):
    """The pupil's reviews and memory states; saving goes on in the background.

    `study_changed(StudyChanges, initiator)` once it is on disk, `saved(uuid)` for each entry,
    `saving_failed(sentence)` once until saving works again, `opened(notice)` when the progress
    file is open, with a sentence for the pupil or "".
    """

    study_changed = Signal(object, object)
    saved = Signal(str)
    saving_failed = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        open_store: Callable[[], OpenedStore],
        jobs: Jobs,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._now = now
        self._new_id = new_id
        self._writer = ReviewWriter(open_store)
        self._states: Mapping[str, MemoryState] = MappingProxyType({})
        self._initiators: dict[str, object] = {}
        self._recorded: dict[str, ReviewEntry] = {}
        self._times: list[tuple[datetime, int]] = []
        self._problem = ""
        self._notice: str | None = None

    @property
    def memory_states(self) -> Mapping[str, MemoryState]:
        """States by subject id, as they are on disk; never changed, only exchanged."""
        return self._states

    @property
    def pending(self) -> int:
        """How many entries are not on disk yet."""
        return len(self._initiators)

    @property
    def problem(self) -> str:
        """Why saving does not work at the moment, in a sentence; empty when it does."""
        return self._problem

    def seconds_since(self, at: datetime) -> float:
        """How long the reviews from then until now took; counts those of some weeks at most."""
        until = self._now()
        return sum(took for when, took in self._times if at <= when <= until) / 1000

    @property
    def times(self) -> tuple[tuple[datetime, int], ...]:
        """When each review of the last weeks was made, and its milliseconds."""
        return tuple(self._times)

    def open(self) -> None:
        """Open the progress file in the background; call it after the first paint."""
        self._jobs.run(self._writer.work, self._take)

    def record(
        self,
        subject_id: str,
        way: Way,
        rating: Rating,
        *,
        answer: str = "",
        verdict: Verdict | None = None,
        took_ms: int = 0,
        session_id: str = "",
        initiator: object = None,
    ) -> ReviewEntry:
        """Log a review of one subject; see `record_answer`."""
        [entry] = self.record_answer(
            ((subject_id, rating),),
            way,
            answer=answer,
            verdict=verdict,
            took_ms=took_ms,
            session_id=session_id,
            initiator=initiator,
        )
        return entry

    def record_answer(
        self,
        ratings: Sequence[tuple[str, Rating]],
        way: Way,
        *,
        answer: str = "",
        verdict: Verdict | None = None,
        took_ms: int = 0,
        session_id: str = "",
        initiator: object = None,
    ) -> tuple[ReviewEntry, ...]:
        """Log what one answer says of each subject, together; also before the file is open.

        The log holds the first 10,000 characters of an answer, and a time taken of 0 to 3,600,000
        milliseconds, which is shared among the subjects.
        """
        at = self._now()
        took_ms = min(max(took_ms, 0), LONGEST_MS)
        entries = tuple(
            ReviewEntry(
                uuid=self._new_id(),
                subject_id=subject_id,
                reviewed_at=at,
                way=way,
                rating=rating,
                answer=_storable(answer),
                verdict=verdict,
                took_ms=took_ms // len(ratings),
                session_id=session_id,
            )
            for subject_id, rating in ratings
        )
        self._recorded |= {entry.uuid: entry for entry in entries}
        self._times.append((at, took_ms))
        self._queue(entries, initiator)
        return entries

    def undo(self, entry_ids: Iterable[str], initiator: object = None) -> None:
        """Take back reviews of this run, together; what is taken back already stays so."""
        undone = [self._recorded.pop(one) for one in entry_ids if one in self._recorded]
        at = self._now()
        entries = tuple(
            ReviewEntry(
                uuid=self._new_id(),
                subject_id=entry.subject_id,
                reviewed_at=at,
                way=entry.way,
                rating=None,
                session_id=entry.session_id,
                undoes=entry.uuid,
            )
            for entry in undone
        )
        self._queue(entries, initiator)

    def close(self) -> None:
        """Save what waits and let go of the file; the jobs must be closed after it."""
        self._jobs.run(self._writer.close, self._take)

    def _queue(self, entries: tuple[ReviewEntry, ...], initiator: object) -> None:
        if entries:
            self._initiators |= dict.fromkeys((entry.uuid for entry in entries), initiator)
            self._jobs.run(lambda: self._writer.work(*entries), self._take)

    def _take(self, report: WriterReport) -> None:
        states = dict(self._states if report.opened is None else report.opened)
        for saved in report.saved:
            if saved.state is None:
                states.pop(saved.entry.subject_id, None)
            else:
                states[saved.entry.subject_id] = saved.state
        self._states = MappingProxyType(states)
        # Each initiator is told of its own, those that handed in several only once.
        told: list[tuple[object, set[str]]] = []
        for saved in report.saved:
            initiator = self._initiators.pop(saved.entry.uuid, None)
            if not told or told[-1][0] is not initiator:
                told.append((initiator, set()))
            told[-1][1].add(saved.entry.subject_id)
        was_working = not self._problem
        self._problem = report.problem
        if report.opened is not None:
            # What was recorded before the file was open may be among those read from it.
            known = {at for at, _ in report.times}
            self._times = [*report.times, *(time for time in self._times if time[0] not in known)]
            self.study_changed.emit(StudyChanges(everything=True), None)
            # A file that can only be read is opened anew with each review: told once is enough.
            if report.notice != self._notice:
                self._notice = report.notice
                self.opened.emit(report.notice)
        for saved in report.saved:
            self.saved.emit(saved.entry.uuid)
        for initiator, subject_ids in told:
            self.study_changed.emit(StudyChanges(frozenset(subject_ids)), initiator)
        if report.problem and was_working:
            self.saving_failed.emit(report.problem)


def _storable(answer: str) -> str:
    # Half of a surrogate pair, which a text field can hold, has no place in UTF-8.
    return answer[:LONGEST_ANSWER].encode("utf-8", "replace").decode("utf-8")
