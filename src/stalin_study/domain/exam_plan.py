"""Today's work: what is worth most on the day of the exam, for each minute it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from stalin_study.domain.exam_gain import (
    LONG,
    Choice,
    Outlook,
    Trace,
    first_meetings,
    outlook,
    reviews,
    worth,
)
from stalin_study.domain.exam_order import mixed, spread
from stalin_study.domain.exam_subjects import ExamSubject
from stalin_study.domain.forgetting import Strength
from stalin_study.domain.memory import CLOCK_TOLERANCE, MemoryState, is_due, retrievability
from stalin_study.domain.study_day import study_day_start, study_days_until

DAY = timedelta(days=1)
# The last question of a day may run over, and so may a few.
GRACE_S = 60.0

Reason = Literal["new first", "last pass", "steady", "rest", "no exam"]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The rest of today's work.

    `subject_ids` stand in the order in which to ask; `seconds` is what they are expected to take.
    `reason`: "new first" and "last pass" when time is short (with and without anything new),
    "steady" when there is time to wait until things are due, "rest" when nothing is worth asking
    today or today's minutes are done, "no exam" when no exam lies ahead: due ones, then new ones.
    """

    subject_ids: tuple[str, ...]
    seconds: float
    reason: Reason


def plan_day(
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    exam_at: datetime | None,
    minutes: float,
    done_seconds: float = 0.0,
    *,
    kept: float = 1.0,
    borrowed: Mapping[str, float] | None = None,
    zone: tzinfo | None = None,
) -> DayPlan:
    """What to ask in the rest of today, of `minutes` less the seconds done.

    What was asked this study day already is left out. Missed days need no care: each plan starts
    from what is remembered now. `kept` is the share of the days to come on which the pupil will
    study (`study_day.kept_share`). `borrowed` is the recall on the day of the exam, by id, that
    what was never asked owes to something else. Raises ValueError if `at` is not aware.
    """
    places = open_places(subjects, states, at, zone)
    a_day = seconds_a_day(minutes)
    left = max(0.0, a_day - max(0.0, done_seconds))
    is_ahead = exam_at is not None and exam_at > at
    if not left or not places:
        return DayPlan((), 0.0, "rest" if is_ahead else "no exam")
    if exam_at is None or not is_ahead:
        return _without_exam(subjects, states, places, at, left)
    traces = [trace_of(states.get(subject.id), at) for subject in subjects]
    days = study_days_until(exam_at, at, zone)
    seconds = left + (days - 1) * a_day * min(max(kept, 0.0), 1.0)
    ahead = outlook(subjects, traces, (exam_at - at) / DAY, days, seconds)
    chosen = choose(subjects, traces, places, ahead, left, at_places(subjects, borrowed))
    return _plan(subjects, chosen, _reason(chosen, traces, ahead))


def in_time(
    begun: DayPlan,
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    minutes: float,
    done_seconds: float,
    *,
    zone: tzinfo | None = None,
) -> DayPlan:
    """Work that was planned earlier on this study day, without what the day has no time for now.

    What was asked already stays in it. Who is quicker than expected gets nothing new.
    """
    left = seconds_a_day(minutes) - max(0.0, done_seconds)
    waiting = _asked_later(begun, subjects, states, at, zone)
    ids, seconds = [], 0.0
    for subject_id, cost in waiting:
        seconds += cost
        if left <= 0 or seconds > left + GRACE_S:
            ids.append(subject_id)
    return _without(begun, ids, subjects)


def left_of_day(
    begun: DayPlan,
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    *,
    zone: tzinfo | None = None,
) -> DayPlan:
    """What of such work was not asked yet. Raises ValueError if `at` is not aware."""
    waiting = {subject_id for subject_id, _ in _asked_later(begun, subjects, states, at, zone)}
    left = _without(begun, set(begun.subject_ids) - waiting, subjects)
    is_over = not waiting and begun.reason != "no exam"
    return replace(left, reason="rest") if is_over else left


def seconds_a_day(minutes: float) -> float:
    """Minutes a day in seconds: none at least, a whole day at most."""
    return 60 * min(max(0.0, minutes), 24.0 * 60)


def trace_of(state: MemoryState | None, at: datetime) -> Trace | None:
    """A memory state as the plan sees it; None for what was never asked.

    When the last review lies in the future, because the clock was changed, nobody knows how long
    ago it was: it is taken to be due just now.
    """
    if state is None:
        return None
    age = (at - state.last_reviewed_at) / DAY
    if age < -CLOCK_TOLERANCE / DAY:
        age = state.stability
    return Trace(Strength(state.stability, state.difficulty), max(0.0, age))


def open_places(
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    zone: tzinfo | None = None,
) -> list[int]:
    """Places of the subjects that were not asked on the study day of `at` yet."""
    started_at = study_day_start(at, zone)
    until = at + CLOCK_TOLERANCE
    return [
        place
        for place, subject in enumerate(subjects)
        if (state := states.get(subject.id)) is None
        or not started_at <= state.last_reviewed_at <= until
    ]


def at_places(
    subjects: Sequence[ExamSubject], borrowed: Mapping[str, float] | None
) -> list[float] | None:
    """What is borrowed at each place, 0 for nothing; None if there is none at all."""
    if not borrowed:
        return None
    return [borrowed.get(subject.id, 0.0) for subject in subjects]


def choose(
    subjects: Sequence[ExamSubject],
    traces: Sequence[Trace | None],
    places: Iterable[int],
    ahead: Outlook,
    seconds: float,
    borrowed: Sequence[float] | None = None,
) -> list[Choice]:
    """What of the places to ask in so many seconds; the last one may run over.

    By worth; but when time is plentiful, half of it goes to what is fading before anything new.
    """
    met: list[int] = []
    new: list[int] = []
    for place in places:
        (new if traces[place] is None else met).append(place)
    old = reviews(subjects, traces, met, ahead)
    first = first_meetings(subjects, spread(subjects, new), ahead, borrowed)
    if not ahead.is_plentiful:
        return _filled(sorted(first + old, key=worth, reverse=True), seconds)
    half = _filled(old, seconds / 2)
    return _filled(half + first + old[len(half) :], seconds)


def _asked_later(
    begun: DayPlan,
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    at: datetime,
    zone: tzinfo | None,
) -> list[tuple[str, float]]:
    """What of the work was not asked yet, in its order, with the seconds that it takes."""
    open_ids = {subjects[place].id for place in open_places(subjects, states, at, zone)}
    return [(one, cost) for one, cost in _costs(begun, subjects) if one in open_ids]


def _costs(begun: DayPlan, subjects: Sequence[ExamSubject]) -> list[tuple[str, float]]:
    """The share of each in the seconds that were expected of the whole."""
    usual = {subject.id: subject.seconds for subject in subjects}
    of_all = sum(usual[one] for one in begun.subject_ids) or 1.0
    return [(one, begun.seconds * usual[one] / of_all) for one in begun.subject_ids]


def _without(begun: DayPlan, ids: Collection[str], subjects: Sequence[ExamSubject]) -> DayPlan:
    if not ids:
        return begun
    kept = [(one, cost) for one, cost in _costs(begun, subjects) if one not in ids]
    return DayPlan(tuple(one for one, _ in kept), sum(cost for _, cost in kept), begun.reason)


def _filled(choices: Iterable[Choice], seconds: float) -> list[Choice]:
    chosen = []
    for choice in choices:
        if seconds <= 0:
            break
        chosen.append(choice)
        seconds -= choice.seconds
    return chosen


def _reason(chosen: list[Choice], traces: Sequence[Trace | None], ahead: Outlook) -> Reason:
    if not chosen:
        return "rest"
    if not ahead.is_short:
        return "steady"
    has_new = any(traces[choice.place] is None for choice in chosen)
    return "new first" if has_new else "last pass"


def _plan(subjects: Sequence[ExamSubject], chosen: list[Choice], reason: Reason) -> DayPlan:
    asked = mixed([subjects[choice.place] for choice in chosen])
    seconds = sum(choice.seconds for choice in chosen)
    return DayPlan(tuple(subject.id for subject in asked), seconds, reason)


def _without_exam(
    subjects: Sequence[ExamSubject],
    states: Mapping[str, MemoryState],
    places: list[int],
    at: datetime,
    seconds: float,
) -> DayPlan:
    """Ordinary FSRS at 0.90: what is due, the least well remembered first, then new ones."""
    due: list[tuple[float, Choice]] = []
    new: list[int] = []
    for place in places:
        subject = subjects[place]
        state = states.get(subject.id)
        if state is None:
            new.append(place)
        elif is_due(state, at):
            chance = retrievability(state, at)
            cost = subject.seconds * (chance + (1 - chance) * LONG)
            due.append((chance, Choice(place, 0.0, cost)))
    choices = [choice for _, choice in sorted(due, key=lambda pair: pair[0])]
    choices += [
        Choice(place, 0.0, LONG * subjects[place].seconds) for place in spread(subjects, new)
    ]
    return _plan(subjects, _filled(choices, seconds), "no exam")
