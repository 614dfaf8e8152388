"""How well the best possible plan could do: a bound that no plan can pass, whoever makes it.

Give each day's seconds a price. A plan that may buy any number of seconds at these prices does at
least as well as one that has to keep to its minutes; for one question alone the best such plan is
found exactly, going back day by day from the exam; and so the sum over all questions, plus the
price of the minutes there are, is a bound (Lagrangian duality). The least over many prices is kept.
Memories are interpolated between grid points, which is good to about 0.2 points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import exp, log

from simulator_pupils import LONG, Ability, Habit

from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import (
    Strength,
    first_relearnt,
    first_strength,
    next_strength,
    recall,
    relearnt,
)
from stalin_study.domain.review_log import Rating

# From five in the afternoon to nine in the morning.
NIGHT = 16 / 24
STABILITIES = [exp(log(0.05) + n * (log(400) - log(0.05)) / 27) for n in range(28)]
DIFFICULTIES = [1 + n * 9 / 6 for n in range(7)]
# Prices of as many seconds as the first question takes, on the first day, and how much dearer
# they are on the last.
STARTS = (0.02, 0.04, 0.07, 0.1, 0.14, 0.2, 0.3)
RISES = (1.0, 1.7, 3.0)

Grid = list[list[float]]


def bound(subjects: Sequence[ExamSubject], ability: Ability, habit: Habit) -> float:
    """The bound on the expected recall, for a pupil who keeps every day."""
    kinds = Counter(
        (subject.seconds * ability.pace, subject.right if ability.has_choice else Rating.GOOD)
        for subject in subjects
    )
    tables = [
        (count, seconds, Table(ability, habit, right)) for (seconds, right), count in kinds.items()
    ]
    first_seconds = tables[0][1]

    def value(start: float, rise: float) -> float:
        prices = [
            start / first_seconds * rise ** ((day / max(1, habit.days - 1)) ** 3)
            for day in range(habit.days)
        ]
        bought = sum(count * table.value(seconds, prices) for count, seconds, table in tables)
        return (bought + habit.minutes * 60 * sum(prices)) / len(subjects)

    # The price of a second rises slowly, then fast. First roughly, then more closely.
    best, start, rise = min((value(*pair), *pair) for pair in product(STARTS, RISES))
    closer = (value(start * factor, rise) for factor in (0.8, 0.9, 1.1, 1.25))
    return min(best, *closer)


class Table:
    """The best plan for one question, at a price for each day's seconds."""

    def __init__(self, ability: Ability, habit: Habit, right: Rating) -> None:
        self.days = habit.days
        self.first_right = ability.first_right
        first = Rating.HARD if ability.has_choice else Rating.GOOD
        self.first = first_strength(first), first_relearnt(right)
        # [stability][difficulty][gap - 1]: chance, and where the memory goes to.
        self.steps = [
            [
                [self._step(Strength(s, d), gap, right) for gap in range(1, habit.days)]
                for d in DIFFICULTIES
            ]
            for s in STABILITIES
        ]

    def value(self, seconds: float, prices: Sequence[float]) -> float:
        """Recall at the exam less the price of all seconds, under the best plan for one."""
        later: dict[int, Grid] = {}
        best = 0.0
        for day in range(self.days - 1, -1, -1):
            later[day] = self._just_asked(day, seconds, prices, later)
            right, wrong = (_at(later[day], _place(strength)) for strength in self.first)
            met = self.first_right * right + (1 - self.first_right) * wrong
            best = max(best, met - prices[day] * LONG * seconds)
        return best

    def _just_asked(
        self, day: int, seconds: float, prices: Sequence[float], later: dict[int, Grid]
    ) -> Grid:
        """The value of each memory just after a review on that day."""
        left = self.days - 1 - day
        grid = []
        for row, stability in enumerate(STABILITIES):
            values = []
            for column in range(len(DIFFICULTIES)):
                best = recall(left + NIGHT, stability)
                for gap in range(1, left + 1):
                    chance, right, wrong = self.steps[row][column][gap - 1]
                    table, price = later[day + gap], prices[day + gap] * seconds
                    value = chance * (_at(table, right) - price) + (1 - chance) * (
                        _at(table, wrong) - price * LONG
                    )
                    best = max(best, value)
                values.append(best)
            grid.append(values)
        return grid

    @staticmethod
    def _step(strength: Strength, gap: int, right: Rating) -> tuple[float, _Place, _Place]:
        return (
            recall(gap, strength.stability),
            _place(next_strength(strength, gap, right)),
            _place(relearnt(strength, gap, right)),
        )


_Place = tuple[int, float, int, float]


def _place(strength: Strength) -> _Place:
    """Row and column of the grid, and how far from them to the next."""
    stability = min(max(strength.stability, STABILITIES[0]), STABILITIES[-1])
    row = min(bisect_right(STABILITIES, stability), len(STABILITIES) - 1) - 1
    low, high = STABILITIES[row], STABILITIES[row + 1]
    column = min(bisect_right(DIFFICULTIES, strength.difficulty), len(DIFFICULTIES) - 1) - 1
    width = DIFFICULTIES[1] - DIFFICULTIES[0]
    return (
        row,
        log(stability / low) / log(high / low),
        column,
        (strength.difficulty - DIFFICULTIES[column]) / width,
    )


def _at(grid: Grid, place: _Place) -> float:
    row, down, column, along = place
    upper, lower = grid[row], grid[row + 1]
    return (upper[column] * (1 - along) + upper[column + 1] * along) * (1 - down) + (
        lower[column] * (1 - along) + lower[column + 1] * along
    ) * down
