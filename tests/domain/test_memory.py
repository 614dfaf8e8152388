from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.memory import (
    DECAY,
    Mark,
    MemoryState,
    chance_known,
    is_due,
    mark_of,
    next_due,
    rebuild,
    retrievability,
    review,
    was_wrong,
)
from stalin_study.domain.review_log import Rating, ReviewEntry, Way

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def rated(uuid: str, subject: str, at: datetime, rating: Rating) -> ReviewEntry:
    return ReviewEntry(uuid, subject, at, Way.FLIP, rating)


def undo(uuid: str, of: ReviewEntry, at: datetime) -> ReviewEntry:
    return ReviewEntry(uuid, of.subject_id, at, of.way, None, undoes=of.uuid)


def learnt(*ratings: Rating, subject: str = "c01") -> MemoryState:
    """Rated each time it was due."""
    state = None
    for rating in ratings:
        state = review(state, subject, rating, state.due_at if state else AT)
    assert state is not None
    return state


@st.composite
def logs(draw: st.DrawFn) -> list[ReviewEntry]:
    """Entries whose times ascend, some of them undone later."""
    entries: list[ReviewEntry] = []
    at = AT
    undoable: list[ReviewEntry] = []
    for number in range(draw(st.integers(0, 25))):
        at += timedelta(minutes=draw(st.integers(1, 60 * 24 * 20)))
        if undoable and draw(st.integers(0, 4)) == 0:
            entries.append(undo(f"u{number:02d}", undoable.pop(), at))
        else:
            subject = draw(st.sampled_from(["c01", "c02", "c01q01"]))
            entry = rated(f"u{number:02d}", subject, at, draw(st.sampled_from(Rating)))
            entries.append(entry)
            undoable.append(entry)
    return entries


def test_the_first_review_starts_a_state():
    state = review(None, "c01", Rating.GOOD, AT)
    assert state == MemoryState(
        subject_id="c01",
        phase="learning",
        step=1,
        stability=pytest.approx(2.3065),
        difficulty=pytest.approx(2.1181, abs=1e-3),
        due_at=AT + timedelta(minutes=10),
        last_reviewed_at=AT,
        reviews=1,
        lapses=0,
    )


def test_easy_goes_straight_to_review():
    state = review(None, "c01", Rating.EASY, AT)
    assert (state.phase, state.step, state.due_at) == ("review", None, AT + 8 * DAY)


def test_forgetting_in_review_is_a_lapse_and_learning_is_not():
    assert learnt(Rating.AGAIN, Rating.AGAIN).lapses == 0
    known = learnt(Rating.GOOD, Rating.GOOD)
    assert (known.phase, known.lapses) == ("review", 0)
    forgotten = review(known, "c01", Rating.AGAIN, known.due_at)
    assert (forgotten.phase, forgotten.lapses, forgotten.reviews) == ("relearning", 1, 3)
    assert forgotten.stability < known.stability


def test_better_ratings_come_back_later():
    known = learnt(Rating.GOOD, Rating.GOOD, Rating.GOOD)
    returns = [next_due(known, "c01", rating, known.due_at) for rating in Rating]
    assert returns == sorted(set(returns))
    assert returns[2] == review(known, "c01", Rating.GOOD, known.due_at).due_at


def test_times_must_be_utc():
    with pytest.raises(ValueError, match="UTC"):
        review(None, "c01", Rating.GOOD, datetime(2026, 11, 24, 9, 0))


def test_a_clock_set_back_loses_nothing():
    known = learnt(Rating.GOOD, Rating.GOOD)
    early = known.last_reviewed_at - 400 * DAY
    after = review(known, "c01", Rating.GOOD, early)
    at_once = review(known, "c01", Rating.GOOD, known.last_reviewed_at)
    assert (after.reviews, after.last_reviewed_at) == (3, early)
    assert (after.stability, after.difficulty) == (at_once.stability, at_once.difficulty)
    assert early < after.due_at < known.last_reviewed_at


def test_what_was_reviewed_in_the_future_is_due_and_heals():
    ahead = review(None, "c01", Rating.EASY, AT + 20_000 * DAY)
    assert is_due(ahead, AT)
    assert retrievability(ahead, AT) == 1.0
    healed = review(ahead, "c01", Rating.GOOD, AT)
    assert not is_due(healed, AT)
    assert healed.due_at < AT + 100 * DAY


def test_retrievability_is_the_published_curve():
    from fsrs.scheduler import DEFAULT_PARAMETERS

    assert DEFAULT_PARAMETERS[20] == DECAY
    state = review(None, "c01", Rating.GOOD, AT)
    assert retrievability(state, AT) == 1.0
    assert retrievability(state, AT + state.stability * DAY) == pytest.approx(0.9)
    for days, chance in ((1, 0.947), (7, 0.808), (30, 0.668), (90, 0.568)):
        assert retrievability(state, AT + days * DAY) == pytest.approx(chance, abs=5e-4)


def test_retrievability_counts_hours():
    state = review(None, "c01", Rating.GOOD, AT)
    morning, evening = (retrievability(state, AT + timedelta(hours=h)) for h in (1, 11))
    assert evening < morning < 1


@given(st.sampled_from(Rating), st.integers(0, 10**6), st.integers(0, 10**6))
def test_retrievability_falls_and_stays_a_chance(rating, hours, more):
    state = review(None, "c01", rating, AT)
    first = retrievability(state, AT + timedelta(hours=hours))
    later = retrievability(state, AT + timedelta(hours=hours + more))
    assert 0 < later <= first <= 1


def test_due_from_its_due_time_on():
    state = review(None, "c01", Rating.GOOD, AT)
    assert not is_due(state, state.due_at - timedelta(seconds=1))
    assert is_due(state, state.due_at)


def test_marks():
    state = learnt(Rating.EASY)
    assert mark_of(None, AT) is Mark.NEW
    assert mark_of(state, AT) is Mark.SECURE
    assert mark_of(state, AT + 9 * DAY) is Mark.LEARNING, "recall is below 0.9"
    assert mark_of(replace(state, stability=6.9), AT) is Mark.LEARNING, "too fresh to be stable"


@given(logs(), st.randoms(use_true_random=False))
def test_rebuilding_does_not_depend_on_the_order_given(log, random):
    shuffled = log * 2
    random.shuffle(shuffled)
    assert rebuild(shuffled) == rebuild(log)


@given(logs())
def test_rebuilding_gives_what_the_reviews_gave(log):
    undone = {entry.undoes for entry in log}
    states: dict[str, MemoryState] = {}
    for entry in log:
        if entry.rating is not None and entry.uuid not in undone:
            before = states.get(entry.subject_id)
            after = review(before, entry.subject_id, entry.rating, entry.reviewed_at)
            states[entry.subject_id] = after
    assert rebuild(log) == states


@given(logs(), st.sampled_from(Rating))
def test_undoing_the_last_is_as_if_it_had_never_been(log, rating):
    at = max((entry.reviewed_at for entry in log), default=AT) + DAY
    last = rated("u98", "c02", at, rating)
    assert rebuild([*log, last, undo("u99", last, at + DAY)]) == rebuild(log)


def test_an_undo_may_come_before_what_it_undoes():
    entry = rated("u2", "c01", AT, Rating.GOOD)
    assert rebuild([undo("u1", entry, AT - DAY), entry]) == {}


def test_reviews_of_a_clock_that_ran_ahead_count_as_made_at_last():
    log = [
        rated("u1", "c01", AT + 20_000 * DAY, Rating.GOOD),
        rated("u2", "c01", AT, Rating.GOOD),
    ]
    state = rebuild(log, until=AT + DAY)["c01"]
    assert (state.reviews, state.last_reviewed_at) == (2, AT + DAY)


@given(
    st.lists(st.tuples(st.sampled_from(Rating), st.floats(0, 60 * 24 * 400)), min_size=1),
    st.integers(0, 999_999),
)
def test_after_again_and_only_then_the_last_answer_was_wrong(answers, microseconds):
    """Also when times are kept to the millisecond."""
    state, at = None, AT + timedelta(microseconds=microseconds)
    for rating, minutes in answers:
        at += timedelta(minutes=minutes)
        state = review(state, "c01q01", rating, at)
        kept = replace(
            state,
            due_at=state.due_at.replace(microsecond=state.due_at.microsecond // 1000 * 1000),
            last_reviewed_at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        )
        assert was_wrong(state) is was_wrong(kept) is (rating is Rating.AGAIN)
        later = at + DAY
        known = 0.0 if rating is Rating.AGAIN else retrievability(state, later)
        assert chance_known(state, later) == known
        if rating is Rating.AGAIN:
            assert mark_of(state, at) is Mark.LEARNING
