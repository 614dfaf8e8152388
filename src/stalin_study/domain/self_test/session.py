"""A self-test session: what is asked, what was answered, and what comes back."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from stalin_study.domain.deck import Deck
from stalin_study.domain.review_log import Verdict, Way
from stalin_study.domain.self_test.tasks import (
    Answer,
    Answered,
    Choosing,
    Matching,
    Ordering,
    Outcome,
    Plain,
    Recalling,
    Task,
    Typing,
    Writing,
)

# A question that was missed comes back after so many others, or at the end; missed once more,
# after twice as many, so that a few hard ones do not keep the rest waiting. Then it has been seen
# often enough for one sitting: it comes back another day.
BACK_AFTER = 3
MOST_REPEATS = 2
FEWEST_PAIRS = 4
Phase = Literal["asking", "self_marking", "retyping", "answered", "finished"]
# These take minutes: once a session is enough.
_LONG = frozenset({Way.BLURT, Way.EXAM})


class SelfTest(Plain, frozen=True):
    """A session. `last` is the answer whose verdict is on show; None while a question is open.

    `written` is a text that waits for the pupil to tick what was in it.
    """

    queue: tuple[Task, ...]
    done: tuple[Answered, ...] = ()
    last: Answered | None = None
    written: Answer | None = None
    is_stopped: bool = False

    @property
    def phase(self) -> Phase:
        """What the pupil is to do now."""
        if self.is_stopped or (self.last is None and not self.queue):
            return "finished"
        if self.last is not None:
            return "retyping" if _waits_for_retyping(self.last) else "answered"
        return "asking" if self.written is None else "self_marking"

    @property
    def task(self) -> Task | None:
        """The question on show."""
        if self.last is not None:
            return self.last.task
        return self.queue[0] if self.queue and not self.is_stopped else None

    @property
    def number(self) -> int:
        """Which showing is on the page, from 1."""
        return len(self.done) + (0 if self.last is not None else 1)

    @property
    def total(self) -> int:
        """How many showings there will be, as far as is known now."""
        return len(self.done) + len(self.queue) + comes_back(self)


def hand_in(session: SelfTest, answer: Answer) -> SelfTest:
    """Take a text that the pupil will mark, of a blurt or an exam question."""
    is_marked_by_pupil = session.task is not None and is_self_marked(session.task)
    if session.phase != "asking" or not is_marked_by_pupil:
        return session
    return replace(session, written=answer)


def is_self_marked(task: Task) -> bool:
    """Whether the pupil says what was right."""
    return isinstance(task.body, Recalling | Writing)


def answer(session: SelfTest, given: Answer, outcome: Outcome, took_ms: int) -> SelfTest:
    """Take an answer to the question on show; without one, nothing changes."""
    task = session.task
    if task is None or session.phase not in ("asking", "self_marking"):
        return session
    is_settled = outcome.verdict is Verdict.CORRECT or task.way in _LONG
    answered = Answered(task, given, outcome, took_ms, is_settled)
    return replace(
        session,
        queue=session.queue[1:],
        done=(*session.done, answered),
        last=answered,
        written=None,
    )


def change_last(session: SelfTest, **changes: object) -> SelfTest:
    """Change the answer whose verdict is on show, here and among those that are done."""
    if session.last is None:
        return session
    last = replace(session.last, **changes)
    return replace(session, last=last, done=(*session.done[:-1], last))


def count_as_right(session: SelfTest) -> SelfTest:
    """The pupil says that a wrong answer was right: it counts so, and does not come back."""
    last = session.last
    if last is None or last.outcome.verdict is not Verdict.WRONG:
        return session
    outcome = replace(
        last.outcome, verdict=Verdict.CORRECT, why="Counted as right.", parts=(), share=1.0
    )
    return change_last(session, outcome=outcome, is_settled=True, rating=0)


def comes_back(session: SelfTest) -> bool:
    """Whether the question whose verdict is on show will be asked once more in this session."""
    last = session.last
    if last is None or last.is_settled:
        return False
    return _showings(session, last.task) <= MOST_REPEATS


def advance(session: SelfTest) -> SelfTest:
    """Go on to the next question; what is not settled comes back later."""
    last = session.last
    if last is None:
        return session
    queue = session.queue
    if comes_back(session):
        place = BACK_AFTER * _showings(session, last.task)
        queue = (*queue[:place], _again(last), *queue[place:])
    return replace(session, queue=queue, last=None)


def stop(session: SelfTest) -> SelfTest:
    """End here; what was answered counts, and the rest can still be gone on with."""
    return replace(advance(session), is_stopped=True)


def go_on(session: SelfTest) -> SelfTest:
    """Take up a session that was stopped."""
    return replace(session, is_stopped=False)


def only_of(session: SelfTest, deck: Deck) -> SelfTest:
    """A session that was saved, without what the deck no longer holds."""

    def is_known(task: Task) -> bool:
        is_subject = task.way is Way.MATCH or task.subject_id in deck.cards_by_subject
        return is_subject and task.card_id in deck.cards_by_id

    return SelfTest(
        tuple(task for task in session.queue if is_known(task)),
        tuple(answered for answered in session.done if is_known(answered.task)),
        written=session.written if session.queue and is_known(session.queue[0]) else None,
    )


def _showings(session: SelfTest, task: Task) -> int:
    return sum(is_same(one.task, task) for one in session.done)


def is_same(one: Task, other: Task) -> bool:
    """Whether one is the other, come back. Match sets of a kind are told apart by their pairs."""
    if isinstance(one.body, Matching) and isinstance(other.body, Matching):
        return not set(one.body.pairs).isdisjoint(other.body.pairs)
    return one.subject_id == other.subject_id


def _waits_for_retyping(answered: Answered) -> bool:
    is_close = answered.outcome.verdict is Verdict.CLOSE
    return is_close and isinstance(answered.task.body, Typing) and not answered.is_settled


def _again(answered: Answered) -> Task:
    """The task as it comes back: in another order, so that the place does not help."""
    task = answered.task
    body = task.body
    if isinstance(body, Choosing) and task.way is not Way.TRUE_FALSE:
        body = replace(body, choices=body.choices[::-1])
    elif isinstance(body, Ordering):
        body = replace(body, shown=_turned(body.shown))
    elif isinstance(body, Matching):
        body = _missed_pairs(body, answered.outcome)
    return replace(task, body=body, is_repeat=True)


def _missed_pairs(matching: Matching, outcome: Outcome) -> Matching:
    """The pairs that were missed, with others so that there are at least four."""
    by_verdict = sorted(
        range(len(matching.pairs)),
        key=lambda n: outcome.parts[n].verdict is not Verdict.WRONG if outcome.parts else False,
    )
    missed = sum(part.verdict is Verdict.WRONG for part in outcome.parts)
    kept = sorted(by_verdict[: max(missed, FEWEST_PAIRS)])
    shown = [kept.index(n) for n in matching.shown if n in kept]
    return Matching(tuple(matching.pairs[n] for n in kept), _turned(tuple(shown)))


def _turned(shown: tuple[int, ...]) -> tuple[int, ...]:
    """Another order that is not the right one."""
    turned = (*shown[1:], *shown[:1])
    return turned if turned != tuple(range(len(turned))) else (*turned[1:], *turned[:1])
