"""Pupils who have studied for a while: their logs, made up but always the same."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from stalin_study.domain.card import Card, Question, TrueFalse
from stalin_study.domain.deck import Deck
from stalin_study.domain.memory import MemoryState, review
from stalin_study.domain.review_log import Rating, ReviewEntry, Verdict, Way

DAYS = 42
# Days ago on which nothing was done: Sundays are left out too, most Saturdays are short.
_AWAY = {33, 32, 31, 17}
_RATINGS = {Verdict.CORRECT: Rating.GOOD, Verdict.CLOSE: Rating.HARD, Verdict.WRONG: Rating.AGAIN}


def six_weeks(deck: Deck, now: datetime) -> list[ReviewEntry]:
    """Six weeks up to yesterday: gaps, short weekends, more and more right; about 600 reviews."""
    pupil = _Pupil(deck, seed=6)
    for ago in range(DAYS, 0, -1):
        day = now - timedelta(days=ago)
        is_short = day.weekday() == 5
        if ago not in _AWAY and day.weekday() != 6:
            share_done = 1 - ago / DAYS
            count = pupil.rng.randint(5, 9) if is_short else pupil.rng.randint(14, 32)
            pupil.study(day.replace(hour=16, minute=20, second=0), count, 0.16 * share_done)
    return pupil.entries


def one_day(deck: Deck, now: datetime) -> list[ReviewEntry]:
    """The first session, half an hour ago: twelve reviews."""
    pupil = _Pupil(deck, seed=1)
    pupil.study(now - timedelta(minutes=30), 12, 0.0)
    return pupil.entries


class _Pupil:
    """Meets the deck card by card, and comes back to what was met before."""

    def __init__(self, deck: Deck, seed: int) -> None:
        self.rng = random.Random(seed)
        self.entries: list[ReviewEntry] = []
        self._new = [subject for card in deck.cards for subject in _askable(card)]
        self._met: dict[str, Card | Question | TrueFalse] = {}
        self._states: dict[str, MemoryState] = {}

    def study(self, at: datetime, count: int, gain: float) -> None:
        """A session of so many answers; `gain` is added to the chance of a right one."""
        session = f"session-{at:%Y%m%d}"
        for _ in range(count):
            subject = self._next(at)
            state = self._states.get(subject.id)
            met = state.reviews if state else 0
            luck, chance = self.rng.random(), min(0.5 + gain + 0.09 * met, 0.93)
            verdict = _verdict(luck, chance)
            self._states[subject.id] = review(state, subject.id, _RATINGS[verdict], at)
            took = self.rng.uniform(9, 26) + (8 if verdict is Verdict.WRONG else 0)
            at += timedelta(seconds=took + 3)
            is_card = isinstance(subject, Card)
            self.entries.append(
                ReviewEntry(
                    f"pupil-{len(self.entries):05d}",
                    subject.id,
                    at,
                    _way(subject),
                    _RATINGS[verdict],
                    _answer(subject, verdict),
                    None if is_card else verdict,
                    round(1000 * took),
                    session,
                )
            )

    def _next(self, at: datetime) -> Card | Question | TrueFalse:
        """What has been due longest, now and then something new."""
        due = [state for state in self._states.values() if state.due_at <= at]
        if self._new and (not due or self.rng.random() < 0.3):
            subject = self._new.pop(0)
            self._met[subject.id] = subject
            return subject
        if due:
            return self._met[
                min(due, key=lambda state: (state.due_at, state.subject_id)).subject_id
            ]
        return self.rng.choice(list(self._met.values()))


def _askable(card: Card) -> list[Card | Question | TrueFalse]:
    return [card, *card.questions[:8], *card.true_false[:2]]


def _verdict(luck: float, chance: float) -> Verdict:
    if luck < chance:
        return Verdict.CORRECT
    return Verdict.CLOSE if luck < chance + 0.3 * (1 - chance) else Verdict.WRONG


def _way(subject: Card | Question | TrueFalse) -> Way:
    if isinstance(subject, Card):
        return Way.FLIP
    if isinstance(subject, TrueFalse):
        return Way.TRUE_FALSE
    return Way.TYPED if subject.kind == "short" else Way.EITHER_OR


def _answer(subject: Card | Question | TrueFalse, verdict: Verdict) -> str:
    if isinstance(subject, Card):
        return ""
    if isinstance(subject, TrueFalse):
        return "true" if subject.answer is (verdict is not Verdict.WRONG) else "false"
    if verdict is Verdict.WRONG:
        return subject.distractors[0] if subject.distractors else "I do not know"
    return subject.answer
