"""What an answer is worth: a verdict, the right answer, and each part where there are several."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from stalin_study.domain.card import OrderEvent, Question
from stalin_study.domain.marking import Marking
from stalin_study.domain.review_log import Verdict
from stalin_study.domain.self_test.tasks import (
    Answer,
    Choosing,
    Matching,
    Ordering,
    Outcome,
    Part,
    Recalling,
    Task,
    Typing,
    Writing,
)
from stalin_study.domain.wording import count_of

Mark = Callable[[Question, str], Marking]

# Shares of an exam question's marks.
EXAM_RIGHT, EXAM_NEARLY = 0.75, 0.4
NO_WORDS = "Type an answer, or choose “I don’t know”."
NO_TIME = "The time was up."


def judge(task: Task, answer: Answer, mark: Mark) -> Outcome:
    """Judge an answer. `mark` marks what was typed against a question.

    Order is close when one pair of neighbours is the wrong way round; events of the same date
    may stand either way. A blurt is right with as many points as the card aims for and close with
    half of them; an exam answer is right from 75 % of the marks and close from 40 %.
    """
    match task.body:
        case Choosing(right=right):
            is_right = answer.text == right
            return Outcome(_verdict(is_right), right, share=float(is_right))
        case Typing(question=question):
            return _typed(mark(question, answer.text))
        case Ordering() as ordering:
            return _ordered(ordering, answer.places)
        case Matching() as matching:
            return _matched(matching, answer.places)
        case Recalling(points=points, aim=aim):
            had = len(set(answer.ticks))
            why = f"You had {count_of(had, 'point')} of {len(points)}. Aim for {aim}."
            return _shared(min(1.0, had / max(1, aim)), 1.0, 0.5, why)
        case Writing(exam=exam):
            share = min(1.0, answer.marks / max(1, exam.marks))
            why = f"You gave yourself {answer.marks} of {count_of(exam.marks, 'mark')}."
            return _shared(share, EXAM_RIGHT, EXAM_NEARLY, why)


def missing(task: Task, answer: Answer) -> str:
    """What an answer lacks to be marked at all, as a sentence; empty when nothing."""
    if isinstance(task.body, Matching):
        left = sum(place < 0 for place in answer.places) or len(task.body.pairs)
        is_whole = bool(answer.places) and min(answer.places) >= 0
        return "" if is_whole else f"{left} not matched yet. Match them, or choose “I don’t know”."
    return NO_WORDS if answer.is_empty else ""


def given_text(task: Task, answer: Answer) -> str:
    """An answer in words, to be shown and logged; empty for "I don't know"."""
    match task.body:
        case Ordering(events=events):
            return " → ".join(events[n].text for n in answer.places if 0 <= n < len(events))
        case Matching(pairs=pairs):
            return "; ".join(
                f"{pair.left}: {pairs[n].right}"
                for pair, n in zip(pairs, answer.places, strict=False)
                if 0 <= n < len(pairs)
            )
        case _:
            return answer.text


def _verdict(is_right: bool) -> Verdict:
    return Verdict.CORRECT if is_right else Verdict.WRONG


def _typed(marking: Marking) -> Outcome:
    parts = tuple(Part(part.expected, "", part.verdict) for part in marking.parts)
    right = sum(part.verdict is not Verdict.WRONG for part in parts)
    is_right = marking.verdict is not Verdict.WRONG
    share = 1.0 if is_right else right / len(parts) if parts else 0.0
    return Outcome(marking.verdict, marking.expected, marking.why, parts, share)


def _ordered(ordering: Ordering, places: tuple[int, ...]) -> Outcome:
    events = ordering.events
    expected = " → ".join(event.text for event in events)
    if sorted(places) != list(range(len(events))):
        return Outcome(Verdict.WRONG, expected, share=0.0)
    put = [events[n] for n in places]
    parts = tuple(
        Part(f"{right.text} ({right.when})", given.text, _verdict(_same_date(given, right)))
        for given, right in zip(put, events, strict=True)
    )
    wrong = [place for place, part in enumerate(parts) if part.verdict is Verdict.WRONG]
    share = 1 - len(wrong) / len(parts)
    if not wrong:
        return Outcome(Verdict.CORRECT, expected, parts=parts)
    if len(wrong) == 2 and any(pair == tuple(wrong) for pair in pairwise(range(len(parts)))):
        first, second = put[wrong[1]].text, put[wrong[0]].text
        why = f"Nearly: “{first}” comes before “{second}”."
        return Outcome(Verdict.CLOSE, expected, why, parts, share)
    why = f"{count_of(len(parts) - len(wrong), 'event')} of {len(parts)} in the right place."
    return Outcome(Verdict.WRONG, expected, why, parts, share)


def _same_date(one: OrderEvent, other: OrderEvent) -> bool:
    return one == other or one.when.casefold() == other.when.casefold()


def _matched(matching: Matching, places: tuple[int, ...]) -> Outcome:
    pairs = matching.pairs
    chosen = (*places, *((-1,) * len(pairs)))[: len(pairs)]
    parts = []
    for pair, number in zip(pairs, chosen, strict=True):
        given = pairs[number].right if 0 <= number < len(pairs) else ""
        verdict = _verdict(given == pair.right)
        parts.append(Part(f"{pair.left}: {pair.right}", given, verdict, pair.subject_id))
    right = sum(part.verdict is Verdict.CORRECT for part in parts)
    is_right = right == len(parts)
    why = "" if is_right else f"{right} of {count_of(len(parts), 'pair')} right."
    expected = "; ".join(part.expected for part in parts)
    return Outcome(_verdict(is_right), expected, why, tuple(parts), right / max(1, len(parts)))


def _shared(share: float, right: float, nearly: float, why: str) -> Outcome:
    if share >= right:
        return Outcome(Verdict.CORRECT, "", why, share=share)
    verdict = Verdict.CLOSE if share >= nearly else Verdict.WRONG
    return Outcome(verdict, "", why, share=share)
