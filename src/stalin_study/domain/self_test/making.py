"""Makes tasks of what the deck holds, and a session of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from math import ceil

from msgspec.structs import replace

from stalin_study.domain.card import Card, ExamQuestion, OrderSet, Question, TrueFalse
from stalin_study.domain.deck import Deck
from stalin_study.domain.memory import MemoryState, is_due
from stalin_study.domain.review_log import Way
from stalin_study.domain.self_test.choosing import RECALL_FROM_DAYS, Asked, How, Picked, way_of
from stalin_study.domain.self_test.gaps import gap_question
from stalin_study.domain.self_test.match_sets import PAIRS, make_match, match_kinds, set_counts
from stalin_study.domain.self_test.ratings import usual_seconds
from stalin_study.domain.self_test.tasks import (
    Body,
    Choosing,
    Ordering,
    Recalling,
    Shuffling,
    Task,
    Typing,
    Writing,
)

TRUE, FALSE = "True", "False"
SPEED_LEAST_S = 6
# A mixed session this long also holds a match, and a blurt of a card that is known well enough.
LONG_ENOUGH = 8
MATCH_PLACE = 4
BLURT_SHARE = 0.6
_WINDOW = 8


def make_task(
    asked: Asked, way: Way, rng: Shuffling, time_factor: float = 1.0, *, is_repeat: bool = False
) -> Task:
    """One subject as a task. `time_factor` stretches its time, 0 takes the limit away."""
    card, subject = asked.card, asked.subject
    match subject:
        case TrueFalse():
            body: Body = Choosing((TRUE, FALSE), TRUE if subject.answer else FALSE)
            because, point, prompt = subject.because, subject.point, subject.statement
        case OrderSet():
            body = Ordering(subject.events, _shuffled(len(subject.events), rng))
            because, point, prompt = "", "", f"Put these in order: {subject.title}"
        case ExamQuestion():
            body, because, point, prompt = Writing(subject), "", "", subject.prompt
        case Card():
            body, because, point = Recalling(card.points, card.aim), "", ""
            prompt = card.prompt
        case Question():
            because, point, prompt = subject.because, subject.point, subject.prompt
            body = _question_body(card, subject, way, rng)
            if way is Way.GAP and isinstance(body, Typing):
                prompt = body.question.prompt
    task = Task(way, subject.id, card.id, prompt, body, because, point, is_repeat=is_repeat)
    return replace(task, seconds=_seconds(task, time_factor))


def make_session(
    asked: Sequence[Asked],
    how: How,
    length: int,
    states: Mapping[str, MemoryState],
    at: datetime,
    rng: Shuffling,
    *,
    is_ordered: bool = False,
    time_factor: float = 1.0,
) -> tuple[Task, ...]:
    """At most `length` tasks (0 for all) of what is asked, kinds in turns.

    What was never asked and what is due come before what is still well known, unless the order is
    given, by the plan or the weakest first.
    """
    chosen = list(asked)
    if not is_ordered:
        rng.shuffle(chosen)
        chosen.sort(key=lambda one: _is_known(states.get(one.id), at))
    chosen = chosen[: length or None]
    tasks = [
        make_task(one, way_of(how, one.card, one.subject, states.get(one.id)), rng, time_factor)
        for one in chosen
    ]
    return alternated(tasks)


def extras_of(
    subject_ids: Sequence[str], deck: Deck, states: Mapping[str, MemoryState]
) -> tuple[bool, bool]:
    """Whether a mixed session of all these has a match, and a blurt, in addition."""
    if len(subject_ids) < LONG_ENOUGH:
        return False, False
    known = [deck.cards_by_subject[one] for one in subject_ids if one in deck.cards_by_subject]
    cards = tuple({card.id: card for card in known}.values())
    return bool(match_kinds(deck, cards)), any(_is_ripe(card, states) for card in cards)


def with_match_of(
    tasks: tuple[Task, ...], picked: Picked, deck: Deck, rng: Shuffling
) -> tuple[Task, ...]:
    """With a match of what was picked, if there is enough of it."""
    if picked.kind is None:
        return tasks
    match = make_match(deck, deck.cards, picked.kind, PAIRS, rng, picked.matched or {""})
    return tasks if match is None else (*tasks[:MATCH_PLACE], match, *tasks[MATCH_PLACE:])


def with_extras(
    tasks: tuple[Task, ...],
    deck: Deck,
    states: Mapping[str, MemoryState],
    rng: Shuffling,
) -> tuple[Task, ...]:
    """A mixed session with a match among its questions and a blurt at its end, if it is long.

    The match is of the cards that are asked about; the blurt is of one whose questions are mostly
    past being picked from choices.
    """
    if len(tasks) < LONG_ENOUGH:
        return tasks
    cards = _cards_of(tasks, deck)
    extras = list(tasks)
    matches = make_matches(deck, cards, 1, rng)
    if matches:
        extras[MATCH_PLACE : MATCH_PLACE + 1] = [*matches, extras[MATCH_PLACE]]
    ripe = [card for card in cards if _is_ripe(card, states)]
    if ripe:
        rng.shuffle(ripe)
        extras.append(make_task(Asked(ripe[0], ripe[0]), Way.BLURT, rng))
    return tuple(extras)


def match_count(deck: Deck, cards: Sequence[Card], picked: Picked | None = None) -> int:
    """How many match sets `make_matches` makes when all are wanted."""
    if picked is not None and picked.kind is not None:
        return sum(set_counts(deck, deck.cards, (picked.kind,), picked.matched).values())
    return sum(set_counts(deck, cards).values())


def make_matches(
    deck: Deck,
    cards: Sequence[Card],
    count: int,
    rng: Shuffling,
    picked: Picked | None = None,
) -> tuple[Task, ...]:
    """Up to `count` match sets of these cards (0 for all), kinds in turns.

    Of what a page has picked of one kind, if it has, in place of the cards.
    """
    matched: frozenset[str] = frozenset()
    kinds = list(match_kinds(deck, cards))
    if picked is not None and picked.kind is not None:
        cards, kinds, matched = deck.cards, [picked.kind], picked.matched
    rng.shuffle(kinds)
    most = match_count(deck, cards, picked)
    made = [
        make_match(deck, cards, kinds[number % len(kinds)], PAIRS, rng, matched)
        for number in range(min(count, most) if count else most)
    ]
    return tuple(task for task in made if task is not None)


def alternated(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Tasks nearly in their order, with neighbours of another kind, point and card if it can be.

    Each place takes the first of the next few that differs from the one before.
    """
    waiting, out = iter(tasks), list[Task]()
    window = list(islice(waiting, _WINDOW))
    while window:
        place = min(range(len(window)), key=lambda n: (_likeness(out[-1:], window[n]), n))
        out.append(window.pop(place))
        window += islice(waiting, 1)
    return tuple(out)


def _likeness(before: Sequence[Task], task: Task) -> int:
    if not before:
        return 0
    [last] = before
    is_same_point = bool(task.point_id) and task.point_id == last.point_id
    return 4 * is_same_point + 2 * (task.way is last.way) + (task.card_id == last.card_id)


def _question_body(card: Card, question: Question, way: Way, rng: Shuffling) -> Body:
    if way is Way.GAP:
        return Typing(gap_question(card, question) or question)
    if way is Way.TYPED:
        return Typing(question)
    choices = [question.answer, *question.distractors]
    rng.shuffle(choices)
    return Choosing(tuple(choices), question.answer)


def _shuffled(count: int, rng: Shuffling) -> tuple[int, ...]:
    """Places in another order than the right one, where there is another."""
    places = list(range(count))
    rng.shuffle(places)
    if places == sorted(places):
        places = [*places[1:], *places[:1]]
    return tuple(places)


def _seconds(task: Task, time_factor: float) -> int:
    if task.way is Way.SPEED:
        return ceil(max(SPEED_LEAST_S, usual_seconds(task)) * time_factor)
    return ceil(usual_seconds(task) * time_factor) if task.way is Way.EXAM else 0


def _cards_of(tasks: Iterable[Task], deck: Deck) -> list[Card]:
    ids = dict.fromkeys(task.card_id for task in tasks)
    return [deck.cards_by_id[card_id] for card_id in ids if card_id in deck.cards_by_id]


def _is_ripe(card: Card, states: Mapping[str, MemoryState]) -> bool:
    known = [
        state.stability >= RECALL_FROM_DAYS
        for question in card.questions
        if (state := states.get(question.id)) is not None
    ]
    return bool(card.points) and sum(known) >= max(1.0, BLURT_SHARE * len(card.questions))


def _is_known(state: MemoryState | None, at: datetime) -> bool:
    return state is not None and not is_due(state, at)
