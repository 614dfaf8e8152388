"""Made-up pupils: what they know at first, how they answer, and on which days they study."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import Strength, first_strength, next_strength, recall
from stalin_study.domain.review_log import Rating

# A wrong answer or a first meeting takes so many times as long: the reason is read, and the
# question asked once more. The plan assumes the same.
LONG = 2.5
# Of the right answers that are typed, so many are close.
CLOSE = 0.1
# A hair more than whole days, lest floating point make 24 hours less than a day.
HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class Habit:
    """When a pupil studies, and for how long.

    They begin `days` before the exam, at five o'clock give or take `jitter` hours, and keep a day
    with the chance `keeps`.
    """

    name: str
    days: int
    minutes: float
    keeps: float = 1.0
    jitter: float = 0.0


@dataclass(frozen=True, slots=True)
class Ability:
    """What a pupil brings along.

    `first_right`: share of first answers that are right. `pace`: how many times the usual seconds
    an answer takes. `lasting`: how many times as long memories last as the app believes.
    `guesses`: chance of picking the right answer without knowing it. `has_choice`: a question is
    first asked by choice, which earns Hard, and later typed, as the app does; else a right answer
    always earns Good.
    """

    name: str
    first_right: float = 0.6
    pace: float = 1.0
    lasting: float = 1.0
    guesses: float = 0.0
    has_choice: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """The rating that the app gives, and the seconds it took, a repetition included."""

    rating: Rating
    seconds: float


def equal_questions(count: int = 300) -> tuple[ExamSubject, ...]:
    """Questions that all take 8 seconds and are recalled."""
    return tuple(
        ExamSubject(f"q{n}", f"c{n // 15}", f"t{n * 7 // count}", f"p{n}", 8.0)
        for n in range(count)
    )


def mixed_questions(count: int = 325) -> tuple[ExamSubject, ...]:
    """Questions in the shares and of the lengths of the deck as it was in November 2026.

    Of 15, nine are typed, five picked and one is an order set; points have one or two.
    """
    kinds = [(13.0, True), (9.5, False), (13.0, True)] * 5
    kinds[4] = (13.0, True)
    kinds[9], kinds[14] = (9.5, False), (43.0, True)
    return tuple(
        ExamSubject(
            f"q{n}", f"c{n // 15}", f"t{n * 7 // count}", f"p{n * 18 // 25}", *kinds[n % 15]
        )
        for n in range(count)
    )


class Pupil:
    """One pupil, with a memory of which the app only sees the answers."""

    def __init__(self, ability: Ability, subjects: Sequence[ExamSubject], seed: int) -> None:
        self.ability = ability
        self.subjects = tuple(
            replace(subject, seconds=subject.seconds * ability.pace) for subject in subjects
        )
        self._luck = random.Random(f"answers {seed}")
        # Of its own, so that every policy meets the same days.
        self._days = random.Random(f"days {seed}")
        self._memory: list[tuple[Strength, float] | None] = [None] * len(subjects)

    def hour(self, habit: Habit) -> float | None:
        """At which hour they start today; None if they do not."""
        is_kept = self._days.random() < habit.keeps
        hour = 17 + self._days.uniform(-habit.jitter, habit.jitter)
        return hour if is_kept else None

    def answer(self, place: int, day: float) -> Answer:
        """Answer a question and, after a wrong answer, once more, rightly."""
        subject, before = self.subjects[place], self._memory[place]
        is_first = before is None
        is_picked = self.ability.has_choice and (is_first or not subject.is_recalled)
        knows = self._luck.random() < self._chance(place, day)
        is_right = knows or (is_picked and self._luck.random() < self.ability.guesses)
        rating = self._rating(is_picked) if is_right else Rating.AGAIN
        strength = after(before, rating if knows else Rating.AGAIN, day)
        if not knows:
            # The reason is read after a lucky guess too.
            strength = next_strength(strength, 0.0, self.repeat_rating(place))
        self._memory[place] = (strength, day)
        return Answer(rating, subject.seconds * (LONG if is_first or not is_right else 1.0))

    def repeat_rating(self, place: int) -> Rating:
        """The rating of the right answer that follows a wrong one in the same session."""
        return self.subjects[place].right if self.ability.has_choice else Rating.GOOD

    def recall_at(self, day: float) -> float:
        """What share they may expect to recall at that moment; guesses are not recall."""
        known = (self._chance(place, day) for place, one in enumerate(self._memory) if one)
        return sum(known) / len(self._memory)

    def _chance(self, place: int, day: float) -> float:
        memory = self._memory[place]
        if memory is None:
            return self.ability.first_right
        strength, last = memory
        return recall(max(0.0, day - last), self.ability.lasting * strength.stability)

    def _rating(self, is_picked: bool) -> Rating:
        if not self.ability.has_choice:
            return Rating.GOOD
        is_close = self._luck.random() < CLOSE
        return Rating.HARD if is_picked or is_close else Rating.GOOD


def after(before: tuple[Strength, float] | None, rating: Rating, day: float) -> Strength:
    """The memory (strength, day of the last review) after a review."""
    if before is None:
        return first_strength(rating)
    strength, last = before
    return next_strength(strength, day - last + HAIR, rating)
