from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stalin_study.domain.exam_order import mixed, spread
from stalin_study.domain.exam_subjects import ExamSubject


def subject(name: int, topic: int = 0, point: int | None = None) -> ExamSubject:
    about = name if point is None else point
    return ExamSubject(f"q{name}", f"c{topic}", f"t{topic}", f"p{about}", 8.0)


subjects = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=30).map(
    lambda pairs: [subject(n, topic, point) for n, (topic, point) in enumerate(pairs)]
)


def twice_running(ordered: list[ExamSubject]) -> int:
    return sum(one.point_id == other.point_id for one, other in pairwise(ordered))


@given(subjects)
def test_mixing_neither_loses_nor_adds(chosen):
    assert sorted(one.id for one in mixed(chosen)) == sorted(one.id for one in chosen)


@given(subjects)
def test_a_point_comes_twice_running_only_when_it_must(chosen):
    most = max(Counter(one.point_id for one in chosen).values(), default=0)
    needed = max(0, 2 * most - len(chosen) - 1)
    assert twice_running(mixed(chosen)) == needed


def test_topics_are_mixed():
    chosen = [subject(n, topic=n // 4) for n in range(8)]
    topics = [one.topic_id for one in mixed(chosen)]
    assert topics == ["t0", "t1"] * 4


def test_what_is_worth_most_comes_first():
    chosen = [subject(n, topic=n % 3) for n in range(9)]
    assert mixed(chosen) == chosen


def test_every_topic_comes_up_in_its_share():
    deck = [subject(n, topic=0 if n < 60 else 1) for n in range(80)]
    first = spread(deck, range(80))[:20]
    assert Counter(deck[place].topic_id for place in first) == {"t0": 15, "t1": 5}


def test_every_point_comes_once_before_any_comes_twice():
    deck = [subject(n, point=n // 3) for n in range(12)]
    ordered = spread(deck, range(12))
    assert ordered[:4] == [0, 3, 6, 9]
    assert ordered[4:8] == [1, 4, 7, 10]


@given(subjects, st.data())
def test_spreading_keeps_to_the_places_given(deck, data):
    places = data.draw(st.lists(st.sampled_from(range(len(deck))), unique=True)) if deck else []
    assert sorted(spread(deck, places)) == sorted(places)
