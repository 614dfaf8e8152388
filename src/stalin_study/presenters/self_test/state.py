"""All that the Self-test page shows while a session goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stalin_study.domain.markup import PlainText
from stalin_study.domain.review_log import Verdict, Way
from stalin_study.domain.self_test.session import Phase
from stalin_study.domain.self_test.summary import NO_MOVES, Moves, Summary
from stalin_study.domain.self_test.tasks import NO_ANSWER, Answer, Outcome, Task
from stalin_study.presenters.rating_choices import RatingChoice

HEADLINES = {
    Verdict.CORRECT: "Right",
    Verdict.CLOSE: "Nearly",
    Verdict.WRONG: "Not yet",
}
WRITTEN_HEADLINES = {
    Verdict.CORRECT: "Well remembered",
    Verdict.CLOSE: "Part of it",
    Verdict.WRONG: "Not yet",
}
WAY_NAMES = {
    Way.MULTIPLE_CHOICE: "Multiple choice",
    Way.TYPED: "Type the answer",
    Way.EITHER_OR: "This or that",
    Way.TRUE_FALSE: "True or false",
    Way.GAP: "Fill the gap",
    Way.ORDER: "Put in order",
    Way.MATCH: "Match",
    Way.BLURT: "Blurt: write all you remember",
    Way.EXAM: "Exam question",
    Way.SPEED: "Speed round",
    Way.HANDS_FREE: "Hands-free test",
    Way.FLIP: "Card",
}
Saving = Literal["", "saving", "saved", "failed"]
PagePhase = Literal["choosing"] | Phase


@dataclass(frozen=True, slots=True)
class SelfTestState:
    """All that the page shows of a session. Texts of a phase that is not on show are empty.

    `serial` is another number for each showing of a question. `suggested` are the points or lines
    that were recognised in what the pupil wrote. `streak` counts right answers in a row.
    """

    phase: PagePhase
    serial: int = 0
    task: Task | None = None
    card_title: str = ""
    number: int = 0
    total: int = 0
    hint: str = ""
    draft: str = ""
    answer: Answer = NO_ANSWER
    given: str = ""
    outcome: Outcome | None = None
    headline: str = ""
    point: PlainText | None = None
    suggested: frozenset[int] = frozenset()
    ratings: tuple[RatingChoice, ...] = ()
    comes_back: str = ""
    is_own_rating: bool = False
    may_claim: bool = False
    saving: Saving = ""
    can_undo: bool = False
    streak: int = 0
    time_up: bool = False
    summary: Summary | None = None
    moves: Moves = NO_MOVES
    can_go_on: bool = False

    @property
    def way(self) -> Way | None:
        """How the question on show is put."""
        return self.task.way if self.task is not None else None

    @property
    def has_verdict(self) -> bool:
        """Whether a verdict is on show."""
        return self.phase in ("retyping", "answered")


def headline(task: Task, outcome: Outcome) -> str:
    """The verdict in a word or two."""
    is_written = task.way in (Way.BLURT, Way.EXAM)
    return (WRITTEN_HEADLINES if is_written else HEADLINES)[outcome.verdict]
