"""Who chooses what is asked: the exam plan, and the ways to revise it is compared with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from simulator_pupils import after

from stalin_study.domain.exam_plan import plan_day
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import Strength, next_strength, recall
from stalin_study.domain.memory import MemoryState
from stalin_study.domain.review_log import Rating
from stalin_study.domain.study_day import kept_share

START = datetime(2026, 1, 1, tzinfo=UTC)
EXAM_HOUR = 9 / 24
LEITNER_DAYS = (1, 2, 4, 8, 16, 32)


def moment(day: float) -> datetime:
    """The moment so many days after the start, to the second."""
    return START + timedelta(seconds=round(day * 86400))


class Memories:
    """What the app knows: FSRS-6 states from the answers, as `memory.review` would keep them."""

    def __init__(self, subjects: Sequence[ExamSubject]) -> None:
        self.subjects = subjects
        self.strengths: dict[int, tuple[Strength, float]] = {}
        self.states: dict[str, MemoryState] = {}

    def answered(self, place: int, rating: Rating, day: float, repeat: Rating) -> None:
        """Take an answer, and after a wrong one the right one that follows in the session."""
        strength = after(self.strengths.get(place), rating, day)
        if rating is Rating.AGAIN:
            strength = next_strength(strength, 0.0, repeat)
        self.strengths[place] = (strength, day)
        name = self.subjects[place].id
        at = moment(day)
        self.states[name] = MemoryState(
            subject_id=name,
            phase="review",
            step=None,
            stability=strength.stability,
            difficulty=strength.difficulty,
            due_at=at + timedelta(days=max(1, round(strength.stability))),
            last_reviewed_at=at,
            reviews=1,
            lapses=0,
        )


class Policy(Protocol):
    """Chooses what is asked."""

    def order(self, day: float, spent: float) -> Iterator[int]:
        """Places to ask today, the first first, after so many seconds of today."""

    def answered(self, place: int, rating: Rating, day: float, repeat: Rating) -> None:
        """Take how an answer turned out."""


class ExamPlan:
    """The plan of the app."""

    def __init__(self, subjects: Sequence[ExamSubject], minutes: float, days: int) -> None:
        self.memories = Memories(subjects)
        self.minutes = minutes
        self.exam_at = moment(days + EXAM_HOUR)
        self._places = {subject.id: place for place, subject in enumerate(subjects)}
        self._studied: set[date] = set()

    def kept(self, day: float) -> float:
        """The share of days that the pupil has kept."""
        return kept_share(self._studied, START.date(), moment(day).date())

    def order(self, day: float, spent: float) -> Iterator[int]:
        """Today's work; asked again, what of it is left."""
        plan = plan_day(
            self.memories.subjects,
            self.memories.states,
            moment(day),
            self.exam_at,
            self.minutes,
            spent,
            kept=self.kept(day),
            zone=UTC,
        )
        self._studied.add(moment(day).date())
        return map(self._places.__getitem__, plan.subject_ids)

    def answered(self, place: int, rating: Rating, day: float, repeat: Rating) -> None:
        """Keep it."""
        self.memories.answered(place, rating, day, repeat)


class Fsrs:
    """FSRS-6 at 0.90: what is due, earliest first, and new ones after or before it.

    With a last pass: in the days that asking everything once more takes, what will be least well
    recalled at the exam comes first, then new ones.
    """

    def __init__(
        self,
        subjects: Sequence[ExamSubject],
        minutes: float,
        days: int,
        *,
        is_new_first: bool = False,
        has_last_pass: bool = False,
    ) -> None:
        self.memories = Memories(subjects)
        self.days = days
        self.is_new_first = is_new_first
        seconds = sum(subject.seconds for subject in subjects) * 1.125
        self.last_days = math.ceil(seconds / (minutes * 60)) if has_last_pass else 0
        self._asked: dict[int, int] = {}

    def order(self, day: float, spent: float) -> Iterator[int]:
        """Today's work."""
        strengths = self.memories.strengths
        new = [place for place in range(len(self.memories.subjects)) if place not in strengths]
        today = int(day)
        if self.days - today <= self.last_days:
            exam = self.days + EXAM_HOUR
            old = sorted(
                (place for place in strengths if self._asked[place] < today),
                key=lambda place: recall(exam - strengths[place][1], strengths[place][0].stability),
            )
            if not (self.is_new_first and new):
                return iter(old + new)
        due = {place: self._due(place) for place in strengths}
        old = sorted((place for place in due if due[place] <= today), key=due.__getitem__)
        return iter(new + old if self.is_new_first else old + new)

    def answered(self, place: int, rating: Rating, day: float, repeat: Rating) -> None:
        """Keep it."""
        self._asked[place] = int(day)
        self.memories.answered(place, rating, day, repeat)

    def _due(self, place: int) -> int:
        return self._asked[place] + max(1, round(self.memories.strengths[place][0].stability))


class Leitner:
    """Six boxes, 1 to 32 days; wrong goes back to the first. What is due first, then new ones."""

    def __init__(self, subjects: Sequence[ExamSubject], minutes: float, days: int) -> None:
        self._count = len(subjects)
        self._box: dict[int, int] = {}
        self._due: dict[int, int] = {}

    def order(self, day: float, spent: float) -> Iterator[int]:
        """Today's work."""
        return _due_then_new(self._due, self._count, int(day))

    def answered(self, place: int, rating: Rating, day: float, repeat: Rating) -> None:
        """Move it to its box."""
        last = len(LEITNER_DAYS) - 1
        box = min(self._box.get(place, 0) + 1, last) if rating is not Rating.AGAIN else 0
        self._box[place] = box
        self._due[place] = int(day) + LEITNER_DAYS[box]


class Sm2:
    """SuperMemo 2: 1 day, 6 days, then times the ease. What is due first, then new ones."""

    QUALITY: Mapping[Rating, int] = {
        Rating.AGAIN: 1,
        Rating.HARD: 3,
        Rating.GOOD: 4,
        Rating.EASY: 5,
    }

    def __init__(self, subjects: Sequence[ExamSubject], minutes: float, days: int) -> None:
        self._count = len(subjects)
        self._ease: dict[int, float] = {}
        self._interval: dict[int, float] = {}
        self._due: dict[int, int] = {}

    def order(self, day: float, spent: float) -> Iterator[int]:
        """Today's work."""
        return _due_then_new(self._due, self._count, int(day))

    def answered(self, place: int, rating: Rating, day: float, repeat: Rating) -> None:
        """Set its ease and its interval."""
        short = 5 - self.QUALITY[rating]
        ease = max(1.3, self._ease.get(place, 2.5) + 0.1 - short * (0.08 + short * 0.02))
        before = self._interval.get(place, 0.0)
        if rating is Rating.AGAIN or not before:
            interval = 1.0
        else:
            interval = 6.0 if before == 1.0 else before * ease
        self._ease[place], self._interval[place] = ease, interval
        self._due[place] = int(day) + math.ceil(interval)


def _due_then_new(due: Mapping[int, int], count: int, today: int) -> Iterator[int]:
    old = sorted((place for place in due if due[place] <= today), key=due.__getitem__)
    return iter([*old, *(place for place in range(count) if place not in due)])


def _fsrs(**options: bool) -> Callable[[Sequence[ExamSubject], float, int], Policy]:
    return lambda subjects, minutes, days: Fsrs(subjects, minutes, days, **options)


POLICIES: Mapping[str, Callable[[Sequence[ExamSubject], float, int], Policy]] = {
    "Leitner": Leitner,
    "SM-2": Sm2,
    "FSRS, reviews first": _fsrs(),
    "FSRS, new first": _fsrs(is_new_first=True),
    "FSRS, last pass": _fsrs(has_last_pass=True),
    "FSRS, new first, last pass": _fsrs(is_new_first=True, has_last_pass=True),
    "exam plan": ExamPlan,
}
