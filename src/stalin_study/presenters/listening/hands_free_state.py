"""What the Listen page shows of a hands-free test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stalin_study.domain.card_text import Block, TextSpan
from stalin_study.domain.playlists import DECK
from stalin_study.domain.review_log import Rating

THINKING_TIMES = (3, 6, 10, 15, 30, 0)
COUNTED = {Rating.GOOD: "Counted: I knew it.", Rating.AGAIN: "Counted: not yet."}
TAKEN_BACK = "Taken back."

Stage = Literal["choosing", "asking", "thinking", "answering", "finished"]


@dataclass(frozen=True, slots=True)
class QuestionScope:
    """What to be asked about, and how many questions that is."""

    id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class HandsFreeState:
    """All that the Listen page shows of a hands-free test.

    `chosen_thinking_s` is for the questions to come, `thinking_s` for the one on show, and
    `thinking_left_s` is what is left of it: 0 and None while the app waits for the pupil. `blocks`
    are the question's, with the answer's once they are read. `rating` is this question's. `asked`
    counts the questions after which there was time to think. `message` is one sentence.
    """

    scopes: tuple[QuestionScope, ...] = ()
    scope: str = DECK
    chosen_thinking_s: int = 6
    stage: Stage = "choosing"
    is_paused: bool = False
    number: int = 0
    total: int = 0
    title: str = ""
    blocks: tuple[Block, ...] = ()
    sentence: TextSpan | None = None
    word: TextSpan | None = None
    thinking_s: int = 0
    thinking_left_s: int | None = 0
    may_rate: bool = False
    rating: Rating | None = None
    may_undo: bool = False
    known: int = 0
    not_yet: int = 0
    asked: int = 0
    message: str = ""

    @property
    def is_going_on(self) -> bool:
        """Whether a question is on show."""
        return self.stage in ("asking", "thinking", "answering")

    @property
    def may_start(self) -> bool:
        """Whether the scope holds a question."""
        return any(one.count for one in self.scopes if one.id == self.scope)
