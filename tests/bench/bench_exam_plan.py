"""How long the day's plan, the figures and the next question take: python bench_exam_plan.py."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from figures import hand_on, median_of, milliseconds, show

from stalin_study.domain.exam_forecast import expected_recall, forecast
from stalin_study.domain.exam_plan import plan_day
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.memory import MemoryState, load_model, review
from stalin_study.domain.review_log import Rating

AT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
MINUTES = 10.0


def made_subjects(count: int) -> tuple[ExamSubject, ...]:
    """Questions of seven topics, two on each point."""
    return tuple(
        ExamSubject(f"q{n}", f"c{n // 16}", f"t{n % 7}", f"p{n // 2}", 9.0 + n % 5, n % 3 > 0)
        for n in range(count)
    )


def made_states(subjects: tuple[ExamSubject, ...], share: float) -> dict[str, MemoryState]:
    """Memories of a share of the subjects, from a few reviews in the last two months."""
    rng = random.Random(1)
    states = {}
    for subject in subjects:
        if rng.random() > share:
            continue
        state = None
        at = AT - timedelta(days=60)
        for _ in range(rng.randint(1, 5)):
            at += timedelta(days=rng.uniform(0.1, 11))
            state = review(state, subject.id, Rating(rng.choice((1, 2, 3, 3))), at)
        if state is not None:
            states[subject.id] = state
    return states


def measure(count: int, share: float) -> None:
    """The plan and the figures, with time to spare and without."""
    subjects = made_subjects(count)
    states = made_states(subjects, share)
    name = f"{count:,} questions, {share:.0%} met"

    def taken(title: str, work: Callable[[], object], times: int = 15) -> list[float]:
        found = milliseconds(work, times)
        show(f"{title}, {name}", found)
        return found

    def plan(exam_at: datetime | None) -> object:
        return plan_day(subjects, states, AT, exam_at, MINUTES, zone=UTC)

    planning = {
        days: taken(f"day's plan, {days} days", partial(plan, AT + timedelta(days=days, hours=-8)))
        for days in (14, 60, 3650)
    }
    exam_at = AT + timedelta(days=60, hours=-8)
    taken("day's plan, no exam", partial(plan, None))
    expecting = taken("expected recall", lambda: expected_recall(subjects, states, exam_at, AT))
    looking_ahead = taken(
        "forecast, 60 days",
        lambda: forecast(subjects, states, AT, exam_at, MINUTES, zone=UTC),
        5,
    )
    if share == 1.0:
        hand_on(
            median_of(f"day's plan, {count:,} questions", planning[60], goal=150),
            median_of(f"expected recall, {count:,} questions", expecting),
            median_of(f"forecast of 60 days, {count:,} questions", looking_ahead),
        )


def main() -> None:
    """Measure decks as large as the shipped one and as large as can be expected."""
    load_model()
    for count, share in ((325, 0.5), (10_000, 0.5), (10_000, 1.0)):
        measure(count, share)


if __name__ == "__main__":
    main()
