"""The rating that an answer earns, from its verdict, its kind and the time it took.

docs/self-test.md tells the rule to people; this is the rule.
"""

from __future__ import annotations

from stalin_study.domain.review_log import Rating, Verdict, Way
from stalin_study.domain.self_test.tasks import (
    Choosing,
    Matching,
    Ordering,
    Outcome,
    Recalling,
    Task,
    Typing,
    Writing,
)

RECALLED = frozenset({Way.TYPED, Way.GAP, Way.ORDER, Way.BLURT, Way.EXAM})
WORDS_A_SECOND = 3.3  # reading, about 200 words a minute
LETTERS_A_SECOND = 2.5  # typing by a pupil
THINKING_S = 4.0
SLOW = 4.0  # times the usual
MANY_CHOICES = 4
LONGEST_S = 3600.0  # then the pupil was away, or the clock was changed


def usual_seconds(task: Task) -> float:
    """How long a pupil usually takes for a task, in seconds."""
    reading = len(task.prompt.split()) / WORDS_A_SECOND
    match task.body:
        case Choosing(choices=choices):
            return THINKING_S + reading + _reading(choices)
        case Typing(question=question):
            return THINKING_S + reading + len(question.answer) / LETTERS_A_SECOND
        case Ordering(events=events):
            texts = tuple(event.text for event in events)
            return reading + 2 * _reading(texts) + THINKING_S * len(events)
        case Matching(pairs=pairs):
            texts = tuple(f"{pair.left} {pair.right}" for pair in pairs)
            return reading + 2 * _reading(texts) + THINKING_S * len(pairs)
        case Recalling(aim=aim):
            return reading + 20.0 * aim + 20.0
        case Writing(exam=exam):
            return 75.0 * exam.marks


def rating_for(task: Task, verdict: Verdict, took_ms: int) -> Rating:
    """The rating of a task with this verdict.

    Wrong is Again and close is Hard. Right when recalled is Good, or Hard when it took four times
    as long as usual. Right when picked is Hard, since it is easier than recalling; picked from
    four within the usual time it is Good. Easy is never given by itself: only the pupil knows
    that. A time of 0 or of more than an hour says nothing.
    """
    if verdict is Verdict.WRONG:
        return Rating.AGAIN
    if verdict is Verdict.CLOSE:
        return Rating.HARD
    took = took_ms / 1000
    is_known = 0 < took <= LONGEST_S
    usual = usual_seconds(task)
    if task.way in RECALLED:
        return Rating.HARD if is_known and took > SLOW * usual else Rating.GOOD
    is_many = isinstance(task.body, Choosing) and len(task.body.choices) >= MANY_CHOICES
    return Rating.GOOD if is_many and is_known and took <= usual else Rating.HARD


def ratings_for(task: Task, outcome: Outcome, took_ms: int) -> tuple[tuple[str, Rating], ...]:
    """Whom an answer reviews, and how: a match reviews the question of each of its pairs."""
    if task.way is Way.MATCH:
        rated = {
            part.subject_id: Rating.AGAIN if part.verdict is Verdict.WRONG else Rating.HARD
            for part in outcome.parts
            if part.subject_id
        }
        return tuple(rated.items())
    return ((task.subject_id, rating_for(task, outcome.verdict, took_ms)),)


def _reading(texts: tuple[str, ...]) -> float:
    return sum(len(text.split()) for text in texts) / WORDS_A_SECOND
