"""The order in which a day's work is asked: topics mixed, one point not twice running."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from stalin_study.domain.exam_subjects import ExamSubject

# How far ahead a change of topic is looked for: the most worthwhile still come early.
REACH = 12


def spread(subjects: Sequence[ExamSubject], places: Iterable[int]) -> list[int]:
    """The places so that every topic comes up in its share, and each point once before any twice.

    Within a topic they keep their order.
    """
    chosen = list(places)
    sizes = Counter(subjects[place].topic_id for place in chosen)
    asked_of_topic: dict[str, int] = defaultdict(int)
    asked_of_point: dict[str, int] = defaultdict(int)
    keys: dict[int, tuple[int, float]] = {}
    for place in chosen:
        subject = subjects[place]
        keys[place] = (
            asked_of_point[subject.point_id],
            asked_of_topic[subject.topic_id] / sizes[subject.topic_id],
        )
        asked_of_point[subject.point_id] += 1
        asked_of_topic[subject.topic_id] += 1
    return sorted(chosen, key=keys.__getitem__)


def mixed(subjects: Sequence[ExamSubject]) -> list[ExamSubject]:
    """The subjects so that no two of a point follow one another, where that can be avoided.

    Neighbours are of different topics where one within reach is; else the order is kept.
    """
    left = list(subjects)
    counts = Counter(subject.point_id for subject in left)
    most = max(counts.values(), default=0)
    ordered: list[ExamSubject] = []
    while left:
        must = _pressing(counts, len(left)) if len(left) < 2 * most else None
        taken = left.pop(_next_place(left, ordered[-1] if ordered else None, must))
        counts[taken.point_id] -= 1
        ordered.append(taken)
    return ordered


def _pressing(counts: Counter[str], left: int) -> str | None:
    """The point that has to come now, or two of it will have to follow one another."""
    point, most = counts.most_common(1)[0]
    return point if 2 * most > left else None


def _next_place(left: Sequence[ExamSubject], last: ExamSubject | None, must: str | None) -> int:
    if must is not None:
        return next(place for place, subject in enumerate(left) if subject.point_id == must)
    if last is None:
        return 0
    for place, subject in enumerate(left[:REACH]):
        if subject.point_id != last.point_id and subject.topic_id != last.topic_id:
            return place
    others = (place for place, subject in enumerate(left) if subject.point_id != last.point_id)
    return next(others, 0)
