"""What came of a session: score, mistakes, and what moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stalin_study.domain.memory import Mark, MemoryState, mark_of
from stalin_study.domain.review_log import Verdict, Way
from stalin_study.domain.self_test.judging import given_text
from stalin_study.domain.self_test.session import SelfTest, is_same
from stalin_study.domain.self_test.tasks import Answered, Recalling, Writing

_ORDER = (Mark.NEW, Mark.LEARNING, Mark.SECURE)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that was not right at the first try. `is_settled`: it was right later.

    `is_written`: of a text that the pupil marked, `expected` says what it had.
    """

    subject_id: str
    card_id: str
    prompt: str
    given: str
    expected: str
    because: str
    is_settled: bool = False
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """How many questions came up, were met for the first time, or fell back, in a session."""

    met: int = 0
    secured: int = 0
    fell: int = 0


NO_MOVES = Moves()


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a session. `right` and `close` count first tries; close counts as right.

    A match counts once, although it asks several questions; there were `matches`.
    """

    total: int
    right: int
    close: int
    took_ms: int
    mistakes: tuple[Mistake, ...]
    matches: int = 0


def summary(session: SelfTest) -> Summary:
    """What came of it so far."""
    first = [answered for answered in session.done if not answered.task.is_repeat]
    verdicts = [answered.outcome.verdict for answered in first]
    right: defaultdict[str, list[Answered]] = defaultdict(list)
    for one in session.done:
        if one.is_settled and one.outcome.verdict is not Verdict.WRONG:
            right[one.task.subject_id].append(one)
    return Summary(
        total=len(first),
        right=sum(verdict is not Verdict.WRONG for verdict in verdicts),
        close=sum(verdict is Verdict.CLOSE for verdict in verdicts),
        took_ms=sum(answered.took_ms for answered in session.done),
        mistakes=tuple(
            _mistake(answered, _is_right_in(answered, right[answered.task.subject_id]))
            for answered in first
            if answered.outcome.verdict is Verdict.WRONG
        ),
        matches=sum(answered.task.way is Way.MATCH for answered in first),
    )


def subjects_reviewed(session: SelfTest) -> frozenset[str]:
    """Ids of all that was reviewed in a session."""
    parts = (part.subject_id for one in session.done for part in one.outcome.parts)
    return frozenset({one.task.subject_id for one in session.done} | set(parts)) - {""}


def moves(
    subject_ids: Iterable[str],
    before: Mapping[str, MemoryState],
    after: Mapping[str, MemoryState],
    at: datetime,
) -> Moves:
    """What moved between two moments, marks taken as of `at`."""
    met = secured = fell = 0
    for subject_id in subject_ids:
        old, new = before.get(subject_id), after.get(subject_id)
        if new is None:
            continue
        steps = _ORDER.index(mark_of(new, at)) - _ORDER.index(mark_of(old, at))
        met += old is None
        secured += steps > 0 and mark_of(new, at) is Mark.SECURE
        fell += old is not None and new.stability < old.stability
    return Moves(met, secured, fell)


def _is_right_in(missed: Answered, right: Iterable[Answered]) -> bool:
    """Whether what was missed is among right answers. The pupil's own rating does not tell."""
    return any(is_same(one.task, missed.task) for one in right)


def _mistake(answered: Answered, is_settled: bool) -> Mistake:
    task, outcome = answered.task, answered.outcome
    given = given_text(task, answered.answer)
    is_long = isinstance(task.body, Recalling | Writing)
    return Mistake(
        subject_id=task.subject_id,
        card_id=task.card_id,
        prompt=task.prompt,
        given="" if is_long else given,
        expected=outcome.why if is_long else outcome.expected,
        because=task.because,
        is_settled=is_settled and not is_long,
        is_written=is_long,
    )
