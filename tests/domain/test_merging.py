"""Merging two copies: commutative, associative, idempotent; nothing is lost."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.annotations import Annotation, AnnotationKind, current
from stalin_study.domain.memory import rebuild
from stalin_study.domain.merging import StudyLog, compared, merged
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
    told = compared(known, other.entries, other.annotations, {"c1"}, AT)
    both = merged(mine, other)
    assert told.new == len(both.entries) - len(mine.entries)
    assert told.notes == len(both.annotations) - len(mine.annotations)
    assert told.new + told.known == len(other.entries)
    added = both.entries - mine.entries
    assert told.unknown == sum(entry.subject_id == "c2" for entry in added)
    assert told.future == sum(entry.reviewed_at > AT + timedelta(days=1) for entry in added)
    assert told.last_at == max((entry.reviewed_at for entry in added), default=None)
