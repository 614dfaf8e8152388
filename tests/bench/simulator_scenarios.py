"""Who revises, when and for how long: the scenarios of the simulator."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator_pupils import Ability, Habit, equal_questions, mixed_questions

from stalin_study.domain.exam_subjects import ExamSubject

TYPICAL = Ability("typical")
WEAK = Ability("weak", first_right=0.4, pace=1.25)
STRONG = Ability("strong", first_right=0.8, pace=0.8)
TWO_RATINGS = Ability("two ratings", has_choice=False)

HABITS = (
    Habit("steady, 120 days, 15 min", 120, 15),
    Habit("steady, 60 days, 15 min", 60, 15),
    Habit("steady, 60 days, 10 min", 60, 10),
    Habit("steady, 30 days, 15 min", 30, 15),
    Habit("late starter, 21 days, 10 min", 21, 10),
    Habit("late starter, 14 days, 15 min", 14, 15),
    Habit("late starter, 10 days, 15 min", 10, 15),
    Habit("crammer, 3 days, 60 min", 3, 60),
    Habit("sporadic, 45 % of 60 days, 15 min", 60, 15, 0.45, 2.0),
    Habit("sporadic, 40 % of 30 days, 15 min", 30, 15, 0.40, 2.0),
)
EQUAL_HABITS = (
    Habit("steady, 120 days, 10 min", 120, 10),
    Habit("steady, 60 days, 10 min", 60, 10),
    Habit("steady, 30 days, 10 min", 30, 10),
    Habit("late starter, 21 days, 7 min", 21, 7),
    Habit("late starter, 14 days, 10 min", 14, 10),
    Habit("late starter, 10 days, 10 min", 10, 10),
    Habit("crammer, 3 days, 50 min", 3, 50),
    Habit("sporadic, 45 % of 60 days, 10 min", 60, 10, 0.45, 2.0),
    Habit("sporadic, 40 % of 30 days, 10 min", 30, 10, 0.40, 2.0),
)
CALIBRATED = (
    *(Ability("as the model says"), WEAK, STRONG),
    Ability("memories last half as long", lasting=0.5),
    Ability("memories last twice as long", lasting=2.0),
    Ability("guesses (right by luck 1 in 3)", first_right=0.4, guesses=1 / 3),
)
CALIBRATED_HABITS = (HABITS[1], HABITS[3], HABITS[5], HABITS[7], HABITS[8])


@dataclass(frozen=True, slots=True)
class Scenario:
    """A pupil, their habit and their deck."""

    ability: Ability
    habit: Habit
    subjects: Sequence[ExamSubject]


def random_scenarios(count: int, seed: int) -> Iterator[Scenario]:
    """Scenarios of all kinds, drawn from a seed: none of them was looked at in making the plan."""
    rng = random.Random(seed)
    for number in range(count):
        days = round(2 * 60 ** rng.random())
        keeps = 1.0 if rng.random() < 0.5 else rng.uniform(0.3, 0.9)
        ability = Ability(
            f"pupil {number}",
            first_right=rng.uniform(0.3, 0.9),
            pace=rng.uniform(0.7, 1.4),
            has_choice=rng.random() < 0.7,
        )
        questions = mixed_questions if ability.has_choice else equal_questions
        # So many times everything could be met and asked once.
        plenty = 0.4 * 12 ** rng.random()
        subjects = questions(rng.randrange(60, 400))
        seconds = plenty * 3.75 * ability.pace * sum(subject.seconds for subject in subjects)
        minutes = max(2.0, seconds / 60 / days / keeps)
        yield Scenario(
            ability, Habit(f"{number}", days, minutes, keeps, rng.uniform(0, 2)), subjects
        )
