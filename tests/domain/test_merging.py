"""Merging two copies: commutative, associative, idempotent; nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.annotations import Annotation, AnnotationKind, current
from stalin_study.domain.memory import counted, rebuild
from stalin_study.domain.merging import (
    LATEST,
    LONGEST_TEXT,
    StudyLog,
    can_be_kept,
    compared,
    merged,
    once,
)
from stalin_study.domain.review_log import Rating, ReviewEntry, Way

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@st.composite
def pools(draw):
    """All that the pupil ever did, on whatever computer: undos and clock jumps among it."""
    count = draw(st.integers(0, 9))
    entries, notes = [], []
    for number in range(count):
        at = AT + timedelta(minutes=draw(st.integers(-600_000, 600_000)))
        subject = draw(st.sampled_from(["c1", "c2"]))
        undoes = draw(st.sampled_from(["", *(entry.uuid for entry in entries)]))
        rating = None if undoes else draw(st.sampled_from(Rating))
        entry = ReviewEntry(f"e{number}", subject, at, Way.FLIP, rating, undoes=undoes)
        entries.append(entry)
        kind = draw(st.sampled_from(AnnotationKind))
        notes.append(Annotation(f"a{number}", subject, kind, draw(st.sampled_from("xy")), at))
    return entries, notes


@st.composite
def copies(draw, count=3):
    entries, notes = draw(pools())
    return [
        StudyLog(
            frozenset(entry for entry in entries if draw(st.booleans())),
            frozenset(note for note in notes if draw(st.booleans())),
        )
        for _ in range(count)
    ]


@given(copies())
def test_the_order_of_merging_does_not_matter(found):
    a, b, c = found
    assert merged(a, b) == merged(b, a)
    assert merged(merged(a, b), c) == merged(a, merged(b, c))
    assert merged(a, a) == a
    assert merged(merged(a, b), b) == merged(a, b)


@given(copies(count=2))
def test_what_is_remembered_is_the_same_whichever_copy_came_first(found):
    a, b = found
    one, other = merged(a, b), merged(b, a)
    assert rebuild(one.entries) == rebuild(other.entries)
    assert current(one.annotations) == current(other.annotations)
    assert a.entries | b.entries == one.entries


@given(copies(count=2))
def test_the_comparison_counts_what_merging_adds(found):
    mine, other = found
    known = {line.uuid for line in (*mine.entries, *mine.annotations)}
    told = compared(mine.entries, known, other.entries, other.annotations, {"c1"}, AT)
    both = merged(mine, other)
    answers = {entry.uuid for entry in counted(both.entries)}
    before = {entry.uuid for entry in counted(mine.entries)}
    assert len(answers) == len(before) + told.new - told.taken_back
    assert told.notes + told.marks == len(both.annotations) - len(mine.annotations)
    assert told.new + told.known == len(answers & {entry.uuid for entry in other.entries})
    added = {entry for entry in both.entries - mine.entries if entry.uuid in answers}
    assert told.unknown == sum(entry.subject_id == "c2" for entry in added)
    assert told.future == sum(entry.reviewed_at > AT + timedelta(days=1) for entry in added)
    assert told.last_at == max((entry.reviewed_at for entry in added), default=None)


def forged_logs():
    """Few uuids and few values, so that there is more than one line under most of them."""
    uuids, subjects = st.sampled_from(["u1", "u2"]), st.sampled_from(["c1", "c2"])
    times = st.sampled_from([AT, AT + timedelta(days=1)])
    entries = st.builds(
        ReviewEntry,
        uuids,
        subjects,
        times,
        st.just(Way.FLIP),
        st.sampled_from([None, Rating.AGAIN, Rating.GOOD]),
        answer=st.sampled_from(["", "Kirov"]),
    )
    notes = st.builds(Annotation, uuids, subjects, st.sampled_from(AnnotationKind), subjects, times)
    return st.builds(StudyLog, st.frozensets(entries), st.frozensets(notes)).map(
        lambda log: merged(log, StudyLog())
    )


@given(forged_logs(), forged_logs(), forged_logs())
def test_two_lines_under_one_uuid_change_nothing_of_that(a, b, c):
    assert merged(a, b) == merged(b, a)
    assert merged(merged(a, b), c) == merged(a, merged(b, c))
    assert merged(a, a) == a
    both = merged(a, b)
    assert rebuild(both.entries) == rebuild(merged(b, a).entries)
    for lines, known in ((both.entries, a.entries | b.entries), (both.annotations, None)):
        uuids = [line.uuid for line in lines]
        assert len(uuids) == len(set(uuids))
        assert known is None or {line.uuid for line in known} == set(uuids)


ENTRY = ReviewEntry("u1", "c1", AT, Way.TYPED, Rating.GOOD, answer="Ежов 🎓", took_ms=4200)
NOTE = Annotation("u2", "c1", AnnotationKind.NOTE, "Kirov?", AT)


def test_one_line_for_each_uuid_in_the_order_in_which_they_came():
    later = replace(ENTRY, reviewed_at=AT + timedelta(days=1))
    other = replace(ENTRY, uuid="u0")
    assert once([later, other, ENTRY]) == once([ENTRY, other, later]) == (ENTRY, other)


def test_what_was_written_here_can_be_kept():
    undo = replace(ENTRY, uuid="u3", rating=None, undoes="u1")
    assert all(map(can_be_kept, (ENTRY, NOTE, undo, replace(NOTE, text=""))))


@pytest.mark.parametrize(
    "changes",
    [
        {"uuid": ""},
        {"uuid": 7},
        {"uuid": {}},
        {"subject_id": None},
        {"answer": ["Kirov"]},
        {"answer": "\ud800"},
        {"answer": "x" * (LONGEST_TEXT + 1)},
        {"took_ms": 1.0},
        {"took_ms": "12"},
        {"took_ms": True},
        {"took_ms": -1},
        {"took_ms": 10**30},
        {"rating": None},
        {"undoes": "u0"},
        {"reviewed_at": LATEST},
        {"reviewed_at": datetime(1, 1, 2, tzinfo=UTC)},
    ],
    ids=str,
)
def test_what_could_not_have_been_written_here_is_not(changes):
    assert not can_be_kept(replace(ENTRY, **changes))


@pytest.mark.parametrize("changes", [{"uuid": ""}, {"text": 1}, {"made_at": LATEST}], ids=str)
def test_so_it_is_with_what_is_said_of_cards(changes):
    assert not can_be_kept(replace(NOTE, **changes))
