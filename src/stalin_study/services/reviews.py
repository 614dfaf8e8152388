"""Records and takes back reviews: each is on disk before it is told as saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from stalin_study.domain.annotations import (
    LONGEST_NOTE,
    Annotation,
    AnnotationKind,
    CardAnnotations,
)
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import Rating, ReviewEntry, StudyChanges, Verdict, Way
from stalin_study.services.held_annotations import HeldAnnotations
from stalin_study.services.jobs import Jobs
from stalin_study.services.store_problems import told
from stalin_study.services.store_rows import storable

if TYPE_CHECKING:
    from stalin_study.services.recent_answers import Folders
    from stalin_study.services.review_writer import OpenStore, ReviewWriter
    from stalin_study.services.study_store import StudyStore
    from stalin_study.services.writer_report import Unkept, WriterReport

T = TypeVar("T")
LONGEST_ANSWER = 10_000
LONGEST_MS = 3_600_000
NAME_ASIDE = "%Y%m%d-%H%M%S"


class Reviews(QObject):
    """The pupil's reviews and memory states; saving goes on in the background.

    `study_changed(StudyChanges, initiator)` once it is on disk, `saved(uuid)` for each entry,
    `saving_failed(sentence)` once until that is no longer so: `problem_passed(sentence)`.
    `opened(notice)` when the progress file is open, with a sentence for the pupil or "".
    `annotations_changed(card id)`, or "" when there may be more. `backup_wanted` when too much is
    in no backup yet.
    """

    study_changed = Signal(object, object)
    saved = Signal(str)
    saving_failed = Signal(str)
    problem_passed = Signal(str)
    opened = Signal(str)
    annotations_changed = Signal(str)
    backup_wanted = Signal()

    def __init__(
        self,
        open_store: OpenStore,
        jobs: Jobs,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        find_folders: Callable[[], Folders | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._now = now
        self._new_id = new_id
        self._open_store = open_store
        self._find_folders = find_folders
        self._states: Mapping[str, MemoryState] = MappingProxyType({})
        self._initiators: dict[str, object] = {}
        self._recorded: dict[str, ReviewEntry] = {}
        self._times: list[tuple[datetime, int]] = []
        self._problem = ""
        self._notice: str | None = None
        self._annotations = HeldAnnotations()
        self._is_closed = False

    @cached_property
    def _writer(self) -> ReviewWriter:
        # For the progress thread alone, which loads it: no first paint waits for it.
        from stalin_study.services.review_writer import ReviewWriter

        return ReviewWriter(self._open_store, self._find_folders())

    @property
    def memory_states(self) -> Mapping[str, MemoryState]:
        """States by subject id, as they are on disk; never changed, only exchanged."""
        return self._states

    @property
    def annotations(self) -> Mapping[str, CardAnnotations]:
        """What was said of cards, by card id; never changed, only exchanged."""
        return self._annotations.current

    @property
    def pending(self) -> int:
        """How many entries are not on disk yet."""
        return len(self._initiators)

    @property
    def is_all_kept(self) -> bool:
        """Whether all answers and notes are on disk."""
        return not (self._initiators or self._annotations.waiting)

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
        self._jobs.run(lambda: self._writer.work(), self._take)

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
                answer=storable(answer, LONGEST_ANSWER),
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
        self._queue(tuple(entry.taken_back(self._new_id(), at) for entry in undone), initiator)

    def annotate(self, card_id: str, kind: AnnotationKind, text: str) -> None:
        """Say something of a card: in force at once, saved in the background."""
        text = storable(text, LONGEST_NOTE)
        annotation = Annotation(self._new_id(), card_id, kind, text, self._now())
        self._annotations.add(annotation)
        self._jobs.run(lambda: self._writer.work(annotation), self._take)
        self.annotations_changed.emit(card_id)

    def ask(
        self,
        question: Callable[[StudyStore], T],
        on_answer: Callable[[T], None],
        on_problem: Callable[[str], None] | None = None,
    ) -> None:
        """Have the store asked in the background; a problem is told in one sentence."""
        self.run(lambda writer: writer.ask(question), on_answer, told(on_problem))

    def run(
        self,
        work: Callable[[ReviewWriter], tuple[T, WriterReport]],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Have something done where the progress file lives; what is there then is taken over.

        Once closed, nothing more is done.
        """
        if self._is_closed:
            return

        def attempt() -> tuple[Callable[[], None], WriterReport]:
            try:
                found, report = work(self._writer)
            except Exception as error:
                problem = error
                return (lambda: on_error(problem)), self._writer.after_failure()
            return (lambda: on_done(found)), report

        def done(outcome: tuple[Callable[[], None], WriterReport]) -> None:
            if outcome[1].opened is not None or outcome[1].problem or outcome[1].saved:
                self._take(outcome[1])
            outcome[0]()

        self._jobs.run(attempt, done)

    def keep(self, on_kept: Callable[[Unkept], None]) -> None:
        """Have all saved or kept aside, which then is taken in at the next start."""
        name = self._now().strftime(NAME_ASIDE)
        self.run(lambda writer: writer.keep(name), on_kept, lambda _: None)

    def close(self) -> None:
        """Save what waits and let go of the file; the jobs must be closed after it."""
        self._is_closed = True
        name = self._now().strftime(NAME_ASIDE)
        self._jobs.run(lambda: self._writer.close(name), self._take)

    def _queue(self, entries: tuple[ReviewEntry, ...], initiator: object) -> None:
        if entries:
            self._initiators |= dict.fromkeys((entry.uuid for entry in entries), initiator)
            self._jobs.run(lambda: self._writer.work(*entries), self._take)

    def _initiators_of(self, report: WriterReport) -> list[tuple[object, set[str]]]:
        # Each initiator is told of its own, those that handed in several only once.
        told: list[tuple[object, set[str]]] = []
        for saved in report.saved:
            initiator = self._initiators.pop(saved.entry.uuid, None)
            if not told or told[-1][0] is not initiator:
                told.append((initiator, set()))
            told[-1][1].add(saved.entry.subject_id)
        return told

    def _take(self, report: WriterReport) -> None:
        self._annotations.take(report)
        self._states = MappingProxyType(report.states_after(self._states))
        concerned = self._initiators_of(report)
        before, self._problem = self._problem, report.problem
        if not (report.saved or report.annotated or self.is_all_kept):
            self._problem = self._problem or before  # it is open, but what waits is not saved
        if report.opened is not None:
            # What was recorded before the file was open may be among those read from it.
            known = {at for at, _ in report.times}
            self._times = [*report.times, *(time for time in self._times if time[0] not in known)]
            self.annotations_changed.emit("")
            self.study_changed.emit(StudyChanges(everything=True), None)
            # A file that can only be read is opened anew with each review: told once is enough.
            if report.notice != self._notice:
                self._notice = report.notice
                self.opened.emit(report.notice)
        for saved in report.saved:
            self.saved.emit(saved.entry.uuid)
        for initiator, subject_ids in concerned:
            self.study_changed.emit(StudyChanges(frozenset(subject_ids)), initiator)
        if before and self._problem != before:
            self.problem_passed.emit(before)
        if self._problem and self._problem != before:
            self.saving_failed.emit(self._problem)
        if report.wants_backup:
            self.backup_wanted.emit()
