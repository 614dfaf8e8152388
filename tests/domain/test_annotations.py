"""What a pupil adds to cards: the latest holds, whatever the order of the log."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.annotations import (
    Annotation,
    AnnotationKind,
    CardAnnotations,
    current,
    with_annotation,
)

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
NOTE, HARD = AnnotationKind.NOTE, AnnotationKind.HARD


def annotation(number, card_id="c1", kind=NOTE, text="Ask about 1929", at=AT):
    return Annotation(f"a{number:02d}", card_id, kind, text, at)


@st.composite
def logs(draw):
    lines = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["c1", "c2"]),
                st.sampled_from(AnnotationKind),
                st.sampled_from(["", "yes", "Kirov"]),
                st.integers(0, 3),
            ),
            max_size=8,
        )
    )
    return [
        annotation(number, card_id, kind, text, AT + timedelta(minutes=minutes))
        for number, (card_id, kind, text, minutes) in enumerate(lines)
    ]


@given(logs(), st.randoms())
def test_the_order_of_the_log_does_not_matter(log, chance):
    shuffled = [*log, *log]
    chance.shuffle(shuffled)
    assert current(shuffled) == current(log)


@given(logs())
def test_what_holds_is_the_latest_of_each_kind(log):
    held = current(log)
    for card_id in ("c1", "c2"):
        ordered = sorted(log, key=lambda one: (one.made_at, one.uuid))
        latest = {one.kind: one.text for one in ordered if one.card_id == card_id}
        note, hard = latest.get(NOTE, ""), bool(latest.get(HARD, ""))
        if note or hard:
            assert held[card_id] == CardAnnotations(note, hard)
        else:
            assert card_id not in held


def test_a_card_is_hard_and_has_a_note_until_both_are_taken_back():
    held = CardAnnotations()
    for made in (annotation(1), annotation(2, kind=HARD, text="yes")):
        held = with_annotation(held, made)
    assert held == CardAnnotations("Ask about 1929", is_hard=True)
    for made in (annotation(3, text=""), annotation(4, kind=HARD, text="")):
        held = with_annotation(held, made)
    assert held == CardAnnotations()
