"""How a memory fades and how an answer changes it: FSRS-6 in plain numbers.

The same rules as `memory.review`, without its dates, phases and steps, for plans that look at
thousands of memories at many moments. Formulas and default parameters:
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
"""

from __future__ import annotations

from math import exp, floor
from typing import NamedTuple

from stalin_study.domain.memory import DECAY, FACTOR
from stalin_study.domain.review_log import Rating

# w0 to w20; they are in `fsrs` too, which takes long to import.
PARAMETERS = (
    *(0.212, 1.2931, 2.3065, 8.2956),
    *(6.4133, 0.8334, 3.0194, 0.001),
    *(1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483),
    *(0.6014, 1.8729),
    *(0.5425, 0.0912, 0.0658),
    DECAY,
)
_W = PARAMETERS
_LEAST_STABILITY = 0.001
_EASY_DIFFICULTY = _W[4] - exp(_W[5] * 3) + 1
_GROWTH = exp(_W[8])
_GROWTH_FOR = {Rating.HARD: _W[15], Rating.GOOD: 1.0, Rating.EASY: _W[16]}
_LAPSE_DIVISOR = exp(_W[17] * _W[18])
_SAME_DAY = {rating: exp(_W[17] * (rating - 3 + _W[18])) for rating in Rating}


class Strength(NamedTuple):
    """A memory as of its last review: stability in days, difficulty 1 to 10."""

    stability: float
    difficulty: float


class Outcome(NamedTuple):
    """What asking would do: the chance of a right answer, and the stability after either."""

    chance: float
    if_right: float
    if_wrong: float


def recall(days: float, stability: float) -> float:
    """Chance of recall so many days (0 or more) after the last review, 0 to 1."""
    return float((1 + FACTOR * days / stability) ** -DECAY)


def first_strength(rating: Rating) -> Strength:
    """The memory after a first review."""
    difficulty = _W[4] - exp(_W[5] * (rating - 1)) + 1
    return Strength(_W[rating - 1], min(max(difficulty, 1.0), 10.0))


def next_strength(before: Strength, days: float, rating: Rating) -> Strength:
    """The memory after a review so many days after the last one.

    As in `fsrs`, only whole days count, and a review within a day follows the short-term rule.
    """
    stability, difficulty = before
    whole = floor(days)
    if whole < 1:
        after = _same_day(stability, rating)
    else:
        chance = recall(whole, stability)
        if rating is Rating.AGAIN:
            after = _lapsed(stability, difficulty, chance)
        else:
            after = _grown(stability, difficulty, chance, _GROWTH_FOR[rating])
    return Strength(max(after, _LEAST_STABILITY), _next_difficulty(difficulty, rating))


def relearnt(before: Strength, days: float, right: Rating) -> Strength:
    """The memory after a wrong answer, and a right one to the same question minutes later."""
    return next_strength(next_strength(before, days, Rating.AGAIN), 0.0, right)


def first_relearnt(right: Rating) -> Strength:
    """The memory after a first answer that was wrong, and a right one minutes later."""
    return next_strength(first_strength(Rating.AGAIN), 0.0, right)


def outcome(before: Strength, days: float, right: Rating) -> Outcome:
    """What asking so many days after the last review would do.

    `right` is the rating that a right answer earns; after a wrong one it is asked again until
    right. The stabilities are those of `next_strength` and `relearnt`.
    """
    stability, difficulty = before
    whole = floor(days)
    if whole < 1:
        if_right = _same_day(stability, right)
        if_wrong = _same_day(stability, Rating.AGAIN)
    else:
        chance = recall(whole, stability)
        if_right = _grown(stability, difficulty, chance, _GROWTH_FOR[right])
        if_wrong = _lapsed(stability, difficulty, chance)
    if_wrong = _same_day(max(if_wrong, _LEAST_STABILITY), right)
    return Outcome(recall(max(days, 0.0), stability), if_right, if_wrong)


def _grown(stability: float, difficulty: float, chance: float, factor: float) -> float:
    surprise = exp((1 - chance) * _W[10]) - 1
    return float(
        stability * (1 + _GROWTH * (11 - difficulty) * stability ** -_W[9] * surprise * factor)
    )


def _lapsed(stability: float, difficulty: float, chance: float) -> float:
    long_term = (
        _W[11]
        * difficulty ** -_W[12]
        * ((stability + 1) ** _W[13] - 1)
        * exp((1 - chance) * _W[14])
    )
    return float(min(long_term, stability / _LAPSE_DIVISOR))


def _same_day(stability: float, rating: Rating) -> float:
    change = _SAME_DAY[rating] * stability ** -_W[19]
    return float(stability * (change if rating is Rating.AGAIN else max(change, 1.0)))


def _next_difficulty(difficulty: float, rating: Rating) -> float:
    moved = difficulty - _W[6] * (rating - 3) * (10 - difficulty) / 9
    after = _W[7] * _EASY_DIFFICULTY + (1 - _W[7]) * moved
    return min(max(after, 1.0), 10.0)
