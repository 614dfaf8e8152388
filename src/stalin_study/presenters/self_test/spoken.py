"""What of a question, and of its answer, is read aloud."""

from __future__ import annotations

from stalin_study.domain.card_text import Block, BlockKind
from stalin_study.domain.markup import plain
from stalin_study.domain.self_test.tasks import (
    Choosing,
    Matching,
    Ordering,
    Recalling,
    Task,
    Writing,
)
from stalin_study.presenters.self_test.state import SelfTestState

GAP_SAID = "what?"


def spoken_blocks(state: SelfTestState) -> tuple[Block, ...]:
    """The question, and once it is answered the right answer, why, and the point."""
    task = state.task
    if task is None:
        return ()
    texts = {"prompt": task.prompt.replace("______", GAP_SAID)}
    if not state.has_verdict:
        texts |= {f"line-{n}": text for n, text in enumerate(_lines(task, state.phase))}
    else:
        outcome = state.outcome
        texts |= {
            "expected": outcome.expected if outcome else "",
            "why": outcome.why if outcome else "",
            "because": task.because,
            "point": state.point.text if state.point else "",
        }
    return tuple(Block(key, BlockKind.PROMPT, plain(text)) for key, text in texts.items() if text)


def _lines(task: Task, phase: str) -> tuple[str, ...]:
    match task.body:
        case Choosing(choices=choices):
            return choices
        case Ordering(events=events, shown=shown):
            return tuple(events[n].text for n in shown)
        case Matching(pairs=pairs, shown=shown):
            return (*(pair.left for pair in pairs), *(pairs[n].right for n in shown))
        case Recalling(points=points) if phase == "self_marking":
            return tuple(point.text for point in points)
        case Writing(exam=exam) if phase == "self_marking":
            return exam.mark_scheme
        case _:
            return ()
