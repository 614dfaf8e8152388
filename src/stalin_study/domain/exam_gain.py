"""What asking something today is worth on the day of the exam, for each second it takes.

The gain of asking is the recall on the day of the exam that is expected after it, less the one
expected without. When time is short, what asking it half-way to the exam would win is taken off,
less the price of the time that takes: see docs/exam-plan.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import (
    Strength,
    first_relearnt,
    first_strength,
    outcome,
    recall,
)
from stalin_study.domain.memory import SECURE_RETRIEVABILITY
from stalin_study.domain.review_log import Rating

# A first meeting or a wrong answer takes so many times the usual seconds: the reason is read and
# the question asked once more.
LONG = 2.5
# What a review of something met takes on average, in usual seconds: most answers are right.
REVIEW = 1.25
# How many first answers are right: a careful guess, by choice from four.
FIRST_RIGHT = 0.6
# A gain in recall, 0 to 1, that is not worth a review.
NEGLIGIBLE = 0.01
# While there is time, what is better remembered than this can wait.
DUE = SECURE_RETRIEVABILITY
# Time is short when, once all has been met, everything could be asked only so many times more ...
SHORT_ROUNDS = 1.5
# ... or when the last study days have come; and it is plentiful from here on.
LAST_DAYS = 3
PLENTY_ROUNDS = 3.0

# The gain for which there would just be no time if nothing could be asked a second time; each
# further round halves it. Near the prices of the best possible plan (docs/exam-plan.md).
PRICE = 0.3


class Trace(NamedTuple):
    """A memory as the plan sees it: its strength, and the days since the last review."""

    strength: Strength
    age: float


class Choice(NamedTuple):
    """Something that could be asked today: its place, its worth by the second, its seconds."""

    place: int
    worth: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """How much time is left before the exam.

    `days` until the exam, more than 0; `study_days` to learn in, today included; `rounds`: how
    many times everything could be asked once more after all has been met, below 0 when it cannot
    all be met; `mean_seconds`: the usual seconds of one answer.
    """

    days: float
    study_days: int
    rounds: float
    mean_seconds: float

    @property
    def is_short(self) -> bool:
        """Whether time is too short to wait until something is due."""
        return self.rounds <= SHORT_ROUNDS or self.study_days <= LAST_DAYS

    @property
    def is_plentiful(self) -> bool:
        """Whether there is time to meet the new at leisure."""
        return self.rounds >= PLENTY_ROUNDS and not self.is_short

    @property
    def price(self) -> float:
        """Recall that a second of time is worth."""
        return float(PRICE * 2**-self.rounds / (REVIEW * self.mean_seconds))

    @property
    def half_way(self) -> float:
        """Days until the study day half-way to the last one; 0 on the last one itself."""
        return float(-(-(self.study_days - 1) // 2))


def outlook(
    subjects: Sequence[ExamSubject],
    traces: Sequence[Trace | None],
    days: float,
    study_days: int,
    seconds: float,
) -> Outlook:
    """How much time is left; there is one subject at least, `traces` are None for the new ones.

    `seconds` are those of all study days.
    """
    every = sum(subject.seconds for subject in subjects)
    new = sum(
        subject.seconds for subject, trace in zip(subjects, traces, strict=True) if trace is None
    )
    rounds = (seconds - LONG * new) / (REVIEW * every)
    return Outlook(days, study_days, max(-10.0, min(rounds, 100.0)), every / len(subjects))


def reviews(
    subjects: Sequence[ExamSubject],
    traces: Sequence[Trace | None],
    places: Iterable[int],
    ahead: Outlook,
) -> list[Choice]:
    """Of the places, those met before that are worth asking today, the best first."""
    later = ahead.half_way if ahead.is_short else 0.0
    choices = []
    for place in places:
        trace = traces[place]
        if trace is None or not (ahead.is_short or is_fading(trace)):
            continue
        subject = subjects[place]
        gain, seconds = _gain(subject, trace, ahead.days, 0.0)
        if gain < NEGLIGIBLE:
            continue
        if later:
            gain_later, seconds_later = _gain(subject, trace, ahead.days, later)
            gain -= max(0.0, gain_later - ahead.price * seconds_later)
        choices.append(Choice(place, gain / seconds, seconds))
    return sorted(choices, key=worth, reverse=True)


def first_meetings(
    subjects: Sequence[ExamSubject],
    places: Iterable[int],
    ahead: Outlook,
    borrowed: Sequence[float] | None = None,
) -> list[Choice]:
    """The places, never met, the best first; equal ones, and all while time is plentiful, as given.

    `borrowed` is what is expected to be recalled of each place's subject on the day of the exam
    all the same.
    """
    gains = {right: first_recall(ahead.days, right) for right in (Rating.HARD, Rating.GOOD)}
    choices = []
    for place in places:
        subject = subjects[place]
        seconds = LONG * subject.seconds
        gain = gains[subject.right] - (borrowed[place] if borrowed else 0.0)
        choices.append(Choice(place, max(gain, NEGLIGIBLE) / seconds, seconds))
    if not ahead.is_plentiful:
        return sorted(choices, key=worth, reverse=True)
    # With time for everything the quick ones need not come first, only what is not known elsewhere.
    return (
        sorted(choices, key=lambda choice: round(borrowed[choice.place], 1))
        if borrowed
        else choices
    )


def worth(choice: Choice) -> float:
    """By what choices are ordered."""
    return choice.worth


def is_fading(trace: Trace) -> bool:
    """Whether the chance of recall is down to that at which FSRS asks again."""
    return recall(trace.age, trace.strength.stability) <= DUE


def first_recall(days: float, right: Rating) -> float:
    """Expected recall so many days after a first meeting, by choice: right earns Hard.

    After a wrong answer it is asked again until right, which earns `right`.
    """
    known, relearnt = _first_strengths(right)
    return FIRST_RIGHT * recall(days, known.stability) + (1 - FIRST_RIGHT) * recall(
        days, relearnt.stability
    )


@cache
def _first_strengths(right: Rating) -> tuple[Strength, Strength]:
    return first_strength(Rating.HARD), first_relearnt(right)


def _gain(subject: ExamSubject, trace: Trace, days: float, later: float) -> tuple[float, float]:
    """What asking so many days later wins, in recall on the day of the exam, and its seconds."""
    chance, if_right, if_wrong = outcome(trace.strength, trace.age + later, subject.right)
    left = days - later
    after = chance * recall(left, if_right) + (1 - chance) * recall(left, if_wrong)
    seconds = subject.seconds * (chance + (1 - chance) * LONG)
    return after - recall(trace.age + days, trace.strength.stability), seconds
