"""What is done to read a text: sentences to say, and rests between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stalin_study.domain.card_text import Block
from stalin_study.domain.utterances import Utterance, utterances

# At the usual speed; six cards in the built-in voice took 70.6 to 71.9 ms.
MS_A_CODE_POINT = 71


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence to be said."""

    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Rest:
    """Silence. `ms` is None for one that lasts until the pupil goes on; `is_thinking` tells the
    pupil that it is their turn.
    """

    ms: int | None
    is_thinking: bool = False


Step = Say | Rest


def reading_steps(blocks: Iterable[Block], gap_ms: int = 0) -> tuple[Step, ...]:
    """The sentences of `blocks`, with a rest of `gap_ms` between one block and the next."""
    steps: list[Step] = []
    before = ""
    for utterance in utterances(blocks):
        if gap_ms and before and utterance.span.block != before:
            steps.append(Rest(gap_ms))
        before = utterance.span.block
        steps.append(Say(utterance))
    return tuple(steps)


def asking_steps(
    question: Iterable[Block], answer: Iterable[Block], thinking_ms: int | None, gap_ms: int = 0
) -> tuple[Step, ...]:
    """A question, time to think (None: until the pupil goes on), then its answer."""
    asked = reading_steps(question, gap_ms)
    if not asked:
        return ()
    return (*asked, Rest(thinking_ms, is_thinking=True), *reading_steps(answer, gap_ms))
